/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crawl - near.h for what is in memory, bookcase.h for what is on disk.
 */
#include "filters/crawl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filters/bookcase.h"
#include "filters/catalog.h"
#include "filters/near.h"
#include "filters/sketchbook.h"
#include "src/fail.h"
#include "src/output.h"

/* Tables of their own size do not pay for fewer. */
enum { SPILL_LEAST = 256 };

struct crawl {
    struct crawl_options options;
    const struct sketch_params *params;
    struct catalog *catalog;
    const char **runs;             /* [of the books before] their names */
    struct bookcase *before, *own; /* of other runs; of this, on disk */
    struct near *near;             /* of this, in memory */
    struct sketchbook_writer *writer;
    char *path, *merged;           /* of the file, until it is in the index */
    bool is_spilled;
    uint32_t *entries;             /* [bands + 1] of the last text, in own */
    bool *entered;                 /* [bands + 1] */
    uint64_t *keys;                /* [bands + 1] */
};

struct crawl_look {
    struct bookcase_hit hit;
    bool found;
    uint32_t entries[]; /* [bands + 1] */
};

struct crawl *crawl_open(const struct crawl_options *options,
                         const struct sketch_params *params)
{
    struct crawl *crawl = xcalloc(1, sizeof *crawl);
    size_t keys = params->bands + 1;

    catalog_check_name(options->name);
    crawl->options = *options;
    crawl->params = params;
    crawl->catalog = catalog_open(options->folder, true);
    if (crawl->catalog->params) {
        char *said = sketch_params_differ(params, crawl->catalog->params);

        if (said)
            die("the index %s was made with other options: %s",
                options->folder, said);
    }
    crawl->before = bookcase_new(params);
    crawl->own = bookcase_new(params);
    crawl->runs = catalog_shelve(
        crawl->catalog, catalog_find(crawl->catalog, options->name),
        crawl->before);
    crawl->near = near_new(params, options->least, 0);
    output_make_directory(options->folder);
    crawl->path = xprintf("%s/%s.new", options->folder, options->name);
    crawl->merged = xprintf("%s/%s.merged", options->folder, options->name);
    crawl->writer = sketchbook_create(crawl->path, params, UINT64_MAX,
                                      options->threads);
    crawl->entries = xcalloc(keys, sizeof *crawl->entries);
    crawl->entered = xcalloc(keys, sizeof *crawl->entered);
    crawl->keys = xcalloc(keys, sizeof *crawl->keys);
    return crawl;
}

const struct crawl_look *crawl_look(const struct crawl *crawl,
                                    const struct sketch *sketch,
                                    struct hash128 text, struct arena *arena)
{
    struct crawl_look *look = arena_alloc(
        arena, sizeof *look +
                   (crawl->params->bands + 1) * sizeof *look->entries);
    struct fault fault;

    look->found = bookcase_find(crawl->before, sketch, text,
                                crawl->options.least, &look->hit,
                                look->entries, &fault);
    bookcase_check(crawl->before, &look->hit, &fault);
    return look;
}

static bool is_better(bool is_exact, unsigned thousandths,
                      const struct crawl_hit *than)
{
    if (is_exact != than->is_exact)
        return is_exact;
    return thousandths > than->thousandths;
}

/* The index is before the stream, and its part on disk before the rest. */
bool crawl_find(struct crawl *crawl, const struct crawl_look *look,
                const struct sketch *sketch, struct hash128 text,
                struct crawl_hit *hit)
{
    struct bookcase_hit own;
    struct near_hit near;
    struct fault fault;
    bool found = look->found, is_own;

    if (found)
        *hit = (struct crawl_hit){ look->hit.is_exact, look->hit.thousandths,
                                   look->hit.name,
                                   crawl->runs[look->hit.book] };
    if (found && hit->is_exact)
        return true;
    is_own = bookcase_find(crawl->own, sketch, text, crawl->options.least, &own,
                           crawl->entries, &fault);
    bookcase_check(crawl->own, &own, &fault);
    if (is_own && (!found || is_better(own.is_exact, own.thousandths, hit))) {
        *hit = (struct crawl_hit){ own.is_exact, own.thousandths, own.name,
                                   crawl->options.name };
        found = true;
    }
    if (near_find(crawl->near, sketch, text, &near) &&
        (!found || is_better(near.is_exact, near.thousandths, hit))) {
        *hit = (struct crawl_hit){ near.is_exact, near.thousandths, near.name,
                                   crawl->options.name };
        found = true;
    }
    return found;
}

/* What was in memory is found on disk from now on. */
static void spill(struct crawl *crawl)
{
    struct sketchbook book;

    crawl->is_spilled = true;
    sketchbook_spill(crawl->writer, &book);
    bookcase_add(crawl->own, &book);
    sketchbook_close(&book);
    near_free(crawl->near);
    crawl->near = near_new(crawl->params, crawl->options.least, 0);
}

void crawl_keep(struct crawl *crawl, const struct crawl_look *look,
                const struct crawl_text *text)
{
    size_t bands = text->sketch->shingle_count ? crawl->params->bands : 0;
    uint64_t doc[SKETCHBOOK_DOC_WORDS] = { 0 }, name;
    size_t count = 0;

    for (size_t i = 0; i <= bands; i++)
        crawl->entries[i] += look->entries[i];
    if (!near_name(crawl->near, text->id, &name) ||
        !near_add_beside(crawl->near, text->sketch, text->hash, name,
                         crawl->entries, crawl->entered))
        die("more than 4 billion documents in a run");
    for (size_t i = 0; i <= bands; i++)
        if (crawl->entered[i])
            crawl->keys[count++] = i ? text->sketch->keys[i - 1]
                                     : text->hash.low;
    doc[BOOK_UID] = text->uid;
    doc[BOOK_EXACT] = text->hash.high;
    doc[BOOK_PRIORITY] = text->number;
    memcpy(doc + BOOK_BITS, text->sketch->bits, sizeof text->sketch->bits);
    sketchbook_add(crawl->writer, doc, crawl->keys, count, text->id);
    if (near_count(crawl->near) >= SPILL_LEAST &&
        near_bytes(crawl->near) + sketchbook_held(crawl->writer) >
            crawl->options.memory)
        spill(crawl);
}

static void open_book(struct sketchbook *book, const char *path)
{
    struct fault fault;

    *book = (struct sketchbook){ .path = xstrdup(path) };
    if (!sketchbook_open(book, &fault))
        die("%s: %s", path, fault.what);
}

/* A file that is one run: quicker to ask, and the same for any memory. */
static void merge(struct crawl *crawl)
{
    struct sketchbook book;
    struct sketchbooks books = { &book, 1, 0, 0 };
    struct sketchbook_writer *writer = sketchbook_create(
        crawl->merged, crawl->params, UINT64_MAX, crawl->options.threads);

    open_book(&book, crawl->path);
    books.docs = book.docs;
    books.keys = book.keys;
    sketchbook_merge(writer, &books, crawl->options.memory);
    sketchbook_publish(writer);
    sketchbook_close(&book);
    if (unlink(crawl->path) < 0)
        die("cannot remove %s: %s", crawl->path, strerror(errno));
}

void crawl_close(struct crawl *crawl)
{
    struct sketchbook book;
    struct catalog_new run = { crawl->options.name, &book, true };

    near_free(crawl->near);
    bookcase_free(crawl->own);
    sketchbook_publish(crawl->writer);
    if (crawl->is_spilled)
        merge(crawl);
    open_book(&book, crawl->is_spilled ? crawl->merged : crawl->path);
    catalog_add(crawl->catalog, &run, 1);
    sketchbook_close(&book);
    bookcase_free(crawl->before);
    catalog_free(crawl->catalog);
    free(crawl->path);
    free(crawl->merged);
    free(crawl->runs);
    free(crawl->entries);
    free(crawl->entered);
    free(crawl->keys);
    free(crawl);
}

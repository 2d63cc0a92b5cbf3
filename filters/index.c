/* SPDX-License-Identifier: Apache-2.0 */
/*
 * index - what an index has; merge indexes; check one.
 *
 * dedup --index makes and extends an index, lookup asks it.  Files are never
 * changed: merging links them into one folder and writes rows of a catalogue.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "filters/catalog.h"
#include "filters/sketchbook.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/stage.h"

enum { CHECK_MEMORY = 16 << 20 };

struct index {
    const char *out, *remove; /* --out, --remove */
    bool check;
};

/* ---- listing, checking ---- */

static void print_list(const struct catalog *catalog)
{
    uint64_t docs = 0, bytes = 0;

    printf("parameters\t%s\n", catalog->params);
    for (size_t i = 0; i < catalog->count; i++) {
        const struct catalog_run *run = &catalog->runs[i];
        struct sketchbook book;

        catalog_open_run(catalog, i, &book);
        sketchbook_close(&book);
        printf("run\t%s\t%" PRIu64 "\t%" PRIu64 "\t%016" PRIx64 "\n", run->name,
               run->docs, run->bytes, run->sum);
        docs += run->docs;
        bytes += run->bytes;
    }
    printf("all\t%zu\t%" PRIu64 "\t%" PRIu64 "\n", catalog->count, docs, bytes);
}

/* Read it all: sums are compared, and records must be in order. */
static bool check_stream(const struct sketchbook *book,
                         struct sketchbook_stream *stream, uint64_t count)
{
    const uint64_t *record;
    uint64_t before = 0, seen = 0;
    bool is_sorted = true;
    struct fault fault;

    while ((record = sketchbook_try_next(stream, &fault))) {
        is_sorted &= record[0] >= before;
        before = record[0];
        seen++;
    }
    sketchbook_stream_free(stream);
    if (!fault.what && !is_sorted)
        fault.what = "a run is not in order";
    if (!fault.what && seen != count)
        fault.what = "records are missing";
    if (fault.what)
        printf("%s: %s\n", book->path, fault.what);
    return !fault.what;
}

static bool check_names(const struct sketchbook *book,
                        const struct sketchbook_run *run)
{
    struct hash_stream *sum = hash_stream_new();
    char *bytes = xmalloc(CHECK_MEMORY);
    struct fault fault = { NULL, 0 };

    for (uint64_t at = 0; at < run->names_len && !fault.what;) {
        uint64_t left = run->names_len - at;
        size_t len = left < CHECK_MEMORY ? (size_t)left : CHECK_MEMORY;

        if (sketchbook_read_at(book, bytes, len, run->names_at + at, &fault))
            hash_stream_add(sum, slice_make(bytes, len));
        at += len;
    }
    if (!fault.what && hash_stream_take(sum).low != run->names_sum)
        fault.what = "ids are damaged: their checksum is wrong";
    hash_stream_free(sum);
    free(bytes);
    if (fault.what)
        printf("%s: %s\n", book->path, fault.what);
    return !fault.what;
}

static bool check_run(const struct catalog *catalog, size_t run)
{
    struct sketchbook book;
    struct sketchbooks books = { &book, 1, 0, 0 };
    struct sketchbook_stream *keys, *docs;
    bool is_good;

    catalog_open_run(catalog, run, &book);
    keys = sketchbook_keys(&books, 0, SKETCHBOOK_RANGES, CHECK_MEMORY);
    docs = sketchbook_docs(&books, CHECK_MEMORY);
    is_good = check_stream(&book, keys, book.keys);
    is_good &= check_stream(&book, docs, book.docs);
    for (size_t i = 0; i < book.run_count; i++)
        is_good &= check_names(&book, &book.runs[i]);
    sketchbook_close(&book);
    return is_good;
}

static int list(const struct index *index, const char *folder)
{
    struct catalog *catalog = catalog_open(folder, false);
    bool is_good = true;

    if (index->remove)
        catalog_remove(catalog, index->remove);
    else if (!index->check)
        print_list(catalog);
    for (size_t i = 0; index->check && i < catalog->count; i++)
        is_good &= check_run(catalog, i);
    catalog_free(catalog);
    return !is_good;
}

/* ---- merging ---- */

/* Runs of indexes, and files that stand alone. */
struct sources {
    struct sketchbook *books; /* [count] */
    char **names;             /* [count] */
    size_t count, cap, names_cap;
};

static struct sketchbook *add_source(struct sources *s, char *name)
{
    s->books = grow(s->books, &s->cap, s->count + 1, sizeof *s->books);
    s->names = grow(s->names, &s->names_cap, s->count + 1, sizeof *s->names);
    s->names[s->count] = name;
    return &s->books[s->count++];
}

static void add_file(struct sources *s, const char *path)
{
    static const size_t end_len = sizeof SKETCHBOOK_END - 1;
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    struct sketchbook *book = add_source(s, xstrdup(base));
    char *name = s->names[s->count - 1];
    size_t len = strlen(name);
    struct fault fault;

    if (len > end_len && strcmp(name + len - end_len, SKETCHBOOK_END) == 0)
        name[len - end_len] = '\0';
    *book = (struct sketchbook){ .path = xstrdup(path) };
    if (!sketchbook_open(book, &fault))
        die("%s: %s", path, fault.what);
    catalog_check_name(name);
}

static void add_index(struct sources *s, const char *folder)
{
    struct catalog *catalog = catalog_open(folder, false);

    for (size_t i = 0; i < catalog->count; i++)
        catalog_open_run(catalog, i,
                         add_source(s, xstrdup(catalog->runs[i].name)));
    catalog_free(catalog);
}

static void merge(const char *out, const char *const *operands, size_t count)
{
    struct catalog *catalog = catalog_open(out, true);
    struct sources s = { 0 };
    struct catalog_new *runs;
    struct stat status;

    for (size_t i = 0; i < count; i++)
        if (stat(operands[i], &status) == 0 && S_ISDIR(status.st_mode))
            add_index(&s, operands[i]);
        else
            add_file(&s, operands[i]);
    runs = xcalloc(s.count + 1, sizeof *runs);
    for (size_t i = 0; i < s.count; i++)
        runs[i] = (struct catalog_new){ s.names[i], &s.books[i], false };
    catalog_add(catalog, runs, s.count);
    for (size_t i = 0; i < s.count; i++) {
        sketchbook_close(&s.books[i]);
        free(s.names[i]);
    }
    free(runs);
    free(s.books);
    free(s.names);
    catalog_free(catalog);
}

static int index_run(void *self, const char *const *operands, size_t count)
{
    const struct index *index = self;

    if (count == 0)
        usage_error("DIR is needed: what mlin dedup --index made");
    if (index->out) {
        if (index->check || index->remove)
            usage_error("--out is not for --check or --remove");
        merge(index->out, operands, count);
        return 0;
    }
    if (count > 1)
        usage_error("one DIR at a time; to merge several: -o DIR");
    if (index->check && index->remove)
        usage_error("--check or --remove, not both");
    return list(index, operands[0]);
}

static const struct option index_options[] = {
    { "out", OPTION_TEXT, offsetof(struct index, out), NULL, "DIR",
      "add all runs of the others to this index, which may be new" },
    { "check", OPTION_FLAG, offsetof(struct index, check), NULL, NULL,
      "read all of it, and compare the checksums" },
    { "remove", OPTION_TEXT, offsetof(struct index, remove), NULL, "NAME",
      "take this run out" },
    { 0 }
};

extern const struct command index_command;
const struct command index_command = {
    .name = "index",
    .summary = "list, merge or check the indexes that dedup --index makes",
    .operands = "DIR|FILE...",
    .options = index_options,
    .size = sizeof(struct index),
    .run = index_run,
};

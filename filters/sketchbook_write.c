/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketchbook_write - collect until the memory is full, sort, write a run.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "filters/sketchbook.h"
#include "filters/sorter.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/output.h"

enum { NAME_LEN_MAX = 512, KEYS_LEAST = 4096 };

#define NO_NAME UINT64_MAX

struct sketchbook_writer {
    char *path;
    struct output *output;
    struct hash_stream *sum;
    char *params;
    struct hash128 params_hash;
    size_t threads;
    uint64_t memory;
    uint64_t *keys, *docs;     /* words */
    size_t keys_len, keys_cap, docs_len, docs_cap;
    char *names;
    size_t names_len, names_cap;
    struct sketchbook_run *runs;
    size_t run_count, run_cap;
    uint64_t key_count, doc_count;
};

struct sketchbook_writer *
sketchbook_create(const char *path, const struct sketch_params *params,
                  uint64_t memory, size_t threads)
{
    struct sketchbook_writer *w = xcalloc(1, sizeof *w);

    w->path = xstrdup(path);
    w->output = output_open(path);
    w->sum = hash_stream_new();
    w->params = sketch_params_print(params);
    w->params_hash = sketch_params_hash(params);
    w->memory = memory;
    w->threads = threads;
    return w;
}

uint64_t sketchbook_held(const struct sketchbook_writer *w)
{
    return 2 * 8 * (uint64_t)(w->keys_len + w->docs_len) + w->names_len;
}

static void add(struct sketchbook_writer *w, const void *bytes, size_t len)
{
    hash_stream_add(w->sum, slice_make(bytes, len));
    output_write(w->output, slice_make(bytes, len));
}

static uint64_t put(struct sketchbook_writer *w, const void *bytes, size_t len)
{
    add(w, bytes, len);
    return hash_stream_take(w->sum).low;
}

/* Keys in their ranges, each with a sum. */
static void put_keys(struct sketchbook_writer *w, struct sketchbook_run *run)
{
    size_t at = 0;

    run->keys_at = output_bytes(w->output);
    run->key_count = w->keys_len / SKETCHBOOK_KEY_WORDS;
    for (size_t range = 0; range < SKETCHBOOK_RANGES; range++) {
        size_t end = at;

        while (end < w->keys_len &&
               w->keys[end] >> (64 - SKETCHBOOK_RANGE_BITS) == range)
            end += SKETCHBOOK_KEY_WORDS;
        run->range_sums[range] = put(w, w->keys + at, (end - at) * 8);
        run->range_ends[range] = end / SKETCHBOOK_KEY_WORDS;
        at = end;
    }
}

/* Names in the order of the documents, which learn where theirs is. */
static uint64_t put_names(struct sketchbook_writer *w, uint64_t *len_all)
{
    uint64_t at = 0;

    for (size_t i = 0; i < w->docs_len; i += SKETCHBOOK_DOC_WORDS) {
        uint64_t *name = &w->docs[i + BOOK_NAME];
        uint16_t len;
        size_t bytes;

        if (*name == NO_NAME)
            continue;
        memcpy(&len, w->names + *name, sizeof len);
        bytes = sizeof len + len;
        add(w, w->names + *name, bytes);
        *name = at;
        at += bytes;
    }
    *len_all = at;
    return hash_stream_take(w->sum).low;
}

static void sort(struct sketchbook_writer *w, uint64_t *records, size_t len,
                 size_t words, size_t order)
{
    uint64_t *room = xmalloc((len + 1) * sizeof *room);

    sorter_sort(records, room, len / words, words, order, w->threads);
    free(room);
}

static void write_run(struct sketchbook_writer *w)
{
    struct sketchbook_run *run;

    if (w->docs_len == 0)
        return;
    w->runs = grow(w->runs, &w->run_cap, w->run_count + 1, sizeof *w->runs);
    run = &w->runs[w->run_count++];
    sort(w, w->keys, w->keys_len, SKETCHBOOK_KEY_WORDS, 2);
    sort(w, w->docs, w->docs_len, SKETCHBOOK_DOC_WORDS, 3);
    run->doc_count = w->docs_len / SKETCHBOOK_DOC_WORDS;
    put_keys(w, run);
    run->names_at = output_bytes(w->output);
    run->names_sum = put_names(w, &run->names_len);
    run->docs_at = output_bytes(w->output);
    run->docs_sum = put(w, w->docs, w->docs_len * 8);
    w->key_count += run->key_count;
    w->doc_count += run->doc_count;
    w->keys_len = w->docs_len = w->names_len = 0;
}

void sketchbook_add(struct sketchbook_writer *w, const uint64_t *doc,
                    const uint64_t *keys, size_t key_count, struct slice name)
{
    uint64_t *to;

    if (w->keys_len > KEYS_LEAST && sketchbook_held(w) > w->memory)
        write_run(w);
    w->keys = grow(w->keys, &w->keys_cap,
                   w->keys_len + key_count * SKETCHBOOK_KEY_WORDS,
                   sizeof *w->keys);
    for (size_t i = 0; i < key_count; i++) {
        w->keys[w->keys_len++] = keys[i];
        w->keys[w->keys_len++] = doc[BOOK_UID];
    }
    w->docs = grow(w->docs, &w->docs_cap, w->docs_len + SKETCHBOOK_DOC_WORDS,
                   sizeof *w->docs);
    to = w->docs + w->docs_len;
    memcpy(to, doc, SKETCHBOOK_DOC_WORDS * sizeof *doc);
    w->docs_len += SKETCHBOOK_DOC_WORDS;
    to[BOOK_NAME] = NO_NAME;
    if (name.ptr && name.len <= NAME_LEN_MAX) {
        uint16_t len = (uint16_t)name.len;

        to[BOOK_NAME] = w->names_len;
        w->names = grow(w->names, &w->names_cap,
                        w->names_len + sizeof len + name.len, 1);
        memcpy(w->names + w->names_len, &len, sizeof len);
        memcpy(w->names + w->names_len + sizeof len, name.ptr, name.len);
        w->names_len += sizeof len + name.len;
    }
}

void sketchbook_spill(struct sketchbook_writer *w, struct sketchbook *book)
{
    write_run(w);
    output_flush(w->output);
    *book = (struct sketchbook){
        .path = xprintf("%s.part", w->path), .bytes = output_bytes(w->output),
        .runs = xmalloc(sizeof *book->runs), .run_count = 1
    };
    if (w->run_count == 0)
        bug("sketchbook_spill: there is nothing to spill");
    *book->runs = w->runs[w->run_count - 1];
    book->docs = book->runs->doc_count;
    book->keys = book->runs->key_count;
    book->fd = open(book->path, O_RDONLY | O_CLOEXEC);
    if (book->fd < 0)
        die("%s: %s", book->path, strerror(errno));
}

/* ---- merging ---- */

static void merge_keys(struct sketchbook_writer *w, struct sketchbook_run *run,
                       const struct sketchbooks *books, uint64_t memory)
{
    run->keys_at = output_bytes(w->output);
    for (size_t range = 0; range < SKETCHBOOK_RANGES; range++) {
        struct sketchbook_stream *keys =
            sketchbook_keys(books, range, range + 1, memory);
        const uint64_t *record;

        while ((record = sketchbook_next(keys))) {
            add(w, record, SKETCHBOOK_KEY_WORDS * sizeof *record);
            run->key_count++;
        }
        run->range_sums[range] = hash_stream_take(w->sum).low;
        run->range_ends[range] = run->key_count;
        sketchbook_stream_free(keys);
    }
}

/* The ids in the order of the documents, or the documents with their places. */
static uint64_t merge_docs(struct sketchbook_writer *w, bool ids,
                           const struct sketchbooks *books, uint64_t memory)
{
    struct sketchbook_stream *docs = sketchbook_docs(books, memory);
    struct sketchbook_names *names = sketchbook_names(books);
    const uint64_t *record;
    uint64_t at = 0;

    while ((record = sketchbook_next(docs))) {
        uint64_t doc[SKETCHBOOK_DOC_WORDS], name = sketchbook_name(docs);
        struct slice id = slice_make("", 0);
        struct fault fault;
        uint16_t len;

        if (!sketchbook_names_find(names, name, &id, &fault))
            die("%s: %s", books->books[0].path, fault.what);
        len = (uint16_t)id.len;
        memcpy(doc, record, sizeof doc);
        doc[BOOK_NAME] = name == SKETCHBOOK_NO_NAME ? NO_NAME : at;
        if (name != SKETCHBOOK_NO_NAME)
            at += sizeof len + len;
        if (!ids) {
            add(w, doc, sizeof doc);
        } else if (name != SKETCHBOOK_NO_NAME) {
            add(w, &len, sizeof len);
            add(w, id.ptr, len);
        }
    }
    sketchbook_names_free(names);
    sketchbook_stream_free(docs);
    return at;
}

void sketchbook_merge(struct sketchbook_writer *w,
                      const struct sketchbooks *books, uint64_t memory)
{
    struct sketchbook_run *run;

    write_run(w);
    w->runs = grow(w->runs, &w->run_cap, w->run_count + 1, sizeof *w->runs);
    run = &w->runs[w->run_count++];
    *run = (struct sketchbook_run){ .doc_count = books->docs };
    merge_keys(w, run, books, memory);
    run->names_at = output_bytes(w->output);
    run->names_len = merge_docs(w, true, books, memory);
    run->names_sum = hash_stream_take(w->sum).low;
    run->docs_at = output_bytes(w->output);
    merge_docs(w, false, books, memory);
    run->docs_sum = hash_stream_take(w->sum).low;
    w->key_count += run->key_count;
    w->doc_count += run->doc_count;
}

/* ---- publishing ---- */

uint64_t sketchbook_publish(struct sketchbook_writer *w)
{
    size_t params_len = (strlen(w->params) + 8) / 8 * 8;
    char *params = xcalloc(params_len, 1);
    uint64_t docs, end[8];

    write_run(w);
    memcpy(params, w->params, strlen(w->params));
    memcpy(&end[0], "mlinmh2\n", 8);
    end[1] = w->run_count;
    end[2] = w->doc_count;
    end[3] = w->key_count;
    end[4] = output_bytes(w->output);
    end[5] = w->params_hash.high;
    end[6] = w->params_hash.low;
    hash_stream_add(w->sum, slice_make((const char *)w->runs,
                                       w->run_count * sizeof *w->runs));
    hash_stream_add(w->sum, slice_make(params, params_len));
    hash_stream_add(w->sum, slice_make((const char *)end, 7 * sizeof *end));
    end[7] = hash_stream_take(w->sum).low;
    output_write(w->output, slice_make((const char *)w->runs,
                                       w->run_count * sizeof *w->runs));
    output_write(w->output, slice_make(params, params_len));
    output_write(w->output, slice_make((const char *)end, sizeof end));
    output_close(w->output);
    docs = w->doc_count;
    hash_stream_free(w->sum);
    free(params);
    free(w->path);
    free(w->params);
    free(w->keys);
    free(w->docs);
    free(w->names);
    free(w->runs);
    free(w);
    return docs;
}

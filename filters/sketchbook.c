/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketchbook - open books.
 *
 * Whatever a file says is held against its size before it is believed.
 */
#include "filters/sketchbook.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/files.h"
#include "src/hash.h"

enum { KEY_BYTES = 8 * SKETCHBOOK_KEY_WORDS,
       DOC_BYTES = 8 * SKETCHBOOK_DOC_WORDS, END_WORDS = 8,
       RUNS_MAX = 1 << 20 };

uint64_t sketchbook_uid(struct slice id, struct slice text)
{
    struct slice parts[] = { id, text };

    return hash128_parts(parts, 2).high;
}

struct sketch_params sketchbook_params(const struct sketchbook *book)
{
    struct sketch_options options;

    if (!sketch_params_parse(book->params, &options))
        die("%s: made with options that are unknown here: %s", book->path,
            book->params);
    return sketch_check(&options);
}

/* ---- opening ---- */

bool sketchbook_read_at(const struct sketchbook *book, void *bytes, size_t len,
                        uint64_t at, struct fault *fault)
{
    return files_read_at(book->fd, bytes, len, at, fault);
}

static bool fits(uint64_t at, uint64_t count, uint64_t size, uint64_t end)
{
    return at <= end && count <= (end - at) / size;
}

static bool check_runs(const struct sketchbook *book, uint64_t end,
                       struct fault *fault)
{
    uint64_t docs = 0, keys = 0;

    for (size_t i = 0; i < book->run_count; i++) {
        const struct sketchbook_run *run = &book->runs[i];

        if (!fits(run->keys_at, run->key_count, KEY_BYTES, end) ||
            !fits(run->docs_at, run->doc_count, DOC_BYTES, end) ||
            !fits(run->names_at, run->names_len, 1, end))
            return refuse(fault, "a run lies outside of the file", end);
        for (size_t r = 1; r < SKETCHBOOK_RANGES; r++)
            if (run->range_ends[r] < run->range_ends[r - 1])
                return refuse(fault, "ranges of keys overlap", end);
        if (run->range_ends[SKETCHBOOK_RANGES - 1] != run->key_count)
            return refuse(fault, "ranges of keys are not all keys", end);
        docs += run->doc_count;
        keys += run->key_count;
    }
    if (docs != book->docs || keys != book->keys)
        return refuse(fault, "its counts disagree", end);
    return true;
}

/* Runs, the parameters in words, then the end, whose last word is a sum. */
static bool take_directory(struct sketchbook *book, char *bytes, size_t len,
                           uint64_t at, struct fault *fault)
{
    size_t runs_len = book->run_count * sizeof *book->runs;
    struct hash128 hash;
    uint64_t sum;

    memcpy(&sum, bytes + len - 8, sizeof sum);
    if (hash128(slice_make(bytes, len - 8)).low != sum)
        return refuse(fault, "its directory is damaged: the checksum is wrong",
                      at);
    book->runs = xmalloc(runs_len + 1);
    memcpy(book->runs, bytes, runs_len);
    bytes[len - 8 * END_WORDS - 1] = '\0';
    book->params = xstrdup(bytes + runs_len);
    hash = hash128(slice_from(book->params));
    if (hash.high != book->params_hash.high ||
        hash.low != book->params_hash.low)
        return refuse(fault, "its options are not those that it names",
                      at + runs_len);
    return true;
}

static bool read_directory(struct sketchbook *book, uint64_t at,
                           struct fault *fault)
{
    size_t len = (size_t)(book->bytes - at);
    char *bytes = xmalloc(len);
    bool is_good = sketchbook_read_at(book, bytes, len, at, fault) &&
                   take_directory(book, bytes, len, at, fault);

    free(bytes);
    return is_good;
}

bool sketchbook_open(struct sketchbook *book, struct fault *fault)
{
    uint64_t end[END_WORDS];
    struct stat status;

    book->fd = open(book->path, O_RDONLY | O_CLOEXEC);
    if (book->fd < 0 || fstat(book->fd, &status) < 0)
        return refuse(fault, strerror(errno), 0);
    book->bytes = (uint64_t)status.st_size;
    if (book->bytes < sizeof end)
        return refuse(fault, "not a file of mlin minhash", 0);
    if (!sketchbook_read_at(book, end, sizeof end, book->bytes - sizeof end,
                            fault))
        return false;
    if (memcmp(&end[0], "mlinmh2\n", 8) != 0)
        return refuse(fault, "not a file of mlin minhash, or cut short",
                      book->bytes - sizeof end);
    book->run_count = (size_t)end[1];
    book->docs = end[2];
    book->keys = end[3];
    book->params_hash = (struct hash128){ end[5], end[6] };
    book->sum = end[7];
    if (end[1] > RUNS_MAX || end[4] > book->bytes ||
        book->bytes - end[4] <
            sizeof end + 8 + end[1] * sizeof(struct sketchbook_run) ||
        book->bytes - end[4] > sizeof end + 4096 +
                                   end[1] * sizeof(struct sketchbook_run))
        return refuse(fault, "its directory lies outside of the file",
                      book->bytes - sizeof end);
    return read_directory(book, end[4], fault) &&
           check_runs(book, end[4], fault);
}

void sketchbook_close(struct sketchbook *book)
{
    if (book->fd >= 0)
        close(book->fd);
    free(book->path);
    free(book->runs);
    free(book->params);
    *book = (struct sketchbook){ .fd = -1 };
}

struct opening {
    struct sketchbooks books;
    size_t cap;
};

static void add_book(void *context, char *path)
{
    struct opening *opening = context;
    struct sketchbooks *books = &opening->books;

    books->books = grow(books->books, &opening->cap, books->count + 1,
                        sizeof *books->books);
    books->books[books->count++] = (struct sketchbook){ .path = path,
                                                        .fd = -1 };
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct sketchbook *)a)->path,
                  ((const struct sketchbook *)b)->path);
}

static bool hashes_equal(struct hash128 a, struct hash128 b)
{
    return a.high == b.high && a.low == b.low;
}

static void check_params(const struct sketchbooks *books,
                         const struct sketch_params *params)
{
    const struct sketchbook *first = &books->books[0];

    for (size_t i = 1; i < books->count; i++)
        if (!hashes_equal(books->books[i].params_hash, first->params_hash))
            die("%s was made with other options (%s) than %s (%s)",
                books->books[i].path, books->books[i].params, first->path,
                first->params);
    if (params && !hashes_equal(sketch_params_hash(params), first->params_hash))
        die("%s was made with other options: %s; here: %s", first->path,
            first->params, sketch_params_print(params));
}

size_t sketchbook_run_count(const struct sketchbooks *books)
{
    size_t count = 0;

    for (size_t i = 0; i < books->count; i++)
        count += books->books[i].run_count;
    return count;
}

struct sketchbooks sketchbook_open_all(const char *const *paths, size_t count,
                                    const struct sketch_params *params)
{
    struct opening opening = { 0 };
    struct sketchbooks books;
    struct stat status;

    for (size_t i = 0; i < count; i++) {
        if (stat(paths[i], &status) < 0)
            die("%s: %s", paths[i], strerror(errno));
        if (S_ISDIR(status.st_mode))
            files_each(paths[i], SKETCHBOOK_END, add_book, &opening);
        else
            add_book(&opening, xstrdup(paths[i]));
    }
    books = opening.books;
    if (books.count == 0)
        die("%s: there is no *%s file", count ? paths[0] : ".", SKETCHBOOK_END);
    qsort(books.books, books.count, sizeof *books.books, by_path);
    for (size_t i = 0; i < books.count; i++) {
        struct fault fault;

        if (!sketchbook_open(&books.books[i], &fault))
            die("%s: %s", books.books[i].path, fault.what);
        books.docs += books.books[i].docs;
        books.keys += books.books[i].keys;
    }
    check_params(&books, params);
    if (sketchbook_run_count(&books) >= RUNS_MAX)
        die("%s: more than %d runs: mlin minhash had too little --memory",
            paths[0], RUNS_MAX);
    return books;
}

void sketchbook_close_all(struct sketchbooks *books)
{
    for (size_t i = 0; i < books->count; i++)
        sketchbook_close(&books->books[i]);
    free(books->books);
    *books = (struct sketchbooks){ 0 };
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketchbook - open books, and read all of their runs as one.
 *
 * Whatever a file says is held against its size before it is believed.
 */
#include "filters/sketchbook.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/hash.h"

enum { KEY_BYTES = 8 * SKETCHBOOK_KEY_WORDS,
       DOC_BYTES = 8 * SKETCHBOOK_DOC_WORDS, END_WORDS = 8, BUFFER_LEAST = 4096,
       BUFFER_MOST = 4 << 20, NAMES_BUFFER = 16 << 10, NAME_ROOM = 514,
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

static bool refuse(struct fault *fault, const char *what, uint64_t at)
{
    *fault = (struct fault){ what, (size_t)at };
    return false;
}

static bool read_at(const struct sketchbook *book, void *bytes, size_t len,
                    uint64_t at, struct fault *fault)
{
    size_t got = 0;

    while (got < len) {
        ssize_t n = pread(book->fd, (char *)bytes + got, len - got,
                          (off_t)(at + got));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return refuse(fault, strerror(errno), at + got);
        if (n == 0)
            return refuse(fault, "the file has become shorter", at + got);
        got += (size_t)n;
    }
    return true;
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
    bool is_good = read_at(book, bytes, len, at, fault) &&
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
    if (!read_at(book, end, sizeof end, book->bytes - sizeof end, fault))
        return false;
    if (memcmp(&end[0], "mlinmh1\n", 8) != 0)
        return refuse(fault, "not a file of mlin minhash, or cut short",
                      book->bytes - sizeof end);
    book->run_count = (size_t)end[1];
    book->docs = end[2];
    book->keys = end[3];
    book->params_hash = (struct hash128){ end[5], end[6] };
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

static void add_book(struct sketchbooks *books, size_t *cap, char *path)
{
    struct sketchbook *book;

    books->books = grow(books->books, cap, books->count + 1,
                        sizeof *books->books);
    book = &books->books[books->count++];
    *book = (struct sketchbook){ .path = path, .fd = -1 };
}

static void add_directory(struct sketchbooks *books, size_t *cap,
                          const char *path)
{
    static const size_t end_len = sizeof SKETCHBOOK_END - 1;
    DIR *directory = opendir(path);
    struct dirent *entry;

    if (!directory)
        die("%s: cannot read the directory: %s", path, strerror(errno));
    while ((entry = readdir(directory))) {
        size_t len = strlen(entry->d_name);

        if (len > end_len &&
            strcmp(entry->d_name + len - end_len, SKETCHBOOK_END) == 0)
            add_book(books, cap, xprintf("%s/%s", path, entry->d_name));
    }
    closedir(directory);
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

struct sketchbooks sketchbook_open_all(const char *const *paths, size_t count,
                                    const struct sketch_params *params)
{
    struct sketchbooks books = { 0 };
    struct stat status;
    size_t cap = 0;

    for (size_t i = 0; i < count; i++) {
        if (stat(paths[i], &status) < 0)
            die("%s: %s", paths[i], strerror(errno));
        if (S_ISDIR(status.st_mode))
            add_directory(&books, &cap, paths[i]);
        else
            add_book(&books, &cap, xstrdup(paths[i]));
    }
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
    return books;
}

void sketchbook_close_all(struct sketchbooks *books)
{
    for (size_t i = 0; i < books->count; i++)
        sketchbook_close(&books->books[i]);
    free(books->books);
    *books = (struct sketchbooks){ 0 };
}

/* ---- streams ---- */

struct place {
    const struct sketchbook *book;
    const struct sketchbook_run *run;
    uint64_t at, left;       /* bytes */
    struct hash_stream *sum;
    char *names;             /* [NAMES_BUFFER], when they are asked for */
    uint64_t names_at;       /* what the buffer holds, from here */
    size_t names_len;
};

struct sketchbook_stream {
    enum sketchbook_part part;
    struct place *places; /* [count] a run each */
    size_t count;
    struct runmerge *merge;
    const uint64_t *last;
    size_t last_run;
    struct fault fault;   /* what was wrong with .. */
    const char *bad_path; /* .. which book */
};

static uint64_t sum_of(const struct sketchbook_stream *s,
                       const struct place *place)
{
    return s->part == BOOK_KEYS ? place->run->keys_sum : place->run->docs_sum;
}

static size_t fill(void *context, size_t run, uint64_t *buffer, size_t cap)
{
    struct sketchbook_stream *s = context;
    struct place *p = &s->places[run];
    size_t want = p->left < cap * 8 ? (size_t)p->left : cap * 8;

    if (want == 0 || s->fault.what)
        return 0;
    s->bad_path = p->book->path;
    if (!read_at(p->book, buffer, want, p->at, &s->fault))
        return 0;
    hash_stream_add(p->sum, slice_make((const char *)buffer, want));
    p->at += want;
    p->left -= want;
    if (p->left == 0 && hash_stream_take(p->sum).low != sum_of(s, p)) {
        refuse(&s->fault, "a run is damaged: its checksum is wrong", p->at);
        return 0;
    }
    return want / 8;
}

struct sketchbook_stream *
sketchbook_stream(const struct sketchbooks *books, enum sketchbook_part part,
                  uint64_t memory)
{
    struct sketchbook_stream *s = xcalloc(1, sizeof *s);
    size_t words = part == BOOK_KEYS ? SKETCHBOOK_KEY_WORDS
                                     : SKETCHBOOK_DOC_WORDS;
    uint64_t buffer;

    s->part = part;
    for (size_t i = 0; i < books->count; i++)
        s->count += books->books[i].run_count;
    s->places = xcalloc(s->count + 1, sizeof *s->places);
    s->count = 0;
    for (size_t i = 0; i < books->count; i++)
        for (size_t r = 0; r < books->books[i].run_count; r++) {
            struct place *p = &s->places[s->count++];

            p->book = &books->books[i];
            p->run = &p->book->runs[r];
            p->at = part == BOOK_KEYS ? p->run->keys_at : p->run->docs_at;
            p->left = 8 * words * (part == BOOK_KEYS ? p->run->key_count
                                                     : p->run->doc_count);
            p->sum = hash_stream_new();
        }
    buffer = memory / (s->count + 1);
    buffer = buffer < BUFFER_LEAST  ? BUFFER_LEAST
             : buffer > BUFFER_MOST ? BUFFER_MOST
                                    : buffer;
    s->merge = runmerge_new(s->count, words, part == BOOK_KEYS ? 2 : 3,
                            (size_t)buffer / 8, fill, s);
    return s;
}

const uint64_t *sketchbook_try_next(struct sketchbook_stream *s,
                                    struct fault *fault)
{
    s->last = runmerge_next(s->merge, &s->last_run);
    *fault = s->fault;
    return fault->what ? NULL : s->last;
}

const uint64_t *sketchbook_next(struct sketchbook_stream *s)
{
    struct fault fault;
    const uint64_t *record = sketchbook_try_next(s, &fault);

    if (fault.what)
        die("%s: %s", s->bad_path, fault.what);
    return record;
}

/* Documents come in the order of the names, so the buffer moves forward. */
bool sketchbook_try_name(struct sketchbook_stream *s, struct slice *name,
                         struct fault *fault)
{
    struct place *p = &s->places[s->last_run];
    uint64_t at = s->last[BOOK_NAME], end = p->run->names_len;
    uint64_t in_file = p->run->names_at + at;
    uint16_t len;

    *name = slice_make("", 0);
    if (at == UINT64_MAX)
        return true;
    if (at > end || end - at < sizeof len)
        return refuse(fault, "an id lies outside of its run", p->at);
    if (!p->names)
        p->names = xmalloc(NAMES_BUFFER);
    if (at < p->names_at ||
        (at + NAME_ROOM > p->names_at + p->names_len &&
         p->names_at + p->names_len < end)) {
        p->names_at = at;
        p->names_len = end - at < NAMES_BUFFER ? (size_t)(end - at)
                                               : NAMES_BUFFER;
        if (!read_at(p->book, p->names, p->names_len, in_file, fault))
            return false;
    }
    memcpy(&len, p->names + (at - p->names_at), sizeof len);
    if (len > 512 || at + sizeof len + len > p->names_at + p->names_len)
        return refuse(fault, "an id lies outside of its run", in_file);
    *name = slice_make(p->names + (at - p->names_at) + sizeof len, len);
    return true;
}

struct slice sketchbook_name(struct sketchbook_stream *s)
{
    struct slice name;
    struct fault fault;

    if (!sketchbook_try_name(s, &name, &fault))
        die("%s: %s", s->places[s->last_run].book->path, fault.what);
    return name;
}

void sketchbook_stream_free(struct sketchbook_stream *s)
{
    for (size_t i = 0; i < s->count; i++) {
        hash_stream_free(s->places[i].sum);
        free(s->places[i].names);
    }
    runmerge_free(s->merge);
    free(s->places);
    free(s);
}

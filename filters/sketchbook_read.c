/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketchbook_read - all runs of all books as one, and ids where they stand.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "filters/sketchbook.h"
#include "src/fail.h"
#include "src/hash.h"

/* Buffers that stay in the cache; the system reads much further ahead. */
enum { KEY_BYTES = 8 * SKETCHBOOK_KEY_WORDS, BUFFER_LEAST = 4096,
       BUFFER_MOST = 64 << 10, AHEAD_MOST = 4 << 20,
       NAMES_BUFFER = 16 << 10, NAME_ROOM = 514, NAME_BITS = 44 };

/* ---- streams ---- */

/* A run is read as parts, each with its sum. */
struct place {
    const struct sketchbook *book;
    const uint64_t *ends, *sums; /* [parts] records up to a part's end */
    size_t part, parts;          /* the one that is read, where to stop */
    uint64_t at, left;           /* bytes; of the part */
    uint64_t fetched;            /* the system was told to read up to here */
    struct hash_stream *sum;
};

struct sketchbook_stream {
    size_t words;         /* of a record */
    struct place *places; /* [count] a run each */
    size_t count;
    uint64_t ahead;       /* bytes that are read ahead of a run */
    struct runmerge *merge;
    const uint64_t *last;
    size_t last_run;
    struct fault fault;   /* what was wrong with .. */
    const char *bad_path; /* .. which book */
};

static bool check_part(struct sketchbook_stream *s, struct place *p)
{
    if (hash_stream_take(p->sum).low == p->sums[p->part])
        return true;
    s->bad_path = p->book->path;
    return refuse(&s->fault, "a run is damaged: its checksum is wrong", p->at);
}

/* Let the system read what comes next, while other things are done. */
static void fetch_ahead(const struct sketchbook_stream *s, struct place *p)
{
    if (p->fetched > p->at + s->ahead / 2)
        return;
    p->fetched = p->at + s->ahead;
    posix_fadvise(p->book->fd, (off_t)p->at, (off_t)s->ahead,
                  POSIX_FADV_WILLNEED);
}

static size_t fill(void *context, size_t run, uint64_t *buffer, size_t cap)
{
    struct sketchbook_stream *s = context;
    struct place *p = &s->places[run];
    size_t want;

    while (p->left == 0) {
        if (++p->part >= p->parts || s->fault.what)
            return 0;
        p->left = (p->ends[p->part] - (p->part ? p->ends[p->part - 1] : 0)) *
                  s->words * 8;
        if (p->left == 0 && !check_part(s, p))
            return 0;
    }
    want = p->left < cap * 8 ? (size_t)p->left : cap * 8;
    s->bad_path = p->book->path;
    if (!sketchbook_read_at(p->book, buffer, want, p->at, &s->fault))
        return 0;
    hash_stream_add(p->sum, slice_make((const char *)buffer, want));
    p->at += want;
    p->left -= want;
    if (p->left > 0)
        fetch_ahead(s, p);
    return p->left > 0 || check_part(s, p) ? want / 8 : 0;
}

static struct sketchbook_stream *stream_new(const struct sketchbooks *books,
                                            size_t words)
{
    struct sketchbook_stream *s = xcalloc(1, sizeof *s);

    s->words = words;
    s->places = xcalloc(sketchbook_run_count(books) + 1, sizeof *s->places);
    return s;
}

static struct place *add_place(struct sketchbook_stream *s,
                               const struct sketchbook *book, uint64_t at)
{
    struct place *p = &s->places[s->count++];

    p->book = book;
    p->at = at;
    p->sum = hash_stream_new();
    return p;
}

/* Parts are counted from the one before the first. */
static struct sketchbook_stream *begin(struct sketchbook_stream *s,
                                       uint64_t memory, size_t order)
{
    uint64_t share = memory / (s->count + 1);
    uint64_t buffer = share > BUFFER_MOST ? BUFFER_MOST : share;

    if (buffer < BUFFER_LEAST)
        buffer = BUFFER_LEAST;
    s->ahead = share > AHEAD_MOST ? AHEAD_MOST : share;
    for (size_t i = 0; i < s->count; i++)
        fetch_ahead(s, &s->places[i]);
    s->merge = runmerge_new(s->count, s->words, order, (size_t)buffer / 8,
                            fill, s);
    return s;
}

struct sketchbook_stream *sketchbook_keys(const struct sketchbooks *books,
                                          size_t range, size_t range_end,
                                          uint64_t memory)
{
    struct sketchbook_stream *s = stream_new(books, SKETCHBOOK_KEY_WORDS);

    for (size_t i = 0; i < books->count; i++)
        for (size_t r = 0; r < books->books[i].run_count; r++) {
            const struct sketchbook_run *run = &books->books[i].runs[r];
            uint64_t before = range ? run->range_ends[range - 1] : 0;
            struct place *p = add_place(s, &books->books[i],
                                        run->keys_at + before * KEY_BYTES);

            p->ends = run->range_ends;
            p->sums = run->range_sums;
            p->part = range - 1;
            p->parts = range_end;
        }
    return begin(s, memory, 2);
}

struct sketchbook_stream *sketchbook_docs(const struct sketchbooks *books,
                                          uint64_t memory)
{
    struct sketchbook_stream *s = stream_new(books, SKETCHBOOK_DOC_WORDS);

    for (size_t i = 0; i < books->count; i++)
        for (size_t r = 0; r < books->books[i].run_count; r++) {
            const struct sketchbook_run *run = &books->books[i].runs[r];
            struct place *p = add_place(s, &books->books[i], run->docs_at);

            p->ends = &run->doc_count;
            p->sums = &run->docs_sum;
            p->part = (size_t)-1;
            p->parts = 1;
        }
    return begin(s, memory, 3);
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

/* The run's number above, the byte in its names below. */
uint64_t sketchbook_name(const struct sketchbook_stream *s)
{
    uint64_t at = s->last[BOOK_NAME], most = ((uint64_t)1 << NAME_BITS) - 1;

    if (at == UINT64_MAX)
        return SKETCHBOOK_NO_NAME;
    return (uint64_t)s->last_run << NAME_BITS | (at < most ? at : most);
}

void sketchbook_stream_free(struct sketchbook_stream *s)
{
    for (size_t i = 0; i < s->count; i++)
        hash_stream_free(s->places[i].sum);
    runmerge_free(s->merge);
    free(s->places);
    free(s);
}

/* ---- names ---- */

struct shelf {
    const struct sketchbook *book;
    const struct sketchbook_run *run;
    char *bytes;  /* [NAMES_BUFFER], when they are asked for */
    uint64_t at;  /* what is held, from here */
    size_t len;
};

struct sketchbook_names {
    struct shelf *shelves; /* [count] of each run, as in a stream */
    size_t count;
};

struct sketchbook_names *sketchbook_names(const struct sketchbooks *books)
{
    struct sketchbook_names *names = xcalloc(1, sizeof *names);

    names->shelves = xcalloc(sketchbook_run_count(books) + 1,
                             sizeof *names->shelves);
    for (size_t i = 0; i < books->count; i++)
        for (size_t r = 0; r < books->books[i].run_count; r++)
            names->shelves[names->count++] = (struct shelf){
                .book = &books->books[i], .run = &books->books[i].runs[r]
            };
    return names;
}

/* Uids come in the order of the names, so the buffer moves forward. */
static bool hold(struct shelf *shelf, uint64_t at, struct fault *fault)
{
    uint64_t end = shelf->run->names_len;

    if (!shelf->bytes)
        shelf->bytes = xmalloc(NAMES_BUFFER);
    if (at >= shelf->at && (at + NAME_ROOM <= shelf->at + shelf->len ||
                            (shelf->len > 0 && shelf->at + shelf->len == end)))
        return true;
    shelf->at = at;
    shelf->len = end - at < NAMES_BUFFER ? (size_t)(end - at) : NAMES_BUFFER;
    return sketchbook_read_at(shelf->book, shelf->bytes, shelf->len,
                   shelf->run->names_at + at, fault);
}

bool sketchbook_names_find(struct sketchbook_names *names, uint64_t name,
                           struct slice *id, struct fault *fault)
{
    uint64_t at = name & (((uint64_t)1 << NAME_BITS) - 1);
    struct shelf *shelf;
    uint16_t len;

    *id = slice_make("", 0);
    if (name == SKETCHBOOK_NO_NAME)
        return true;
    shelf = &names->shelves[name >> NAME_BITS];
    if (at > shelf->run->names_len || shelf->run->names_len - at < sizeof len)
        return refuse(fault, "an id lies outside of its run", 0);
    if (!hold(shelf, at, fault))
        return false;
    memcpy(&len, shelf->bytes + (at - shelf->at), sizeof len);
    if (len > 512 || at + sizeof len + len > shelf->at + shelf->len)
        return refuse(fault, "an id lies outside of its run", 0);
    *id = slice_make(shelf->bytes + (at - shelf->at) + sizeof len, len);
    return true;
}

void sketchbook_names_free(struct sketchbook_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->shelves[i].bytes);
    free(names->shelves);
    free(names);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sorter - radix sort in memory, runs in a file without a name.
 */
#include "filters/sorter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filters/runmerge.h"
#include "src/fail.h"
#include "src/files.h"
#include "src/parallel.h"

enum { FEW = 24, DIGITS = 256, BUFFER_LEAST = 4096, BUFFER_MOST = 4 << 20 };

/* ---- in memory ---- */

struct shape {
    size_t words, order;
};

static inline void copy(uint64_t *to, const uint64_t *from, size_t words)
{
    for (size_t i = 0; i < words; i++)
        to[i] = from[i];
}

static void insertion_sort(uint64_t *a, size_t count, struct shape shape)
{
    uint64_t held[SORTER_WORDS_MAX];

    for (size_t i = 1; i < count; i++) {
        size_t at = i;

        copy(held, a + i * shape.words, shape.words);
        while (at > 0 && runmerge_compare(held, a + (at - 1) * shape.words,
                                 shape.order) < 0) {
            copy(a + at * shape.words, a + (at - 1) * shape.words, shape.words);
            at--;
        }
        copy(a + at * shape.words, held, shape.words);
    }
}

/*
 * Part the records by one byte of their key, the first in which they differ
 * from `digit` on; ends[d] is where those with d end.  False when all are
 * equal.
 */
static bool part_by_digit(uint64_t *a, uint64_t *room, size_t count,
                          struct shape shape, size_t *digit, size_t *ends)
{
    size_t at[DIGITS];

    for (;; ++*digit) {
        size_t word = *digit / 8, shift = 56 - *digit % 8 * 8, sum = 0;
        size_t counts[DIGITS] = { 0 };

        if (*digit == shape.order * 8)
            return false;
        for (size_t i = 0; i < count; i++)
            counts[a[i * shape.words + word] >> shift & 0xff]++;
        if (counts[a[word] >> shift & 0xff] == count)
            continue;
        for (size_t d = 0; d < DIGITS; d++) {
            at[d] = sum;
            sum += counts[d];
            ends[d] = sum;
        }
        for (size_t i = 0; i < count; i++) {
            const uint64_t *record = a + i * shape.words;

            copy(room + at[record[word] >> shift & 0xff]++ * shape.words,
                 record, shape.words);
        }
        memcpy(a, room, count * shape.words * sizeof *a);
        ++*digit;
        return true;
    }
}

static void radix_sort(uint64_t *a, uint64_t *room, size_t count,
                       struct shape shape, size_t digit)
{
    size_t ends[DIGITS], begin = 0;

    if (count <= FEW) {
        insertion_sort(a, count, shape);
        return;
    }
    if (!part_by_digit(a, room, count, shape, &digit, ends))
        return;
    for (size_t d = 0; d < DIGITS; d++) {
        radix_sort(a + begin * shape.words, room + begin * shape.words,
                   ends[d] - begin, shape, digit);
        begin = ends[d];
    }
}

struct parts {
    uint64_t *a, *room;
    struct shape shape;
    size_t digit;
    size_t ends[DIGITS];
};

static void sort_part(void *context, size_t i, size_t worker)
{
    struct parts *p = context;
    size_t begin = i == 0 ? 0 : p->ends[i - 1];

    (void)worker;
    radix_sort(p->a + begin * p->shape.words, p->room + begin * p->shape.words,
               p->ends[i] - begin, p->shape, p->digit);
}

void sorter_sort(uint64_t *records, uint64_t *room, size_t count, size_t words,
                 size_t order, size_t threads)
{
    struct parts p = { records, room, { words, order }, 0, { 0 } };

    if (words > SORTER_WORDS_MAX || order > words || order == 0)
        bug("records of %zu words, ordered by %zu", words, order);
    if (threads < 2 || count < 10000)
        radix_sort(records, room, count, p.shape, 0);
    else if (part_by_digit(records, room, count, p.shape, &p.digit, p.ends))
        parallel_for(threads, DIGITS, sort_part, &p);
}

/* ---- the sorter ---- */

struct run {
    uint64_t at, left; /* words in the file */
};

struct sorter {
    struct shape shape;
    uint64_t memory;
    char *directory;
    size_t threads;
    uint64_t *records, *room; /* [cap] words each */
    size_t len, cap;
    uint64_t count;
    int fd;                   /* -1: all is in memory */
    uint64_t file_words;
    struct run *runs;         /* [run_count] */
    size_t run_count, run_cap;
    struct run *reading;      /* [run_count] what is left of each */
    struct runmerge *runmerge;
    size_t next;              /* in memory: words handed out */
    uint64_t last[SORTER_WORDS_MAX];
    bool has_last;
};

static _Noreturn void sorter_die(const struct sorter *s, const char *what)
{
    die("%s: cannot %s a file to sort in: %s", s->directory, what,
        strerror(errno));
}

struct sorter *sorter_new(size_t words, size_t order, uint64_t memory,
                          const char *directory, size_t threads)
{
    struct sorter *s = xcalloc(1, sizeof *s);
    uint64_t cap = memory / 2 / sizeof(uint64_t) / words * words;

    s->shape = (struct shape){ words, order };
    s->memory = memory;
    s->directory = xstrdup(directory);
    s->threads = threads;
    s->cap = cap < 64 * words ? 64 * words : (size_t)cap;
    s->fd = -1;
    return s;
}

/*
 * A file that never has a name, so that a kill leaves nothing behind.  File
 * systems that have none (NFS, some Lustre) get one whose name goes at once; a
 * kill between the two may leave it there.
 */
static void spill_open(struct sorter *s)
{
    char *name;

    s->fd = open(s->directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd >= 0)
        return;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)
        sorter_die(s, "make");
    name = xprintf("%s/sort.XXXXXX", s->directory);
    s->fd = mkostemp(name, O_CLOEXEC);
    if (s->fd < 0 || unlink(name) < 0)
        sorter_die(s, "make");
    free(name);
}

static void spill(struct sorter *s)
{
    const char *bytes = (const char *)s->records;
    size_t left = s->len * sizeof *s->records;

    if (s->fd < 0)
        spill_open(s);
    sorter_sort(s->records, s->room, s->len / s->shape.words, s->shape.words,
                s->shape.order, s->threads);
    s->runs = grow(s->runs, &s->run_cap, s->run_count + 1, sizeof *s->runs);
    s->runs[s->run_count++] = (struct run){ s->file_words, s->len };
    s->file_words += s->len;
    while (left > 0) {
        ssize_t put = write(s->fd, bytes, left);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            sorter_die(s, "write");
        bytes += put;
        left -= (size_t)put;
    }
    s->len = 0;
}

/* Room that doubles up to the cap, so that few records take little. */
static void make_room(struct sorter *s)
{
    static const size_t first = 1 << 12;
    size_t now = s->next, want = now ? now * 2 : first;

    want = want / s->shape.words * s->shape.words;
    if (want < s->shape.words)
        want = s->shape.words;
    s->next = want > s->cap ? s->cap : want;
    s->records = xrealloc(s->records, s->next * sizeof *s->records);
    free(s->room);
    s->room = xmalloc(s->next * sizeof *s->room);
}

void sorter_add(struct sorter *s, const uint64_t *record)
{
    if (s->len + s->shape.words > s->next) {
        if (s->next == s->cap)
            spill(s);
        else
            make_room(s);
    }
    copy(s->records + s->len, record, s->shape.words);
    s->len += s->shape.words;
    s->count++;
}

/* Let the system read what comes next, while other things are done. */
static void fetch_ahead(const struct sorter *s, const struct run *r,
                        size_t bytes)
{
    posix_fadvise(s->fd, (off_t)(r->at * sizeof(uint64_t)), (off_t)bytes,
                  POSIX_FADV_WILLNEED);
}

static size_t fill_run(void *context, size_t run, uint64_t *buffer, size_t cap)
{
    struct sorter *s = context;
    struct run *r = &s->reading[run];
    size_t want = r->left < cap ? (size_t)r->left : cap;
    struct fault fault;

    if (!files_read_at(s->fd, buffer, want * sizeof *buffer,
                       r->at * sizeof *buffer, &fault))
        sorter_die(s, "read");
    r->at += want;
    r->left -= want;
    if (r->left > 0)
        fetch_ahead(s, r, cap * sizeof *buffer);
    return want;
}

static void merge_begin(struct sorter *s)
{
    uint64_t buffer = s->memory / (s->run_count + 1);

    if (buffer < BUFFER_LEAST)
        buffer = BUFFER_LEAST;
    if (buffer > BUFFER_MOST)
        buffer = BUFFER_MOST;
    runmerge_free(s->runmerge);
    s->reading = xrealloc(s->reading, s->run_count * sizeof *s->reading);
    memcpy(s->reading, s->runs, s->run_count * sizeof *s->reading);
    for (size_t i = 0; i < s->run_count; i++)
        fetch_ahead(s, &s->reading[i], (size_t)buffer);
    s->runmerge = runmerge_new(s->run_count, s->shape.words, s->shape.order,
                           buffer / sizeof(uint64_t), fill_run, s);
}

uint64_t sorter_finish(struct sorter *s)
{
    if (s->fd >= 0) {
        if (s->len > 0)
            spill(s);
        free(s->records);
        s->records = NULL;
    } else if (s->len > 0) {
        sorter_sort(s->records, s->room, s->len / s->shape.words,
                    s->shape.words, s->shape.order, s->threads);
    }
    free(s->room);
    s->room = NULL;
    sorter_rewind(s);
    return s->count;
}

void sorter_rewind(struct sorter *s)
{
    if (s->fd >= 0)
        merge_begin(s);
    s->next = 0;
    s->has_last = false;
}

static const uint64_t *next_record(struct sorter *s)
{
    const uint64_t *record;

    if (s->fd >= 0)
        return runmerge_next(s->runmerge, NULL);
    if (s->next == s->len)
        return NULL;
    record = s->records + s->next;
    s->next += s->shape.words;
    return record;
}

const uint64_t *sorter_next(struct sorter *s, bool unique)
{
    const uint64_t *record;

    do {
        record = next_record(s);
    } while (record && unique && s->has_last &&
             runmerge_compare(record, s->last, s->shape.order) == 0);
    if (record && unique) {
        copy(s->last, record, s->shape.order);
        s->has_last = true;
    }
    return record;
}

void sorter_free(struct sorter *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    runmerge_free(s->runmerge);
    free(s->reading);
    free(s->runs);
    free(s->records);
    free(s->room);
    free(s->directory);
    free(s);
}

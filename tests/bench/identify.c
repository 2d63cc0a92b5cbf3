/* SPDX-License-Identifier: Apache-2.0 */
/*
 * identify - language identification alone, without reading and writing:
 *
 *     make build/tests/bench/identify
 *     build/tests/bench/identify MODEL FILE [WHAT [once]]
 *
 * Of FILE, text of many lines, it times lines, words (the first 20 of each
 * hundred lines), 1k, 10k, 100k (pieces of so many bytes) and spans (of pieces
 * of 3 kB): WHAT is one of these, or all.  The best of seven counts; once is
 * enough where instructions are counted.  A sum of all answers shows whether
 * two programs answer alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "langid/spans.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/hash.h"

struct texts {
    struct slice *items;
    size_t count, cap, bytes;
};

static void texts_add(struct texts *texts, const char *from, size_t len)
{
    texts->items = grow(texts->items, &texts->cap, texts->count + 1,
                        sizeof *texts->items);
    texts->items[texts->count++] = slice_make(from, len);
    texts->bytes += len;
}

static void add_lines(struct texts *texts, struct slice all)
{
    const char *at = all.ptr, *end = all.ptr + all.len, *stop;

    for (; at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        if (stop > at)
            texts_add(texts, at, (size_t)(stop - at));
    }
}

static void add_words(struct texts *texts, const struct texts *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        const char *at = lines->items[i].ptr, *end = at + lines->items[i].len;

        if (i % 100 >= 20)
            continue;
        while (at < end) {
            const char *from = at;

            while (at < end && *at != ' ')
                at++;
            if (at > from)
                texts_add(texts, from, (size_t)(at - from));
            at++;
        }
    }
}

static void add_pieces(struct texts *texts, struct slice all, size_t size)
{
    for (size_t at = 0; at + size <= all.len; at += size)
        texts_add(texts, all.ptr + at, size);
}

static double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t ask(const struct model *model, const struct texts *texts)
{
    static struct features features;
    static struct model_guess guess;
    uint64_t sum = 0;

    for (size_t i = 0; i < texts->count; i++) {
        model_guess(model, &features, texts->items[i], &guess);
        sum = 3 * sum + hash64(slice_from(guess.label)) +
              (uint64_t)(guess.score * guess.share * 1000.0 + 0.5);
    }
    return sum;
}

static uint64_t ask_spans(const struct model *model, const struct texts *texts)
{
    static struct spans_room room;
    static struct arena arena;
    uint64_t sum = 0;

    for (size_t i = 0; i < texts->count; i++) {
        struct span *spans;
        size_t count;

        arena_reset(&arena);
        count = spans_find(model, &room, texts->items[i], &arena, &spans);
        for (size_t k = 0; k < count; k++)
            sum = 3 * sum + hash64(slice_from(spans[k].label)) + spans[k].from;
    }
    return sum;
}

static void report(const struct model *model, const char *what,
                   const struct texts *texts, int tries)
{
    double best = 1e9;
    uint64_t sum = 0;

    for (int i = 0; i < tries; i++) {
        double start = seconds_now(), seconds;

        sum = strcmp(what, "spans") == 0 ? ask_spans(model, texts)
                                         : ask(model, texts);
        seconds = seconds_now() - start;
        best = seconds < best ? seconds : best;
    }
    printf("%-6s %9zu texts %8.1f MB/s %10.0f texts/s  %016llx\n", what,
           texts->count, (double)texts->bytes / best * 1e-6,
           (double)texts->count / best, (unsigned long long)sum);
}

int main(int argc, char **argv)
{
    static struct model model;
    static const struct { const char *what; size_t size; } pieces[] = {
        { "1k", 1000 }, { "10k", 10000 }, { "100k", 100000 }, { "spans", 3000 }
    };
    const char *what = argc > 3 ? argv[3] : "all";
    int tries = argc > 4 ? 1 : 7;
    struct texts lines = { 0 }, words = { 0 };
    struct fault fault;
    struct slice all;
    size_t len;
    char *bytes;

    if (argc < 3)
        die("usage: identify MODEL FILE [WHAT [TRIES]]");
    if (!model_open(&model, argv[1], &fault))
        die("%s: %s", argv[1], fault.what);
    if (!file_read(argv[2], SIZE_MAX, &bytes, &len, &fault))
        die("%s: %s", argv[2], fault.what);
    all = slice_make(bytes, len);
    add_lines(&lines, all);
    add_words(&words, &lines);
    if (strcmp(what, "all") == 0 || strcmp(what, "lines") == 0)
        report(&model, "lines", &lines, tries);
    if (strcmp(what, "all") == 0 || strcmp(what, "words") == 0)
        report(&model, "words", &words, tries);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct texts some = { 0 };

        if (strcmp(what, "all") != 0 && strcmp(what, pieces[i].what) != 0)
            continue;
        add_pieces(&some, all, pieces[i].size);
        report(&model, pieces[i].what, &some, tries);
        free(some.items);
    }
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_write - several tables into one .cnt file.
 *
 * No table of the sum is made: each table is sorted where it lies, and the
 * sorted tables of a section are merged while they are written.  A long section
 * is cut, by words, into stretches that threads encode apart; the file does not
 * show where.  Memory beside the tables: 4 stretches a thread.
 */
#include <stdlib.h>

#include "src/parallel.h"
#include "tokenizer/counts.h"
#include "tokenizer/counts_format.h"

enum { STRETCH_WORDS = 16384 };

/* A stretch of a section: of each of its tables, the words [from, to). */
struct stretch {
    struct counts_section **parts; /* [part_count] */
    size_t part_count;
    size_t *from, *to;
    struct counts_words words;
};

struct job {
    struct counts_section **parts; /* [part_count], by head */
    size_t part_count;
    struct stretch *stretches;     /* [stretch_count] of one section */
    size_t first;                  /* of those at work */
};

static int by_head(const void *a, const void *b)
{
    const struct counts_section *const *x = a, *const *y = b;
    struct counts_head m = { (*x)->lang, (*x)->source, 0, 0 };
    struct counts_head n = { (*y)->lang, (*y)->source, 0, 0 };

    return counts_head_compare(&m, &n);
}

static void sort_part(void *context, size_t i, size_t worker)
{
    (void)worker;
    wordcount_sort(&((struct job *)context)->parts[i]->words);
}

/* How many words of a sorted table come before this one. */
static size_t words_before(const struct wordcount *words, struct slice word)
{
    size_t low = 0, high = words->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (slice_compare(wordcount_at(words, middle).word, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The greatest word before the stretch, from which it goes on. */
static struct slice word_before(const struct stretch *s)
{
    struct slice last = { 0 };

    for (size_t i = 0; i < s->part_count; i++)
        if (s->from[i] > 0) {
            struct slice word =
                wordcount_at(&s->parts[i]->words, s->from[i] - 1).word;

            if (slice_compare(word, last) > 0)
                last = word;
        }
    return last;
}

/* A table's next word; the first eight bytes of it compare at once. */
struct next {
    uint64_t prefix;
    size_t part;
    struct wordcount_item item;
};

static bool comes_before(const struct next *a, const struct next *b)
{
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix;
    return slice_compare(a->item.word, b->item.word) < 0;
}

static void sift_down(struct next *heap, size_t count, size_t at)
{
    struct next entry = heap[at];

    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= count)
            break;
        if (child + 1 < count && comes_before(&heap[child + 1], &heap[child]))
            child++;
        if (!comes_before(&heap[child], &entry))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = entry;
}

/* The next word of a part; false when the stretch has no more of it. */
static bool next_of(struct stretch *s, size_t part, struct next *next)
{
    uint64_t prefix = 0;

    if (s->from[part] == s->to[part])
        return false;
    next->part = part;
    next->item = wordcount_at(&s->parts[part]->words, s->from[part]++);
    memcpy(&prefix, next->item.word.ptr,
           next->item.word.len < 8 ? next->item.word.len : 8);
    next->prefix = __builtin_bswap64(prefix);
    return true;
}

/* The word with the least bytes of all is the next one. */
static void encode_stretch(void *context, size_t i, size_t worker)
{
    struct job *job = context;
    struct stretch *s = &job->stretches[job->first + i];
    struct next *heap = xmalloc((s->part_count + 1) * sizeof *heap);
    struct slice last = word_before(s), word = { 0 };
    uint64_t count = 0;
    size_t heap_count = 0;

    (void)worker;
    for (size_t k = 0; k < s->part_count; k++)
        heap_count += next_of(s, k, &heap[heap_count]);
    for (size_t at = heap_count / 2; at-- > 0;)
        sift_down(heap, heap_count, at);
    while (heap_count > 0) {
        if (count > 0 && !slice_equal(heap[0].item.word, word)) {
            counts_words_add(&s->words, last, word, count);
            last = word;
            count = 0;
        }
        word = heap[0].item.word;
        count += heap[0].item.count;
        if (!next_of(s, heap[0].part, &heap[0]))
            heap[0] = heap[--heap_count];
        if (heap_count > 0)
            sift_down(heap, heap_count, 0);
    }
    if (count > 0)
        counts_words_add(&s->words, last, word, count);
    free(heap);
}

/* Cut where the longest table's words say; equal words stay together. */
static struct stretch *stretches_make(struct counts_section **parts,
                                      size_t part_count, size_t *count)
{
    size_t longest = 0, step = STRETCH_WORDS / part_count + 1;
    struct stretch *all;

    for (size_t k = 1; k < part_count; k++)
        if (parts[k]->words.count > parts[longest]->words.count)
            longest = k;
    *count = (parts[longest]->words.count + step - 1) / step;
    if (*count == 0)
        *count = 1;
    all = xcalloc(*count, sizeof *all);
    for (size_t i = 0; i < *count; i++) {
        struct stretch *s = &all[i];
        size_t cut = (i + 1) * step;

        s->parts = parts;
        s->part_count = part_count;
        s->from = xcalloc(2 * part_count, sizeof *s->from);
        s->to = s->from + part_count;
        for (size_t k = 0; k < part_count; k++) {
            s->from[k] = i > 0 ? all[i - 1].to[k] : 0;
            s->to[k] = i + 1 == *count ? parts[k]->words.count
                : words_before(&parts[k]->words,
                               wordcount_at(&parts[longest]->words, cut).word);
        }
    }
    return all;
}

static struct counts_head sum_of_heads(struct counts_section **parts,
                                       size_t part_count)
{
    struct counts_head head = { parts[0]->lang, parts[0]->source, 0, 0 };
    uint64_t total = 0;

    for (size_t k = 0; k < part_count; k++) {
        if (head.documents > UINT64_MAX - parts[k]->documents ||
            head.text_bytes > UINT64_MAX - parts[k]->text_bytes ||
            total > (uint64_t)INT64_MAX - parts[k]->words.total)
            die(COUNTS_TOO_MUCH);
        head.documents += parts[k]->documents;
        head.text_bytes += parts[k]->text_bytes;
        total += parts[k]->words.total;
    }
    return head;
}

static void write_section(struct counts_writer *writer,
                          struct counts_section **parts, size_t part_count,
                          size_t threads)
{
    struct counts_head head = sum_of_heads(parts, part_count);
    size_t count, wave = threads * 4;
    struct stretch *all = stretches_make(parts, part_count, &count);
    struct job job = { .stretches = all };

    counts_writer_begin(writer, &head);
    for (; job.first < count; job.first += wave) {
        size_t n = count - job.first < wave ? count - job.first : wave;

        parallel_for(threads, n, encode_stretch, &job);
        for (size_t i = job.first; i < job.first + n; i++) {
            counts_writer_words(writer, slice_make(all[i].words.bytes,
                                                   all[i].words.len));
            free(all[i].words.bytes);
            free(all[i].from);
        }
    }
    counts_writer_end(writer);
    free(all);
}

void counts_write(struct counts *const *tables, size_t count, size_t threads,
                  const char *pretokenizer, const char *path)
{
    struct counts_writer *writer = counts_writer_open(path, pretokenizer);
    struct job job = { 0 };
    size_t same = 0;

    for (size_t i = 0; i < count; i++)
        job.part_count += tables[i]->count;
    job.parts = xmalloc(job.part_count * sizeof *job.parts + 1);
    job.part_count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < tables[i]->count; k++)
            job.parts[job.part_count++] = &tables[i]->sections[k];
    qsort(job.parts, job.part_count, sizeof *job.parts, by_head);
    parallel_for(threads, job.part_count, sort_part, &job);
    for (size_t i = 0; i < job.part_count; i += same) {
        for (same = 1; i + same < job.part_count &&
             by_head(&job.parts[i], &job.parts[i + same]) == 0; same++)
            ;
        write_section(writer, job.parts + i, same, threads);
    }
    counts_writer_close(writer);
    free(job.parts);
}

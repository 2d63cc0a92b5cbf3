/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans_read - a text as words, checks and anchors; linear in the text.
 *
 * The hash of a run is a polynomial over the hashes of its words, modulo 2^64,
 * from the difference of two sums; then mixed.
 */
#include "filters/spans.h"
#include "src/fail.h"

#define FACTOR 0xc2b2ae3d27d4eb4fu

static uint64_t power_of(size_t n)
{
    uint64_t power = 1;

    while (n-- > 0)
        power *= FACTOR;
    return power;
}

struct spans_shape spans_shape(size_t length)
{
    struct spans_shape shape = { .length = length };

    if (length < SPANS_LENGTH_MIN || length > SPANS_LENGTH_MAX)
        bug("spans of %zu words", length);
    shape.run = (length + 1) / 2;
    shape.choices = length - shape.run + 1;
    shape.run_power = power_of(shape.run);
    shape.length_power = power_of(length);
    return shape;
}

static void make_sums(struct span_words *words)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < words->count; i++)
        words->sums[i] = sum = sum * FACTOR + words->sums[i];
}

/* The first of a text are never looked at: nothing stands before them. */
static void make_checks(struct span_words *words, struct arena *arena)
{
    uint64_t power = power_of(SPANS_CHECK);

    words->checks = arena_alloc(arena, words->count * sizeof *words->checks);
    for (size_t i = 0; i < words->count; i++)
        words->checks[i] =
            i + 1 < SPANS_CHECK
                ? 0
                : (uint16_t)(spans_hash(words, i + 1 - SPANS_CHECK,
                                        SPANS_CHECK, power) >> 48);
}

/* Runs that may become an anchor: hashes rise from the first to the last. */
struct queue {
    struct chosen {
        uint64_t hash;
        size_t at;
    } *ring; /* [cap] */
    size_t cap, first, count;
};

static struct chosen *queue_at(const struct queue *queue, size_t i)
{
    size_t at = queue->first + i;

    return &queue->ring[at < queue->cap ? at : at - queue->cap];
}

static void queue_push(struct queue *queue, struct chosen run)
{
    while (queue->count > 0 &&
           queue_at(queue, queue->count - 1)->hash >= run.hash)
        queue->count--;
    *queue_at(queue, queue->count++) = run;
}

/* Forget the runs before `at`: one at most. */
static void queue_leave(struct queue *queue, size_t at)
{
    if (queue_at(queue, 0)->at >= at)
        return;
    queue->first = queue->first + 1 == queue->cap ? 0 : queue->first + 1;
    queue->count--;
}

static void find_anchors(const struct spans_shape *shape,
                         struct span_words *words, struct arena *arena)
{
    struct queue queue = { .cap = shape->choices + 1 };
    size_t runs = words->count - shape->run + 1;
    uint32_t *anchors = arena_alloc(
        arena, (words->count - shape->length + 1) * sizeof *anchors);
    size_t count = 0;

    queue.ring = arena_alloc(arena, queue.cap * sizeof *queue.ring);
    for (size_t i = 0; i < runs; i++) {
        uint64_t hash = spans_hash(words, i, shape->run, shape->run_power);
        size_t chosen;

        queue_push(&queue, (struct chosen){ hash, i });
        if (i + 1 < shape->choices)
            continue;
        queue_leave(&queue, i + 1 - shape->choices);
        chosen = queue_at(&queue, 0)->at;
        if (count == 0 || anchors[count - 1] != chosen)
            anchors[count++] = (uint32_t)chosen;
    }
    words->anchors = anchors;
    words->anchor_count = count;
}

struct span_words *spans_read(const struct spans_shape *shape,
                              struct slice text, struct arena *arena)
{
    struct span_words *words = arena_zero(arena, 1, sizeof *words);
    struct shingle_words found = shingle_words_digits(text, arena);

    words->text = text;
    words->begins = found.begins;
    words->ends = found.ends;
    words->sums = found.hashes;
    words->count = found.count;
    if (words->count < shape->length)
        return words;
    make_sums(words);
    make_checks(words, arena);
    find_anchors(shape, words, arena);
    return words;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs.h - how often each pair of neighbours occurs, and which one is the most
 * frequent.
 *
 * Most pairs are rare and never merged, so those that occur less than `least`
 * times are not kept: the count of a pair whose tokens both exist only falls.
 *
 * The queue is lazy: an entry is not moved when its pair's count falls, but
 * looked at again when it comes to the top.  Only entries of the greatest
 * counts are in order, in a heap that is small enough for a cache; others wait
 * in classes of about equal counts until all greater ones are taken.
 *
 * Memory: 24 to 48 bytes for each pair kept, 16 for each entry of the queue.
 * One thread at a time.
 */
#ifndef MLIN_TOKENIZER_PAIRS_H
#define MLIN_TOKENIZER_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/keyed.h"

struct pair {
    uint64_t key; /* keyed_pair() */
    int64_t count;
};

/* 16 classes for each power of two. */
enum { PAIRS_CLASS_BITS = 4, PAIRS_CLASSES = 64 << PAIRS_CLASS_BITS };

struct pair_class {
    struct pair *items; /* [count], in no order: counts as they were */
    size_t count, cap;
};

/* {0} is empty, but for `least`. */
struct pairs {
    int64_t least;      /* at least 1 */
    struct pair *slots; /* [cap], a power of two; as keyed.h */
    size_t count, cap;
    struct pair *queue; /* a heap with four branches: counts as they were */
    size_t queue_count, queue_cap;
    struct pair_class *classes; /* [PAIRS_CLASSES]; NULL: nothing is queued */
    size_t class;               /* those from this on are in the heap */
};

static inline void pairs_prefetch(const struct pairs *pairs, uint64_t key)
{
    if (pairs->cap > 0)
        __builtin_prefetch(keyed_home(pairs->slots, pairs->cap,
                                      sizeof *pairs->slots, key), 1);
}

/* `least` stays. */
void pairs_clear(struct pairs *pairs);

/* The pair, or NULL; valid until one is added. */
struct pair *pairs_find(const struct pairs *pairs, uint64_t key);

/* The same, added with the count 0 where it is not there. */
struct pair *pairs_add(struct pairs *pairs, uint64_t key);

/* Give the pair its count, and queue it. */
void pairs_enter(struct pairs *pairs, uint64_t key, int64_t count);

/*
 * Take the most frequent pair out of the queue; of equally frequent ones that
 * with the smallest left id, then right id.  NULL when none is left that occurs
 * `least` times.
 */
const struct pair *pairs_take(struct pairs *pairs);

/* It was taken, and is queued again. */
void pairs_return(struct pairs *pairs, const struct pair *pair);

/* What pairs_take() would take has at most this count; 0: there is none. */
int64_t pairs_top(const struct pairs *pairs);

#endif

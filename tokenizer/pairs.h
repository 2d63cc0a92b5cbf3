/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs.h - the trainer's books: how often each pair of neighbours occurs, in
 * which chunks of words, and which pair is the most frequent.
 *
 * The queue is lazy: an entry is not moved when its pair's count falls, but
 * looked at again when it comes to the top.  A pair whose count rises is
 * entered anew.
 *
 * Memory: 56 bytes for each pair that ever was, 4 for each place (once or, as
 * lists double, twice), 16 for each entry of the queue.  One thread at a time.
 */
#ifndef MLIN_TOKENIZER_PAIRS_H
#define MLIN_TOKENIZER_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pair {
    uint64_t key;     /* left id << 32 | right id */
    int64_t count;
    uint32_t *places; /* [place_count] chunks; some may hold it no more */
    uint32_t place_count, place_cap;
    uint32_t round;   /* of the last rise: see pairs_rise() */
};

struct pairs_entry {
    int64_t count;
    uint64_t key;
};

/* {0} is empty. */
struct pairs {
    struct pair *items; /* [count] */
    size_t count, cap;
    uint32_t *slots;    /* [slot_cap] index in items + 1; 0 = free */
    size_t slot_cap;
    struct pairs_entry *queue; /* a heap with four branches */
    size_t queue_count, queue_cap;
    uint32_t *risen;    /* [risen_count] pairs to be entered */
    size_t risen_count, risen_cap;
    uint32_t round;
};

static inline uint64_t pairs_key(uint32_t left, uint32_t right)
{
    return (uint64_t)left << 32 | right;
}

void pairs_clear(struct pairs *pairs);

/* The pair, or NULL; valid until one is added. */
struct pair *pairs_find(const struct pairs *pairs, uint64_t key);

/* Take `times` off the count of a pair that is there. */
void pairs_fall(struct pairs *pairs, uint64_t key, int64_t times);

/*
 * Add `times` to a pair's count, note that it occurs in the chunk, and have
 * pairs_enter_risen() enter it.
 */
void pairs_rise(struct pairs *pairs, uint64_t key, int64_t times,
                uint32_t chunk);

/* Enter the pairs that rose since the last call and whose count is above 0. */
void pairs_enter_risen(struct pairs *pairs);

/*
 * Take the most frequent pair out of the queue; of equally frequent ones that
 * with the smallest left id, then right id.  NULL when none is left whose count
 * is above 0.
 */
struct pair *pairs_take(struct pairs *pairs);

#endif

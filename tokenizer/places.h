/* SPDX-License-Identifier: Apache-2.0 */
/*
 * places.h - where pairs stand: for each pair a list of the slots in which
 * its left tokens begin (wordset.h).
 *
 * A list is made whole.  A place whose pair is gone stays in it, and whoever
 * reads it looks whether the pair still stands there.
 *
 * Memory: 36 to 72 bytes for each list, 4 for each place (pool.h).  One thread
 * at a time, but for places_alloc(): one for each hand.
 */
#ifndef MLIN_TOKENIZER_PLACES_H
#define MLIN_TOKENIZER_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "tokenizer/keyed.h"
#include "tokenizer/pool.h"

struct place_list {
    uint64_t key; /* of the pair: keyed_pair() */
    uint32_t *at; /* [count] */
    uint32_t count;
};

struct places {
    struct place_list *slots; /* [cap], a power of two; as keyed.h */
    size_t count, cap;
    struct places_hand *hands; /* [hand_count] a pool for each thread */
    size_t hand_count;
};

void places_init(struct places *places, size_t hands);

/* Room for a list, which is to be added, by the thread of this hand. */
uint32_t *places_alloc(struct places *places, size_t hand, size_t count);

/* It is not needed any more, and is none of those that are added. */
void places_free(struct places *places, const struct place_list *list);

/* The pair's list, or NULL; valid until one is added. */
struct place_list *places_find(const struct places *places, uint64_t key);

/* The same, added with no places where it is not there. */
struct place_list *places_add(struct places *places, uint64_t key);

/* No lists. */
void places_reset(struct places *places);
void places_clear(struct places *places);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * places.h - where pairs stand: for each pair a list of the slots in which
 * its left tokens begin (wordset.h).
 *
 * A list is made whole.  A place whose pair is gone stays in it, and whoever
 * reads it looks whether the pair still stands there.
 *
 * Memory: 36 to 72 bytes for each list, 4 for each place.  One thread at a
 * time.
 */
#ifndef MLIN_TOKENIZER_PLACES_H
#define MLIN_TOKENIZER_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "tokenizer/keyed.h"

struct place_list {
    uint64_t key; /* of the pair: keyed_pair() */
    uint32_t *at; /* [count]; for free() */
    uint32_t count;
};

/* {0} is empty. */
struct places {
    struct place_list *slots; /* [cap], a power of two; as keyed.h */
    size_t count, cap;
};

/* The pair's list, or NULL; valid until one is added. */
struct place_list *places_find(const struct places *places, uint64_t key);

/* The same, added with no places where it is not there. */
struct place_list *places_add(struct places *places, uint64_t key);

void places_clear(struct places *places);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hashset.h - a set of 128-bit hashes that only grows.
 *
 *     part [256], by the key's highest byte, each an open-addressing table
 *         keys   [cap] of 16 bytes, cap a power of two; all bits 0 = free
 *
 * Memory: 16 bytes a slot, 37 % to 75 % of the slots in use: 21 to 43 bytes for
 * each key (30 on average); 4 kB to begin with.  A part that is full is
 * moved to one of twice its size; the other 255 stay as they are, so growing
 * never holds two copies of the whole set.
 *
 * Keys must be hashes already: their bits are used as they are.  Because anyone
 * can build colliding texts (src/hash.h), a hostile input can make it slow.
 *
 * One thread at a time.
 */
#ifndef MLIN_HASHSET_H
#define MLIN_HASHSET_H

#include <stdbool.h>
#include <stdint.h>

#include "src/hash.h"

enum { HASHSET_PARTS = 256 };

struct hashset_part {
    struct hash128 *keys; /* [cap] */
    uint64_t count, cap;
};

/* All bits 0 is the empty set. */
struct hashset {
    struct hashset_part parts[HASHSET_PARTS];
    bool has_zero; /* the key whose bits are all 0 */
};

/* True when the key was not there before; now it is.  Dies if memory ends. */
bool hashset_add(struct hashset *set, struct hash128 key);

bool hashset_has(const struct hashset *set, struct hash128 key);

/* Bytes that hashset_add() of this key would take from the system, 0 mostly. */
uint64_t hashset_more(const struct hashset *set, struct hash128 key);

uint64_t hashset_count(const struct hashset *set);

/* Bytes that the set owns. */
uint64_t hashset_bytes(const struct hashset *set);

/* Give the memory back; the set is empty then. */
void hashset_clear(struct hashset *set);

#endif

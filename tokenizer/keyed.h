/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keyed.h - open addressing for items that begin with a number: the tables by
 * pairs of tokens of the trainer and the encoder.
 *
 * The caller holds the array, [cap] items of one size, cap a power of two, and
 * keeps it from filling up.  Memory: as src/large.h.
 */
#ifndef MLIN_TOKENIZER_KEYED_H
#define MLIN_TOKENIZER_KEYED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define KEYED_FREE UINT64_MAX /* the key of an item that is free */

/* Of a pair of tokens; KEYED_FREE only where both ids are UINT32_MAX. */
static inline uint64_t keyed_pair(uint32_t left, uint32_t right)
{
    return (uint64_t)left << 32 | right;
}

/* The place where the search for a key begins. */
static inline void *keyed_home(const void *items, size_t cap, size_t size,
                               uint64_t key)
{
    uint64_t hash = key * 0x9e3779b97f4a7c15u;
    size_t at = (size_t)(hash ^ hash >> 32) & (cap - 1);

    return (char *)(uintptr_t)items + at * size;
}

/* The key's item, or the free one where it belongs. */
static inline void *keyed_find(const void *items, size_t cap, size_t size,
                               uint64_t key)
{
    const char *end = (const char *)items + cap * size;
    char *item = keyed_home(items, cap, size, key);
    uint64_t found;

    for (;; item = item + size < end ? item + size
                                     : (char *)(uintptr_t)items) {
        memcpy(&found, item, sizeof found);
        if (found == key || found == KEYED_FREE)
            return item;
    }
}

/* All items free; for keyed_free(). */
void *keyed_new(size_t cap, size_t size);
void keyed_free(void *items, size_t cap, size_t size);

/* Twice as many items (or the first): the new array; `items` is freed. */
void *keyed_grow(void *items, size_t *cap, size_t size);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache_pool.h - what does not stand in the lines of a cache: ids that are too
 * many for one, and pieces that are too long, with theirs.
 *
 *     words  for ids         count | ids
 *            for a piece     count | ids | len | bytes, padded to 4
 *
 *     slots  of the pieces, by open addressing, at most half full:
 *            32 bits of the hash | where in words, 0 = free
 *
 * Nothing leaves it but all at once: what there is no room for is refused.
 */
#ifndef MLIN_TOKENIZER_CACHE_POOL_H
#define MLIN_TOKENIZER_CACHE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

struct cache_pool {
    uint32_t *words;     /* [cap]; the first is not used */
    size_t count, cap;
    uint64_t *slots;     /* [1 << bits] */
    unsigned bits;
    size_t slot_count;   /* that are not free */
};

/* Memory: `size` bytes, and eight for each of the 1 << bits slots. */
void cache_pool_init(struct cache_pool *pool, size_t size, unsigned bits);
void cache_pool_clear(struct cache_pool *pool);
void cache_pool_forget(struct cache_pool *pool);

/* Where the ids stand, or 0. */
uint32_t cache_pool_put(struct cache_pool *pool, const uint32_t *ids,
                        size_t count);

/* The ids that stand there; returns how many. */
size_t cache_pool_get(const struct cache_pool *pool, uint64_t at,
                      uint32_t *ids);

/* A piece that is not there, and its ids; false when there is no room. */
bool cache_pool_add(struct cache_pool *pool, struct slice piece,
                    const uint32_t *ids, size_t count);

/* The ids of a piece, or none. */
size_t cache_pool_find(const struct cache_pool *pool, struct slice piece,
                       uint32_t *ids);

#endif

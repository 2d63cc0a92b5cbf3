/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache_pool - words one behind the other, and a table of pieces.
 */
#include "tokenizer/cache_pool.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"
#include "src/hash.h"

void cache_pool_init(struct cache_pool *pool, size_t size, unsigned bits)
{
    pool->cap = size / sizeof *pool->words;
    pool->words = xmalloc(pool->cap * sizeof *pool->words);
    pool->bits = bits;
    pool->slots = xcalloc((size_t)1 << bits, sizeof *pool->slots);
    pool->count = 1;
    pool->slot_count = 0;
}

void cache_pool_clear(struct cache_pool *pool)
{
    free(pool->words);
    free(pool->slots);
}

void cache_pool_forget(struct cache_pool *pool)
{
    memset(pool->slots, 0, sizeof *pool->slots << pool->bits);
    pool->slot_count = 0;
    pool->count = 1;
}

/* The ids, and `more` words behind them. */
static uint32_t put(struct cache_pool *pool, const uint32_t *ids, size_t count,
                    size_t more)
{
    size_t at = pool->count;

    if (1 + count + more > pool->cap - at)
        return 0;
    pool->count += 1 + count + more;
    pool->words[at] = (uint32_t)count;
    memcpy(pool->words + at + 1, ids, count * sizeof *ids);
    return (uint32_t)at;
}

uint32_t cache_pool_put(struct cache_pool *pool, const uint32_t *ids,
                        size_t count)
{
    return put(pool, ids, count, 0);
}

size_t cache_pool_get(const struct cache_pool *pool, uint64_t at,
                      uint32_t *ids)
{
    size_t count = pool->words[at];

    memcpy(ids, pool->words + at + 1, count * sizeof *ids);
    return count;
}

/* Where a piece stands, or would. */
static uint64_t *slot_of(const struct cache_pool *pool, struct slice piece,
                         uint64_t hash)
{
    size_t mask = ((size_t)1 << pool->bits) - 1, at = hash & mask;

    for (; pool->slots[at] != 0; at = (at + 1) & mask) {
        const uint32_t *entry = pool->words + (uint32_t)pool->slots[at];
        const uint32_t *len = entry + 1 + entry[0];

        if (pool->slots[at] >> 32 == hash >> 32 && *len == piece.len &&
            memcmp(len + 1, piece.ptr, piece.len) == 0)
            break;
    }
    return &pool->slots[at];
}

bool cache_pool_add(struct cache_pool *pool, struct slice piece,
                    const uint32_t *ids, size_t count)
{
    uint64_t hash = hash64(piece);
    uint32_t at, *len;

    if (pool->slot_count * 2 >> pool->bits > 0)
        return false;
    at = put(pool, ids, count, 1 + (piece.len + 3) / 4);
    if (at == 0)
        return false;
    len = pool->words + at + 1 + count;
    *len = (uint32_t)piece.len;
    memcpy(len + 1, piece.ptr, piece.len);
    *slot_of(pool, piece, hash) = hash >> 32 << 32 | at;
    pool->slot_count++;
    return true;
}

size_t cache_pool_find(const struct cache_pool *pool, struct slice piece,
                       uint32_t *ids)
{
    uint64_t slot = *slot_of(pool, piece, hash64(piece));

    return slot > 0 ? cache_pool_get(pool, (uint32_t)slot, ids) : 0;
}

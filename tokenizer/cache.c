/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache - what is not read inline: making, remembering, and the pool.
 *
 *     pool   for ids that do not fit   count | ids
 *            for a long piece          count | ids | len | bytes, padded to 4
 *
 *     longs  open addressing, linear probing, at most half full:
 *            32 bits of the hash | place in the pool, 0 = free
 */
#include "tokenizer/cache.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/large.h"

enum { LINE = 64, LONG_SHARE = 32, BITS_MIN = 4, BITS_MAX = 30 };

static size_t shorts_size(const struct cache *cache)
{
    return sizeof *cache->shorts << cache->short_bits;
}

static size_t middles_size(const struct cache *cache)
{
    return sizeof *cache->middles << cache->middle_bits;
}

/* A half for the middle ones, a quarter for the short ones and the pool. */
struct cache *cache_new(size_t budget)
{
    struct cache *cache = xcalloc(1, sizeof *cache);

    cache->short_bits = BITS_MIN;
    while ((size_t)LINE * 8 << cache->short_bits <= budget &&
           cache->short_bits < BITS_MAX)
        cache->short_bits++;
    cache->middle_bits = cache->short_bits + 1;
    cache->long_bits = cache->short_bits - 1;
    cache->pool_cap = ((size_t)LINE - LONG_SHARE / 8)
                      << cache->short_bits >> 2;
    cache->shorts = large_alloc(shorts_size(cache));
    cache->middles = large_alloc(middles_size(cache));
    cache->longs = xcalloc((size_t)1 << cache->long_bits,
                           sizeof *cache->longs);
    cache->pool = xmalloc(cache->pool_cap * sizeof *cache->pool);
    cache->pool_count = 1;
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    large_free(cache->shorts, shorts_size(cache));
    large_free(cache->middles, middles_size(cache));
    free(cache->longs);
    free(cache->pool);
    free(cache);
}

static void begin_anew(struct cache *cache)
{
    memset(cache->shorts, 0, shorts_size(cache));
    memset(cache->middles, 0, middles_size(cache));
    memset(cache->longs, 0, sizeof *cache->longs << cache->long_bits);
    cache->long_count = 0;
    cache->pool_count = 1;
}

/* ---- the pool ---- */

size_t cache_pool_get(const struct cache *cache, uint64_t at, uint32_t *ids)
{
    size_t count = cache->pool[at];

    memcpy(ids, cache->pool + at + 1, count * sizeof *ids);
    return count;
}

/* Room for `count` numbers; everything is forgotten when there is none. */
static uint32_t pool_take(struct cache *cache, size_t count)
{
    size_t at;

    if (count > cache->pool_cap - cache->pool_count)
        begin_anew(cache);
    at = cache->pool_count;
    cache->pool_count += count;
    return (uint32_t)at;
}

static uint32_t pool_put(struct cache *cache, const uint32_t *ids,
                         size_t count, size_t more)
{
    uint32_t at = pool_take(cache, 1 + count + more);

    cache->pool[at] = (uint32_t)count;
    memcpy(cache->pool + at + 1, ids, count * sizeof *ids);
    return at;
}

/* ---- long pieces ---- */

struct cache_key cache_long_key(const struct cache *cache, struct slice piece)
{
    struct cache_key key = { 0 };

    if (piece.len <= CACHE_MIDDLE || piece.len > CACHE_PIECE_MAX)
        return key;
    key.len = (uint32_t)piece.len;
    key.low = hash64(piece);
    key.line = (uint32_t)key.low & (((uint32_t)1 << cache->long_bits) - 1);
    __builtin_prefetch(&cache->longs[key.line]);
    return key;
}

/* The pool's place for a long piece, or 0; *slot is where that would stand. */
static uint32_t long_find(const struct cache *cache,
                          const struct cache_key *key, struct slice piece,
                          uint64_t **slot)
{
    size_t at = key->line, mask = ((size_t)1 << cache->long_bits) - 1;

    for (; cache->longs[at] != 0; at = (at + 1) & mask) {
        const uint32_t *entry = cache->pool + (uint32_t)cache->longs[at];
        const uint32_t *len = entry + 1 + entry[0];

        if (cache->longs[at] >> 32 == key->low >> 32 && *len == piece.len &&
            memcmp(len + 1, piece.ptr, piece.len) == 0)
            break;
    }
    *slot = &cache->longs[at];
    return (uint32_t)cache->longs[at];
}

size_t cache_long_get(const struct cache *cache, const struct cache_key *key,
                      struct slice piece, uint32_t *ids)
{
    uint64_t *slot;
    uint32_t at = key->len > 0 ? long_find(cache, key, piece, &slot) : 0;

    return at > 0 ? cache_pool_get(cache, at, ids) : 0;
}

static void long_put(struct cache *cache, const struct cache_key *key,
                     struct slice piece, const uint32_t *ids, size_t count)
{
    uint64_t *slot;
    uint32_t at, *len;

    if (cache->long_count * 2 >> cache->long_bits > 0)
        begin_anew(cache);
    at = pool_put(cache, ids, count, 1 + (piece.len + 3) / 4);
    len = cache->pool + at + 1 + count;
    *len = (uint32_t)piece.len;
    memcpy(len + 1, piece.ptr, piece.len);
    long_find(cache, key, piece, &slot);
    *slot = key->low >> 32 << 32 | at;
    cache->long_count++;
}

/* ---- the lines ---- */

static uint64_t pack(const uint32_t *ids, size_t count)
{
    uint64_t packed = 0;

    for (size_t i = 0; i < count; i++)
        packed |= (uint64_t)ids[i] << (4 + CACHE_ID_BITS * i);
    return packed;
}

static int fits(const uint32_t *ids, size_t count, size_t room)
{
    if (count > room)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (ids[i] > CACHE_ID_MASK)
            return 0;
    return 1;
}

static void short_put(struct cache *cache, const struct cache_key *key,
                      const uint32_t *ids, size_t count)
{
    uint64_t packed = fits(ids, count, 3)
                          ? pack(ids, count) | count
                          : (uint64_t)pool_put(cache, ids, count, 0) << 4;
    struct cache_short *line = &cache->shorts[key->line];

    memmove(line->keys + 1, line->keys, sizeof line->keys - 8);
    memmove(line->ids + 1, line->ids, sizeof line->ids - 8);
    line->keys[0] = key->low;
    line->ids[0] = packed;
}

static void middle_put(struct cache *cache, const struct cache_key *key,
                       const uint32_t *ids, size_t count)
{
    size_t first = count < 3 ? count : 3;
    uint64_t packed[2] = { 0, 0 };
    struct cache_middle *line;

    if (fits(ids, count, 6)) {
        packed[0] = pack(ids, first) | count;
        packed[1] = pack(ids + first, count - first);
    } else {
        packed[0] = (uint64_t)pool_put(cache, ids, count, 0) << 4;
    }
    line = &cache->middles[key->line];
    line->low[1] = line->low[0];
    line->high[1] = line->high[0];
    memcpy(line->ids[1], line->ids[0], sizeof packed);
    line->low[0] = key->low;
    line->high[0] = key->high;
    memcpy(line->ids[0], packed, sizeof packed);
}

void cache_put(struct cache *cache, const struct cache_key *key,
               struct slice piece, const uint32_t *ids, size_t count)
{
    if (key->len == 0 || count == 0)
        return;
    if (key->len <= CACHE_SHORT)
        short_put(cache, key, ids, count);
    else if (key->len <= CACHE_MIDDLE)
        middle_put(cache, key, ids, count);
    else
        long_put(cache, key, piece, ids, count);
}

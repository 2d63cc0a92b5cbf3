/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache.h - the ids of pre-tokens seen before.
 *
 * Nearly every pre-token of a text has been met already, so that a look-up here
 * takes the place of BPE.  Four of five have at most 8 bytes and nearly all at
 * most 16, so there is a table for each, of lines of 64 bytes:
 *
 *     short    4 of  key [8]    ids [8]
 *     middle   2 of  key [16]   ids [16]
 *
 * A key is the piece's bytes, then zeros; it has one line where it can be, and
 * a new one puts the oldest of the line out.  So a look-up reads one line, and
 * callers that ask for many keys first have all lines fetched meanwhile.
 * Longer pieces, and ids that do not fit, stand in a pool; when it is used up,
 * the cache begins anew.
 *
 * What it answers never depends on what it holds.  One thread at a time: each
 * worker has its own.
 */
#ifndef MLIN_TOKENIZER_CACHE_H
#define MLIN_TOKENIZER_CACHE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/slice.h"

enum {
    CACHE_PIECE_MAX = 128, /* longer ones are not remembered */
    CACHE_ROOM = 6,        /* ids that may be written past the last */
    CACHE_SHORT = 8,
    CACHE_MIDDLE = 16,
    CACHE_SHORT_WAYS = 4,
    CACHE_MIDDLE_WAYS = 2,
    CACHE_ID_BITS = 20,    /* larger ids stand in the pool */
    CACHE_ID_MASK = (1 << CACHE_ID_BITS) - 1
};

/* Ids in one number: how many, 4 bits (0: in the pool); then 20 bits each. */
struct cache_short {
    uint64_t keys[CACHE_SHORT_WAYS]; /* 0: free */
    uint64_t ids[CACHE_SHORT_WAYS];
};

struct cache_middle {
    uint64_t low[CACHE_MIDDLE_WAYS], high[CACHE_MIDDLE_WAYS]; /* 0: free */
    uint64_t ids[CACHE_MIDDLE_WAYS][2];
};

struct cache {
    struct cache_short *shorts;   /* [1 << short_bits] */
    struct cache_middle *middles; /* [1 << middle_bits] */
    unsigned short_bits, middle_bits, long_bits;
    uint64_t *longs;              /* [1 << long_bits] of a hash and a place */
    size_t long_count;
    uint32_t *pool;               /* [pool_cap] */
    size_t pool_count, pool_cap;
};

/* Where the ids of a piece would be. */
struct cache_key {
    uint64_t low, high; /* its bytes; of a long one `low` is a hash */
    uint32_t line;
    uint32_t len;       /* of the piece; 0: it cannot be remembered */
};

/* Memory: at most `budget` bytes, from 64 kB on, most of it when first used. */
struct cache *cache_new(size_t budget);
void cache_free(struct cache *cache);

/* Remember the ids of a piece that cache_get() does not know. */
void cache_put(struct cache *cache, const struct cache_key *key,
               struct slice piece, const uint32_t *ids, size_t count);

/* What cache_key() and cache_get() do for pieces above CACHE_MIDDLE bytes, and
 * with ids that stand in the pool at `at`. */
struct cache_key cache_long_key(const struct cache *cache, struct slice piece);
size_t cache_long_get(const struct cache *cache, const struct cache_key *key,
                      struct slice piece, uint32_t *ids);
size_t cache_pool_get(const struct cache *cache, uint64_t at, uint32_t *ids);

/* The first `len` bytes of 8, 1 to 8 of them. */
static inline uint64_t cache_word(const char *bytes, size_t len)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word & ~(uint64_t)0 >> (64 - 8 * len);
}

/*
 * The key of piece, which has a byte or more; its line is being fetched.
 * `readable` bytes from piece.ptr on may be read (16 or more make it fast).
 */
static inline struct cache_key cache_key(const struct cache *cache,
                                         struct slice piece, size_t readable)
{
    struct cache_key key = { .len = (uint32_t)piece.len };
    const char *bytes = piece.ptr;
    char copy[CACHE_MIDDLE];

    /* A zero at its end would be none of its bytes. */
    if (piece.len > CACHE_MIDDLE || bytes[piece.len - 1] == '\0')
        return cache_long_key(cache, piece);
    if (readable < CACHE_MIDDLE) {
        memcpy(copy, bytes, piece.len);
        bytes = copy;
    }
    if (piece.len <= CACHE_SHORT) {
        key.low = cache_word(bytes, piece.len);
        key.line = (uint32_t)(key.low * 0x9e3779b97f4a7c15u >>
                              (64 - cache->short_bits));
        __builtin_prefetch(&cache->shorts[key.line]);
    } else {
        memcpy(&key.low, bytes, 8);
        key.high = cache_word(bytes + 8, piece.len - 8);
        key.line = (uint32_t)(((key.low * 0x9e3779b97f4a7c15u ^ key.high) *
                               0xff51afd7ed558ccdu) >>
                              (64 - cache->middle_bits));
        __builtin_prefetch(&cache->middles[key.line]);
    }
    return key;
}

static inline void cache_three(uint64_t packed, uint32_t ids[3])
{
    for (unsigned i = 0; i < 3; i++)
        ids[i] = (uint32_t)(packed >> (4 + CACHE_ID_BITS * i)) & CACHE_ID_MASK;
}

/*
 * Write the ids of a piece, and up to CACHE_ROOM of anything after them;
 * returns how many, 0 when they are not known.
 */
static inline size_t cache_get(const struct cache *cache,
                               const struct cache_key *key, struct slice piece,
                               uint32_t *ids)
{
    if (key->len - 1 < CACHE_SHORT) {
        const struct cache_short *line = &cache->shorts[key->line];
        unsigned way = (line->keys[1] == key->low) |
                       (line->keys[2] == key->low) * 2u |
                       (line->keys[3] == key->low) * 3u;
        uint64_t packed = line->ids[way];

        if (line->keys[way] != key->low)
            return 0;
        cache_three(packed, ids);
        return packed & 15 ? packed & 15
                           : cache_pool_get(cache, packed >> 4, ids);
    }
    if (key->len - 1 < CACHE_MIDDLE) {
        const struct cache_middle *line = &cache->middles[key->line];
        unsigned way = line->high[1] == key->high && line->low[1] == key->low;
        const uint64_t *packed = line->ids[way];

        if (line->high[way] != key->high || line->low[way] != key->low)
            return 0;
        cache_three(packed[0], ids);
        cache_three(packed[1], ids + 3);
        return packed[0] & 15 ? packed[0] & 15
                              : cache_pool_get(cache, packed[0] >> 4, ids);
    }
    return cache_long_get(cache, key, piece, ids);
}

#endif

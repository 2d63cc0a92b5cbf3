/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache.h - the ids of pre-tokens seen before.
 *
 * Nearly every pre-token of a text has been met already, so that a look-up here
 * takes the place of BPE.  A slot is one cache line:
 *
 *     key    [32] bytes, the rest 0      Cyrillic and Greek words of 15 letters
 *     ids    [6]  or, when there are more, where they stand in the pool
 *     count  of ids      len  of key, 0 = free slot
 *
 * Memory: never more than `budget` bytes; when they are used up, the cache is
 * emptied and fills again.  What it answers never depends on what it holds.
 * One thread at a time: each worker has its own.
 */
#ifndef MLIN_TOKENIZER_CACHE_H
#define MLIN_TOKENIZER_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

enum { CACHE_KEY_MAX = 32, CACHE_IDS_INLINE = 6 };

struct cache;

/* A key laid out for comparison by words. */
struct cache_key {
    uint64_t words[CACHE_KEY_MAX / 8];
    size_t len;
};

struct cache *cache_new(size_t budget);
void cache_free(struct cache *cache);

/*
 * The key of piece, 1 to CACHE_KEY_MAX bytes; `readable` bytes from piece.ptr
 * on may be read (32 or more make it fast).
 */
struct cache_key cache_key(struct slice piece, size_t readable);

/*
 * The ids of `key`, or NULL when they are not known.  Valid until the next
 * cache_add().
 */
const uint32_t *cache_find(const struct cache *cache,
                           const struct cache_key *key, size_t *count);

/* Remember them; the key must not be there. */
void cache_add(struct cache *cache, const struct cache_key *key,
               const uint32_t *ids, size_t count);

#endif

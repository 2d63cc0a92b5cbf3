/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache.h - the ids of pre-tokens seen before.
 *
 * Nearly every pre-token of a text has been met already, so that a look-up here
 * takes the place of BPE.  Four of five have at most 8 bytes, nearly all at
 * most 16 and all but a few at most 32, so there is a table for each, of lines
 * of eight 64-bit words:
 *
 *     short    key  key   key   key       ids   ids   ids   ids
 *     middle   low  high  low   high      ids - ids - ids - ids
 *     wide     the first 16, the last 16  ids - ids - ids - ids
 *
 * A key is the piece's bytes, then zeros; it has one line where it can be, and
 * a new one puts the oldest of the line out.  So a look-up reads one line, the
 * lines of many pieces are fetched before the first is read, and whether a
 * piece is short or middle decides no branch.  Longer pieces, and ids that do
 * not fit, stand in a pool; when that is used up, the cache begins anew.
 *
 * What it answers never depends on what it holds.  One thread at a time: each
 * worker has its own.
 */
#ifndef MLIN_TOKENIZER_CACHE_H
#define MLIN_TOKENIZER_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"
#include "tokenizer/cache_key.h"

enum {
    CACHE_PIECE_MAX = 8192, /* longer ones are not remembered */
    CACHE_ROOM = 4,        /* ids that may be written past the last */
    CACHE_BATCH = 768      /* pieces at most, for cache_keys() */
};

struct cache;

/* Memory: at most `budget` bytes, from 64 kB on, most of it when first used. */
struct cache *cache_new(size_t budget);
void cache_free(struct cache *cache);

/*
 * The keys of the pieces between `at` and ends[0], ends[0] and ends[1] ...
 * ends[count - 1] of a text; their lines are being fetched.
 */
void cache_keys(const struct cache *cache, struct slice text, size_t at,
                const size_t *ends, size_t count, struct cache_key *keys);

/* Pieces that are not known, and how many ids stand before each one's. */
struct cache_gaps {
    size_t count;
    size_t pieces[CACHE_BATCH];
    size_t at[CACHE_BATCH];
};

/*
 * Write the ids of the pieces of keys[from] ... keys[count - 1] one after the
 * other to ids[*used] on, and up to CACHE_ROOM of anything behind them; *used
 * moves on.  What is not known becomes a gap.  Stops at the first piece that
 * cache_get() must be asked for; returns which.
 */
size_t cache_run(const struct cache_key *keys, size_t from, size_t count,
                 uint32_t *ids, size_t *used, struct cache_gaps *gaps);

static inline void cache_gap(struct cache_gaps *gaps, size_t piece, size_t at)
{
    gaps->pieces[gaps->count] = piece;
    gaps->at[gaps->count++] = at;
}

/* The key of one piece. */
struct cache_key cache_key(const struct cache *cache, struct slice piece);

/* The ids of any piece; returns how many, 0 when they are not known. */
size_t cache_get(const struct cache *cache, const struct cache_key *key,
                 struct slice piece, uint32_t *ids);

/* Remember the ids, one or more, of a piece; nothing is done if it is known. */
void cache_put(struct cache *cache, const struct cache_key *key,
               struct slice piece, const uint32_t *ids, size_t count);

#endif

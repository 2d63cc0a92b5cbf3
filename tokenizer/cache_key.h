/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache_key.h - where in a cache the ids of a piece would be.
 *
 * A piece has one line, in the table of its kind, by a hash of its bytes.
 */
#ifndef MLIN_TOKENIZER_CACHE_KEY_H
#define MLIN_TOKENIZER_CACHE_KEY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/slice.h"

enum { CACHE_SHORT, CACHE_MIDDLE, CACHE_WIDE, CACHE_KINDS };

enum {
    CACHE_SHORT_MAX = 8, CACHE_MIDDLE_MAX = 16, CACHE_WIDE_MAX = 32, /* bytes */
    CACHE_WORDS = 8 /* of a line */
};

struct cache_lines {
    uint64_t *first[CACHE_KINDS];  /* [1 << (64 - shifts)] lines each */
    uint64_t shifts[CACHE_KINDS];  /* what a hash is shifted by */
};

struct cache_key {
    uint64_t low, high;    /* its bytes; of a short one both are the key */
    const uint64_t *line;
    size_t kind;           /* CACHE_WIDE, too, of what has no line */
};

/* A line for what has none; nothing is ever found there. */
extern const uint64_t cache_key_none[CACHE_WORDS + 1];

struct cache_key cache_key_of(const struct cache_lines *lines,
                              struct slice piece);

/* Of many pieces, as cache_keys() of cache.h; eight at a time with AVX-512. */
void cache_key_many(const struct cache_lines *lines, struct slice text,
                    size_t at, const size_t *ends, size_t count,
                    struct cache_key *keys);

/* The bytes of a piece of at most 32, then zeros. */
static inline void cache_key_bytes(const struct cache_key *key,
                                   struct slice piece, uint64_t bytes[4])
{
    memset(bytes, 0, 4 * sizeof *bytes);
    if (key->kind == CACHE_WIDE) {
        memcpy(bytes, piece.ptr, piece.len);
        return;
    }
    bytes[0] = key->low;
    bytes[1] = key->kind == CACHE_SHORT ? 0 : key->high;
}

#endif

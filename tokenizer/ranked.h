/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ranked.h - a vocabulary's tokens in the order in which merging makes them.
 *
 * Tokens have numbers of their own here: the 256 bytes, then what merging makes
 * of its own bytes, by rank.  (Others never come out of merging, and have no
 * number.)  So a number says which of two tokens comes first, the rank of a
 * merge is the number of what it makes, and a merge is 61 bits:
 *
 *     left + 1 [21] | right [20] | what they make [20]
 *
 * What looks merges up waits for memory and for branches guessed wrong.  So
 * each merge stands in one of two slots, both of which are read at once: 1 MB
 * for 64,000 merges, and no loop.
 *
 * Read only once made: any number of threads.
 */
#ifndef MLIN_TOKENIZER_RANKED_H
#define MLIN_TOKENIZER_RANKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/vocab.h"

enum {
    RANKED_BYTES = 256,
    RANKED_BITS = 20, /* of a number; all ones: none */
    RANKED_NONE = (1 << RANKED_BITS) - 1
};

/* What was merged last to make a token. */
struct ranked_parts {
    uint32_t left, right;
};

struct ranked {
    uint32_t count;
    struct ranked_parts *parts; /* [count]; of bytes nothing */
    uint32_t *lens;             /* [count] in bytes */
    uint32_t *ids;              /* [count] in the vocabulary */
    uint32_t *byte_pairs;       /* [65536] what two bytes make, or none */
    uint64_t *merges;           /* [1 << merge_bits], 0 = free */
    unsigned merge_bits;
};

/*
 * Of a vocabulary in which no two merges are of one pair.  NULL where merging
 * is not by such an order: a byte has no token, a merge comes before what makes
 * its parts, or there are a million merges.
 */
struct ranked *ranked_new(const struct vocab *vocab);
void ranked_free(struct ranked *ranked);

/* Never 0, which is a free slot. */
static inline uint64_t ranked_pair(uint32_t left, uint32_t right)
{
    return ((uint64_t)left + 1) << RANKED_BITS | right;
}

/* The two slots where the merge of a pair may stand. */
static inline size_t ranked_slot(const struct ranked *r, uint64_t pair,
                                 bool second)
{
    uint64_t hash = pair * (second ? 0x9e3779b97f4a7c15u
                                   : 0xd6e8feb86659fd93u);

    return (size_t)(hash >> (64 - r->merge_bits));
}

/* What two neighbours make, or RANKED_NONE. */
static inline uint32_t ranked_merge(const struct ranked *r, uint32_t left,
                                    uint32_t right)
{
    uint64_t pair = ranked_pair(left, right);
    uint64_t one = r->merges[ranked_slot(r, pair, false)] ^
                   pair << RANKED_BITS;
    uint64_t two = r->merges[ranked_slot(r, pair, true)] ^
                   pair << RANKED_BITS;
    uint64_t found = one < two ? one : two;

    return found < RANKED_NONE ? (uint32_t)found : RANKED_NONE;
}

/*
 * Does a merge join the last of `left` and the first of `right` before both are
 * made?  If none does, they may stand side by side.
 */
bool ranked_crosses(const struct ranked *r, uint32_t left, uint32_t right);

#endif

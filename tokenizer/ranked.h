/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ranked.h - a vocabulary's tokens in the order in which merging makes them.
 *
 * Tokens have numbers of their own here: the 256 bytes, then what merging makes
 * of its own bytes, by rank.  (Others never come out of merging, and have no
 * number.)  So a number says which of two tokens comes first, and the rank of a
 * merge is the number of what it makes.
 *
 * What looks merges up waits for memory.  So a merge takes 32 bits, and stands
 * in one of two buckets of four, both of which are read at once:
 *
 *     of the pair's hash [12] | what it makes [20]
 *
 * Whether it is the pair's is for its parts to say.  64,000 merges are 512 kB
 * so, of which a look-up reads two lines, and no loop.
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
    RANKED_NONE = (1 << RANKED_BITS) - 1,
    RANKED_WAYS = 4   /* merges in a bucket */
};

struct ranked_token {
    uint32_t left, right; /* what was merged last to make it; of bytes none */
    uint32_t id;          /* in the vocabulary */
    uint32_t len;         /* in bytes */
};

struct ranked {
    uint32_t count;
    struct ranked_token *tokens; /* [count] */
    uint32_t *byte_pairs;        /* [65536] what two bytes make, or none */
    uint32_t *merges;            /* [1 << bucket_bits][RANKED_WAYS] */
    unsigned bucket_bits;
};

/*
 * Of a vocabulary in which no two merges are of one pair.  NULL where merging
 * is not by such an order: a byte has no token, a merge comes before what makes
 * its parts, or there are a million merges.
 */
struct ranked *ranked_new(const struct vocab *vocab);
void ranked_free(struct ranked *ranked);

#define RANKED_FREE UINT32_MAX

/* Where the merge of a pair may stand, and its bits of the hash, shifted. */
struct ranked_place {
    const uint32_t *one, *two;
    uint32_t tag;
};

static inline struct ranked_place ranked_place(const struct ranked *r,
                                               uint32_t left, uint32_t right)
{
    uint64_t pair = (uint64_t)left << RANKED_BITS | right;
    uint64_t one = pair * 0xd6e8feb86659fd93u;
    uint64_t two = pair * 0x9e3779b97f4a7c15u;
    unsigned shift = 64 - r->bucket_bits;

    return (struct ranked_place){
        r->merges + (one >> shift) * RANKED_WAYS,
        r->merges + (two >> shift) * RANKED_WAYS,
        (uint32_t)(one >> 12) & ~(uint32_t)RANKED_NONE
    };
}

static inline bool ranked_makes(const struct ranked *r, uint32_t left,
                                uint32_t right, uint32_t token)
{
    return r->tokens[token].left == left && r->tokens[token].right == right;
}

/* What two neighbours make, or RANKED_NONE. */
static inline uint32_t ranked_merge(const struct ranked *r, uint32_t left,
                                    uint32_t right)
{
    struct ranked_place place = ranked_place(r, left, right);

    for (unsigned i = 0; i < RANKED_WAYS; i++) {
        uint32_t one = place.one[i] ^ place.tag, two = place.two[i] ^ place.tag;

        if (one < RANKED_NONE && ranked_makes(r, left, right, one))
            return one;
        if (two < RANKED_NONE && ranked_makes(r, left, right, two))
            return two;
    }
    return RANKED_NONE;
}

/*
 * Does a merge join the last of `left` and the first of `right` before both are
 * made?  If none does, they may stand side by side.
 */
bool ranked_crosses(const struct ranked *r, uint32_t left, uint32_t right);

#endif

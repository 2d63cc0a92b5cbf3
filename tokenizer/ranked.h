/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ranked.h - a vocabulary's tokens in the order in which merging makes them.
 *
 * Tokens have numbers of their own here: the 256 bytes, then what merging makes
 * of its own bytes, by rank.  (Others never come out of merging, and have no
 * number.)  So a number says which of two tokens comes first, the rank of a
 * merge is the number of what it makes, and a merge is 60 bits:
 *
 *     left [20] | right [20] | what they make [20]
 *
 * What looks merges up waits for memory and for little else.  Most neighbours
 * have none, and a bit for each merge, of 16, says so of nearly all of them:
 * 128 kB for 64,000 merges, in front of a table of 1 MB.
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
    uint64_t *filter;           /* [1 << (64 - filter_shift)] bits */
    uint64_t *merges;           /* [1 << (64 - merge_shift)], 0 = free */
    unsigned filter_shift, merge_shift;
};

/*
 * NULL for a vocabulary whose merging this is not: a byte has no token, a merge
 * comes before what makes its parts, or there are a million merges.
 */
struct ranked *ranked_new(const struct vocab *vocab);
void ranked_free(struct ranked *ranked);

/* What two neighbours make, or RANKED_NONE. */
static inline uint32_t ranked_merge(const struct ranked *r, uint32_t left,
                                    uint32_t right)
{
    uint64_t key = (uint64_t)left << RANKED_BITS | right;
    uint64_t hash = key * 0xd6e8feb86659fd93u, bit = hash >> r->filter_shift;
    size_t mask;

    if (!(r->filter[bit / 64] >> bit % 64 & 1))
        return RANKED_NONE;
    mask = ((size_t)1 << (64 - r->merge_shift)) - 1;
    for (size_t at = hash >> r->merge_shift;; at = (at + 1) & mask) {
        uint64_t merge = r->merges[at];

        if (merge >> RANKED_BITS == key)
            return (uint32_t)merge & RANKED_NONE;
        if (merge == 0)
            return RANKED_NONE;
    }
}

/*
 * Does a merge join the last of `left` and the first of `right` before both are
 * made?  If none does, they may stand side by side.
 */
bool ranked_crosses(const struct ranked *r, uint32_t left, uint32_t right);

#endif

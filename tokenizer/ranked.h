/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ranked.h - a vocabulary's tokens in the order in which merging makes them.
 *
 * Tokens have numbers of their own here: the 256 bytes, then what merging makes
 * of its own bytes, by rank.  (Others never come out of merging, and have no
 * number.)  So a number says which of two tokens comes first, and the rank of a
 * merge is the number of what it makes.
 *
 * What looks merges up waits for memory, so that their table is made for one
 * read a look-up (merge_table.h).
 *
 * Read only once made: any number of threads.
 */
#ifndef MLIN_TOKENIZER_RANKED_H
#define MLIN_TOKENIZER_RANKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/merge_table.h"
#include "tokenizer/vocab.h"

enum { RANKED_BYTES = 256, RANKED_NONE = MERGE_NONE };

struct ranked_token {
    uint32_t left, right; /* what was merged last to make it; of bytes none */
    uint32_t len;         /* in bytes */
};

struct ranked {
    uint32_t count;
    struct ranked_token *tokens; /* [count] */
    uint32_t *ids;               /* [count] in the vocabulary */
    uint32_t *byte_pairs;        /* [65536] what two bytes make, or none */
    struct merge_table merges;
};

/*
 * Of a vocabulary in which no two merges are of one pair.  NULL where merging
 * is not by such an order: a byte has no token, a merge comes before what makes
 * its parts, or there are a million merges.
 */
struct ranked *ranked_new(const struct vocab *vocab);
void ranked_free(struct ranked *ranked);

/* What two neighbours make, or RANKED_NONE. */
static inline uint32_t ranked_merge(const struct ranked *r, uint32_t left,
                                    uint32_t right)
{
    return merge_made(merge_place(&r->merges, left, right));
}

/*
 * Does a merge join the last of `left` and the first of `right` before both are
 * made?  If none does, they may stand side by side.
 */
bool ranked_crosses(const struct ranked *r, uint32_t left, uint32_t right);

#endif

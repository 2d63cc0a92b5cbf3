/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive.h - how merges make a token out of its bytes (or characters, where
 * merging begins with them), step by step.
 *
 * What holds for one token alone holds wherever it is made: inside of a longer
 * text, too, the bytes of the token go through these very steps, for no merge
 * across its ends comes before them (else it would not be made).  So the pair
 * that is put together last is the only merge that ever makes the token, and a
 * vocabulary needs one merge for each token.
 */
#ifndef MLIN_TOKENIZER_DERIVE_H
#define MLIN_TOKENIZER_DERIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"
#include "tokenizer/bpe.h"
#include "tokenizer/vocab.h"

/*
 * The longest token of o200k has 128 bytes, one learned from ruled lines 1536;
 * time is quadratic here.
 */
enum { DERIVE_MAX = 8192 };

/*
 * The merge of two neighbours, which together have the bytes `span`; false when
 * there is none.  The lowest rank goes first, of equals the leftmost.
 */
typedef bool derive_rule(const void *context, struct slice span, uint32_t left,
                         uint32_t right, uint32_t *rank, uint32_t *result);

struct derivation {
    size_t count;         /* parts that were left: 1 = the token was made */
    uint32_t left, right; /* where it was: the last two parts */
    uint32_t rank;        /* and the rank of their merge */
    bool is_ascending;    /* no step's rank was below one before it */
};

/*
 * Of model token `id`, of 2 to DERIVE_MAX bytes.  Where one that it begins with
 * has no token, count is the number of its bytes.
 */
struct derivation derive(const struct vocab *vocab, uint32_t id,
                         derive_rule *rule, const void *context);

/* The same by the vocabulary's own merges, which `bpe` is of. */
struct derivation derive_merged(const struct vocab *vocab, uint32_t id,
                                const struct bpe *bpe);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe_many.h - merges applied to many pieces of a few bytes side by side.
 *
 * A merge waits for memory: whether the token that it makes merges with its
 * neighbours is read at random.  So many pieces take turns, and what one needs
 * next is fetched while the others have theirs.
 */
#ifndef MLIN_TOKENIZER_BPE_MANY_H
#define MLIN_TOKENIZER_BPE_MANY_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"
#include "tokenizer/bpe_short.h"
#include "tokenizer/ranked.h"

enum { BPE_MANY_MAX = BPE_SHORT_MAX };

/* A piece of 1 to BPE_MANY_MAX bytes, and what it becomes. */
struct bpe_job {
    struct slice piece;
    uint64_t bytes[BPE_MANY_MAX / 8]; /* of the piece, then zeros */
    size_t count;
    uint32_t ids[BPE_MANY_MAX];
};

/* What bpe_short() says of each. */
void bpe_many(const struct ranked *ranked, struct bpe_job *jobs, size_t count);

#endif

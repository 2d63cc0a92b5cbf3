/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe_short.h - merges applied to a piece of a few bytes.
 *
 * The candidates stand in an array, one for each neighbour to the right, as
 * rank << 5 | place; the smallest is the next merge.  With AVX2 it is found in
 * a dozen instructions.
 */
#ifndef MLIN_TOKENIZER_BPE_SHORT_H
#define MLIN_TOKENIZER_BPE_SHORT_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"
#include "tokenizer/ranked.h"

enum { BPE_SHORT_MAX = 32 };

/* The ids of a piece of 1 to BPE_SHORT_MAX bytes into ids[piece.len]. */
size_t bpe_short(const struct ranked *ranked, struct slice piece,
                 uint32_t *ids);

#endif

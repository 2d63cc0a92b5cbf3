/* SPDX-License-Identifier: Apache-2.0 */
/*
 * backtrack.h - the same ids as merging, in linear time: the longest token that
 * may follow the last one is taken, and taken back where that leads nowhere.
 *
 * What merging makes of a text is the one sequence of tokens in which no merge
 * ever joins two neighbours across their border (ranked_crosses()), so
 * a search for such a sequence from left to right finds it.  A place that the
 * search has had to leave is never entered again: for each place the tokens
 * before it are the only ones, whatever follows.
 *
 * Source: the idea is that of van Antwerpen and Neubeck, "So many tokens, so
 * little time" (GitHub, 2024).
 *
 * Read only once made: any number of threads.
 */
#ifndef MLIN_TOKENIZER_BACKTRACK_H
#define MLIN_TOKENIZER_BACKTRACK_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

struct backtrack;
struct bpe_scratch;
struct ranked;
struct vocab;

/*
 * Both must stay.  NULL for a vocabulary of millions of bytes.  Memory: 8 bytes
 * for each prefix of a token, a quarter to a half of it free, 4 a token, and 64
 * to 128 for each prefix whose length is a multiple of 16.
 */
struct backtrack *backtrack_new(const struct ranked *ranked,
                                const struct vocab *vocab);
void backtrack_free(struct backtrack *b);

/*
 * The ids of a piece, which has a byte or more, into ids[piece.len]; returns
 * how many.  A bit of scratch for each byte.
 */
size_t backtrack_encode(const struct backtrack *b, struct slice piece,
                        uint32_t *ids, struct bpe_scratch *scratch);

#endif

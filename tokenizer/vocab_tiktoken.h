/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_tiktoken.h - vocabularies in and out of tiktoken's lists of ranks.
 *
 *     IQ== 0          a token in base64, a blank, its rank, which is its id
 *     Ig== 1
 *
 * The pattern and the special tokens stand in the code of tiktoken, not in the
 * file.  Of OpenAI's own files the name says them.  tiktoken merges any two
 * neighbours that together are a token, the lowest rank first, and a pre-token
 * that is a token stays whole.
 */
#ifndef MLIN_TOKENIZER_VOCAB_TIKTOKEN_H
#define MLIN_TOKENIZER_VOCAB_TIKTOKEN_H

#include <stdbool.h>

#include "src/fail.h"
#include "src/slice.h"
#include "tokenizer/vocab.h"

/* Does it begin with a line of two words, the second of them a number? */
bool vocab_tiktoken_is(struct slice text);

/*
 * The vocabulary in `text`, with merges that give tiktoken's ids.  `path` is
 * looked at for a known name (cl100k_base.tiktoken); without one there are no
 * special tokens, and vocab->pretokenizer is NULL.  NULL with a fault when it
 * cannot be used.
 */
struct vocab *vocab_tiktoken_read(struct slice text, const char *path,
                                  struct fault *fault);

/*
 * Would tiktoken give the same ids?  False with a fault, whose `at` is the id
 * of the token that it is about (the count of tokens: of none).
 */
bool vocab_tiktoken_can(const struct vocab *vocab, struct fault *fault);

/* Write to `path` what vocab_tiktoken_can() has approved. */
void vocab_tiktoken_save(const struct vocab *vocab, const char *path);

#endif

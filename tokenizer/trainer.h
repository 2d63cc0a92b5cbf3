/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trainer.h - byte-level BPE from word counts, exactly as Hugging Face
 * tokenizers trains it, but with counts of 64 bits.
 *
 * Again and again the most frequent pair of neighbouring tokens becomes a
 * token; of equally frequent pairs the one with the smallest (left id, right
 * id).  Ids: special tokens as given, then bytes in the order of their
 * byte-level spelling (only those that occur, unless all are asked for), then
 * merges.
 *
 * Where the words "aaaa" stand, (a, a) counts three times; merging goes from
 * left to right.  A merge whose token exists already (a special token, or made
 * of other parts) takes its id.  Training ends at the wanted size, or when no
 * pair occurs often enough.
 *
 * Sennrich et al. 2016 (arXiv:1508.07909).  Time: every merge looks only at the
 * chunks (64 symbols at most) where its pair stood.  Memory: 4 bytes per symbol
 * of the distinct words, 24 per word, and the books (pairs.h).
 */
#ifndef MLIN_TOKENIZER_TRAINER_H
#define MLIN_TOKENIZER_TRAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/vocab.h"
#include "tokenizer/wordcount.h"

struct trainer_options {
    size_t vocab_size;           /* specials and bytes may make it larger */
    uint64_t min_frequency;      /* of a pair to be merged; 0 and 1: any */
    const char *const *specials; /* [special_count] in order; repeats are one */
    size_t special_count;
    bool all_bytes;              /* the 256 bytes are tokens, seen or not */
    const char *pretokenizer;    /* what cut the words, for the result */
};

/*
 * Train; vocab_free() the result.  It depends on the words and options alone.
 * Dies when the distinct words do not fit the ranges of this code (2^32 chunks
 * or pairs, counts that add up to 2^63).
 */
struct vocab *trainer_run(const struct wordcount *words,
                          const struct trainer_options *options);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_input.h - the words of all input of `train`: documents, plain lines and
 * word-count files.
 *
 * Documents are counted by the count stage on all processors.  Memory: see
 * count.c; it follows the distinct words, not the text.
 */
#ifndef MLIN_TOKENIZER_TRAIN_INPUT_H
#define MLIN_TOKENIZER_TRAIN_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/counts.h"
#include "tokenizer/pretokenize.h"

struct train_input {
    const char *pretokenizer; /* NULL: that of the count files, else gpt2 */
    const char *text_field;   /* NULL: the usual one */
    uint64_t threads;         /* 0: all */
    bool lines;               /* not documents: plain lines */
    bool quiet;
};

/*
 * Fill an empty list with the counts of all operands (none: stdin); dies when
 * one is bad.
 */
void train_input_count(const struct train_input *in,
                       const char *const *operands, size_t count,
                       struct counts_list *list);

/* Add the words of a plain text, each line for itself; "-" is stdin. */
void train_input_lines(const char *path, const struct pretokenizer *pre,
                       struct wordcount *words);

#endif

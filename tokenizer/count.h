/* SPDX-License-Identifier: Apache-2.0 */
/*
 * count.h - the stage that counts pre-tokens, per language.
 */
#ifndef MLIN_TOKENIZER_COUNT_H
#define MLIN_TOKENIZER_COUNT_H

#include "src/stage.h"
#include "tokenizer/counts.h"
#include "tokenizer/pretokenize.h"

/* The stage's struct: public because train runs the stage for itself. */
struct count {
    const char *out;          /* where to write; NULL when `into` is given */
    const char *pretokenizer; /* name or regex */
    bool merge;
    struct counts *into;      /* train: put the sum here instead */
    struct pretokenizer pre;
    struct counts sum;
};

extern const struct stage count_stage;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * count.h - the stage that counts pre-tokens, per language.
 */
#ifndef MLIN_TOKENIZER_COUNT_H
#define MLIN_TOKENIZER_COUNT_H

#include "src/stage.h"
#include "tokenizer/counts.h"
#include "tokenizer/pretokenize.h"

struct tally;

/* The stage's struct: public because train runs the stage for itself. */
struct count {
    const char *out;          /* where to write; NULL when `into` is given */
    const char *pretokenizer; /* name or regex */
    const char *source, *source_field;
    uint64_t memory;          /* bytes for all tables; 0: no limit */
    bool merge;
    struct counts_list *into; /* train: put the tables here instead */
    struct pretokenizer pre;
    struct counts_spill *spill;
    size_t next_run, threads;  /* see counts_spill_add() */
    struct tally *tally;
};

extern const struct stage count_stage;

#endif

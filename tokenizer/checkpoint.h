/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checkpoint.h - the steps of a training, kept in a file beside its output, so
 * that a run which was killed goes on where it was.
 *
 * Numbers as the machine has them, for the file is for the same machine:
 *
 *   magic    8 bytes   "mlinmrg" and a one
 *   hash     u64       of all that the steps depend on: words and options
 *   blocks of 1024 steps:
 *     steps    1024 times u32 left, u32 right, u32 language
 *     check    u64       of the check before (first: the hash) and the steps
 *
 * A block that breaks off or has changed ends what is read; a file of another
 * hash is written anew.  The file appears with the first full block.  12 bytes
 * and no system call a step, one of each a block.  One thread at a time.
 */
#ifndef MLIN_TOKENIZER_CHECKPOINT_H
#define MLIN_TOKENIZER_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define CHECKPOINT_NONE UINT32_MAX /* as both sides: the language left */

enum { CHECKPOINT_BLOCK = 1024 };

struct checkpoint_step {
    uint32_t left, right; /* ids that were merged */
    uint32_t language;    /* whose turn it was (parity.h) */
};

struct checkpoint {
    char *path;           /* owned; NULL = none is kept */
    FILE *file;           /* NULL until the first block */
    uint64_t hash, check;
    struct checkpoint_step *steps; /* [count], read from the file */
    size_t count, cap, at;
    struct checkpoint_step block[CHECKPOINT_BLOCK]; /* [block_count] to come */
    size_t block_count;
};

/* Read what is there of the same hash; path NULL keeps none. */
void checkpoint_open(struct checkpoint *c, const char *path, uint64_t hash);

/* The next step of the file; false when there is none. */
bool checkpoint_next(struct checkpoint *c, struct checkpoint_step *step);

/* Keep a step, after all of the file have been taken. */
void checkpoint_add(struct checkpoint *c, struct checkpoint_step step);

/* Remove the file, free the rest. */
void checkpoint_remove(struct checkpoint *c);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parity.h - whose turn it is: parity-aware BPE gives each merge to the
 * language that is worst off, and takes the pair most frequent in it.
 *
 * Worst off is the language with the most tokens in its development text, if
 * texts are parallel: the same content.  With ratios, or judged by the training
 * words (whose amounts say nothing about fairness), it is the one with the most
 * tokens per character, times its ratio: alphabets say about as much in as many
 * characters, but not in as many bytes.  Equally badly off: the first in the
 * order given.  Under `window`, who had more than 2/n of the last 100 turns (n
 * languages) waits.  Who has no pair that occurs often enough has no further
 * turn.
 *
 * Foroutan et al. 2025, "Parity-Aware Byte-Pair Encoding" (arXiv:2508.04796).
 * Its order of equally frequent pairs is another; ours is that of trainer.h.
 */
#ifndef MLIN_TOKENIZER_PARITY_H
#define MLIN_TOKENIZER_PARITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/wordcount.h"

enum { PARITY_WINDOW = 100, PARITY_SHARE = 2 };

struct parity_options {
    bool window;
    const struct wordcount *const *dev; /* [languages], or NULL: by training
                                           words; an empty one has no turn */
    const double *ratios;   /* [languages], above 0; or NULL */
    uint64_t global_merges; /* so many first, by the sum of all languages */
};

struct parity_language {
    double factor;   /* of its tokens */
    bool is_out;
    uint32_t recent; /* turns in the window */
};

struct parity {
    struct parity_language *languages; /* [count] */
    size_t count, in_count;            /* in_count: had a turn to hope for */
    bool window;
    uint32_t turns[PARITY_WINDOW];
    uint64_t turn_count;
};

/* sizes[count]: characters that the languages' judged words are; 0: none. */
void parity_open(struct parity *p, const struct parity_options *options,
                 const int64_t *sizes, size_t count);
void parity_close(struct parity *p);

/* Whose turn it is when the words are so many tokens; count = nobody's. */
size_t parity_choose(const struct parity *p, const int64_t *tokens);

/* It had its turn; it has no pair to merge. */
void parity_took(struct parity *p, size_t language);
void parity_leave(struct parity *p, size_t language);

#endif

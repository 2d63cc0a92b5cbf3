/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charlm.h - how surprising the characters of a text are to a small model of
 * its language: n-grams of up to five characters with "stupid backoff" (Brants
 * et al. 2007).
 *
 * Characters are folded: small letters, any number 0, any run of white space
 * one blank.  Of each language the model keeps the most frequent n-grams, each
 * with the cost of its last character behind the others, -log2(count of the
 * n-gram / count of what comes before) in sixteenths of a bit.  A character
 * costs what the longest n-gram that ends with it and is kept says, plus
 * 1.3219 bits (-log2 0.4) for each n that was longer; one that is not known at
 * all costs 16 bits.  The mean is no entropy, for these costs sum to no
 * probability, but it ranks texts as one would.
 *
 * The file (numbers are little-endian):
 *
 *     8   "mlinclm1"
 *     4   languages N
 *     4   slots per language S, a power of two
 *     N x 24   label, padded with NUL to 16; usual cost of a character on text
 *              that was held out, in thousandths of a bit (4); n-grams kept (4)
 *     N x 3S   for each language: S tags (2 bytes, 0 = free), S costs (1 byte)
 *     8   XXH64 of all before
 */
#ifndef MLIN_FILTERS_CHARLM_H
#define MLIN_FILTERS_CHARLM_H

#include <stdbool.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/slice.h"

enum { CHARLM_ORDER = 5, CHARLM_LABEL = 16 };

struct charlm {
    struct slice bytes;  /* of the file, not copied */
    uint32_t lang_count, slots;
};

/* False with what is wrong: another file, a damaged one. */
bool charlm_init(struct charlm *model, struct slice bytes, struct fault *fault);

/*
 * Mean bits a character of valid UTF-8; 0 for a language that the model does
 * not know, and for an empty text.  `usual` (may be NULL): of held-out text of
 * that language.  Safe from any thread.
 */
double charlm_bits(const struct charlm *model, struct slice lang,
                   struct slice text, double *usual);

struct labels_file;

/*
 * Make the bytes of a model, in fresh memory, from the text of each language
 * (valid UTF-8, a sample a line; every sixteenth is held out).  `slots` is a
 * power of two.  The bytes do not depend on the number of threads.
 */
char *charlm_train(const struct labels_file *files, const struct slice *texts,
                   size_t count, size_t slots, size_t threads, size_t *len);

/* ---- shared with the trainer ---- */

/* The characters of a text as the model sees them, one at a time. */
struct charlm_walk {
    struct slice text;
    size_t at;
    bool in_space;
};

/* The next character, or 0 at the end. */
uint32_t charlm_next(struct charlm_walk *walk);

/* A hash of the last n characters: never 0. */
uint64_t charlm_hash(const uint32_t *last, int n);

#endif

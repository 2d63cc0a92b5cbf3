/* SPDX-License-Identifier: Apache-2.0 */
/*
 * features.h - a text as its main script sees it: a string of letter codes, and
 * the rows of the model's table that its n-grams hash to.
 *
 *     "Ça va, Привет 42"   ->   0 ç a 0 v a 0      script Latn
 *
 * The main script is the one with most letters (of equals, the one with the
 * lower number); letters of others, digits and signs part words.  Case, Unicode
 * form, kind of apostrophe, joiners and the end of the line leave no trace.
 *
 * Texts of more than FEATURES_TEXT_MAX bytes are read at FEATURES_WINDOWS
 * places spread evenly over them: a few hundred letters decide a language, so
 * time and memory for a text are bounded.  Any bytes may come; what is not
 * UTF-8 parts words.  Never allocates.  Safe from any thread.
 */
#ifndef MLIN_FEATURES_H
#define MLIN_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

enum {
    FEATURES_TEXT_MAX = 16384,
    FEATURES_WINDOWS = 8,
    FEATURES_PAD = 8,        /* bytes that may be read after the codes */
    FEATURES_BLOCK = 256,    /* rows that one call gives at most */
    FEATURES_GRAM_MAX = 6
};

struct features {
    unsigned script;         /* letters.h; 0 = the text has no letters */
    uint64_t letters;        /* of the main script, in what was read */
    size_t len;              /* codes: 0, word, 0, word, ..., 0 */
    uint8_t codes[FEATURES_TEXT_MAX + FEATURES_WINDOWS + 2 + FEATURES_PAD];
    uint16_t all[FEATURES_TEXT_MAX + FEATURES_WINDOWS + 2]; /* any script */
};

/* Read a text.  Everything of *features is set, but bytes nobody looks at. */
void features_read(struct features *features, struct slice text);

/*
 * Which n-grams count, and into how many rows they are hashed.  An n-gram is
 * any n codes in a row, word edges included ("e_l" tells as much as "ell").
 */
struct features_kind {
    uint32_t grams;          /* bit n set: n-grams; 2 <= n <= 6 */
    unsigned row_bits;       /* rows = 1 << row_bits */
};

/*
 * The next rows of a code string, from position *at on (0 at first), which it
 * moves.  Returns how many, at most FEATURES_BLOCK; 0 when there are no more.
 * codes[len .. len + FEATURES_PAD - 1] must be readable.
 */
size_t features_rows(const uint8_t *codes, size_t len, unsigned script,
                     struct features_kind kind, size_t *at,
                     uint32_t rows[FEATURES_BLOCK]);

#endif

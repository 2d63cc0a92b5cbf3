/* SPDX-License-Identifier: Apache-2.0 */
/*
 * features.h - a text as its main script sees it: a string of letter codes, and
 * the rows of the model's table that its n-grams hash to.
 *
 *     "Ça va, Привет 42"   ->   0 ç a 0 v a 0      script Latn
 *
 * The main script is the one with most letters (of equals, the one with the
 * lower number); letters of others, digits and signs part words.  Case, Unicode
 * form, kind of apostrophe, joiners and the end of the line leave no trace, and
 * HTML's names of characters (&eacute; &#233;) are what they stand for.
 *
 * Where signs part words that running text hardly uses, but code, markup and
 * addresses do (=, {, a full stop between letters), the parting is not 0 but
 * FEATURES_SIGN: n-grams see it, and can tell code from English.
 *
 * Latin letters within a Cyrillic word that look like Cyrillic ones are read as
 * those, if Cyrillic is the main script; and the other way round.
 *
 * Texts of more than FEATURES_TEXT_MAX bytes are read at FEATURES_WINDOWS
 * places spread evenly over them: a few hundred letters decide a language, so
 * time and memory for a text are bounded.  Any bytes may come; what is not
 * UTF-8 parts words.  Never allocates.  Safe from any thread.
 */
#ifndef MLIN_FEATURES_H
#define MLIN_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

enum {
    FEATURES_TEXT_MAX = 16384,
    FEATURES_WINDOWS = 8,
    FEATURES_PAD = 16,       /* bytes that may be read after the codes */
    FEATURES_BLOCK = 256,    /* rows that one call gives at most */
    FEATURES_ROWS = FEATURES_BLOCK + 4, /* and room that it needs for them */
    FEATURES_STRETCH = 128,  /* codes that it moves on by at most */
    FEATURES_GRAM_MAX = 6,
    FEATURES_WORD_MAX = 24,  /* letters of a word that its row depends on */
    FEATURES_SIGN = 254
};

/* Is a code no letter? */
static inline bool features_parts(uint8_t code)
{
    return code == 0 || code == FEATURES_SIGN;
}

struct features {
    unsigned script;         /* letters.h; 0 = the text has no letters */
    uint64_t letters;        /* of the main script, in what was read, and what
                                looks like them within a word */
    double share;            /* of the letters of any script, those */
    double signs;            /* share of partings that are FEATURES_SIGN */
    size_t len;              /* codes: parting, word, parting, ..., parting */
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
    unsigned word_bits;      /* then 1 << word_bits rows of whole words;
                                0 = none */
};

static inline size_t features_row_count(struct features_kind kind)
{
    return ((size_t)1 << kind.row_bits) +
           (kind.word_bits > 0 ? (size_t)1 << kind.word_bits : 0);
}

/*
 * The next rows of a code string, from position *at on (0 at first), which it
 * moves.  Returns how many, at most FEATURES_BLOCK; 0 when there are no more.
 * codes[len .. len + FEATURES_PAD - 1] must be readable.
 */
size_t features_rows(const uint8_t *codes, size_t len, unsigned script,
                     struct features_kind kind, size_t *at,
                     uint32_t rows[FEATURES_ROWS]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letters.h - which script a code point belongs to, and which letter it is.
 *
 * A letter is a byte, its number in the alphabet of its script.  Capitals are
 * small letters, a composed letter and its parts are the same, compatibility
 * forms (ligatures, full width) are what they stand for, dotless i is i,
 * comma below is cedilla: what must not change the language is gone here.
 *
 * The tables of letters_table.c are generated (letters.py), so that a model
 * reads the same text in the same way on every machine.
 *
 * Cost: two loads, from 56 kB of which one script uses a few lines.  Safe from
 * any thread.
 */
#ifndef MLIN_LETTERS_H
#define MLIN_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

/*
 * What the table says of a code point:
 *
 *     bit    15 .. 8     7 .. 0
 *            0           0           no letter: it parts words
 *            0           1           nothing: joiners, soft hyphens, marks
 *            0           2 + i       the i-th mark that makes letters
 *            script      letter      1 .. 255; 255 = a letter without a code
 *            script      0           a script without an alphabet: the letter
 *                                    is made from the code point
 *            255         i           several letters: letters_expansions[i]
 */
enum {
    LETTERS_SKIP = 1,
    LETTERS_MARK = 2,
    LETTERS_EXPAND = 0xff00,
    LETTERS_LIMIT = 0x32000, /* no letters from here on */
    LETTERS_SCRIPTS_MAX = 256
};

struct letters_pair {
    uint32_t parts;  /* letter << 8 | mark */
    uint16_t letter;
};

extern const uint16_t letters_index[], letters_blocks[];
extern const struct letters_pair letters_pairs[]; /* sorted by parts */
extern const size_t letters_pair_count;
extern const uint16_t letters_expansions[][3];    /* 0 = no further letter */
extern const char letters_scripts[][5];           /* ISO 15924; 0 is Zyyy */
extern const uint8_t letters_script_count;

static inline uint16_t letters_entry(uint32_t code_point)
{
    if (code_point >= LETTERS_LIMIT)
        return 0;
    return letters_blocks[(uint32_t)letters_index[code_point >> 7] << 7 |
                          (code_point & 127)];
}

/* The letter that a mark makes of `letter`; without such, `letter` itself. */
uint16_t letters_compose(uint16_t letter, unsigned mark);

/* The letter of a script without its marks; 1 to 255. */
uint8_t letters_plain(unsigned script, uint8_t letter);

/* Is it a vowel without marks, in Latin or Cyrillic? */
bool letters_is_vowel(unsigned script, uint8_t letter);

/*
 * The letter of `script` that looks like `letter` of another one; 0 when there
 * is none.  Latin and Cyrillic have such twins.
 */
uint8_t letters_twin(uint16_t letter, unsigned script);

/*
 * The number of a script by its name; 0 when there is none.  The names for a
 * way of writing count as the script most of it is in: Hans and Hant as Hani,
 * Jpan as Hira, Kore as Hang.
 */
unsigned letters_script(struct slice name);

#endif

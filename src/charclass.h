/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charclass.h - what kind of character a code point is, by Unicode 16.0.
 *
 * The tables of src/charclass.c are generated (src/charclass.py) and so do not
 * change with the machine's ICU: pre-tokenizers must cut the same text the same
 * way everywhere, and as Hugging Face tokenizers 0.23 does.
 *
 * Cost: two loads, from 40 kB of which one script uses a few lines.  Safe from
 * any thread.
 */
#ifndef MLIN_CHARCLASS_H
#define MLIN_CHARCLASS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A class is a byte; its high bits say the major class, its low bits which
 * general category within it:
 *
 *     bit   7       6       5      4     3 2 1 0
 *           LETTER  NUMBER  SPACE  MARK  category
 *
 * In letters and marks, bits 0 and 1 say further what a pattern that knows
 * capitals asks: may it stand among capitals (Lu Lt Lm Lo M), among small
 * letters (Ll Lm Lo M)?  SPACE is the property White_Space, 25 characters.
 * With none of the high bits it is punctuation, symbol, control, format,
 * private, surrogate or unassigned.
 */
enum char_class {
    CHAR_LETTER = 0x80, CHAR_NUMBER = 0x40, CHAR_SPACE = 0x20, CHAR_MARK = 0x10,
    CHAR_AS_CAPITAL = 1, CHAR_AS_SMALL = 2,

    CHAR_LU = 0x81, CHAR_LL = 0x82, CHAR_LT = 0x85, CHAR_LM = 0x83,
    CHAR_LO = 0x87,
    CHAR_MN = 0x13, CHAR_MC = 0x17, CHAR_ME = 0x1b,
    CHAR_ND = 0x40, CHAR_NL = 0x44, CHAR_NO = 0x48,
    CHAR_ZS = 0x20, CHAR_ZL = 0x24, CHAR_ZP = 0x28,
    CHAR_CW = 0x2c, /* control characters that are white space */

    CHAR_CN = 0, CHAR_CC = 1, CHAR_CF = 2, CHAR_CO = 3, CHAR_CS = 4,
    CHAR_PC = 5, CHAR_PD = 6, CHAR_PS = 7, CHAR_PE = 8, CHAR_PI = 9,
    CHAR_PF = 10, CHAR_PO = 11,
    CHAR_SM = 12, CHAR_SC = 13, CHAR_SK = 14, CHAR_SO = 15
};

extern const char charclass_version[]; /* of Unicode: "16.0.0" */
extern const uint16_t charclass_index[];
extern const uint8_t charclass_blocks[];

/* The class of any number; past U+10FFFF it is CHAR_CN, unassigned. */
static inline uint8_t charclass_get(uint32_t code_point)
{
    uint32_t at = code_point;

    if (at >= 0x40000) { /* planes 4 to 16: only tags and private use */
        if (at >= 0xf0000)
            return at <= 0x10ffff && (at & 0xfffe) != 0xfffe ? CHAR_CO
                                                             : CHAR_CN;
        if (at < 0xe0000 || at >= 0xe1000)
            return CHAR_CN;
        at = at - 0xe0000 + 0x40000;
    }
    return charclass_blocks[(uint32_t)charclass_index[at >> 7] << 7 |
                            (at & 127)];
}

static inline bool charclass_is_punctuation(uint8_t class)
{
    return class >= CHAR_PC && class <= CHAR_PO;
}

static inline bool charclass_is_symbol(uint8_t class)
{
    return class >= CHAR_SM && class <= CHAR_SO;
}

#endif

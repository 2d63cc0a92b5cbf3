/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_table.h - how general categories changed from Unicode 14.0 to 18.0,
 * and what Unicode 16.0 adds to them to make letters, capitals and words.
 *
 * The tables are generated (src/dialect_table.py) and hold only differences, so
 * that a class of a library of any of these versions can be made that of 16.0.
 */
#ifndef MLIN_DIALECT_TABLE_H
#define MLIN_DIALECT_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* In the order of their names in DIALECT_CATEGORIES; equal letters together. */
enum dialect_category {
    DIALECT_LU, DIALECT_LL, DIALECT_LT, DIALECT_LM, DIALECT_LO,
    DIALECT_MN, DIALECT_MC, DIALECT_ME,
    DIALECT_ND, DIALECT_NL, DIALECT_NO,
    DIALECT_PC, DIALECT_PD, DIALECT_PS, DIALECT_PE, DIALECT_PI, DIALECT_PF,
    DIALECT_PO,
    DIALECT_SM, DIALECT_SC, DIALECT_SK, DIALECT_SO,
    DIALECT_ZS, DIALECT_ZL, DIALECT_ZP,
    DIALECT_CC, DIALECT_CF, DIALECT_CN, DIALECT_CO, DIALECT_CS,
    DIALECT_CATEGORY_COUNT
};

#define DIALECT_CATEGORIES \
    "LuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCnCoCs"

struct dialect_range {
    uint32_t first, last;
};

/* Ascending, apart from one another. */
struct dialect_list {
    const struct dialect_range *ranges;
    size_t count;
};

/* Code points that Unicode `version` (1510 is 15.1) gave another category. */
struct dialect_change {
    uint32_t first, last;
    uint16_t version;
    uint8_t before, after;  /* enum dialect_category */
    int8_t script;          /* of dialect_scripts, by Unicode 16; -1: unknown */
};

extern const struct dialect_change dialect_changes[]; /* ascending */
extern const size_t dialect_change_count;

/* Long and short names of the scripts that have any; small letters only. */
extern const char *const dialect_scripts[][2]; /* until { NULL, NULL } */

/* By Unicode 16: alphabetic, but no letter and no Nl; and of these, the So. */
extern const struct dialect_list dialect_alphabetic, dialect_symbols;

/* Uppercase, but not Lu; lowercase, but not Ll. */
extern const struct dialect_list dialect_upper, dialect_lower;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entities_table.h - the 252 names of HTML 4.01 (section 24: Latin-1, symbols,
 * Greek, markup), with lang and rang as HTML 5 reads them (U+27E8, U+27E9), and
 * apos.
 */
#ifndef MLIN_FILTERS_ENTITIES_TABLE_H
#define MLIN_FILTERS_ENTITIES_TABLE_H

#include <stdint.h>

struct entity {
    char name[10];
    uint16_t code_point;
};

enum { ENTITIES = 253 };

extern const struct entity entities_table[ENTITIES]; /* sorted */

#endif

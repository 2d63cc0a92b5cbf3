/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mojibake_table.h - the upper halves of six charsets, [6, 128] code points.
 */
#ifndef MLIN_FILTERS_MOJIBAKE_TABLE_H
#define MLIN_FILTERS_MOJIBAKE_TABLE_H

#include <stdint.h>

enum { MOJIBAKE_CHARSETS = 6 };

extern const uint16_t mojibake_table[MOJIBAKE_CHARSETS][128];

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_text.h - the text and the ranges that a translation grows.
 *
 * Part of src/dialect.h.  All zero is empty.
 */
#ifndef MLIN_DIALECT_TEXT_H
#define MLIN_DIALECT_TEXT_H

#include "src/dialect_table.h"
#include "src/slice.h"

/* Growing text, always terminated once anything was put; free(bytes). */
struct dialect_text {
    char *bytes;
    size_t len, cap;
};

void dialect_put(struct dialect_text *to, struct slice bytes);
void dialect_puts(struct dialect_text *to, const char *string);
void dialect_put_code(struct dialect_text *to, uint32_t cp); /* \x{41} */

/* Growing ranges, in any order; free(items). */
struct dialect_ranges {
    struct dialect_range *items;
    size_t count, cap;
};

void dialect_add(struct dialect_ranges *to, uint32_t first, uint32_t last);

/* Sort them, and join those that touch. */
void dialect_normalize(struct dialect_ranges *ranges);

/* Which byte of a text comes from which of the pattern; ascending in both. */
struct dialect_marks {
    struct dialect_mark {
        size_t text_at, pattern_at;
    } *items;
    size_t count, cap;
};

#endif

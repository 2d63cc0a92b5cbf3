/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_flat.h - brackets of PCRE2 that hold just the characters that Unicode
 * 16 puts into them, whatever the library's version.
 *
 * A bracket names the library's own classes, which are fast, and then the code
 * points in which these differ:
 *
 *     \p{L}, library of Unicode 14     [\p{L}\x{1c89}-\x{1c8a}...]
 *     what the library has too much    (?:(?![...])[...])
 *
 * Part of src/dialect.h.  Safe from any thread.
 */
#ifndef MLIN_DIALECT_FLAT_H
#define MLIN_DIALECT_FLAT_H

#include <stdbool.h>

#include "src/dialect_set.h"
#include "src/dialect_text.h"

/* Any character, a line end too. */
#define DIALECT_ANY "(?s:.)"

/* One range, or one set, or what is not in the set. */
struct dialect_item {
    struct dialect_range range; /* when `set` names nothing */
    struct dialect_set set;
    bool is_set, is_negated;
};

/* What stands in brackets that hold no others; all zero but `lib` is empty. */
struct dialect_flat {
    const struct dialect_library *lib;
    bool is_caseless;
    struct dialect_item *items;
    size_t count, cap;
};

void dialect_flat_add(struct dialect_flat *flat, uint32_t first, uint32_t last);

/*
 * False when the set cannot be held: capitals or small letters without regard
 * to case, which are other characters in every engine.
 */
bool dialect_flat_add_set(struct dialect_flat *flat,
                          const struct dialect_set *set, bool is_negated);

/*
 * Put an expression that matches one character, of the items or of none of
 * them, and free these.  `changed` gets the code points on which the library
 * alone would be wrong because of its version.
 */
void dialect_flat_put(struct dialect_flat *flat, bool is_negated,
                      struct dialect_text *to, struct dialect_ranges *changed);

#endif

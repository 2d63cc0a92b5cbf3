/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_set.h - sets of characters by name, as Hugging Face's engine
 * (Oniguruma) means the names.
 *
 * Part of src/dialect.h.  Safe from any thread.
 */
#ifndef MLIN_DIALECT_SET_H
#define MLIN_DIALECT_SET_H

#include <stdbool.h>

#include "src/dialect_table.h"
#include "src/slice.h"

/* Which library the brackets are for. */
struct dialect_library {
    unsigned version;                       /* of Unicode: 1400 */
    bool (*knows_script)(const char *name); /* in \p{sc:NAME} */
};

enum { DIALECT_UNICODE = 1600 }; /* what Hugging Face tokenizers 0.23 has */

/*
 * Characters that are of one of `categories`, or on a `plus` list; or of a
 * script; or of a property of the library that is taken as it is.
 */
struct dialect_set {
    uint32_t categories; /* a bit each: 1 << DIALECT_LU */
    const struct dialect_list *plus[2];
    char name[64];       /* of a script or a property; empty: none */
    bool is_script;
};

/*
 * The set of \p{NAME}, or of [:NAME:].  Case, blanks, - and _ do not matter.
 * Outside of brackets, Oniguruma's \w and \p{Word} hold six fractions and
 * superscripts of Latin-1 more.  False: a name of [:NAME:] that there is not,
 * or one of \p{NAME} that no property can have.
 */
bool dialect_set_property(struct dialect_set *set, struct slice name,
                          bool in_brackets, const struct dialect_library *lib);
bool dialect_set_posix(struct dialect_set *set, struct slice name);

/* The set of an escape: d, s, w or h; false for another letter. */
bool dialect_set_escape(struct dialect_set *set, char letter, bool in_brackets);

#endif

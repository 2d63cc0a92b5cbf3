/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_class.h - escapes and [...] of an expression, read as Oniguruma reads
 * them: [...] may hold others, and && takes what two sides share.
 *
 * Part of src/dialect.h.
 */
#ifndef MLIN_DIALECT_CLASS_H
#define MLIN_DIALECT_CLASS_H

#include "src/dialect_flat.h"

/* Where the reading stands, and what it depends on. */
struct dialect_reader {
    const char *p;           /* in valid UTF-8, which ends with NUL */
    const char *fault;       /* what is wrong at `p`, in constant words */
    bool is_caseless;        /* here */
    const struct dialect_library *lib;
    struct dialect_ranges changed; /* gathered: see dialect_flat_put() */
};

enum dialect_escape {
    DIALECT_IS_CODE,  /* one character: *cp */
    DIALECT_IS_SET,   /* a set, or all that is not in it */
    DIALECT_IS_OTHER, /* whatever else; nothing was read */
    DIALECT_IS_WRONG  /* reader->fault */
};

struct dialect_token {
    uint32_t cp;
    struct dialect_set set;
    bool is_negated;
};

/* Read what begins with the backslash at `p`. */
enum dialect_escape dialect_escape(struct dialect_reader *reader,
                                   bool in_brackets,
                                   struct dialect_token *token);

/*
 * Read the [...] that begins at `p` and put an expression that matches the same
 * one character.  False with reader->fault.
 */
bool dialect_class(struct dialect_reader *reader, struct dialect_text *to);

#endif

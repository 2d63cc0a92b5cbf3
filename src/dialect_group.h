/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_group.h - groups of an expression and the options that hold in them;
 * and the state of a translation, which they change.
 *
 * Part of src/dialect.h.
 */
#ifndef MLIN_DIALECT_GROUP_H
#define MLIN_DIALECT_GROUP_H

#include "src/dialect_class.h"

enum { DIALECT_DEEPEST = 250 }; /* groups in groups; PCRE2's own limit */

#define DIALECT_NOTHING SIZE_MAX

/* A group that is open, and what holds in it. */
struct dialect_level {
    size_t item; /* where it begins in the text */
    bool is_caseless, is_extended;
    unsigned opened; /* groups that (?i) opened, which end with it */
};

struct dialect_state {
    struct dialect_text *out;
    struct dialect_marks *marks;
    struct dialect_reader reader;
    struct dialect_level levels[DIALECT_DEEPEST];
    unsigned depth;
    bool is_extended;
    unsigned opened;
    size_t item;     /* in the text: what a quantifier repeats; or nothing */
    int quantifiers; /* that it has */
};

/* Always false, with reader.fault. */
bool dialect_refuse(struct dialect_state *s, const char *what);

/* What is put next can be repeated. */
void dialect_begin_item(struct dialect_state *s);

/* Put `len` bytes of the pattern as they stand. */
void dialect_copy(struct dialect_state *s, size_t len);

/* Read what begins with the ( or ) at reader.p; false: refused. */
bool dialect_open_group(struct dialect_state *s);
void dialect_close_group(struct dialect_state *s);

/* Close the groups that options opened on this level. */
void dialect_close_options(struct dialect_state *s);

#endif

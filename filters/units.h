/* SPDX-License-Identifier: Apache-2.0 */
/*
 * units.h - a text in lines or paragraphs, and what is left when some go.
 *
 *     text        Menu\nHome\n\nTwo mills stand here.\n\nMenu\nHome\n
 *     lines       Menu | Home |  | Two mills stand here. |  | Menu | Home
 *     paragraphs  Menu\nHome | Two mills stand here. | Menu\nHome
 *
 * A unit is compared without the white space at its two ends.  One that is
 * taken out goes with all that parts it from the next; what was before it stays
 * as it was.  A text that did not end in a newline does not end in one after.
 *
 * Any thread; memory is the arena's.
 */
#ifndef MLIN_UNITS_H
#define MLIN_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"

enum unit { UNIT_DOCUMENT, UNIT_PARAGRAPH, UNIT_LINE };

/* Why a unit goes; ptr NULL: it stays. */
struct unit_gone {
    bool is_gone;
    struct slice name;    /* JSON, of the document that has it; or NULL */
    unsigned thousandths;
};

struct units {
    struct slice text;
    struct slice *texts;     /* [count] trimmed */
    size_t *begins;          /* [count + 1]: where each begins, and the end */
    struct unit_gone *gone;  /* [count]; NULL: none is */
    size_t count;
    void *notes;             /* the caller's */
};

/* document, paragraph, line; false when it is none. */
bool units_parse(const char *name, enum unit *unit);

/* UNIT_DOCUMENT: one unit, the text as it is. */
struct units *units_cut(struct slice text, enum unit unit,
                        struct arena *arena);

/* Runs of letters and numbers: at least `least`? */
bool units_has_words(struct slice text, uint64_t least);

void units_take_out(struct units *units, size_t unit, struct slice name,
                    unsigned thousandths, struct arena *arena);

/* Is anything left but white space? */
bool units_any_left(const struct units *units);

/* The text without what is gone. */
struct slice units_join(const struct units *units, struct arena *arena);

/* [[byte,length,"id",0.912],...] of what is gone; no id and J if unnamed. */
struct slice units_print(const struct units *units, struct arena *arena);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * textform.h - all that `normalize` does to a text, in the one order in which
 * doing it twice changes nothing.
 *
 *     misread UTF-8 made whole            filters/mojibake.h
 *     clean, form; and again for NFKC     filters/clean.h, src/unicode.h
 *     references of HTML decoded          filters/entities.h
 *     clean, form
 *     Romanian letters                    filters/romanian.h
 *
 * and all of it again while something changes.  How often that may be: within a
 * round, references come back once at most, when marks of direction went that
 * stood in them; a further round changes something only when a repair of
 * mojibake does, which leaves about half of the characters above ASCII.
 *
 * Cost: texts in order are scanned three times, at memory speed.  For any other
 * text linear, but for mojibake in mojibake (times the logarithm).  Safe from
 * any thread.
 */
#ifndef MLIN_FILTERS_TEXTFORM_H
#define MLIN_FILTERS_TEXTFORM_H

#include <stdbool.h>

#include "filters/mojibake.h"
#include "src/arena.h"
#include "src/slice.h"
#include "src/unicode.h"

struct textform {
    enum unicode_form form;
    bool keep_mojibake, keep_entities;
    struct mojibake mojibake; /* set by textform_init() */
};

void textform_init(struct textform *textform);

/*
 * The text in order: `text` itself when it is so already, else a copy in the
 * arena, perhaps empty, perhaps longer.  `text` is valid UTF-8; `lang` its
 * label, or empty.
 */
struct slice textform_apply(const struct textform *textform, struct slice text,
                            struct slice lang, struct arena *arena);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unicode.h - what ICU does for us, once per document or once per run.
 *
 * What runs per character uses the generated tables of src/charclass.h instead.
 */
#ifndef MLIN_UNICODE_H
#define MLIN_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"

/*
 * The NFC form of valid UTF-8.  Returns `text` itself, without a copy, when it
 * is in that form already (nearly always; the check skips ASCII and other text
 * that cannot change).  Safe from any thread.
 */
struct slice unicode_nfc(struct slice text, struct arena *arena);

/*
 * The same for NFKC, which also writes what looks different only (ligatures,
 * superscripts, full width, no-break spaces) as plain characters; up to eleven
 * times as long.  Both take time in proportion to the text, whatever it is.
 */
struct slice unicode_nfkc(struct slice text, struct arena *arena);

enum unicode_form { UNICODE_AS_IS, UNICODE_NFC, UNICODE_NFKC };

struct slice unicode_to_form(struct slice text, enum unicode_form form,
                             struct arena *arena);

/* Lower case without regard to a language, and the form NFD; fresh copies. */
struct slice unicode_lower(struct slice text, struct arena *arena);
struct slice unicode_nfd(struct slice text, struct arena *arena);

/*
 * What is left of a letter without case and marks: e of É, α of ᾴ.  A character
 * that is anything but letter and marks (ﬁ, 가) is only folded.
 */
uint32_t unicode_skeleton(uint32_t code_point);

/* General category as two letters ("Lu"), for tests of the tables. */
void unicode_category(uint32_t code_point, char name[3]);

/* Simple case folding, and the ISO 15924 script code ("Latn"). */
uint32_t unicode_fold(uint32_t code_point);
const char *unicode_script(uint32_t code_point);

/* "72.1" and "15.0". */
const char *unicode_icu_version(void);
const char *unicode_version(void);

#endif

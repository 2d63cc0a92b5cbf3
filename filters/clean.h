/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clean.h - line ends, white space and characters that cannot be seen: the
 * part of `normalize` that looks at characters.
 *
 *   becomes \n   CR LF, CR, VT, FF, NEL (U+0085), U+2028, U+2029
 *   a blank      tab, no-break space, every other space of Unicode (Zs)
 *   removed      C0 and C1 controls, DEL, soft hyphen, word joiner (U+2060),
 *                byte order mark (U+FEFF); zero width space, joiner and
 *                non-joiner, but where the last letter before them is of a
 *                script that uses them (Hebrew to Myanmar, Khmer, Mongolian)
 *                or an emoji
 *
 * Then: a run of blanks is one space, or one tab if it holds a tab; a line has
 * no blanks at its end; there are at most two \n in a row; the text begins and
 * ends with neither \n nor a blank.
 *
 * Soft hyphens go because they say where a line may be cut, and cut words
 * for every reader after us.  Marks of direction (U+200E, U+200F, U+202A to
 * U+202E, U+2066 to U+2069) stay: right-to-left text needs them.
 *
 * NFC never undoes a rule of these, so clean, then NFC, is idempotent.
 *
 * Cost: texts with nothing to do are only scanned.  Safe from any thread.
 */
#ifndef MLIN_FILTERS_CLEAN_H
#define MLIN_FILTERS_CLEAN_H

#include <stdbool.h>

#include "src/arena.h"
#include "src/slice.h"

/* What a scan has found out about a text. */
struct clean_state {
    bool is_clean; /* clean_text() would give the same bytes */
    bool is_nfc;   /* for certain in NFC; false says nothing */
};

struct clean_state clean_scan(struct slice text);

/* The cleaned text, in the arena, at most as long.  `text` is valid UTF-8. */
struct slice clean_text(struct slice text, struct arena *arena);

#endif

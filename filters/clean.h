/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clean.h - line ends, white space and characters that cannot be seen: the
 * part of `normalize` that looks at characters.
 *
 *   becomes \n   CR LF, CR, VT, FF, NEL (U+0085), U+2028, U+2029
 *   a blank      tab, no-break space, every other space of Unicode (Zs)
 *   letters      the ligatures U+FB00 to U+FB06 (ff fi fl ffi ffl st st) and
 *                the letter pairs U+01C4 to U+01CC and U+01F1 to U+01F3 (DŽ Dž
 *                dž LJ Lj lj NJ Nj nj DZ Dz dz)
 *   removed      C0 and C1 controls, DEL, soft hyphen, word joiner (U+2060),
 *                byte order mark (U+FEFF); zero width space, joiner and
 *                non-joiner, but where the last letter before them is of a
 *                script that uses them (Hebrew to Myanmar, Khmer, Mongolian)
 *                or an emoji; marks of direction (U+061C, U+200E, U+200F,
 *                U+202A to U+202E, U+2066 to U+2069) where the text has no
 *                letter of a script that runs from right to left
 *
 * Then: a run of blanks is one space, or one tab if it holds a tab; a line has
 * no blanks at its end; there are at most two \n in a row; the text begins and
 * ends with neither \n nor a blank.
 *
 * Soft hyphens go because they say where a line may be cut, and cut words
 * for every reader after us.  Ligatures and pairs are how a font or an old
 * charset wrote letters; those that read them so lose nothing.
 *
 * NFC never undoes a rule of these, so clean, then NFC, is idempotent.
 *
 * Cost: texts with nothing to do are only scanned.  Safe from any thread.
 */
#ifndef MLIN_FILTERS_CLEAN_H
#define MLIN_FILTERS_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"

/* What a scan has found out about a text. */
struct clean_state {
    bool is_clean;          /* clean_text() would give the same bytes */
    bool is_nfc;            /* for certain in NFC; false says nothing */
    bool has_right_to_left; /* letters; so marks of direction stay */
    size_t longer;          /* bytes: at most so much does the text grow */
};

/* What becomes of a character. */
enum clean_fate { CLEAN_KEEP, CLEAN_BLANK, CLEAN_TAB, CLEAN_NEWLINE,
                  CLEAN_REMOVE, CLEAN_JOINER, CLEAN_DIRECTION, CLEAN_SPELL };

enum clean_fate clean_fate(uint32_t code_point);

/* The letters of one that is spelled out. */
struct slice clean_letters(uint32_t code_point);

struct clean_state clean_scan(struct slice text);

/*
 * The cleaned text, in the arena, at most half as long again (U+01C6 has two
 * bytes, its letters three).  `text` is valid UTF-8, `state` what clean_scan()
 * found out about it.
 */
struct slice clean_text(struct slice text, const struct clean_state *state,
                        struct arena *arena);

#endif

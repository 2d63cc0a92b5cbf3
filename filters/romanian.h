/* SPDX-License-Identifier: Apache-2.0 */
/*
 * romanian.h - s and t with a comma below, where charsets of old had a cedilla.
 *
 *     ş ţ Ş Ţ (U+015F, U+0163, U+015E, U+0162)  ->  ș ț Ș Ț (U+0219, ...)
 *
 * Only in texts labelled as Romanian: ş with a cedilla is a letter of Turkish,
 * Kurdish, Azerbaijani and Gagauz.
 *
 * Cost: one search of a Romanian text, none of another.  Safe from any thread.
 */
#ifndef MLIN_FILTERS_ROMANIAN_H
#define MLIN_FILTERS_ROMANIAN_H

#include <stdbool.h>

#include "src/arena.h"
#include "src/slice.h"

/* ron or mol, ro or mo, alone or before a hyphen or a low line. */
bool romanian_is(struct slice lang);

/*
 * The text with commas, in the arena, of the same length; `text` itself if it
 * has no such cedilla.  Further cedillas among the marks behind the letter
 * become commas, too, or NFC would make the letter of one of them anew.  A text
 * in NFC may have to be brought to it again.
 */
struct slice romanian_commas(struct slice text, struct arena *arena);

#endif

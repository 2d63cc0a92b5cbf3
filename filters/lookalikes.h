/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lookalikes.h - words that are written with letters of another script.
 *
 *     аpple (Cyrillic а)   Рyccкий (Latin y, c, c)   Ελλαδa (Latin a)
 *
 * A word is a run of letters and marks.  It counts if it has three letters or
 * more, Latin ones and Cyrillic or Greek ones, and if all letters of one of the
 * two scripts look like letters of the other and are no more than half of the
 * two.  Shorter words are symbols nearly always (ΔT, Iк, μA).
 *
 * Which letters look alike: those of one shape in most typefaces, all of which
 * Unicode Technical Standard 39 calls confusable.
 *
 * Cost: linear, some 200 MB/s.  Safe from any thread.
 */
#ifndef MLIN_FILTERS_LOOKALIKES_H
#define MLIN_FILTERS_LOOKALIKES_H

#include <stdint.h>

#include "src/slice.h"

/* How many words of the text, which is valid UTF-8, are written so. */
uint64_t lookalikes_count(struct slice text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mojibake.h - UTF-8 that somebody read as an 8-bit charset: made whole again.
 *
 *     PÅ™Ã­liÅ¡ Å¾lutÃ½         ->  Příliš žlutý         (windows-1252)
 *     РџСЂРёРІРµС‚                ->  Привет               (windows-1251)
 *
 * A text is repaired when, in one charset (windows-1250 to 1254 and 1257; bytes
 * that it leaves out stand for themselves, as ISO 8859-1 has them), nine tenths
 * or more of its characters above ASCII are the bytes of UTF-8 sequences, two
 * sequences at least.  What is no such sequence stays.  A text that was misread
 * twice is repaired twice; a good text with one misread quotation stays as it
 * is.
 *
 * Cost: good texts are judged by their first characters above ASCII, a few
 * dozen, and by one search for the first of them.  Safe from any thread.
 */
#ifndef MLIN_FILTERS_MOJIBAKE_H
#define MLIN_FILTERS_MOJIBAKE_H

#include "filters/mojibake_table.h"
#include "src/arena.h"
#include "src/slice.h"

/* The way back: [charset, character] -> byte, 0 = none. */
enum { MOJIBAKE_LOW = 0x500, MOJIBAKE_HIGH = 0x2000 };

struct mojibake {
    /* characters below 0x500, then 0x2000 to 0x213f; there are no others */
    unsigned char bytes[MOJIBAKE_CHARSETS][MOJIBAKE_LOW + 0x140];
};

void mojibake_init(struct mojibake *index);

/* The repaired text, in the arena, shorter; `text` itself if it is good. */
struct slice mojibake_repair(const struct mojibake *index, struct slice text,
                             struct arena *arena);

#endif

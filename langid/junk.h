/* SPDX-License-Identifier: Apache-2.0 */
/*
 * junk.h - text in no language, made up: URLs, base64, numbers with units,
 * code, markup, keyboard noise, text read in the wrong charset.
 *
 * The reject class zxx_Zxxx learns from it.  Nothing of it is taken from
 * anywhere: the words it is built of stand in junk.c.
 */
#ifndef MLIN_JUNK_H
#define MLIN_JUNK_H

#include "langid/draw.h"
#include "src/slice.h"

enum { JUNK_MAX = 700 };

/*
 * Write a line of junk to `text` and return its length.  Depends on *draw only.
 * A few lines have no letters at all.
 */
size_t junk_write(struct draw *draw, char text[JUNK_MAX]);

#endif

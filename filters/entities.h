/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entities.h - character references of HTML that were left in a text.
 *
 *     caf&eacute; &amp;amp; th&#233;   ->   café & thé
 *
 * Read are the names of filters/entities_table.h, &#233; and &#xE9;, of 16
 * bytes at most and closed by a semicolon.  Numbers 128 to 159 are bytes of
 * windows-1252, as HTML 5 has it.  Other controls than tab, line feed and
 * carriage return, surrogates, noncharacters and numbers that are none stay as
 * they are written.
 *
 * What comes out is read again, as often as it takes: &amp;lt; and &&#97;mp;
 * hold no reference any more.  This takes one pass, for a reference ends at
 * its semicolon: whenever one is written, the end of the output is looked at.
 *
 * Cost: a text without & is only searched; else linear.  Safe from any thread.
 */
#ifndef MLIN_FILTERS_ENTITIES_H
#define MLIN_FILTERS_ENTITIES_H

#include <stdbool.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"
#include "src/unicode.h"

/*
 * The text without references, in the arena, no longer; `text` itself if it has
 * none.  `text` must be clean (filters/clean.h) and of the form.  What is
 * decoded is written so that cleaning it and bringing it to the form brings no
 * new reference: characters that cleaning would remove are left out, and those
 * that are ASCII in that form are written so.  Marks of direction are left out
 * unless `keeps_directions`; where they are kept and cleaned away later, there
 * may be new references.
 */
struct slice entities_decode(struct slice text, enum unicode_form form,
                             bool keeps_directions, struct arena *arena);

/* The character of a reference, `&` to `;`; UINT32_MAX when it is none. */
uint32_t entities_read(struct slice reference);

#endif

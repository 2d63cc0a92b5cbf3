/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans_cut.h - a text without the spans that stood before, and their list.
 *
 *     Oats.\n\n  * (Two mills stand here.)\n  * Rye grows.
 *     Oats.\n\n  * Rye grows.
 *
 * A span goes from the beginning of its first word to the end of its last, with
 * the marks that are written to it on both sides.  Of the white space around it
 * the stronger stays, once: a paragraph's end, a line's, or a blank.  A line of
 * which the beginning goes keeps its indent and bullet.
 *
 * Any thread; memory is the arena's.  Linear in the text.
 */
#ifndef MLIN_SPANS_CUT_H
#define MLIN_SPANS_CUT_H

#include "filters/spans.h"

/* Words that no match holds. */
size_t spans_cut_left(const struct span_words *words,
                      const struct span_matches *matches);

/* The text that is left. */
struct slice spans_cut(const struct span_words *words,
                       const struct span_matches *matches,
                       struct arena *arena);

/* [[byte,length,"id",word],...]: where each is, and where it stood before. */
struct slice spans_cut_print(const struct span_words *words,
                             const struct span_matches *matches,
                             struct arena *arena);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * explain.h - the n-grams and words that decided for a label and against the
 * next best one.
 *
 * A linear model explains itself: its decision is a sum, and this shows the
 * largest summands, for the first EXPLAIN_CODES letters of the text.  Slow
 * (thousands of texts a second).  Safe from any thread.
 */
#ifndef MLIN_EXPLAIN_H
#define MLIN_EXPLAIN_H

#include "langid/model.h"
#include "src/arena.h"

enum { EXPLAIN_CODES = 2000, EXPLAIN_SHOWN = 8, EXPLAIN_LETTERS = 24 };

/*
 * {"against":"slk_Latn","for":[["\u0159e_",1.23],...],"counter":[...]}, in the
 * arena.  "_" is the edge of a word; the number is what the n-gram adds to the
 * difference of the logits, its repetitions together.  {} when the guess is a
 * fact or has no rival.
 */
struct slice explain_json(const struct model *model, struct features *features,
                          struct slice text, const struct model_guess *guess,
                          struct arena *arena);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * votes.h - how much of a text seems to be in the language of the whole.  Sums
 * over a text do not tell a text between two languages from one that is half in
 * each; so each stretch of FEATURES_STRETCH letters is asked by itself, too.
 *
 * Safe from any thread.
 */
#ifndef MLIN_VOTES_H
#define MLIN_VOTES_H

#include <stddef.h>
#include <stdint.h>

#include "langid/model.h"

/*
 * Lanes in use have a handicap of 0, others one that no sum makes up for; so
 * the greatest is found without a look at the rivals.  `rest` is the same
 * without the lanes of the label that led last.
 */
struct votes {
    uint64_t all;                    /* stretches; 0: none were asked */
    uint64_t unsure;                 /* those that are for whoever wins */
    uint32_t of[MODEL_SCORES];       /* by rival, the first of its label */
    size_t last;                     /* the rival that led last */
    int32_t handicap[MODEL_LANES_MAX], rest[MODEL_LANES_MAX];
};

/* model_sum() of the quick part, added to sums, and each stretch's vote. */
uint64_t votes_sum(const struct model *model, const struct features *features,
                   int32_t *sums, struct votes *votes);

/*
 * The share of stretches that are for the label of a guess or a relative of it
 * (groups.h), 0 to 1; votes->all > 0.
 */
double votes_share(const struct model *model, const struct votes *votes,
                   const struct model_guess *guess);

/*
 * If more stretches are for another label than for that of a guess, as when the
 * sums of two languages look like a third: the guess's best and p[] are set to
 * what the stretches say.  True if so.  votes->all > 0.
 */
bool votes_overrule(const struct model *model, const struct votes *votes,
                    struct model_guess *guess);

/* The rival that leads by sums alone; of a shared label, the first. */
size_t votes_leader(const struct model *model, unsigned script,
                    const int32_t *sums);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * score.h - one number for a document: how likely a reader calls it good.
 *
 * A logistic regression on signals, from a table:
 *
 *     # signal       centre  spread   weight   bend
 *     intercept      0       1        2.1      0
 *     unique_words   0.62    0.13    -0.4     -0.2
 *
 *     z = (value - centre) / spread, cut off at -3 and 3
 *     score = 1 / (1 + exp(-(intercept + sum of weight z + bend z^2)))
 *
 * The table that comes with mlin, filters/rules/score.tsv, says what it was
 * fitted on and how.
 */
#ifndef MLIN_FILTERS_SCORE_H
#define MLIN_FILTERS_SCORE_H

#include <stdbool.h>

#include "filters/signals.h"
#include "src/fail.h"
#include "src/slice.h"

struct score_term {
    enum signal signal;
    double centre, spread, weight, bend;
};

struct score {
    struct score_term terms[SIGNAL_COUNT];
    size_t count;
    double intercept;
};

/* False with the byte where a row is wrong. */
bool score_init(struct score *score, struct slice text, struct fault *fault);

/* The groups (enum signal_group) that it reads. */
unsigned score_groups(const struct score *score);

/* 0 .. 1, of signals of which those groups are measured. */
double score_of(const struct score *score, const struct signals *signals);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * precision.h - which score a label needs so that those who get it are right as
 * often as is asked for.
 *
 * A score is a probability over all labels; a single label may do better or
 * worse than its scores say.  So each label has thresholds of its own, fitted
 * to held-out texts, for the precisions of precision_levels.
 */
#ifndef MLIN_PRECISION_H
#define MLIN_PRECISION_H

#include <stdint.h>

#include "langid/model.h"

/* Ascending. */
extern const double precision_levels[MODEL_PRECISIONS];

/* The index of a level, or MODEL_PRECISIONS when there is no such level. */
size_t precision_find(double level);

/*
 * For each class and level, the lowest score, in thousandths, such that of the
 * texts of DIR/<label>.txt[.gz|.zst] (whole lines and words of them, as for
 * calibrate()) with that label and at least that score, the share asked for is
 * right.  Labels with few texts, or without a file, as und_ and zxx_Zxxx, get
 * what all labels together need; 1001 means that no score is enough.  Dies when
 * the directory cannot be used.
 */
void precision_fit(const struct model *model, const char *dir, uint64_t seed,
                   size_t threads,
                   uint16_t thresholds[MODEL_CLASSES_MAX][MODEL_PRECISIONS]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lean.h - labels that a model is too slow to give, and others it gives too
 * easily: those with little or one-sided text to learn from lose to their
 * neighbours.  For each class a constant that is added to its logit for each
 * row of a text (before the division by their root), fitted to held-out texts.
 *
 * It is one step of vector scaling (Guo, Pleiss, Sun and Weinberger 2017), with
 * the root of the rows for what they have as a constant.
 */
#ifndef MLIN_LEAN_H
#define MLIN_LEAN_H

#include <stddef.h>
#include <stdint.h>

#include "langid/model.h"

/*
 * Fit lean[class] of a part to DIR/<label>.txt[.gz|.zst]: lines and words of
 * them, as for calibrate(), each file counting the same.
 * Labels without such a file, und_ and zxx_Zxxx among them, get 0, and the mean
 * of the others of a script is 0, so that it stays as hard as before to be
 * taken for a language.  The model's own leans of that part must be 0.  Dies
 * when the directory cannot be used.
 */
void lean_fit(const struct model *model, size_t part, const char *dir,
              uint64_t seed, size_t threads, double lean[MODEL_CLASSES_MAX]);

#endif

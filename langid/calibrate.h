/* SPDX-License-Identifier: Apache-2.0 */
/*
 * calibrate.h - make a model's scores probabilities, on texts it was not
 * trained on: for each length of text, the sharpness of the softmax that makes
 * what happened most likely.
 */
#ifndef MLIN_CALIBRATE_H
#define MLIN_CALIBRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "langid/model.h"

/*
 * Fit on DIR/<label>.txt[.gz|.zst]: each line whole and, drawn by seed, some
 * words of it; the quick part first, then the full one on what the quick one is
 * not sure of.
 * A length with fewer than 200 texts takes its neighbour's.
 * Dies when the directory cannot be used.
 */
void calibrate(const struct model *model, size_t part, const char *dir,
               uint64_t seed, size_t threads, double sharpness[MODEL_LENGTHS]);

/* The first rival of the script with that label, or the number of rivals. */
size_t calibrate_rival(const struct model *model, unsigned script,
                       const char *label);

/* Is a text one that the part has to answer? */
bool calibrate_asks(const struct model *model, size_t part,
                    const struct features *features);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack.h - turn learned weights into the bytes of a model file (model.h).
 */
#ifndef MLIN_PACK_H
#define MLIN_PACK_H

#include <stddef.h>

#include "langid/learn.h"
#include "langid/texts.h"

/*
 * The bytes of a model, in fresh memory, from what was learned for each part.
 * Sharpness is 1, and the quick part's answer is never enough.
 */
char *pack_model(const struct learned learned[MODEL_PARTS],
                 const struct features_kind kinds[MODEL_PARTS],
                 const struct texts *texts, size_t *len);

/* Write another calibration into a packed model, and its checksum anew. */
void pack_calibration(char *bytes, size_t len, size_t part, double accept,
                      const double sharpness[MODEL_LENGTHS]);

/* The same with the lean of each class in a part. */
void pack_lean(char *bytes, size_t len, size_t part, size_t class_count,
               const double lean[MODEL_CLASSES_MAX]);

/* The same with the thresholds of each class. */
void pack_thresholds(char *bytes, size_t len, size_t class_count,
                     uint16_t thresholds[][MODEL_PRECISIONS]);

#endif

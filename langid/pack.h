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
 * The bytes of a model, in fresh memory.  Weights become 16 levels, 0 among
 * them, that fit them best in squares (Lloyd 1957); sharpness is 1.
 */
char *pack_model(const struct learned *learned, const struct texts *texts,
                 struct features_kind kind, size_t *len);

/* Write another calibration into a packed model, and its checksum anew. */
void pack_sharpness(char *bytes, size_t len,
                    const double sharpness[MODEL_LENGTHS]);

#endif

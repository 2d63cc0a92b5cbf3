/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldout.h - texts to fit scores to: the lines of a file, and words of them.
 */
#ifndef MLIN_HELDOUT_H
#define MLIN_HELDOUT_H

#include <stdint.h>

#include "src/labels.h"
#include "src/slice.h"

/*
 * Call `use` with each line of the file that is not empty, with 1, 1, 2, 3, 6
 * and 10 words in a row from it, from places drawn by seed, and with each 24
 * lines as they stand, which is a document.  Dies when the file cannot be read.
 */
void heldout_read(const struct labels_file *file, uint64_t seed,
                  void (*use)(void *context, struct slice text), void *context);

#endif

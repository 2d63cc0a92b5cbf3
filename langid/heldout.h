/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldout.h - texts to fit scores to: the lines of a file, and words of them.
 */
#ifndef MLIN_HELDOUT_H
#define MLIN_HELDOUT_H

#include <stddef.h>
#include <stdint.h>

#include "langid/features.h"
#include "src/labels.h"
#include "src/slice.h"

/* `room` is working memory; one call at a time for a file. */
typedef void heldout_use(void *context, struct features *room,
                         struct slice text);

/*
 * Call `use` with each line of the file that is not empty, with 1, 1, 2, 3, 6
 * and 10 words in a row from it, a quarter of the times from its beginning and
 * else from a place drawn by seed, and with each 24 lines as they stand, which
 * is a document.  Dies when the file cannot be read.
 */
void heldout_read(const struct labels_file *file, uint64_t seed,
                  heldout_use *use, void *context);

/*
 * The same for all files, several at a time: contexts is [count] of `size`
 * bytes, one for each file, whose seed is `seed` and its number.
 */
void heldout_read_all(const struct labels_file *files, size_t count,
                      uint64_t seed, size_t threads, heldout_use *use,
                      void *contexts, size_t size);

#endif

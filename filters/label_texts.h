/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label_texts.h - the texts of a directory by language (src/labels.h), whole.
 */
#ifndef MLIN_FILTERS_LABEL_TEXTS_H
#define MLIN_FILTERS_LABEL_TEXTS_H

#include <stddef.h>

#include "src/labels.h"
#include "src/slice.h"

/*
 * The text of each file, unpacked, in fresh memory.  Dies when one cannot be
 * read, is above 1 GiB or is not UTF-8.
 */
struct slice *label_texts_read(const struct labels_file *files, size_t count);
void label_texts_free(struct slice *texts, size_t count);

#endif

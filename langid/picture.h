/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture.h - a matrix of confusions as a picture (SVG): a row for each true
 * label, a column for each guess, the darker the more of the row's texts.
 */
#ifndef MLIN_PICTURE_H
#define MLIN_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "src/output.h"

/*
 * counts is [rows, rows + 1]: a column for each label, as the rows are ordered,
 * and one for all other guesses.  Labels are letters, digits and "_" only.
 */
void picture_write(struct output *output, const char *const *labels,
                   size_t rows, const uint64_t *counts);

#endif

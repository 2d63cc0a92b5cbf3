/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quantize.h - weights as one of 16 levels, 0 among them, that fit them best in
 * squares (Lloyd 1957).
 *
 * A level is a whole number of units; which one a weight gets depends on its
 * sixteenth of a unit.  Any thread.
 */
#ifndef MLIN_QUANTIZE_H
#define MLIN_QUANTIZE_H

#include <stddef.h>
#include <stdint.h>

enum {
    QUANTIZE_LEVELS = 16,
    QUANTIZE_FINE = 16,                       /* bins of a unit */
    QUANTIZE_BINS = 2 * 128 * QUANTIZE_FINE
};

struct quantizer {
    int8_t codebook[QUANTIZE_LEVELS];         /* -127 to 127, ascending */
    double scale;                             /* of a unit; 0: all are zeros */
    float per_bin;                            /* 1 in bins */
    uint8_t codes[QUANTIZE_BINS];
};

/* Choose levels for these weights. */
void quantize_fit(struct quantizer *quantizer, const float *weights,
                  size_t count);

/* lanes / 2 bytes of a row, as kernel.h draws it. */
void quantize_row(const struct quantizer *quantizer, const float *weights,
                  size_t lanes, uint8_t *row);

#endif

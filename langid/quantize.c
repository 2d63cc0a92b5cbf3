/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quantize - Lloyd's iteration over a histogram of the weights.
 */
#include "langid/quantize.h"

#include <math.h>
#include <stdlib.h>

#include "langid/kernel.h"
#include "src/fail.h"

enum { BINS = 65536, ROUNDS = 100 };

struct levels {
    double value[QUANTIZE_LEVELS]; /* ascending; one of them is 0 */
};

/* Weights by value: bin b holds those about (b + 0.5) / BINS * 2 - 1 maxima. */
static void fill_bins(uint64_t *bins, const float *weights, size_t count,
                      double max)
{
    for (size_t i = 0; i < count; i++)
        if (weights[i] != 0.0f) {
            size_t bin = (size_t)(((double)weights[i] / max + 1.0) * 0.5 *
                                  (BINS - 1));

            bins[bin]++;
        }
}

static double bin_value(size_t bin, double max)
{
    return (((double)bin + 0.5) / (BINS - 1) * 2.0 - 1.0) * max;
}

static size_t nearest(const struct levels *levels, double value)
{
    size_t best = 0;

    for (size_t i = 1; i < QUANTIZE_LEVELS; i++)
        if (fabs(levels->value[i] - value) < fabs(levels->value[best] - value))
            best = i;
    return best;
}

static size_t zero_level(const struct levels *levels)
{
    size_t zero = 0;

    while (levels->value[zero] != 0.0)
        zero++;
    return zero;
}

/* First guess: 0, and the others so that each holds as many weights. */
static void spread_levels(struct levels *levels, const uint64_t *bins,
                          double max)
{
    uint64_t total = 0, seen = 0;
    size_t level = 0;

    for (size_t i = 0; i < BINS; i++)
        total += bins[i];
    for (size_t i = 0; i < QUANTIZE_LEVELS; i++)
        levels->value[i] = ((double)i - 7.0) / QUANTIZE_LEVELS * max;
    for (size_t i = 0; i < BINS && level < QUANTIZE_LEVELS; i++) {
        seen += bins[i];
        while (level < QUANTIZE_LEVELS &&
               seen * QUANTIZE_LEVELS > total * level)
            levels->value[level++] = bin_value(i, max);
    }
    levels->value[nearest(levels, 0.0)] = 0.0;
}

static void fit_levels(struct levels *levels, const uint64_t *bins, double max)
{
    size_t zero = zero_level(levels);

    for (int round = 0; round < ROUNDS; round++) {
        double sum[QUANTIZE_LEVELS] = { 0 }, count[QUANTIZE_LEVELS] = { 0 };

        for (size_t i = 0; i < BINS; i++)
            if (bins[i] > 0) {
                double value = bin_value(i, max);
                size_t level = nearest(levels, value);

                sum[level] += value * (double)bins[i];
                count[level] += (double)bins[i];
            }
        for (size_t i = 0; i < QUANTIZE_LEVELS; i++)
            if (i != zero && count[i] > 0.0)
                levels->value[i] = sum[i] / count[i];
    }
}

static uint8_t nearest_code(const int8_t codebook[QUANTIZE_LEVELS],
                            double value)
{
    uint8_t best = 0;

    for (uint8_t i = 1; i < QUANTIZE_LEVELS; i++)
        if (fabs(codebook[i] - value) < fabs(codebook[best] - value))
            best = i;
    return best;
}

void quantize_fit(struct quantizer *quantizer, const float *weights,
                  size_t count)
{
    uint64_t *bins = xcalloc(BINS, sizeof *bins);
    struct levels levels = { { 0 } };
    double max = 0.0, scale;

    for (size_t i = 0; i < count; i++)
        if (fabs((double)weights[i]) > max)
            max = fabs((double)weights[i]);
    if (max > 0.0) {
        fill_bins(bins, weights, count, max);
        spread_levels(&levels, bins, max);
        fit_levels(&levels, bins, max);
    }
    free(bins);
    scale = fmax(fabs(levels.value[0]),
                 fabs(levels.value[QUANTIZE_LEVELS - 1])) / 127;
    quantizer->scale = scale;
    quantizer->per_bin = scale > 0.0 ? (float)(QUANTIZE_FINE / scale) : 0.0f;
    for (size_t i = 0; i < QUANTIZE_LEVELS; i++)
        quantizer->codebook[i] =
            scale > 0.0 ? (int8_t)round(levels.value[i] / scale) : 0;
    for (size_t i = 0; i < QUANTIZE_BINS; i++)
        quantizer->codes[i] =
            nearest_code(quantizer->codebook,
                         ((double)i + 0.5) / QUANTIZE_FINE - 128.0);
}

static unsigned code_of(const struct quantizer *quantizer, float weight)
{
    float bin = weight * quantizer->per_bin + (float)QUANTIZE_BINS / 2;

    bin = bin > 0.0f ? bin : 0.0f;
    bin = bin < (float)(QUANTIZE_BINS - 1) ? bin : (float)(QUANTIZE_BINS - 1);
    return quantizer->codes[(int)bin];
}

void quantize_row(const struct quantizer *quantizer, const float *weights,
                  size_t lanes, uint8_t *row)
{
    for (; lanes > 0; lanes -= KERNEL_LANES) {
        const float *high = weights + KERNEL_ROW;

        for (size_t i = 0; i < KERNEL_ROW; i++)
            row[i] = (uint8_t)(code_of(quantizer, weights[i]) |
                               code_of(quantizer, high[i]) << 4);
        weights += KERNEL_LANES;
        row += KERNEL_ROW;
    }
}

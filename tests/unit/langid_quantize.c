/* SPDX-License-Identifier: Apache-2.0 */
/* A weight becomes the level nearest to it, but for a sixteenth of a unit. */
#include "langid/quantize.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "langid/kernel.h"
#include "tests/check.h"

enum { COUNT = 64 * 200 };

static struct quantizer quantizer;
static float weights[COUNT];
static uint8_t rows[COUNT / 2];

static int level_of(size_t i)
{
    size_t lane = i % KERNEL_LANES;
    uint8_t byte = rows[i / KERNEL_LANES * KERNEL_ROW + lane % KERNEL_ROW];

    return quantizer.codebook[lane < KERNEL_ROW ? byte & 15 : byte >> 4];
}

static double distance(double weight, int level)
{
    return fabs(weight / quantizer.scale - level);
}

static void levels_are_the_nearest(void)
{
    quantize_row(&quantizer, weights, COUNT, rows);
    for (size_t i = 0; i < COUNT; i++) {
        double best = HUGE_VAL;

        for (size_t k = 0; k < QUANTIZE_LEVELS; k++)
            best = fmin(best, distance((double)weights[i],
                                       quantizer.codebook[k]));
        check_that(distance((double)weights[i], level_of(i)) <=
                       best + 2.0 / QUANTIZE_FINE,
                   "weight %g: %d", (double)weights[i], level_of(i));
    }
}

static void draw_weights(struct random *random, bool heavy)
{
    for (size_t i = 0; i < COUNT; i++) {
        double at = (double)random_below(random, 2001) / 1000.0 - 1.0;

        weights[i] = (float)(heavy ? at * at * at * 3.0 : at);
    }
}

static void check_codebook(void)
{
    bool zero = false;

    for (size_t i = 0; i < QUANTIZE_LEVELS; i++) {
        check(quantizer.codebook[i] > -128);
        check(i == 0 || quantizer.codebook[i - 1] <= quantizer.codebook[i]);
        zero = zero || quantizer.codebook[i] == 0;
    }
    check(zero);
}

int main(void)
{
    struct random random = { 17 };

    for (int round = 0; round < 20; round++) {
        draw_weights(&random, round % 2 == 1);
        quantize_fit(&quantizer, weights, COUNT);
        check_codebook();
        levels_are_the_nearest();
        weights[0] = 1e9f; /* grown since the levels were chosen */
        weights[1] = -1e9f;
        quantize_row(&quantizer, weights, COUNT, rows);
        check(level_of(0) == quantizer.codebook[QUANTIZE_LEVELS - 1]);
        check(level_of(1) == quantizer.codebook[0]);
    }
    memset(weights, 0, sizeof weights);
    quantize_fit(&quantizer, weights, COUNT);
    check(quantizer.scale == 0.0);
    quantize_row(&quantizer, weights, COUNT, rows);
    for (size_t i = 0; i < COUNT; i++)
        check(level_of(i) == 0);
    return check_done();
}

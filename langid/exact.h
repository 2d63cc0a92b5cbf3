/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exact.h - the exponential function, with the same bits on every machine.
 *
 * The one in libm differs between versions and processors in the last place;
 * the trainer's output and a printed score must not.  Compile without
 * contraction to fused multiply-add (as gcc does with -std=c11;
 * -ffp-contract=off says it).
 */
#ifndef MLIN_EXACT_H
#define MLIN_EXACT_H

#include <stdint.h>
#include <string.h>

/*
 * e^x for x <= 0, to about 1 part in 10^12; 0 below -40, which beside 1 is
 * nothing.  x = k ln 2 + r, and a Taylor series for r, |r| <= 0.35.
 */
static inline double exact_exp(double x)
{
    static const double inverse[] = { /* 1 / n! */
        1.0, 1.0, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720,
        1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800
    };
    double sum = 0.0, power;
    int64_t k;
    uint64_t bits;

    if (!(x > -40.0))
        return 0.0;
    k = (int64_t)(x * 1.4426950408889634 - 0.5);
    x -= (double)k * 0.69314718055994531;
    for (int i = 10; i >= 0; i--)
        sum = sum * x + inverse[i];
    bits = (uint64_t)(k + 1023) << 52;
    memcpy(&power, &bits, sizeof power);
    return sum * power;
}

#endif

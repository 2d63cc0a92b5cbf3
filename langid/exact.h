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

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * e^x for x <= 0, to about 1 part in 10^13; 0 below -40, which beside 1 is
 * nothing.  x = (k + j / 8) ln 2 + r: a power of two, one of eight roots, and a
 * Taylor series for r, |r| <= 0.044.
 */
static inline double exact_exp(double x)
{
    static const double roots[8] = { /* 2^(j / 8) */
        1.0, 1.09050773266525765921, 1.18920711500272106672,
        1.29683955465100966593, 1.41421356237309504880, 1.54221082540794082361,
        1.68179283050742908606, 1.83400808640934246349
    };
    double power;
    int64_t eighths;
    uint64_t bits;

    if (!(x > -40.0))
        return 0.0;
    eighths = (int64_t)(x * 11.541560327111707 - 0.5);
    x -= (double)eighths * 0.086643397569993164;
    bits = (uint64_t)((eighths >> 3) + 1023) << 52;
    memcpy(&power, &bits, sizeof power);
    power *= roots[eighths & 7];
    return power * (1.0 + x * (1.0 + x * (1.0 / 2 + x * (1.0 / 6 + x *
                    (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720)))))));
}

/*
 * The same for an array, each x from -700 to 0, to about 1 part in 10^12: two
 * at a time, by plain arithmetic on any machine.  count is even.
 */
static inline void exact_exp_all(double *x, size_t count)
{
    typedef double pair __attribute__((vector_size(16)));
    typedef int64_t pair_bits __attribute__((vector_size(16)));
    const double shifter = 6755399441055744.0; /* 1.5 * 2^52: to nearest */

    for (size_t i = 0; i < count; i += 2) {
        pair r, k, sum;
        pair_bits bits;

        memcpy(&r, x + i, sizeof r);
        k = r * 1.4426950408889634 + shifter;
        bits = (pair_bits)k << 52; /* k's lowest bits are the number */
        k -= shifter;
        r -= k * 0.69314718055994531;
        sum = r * (1.0 / 39916800) + 1.0 / 3628800;
        sum = sum * r + 1.0 / 362880;
        sum = sum * r + 1.0 / 40320;
        sum = sum * r + 1.0 / 5040;
        sum = sum * r + 1.0 / 720;
        sum = sum * r + 1.0 / 120;
        sum = sum * r + 1.0 / 24;
        sum = sum * r + 1.0 / 6;
        sum = sum * r + 1.0 / 2;
        sum = sum * r + 1.0;
        sum = sum * r + 1.0;
        bits += (pair_bits)sum;    /* times 2^k */
        memcpy(x + i, &bits, sizeof bits);
    }
}

#endif

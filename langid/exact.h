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
 * Arrays of floats, four at a time by plain arithmetic on any machine; counts
 * are multiples of four.
 */
typedef float exact_floats __attribute__((vector_size(16)));
typedef int32_t exact_ints __attribute__((vector_size(16)));

static inline exact_floats exact_load(const float *x)
{
    exact_floats four;

    memcpy(&four, x, sizeof four);
    return four;
}

static inline void exact_store(float *x, exact_floats four)
{
    memcpy(x, &four, sizeof four);
}

/* Of each lane the greater one. */
static inline exact_floats exact_greater(exact_floats a, exact_floats b)
{
    exact_ints keep = a > b;

    return (exact_floats)(((exact_ints)a & keep) | ((exact_ints)b & ~keep));
}

static inline float exact_max(const float *x, size_t count)
{
    exact_floats max = exact_load(x);
    float low, high;

    for (size_t i = 4; i < count; i += 4)
        max = exact_greater(exact_load(x + i), max);
    low = max[0] > max[1] ? max[0] : max[1];
    high = max[2] > max[3] ? max[2] : max[3];
    return low > high ? low : high;
}

static inline float exact_sum(const float *x, size_t count)
{
    exact_floats sum = exact_load(x);

    for (size_t i = 4; i < count; i += 4)
        sum += exact_load(x + i);
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/*
 * x = e^((x - max) * times), to about 1 part in 10^6; exponents below `least`,
 * which is from -87 to 0, count as that.  None may be above 0.
 */
static inline void exact_exp_all(float *x, size_t count, float max, float times,
                                 float least)
{
    const float shifter = 12582912.0f; /* 1.5 * 2^23: to nearest */
    const exact_floats floor = { least, least, least, least };

    for (size_t i = 0; i < count; i += 4) {
        exact_floats r =
            exact_greater((exact_load(x + i) - max) * times, floor);
        exact_floats k = r * 1.44269504f + shifter, sum;
        exact_ints power = (exact_ints)k << 23; /* k's lowest bits count */

        k -= shifter;
        r -= k * 0.693359375f; /* ln 2 in two steps, the first one exact */
        r += k * 2.12194440e-4f;
        sum = r * (1.0f / 720) + 1.0f / 120;
        sum = sum * r + 1.0f / 24;
        sum = sum * r + 1.0f / 6;
        sum = sum * r + 0.5f;
        sum = sum * r + 1.0f;
        sum = sum * r + 1.0f;
        exact_store(x + i, (exact_floats)((exact_ints)sum + power));
    }
}

#endif

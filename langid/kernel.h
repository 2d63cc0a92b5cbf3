/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel.h - add up rows of 4-bit weights; the inner loop of identification.
 *
 *     row    32 bytes for each 64 lanes:
 *            byte j: lane j in the low half, lane 32 + j in the high half
 *     value  codebook[half byte], -127 .. 127
 *
 * All forms give the same integers.  Safe from any thread.
 */
#ifndef MLIN_KERNEL_H
#define MLIN_KERNEL_H

#include <stddef.h>
#include <stdint.h>

enum { KERNEL_LANES = 64, KERNEL_ROW = 32 };

/*
 * sums[lane] += value of that lane in each of `count` rows.  `table` is
 * [rows, groups, KERNEL_ROW] bytes, `sums` [groups, KERNEL_LANES].
 */
typedef void kernel_sum(const uint8_t *table, size_t groups,
                        const int8_t codebook[16], const uint32_t *rows,
                        size_t count, int32_t *sums);

/* The obvious loop, for every machine and as the judge of the others. */
kernel_sum kernel_sum_portable;

struct kernel {
    const char *name;
    kernel_sum *sum;
};

enum { KERNEL_SIMD_MAX = 2 };

/*
 * The SIMD forms that this machine can run, the slowest first: SSE4.1 and
 * AVX2 on x86-64, NEON on aarch64.  Returns how many.
 */
size_t kernel_simd(struct kernel kernels[KERNEL_SIMD_MAX]);

/* The fastest form that this machine can run. */
kernel_sum *kernel_best(void);

#endif

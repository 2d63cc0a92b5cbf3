/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel - rows of half bytes to sums: the obvious way, and the choice of one.
 */
#include "langid/kernel.h"

void kernel_sum_portable(const uint8_t *table, size_t groups,
                         const int8_t codebook[16], const uint32_t *rows,
                         size_t count, int32_t *sums)
{
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; g < groups; g++) {
            const uint8_t *row =
                table + ((size_t)rows[i] * groups + g) * KERNEL_ROW;
            int32_t *low = sums + g * KERNEL_LANES;

            for (size_t j = 0; j < KERNEL_ROW; j++) {
                low[j] += codebook[row[j] & 15];
                low[KERNEL_ROW + j] += codebook[row[j] >> 4];
            }
        }
}

#if !defined(__x86_64__) && !defined(__aarch64__)
size_t kernel_simd(struct kernel kernels[KERNEL_SIMD_MAX])
{
    (void)kernels;
    return 0;
}
#endif

kernel_sum *kernel_best(void)
{
    struct kernel kernels[KERNEL_SIMD_MAX];
    size_t count = kernel_simd(kernels);

    return count > 0 ? kernels[count - 1].sum : kernel_sum_portable;
}

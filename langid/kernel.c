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

/* Values are raised by 128, so that neither half of a pair is negative. */
void kernel_close_pairs(const int8_t codebook[16], uint32_t pairs[256])
{
    for (unsigned i = 0; i < 256; i++)
        pairs[i] = (uint32_t)(codebook[i & 15] + 128) |
                   (uint32_t)(codebook[i >> 4] + 128) << 16;
}

void kernel_close_sum(const uint8_t *table, const uint32_t pairs[256],
                      const uint32_t *rows, size_t count,
                      int32_t sums[KERNEL_CLOSE_LANES])
{
    uint32_t halves[KERNEL_CLOSE_ROW] = { 0 }; /* 256 * 255 < 2^16 */

    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = table + (size_t)rows[i] * KERNEL_CLOSE_ROW;

        for (size_t j = 0; j < KERNEL_CLOSE_ROW; j++)
            halves[j] += pairs[row[j]];
    }
    for (size_t j = 0; j < KERNEL_CLOSE_ROW; j++) {
        int32_t raised = (int32_t)count * 128;

        sums[2 * j] += (int32_t)(halves[j] & 0xffff) - raised;
        sums[2 * j + 1] += (int32_t)(halves[j] >> 16) - raised;
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

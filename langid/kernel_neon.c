/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel_neon - the sums on aarch64: one table look-up gives 16 lanes, which
 * are added into 16-bit sums and widened once for 256 rows.
 */
#include "langid/kernel.h"

#if defined(__aarch64__)
#include <arm_neon.h>

enum { ROWS_PER_FLUSH = 256 }; /* of at most 127: fits 16 bits */

/* 16 bytes of each row: 16 lanes of the low halves, 16 of the high ones. */
static void sum_some(const uint8_t *table, size_t stride,
                     const int8_t codebook[16], const uint32_t *rows,
                     size_t count, int32_t *sums)
{
    const int8x16_t book = vld1q_s8(codebook);
    int16x8_t s[4] = { vdupq_n_s16(0), vdupq_n_s16(0), vdupq_n_s16(0),
                       vdupq_n_s16(0) };

    for (size_t i = 0; i < count; i++) {
        uint8x16_t row = vld1q_u8(table + rows[i] * stride);
        int8x16_t low = vqtbl1q_s8(book, vandq_u8(row, vdupq_n_u8(15)));
        int8x16_t high = vqtbl1q_s8(book, vshrq_n_u8(row, 4));

        s[0] = vaddw_s8(s[0], vget_low_s8(low));
        s[1] = vaddw_high_s8(s[1], low);
        s[2] = vaddw_s8(s[2], vget_low_s8(high));
        s[3] = vaddw_high_s8(s[3], high);
    }
    for (size_t i = 0; i < 4; i++) {
        int32_t *to = sums + i / 2 * KERNEL_ROW + i % 2 * 8;

        vst1q_s32(to, vaddw_s16(vld1q_s32(to), vget_low_s16(s[i])));
        vst1q_s32(to + 4, vaddw_high_s16(vld1q_s32(to + 4), s[i]));
    }
}

static void sum_neon(const uint8_t *table, size_t groups,
                     const int8_t codebook[16], const uint32_t *rows,
                     size_t count, int32_t *sums)
{
    for (size_t at = 0; at < count; at += ROWS_PER_FLUSH)
        for (size_t half = 0; half < groups * 2; half++) {
            size_t left = count - at;

            sum_some(table + half * 16, groups * KERNEL_ROW, codebook,
                     rows + at, left < ROWS_PER_FLUSH ? left : ROWS_PER_FLUSH,
                     sums + half / 2 * KERNEL_LANES + half % 2 * 16);
        }
}

size_t kernel_simd(struct kernel kernels[KERNEL_SIMD_MAX])
{
    kernels[0] = (struct kernel){ "NEON", sum_neon };
    return 1;
}
#endif

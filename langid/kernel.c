/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel - rows of half bytes to sums.  With AVX2 a row of 64 lanes is one
 * register: one shuffle per half looks up all its values, two rows are added in
 * bytes interleaved, and 16-bit sums are widened once for 256 rows.
 */
#include "langid/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

#if defined(__x86_64__)
enum { ROWS_PER_FLUSH = 256 }; /* 128 pairs of at most 254 fit 16 bits */

/*
 * Add two registers of 16-bit sums, as unpacklo and unpackhi left the lanes:
 * within each 16 lanes, the first holds lanes 0 to 7, the second 8 to 15.
 */
__attribute__((target("avx2"))) static void widen(__m256i first, __m256i second,
                                                  int32_t *sums)
{
    int16_t values[2][16];

    _mm256_storeu_si256((__m256i *)(void *)values[0], first);
    _mm256_storeu_si256((__m256i *)(void *)values[1], second);
    for (size_t half = 0; half < 2; half++)
        for (size_t j = 0; j < 8; j++) {
            sums[half * 16 + j] += values[0][half * 8 + j];
            sums[half * 16 + 8 + j] += values[1][half * 8 + j];
        }
}

/* At most ROWS_PER_FLUSH rows of one group of lanes. */
__attribute__((target("avx2"))) static void
sum_avx2_some(const uint8_t *table, size_t stride, const int8_t codebook[16],
              const uint32_t *rows, size_t count, int32_t *sums)
{
    const __m256i half = _mm256_set1_epi8(15), ones = _mm256_set1_epi8(1);
    const __m256i book = _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)codebook));
    __m256i s0 = _mm256_setzero_si256(), s1 = s0, s2 = s0, s3 = s0;

    for (size_t i = 0; i < count; i += 2) {
        __m256i a = _mm256_loadu_si256(
            (const __m256i *)(const void *)(table + rows[i] * stride));
        __m256i a_low = _mm256_shuffle_epi8(book, _mm256_and_si256(a, half));
        __m256i a_high = _mm256_shuffle_epi8(
            book, _mm256_and_si256(_mm256_srli_epi16(a, 4), half));
        __m256i b_low = _mm256_setzero_si256(), b_high = b_low;

        if (i + 1 < count) {
            __m256i b = _mm256_loadu_si256(
                (const __m256i *)(const void *)(table + rows[i + 1] * stride));

            b_low = _mm256_shuffle_epi8(book, _mm256_and_si256(b, half));
            b_high = _mm256_shuffle_epi8(
                book, _mm256_and_si256(_mm256_srli_epi16(b, 4), half));
        }
        s0 = _mm256_add_epi16(s0, _mm256_maddubs_epi16(
            ones, _mm256_unpacklo_epi8(a_low, b_low)));
        s1 = _mm256_add_epi16(s1, _mm256_maddubs_epi16(
            ones, _mm256_unpackhi_epi8(a_low, b_low)));
        s2 = _mm256_add_epi16(s2, _mm256_maddubs_epi16(
            ones, _mm256_unpacklo_epi8(a_high, b_high)));
        s3 = _mm256_add_epi16(s3, _mm256_maddubs_epi16(
            ones, _mm256_unpackhi_epi8(a_high, b_high)));
    }
    widen(s0, s1, sums);
    widen(s2, s3, sums + KERNEL_ROW);
}

static void sum_avx2(const uint8_t *table, size_t groups,
                     const int8_t codebook[16], const uint32_t *rows,
                     size_t count, int32_t *sums)
{
    for (size_t at = 0; at < count; at += ROWS_PER_FLUSH)
        for (size_t g = 0; g < groups; g++) {
            size_t some = count - at;

            if (some > ROWS_PER_FLUSH)
                some = ROWS_PER_FLUSH;
            sum_avx2_some(table + g * KERNEL_ROW, groups * KERNEL_ROW,
                          codebook, rows + at, some, sums + g * KERNEL_LANES);
        }
}
#endif

kernel_sum *kernel_best(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return sum_avx2;
#endif
    return kernel_sum_portable;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel_x86 - the sums with SSE4.1 and AVX2.  One shuffle looks up half of
 * each of 16 or 32 bytes; two rows are interleaved and added as bytes into
 * 16-bit sums, which are widened once for 256 rows.
 */
#include "langid/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

enum {
    ROWS_PER_FLUSH = 256, /* 128 pairs of at most 254 fit 16 bits */
    AHEAD = 24            /* rows are fetched so long before their use */
};

/* sums[0..7] += eight 16-bit sums. */
__attribute__((target("sse4.1"))) static inline void add_8(__m128i more,
                                                           int32_t *sums)
{
    __m128i *to = (__m128i *)(void *)sums;

    _mm_storeu_si128(to, _mm_add_epi32(_mm_loadu_si128(to),
                                       _mm_cvtepi16_epi32(more)));
    _mm_storeu_si128(to + 1,
                     _mm_add_epi32(_mm_loadu_si128(to + 1),
                                   _mm_cvtepi16_epi32(
                                       _mm_unpackhi_epi64(more, more))));
}

__attribute__((target("sse4.1"))) static void
sse_half(const uint8_t *table, size_t stride, const int8_t codebook[16],
         const uint32_t *rows, size_t count, int32_t *sums)
{
    const __m128i half = _mm_set1_epi8(15), ones = _mm_set1_epi8(1);
    const __m128i book =
        _mm_loadu_si128((const __m128i *)(const void *)codebook);
    __m128i s[4] = { _mm_setzero_si128(), _mm_setzero_si128(),
                     _mm_setzero_si128(), _mm_setzero_si128() };

    for (size_t i = 0; i < count; i += 2) {
        __m128i a = _mm_loadu_si128(
            (const __m128i *)(const void *)(table + rows[i] * stride));
        __m128i a_low = _mm_shuffle_epi8(book, _mm_and_si128(a, half));
        __m128i a_high = _mm_shuffle_epi8(
            book, _mm_and_si128(_mm_srli_epi16(a, 4), half));
        __m128i b_low = _mm_setzero_si128(), b_high = b_low;

        if (i + 1 < count) {
            __m128i b = _mm_loadu_si128(
                (const __m128i *)(const void *)(table + rows[i + 1] * stride));

            b_low = _mm_shuffle_epi8(book, _mm_and_si128(b, half));
            b_high = _mm_shuffle_epi8(
                book, _mm_and_si128(_mm_srli_epi16(b, 4), half));
        }
        s[0] = _mm_add_epi16(
            s[0], _mm_maddubs_epi16(ones, _mm_unpacklo_epi8(a_low, b_low)));
        s[1] = _mm_add_epi16(
            s[1], _mm_maddubs_epi16(ones, _mm_unpackhi_epi8(a_low, b_low)));
        s[2] = _mm_add_epi16(
            s[2], _mm_maddubs_epi16(ones, _mm_unpacklo_epi8(a_high, b_high)));
        s[3] = _mm_add_epi16(
            s[3], _mm_maddubs_epi16(ones, _mm_unpackhi_epi8(a_high, b_high)));
    }
    for (size_t i = 0; i < 4; i++)
        add_8(s[i], sums + i / 2 * KERNEL_ROW + i % 2 * 8);
}

static void sse_some(const uint8_t *table, size_t stride,
                     const int8_t codebook[16], const uint32_t *rows,
                     size_t count, int32_t *sums)
{
    sse_half(table, stride, codebook, rows, count, sums);
    sse_half(table + 16, stride, codebook, rows, count, sums + 16);
}

/*
 * unpacklo and unpackhi left lanes 0 to 7 of each 16 in the first register, 8
 * to 15 in the second.
 */
__attribute__((target("avx2"))) static inline void
add_32(__m256i first, __m256i second, int32_t *sums)
{
    add_8(_mm256_castsi256_si128(first), sums);
    add_8(_mm256_castsi256_si128(second), sums + 8);
    add_8(_mm256_extracti128_si256(first, 1), sums + 16);
    add_8(_mm256_extracti128_si256(second, 1), sums + 24);
}

__attribute__((target("avx2"))) static void
avx2_some(const uint8_t *table, size_t stride, const int8_t codebook[16],
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

        if (i + AHEAD + 1 < count) {
            __builtin_prefetch(table + rows[i + AHEAD] * stride);
            __builtin_prefetch(table + rows[i + AHEAD + 1] * stride);
        }
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
    add_32(s0, s1, sums);
    add_32(s2, s3, sums + KERNEL_ROW);
}

#define KERNEL(name, some) \
    static void name(const uint8_t *table, size_t groups, \
                     const int8_t codebook[16], const uint32_t *rows, \
                     size_t count, int32_t *sums) \
    { \
        for (size_t at = 0; at < count; at += ROWS_PER_FLUSH) \
            for (size_t g = 0; g < groups; g++) { \
                size_t left = count - at; \
\
                some(table + g * KERNEL_ROW, groups * KERNEL_ROW, codebook, \
                     rows + at, left < ROWS_PER_FLUSH ? left : ROWS_PER_FLUSH, \
                     sums + g * KERNEL_LANES); \
            } \
    }

KERNEL(sum_sse, sse_some)
KERNEL(sum_avx2, avx2_some)

size_t kernel_simd(struct kernel kernels[KERNEL_SIMD_MAX])
{
    size_t count = 0;

    if (__builtin_cpu_supports("sse4.1"))
        kernels[count++] = (struct kernel){ "SSE4.1", sum_sse };
    if (__builtin_cpu_supports("avx2"))
        kernels[count++] = (struct kernel){ "AVX2", sum_avx2 };
    return count;
}
#endif

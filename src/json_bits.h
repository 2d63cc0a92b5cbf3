/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_bits.h - what 64 bytes of a string are, a bit each, for json_string.c.
 */
#ifndef MLIN_JSON_BITS_H
#define MLIN_JSON_BITS_H

#include <stdint.h>

/*
 * The bytes behind backslashes that are not escaped themselves: the first of
 * each run, the third, and so on.  A sum runs through all of a run, which tells
 * those that begin at even places.  *carry is the first bit of the next 64.
 *
 * Source: Langdale and Lemire, "Parsing gigabytes of JSON per second" (2019).
 */
static inline uint64_t bits_escaped(uint64_t backslashes, uint64_t *carry)
{
    const uint64_t even = UINT64_MAX / 3;
    uint64_t runs = backslashes & ~*carry, first = runs & ~(runs << 1);
    uint64_t from_even = runs & ~(runs + (first & even));
    uint64_t escaping = runs & ~(from_even ^ even);
    uint64_t escaped = escaping << 1 | *carry;

    *carry = escaping >> 63;
    return escaped;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline
#define AVX512                                                         \
    __attribute__((target("avx2,bmi,popcnt,avx512f,avx512bw,avx512vbmi," \
                          "avx512vbmi2")))

enum { HALF = 32, BLOCK = 64 };

/* Which of 32 bytes do not stand for themselves? */
AVX2_INLINE unsigned specials_at(const char *p)
{
    const __m256i last_control = _mm256_set1_epi8(0x1f);
    __m256i bytes = _mm256_loadu_si256((const void *)p);
    __m256i found = _mm256_or_si256(
        _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')),
                        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'))),
        _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, last_control), bytes));

    return (unsigned)_mm256_movemask_epi8(found);
}

AVX2_INLINE uint64_t bits_of(__m256i low, __m256i high)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

AVX2_INLINE uint64_t bits_equal(__m256i low, __m256i high, char byte)
{
    __m256i all = _mm256_set1_epi8(byte);

    return bits_of(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
}

AVX2_INLINE uint64_t bits_control(__m256i low, __m256i high)
{
    __m256i last = _mm256_set1_epi8(0x1f);

    return bits_of(_mm256_cmpeq_epi8(_mm256_min_epu8(low, last), low),
                   _mm256_cmpeq_epi8(_mm256_min_epu8(high, last), high));
}

/*
 * 0 where \X is an escape of one byte, by X: a bit for each high half that has
 * such letters (" and / 2, \ 5, b f n 6, r t 7), and which there are by the low
 * half.
 */
AVX2_INLINE __m256i not_escapes(__m256i bytes)
{
    const __m256i by_low = _mm256_setr_epi8(
        0, 0, 1 | 4 | 8, 0, 8, 0, 4, 0, 0, 0, 0, 0, 2, 0, 4, 1,
        0, 0, 1 | 4 | 8, 0, 8, 0, 4, 0, 0, 0, 0, 0, 2, 0, 4, 1);
    const __m256i by_high = _mm256_setr_epi8(
        0, 0, 1, 0, 0, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 1, 0, 0, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4),
                                    _mm256_set1_epi8(15));

    return _mm256_cmpeq_epi8(
        _mm256_and_si256(_mm256_shuffle_epi8(by_low, bytes),
                         _mm256_shuffle_epi8(by_high, high)),
        _mm256_setzero_si256());
}

#endif

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows - n-grams and words, hashed: the upper bits of a product (Fibonacci
 * hashing).  With AVX2 four n-grams at a time, in two or three instructions
 * each; otherwise in eight.
 */
#include "langid/rows.h"

#include "langid/features.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* The first 8 codes, the first one lowest, on any machine. */
static inline uint64_t codes_load(const uint8_t *codes)
{
    uint64_t word;

    memcpy(&word, codes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static const uint64_t golden = 0x9e3779b97f4a7c15u; /* Fibonacci hashing */

void rows_grams_portable(const uint8_t *codes, size_t count, uint64_t salt,
                         unsigned n, unsigned row_bits, uint32_t *rows)
{
    uint64_t mask = ((uint64_t)1 << 8 * n) - 1;

    for (size_t i = 0; i < count; i++)
        rows[i] = (uint32_t)(((codes_load(codes + i) & mask) | salt) * golden >>
                             (64 - row_bits));
}

#if defined(__x86_64__)
/*
 * Four n-grams in the low halves of four numbers, and what is beyond four codes
 * in the low halves of four more (a place of 255 makes a zero).  golden being
 * g << 32 | h, the lower 64 bits of (high << 32 | low) * golden are
 * low * h + ((low * g + high * h) << 32).
 */
__attribute__((target("avx2"))) static void
rows_grams_avx2(const uint8_t *codes, size_t count, uint64_t salt, unsigned n,
                unsigned row_bits, uint32_t *rows)
{
    const __m256i h = _mm256_set1_epi64x((int64_t)(golden & UINT32_MAX));
    const __m256i g = _mm256_set1_epi64x((int64_t)(golden >> 32));
    const __m256i salted = _mm256_set1_epi64x((int64_t)(salt * golden));
    const __m256i evens = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
    const __m128i down = _mm_cvtsi32_si128((int)(64 - row_bits));
    /* Bytes of each number, and which of the codes from i on they are. */
    const __m256i byte = _mm256_set1_epi64x(0x0706050403020100);
    const __m256i code = _mm256_add_epi8(
        byte, _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202,
                                 0x0303030303030303));
    const __m256i low_from = _mm256_or_si256(
        code, _mm256_cmpgt_epi8(byte, _mm256_set1_epi8(n < 4 ? (char)(n - 1)
                                                             : 3)));
    const __m256i high_from = _mm256_or_si256(
        _mm256_add_epi8(code, _mm256_set1_epi8(4)),
        _mm256_cmpgt_epi8(byte, _mm256_set1_epi8((char)(n - 5))));

    for (size_t i = 0; i < count; i += 4) {
        __m256i all = _mm256_broadcastsi128_si256(
            _mm_loadu_si128((const __m128i *)(const void *)(codes + i)));
        __m256i low = _mm256_shuffle_epi8(all, low_from);
        __m256i upper = _mm256_mul_epu32(low, g), hash;

        if (n > 4)
            upper = _mm256_add_epi64(
                upper,
                _mm256_mul_epu32(_mm256_shuffle_epi8(all, high_from), h));
        hash = _mm256_add_epi64(_mm256_mul_epu32(low, h),
                                _mm256_slli_epi64(upper, 32));
        hash = _mm256_srl_epi64(_mm256_add_epi64(hash, salted), down);
        _mm_storeu_si128((__m128i *)(void *)(rows + i),
                         _mm256_castsi256_si128(
                             _mm256_permutevar8x32_epi32(hash, evens)));
    }
}
#endif

rows_grams *rows_grams_best(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return rows_grams_avx2;
#endif
    return rows_grams_portable;
}

/* The row of each word whose letters begin after one of these positions. */
static size_t word_rows(const uint8_t *codes, size_t from, size_t end,
                        uint64_t salt, struct features_kind kind,
                        uint32_t *rows)
{
    size_t count = 0;

    for (size_t i = from; i < end; i++) {
        const uint8_t *letter = codes + i + 1;
        uint64_t hash = salt;

        if (!features_parts(codes[i]) || features_parts(*letter))
            continue;
        for (size_t k = 0; k < FEATURES_WORD_MAX && !features_parts(letter[k]);
             k++)
            hash = (hash ^ letter[k]) * golden;
        hash ^= hash >> 32;
        rows[count++] = ((uint32_t)1 << kind.row_bits) +
                        (uint32_t)(hash * golden >> (64 - kind.word_bits));
    }
    return count;
}

size_t features_rows(const uint8_t *codes, size_t len, unsigned script,
                     struct features_kind kind, size_t *at,
                     uint32_t rows[FEATURES_ROWS])
{
    uint64_t salt = (uint64_t)script << 56;
    rows_grams *grams = rows_grams_best();
    size_t kinds = kind.word_bits > 0, from = *at, count = 0, end;

    for (uint32_t left = kind.grams; left != 0; left &= left - 1)
        kinds++;
    end = from + (kinds > FEATURES_BLOCK / FEATURES_STRETCH
                      ? FEATURES_BLOCK / kinds : FEATURES_STRETCH);
    if (end > len)
        end = len;
    for (unsigned n = 2; n <= FEATURES_GRAM_MAX; n++) {
        size_t last = len < n ? 0 : len - n + 1; /* after the last n-gram */

        last = end < last ? end : last;
        if ((kind.grams >> n & 1) == 0 || last <= from)
            continue;
        grams(codes + from, last - from, salt | (uint64_t)n << 48, n,
              kind.row_bits, rows + count);
        count += last - from;
    }
    if (kind.word_bits > 0 && end > from)
        count += word_rows(codes, from, end, salt, kind, rows + count);
    *at = end;
    return count;
}

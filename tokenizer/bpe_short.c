/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe_short - the merges of a piece, one after the other, in registers nearly.
 */
#include "tokenizer/bpe_short.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum {
    PLACE_BITS = 5,
    PLACE = BPE_SHORT_MAX - 1,
    HALF = BPE_SHORT_MAX / 2
};

#define NO_MERGE UINT32_MAX
#define INLINE static inline __attribute__((always_inline))

struct piece {
    const struct ranked *ranked;
    uint32_t merges[BPE_SHORT_MAX] __attribute__((aligned(32)));
    uint32_t tokens[BPE_SHORT_MAX];
    uint32_t places;              /* a bit for each that holds a token */
};

INLINE uint32_t least_plain(const uint32_t *merges, size_t count)
{
    uint32_t least = merges[0];

    for (size_t i = 1; i < count; i++)
        least = merges[i] < least ? merges[i] : least;
    return least;
}

INLINE uint32_t candidate(uint32_t token, unsigned place)
{
    return token == RANKED_NONE ? NO_MERGE : token << PLACE_BITS | place;
}

INLINE void look_up(struct piece *p, unsigned place, unsigned next)
{
    p->merges[place] = candidate(
        ranked_merge(p->ranked, p->tokens[place], p->tokens[next]), place);
}

INLINE void begin(struct piece *p, struct slice bytes, size_t cap)
{
    const unsigned char *b = (const unsigned char *)bytes.ptr;

    for (size_t i = 0; i < cap; i++)
        p->merges[i] = NO_MERGE;
    for (size_t i = 0; i < bytes.len; i++)
        p->tokens[i] = b[i];
    for (size_t i = 0; i + 1 < bytes.len; i++)
        p->merges[i] = candidate(
            p->ranked->byte_pairs[(size_t)b[i] << 8 | b[i + 1]], (unsigned)i);
    p->places = (uint32_t)(((uint64_t)1 << bytes.len) - 1);
}

/* Make the merge, and look at the two neighbours that come of it. */
INLINE void merge(struct piece *p, uint32_t least)
{
    unsigned place = least & PLACE, next, after;
    uint32_t above = p->places & (uint32_t)(~(uint64_t)1 << place);
    uint32_t below = p->places & (((uint32_t)1 << place) - 1);

    next = (unsigned)__builtin_ctz(above);
    above &= above - 1;
    p->places &= ~((uint32_t)1 << next);
    p->tokens[place] = least >> PLACE_BITS;
    p->merges[place] = p->merges[next] = NO_MERGE;
    if (above) {
        after = (unsigned)__builtin_ctz(above);
        look_up(p, place, after);
    }
    if (below)
        look_up(p, 31 - (unsigned)__builtin_clz(below), place);
}

INLINE size_t finish(const struct piece *p, uint32_t *ids)
{
    size_t count = 0;

    for (uint32_t left = p->places; left; left &= left - 1)
        ids[count++] = p->ranked->ids[p->tokens[__builtin_ctz(left)]];
    return count;
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))

AVX2 INLINE uint32_t least_avx2(const uint32_t *merges, size_t count)
{
    __m256i least = _mm256_load_si256((const __m256i *)merges);
    __m128i four;

    for (size_t i = 8; i < count; i += 8)
        least = _mm256_min_epu32(
            least, _mm256_load_si256((const __m256i *)(merges + i)));
    four = _mm_min_epu32(_mm256_castsi256_si128(least),
                         _mm256_extracti128_si256(least, 1));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, 0x4e));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, 0xb1));
    return (uint32_t)_mm_cvtsi128_si32(four);
}

AVX2 static size_t short_avx2(const struct ranked *ranked, struct slice bytes,
                              uint32_t *ids)
{
    struct piece p;
    uint32_t least;

    p.ranked = ranked;
    if (bytes.len <= HALF) {
        begin(&p, bytes, HALF);
        while ((least = least_avx2(p.merges, HALF)) != NO_MERGE)
            merge(&p, least);
    } else {
        begin(&p, bytes, BPE_SHORT_MAX);
        while ((least = least_avx2(p.merges, BPE_SHORT_MAX)) != NO_MERGE)
            merge(&p, least);
    }
    return finish(&p, ids);
}

#endif

size_t bpe_short(const struct ranked *ranked, struct slice bytes,
                 uint32_t *ids)
{
    struct piece p;
    uint32_t least;

#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return short_avx2(ranked, bytes, ids);
#endif
    p.ranked = ranked;
    begin(&p, bytes, bytes.len);
    while ((least = least_plain(p.merges, bytes.len)) != NO_MERGE)
        merge(&p, least);
    return finish(&p, ids);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe_many - lanes, each with a piece; in each a merge in turn.
 *
 * As in bpe_short.c the candidates stand in an array, as what they make << 6 |
 * place, and the smallest is the next merge.  Nothing is asked that a processor
 * must guess: a token that is none stands before the first of a piece and after
 * its last, so that all have neighbours; and of the two buckets where a merge
 * may stand the smallest with the pair's bits of the hash is taken to be its.
 * Whether it was is seen a turn later, when the token's parts have been
 * fetched; if not (one piece in a hundred), bpe_short() does it again.
 */
#include "tokenizer/bpe_many.h"

#if defined(__x86_64__)

#include <immintrin.h>

enum {
    LANES = 8,
    FIRST = 8,                    /* where tokens begin: merges are aligned */
    HALF = BPE_MANY_MAX / 2,      /* bytes; few pieces are longer */
    BEFORE = FIRST - 1,           /* where a token stands that is none, */
    LAST = FIRST + BPE_MANY_MAX + 1, /* and another, besides that at the end */
    PLACE_BITS = 6, PLACE = (1 << PLACE_BITS) - 1
};

#define NO_MERGE UINT32_MAX
#define ONE ((uint64_t)1)
#define AVX2 __attribute__((target("avx2,bmi,popcnt")))
#define INLINE AVX2 static inline __attribute__((always_inline))

struct lane {
    uint32_t merges[LAST + 1] __attribute__((aligned(32)));
    uint32_t tokens[LAST + 1];
    uint64_t places;            /* a bit for each that holds a token, or none */
    uint32_t place, left;       /* whose merges are being fetched */
    struct ranked_place of_place, of_left;
    uint32_t made, made_left, made_right; /* the last merge, if it is one */
    bool is_wrong;              /* it was not */
    struct bpe_job *job;
};

/*
 * What a pair may make, << 5 | place, or NO_MERGE; all four are the same.  The
 * smallest is taken of what has the pair's bits of the hash; anything else has
 * others left over them, and a free one is RANKED_NONE at least.
 */
INLINE __m128i candidate(struct ranked_place at, uint32_t place)
{
    __m128i tag = _mm_set1_epi32((int)at.tag);
    __m128i none = _mm_set1_epi32(RANKED_NONE), least;

    least = _mm_min_epu32(
        _mm_xor_si128(_mm_load_si128((const __m128i *)at.one), tag),
        _mm_xor_si128(_mm_load_si128((const __m128i *)at.two), tag));
    least = _mm_min_epu32(least, _mm_shuffle_epi32(least, 0x4e));
    least = _mm_min_epu32(least, _mm_shuffle_epi32(least, 0xb1));
    none = _mm_cmpeq_epi32(_mm_max_epu32(least, none), least);
    least = _mm_or_si128(_mm_slli_epi32(least, PLACE_BITS),
                         _mm_set1_epi32((int)place));
    return _mm_or_si128(least, none);
}

INLINE void fetch(struct ranked_place place)
{
    __builtin_prefetch(place.one);
    __builtin_prefetch(place.two);
}

/* Eight bytes, and the merges of each with the one behind it. */
INLINE void begin_eight(const struct ranked *r, struct lane *lane,
                        uint64_t bytes, uint64_t behind, uint32_t at)
{
    const __m256i step = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    __m256i low = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)bytes));
    __m256i high = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)behind));
    __m256i place = _mm256_add_epi32(step, _mm256_set1_epi32((int)at));
    __m256i made = _mm256_i32gather_epi32(
        (const int *)r->byte_pairs,
        _mm256_or_si256(_mm256_slli_epi32(low, 8), high), 4);
    __m256i last = _mm256_set1_epi32(
        (int)(FIRST + (uint32_t)lane->job->piece.len - 2));
    __m256i none = _mm256_or_si256(
        _mm256_cmpeq_epi32(made, _mm256_set1_epi32(RANKED_NONE)),
        _mm256_cmpgt_epi32(place, last));

    made = _mm256_or_si256(_mm256_slli_epi32(made, PLACE_BITS), place);
    _mm256_store_si256((__m256i *)(lane->merges + at),
                       _mm256_or_si256(made, none));
    _mm256_storeu_si256((__m256i *)(lane->tokens + at), low);
}

INLINE void begin(const struct ranked *r, struct lane *lane,
                  struct bpe_job *job, const struct ranked_place *none)
{
    uint32_t end = FIRST + (uint32_t)job->piece.len;
    uint64_t low = job->bytes[0], high = job->bytes[1];
    uint64_t third = job->bytes[2], fourth = job->bytes[3];

    lane->job = job;
    begin_eight(r, lane, low, low >> 8 | high << 56, FIRST);
    begin_eight(r, lane, high, high >> 8 | third << 56, FIRST + 8);
    if (job->piece.len > HALF) {
        begin_eight(r, lane, third, third >> 8 | fourth << 56, FIRST + 16);
        begin_eight(r, lane, fourth, fourth >> 8, FIRST + 24);
    }
    lane->tokens[BEFORE] = lane->tokens[end] = lane->tokens[LAST] = RANKED_NONE;
    lane->places = (ONE << end << 1) - (ONE << BEFORE);
    lane->places |= ONE << LAST;
    lane->place = lane->left = BEFORE;
    lane->made = 0;
    lane->made_left = lane->made_right = RANKED_NONE; /* as of any byte */
    lane->of_place = lane->of_left = *none;
}

INLINE __m256i put_in(__m256i merges, __m256i places, uint32_t place,
                      __m128i merge)
{
    return _mm256_blendv_epi8(
        merges, _mm256_broadcastd_epi32(merge),
        _mm256_cmpeq_epi32(places, _mm256_set1_epi32((int)place)));
}

/*
 * The next merge, when what was fetched is there.  It is put into registers,
 * too, for what was stored just now in parts cannot be loaded as a whole.
 */
INLINE __m256i merges_at(const struct lane *lane, uint32_t at,
                         __m128i of_place, __m128i of_left)
{
    const __m256i step = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    __m256i places = _mm256_add_epi32(step, _mm256_set1_epi32((int)at));
    __m256i merges = _mm256_load_si256((const __m256i *)(lane->merges + at));

    merges = put_in(merges, places, lane->place, of_place);
    return put_in(merges, places, lane->left, of_left);
}

INLINE uint32_t least_of(struct lane *lane)
{
    __m128i of_place = candidate(lane->of_place, lane->place);
    __m128i of_left = candidate(lane->of_left, lane->left), four;
    __m256i least = _mm256_min_epu32(
        merges_at(lane, FIRST, of_place, of_left),
        merges_at(lane, FIRST + 8, of_place, of_left));

    if (lane->job->piece.len > HALF)
        least = _mm256_min_epu32(
            least, _mm256_min_epu32(
                       merges_at(lane, FIRST + 16, of_place, of_left),
                       merges_at(lane, FIRST + 24, of_place, of_left)));
    lane->merges[lane->place] = (uint32_t)_mm_cvtsi128_si32(of_place);
    lane->merges[lane->left] = (uint32_t)_mm_cvtsi128_si32(of_left);
    four = _mm_min_epu32(_mm256_castsi256_si128(least),
                         _mm256_extracti128_si256(least, 1));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, 0x4e));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, 0xb1));
    return (uint32_t)_mm_cvtsi128_si32(four);
}

/* Make the merge at `place` with `next`, and fetch those that come of it. */
INLINE void merge(const struct ranked *r, struct lane *lane, uint32_t least)
{
    uint32_t token = least >> PLACE_BITS, place = least & PLACE;
    uint64_t above = lane->places & ~ONE << place;
    uint64_t below = lane->places & ((ONE << place) - 1);
    size_t next = _tzcnt_u64(above), after = _tzcnt_u64(above & (above - 1));

    lane->places &= ~(ONE << next);
    lane->made = token;
    lane->made_left = lane->tokens[place];
    lane->made_right = lane->tokens[next];
    lane->tokens[place] = token;
    __builtin_prefetch(&r->tokens[token]);
    lane->merges[next] = NO_MERGE;
    lane->place = place;
    lane->left = 63 - (uint32_t)__builtin_clzll(below);
    lane->of_place = ranked_place(r, token, lane->tokens[after]);
    lane->of_left = ranked_place(r, lane->tokens[lane->left], token);
    fetch(lane->of_place);
    fetch(lane->of_left);
}

/* One merge; false when there is none. */
INLINE bool step(const struct ranked *r, struct lane *lane)
{
    uint32_t least = least_of(lane);

    lane->is_wrong = !ranked_makes(r, lane->made_left, lane->made_right,
                                   lane->made);
    if (least == NO_MERGE || lane->is_wrong)
        return false;
    merge(r, lane, least);
    return true;
}

INLINE void finish(const struct ranked *r, struct lane *lane)
{
    enum { FEW = 4 };
    struct bpe_job *job = lane->job;
    uint32_t end = FIRST + (uint32_t)job->piece.len;
    uint64_t left = lane->places & ((ONE << end) - (ONE << FIRST));
    size_t count = 0;

    if (lane->is_wrong) {
        job->count = bpe_short(r, job->piece, job->ids);
        return;
    }
    job->count = (size_t)__builtin_popcountll(left);
    lane->tokens[LAST] = 0;
    for (; count < FEW; left &= left - 1)
        job->ids[count++] =
            r->tokens[lane->tokens[_tzcnt_u64(left | ONE << LAST)]].id;
    for (; left; left &= left - 1)
        job->ids[count++] = r->tokens[lane->tokens[_tzcnt_u64(left)]].id;
}

/* A lane that has no more to merge takes the next piece. */
AVX2 static void many_avx2(const struct ranked *ranked, struct bpe_job *jobs,
                           size_t count)
{
    struct ranked r = *ranked; /* in registers: no store can change it */
    struct ranked_place none = ranked_place(&r, RANKED_NONE, RANKED_NONE);
    struct lane lanes[LANES], *order[LANES];
    size_t used = 0, next = 0;

    for (; used < LANES && next < count; used++) {
        order[used] = &lanes[used];
        begin(&r, order[used], &jobs[next++], &none);
    }
    while (used > 0)
        for (size_t i = 0; i < used; i++) {
            if (step(&r, order[i]))
                continue;
            finish(&r, order[i]);
            if (next < count)
                begin(&r, order[i], &jobs[next++], &none);
            else
                order[i] = order[--used];
        }
}

#endif

void bpe_many(const struct ranked *ranked, struct bpe_job *jobs, size_t count)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("popcnt")) {
        many_avx2(ranked, jobs, count);
        return;
    }
#endif
    for (size_t i = 0; i < count; i++)
        jobs[i].count = bpe_short(ranked, jobs[i].piece, jobs[i].ids);
}

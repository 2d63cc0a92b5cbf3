/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe_many - lanes, each with a piece; in each a merge in turn.
 *
 * All begin together and are left by those that are at their end.  Whether one
 * is there decides no branch, for it could not be guessed, and with the guess
 * all would be lost that had been begun in the lanes behind: there is a last
 * turn, in which nothing is merged with nothing where no token ever stands.
 *
 * As in bpe_short.c the candidates stand in an array, as what they make << 6 |
 * place, and the smallest is the next merge.  Nothing is asked that a processor
 * must guess: a token that is none stands before the first of a piece and after
 * its last, so that all have neighbours.
 *
 * A merge leaves no candidate in the array at its own place and the one to the
 * left; theirs come when the piece has its next turn, and are compared outside
 * of it.  What has just been stored in parts could not be loaded as a whole.
 */
#include "tokenizer/bpe_many.h"

#if defined(__x86_64__)

#include <immintrin.h>

enum {
    LANES = 32,
    FIRST = 8,                    /* where tokens begin: merges are aligned */
    HALF = BPE_MANY_MAX / 2,      /* bytes; few pieces are longer */
    BEFORE = FIRST - 1,           /* where a token stands that is none, */
    LAST = FIRST + BPE_MANY_MAX + 1, /* and another, besides that at the end */
    PLACE_BITS = 6, PLACE = (1 << PLACE_BITS) - 1,
    NOWHERE = PLACE + 1,          /* behind all places */
    PLACES = NOWHERE + 1
};

#define NO_MERGE UINT32_MAX
#define ONE ((uint64_t)1)
#define HIGH ((uint64_t)UINT32_MAX << 32)
#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define INLINE AVX2 static inline __attribute__((always_inline))

struct lane {
    uint32_t merges[PLACES] __attribute__((aligned(32)));
    uint32_t tokens[PLACES];
    uint64_t places;            /* a bit for each that holds a token, or none */
    const uint64_t *slots[2];   /* being fetched: the last merge, to its left */
    uint64_t pairs[2] __attribute__((aligned(16)));
    uint64_t at[2] __attribute__((aligned(16))); /* places; HIGH */
    bool is_long;
    struct bpe_job *job;
};

/*
 * What the two pairs make, << PLACE_BITS | place, or NO_MERGE: the first and
 * the third of four.
 */
INLINE __m128i candidates(const struct lane *lane)
{
    __m128i made = _mm_xor_si128(
        _mm_set_epi64x((long long)*lane->slots[1], (long long)*lane->slots[0]),
        _mm_load_si128((const __m128i *)lane->pairs));
    __m128i is_theirs = _mm_cmpeq_epi64(
        _mm_slli_epi64(made, 64 - 2 * MERGE_BITS), _mm_setzero_si128());
    __m128i both = _mm_or_si128(
        _mm_srli_epi64(made, 2 * MERGE_BITS - PLACE_BITS),
        _mm_load_si128((const __m128i *)lane->at));

    return _mm_blendv_epi8(_mm_set1_epi32(-1), both, is_theirs);
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
                  struct bpe_job *job, struct merge_place none)
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
    lane->tokens[BEFORE] = lane->tokens[end] = RANKED_NONE;
    lane->tokens[LAST] = lane->tokens[NOWHERE] = RANKED_NONE;
    lane->places = (ONE << end << 1) - (ONE << BEFORE);
    lane->places |= ONE << LAST;
    lane->at[0] = lane->at[1] = HIGH | BEFORE;
    lane->slots[0] = lane->slots[1] = none.slot;
    lane->pairs[0] = lane->pairs[1] = none.pair;
    lane->is_long = job->piece.len > HALF;
}

INLINE __m256i merges_at(const struct lane *lane, uint32_t at)
{
    return _mm256_load_si256((const __m256i *)(lane->merges + at));
}

INLINE __m128i least_in(const struct lane *lane)
{
    __m256i least = _mm256_min_epu32(merges_at(lane, FIRST),
                                     merges_at(lane, FIRST + 8));

    if (lane->is_long)
        least = _mm256_min_epu32(
            least, _mm256_min_epu32(merges_at(lane, FIRST + 16),
                                    merges_at(lane, FIRST + 24)));
    return _mm_min_epu32(_mm256_castsi256_si128(least),
                         _mm256_extracti128_si256(least, 1));
}

/* The next merge, when what was fetched is there. */
INLINE uint32_t least_of(struct lane *lane)
{
    __m128i two = candidates(lane), four = _mm_min_epu32(least_in(lane), two);

    lane->merges[(uint32_t)lane->at[0]] = (uint32_t)_mm_cvtsi128_si32(two);
    lane->merges[(uint32_t)lane->at[1]] = (uint32_t)_mm_extract_epi32(two, 2);
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, 0x4e));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, 0xb1));
    return (uint32_t)_mm_cvtsi128_si32(four);
}

INLINE void look_up(const struct ranked *r, struct lane *lane, int which,
                    uint32_t left, uint32_t right)
{
    struct merge_place place = merge_place(&r->merges, left, right);

    lane->slots[which] = place.slot;
    lane->pairs[which] = place.pair;
    __builtin_prefetch(place.slot);
}

/*
 * Make the merge at `place` with `next`, and fetch those that come of it.  Of
 * NO_MERGE the place is PLACE, and what is next is NOWHERE.
 */
INLINE void merge(const struct ranked *r, struct lane *lane, uint32_t least)
{
    uint32_t token = least >> PLACE_BITS, place = least & PLACE, left;
    uint64_t above = lane->places & ~ONE << place;
    uint64_t below = lane->places & ((ONE << place) - 1);
    size_t next = _tzcnt_u64(above), after = _tzcnt_u64(above & (above - 1));

    left = 63 - (uint32_t)__builtin_clzll(below);
    lane->places &= ~(above & -above);
    lane->tokens[place] = token;
    lane->merges[place] = lane->merges[next] = lane->merges[left] = NO_MERGE;
    lane->at[0] = HIGH | place;
    lane->at[1] = HIGH | left;
    look_up(r, lane, 0, token, lane->tokens[after]);
    look_up(r, lane, 1, lane->tokens[left], token);
}

INLINE void finish(const struct ranked *r, struct lane *lane)
{
    enum { FEW = 4 };
    struct bpe_job *job = lane->job;
    uint32_t end = FIRST + (uint32_t)job->piece.len;
    uint64_t left = lane->places & ((ONE << end) - (ONE << FIRST));
    size_t count = 0;

    job->count = (size_t)__builtin_popcountll(left);
    lane->tokens[LAST] = 0;
    for (; count < FEW; left &= left - 1)
        job->ids[count++] =
            r->ids[lane->tokens[_tzcnt_u64(left | ONE << LAST)]];
    for (; left; left &= left - 1)
        job->ids[count++] = r->ids[lane->tokens[_tzcnt_u64(left)]];
}

/* A turn for each lane; returns how many are left, which come first then. */
INLINE size_t turn(const struct ranked *r, struct lane **order, size_t count)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++) {
        struct lane *lane = order[i];
        uint32_t least = least_of(lane);

        merge(r, lane, least);
        order[left] = lane;
        left += least != NO_MERGE;
    }
    return left;
}

AVX2 static void many_avx2(const struct ranked *ranked, struct bpe_job *jobs,
                           size_t count)
{
    struct ranked r = *ranked; /* in registers: no store can change it */
    struct merge_place none = merge_place(&r.merges, RANKED_NONE, RANKED_NONE);
    struct lane lanes[LANES], *order[LANES];

    for (size_t from = 0, used; from < count; from += used) {
        used = count - from < LANES ? count - from : LANES;
        for (size_t i = 0; i < used; i++) {
            order[i] = &lanes[i];
            begin(&r, &lanes[i], &jobs[from + i], none);
        }
        for (size_t left = used; left > 0;)
            left = turn(&r, order, left);
        for (size_t i = 0; i < used; i++)
            finish(&r, &lanes[i]);
    }
}

#endif

void bpe_many(const struct ranked *ranked, struct bpe_job *jobs, size_t count)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")) {
        many_avx2(ranked, jobs, count);
        return;
    }
#endif
    for (size_t i = 0; i < count; i++)
        jobs[i].count = bpe_short(ranked, jobs[i].piece, jobs[i].ids);
}

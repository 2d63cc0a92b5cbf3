/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache_key - the bytes of a piece as two words, and the line for their hash.
 *
 * Lines are fetched when all keys are there, by a loop of its own: each waits
 * for its page to be found, and that for more of them at once than there are
 * keys in what a processor looks ahead.
 */
#include "tokenizer/cache_key.h"

#include <stdbool.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum {
    SHORT = CACHE_SHORT_MAX, MIDDLE = CACHE_MIDDLE_MAX, WIDE = CACHE_WIDE_MAX,
    LINE_BITS = 6,           /* of the bytes of a line */
    TURN = 29                /* what the high word is turned by */
};

#define ALL UINT64_MAX
#define FIRST_FACTOR 0xff51afd7ed558ccdu
#define SECOND_FACTOR 0x9e3779b97f4a7c15u

const uint64_t cache_key_none[CACHE_WORDS + 1];

static inline const uint64_t *line_of(const struct cache_lines *lines,
                                      size_t kind, uint64_t low, uint64_t high)
{
    uint64_t hash = (low ^ (high << TURN | high >> (64 - TURN)) *
                               FIRST_FACTOR) * SECOND_FACTOR;

    return lines->first[kind] + (hash >> lines->shifts[kind]) * CACHE_WORDS;
}

/* Of 1 to 16 bytes; as many may be read. */
static inline struct cache_key key_of(const struct cache_lines *lines,
                                      const char *bytes, size_t len)
{
    /* What `len` bytes leave of the first eight and of the others. */
    static const uint64_t low[MIDDLE + 1] = {
        0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff,
        0xffffffffffffff, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL
    };
    static const uint64_t high[MIDDLE + 1] = {
        [9] = 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff,
        0xffffffffffffff, ALL
    };
    struct cache_key key = { .kind = len > SHORT };

    key.low = slice_word(bytes) & low[len];
    key.high = slice_word(bytes + 8) & high[len];
    key.line = line_of(lines, key.kind, key.low, key.high);
    if (key.kind == CACHE_SHORT)
        key.high = key.low;
    return key;
}

/* Of 17 to 32 bytes: where they would be. */
static inline struct cache_key wide_key(const struct cache_lines *lines,
                                        struct slice piece)
{
    const char *begin = piece.ptr, *end = piece.ptr + piece.len;
    uint64_t low = slice_word(begin) ^
                   slice_word(end - 16) * 0xbf58476d1ce4e5b9u;
    uint64_t high = slice_word(begin + 8) ^
                    slice_word(end - 8) * 0x94d049bb133111ebu;

    return (struct cache_key){
        low, high, line_of(lines, CACHE_WIDE, low, high ^ high >> 32),
        CACHE_WIDE
    };
}

struct cache_key cache_key_of(const struct cache_lines *lines,
                              struct slice piece)
{
    char bytes[MIDDLE] = { 0 };

    /* A zero at its end would be none of a key's bytes. */
    if (piece.len > WIDE || piece.ptr[piece.len - 1] == '\0')
        return (struct cache_key){ 0, 0, cache_key_none, CACHE_WIDE };
    if (piece.len > MIDDLE)
        return wide_key(lines, piece);
    memcpy(bytes, piece.ptr, piece.len);
    return key_of(lines, bytes, piece.len);
}

/* Of pieces behind whose beginnings 16 bytes may be read. */
static inline __attribute__((always_inline)) void
keys_of(const struct cache_lines *lines, const char *at, const char *text,
        const size_t *ends, size_t count, struct cache_key *keys)
{
    for (const size_t *last = ends + count; ends < last; ends++, keys++) {
        const char *end = text + *ends;
        struct slice piece = { at, (size_t)(end - at) };

        *keys = piece.len <= MIDDLE && end[-1] != '\0'
                    ? key_of(lines, piece.ptr, piece.len)
                    : cache_key_of(lines, piece);
        at = end;
    }
}

#if defined(__x86_64__)

enum { EIGHT = 8 };

#define AVX512 __attribute__((target("avx512f,avx512dq,bmi,bmi2")))
#define AVX512_INLINE AVX512 static inline __attribute__((always_inline))

/* Shifts by a register, as all processors with AVX2 have them. */
__attribute__((target("bmi2"))) static void
keys_bmi2(const struct cache_lines *lines, const char *at, const char *text,
          const size_t *ends, size_t count, struct cache_key *keys)
{
    keys_of(lines, at, text, ends, count, keys);
}

AVX512_INLINE __m512i same(uint64_t word)
{
    return _mm512_set1_epi64((long long)word);
}

/* The words at eight places. */
AVX512_INLINE __m512i words_at(const char *bytes, const size_t *at)
{
    return _mm512_set_epi64((long long)slice_word(bytes + at[7]),
                            (long long)slice_word(bytes + at[6]),
                            (long long)slice_word(bytes + at[5]),
                            (long long)slice_word(bytes + at[4]),
                            (long long)slice_word(bytes + at[3]),
                            (long long)slice_word(bytes + at[2]),
                            (long long)slice_word(bytes + at[1]),
                            (long long)slice_word(bytes + at[0]));
}

/* Without what is above so many bits; of 64 or more there is nothing. */
AVX512_INLINE __m512i lowest(__m512i words, __m512i bits)
{
    return _mm512_andnot_si512(_mm512_sllv_epi64(same(ALL), bits), words);
}

_Static_assert(sizeof(struct cache_key) == 4 * sizeof(uint64_t) &&
                   offsetof(struct cache_key, line) == 16 &&
                   offsetof(struct cache_key, kind) == 24,
               "put_eight() knows how a key lies");

/* Four vectors of eight as eight keys. */
AVX512_INLINE void put_eight(struct cache_key *keys, __m512i low, __m512i high,
                             __m512i line, __m512i kind)
{
    /* Of keys 0 2 4 6, then of 1 3 5 7. */
    __m512i even = _mm512_unpacklo_epi64(low, high);
    __m512i even_line = _mm512_unpacklo_epi64(line, kind);
    __m512i odd = _mm512_unpackhi_epi64(low, high);
    __m512i odd_line = _mm512_unpackhi_epi64(line, kind);
    /* Of keys 0 2, 1 3, 4 6, 5 7. */
    __m512i a = _mm512_shuffle_i64x2(even, even_line, 0x44);
    __m512i b = _mm512_shuffle_i64x2(odd, odd_line, 0x44);
    __m512i c = _mm512_shuffle_i64x2(even, even_line, 0xee);
    __m512i d = _mm512_shuffle_i64x2(odd, odd_line, 0xee);

    _mm512_storeu_si512(keys, _mm512_shuffle_i64x2(a, b, 0x88));
    _mm512_storeu_si512(keys + 2, _mm512_shuffle_i64x2(a, b, 0xdd));
    _mm512_storeu_si512(keys + 4, _mm512_shuffle_i64x2(c, d, 0x88));
    _mm512_storeu_si512(keys + 6, _mm512_shuffle_i64x2(c, d, 0xdd));
}

/* As key_of(), eight at once; a bit for each that must go another way. */
AVX512_INLINE unsigned eight_keys(const struct cache_lines *lines,
                                  const char *text, const size_t *starts,
                                  struct cache_key *keys)
{
    __m512i begins = _mm512_loadu_si512(starts);
    __m512i ends = _mm512_loadu_si512(starts + 1);
    __m512i bits = _mm512_slli_epi64(_mm512_sub_epi64(ends, begins), 3);
    __m512i above = _mm512_max_epi64(_mm512_sub_epi64(bits, same(8 * SHORT)),
                                     same(0));
    __mmask8 is_middle = _mm512_cmpgt_epi64_mask(bits, same(8 * SHORT));
    __m512i low = lowest(words_at(text, starts), bits);
    __m512i high = lowest(words_at(text + 8, starts), above);
    __m512i hash = _mm512_mullo_epi64(_mm512_rol_epi64(high, TURN),
                                      same(FIRST_FACTOR));
    __m512i shift = _mm512_mask_blend_epi64(
        is_middle, same(lines->shifts[CACHE_SHORT]),
        same(lines->shifts[CACHE_MIDDLE]));
    __m512i first = _mm512_mask_blend_epi64(
        is_middle, same((uintptr_t)lines->first[CACHE_SHORT]),
        same((uintptr_t)lines->first[CACHE_MIDDLE]));
    __m512i last_byte;

    hash = _mm512_mullo_epi64(_mm512_xor_si512(hash, low),
                              same(SECOND_FACTOR));
    hash = _mm512_slli_epi64(_mm512_srlv_epi64(hash, shift), LINE_BITS);
    high = _mm512_mask_mov_epi64(low, is_middle, high);
    put_eight(keys, low, high, _mm512_add_epi64(first, hash),
              _mm512_maskz_set1_epi64(is_middle, CACHE_MIDDLE));
    last_byte = _mm512_srlv_epi64(
        high, _mm512_and_si512(_mm512_sub_epi64(bits, same(8)), same(56)));
    return _mm512_cmpgt_epi64_mask(bits, same(8 * MIDDLE)) |
           _mm512_testn_epi64_mask(last_byte, same(0xff));
}

/* Of `count` pieces, eight or more, between starts[0] and starts[count]. */
AVX512 static void keys_avx512(const struct cache_lines *lines,
                               const char *text, const size_t *starts,
                               size_t count, struct cache_key *keys)
{
    const struct cache_lines own = *lines; /* in registers */

    for (size_t i = 0; i < count; i += EIGHT) {
        unsigned others;

        /* The last eight overlap with those before them. */
        i = i + EIGHT > count ? count - EIGHT : i;
        others = eight_keys(&own, text, starts + i, keys + i);
        for (; others; others &= others - 1) {
            size_t at = i + _tzcnt_u32(others);

            keys[at] = cache_key_of(
                lines, slice_make(text + starts[at],
                                  starts[at + 1] - starts[at]));
        }
    }
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

#endif

/* As keys_of(). */
static void keys_fast(const struct cache_lines *lines, const char *text,
                      size_t at, const size_t *ends, size_t count,
                      struct cache_key *keys)
{
#if defined(__x86_64__)
    if (has_avx512() && count > EIGHT) {
        keys_of(lines, text + at, text, ends, 1, keys);
        keys_avx512(lines, text, ends, count - 1, keys + 1);
        return;
    }
    if (__builtin_cpu_supports("bmi2")) {
        keys_bmi2(lines, text + at, text, ends, count, keys);
        return;
    }
#endif
    keys_of(lines, text + at, text, ends, count, keys);
}

void cache_key_many(const struct cache_lines *lines, struct slice text,
                    size_t at, const size_t *ends, size_t count,
                    struct cache_key *keys)
{
    size_t safe = count;

    while (safe > 0 && text.len - (safe > 1 ? ends[safe - 2] : at) < MIDDLE)
        safe--;
    keys_fast(lines, text.ptr, at, ends, safe, keys);
    for (size_t i = safe; i < count; i++) {
        size_t begin = i > 0 ? ends[i - 1] : at;

        keys[i] = cache_key_of(lines, slice_make(text.ptr + begin,
                                                 ends[i] - begin));
    }
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(keys[i].line);
}

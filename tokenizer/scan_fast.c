/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_fast - the patterns with AVX2: words are found 64 bytes at a time.
 *
 * A window of up to 1 kB is classed into bit masks, one bit a byte: which bytes
 * are of words, where a space or a mark of punctuation stands that is followed
 * as most are.  The ends of the words in between are then read off the masks.
 * What the masks do not say (numbers, line ends, runs of punctuation, scripts
 * of three bytes a character, apostrophes) is cut by scan_piece.h, one piece,
 * and the masks take over again.
 *
 *     text     Es war, so 1
 *     word     ##.###..##..       `good`: a space before a word; punctuation
 *     good     ..#...##....       before such a space
 *                        ^ the first end not good: the masks stop
 *
 * From a start that is good or in a word up to there, every byte outside words
 * ends a piece and begins the next one.  A `stop` (a script that the tables do
 * not have; for o200k and eu an apostrophe) may belong to the piece before it,
 * which then is cut by scan_piece.h.
 *
 * Two bytes a character: a bit per code point in rows of 16 bytes, each looked
 * up by a shuffle (scan_table.h).
 *
 * Cost: on text of 24 languages 575 to 730 MB/s a core, 1.8 to 2.2 times
 * scan.c; on Cyrillic 760 to 1160 (tests/bench/pretokenize.c).
 */
#include "tokenizer/scan.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "tokenizer/scan_eu.h"
#include "tokenizer/scan_piece.h"
#include "tokenizer/scan_table.h"

#define AVX2 __attribute__((target("avx2,bmi")))
#define AVX2_INLINE AVX2 INLINE

/* What is a word, and what must be left to scan_piece.h? */
enum kind {
    LETTERS, /* \p{L}+; gpt2, llama3, qwen2 */
    CASED,   /* o200k: capitals, then small letters; all else stops */
    MARKED   /* eu: [\p{L}\p{M}]+; apostrophes stop */
};

enum { BLOCKS = 16, BLOCK = 64, SEEN = BLOCK + 2 /* bytes read for one */ };

struct window {
    size_t base, len; /* bytes of the text that the masks are of */
    uint64_t word[BLOCKS];
    uint64_t good[BLOCKS]; /* ends a piece, and what follows is known */
    uint64_t stop[BLOCKS]; /* the piece that comes upon it is not known */
};

/* One bit of the block before: is its last byte the lead of ...? */
struct carry {
    uint64_t word, capital, small;
    uint64_t is_small; /* ... the last byte is of a small letter */
};

AVX2_INLINE uint64_t bits_of(__m256i low, __m256i high)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

AVX2_INLINE __m256i row_of(const uint8_t row[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)row));
}

/* 0xff where the byte, without sign, is at least `least`. */
AVX2_INLINE __m256i is_at_least(__m256i bytes, uint8_t least)
{
    __m256i bound = _mm256_set1_epi8((char)least);

    return _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, bound), bytes);
}

/* ASCII: bits 0 and 1 say letter, bits 2 to 5 punctuation but "'". */
AVX2_INLINE __m256i ascii_classes(__m256i bytes)
{
    /* By the low half of a byte, and by the high half. */
    const __m256i low = _mm256_setr_epi8(
        0x12, 7, 7, 7, 7, 7, 7, 3, 7, 7, 15, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x12,
        7, 7, 7, 7, 7, 7, 3, 7, 7, 15, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d);
    const __m256i high = _mm256_setr_epi8(
        0, 0, 4, 8, 0x11, 0x22, 0x11, 0x22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8,
        0x11, 0x22, 0x11, 0x22, 0, 0, 0, 0, 0, 0, 0, 0);
    __m256i half = _mm256_and_si256(_mm256_srli_epi16(bytes, 4),
                                    _mm256_set1_epi8(15));

    return _mm256_and_si256(_mm256_shuffle_epi8(low, bytes),
                            _mm256_shuffle_epi8(high, half));
}

/* Which characters of two bytes are in a table: 0xff at their first byte. */
AVX2_INLINE __m256i looked_up(const uint8_t table[SCAN_ROWS][16],
                              __m256i bytes, __m256i next)
{
    const __m256i bit_of = _mm256_setr_epi8(
        1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16,
        32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    __m256i seven = _mm256_set1_epi8(7), found = _mm256_setzero_si256();
    __m256i is_pair = _mm256_and_si256(
        _mm256_cmpeq_epi8(_mm256_and_si256(bytes, _mm256_set1_epi8((char)0xe0)),
                          _mm256_set1_epi8((char)0xc0)),
        _mm256_cmpeq_epi8(_mm256_and_si256(next, _mm256_set1_epi8((char)0xc0)),
                          _mm256_set1_epi8((char)0x80)));
    __m256i index = _mm256_or_si256(
        _mm256_slli_epi16(_mm256_and_si256(bytes, _mm256_set1_epi8(31)), 3),
        _mm256_and_si256(_mm256_srli_epi16(next, 3), seven));
    __m256i bit = _mm256_shuffle_epi8(bit_of, _mm256_and_si256(next, seven));

    for (int row = 0; row < SCAN_ROWS; row++) {
        /* Below 16 in its own row; the sum has the high bit in others. */
        __m256i in_row = _mm256_xor_si256(
            index, _mm256_set1_epi8((char)((row + SCAN_ROW_FIRST) << 4)));

        in_row = _mm256_adds_epu8(in_row, _mm256_set1_epi8(0x70));
        found = _mm256_or_si256(
            found, _mm256_shuffle_epi8(row_of(table[row]), in_row));
    }
    found = _mm256_cmpeq_epi8(_mm256_and_si256(found, bit), bit);
    return _mm256_and_si256(found, is_pair);
}

/* The bytes of characters whose first bytes these are. */
AVX2_INLINE uint64_t both_bytes(uint64_t leads, uint64_t *carry)
{
    uint64_t both = leads | leads << 1 | *carry;

    *carry = leads >> 63;
    return both;
}

/* Bytes of longer characters, and of those that the tables have not. */
AVX2_INLINE __m256i is_unknown(__m256i bytes, __m256i next, __m256i third,
                               enum kind kind)
{
    /* U+2000 to U+203F are no letters, numbers or marks. */
    __m256i known = _mm256_and_si256(
        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)0xe2)),
        _mm256_cmpeq_epi8(next, _mm256_set1_epi8((char)0x80)));
    __m256i unknown = is_at_least(bytes, 0xc0 + 2 * (SCAN_ROW_FIRST +
                                                     SCAN_ROWS));

    if (kind == MARKED) /* but one is an apostrophe */
        known = _mm256_andnot_si256(
            _mm256_cmpeq_epi8(third, _mm256_set1_epi8((char)0x99)), known);
    return _mm256_andnot_si256(known, unknown);
}

AVX2_INLINE __m256i load(const unsigned char *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

AVX2_INLINE uint64_t look_up(const uint8_t table[SCAN_ROWS][16],
                             const unsigned char *p)
{
    return bits_of(looked_up(table, load(p), load(p + 1)),
                   looked_up(table, load(p + 32), load(p + 33)));
}

/* U+02BC, which eu takes for an apostrophe. */
AVX2_INLINE uint64_t modifiers(const unsigned char *p)
{
    __m256i lead = _mm256_set1_epi8((char)0xca);
    __m256i tail = _mm256_set1_epi8((char)0xbc);

    return bits_of(
        _mm256_and_si256(_mm256_cmpeq_epi8(load(p), lead),
                         _mm256_cmpeq_epi8(load(p + 1), tail)),
        _mm256_and_si256(_mm256_cmpeq_epi8(load(p + 32), lead),
                         _mm256_cmpeq_epi8(load(p + 33), tail)));
}

/* Words and stops of a block that is not all ASCII. */
AVX2_INLINE void class_wide(const unsigned char *p, enum kind kind,
                            struct carry *carry, uint64_t *word,
                            uint64_t *stop, uint64_t *capital,
                            uint64_t *small)
{
    *stop |= bits_of(
        is_unknown(load(p), load(p + 1), load(p + 2), kind),
        is_unknown(load(p + 32), load(p + 33), load(p + 34), kind));
    if (kind == LETTERS) {
        *word |= both_bytes(look_up(scan_letters, p), &carry->word);
    } else if (kind == MARKED) {
        uint64_t leads = look_up(scan_words, p), modifier = modifiers(p);

        *word |= both_bytes(leads & ~modifier, &carry->word);
        *stop |= modifier;
    } else {
        uint64_t capitals = look_up(scan_capitals, p);
        uint64_t smalls = look_up(scan_smalls, p);

        *stop |= look_up(scan_words, p) & ~capitals & ~smalls;
        *capital |= capitals;
        *small |= both_bytes(smalls, &carry->small);
        *word |= *small | both_bytes(capitals, &carry->capital);
    }
}

/* Class the 64 bytes at `p`, two more being readable. */
AVX2_INLINE void class_block(const unsigned char *p, enum kind kind,
                             struct carry *carry, struct window *w, size_t at,
                             uint64_t *space, uint64_t *punctuation)
{
    const __m256i zero = _mm256_setzero_si256();
    const __m256i is_letter = _mm256_set1_epi8(3);
    const __m256i is_other = _mm256_set1_epi8(0x3c);
    __m256i low = load(p), high = load(p + 32);
    __m256i low_class = ascii_classes(low), high_class = ascii_classes(high);
    uint64_t stop = 0, capital = 0, small = 0;
    uint64_t word = bits_of(
        _mm256_cmpgt_epi8(_mm256_and_si256(low_class, is_letter), zero),
        _mm256_cmpgt_epi8(_mm256_and_si256(high_class, is_letter), zero));

    *punctuation = bits_of(
        _mm256_cmpgt_epi8(_mm256_and_si256(low_class, is_other), zero),
        _mm256_cmpgt_epi8(_mm256_and_si256(high_class, is_other), zero));
    *space = bits_of(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(' ')),
                     _mm256_cmpeq_epi8(high, _mm256_set1_epi8(' ')));
    if (kind == CASED) {
        small = word & bits_of(_mm256_slli_epi16(low, 2),
                               _mm256_slli_epi16(high, 2));
        capital = word & ~small;
    }
    if (kind != LETTERS)
        stop = bits_of(_mm256_cmpeq_epi8(low, _mm256_set1_epi8('\'')),
                       _mm256_cmpeq_epi8(high, _mm256_set1_epi8('\'')));
    if (bits_of(low, high) | carry->word | carry->capital | carry->small)
        class_wide(p, kind, carry, &word, &stop, &capital, &small);
    if (kind == CASED) { /* a capital after a small letter begins a piece */
        stop |= capital & (small << 1 | carry->is_small);
        carry->is_small = small >> 63;
    }
    w->word[at] = word;
    w->stop[at] = stop;
}

/* Class what begins at `base`, which begins a piece and is before the end. */
AVX2_INLINE void window_fill(struct window *w, struct text text, size_t base,
                             enum kind kind)
{
    size_t left = text.len - base;
    size_t count = left / BLOCK + 1 < BLOCKS ? left / BLOCK + 1 : BLOCKS;
    struct carry carry = { 0 };
    uint64_t space[BLOCKS], punctuation[BLOCKS], next_word = 0, next_good = 0;
    unsigned char last[SEEN];

    w->base = base;
    w->len = count * BLOCK;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *p = text.bytes + base + i * BLOCK;

        if (left - i * BLOCK < SEEN) { /* the end is followed by zeros */
            memset(last, 0, SEEN);
            memcpy(last, p, left - i * BLOCK);
            p = last;
        }
        class_block(p, kind, &carry, w, i, &space[i], &punctuation[i]);
    }
    for (size_t i = count; i-- > 0;) {
        uint64_t good = space[i] & (w->word[i] >> 1 | next_word << 63);

        next_word = w->word[i] & 1;
        w->good[i] = good | (punctuation[i] & (good >> 1 | next_good << 63));
        next_good = good & 1;
    }
}

/* The places of the bits, from `base`, into `ends`, which has room for them. */
AVX2_INLINE size_t put_bits(uint64_t bits, size_t base, size_t *ends)
{
    size_t count = 0;

    for (; bits; bits &= bits - 1)
        ends[count++] = base + _tzcnt_u64(bits);
    return count;
}

/*
 * Cut from *at on as far as the window says, up to `cap` pieces.  Returns how
 * many; *is_known is false when scan_piece.h must cut what begins at *at.
 */
AVX2_INLINE size_t window_cut(struct window *w, size_t *at, size_t *ends,
                              size_t cap, bool *is_known)
{
    size_t from = *at - w->base, i = from / BLOCK, count = 0;
    uint64_t mask;

    *is_known = false;
    if (!((w->word[i] | w->good[i]) >> (from % BLOCK) & 1))
        return 0;
    mask = ~(uint64_t)1 << (from % BLOCK);
    for (; i < w->len / BLOCK; i++, mask = ~(uint64_t)0) {
        uint64_t found = (~w->word[i] | w->stop[i]) & mask;
        uint64_t bad = found & ~w->good[i];
        uint64_t first = bad & (~bad + 1);
        size_t base = w->base + i * BLOCK;

        found &= (first - 1) | (first & ~w->stop[i]);
        while (count + BLOCK > cap && found &&
               count + (size_t)__builtin_popcountll(found) > cap)
            found &= ~((uint64_t)1 << (63 - __builtin_clzll(found)));
        count += put_bits(found, base, ends + count);
        if (count > 0)
            *at = ends[count - 1];
        if (bad || count == cap)
            return count;
    }
    *is_known = count > 0; /* a word as long as the window is not */
    w->len = 0;
    return count;
}

#define SCAN_FAST(name, kind, piece_end)                                      \
    AVX2 static size_t name##_avx2(struct slice slice, size_t at,             \
                                   size_t *ends, size_t cap)                  \
    {                                                                         \
        struct text text = { (const unsigned char *)slice.ptr, slice.len };   \
        struct window w;                                                      \
        size_t count = 0;                                                     \
        bool is_known;                                                        \
                                                                              \
        w.base = w.len = 0;                                                   \
        while (at < text.len && count < cap) {                                \
            if (at - w.base >= w.len)                                         \
                window_fill(&w, text, at, kind);                              \
            count += window_cut(&w, &at, ends + count, cap - count,           \
                                &is_known);                                   \
            if (!is_known && count < cap && at < text.len)                    \
                ends[count++] = at = (piece_end);                             \
        }                                                                     \
        return count;                                                         \
    }                                                                         \
                                                                              \
    size_t scan_fast_##name(struct slice text, size_t at, size_t *ends,       \
                            size_t cap)                                       \
    {                                                                         \
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))  \
            return name##_avx2(text, at, ends, cap);                          \
        return scan_##name(text, at, ends, cap);                              \
    }

#else

#define SCAN_FAST(name, kind, piece_end)                                \
    size_t scan_fast_##name(struct slice text, size_t at, size_t *ends, \
                            size_t cap)                                 \
    {                                                                   \
        return scan_##name(text, at, ends, cap);                        \
    }

#endif

SCAN_FAST(gpt2, LETTERS, gpt2_end(text, at))
SCAN_FAST(llama3, LETTERS, llama3_end(text, at, 3))
SCAN_FAST(qwen2, LETTERS, llama3_end(text, at, 1))
SCAN_FAST(o200k, CASED, o200k_end(text, at))
SCAN_FAST(eu, MARKED, eu_end(text, at))

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_class.h - what 64 bytes are, with AVX2: a bit a byte, for scan_fast.c.
 *
 * ASCII by two shuffles, of a byte's halves.  Two bytes a character: a bit per
 * code point in rows of 16 bytes, each looked up by a shuffle (scan_table.h).
 */
#ifndef MLIN_TOKENIZER_SCAN_CLASS_H
#define MLIN_TOKENIZER_SCAN_CLASS_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/scan_piece.h"
#include "tokenizer/scan_table.h"

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))
#define AVX2_INLINE AVX2 INLINE

/* Rows of the tables up to U+017F, and the first byte of the next character. */
enum { LATIN_ROWS = 2, LATIN_END = 0xc6 };

enum pattern { GPT2, LLAMA3, QWEN2, O200K, EU };

enum { BLOCK = 64, SEEN = BLOCK + 2 /* bytes read for one */ };

/* What the bytes of a block are; each is in one of the first six. */
struct classes {
    uint64_t word, space, line, number, other;
    uint64_t unknown;
    uint64_t stop;     /* unknown, and may belong to a word before it */
    uint64_t capital, small; /* of the words, where they count */
    uint64_t tail;     /* line ends that belong to marks before them */
    uint64_t slash;    /* of other, where they count */
    uint64_t wide;     /* not ASCII */
};

/* One bit of the block before: is its last byte the lead of ...? */
struct carry {
    uint64_t word, capital, small;
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

/*
 * ASCII: bits 0 and 1 say letter, bits 2 to 5 another mark than "'", 6 and 7 a
 * letter that contractions begin with: d l m r s t v.
 */
AVX2_INLINE __m256i ascii_classes(__m256i bytes)
{
    /* By the low half of a byte, and by the high half. */
    const __m256i low = _mm256_setr_epi8(
        0x12, 7, (char)0x87, (char)0x87, (char)0xc7, 7, (char)0x87, 3, 7, 7, 15,
        0x2d, 0x6d, 0x6d, 0x2d, 0x2d, 0x12, 7, (char)0x87, (char)0x87,
        (char)0xc7, 7, (char)0x87, 3, 7, 7, 15, 0x2d, 0x6d, 0x6d, 0x2d, 0x2d);
    const __m256i high = _mm256_setr_epi8(
        0, 0, 4, 8, 0x51, (char)0xa2, 0x51, (char)0xa2, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 4, 8, 0x51, (char)0xa2, 0x51, (char)0xa2, 0, 0, 0, 0, 0, 0, 0, 0);
    __m256i half = _mm256_and_si256(_mm256_srli_epi16(bytes, 4),
                                    _mm256_set1_epi8(15));

    return _mm256_and_si256(_mm256_shuffle_epi8(low, bytes),
                            _mm256_shuffle_epi8(high, half));
}

/*
 * Which characters of two bytes are in the first rows of a table: 0xff at their
 * first byte.
 */
AVX2_INLINE __m256i looked_up(const uint8_t table[SCAN_ROWS][16], int rows,
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

    for (int row = 0; row < rows; row++) {
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
AVX2_INLINE __m256i is_stop(__m256i bytes, __m256i next, __m256i third,
                            enum pattern pattern)
{
    /* U+2000 to U+203F are no letters, numbers or marks. */
    __m256i known = _mm256_and_si256(
        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)0xe2)),
        _mm256_cmpeq_epi8(next, _mm256_set1_epi8((char)0x80)));
    __m256i unknown = is_at_least(bytes, 0xc0 + 2 * (SCAN_ROW_FIRST +
                                                     SCAN_ROWS));

    if (pattern == EU) /* but one is an apostrophe */
        known = _mm256_andnot_si256(
            _mm256_cmpeq_epi8(third, _mm256_set1_epi8((char)0x99)), known);
    return _mm256_andnot_si256(known, unknown);
}

AVX2_INLINE __m256i load(const unsigned char *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

/* Are characters of two bytes all of the first LATIN_ROWS rows? */
AVX2_INLINE bool is_latin(const unsigned char *p)
{
    __m256i least = _mm256_set1_epi8((char)LATIN_END);
    __m256i most = _mm256_set1_epi8(0xdf - LATIN_END);
    __m256i low = _mm256_sub_epi8(load(p), least);
    __m256i high = _mm256_sub_epi8(load(p + 32), least);

    return bits_of(_mm256_cmpeq_epi8(_mm256_min_epu8(low, most), low),
                   _mm256_cmpeq_epi8(_mm256_min_epu8(high, most), high)) == 0;
}

AVX2_INLINE uint64_t look_up(const uint8_t table[SCAN_ROWS][16], bool latin,
                             const unsigned char *p)
{
    if (latin)
        return bits_of(looked_up(table, LATIN_ROWS, load(p), load(p + 1)),
                       looked_up(table, LATIN_ROWS, load(p + 32),
                                 load(p + 33)));
    return bits_of(looked_up(table, SCAN_ROWS, load(p), load(p + 1)),
                   looked_up(table, SCAN_ROWS, load(p + 32), load(p + 33)));
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
AVX2_INLINE void class_wide(const unsigned char *p, enum pattern pattern,
                            struct carry *carry, struct classes *c)
{
    bool latin = is_latin(p);

    c->stop |= bits_of(
        is_stop(load(p), load(p + 1), load(p + 2), pattern),
        is_stop(load(p + 32), load(p + 33), load(p + 34), pattern));
    if (pattern == O200K) {
        uint64_t capitals = look_up(scan_capitals, latin, p);
        uint64_t smalls = look_up(scan_smalls, latin, p);

        c->stop |= look_up(scan_words, latin, p) & ~capitals & ~smalls;
        c->capital |= capitals;
        c->small |= both_bytes(smalls, &carry->small);
        c->word |= c->small | both_bytes(capitals, &carry->capital);
    } else if (pattern == EU) {
        uint64_t leads = look_up(scan_words, latin, p), modifier = modifiers(p);

        c->word |= both_bytes(leads & ~modifier, &carry->word);
        c->stop |= modifier;
    } else {
        c->word |= both_bytes(look_up(scan_letters, latin, p), &carry->word);
    }
}

AVX2_INLINE uint64_t equal(__m256i low, __m256i high, char byte)
{
    return bits_of(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(byte)),
                   _mm256_cmpeq_epi8(high, _mm256_set1_epi8(byte)));
}

/* Which bytes have one of these bits? */
AVX2_INLINE uint64_t having(__m256i low, __m256i high, int bits)
{
    __m256i mask = _mm256_set1_epi8((char)bits), zero = _mm256_setzero_si256();

    return ~bits_of(_mm256_cmpeq_epi8(_mm256_and_si256(low, mask), zero),
                    _mm256_cmpeq_epi8(_mm256_and_si256(high, mask), zero));
}

/* ASCII digits: what is at most 9 once '0' is taken away. */
AVX2_INLINE __m256i is_number(__m256i bytes)
{
    __m256i value = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));

    return _mm256_cmpeq_epi8(_mm256_min_epu8(value, _mm256_set1_epi8(9)),
                             value);
}

/* Class the 64 bytes at `p`, two more being readable. */
AVX2_INLINE struct classes class_block(const unsigned char *p,
                                       enum pattern pattern,
                                       struct carry *carry)
{
    __m256i low = load(p), high = load(p + 32);
    __m256i low_class = ascii_classes(low), high_class = ascii_classes(high);
    uint64_t apostrophe = equal(low, high, '\'');
    struct classes c = {
        .word = having(low_class, high_class, 3),
        .other = having(low_class, high_class, 0x3c),
        .space = equal(low, high, ' '),
        .line = equal(low, high, '\n') | equal(low, high, '\r'),
        .number = bits_of(is_number(low), is_number(high)),
        .wide = bits_of(low, high),
    };

    if (pattern == O200K) {
        c.small = c.word & bits_of(_mm256_slli_epi16(low, 2),
                                   _mm256_slli_epi16(high, 2));
        c.capital = c.word & ~c.small;
        c.slash = equal(low, high, '/');
    }
    if (pattern == EU) {
        c.stop = apostrophe;
    } else if (apostrophe) {
        /* Before what begins no contraction it is a mark like others. */
        uint64_t plain = ~(having(low_class, high_class, 0xc0) | c.wide) >> 1;

        c.other |= apostrophe & plain & ~((uint64_t)1 << 63);
        if (pattern == O200K)
            c.stop = apostrophe & ~c.other;
    }
    if (c.wide | carry->word | carry->capital | carry->small)
        class_wide(p, pattern, carry, &c);
    c.unknown = c.stop |
                ~(c.word | c.space | c.line | c.number | c.other);
    return c;
}

#endif

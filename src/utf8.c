/* SPDX-License-Identifier: Apache-2.0 */
/*
 * utf8 - one judge that says where, and fast ones that only say whether.
 *
 * The SIMD one is the table look-up of J. Keiser and D. Lemire, "Validating
 * UTF-8 in less than one instruction per byte", Software: Practice and
 * Experience 51 (2021): three look-ups by half bytes, ANDed, show every mistake
 * that two neighbours can make.  Only text with a mistake is read twice.
 */
#include "src/utf8.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { WORD = sizeof(uint64_t) };

#define EVERY_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

/*
 * How many bytes the sequence at `p` has, 0 when there is none.  The bounds of
 * the second byte keep out longer forms than needed, surrogates, and what lies
 * above U+10FFFF (RFC 3629, section 4).
 */
static size_t sequence_len(const unsigned char *p, size_t left)
{
    size_t len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    unsigned char low = 0x80, high = 0xbf;

    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < len)
        return 0;
    if (p[0] == 0xe0)
        low = 0xa0;
    else if (p[0] == 0xed)
        high = 0x9f;
    else if (p[0] == 0xf0)
        low = 0x90;
    else if (p[0] == 0xf4)
        high = 0x8f;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (p[i] < 0x80 || p[i] > 0xbf)
            return 0;
    return len;
}

/* Where the first mistake is, for bytes that have one or not. */
static bool find_mistake(struct slice bytes, size_t *at)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;

    for (size_t i = 0, len; i < bytes.len; i += len) {
        len = sequence_len(p + i, bytes.len - i);
        if (len == 0) {
            *at = i;
            return false;
        }
    }
    return true;
}

/*
 * A machine without branches, after P. Vognsen's "shift-based DFA" (2021): a
 * state is a bit offset, the row of a byte holds the next state of each state
 * at its offset, and one shift is one step.  A state tells what must come.
 */
enum {
    START = 0,     /* any first byte */
    MISTAKE = 6,   /* nothing leads out of here */
    ONE_DUE = 12,  /* one continuation */
    TWO_DUE = 18,
    THREE_DUE = 24,
    AFTER_E0 = 30, /* two, the first of them a0 .. bf */
    AFTER_ED = 36, /* two, the first 80 .. 9f */
    AFTER_F0 = 42, /* three, the first 90 .. bf */
    AFTER_F4 = 48, /* three, the first 80 .. 8f */
    STATE_MASK = 63
};

#define STEP(from, to) ((uint64_t)((to) ^ MISTAKE) << (from))
/* A one at each state's offset: every second octal digit. */
#define NO_STEP (UINT64_C(010101010101010101) * MISTAKE)
#define FIRST(to) (NO_STEP ^ STEP(START, to))
#define INNER                                                   \
    (NO_STEP ^ STEP(ONE_DUE, START) ^ STEP(TWO_DUE, ONE_DUE) ^  \
     STEP(THREE_DUE, TWO_DUE))
#define INNER_8 (INNER ^ STEP(AFTER_ED, ONE_DUE) ^ STEP(AFTER_F4, TWO_DUE))
#define INNER_9 (INNER ^ STEP(AFTER_ED, ONE_DUE) ^ STEP(AFTER_F0, TWO_DUE))
#define INNER_AB (INNER ^ STEP(AFTER_E0, ONE_DUE) ^ STEP(AFTER_F0, TWO_DUE))
#define TWICE(row) row, row
#define ROWS_4(row) TWICE(TWICE(row))
#define ROWS_16(row) ROWS_4(row), ROWS_4(row), ROWS_4(row), ROWS_4(row)

static const uint64_t rows[256] = {
    ROWS_16(FIRST(START)), ROWS_16(FIRST(START)), ROWS_16(FIRST(START)),
    ROWS_16(FIRST(START)), ROWS_16(FIRST(START)), ROWS_16(FIRST(START)),
    ROWS_16(FIRST(START)), ROWS_16(FIRST(START)),
    ROWS_16(INNER_8), ROWS_16(INNER_9), ROWS_16(INNER_AB), ROWS_16(INNER_AB),
    /* c0 .. cf, d0 .. df */
    NO_STEP, NO_STEP, FIRST(ONE_DUE), FIRST(ONE_DUE),
    ROWS_4(FIRST(ONE_DUE)), ROWS_4(FIRST(ONE_DUE)), ROWS_4(FIRST(ONE_DUE)),
    ROWS_16(FIRST(ONE_DUE)),
    /* e0 .. ef */
    FIRST(AFTER_E0), FIRST(TWO_DUE), FIRST(TWO_DUE), FIRST(TWO_DUE),
    ROWS_4(FIRST(TWO_DUE)), ROWS_4(FIRST(TWO_DUE)),
    FIRST(TWO_DUE), FIRST(AFTER_ED), FIRST(TWO_DUE), FIRST(TWO_DUE),
    /* f0 .. ff */
    FIRST(AFTER_F0), FIRST(THREE_DUE), FIRST(THREE_DUE), FIRST(THREE_DUE),
    FIRST(AFTER_F4), NO_STEP, NO_STEP, NO_STEP, ROWS_4(NO_STEP),
    ROWS_4(NO_STEP)
};

static bool is_valid_portable(struct slice bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    uint64_t state = START;
    size_t i = 0;

    for (; bytes.len - i >= WORD; i += WORD) {
        if ((state & STATE_MASK) == START &&
            !(slice_word(bytes.ptr + i) & EVERY_BYTE(0x80)))
            continue;
        for (size_t j = 0; j < WORD; j++)
            state = rows[p[i + j]] >> (state & STATE_MASK);
    }
    for (; i < bytes.len; i++)
        state = rows[p[i]] >> (state & STATE_MASK);
    return (state & STATE_MASK) == START;
}

bool utf8_check_portable(struct slice bytes, size_t *at)
{
    return is_valid_portable(bytes) || find_mistake(bytes, at);
}

#if defined(__x86_64__)

/* What two neighbours can do wrong; a bit each. */
enum {
    TOO_SHORT = 1,       /* 11______ 0_______ or 11______ 11______ */
    TOO_LONG = 2,        /* 0_______ 10______ */
    OVERLONG_3 = 4,      /* 11100000 100_____ */
    TOO_LARGE = 8,       /* 11110100 101_____ or 1001____, and all above */
    SURROGATE = 16,      /* 11101101 101_____ */
    OVERLONG_2 = 32,     /* 1100000_ 10______ */
    TOO_LARGE_1000 = 64, /* 11110101 1000____, and all above */
    OVERLONG_4 = 64,     /* 11110000 1000____ */
    TWO_CONTS = 128,     /* 10______ 10______: wrong unless 3 or 4 are due */
    ANY_LOW = TOO_SHORT | TOO_LONG | TWO_CONTS,
    ABOVE = ANY_LOW | TOO_LARGE | TOO_LARGE_1000,
    CONT = TOO_LONG | OVERLONG_2 | TWO_CONTS
};

/* A table of 16 for each half of the register, as the shuffle wants it. */
#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))
#define AVX2 __attribute__((target("avx2")))

/* The upper halves of all bytes. */
AVX2 static inline __m256i halves(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4),
                            _mm256_set1_epi8(0x0f));
}

/* The mistakes of each byte of `now` with the byte before it, `prev`. */
AVX2 static inline __m256i pair_mistakes(__m256i now, __m256i prev)
{
    const __m256i by_prev_high = TABLE(
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
        TOO_LONG, (char)TWO_CONTS, (char)TWO_CONTS, (char)TWO_CONTS,
        (char)TWO_CONTS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
        TOO_SHORT | OVERLONG_3 | SURROGATE,
        TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
    const __m256i by_prev_low = TABLE(
        (char)(ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4),
        (char)(ANY_LOW | OVERLONG_2), (char)ANY_LOW, (char)ANY_LOW,
        (char)(ANY_LOW | TOO_LARGE), (char)ABOVE, (char)ABOVE, (char)ABOVE,
        (char)ABOVE, (char)ABOVE, (char)ABOVE, (char)ABOVE, (char)ABOVE,
        (char)(ABOVE | SURROGATE), (char)ABOVE, (char)ABOVE);
    const __m256i by_now_high = TABLE(
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
        TOO_SHORT, TOO_SHORT,
        (char)(CONT | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
        (char)(CONT | OVERLONG_3 | TOO_LARGE),
        (char)(CONT | SURROGATE | TOO_LARGE),
        (char)(CONT | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT,
        TOO_SHORT);
    __m256i a = _mm256_shuffle_epi8(by_prev_high, halves(prev));
    __m256i b = _mm256_shuffle_epi8(
        by_prev_low, _mm256_and_si256(prev, _mm256_set1_epi8(0x0f)));
    __m256i c = _mm256_shuffle_epi8(by_now_high, halves(now));

    return _mm256_and_si256(_mm256_and_si256(a, b), c);
}

/*
 * The mistakes in a block.  Where two or three bytes back a sequence of three
 * or four began, two continuations in a row are due: the XOR turns that round.
 */
AVX2 static inline __m256i block_mistakes(__m256i now, __m256i before)
{
    __m256i cross = _mm256_permute2x128_si256(before, now, 0x21);
    __m256i prev1 = _mm256_alignr_epi8(now, cross, 15);
    __m256i prev2 = _mm256_alignr_epi8(now, cross, 14);
    __m256i prev3 = _mm256_alignr_epi8(now, cross, 13);
    __m256i third =
        _mm256_subs_epu8(prev2, _mm256_set1_epi8((char)(0xe0 - 0x80)));
    __m256i fourth =
        _mm256_subs_epu8(prev3, _mm256_set1_epi8((char)(0xf0 - 0x80)));
    __m256i due = _mm256_and_si256(_mm256_or_si256(third, fourth),
                                   _mm256_set1_epi8((char)0x80));

    return _mm256_xor_si256(due, pair_mistakes(now, prev1));
}

/*
 * The last block is filled up with NULs, and is there even when no byte is
 * left, so that a sequence cut by the end stands before an ASCII byte.
 */
AVX2 static bool is_valid_avx2(const char *p, size_t len)
{
    __m256i before = _mm256_setzero_si256(), mistakes = before, now;
    char last[sizeof before] = { 0 };

    for (; len >= sizeof before; p += sizeof before, len -= sizeof before) {
        now = _mm256_loadu_si256((const void *)p);
        if (_mm256_movemask_epi8(_mm256_or_si256(now, before)) != 0)
            mistakes =
                _mm256_or_si256(mistakes, block_mistakes(now, before));
        before = now;
    }
    memcpy(last, p, len);
    now = _mm256_loadu_si256((const void *)last);
    mistakes = _mm256_or_si256(mistakes, block_mistakes(now, before));
    return _mm256_testz_si256(mistakes, mistakes) != 0;
}

#endif

bool utf8_check(struct slice bytes, size_t *at)
{
#if defined(__x86_64__)
    enum { WORTH_IT = 32 };

    if (bytes.len >= WORTH_IT && __builtin_cpu_supports("avx2"))
        return is_valid_avx2(bytes.ptr, bytes.len) || find_mistake(bytes, at);
#endif
    return utf8_check_portable(bytes, at);
}

uint32_t utf8_next_lax(struct slice bytes, size_t *at)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr + *at;

    if (sequence_len(p, bytes.len - *at) == 0) {
        *at += 1;
        return UINT32_MAX;
    }
    return utf8_next(bytes, at);
}

size_t utf8_put(char *to, uint32_t code_point)
{
    if (code_point < 0x80) {
        to[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        to[0] = (char)(0xc0 | code_point >> 6);
        to[1] = (char)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        to[0] = (char)(0xe0 | code_point >> 12);
        to[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        to[2] = (char)(0x80 | (code_point & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | code_point >> 18);
    to[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
    to[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
    to[3] = (char)(0x80 | (code_point & 0x3f));
    return 4;
}

/* Every byte counts but the continuations, 10______. */
uint64_t utf8_count(struct slice bytes)
{
    uint64_t continuations = 0;
    size_t i = 0;

    for (; bytes.len - i >= WORD; i += WORD) {
        uint64_t word = slice_word(bytes.ptr + i);
        uint64_t ones = word >> 7 & ~(word >> 6) & EVERY_BYTE(1);

        continuations += ones * EVERY_BYTE(1) >> 56;
    }
    for (; i < bytes.len; i++)
        continuations += ((unsigned char)bytes.ptr[i] & 0xc0) == 0x80;
    return bytes.len - continuations;
}

/*
 * Behind what is blank or is not.  Eight bytes at a time: the high bit of one
 * tells whether it is blank.
 */
static uint64_t runs_portable(struct slice bytes, bool is_blank)
{
    const uint64_t low = EVERY_BYTE(0x7f);
    uint64_t count = 0, before = is_blank ? 0x80 : 0; /* in the first byte */
    size_t i = 0;

    for (; i + 8 <= bytes.len; i += 8) {
        uint64_t eight = le64toh(slice_word(bytes.ptr + i)), blank, begun;

        /* Below 0x21: no carry comes out of the low bits, and no high bit. */
        blank = ~(((eight & low) + EVERY_BYTE(0x5f)) | eight) & ~low;
        begun = ~blank & ~low & (blank << 8 | before);
        count += (begun >> 7) * EVERY_BYTE(1) >> 56;
        before = blank >> 56;
    }
    for (; i < bytes.len; i++) {
        is_blank = (unsigned char)bytes.ptr[i] <= ' ';
        count += !is_blank && before;
        before = is_blank;
    }
    return count;
}

#if defined(__x86_64__)

AVX2 static inline uint64_t blank_bits(const char *p)
{
    __m256i bytes = _mm256_loadu_si256((const void *)p);
    __m256i most = _mm256_min_epu8(bytes, _mm256_set1_epi8(' '));

    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(most, bytes));
}

__attribute__((target("avx2,popcnt"))) static uint64_t
runs_avx2(struct slice bytes)
{
    enum { BLOCK = 64 };
    uint64_t count = 0, before = 1;
    size_t i = 0;

    for (; bytes.len - i >= BLOCK; i += BLOCK) {
        uint64_t blank = blank_bits(bytes.ptr + i) |
                         blank_bits(bytes.ptr + i + BLOCK / 2) << BLOCK / 2;

        count += (uint64_t)__builtin_popcountll(~blank & (blank << 1 | before));
        before = blank >> (BLOCK - 1);
    }
    return count + runs_portable(slice_make(bytes.ptr + i, bytes.len - i),
                                 before);
}

#endif

uint64_t utf8_runs(struct slice bytes)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
        return runs_avx2(bytes);
#endif
    return runs_portable(bytes, true);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_put.h - from bits to numbers: where pieces end, for scan_fast.c.
 *
 * Each form writes the places of the bits of a block, from `base`, to `ends`,
 * which has room for `room` of them; returns how many it wrote.  Behind these
 * it may write more, but never past the room.
 */
#ifndef MLIN_TOKENIZER_SCAN_PUT_H
#define MLIN_TOKENIZER_SCAN_PUT_H

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCAN_PUT_BLOCK = 64 };

/*
 * Most blocks have no more than MANY, which are written whether they are there
 * or not: a loop's end would have to be guessed.
 */
__attribute__((target("bmi,popcnt"), always_inline)) static inline size_t
scan_put_bmi(uint64_t bits, size_t base, size_t *ends, size_t room)
{
    enum { MANY = 12 };
    size_t count = (size_t)__builtin_popcountll(bits), i = 0;

    count = count < room ? count : room;
    if (room >= SCAN_PUT_BLOCK)
        for (; i < MANY; i++, bits &= bits - 1)
            ends[i] = base + _tzcnt_u64(bits);
    for (; i < count; i++, bits &= bits - 1)
        ends[i] = base + _tzcnt_u64(bits);
    return count;
}

static inline bool scan_put_has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

/* The places of all bytes; the bits squeeze theirs out of them. */
__attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi2,popcnt")))
static inline size_t
scan_put_avx512(uint64_t bits, size_t base, size_t *ends, size_t room)
{
    enum { MANY = 16, EIGHT = 8 };
    const __m512i all = _mm512_set_epi64(
        0x3f3e3d3c3b3a3938, 0x3736353433323130, 0x2f2e2d2c2b2a2928,
        0x2726252423222120, 0x1f1e1d1c1b1a1918, 0x1716151413121110,
        0x0f0e0d0c0b0a0908, 0x0706050403020100);
    __m512i from = _mm512_set1_epi64((long long)base);
    __m512i at = _mm512_maskz_compress_epi8(bits, all);
    size_t count = (size_t)__builtin_popcountll(bits);

    count = count < room ? count : room;
    for (size_t i = 0; i < MANY || i < count; i += EIGHT) {
        unsigned left = count > i ? (unsigned)(count - i) : 0;
        __m512i eight = _mm512_cvtepu8_epi64(_mm512_castsi512_si128(at));

        _mm512_mask_storeu_epi64(ends + i, (__mmask8)_bzhi_u32(0xff, left),
                                 _mm512_add_epi64(from, eight));
        at = _mm512_alignr_epi64(at, at, 1);
    }
    return count;
}

#endif

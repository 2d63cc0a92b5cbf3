/* SPDX-License-Identifier: Apache-2.0 */
/*
 * utf8.h - checking, decoding and encoding UTF-8 (RFC 3629), without ICU.
 *
 * Safe from any thread.
 */
#ifndef MLIN_UTF8_H
#define MLIN_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

/*
 * True when the bytes are valid UTF-8: shortest form, no surrogates, nothing
 * above U+10FFFF.  Otherwise *at is the offset of the first byte of the first
 * sequence that is not.  SIMD where the processor has it; several GB/s.
 */
bool utf8_check(struct slice bytes, size_t *at);

/* The same without SIMD: what other processors run; tests compare the two. */
bool utf8_check_portable(struct slice bytes, size_t *at);

/*
 * The code point at `*at` of bytes known to be valid, moving *at past it.
 */
static inline uint32_t utf8_next(struct slice bytes, size_t *at)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr + *at;

    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xe0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    }
    if (p[0] < 0xf0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 |
               (p[2] & 0x3f);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
           (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
}

/*
 * The code point at *at of any bytes, moving *at past it; a byte that begins no
 * valid sequence gives UINT32_MAX and is passed alone.  *at < bytes.len.
 */
uint32_t utf8_next_lax(struct slice bytes, size_t *at);

/* Write a code point (not a surrogate, at most 0x10FFFF); returns 1 to 4. */
size_t utf8_put(char *to, uint32_t code_point);

/* How many code points valid UTF-8 holds. */
uint64_t utf8_count(struct slice bytes);

/* Words as fertility counts them: runs of bytes above 0x20. */
uint64_t utf8_runs(struct slice bytes);

#endif

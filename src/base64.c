/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base64 - four characters for three bytes.
 */
#include "src/base64.h"

#include <stdint.h>

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct slice base64_encode(struct slice bytes, struct arena *arena)
{
    char *text = arena_alloc(arena, (bytes.len + 2) / 3 * 4), *to = text;

    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t group = 0;
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;

        for (size_t j = 0; j < 3; j++)
            group = group << 8 |
                    (j < n ? (unsigned char)bytes.ptr[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            *to++ = j <= n ? digits[group >> (18 - 6 * j) & 63] : '=';
    }
    return slice_make(text, (size_t)(to - text));
}

/* What a digit counts, or -1. */
static int digit_value(char c)
{
    const char *digit = c == '\0' ? NULL : strchr(digits, c);

    return digit ? (int)(digit - digits) : -1;
}

bool base64_decode(struct slice text, struct arena *arena,
                   struct slice *bytes)
{
    char *to = arena_alloc(arena, text.len / 4 * 3 + 3);
    size_t count = 0, len = text.len;
    uint32_t group = 0;

    *bytes = slice_make(to, 0);
    if (len % 4 != 0)
        return false;
    for (int i = 0; i < 2 && len > 0 && text.ptr[len - 1] == '='; i++)
        len--;
    for (size_t i = 0; i < len; i++) {
        int value = digit_value(text.ptr[i]);

        if (value < 0)
            return false;
        group = group << 6 | (uint32_t)value;
        if (i % 4 == 0)
            continue;
        to[count++] = (char)(unsigned char)(group >> (6 - 2 * (i % 4)) & 0xff);
    }
    *bytes = slice_make(to, count);
    /* Of the last digit before '=' some bits belong to no byte. */
    if (len % 4 == 1)
        return false;
    return len % 4 == 0 || (group & (len % 4 == 2 ? 0xf : 0x3)) == 0;
}

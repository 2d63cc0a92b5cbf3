/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slice.h - a pointer and a length: how this program passes bytes about.
 *
 * A slice owns nothing, is not terminated, and may hold any byte, NUL included.
 * `ptr` may be NULL only when `len` is 0.
 */
#ifndef MLIN_SLICE_H
#define MLIN_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *ptr;
    size_t len;
};

static inline struct slice slice_make(const char *ptr, size_t len)
{
    return (struct slice){ ptr, len };
}

static inline struct slice slice_from(const char *string)
{
    return (struct slice){ string, strlen(string) };
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool slice_is(struct slice a, const char *string)
{
    return slice_equal(a, slice_from(string));
}

/* The eight bytes that begin at `bytes`, as this machine has them in a word. */
static inline uint64_t slice_word(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Byte order, a prefix before what it begins: as every output is sorted. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n == 0 ? 0 : memcmp(a.ptr, b.ptr, n);

    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

#endif

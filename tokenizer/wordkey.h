/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordkey.h - a word of up to 23 bytes as three numbers, which compare in three
 * steps and hash without a loop: the bytes, padded with zeros, and in the last
 * of the 24 the length + 1.
 *
 * 23 bytes hold most words of Cyrillic and Greek, too.
 */
#ifndef MLIN_TOKENIZER_WORDKEY_H
#define MLIN_TOKENIZER_WORDKEY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/slice.h"

enum { WORDKEY_MAX = 23 };

struct wordkey {
    uint64_t parts[3];
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "a short key's numbers are the word's bytes in their order");

/* Up to 8 bytes as a number, first byte lowest. */
static inline uint64_t wordkey_load(const char *p, size_t len)
{
    uint64_t high = 0, low = 0;

    if (len == 8) {
        memcpy(&low, p, 8);
        return low;
    }
    if (len >= 4) { /* two halves that overlap */
        memcpy(&low, p, 4);
        memcpy(&high, p + len - 4, 4);
        return low | high << (8 * (len - 4));
    }
    for (size_t i = 0; i < len; i++)
        low |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return low;
}

/* Bits to spread, and the top ones are good to index with. */
static inline uint64_t wordkey_hash(const struct wordkey *key)
{
    uint64_t h = key->parts[0] * 0x9e3779b97f4a7c15u;

    h = (h ^ h >> 32 ^ key->parts[1]) * 0xc2b2ae3d27d4eb4fu;
    h = (h ^ h >> 29 ^ key->parts[2]) * 0x165667b19e3779f9u;
    return h ^ h >> 32;
}

/* The key of a word that has 24 bytes to read: no branch on its length. */
static inline uint64_t wordkey_masked(struct wordkey *key, const char *p,
                                      size_t len)
{
    static const uint64_t masks[9] = {
        0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff,
        0xffffffffffffff, UINT64_MAX
    };

    memcpy(key->parts, p, sizeof key->parts);
    key->parts[0] &= masks[len < 8 ? len : 8];
    key->parts[1] &= masks[len < 8 ? 0 : len < 16 ? len - 8 : 8];
    key->parts[2] &= masks[len < 16 ? 0 : len - 16];
    key->parts[2] |= (uint64_t)(len + 1) << 56;
    return wordkey_hash(key);
}

static inline uint64_t wordkey_short(struct wordkey *key, struct slice word)
{
    size_t len = word.len;

    key->parts[0] = wordkey_load(word.ptr, len < 8 ? len : 8);
    key->parts[1] =
        len > 8 ? wordkey_load(word.ptr + 8, len < 16 ? len - 8 : 8) : 0;
    key->parts[2] = len > 16 ? wordkey_load(word.ptr + 16, len - 16) : 0;
    key->parts[2] |= (uint64_t)(len + 1) << 56;
    return wordkey_hash(key);
}

#endif

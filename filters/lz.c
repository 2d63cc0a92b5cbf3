/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lz - one table of positions, by a hash of four bytes.
 */
#include "filters/lz.h"

enum { MATCH_MIN = 4, MATCH_COST = 3, TABLE_BITS_MAX = 16 };

/* In one order on every machine, for the hash. */
static uint32_t four_bytes(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

uint64_t lz_cost(struct slice text, struct arena *scratch)
{
    unsigned bits = 8;
    uint32_t *last; /* [1 << bits] position + 1; 0 = none */
    uint64_t cost = 0;
    size_t at = 0;

    while (bits < TABLE_BITS_MAX && (size_t)1 << bits < text.len)
        bits++;
    last = arena_zero(scratch, (size_t)1 << bits, sizeof *last);
    while (at + MATCH_MIN <= text.len) {
        uint32_t four = four_bytes(text.ptr + at);
        uint32_t *slot = &last[four * 0x9e3779b1u >> (32 - bits)];
        size_t from = *slot;

        *slot = (uint32_t)at + 1;
        if (from == 0 || four_bytes(text.ptr + from - 1) != four) {
            cost++;
            at++;
            continue;
        }
        cost += MATCH_COST;
        for (size_t len = MATCH_MIN;; len++)
            if (at + len == text.len ||
                text.ptr[from - 1 + len] != text.ptr[at + len]) {
                at += len;
                break;
            }
    }
    return cost + (text.len - at);
}

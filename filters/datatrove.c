/* SPDX-License-Identifier: Apache-2.0 */
/*
 * datatrove - simplified text, xxHash of word runs, permutations by the
 * Mersenne Twister.  Held against the real package by tests/peers/minhash.py.
 */
#include "filters/datatrove.h"

#include "src/charclass.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/unicode.h"
#include "src/utf8.h"

#define PRIME ((UINT64_C(1) << 61) - 1)

/* ---- MT19937 (Matsumoto and Nishimura 1998), as numpy reads it ---- */

enum { STATE = 624, AHEAD = 397 };

struct twister {
    uint32_t state[STATE];
    size_t at;
};

static void twister_seed(struct twister *t, uint32_t seed)
{
    for (uint32_t i = 0; i < STATE; i++) {
        t->state[i] = seed;
        seed = 1812433253u * (seed ^ seed >> 30) + i + 1;
    }
    t->at = STATE;
}

static uint32_t twister_next(struct twister *t)
{
    uint32_t y;

    if (t->at == STATE) {
        for (size_t i = 0; i < STATE; i++) {
            uint32_t both = (t->state[i] & 0x80000000u) |
                            (t->state[(i + 1) % STATE] & 0x7fffffffu);

            t->state[i] = t->state[(i + AHEAD) % STATE] ^ both >> 1 ^
                          (both & 1 ? 0x9908b0dfu : 0);
        }
        t->at = 0;
    }
    y = t->state[t->at++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

/* A number of low .. PRIME - 1: 61 bits, drawn until they are small enough. */
static uint64_t twister_draw(struct twister *t, uint64_t low)
{
    uint64_t value;

    do {
        uint64_t high = twister_next(t);

        value = (high << 32 | twister_next(t)) & PRIME;
    } while (value > PRIME - 1 - low);
    return low + value;
}

uint64_t *datatrove_permutations(uint32_t seed, size_t count)
{
    uint64_t *made = xmalloc(2 * count * sizeof *made);
    struct twister t;

    twister_seed(&t, seed);
    for (size_t i = 0; i < count; i++)
        made[i] = twister_draw(&t, 1);
    for (size_t i = 0; i < count; i++)
        made[count + i] = twister_draw(&t, 0);
    return made;
}

/* ---- text ---- */

/* What its punctuation list holds above ASCII, and controls aside. */
static const uint32_t marks[] = {
    0x2014, 0x201d, 0xff1a, 0xff05, 0xff11, 0x3008, 0xff08, 0x3001, 0x2501,
    0x3010, 0x300c, 0x300d, 0xff0c, 0x3011, 0xff1b, 0x201c, 0x300a, 0x300b,
    0x201e, 0x2019, 0x2236, 0xb4, 0xff0e, 0x2013, 0xff1f, 0xff01, 0xff5e, 0xab,
    0x3009, 0xff09, 0x3002, 0x2026, 0x25ba, 0xbb
};

static bool is_punctuation(uint32_t c)
{
    static const char ascii[] = "!/:<&(\\#%+^]~';{|[=-`*$,>?).@_\"}";

    if (c < 0x80)
        return c != '\n' && (c < 32 || c == 127 || strchr(ascii, (int)c));
    if (c < 0xa0)
        return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == c)
            return true;
    return false;
}

/* Python's white space: Unicode's and the separators U+001C to U+001F. */
static bool is_space(uint32_t c)
{
    return (charclass_get(c) & CHAR_SPACE) || (c >= 0x1c && c <= 0x1f);
}

static bool is_decimal_mark(uint32_t c)
{
    return c == '.' || c == ',' || c == 0x60c || c == 0x66b ||
           (c >= 0x2396 && c <= 0x2398);
}

static size_t digits_end(struct slice text, size_t at)
{
    while (at < text.len) {
        size_t next = at;

        if (charclass_get(utf8_next(text, &next)) != CHAR_ND)
            break;
        at = next;
    }
    return at;
}

/* The end of a number that begins at `at`: digits, and a part behind a mark. */
static size_t number_end(struct slice text, size_t at)
{
    size_t end = digits_end(text, at), next = end, more;

    if (end == text.len || !is_decimal_mark(utf8_next(text, &next)))
        return end;
    more = digits_end(text, next);
    return more > next ? more : end;
}

/* Numbers to 0, punctuation and white space to single blanks, none outside. */
static struct slice fold_marks(struct slice text, struct arena *arena)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t at = 0, len = 0;
    bool is_gap = false;

    while (at < text.len) {
        size_t begin = at;
        uint32_t c = utf8_next(text, &at);

        if (charclass_get(c) == CHAR_ND) {
            at = number_end(text, begin);
            c = '0';
        }
        if (is_punctuation(c) || is_space(c)) {
            is_gap = true;
            continue;
        }
        if (is_gap && len > 0)
            out[len++] = ' ';
        is_gap = false;
        if (c == '0') {
            out[len++] = '0';
        } else {
            memcpy(out + len, text.ptr + begin, at - begin);
            len += at - begin;
        }
    }
    return slice_make(out, len);
}

static struct slice drop_marks(struct slice text)
{
    char *out = (char *)(uintptr_t)text.ptr; /* a fresh copy: written over */
    size_t at = 0, len = 0;

    while (at < text.len) {
        size_t begin = at;

        if (charclass_get(utf8_next(text, &at)) == CHAR_MN)
            continue;
        if (text.ptr[begin] == ' ' && (len == 0 || out[len - 1] == ' '))
            continue; /* a word of marks alone is gone */
        memmove(out + len, text.ptr + begin, at - begin);
        len += at - begin;
    }
    return slice_make(out, len);
}

struct slice datatrove_simplify(struct slice text, struct arena *arena)
{
    struct slice low = unicode_lower(text, arena);

    return drop_marks(unicode_nfd(fold_marks(low, arena), arena));
}

struct shingles datatrove_shingles(struct slice text, size_t n,
                                   struct arena *arena)
{
    struct slice plain = datatrove_simplify(text, arena);
    size_t *begins = arena_alloc(arena, (plain.len / 2 + 2) * sizeof *begins);
    struct shingles made = { NULL, 0, 0 };
    size_t at = 0;

    while (at < plain.len) {
        const char *blank = memchr(plain.ptr + at, ' ', plain.len - at);

        begins[made.items++] = at;
        at = blank ? (size_t)(blank - plain.ptr) + 1 : plain.len;
    }
    if (made.items < n)
        return made;
    made.count = made.items - n + 1;
    made.hashes = arena_alloc(arena, made.count * sizeof *made.hashes);
    for (size_t i = 0; i < made.count; i++) {
        const char *last = plain.ptr + begins[i + n - 1];
        const char *blank =
            memchr(last, ' ', (size_t)(plain.ptr + plain.len - last));
        const char *end = blank ? blank : plain.ptr + plain.len;

        made.hashes[i] = hash64_classic(slice_make(
            plain.ptr + begins[i], (size_t)(end - plain.ptr) - begins[i]));
    }
    return made;
}

void datatrove_slots(const uint64_t *permutations, size_t slot_count,
                     const uint64_t *shingles, size_t count, uint64_t *slots)
{
    for (size_t slot = 0; slot < slot_count; slot++) {
        uint64_t factor = permutations[slot];
        uint64_t summand = permutations[slot_count + slot], least = UINT64_MAX;

        for (size_t i = 0; i < count; i++) {
            uint64_t x = shingles[i] * factor + summand;

            x = (x & PRIME) + (x >> 61);
            x = x >= PRIME ? x - PRIME : x;
            least = x < least ? x : least;
        }
        slots[slot] = least;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mojibake - turn characters back into the bytes they were, and see whether
 * they are UTF-8.
 */
#include "filters/mojibake.h"

#include "filters/mojibake_table.h"
#include "src/utf8.h"

/* Characters that are sequences, and all above ASCII. */
struct count {
    size_t sequences, inside, all;
    size_t common; /* sequences of characters that Europe writes */
};

enum { EARLY = 24, LEAST_SEQUENCES = 2 };

void mojibake_init(struct mojibake *index)
{
    memset(index, 0, sizeof *index);
    for (int k = 0; k < MOJIBAKE_CHARSETS; k++) {
        for (int c = 0x80; c < 0xa0; c++)
            index->bytes[k][c] = (unsigned char)c;
        for (int i = 0; i < 128; i++) {
            uint16_t c = mojibake_table[k][i];

            if (c < MOJIBAKE_LOW)
                index->bytes[k][c] = (unsigned char)(128 + i);
            else if (c - MOJIBAKE_HIGH < 0x140)
                index->bytes[k][c - MOJIBAKE_HIGH + MOJIBAKE_LOW] =
                    (unsigned char)(128 + i);
        }
    }
}

/* The byte of a character, or -1. */
static int byte_of(const unsigned char *bytes, uint32_t c)
{
    int byte = c < MOJIBAKE_LOW ? bytes[c]
               : c - MOJIBAKE_HIGH < 0x140
                   ? bytes[c - MOJIBAKE_HIGH + MOJIBAKE_LOW]
                   : 0;

    return byte ? byte : -1;
}

/*
 * Is at *at a sequence of characters whose bytes are one character of UTF-8,
 * above ASCII?  If so, *at moves behind it and *made is that character.
 */
static bool take_sequence(const unsigned char *table, struct slice text,
                          size_t *at, size_t *chars, uint32_t *made)
{
    char bytes[4];
    size_t next = *at, len = 0, want, from = 0;

    do {
        int byte = next < text.len
                       ? byte_of(table, utf8_next(text, &next)) : -1;

        if (byte < 0)
            return false;
        bytes[len++] = (char)byte;
        want = (unsigned char)bytes[0] < 0xc2   ? 0
               : (unsigned char)bytes[0] < 0xe0 ? 2
               : (unsigned char)bytes[0] < 0xf0 ? 3
                                                : 4;
        if (want == 0)
            return false;
    } while (len < want);
    *made = utf8_next_lax(slice_make(bytes, len), &from);
    if (*made == UINT32_MAX || from != len)
        return false;
    *at = next;
    *chars = len;
    return true;
}

/*
 * Is this among what European languages write?  Where two charsets both give
 * UTF-8, the wrong one gives letters such as U+0128.
 */
static bool is_common(uint32_t c)
{
    static const char rare[] = "ĈĉĔĕĜĝĤĥĨĩĬĭĲĳĴĵĸŉŎŏŔŜŝŢţŦŧŬŭſ";
    char bytes[5] = { 0 };

    if (c >= 0x100 && c < 0x180) {
        utf8_put(bytes, c);
        return !strstr(rare, bytes);
    }
    return (c >= 0xa0 && c < 0x100) || (c >= 0x218 && c < 0x21c) ||
           (c >= 0x386 && c < 0x3cf) || (c >= 0x401 && c < 0x460) ||
           (c >= 0x2010 && c < 0x2040) || c == 0x20ac || c == 0x2122;
}

/* Stops early when the text is surely no mojibake of this charset. */
static struct count measure(const unsigned char *table, struct slice text,
                            size_t at)
{
    struct count count = { 0 };

    while (at < text.len) {
        size_t chars = 1;
        uint32_t made;

        if ((unsigned char)text.ptr[at] < 0x80) {
            at++;
            continue;
        }
        if (take_sequence(table, text, &at, &chars, &made)) {
            count.sequences++;
            count.common += is_common(made);
            count.inside += chars;
        } else {
            utf8_next(text, &at);
        }
        count.all += chars;
        if (count.all >= EARLY && 2 * count.inside < count.all)
            break;
    }
    return count;
}

static struct slice rewrite(const unsigned char *table, struct slice text,
                            struct arena *arena)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t at = 0, len = 0;

    while (at < text.len) {
        size_t chars, begin = at;
        uint32_t made;

        if ((unsigned char)text.ptr[at] >= 0x80 &&
            take_sequence(table, text, &at, &chars, &made)) {
            len += utf8_put(out + len, made);
            continue;
        }
        utf8_next(text, &at);
        memcpy(out + len, text.ptr + begin, at - begin);
        len += at - begin;
    }
    return slice_make(out, len);
}

/* The first byte above ASCII, or text.len. */
static size_t first_above(struct slice text)
{
    size_t at = 0;

    while (text.len - at >= 32) {
        unsigned char any = 0;

        for (size_t i = 0; i < 32; i++)
            any |= (unsigned char)text.ptr[at + i];
        if (any & 0x80)
            break;
        at += 32;
    }
    while (at < text.len && !(text.ptr[at] & 0x80))
        at++;
    return at;
}

static bool is_more(const struct count *a, const struct count *b)
{
    return a->common > b->common ||
           (a->common == b->common && a->inside > b->inside);
}

/*
 * Do more than a quarter of the first characters above ASCII stand alone?  Then
 * they are letters among others, for a sequence has two characters or more.
 */
static bool stands_alone(struct slice text, size_t at)
{
    size_t all = 0, alone = 0;

    while (at < text.len && all < EARLY) {
        size_t chars = 0;

        for (; at < text.len && text.ptr[at] & 0x80; at++)
            chars += (text.ptr[at] & 0xc0) != 0x80;
        all += chars;
        alone += chars == 1;
        while (at < text.len && !(text.ptr[at] & 0x80))
            at++;
    }
    return 4 * alone > all;
}

/* The charset that explains most, if one does; ties go to the first. */
static struct slice repair_once(const struct mojibake *index,
                                struct slice text, struct arena *arena)
{
    size_t at = first_above(text);
    struct count most = { 0 };
    const unsigned char *best = NULL;

    if (at == text.len || stands_alone(text, at))
        return text;
    for (int i = 0; i < MOJIBAKE_CHARSETS; i++) {
        struct count count = measure(index->bytes[i], text, at);

        if (count.sequences >= LEAST_SEQUENCES &&
            10 * count.inside >= 9 * count.all && is_more(&count, &most)) {
            most = count;
            best = index->bytes[i];
        }
    }
    return best ? rewrite(best, text, arena) : text;
}

/* Each round leaves little more than half of the characters above ASCII. */
struct slice mojibake_repair(const struct mojibake *index, struct slice text,
                             struct arena *arena)
{
    for (;;) {
        struct slice repaired = repair_once(index, text, arena);

        if (repaired.ptr == text.ptr)
            return text;
        text = repaired;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * normalize - on random strings of the characters that matter: the result is
 * what a slow version says, doing it twice changes nothing, the scan calls a
 * text clean exactly when cleaning changes nothing, and what it takes for NFC
 * is NFC to ICU.
 */
#include "filters/clean.h"
#include "src/charclass.h"
#include "src/unicode.h"
#include "src/utf8.h"
#include "tests/check.h"

static struct arena arena;

static const uint32_t tricky[] = {
    ' ', ' ', '\t', '\n', '\n', '\r', 'a', 'a', 'e', '.', 0, 1, 0x0b, 0x0c,
    0x1f, 0x7f, 0x80, 0x85, 0xa0, 0xad, 0xe9, 0x300, 0x301, 0x323, 0x37e,
    0x387, 0x3b1, 0x430, 0x483, 0x5d0, 0x627, 0x64b, 0x650, 0x915, 0x93c,
    0x94d, 0x958, 0xe01, 0x1100, 0x1161, 0x1680, 0x1e9b, 0x2000, 0x2001,
    0x2003, 0x2009, 0x200a, 0x200b, 0x200c, 0x200d, 0x200e, 0x2013, 0x2028,
    0x2029, 0x202e, 0x202f, 0x205f, 0x2060, 0x2066, 0x2126, 0x212b, 0x2764,
    0x3000, 0x3042, 0x3099, 0x4e00, 0xac00, 0xfb01, 0xfb03, 0xfb05, 0xfb2a,
    0xfe0f, 0xfeff, 0x1c4, 0x1c6, 0x1cc, 0x1cd, 0x1f1, 0x1f3, 0x1f5, 0x61c,
    0x1e900, 0xfffd, 0x1f468, 0x1f33e, 0x2f800, 0xe0001
};

enum { TRICKY_COUNT = sizeof tricky / sizeof *tricky };

/* ---- the slow version: one rule after the other, on code points ---- */

struct points {
    uint32_t c[400];
    size_t count;
};

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t';
}

static bool keeps_joiner(const struct points *p, size_t at)
{
    while (at-- > 0) {
        uint32_t c = p->c[at];

        if ((charclass_get(c) & CHAR_MARK) || (c >= 0x200b && c <= 0x200d))
            continue;
        return (c >= 0x590 && c <= 0x109f && c != 0x61c) ||
               (c >= 0x1780 && c <= 0x18af) ||
               (c >= 0x2600 && c <= 0x27bf) || (c >= 0x1f000 && c <= 0x1ffff);
    }
    return false;
}

/* Keep what `keep` says of each place; it sees the points as they were. */
static void filter(struct points *p,
                   bool (*keep)(const struct points *p, size_t at))
{
    struct points old = *p;

    p->count = 0;
    for (size_t i = 0; i < old.count; i++)
        if (keep(&old, i))
            p->c[p->count++] = old.c[i];
}

static bool keep_seen(const struct points *p, size_t at)
{
    uint32_t c = p->c[at];

    if (c == '\r')
        return at + 1 == p->count || p->c[at + 1] != '\n';
    if (c < ' ' || (c >= 0x7f && c < 0xa0))
        return is_blank(c) || c == '\n' || c == 0x0b || c == 0x0c || c == 0x85;
    return c != 0xad && c != 0x2060 && c != 0xfeff;
}

static bool keep_joiners(const struct points *p, size_t at)
{
    return p->c[at] < 0x200b || p->c[at] > 0x200d || keeps_joiner(p, at);
}

/* The last blank of a run stays; a tab stands for its run. */
static bool keep_last_blank(const struct points *p, size_t at)
{
    return !is_blank(p->c[at]) ||
           (at + 1 < p->count && !is_blank(p->c[at + 1]) &&
            p->c[at + 1] != '\n');
}

static bool keep_two_newlines(const struct points *p, size_t at)
{
    return p->c[at] != '\n' || at < 2 || p->c[at - 1] != '\n' ||
           p->c[at - 2] != '\n';
}

static bool keep_directions(const struct points *p, size_t at)
{
    uint32_t c = p->c[at];

    if (c != 0x61c && c != 0x200e && c != 0x200f &&
        (c < 0x202a || c > 0x202e) && (c < 0x2066 || c > 0x2069))
        return true;
    for (size_t i = 0; i < p->count; i++)
        if (p->c[i] == 0x5d0 || p->c[i] == 0x627 || p->c[i] == 0xfb2a ||
            p->c[i] == 0x1e900)
            return true;
    return false;
}

/* Ligatures and pairs, as their letters. */
static void spell(struct points *p)
{
    static const struct {
        uint32_t from, to[3];
    } rows[] = {
        { 0x1c4, { 'D', 0x17d } }, { 0x1c5, { 'D', 0x17e } },
        { 0x1c6, { 'd', 0x17e } }, { 0x1c7, { 'L', 'J' } },
        { 0x1c8, { 'L', 'j' } },   { 0x1c9, { 'l', 'j' } },
        { 0x1ca, { 'N', 'J' } },   { 0x1cb, { 'N', 'j' } },
        { 0x1cc, { 'n', 'j' } },   { 0x1f1, { 'D', 'Z' } },
        { 0x1f2, { 'D', 'z' } },   { 0x1f3, { 'd', 'z' } },
        { 0xfb00, { 'f', 'f' } },  { 0xfb01, { 'f', 'i' } },
        { 0xfb02, { 'f', 'l' } },  { 0xfb03, { 'f', 'f', 'i' } },
        { 0xfb04, { 'f', 'f', 'l' } }, { 0xfb05, { 's', 't' } },
        { 0xfb06, { 's', 't' } },
    };
    struct points old = *p;

    p->count = 0;
    for (size_t i = 0; i < old.count; i++) {
        size_t row = 0;

        while (row < sizeof rows / sizeof *rows && rows[row].from != old.c[i])
            row++;
        if (row == sizeof rows / sizeof *rows)
            p->c[p->count++] = old.c[i];
        else
            for (size_t k = 0; k < 3 && rows[row].to[k]; k++)
                p->c[p->count++] = rows[row].to[k];
    }
}

static void map_one(struct points *p, size_t i)
{
    uint32_t c = p->c[i];

    if (c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 ||
        c == 0x2029)
        p->c[i] = '\n';
    else if (c != '\t' && c != '\n' && (charclass_get(c) & CHAR_SPACE))
        p->c[i] = ' ';
}

static struct slice naive(struct points p)
{
    struct slice text;
    char *out = arena_alloc(&arena, 4 * p.count + 1);
    size_t len = 0, from = 0;

    filter(&p, keep_seen);
    filter(&p, keep_directions);
    spell(&p);
    for (size_t i = 0; i < p.count; i++)
        map_one(&p, i);
    filter(&p, keep_joiners);
    for (size_t i = 0; i + 1 < p.count; i++)
        if (p.c[i] == '\t' && is_blank(p.c[i + 1]))
            p.c[i + 1] = '\t';
    filter(&p, keep_last_blank);
    filter(&p, keep_two_newlines);
    while (p.count > 0 && p.c[p.count - 1] == '\n')
        p.count--;
    while (from < p.count && (is_blank(p.c[from]) || p.c[from] == '\n'))
        from++;
    for (size_t i = from; i < p.count; i++)
        len += utf8_put(out + len, p.c[i]);
    text = slice_make(out, len);
    return text;
}

/* ---- the properties ---- */

static struct slice encode(const struct points *p)
{
    char *out = arena_alloc(&arena, 4 * p->count + 1);
    size_t len = 0;

    for (size_t i = 0; i < p->count; i++)
        len += utf8_put(out + len, p->c[i]);
    return slice_make(out, len);
}

static void check_text(const struct points *p)
{
    struct slice text = encode(p), clean, nfc;
    struct clean_state state = clean_scan(text), of_nfc;

    clean = clean_text(text, &state, &arena);
    check_that(slice_equal(clean, naive(*p)), "of %zu: got %.*s", p->count,
               (int)clean.len, clean.ptr);
    check(state.is_clean == slice_equal(clean, text));
    if (state.is_nfc) {
        check(slice_equal(unicode_nfc(text, &arena), text));
        check(slice_equal(unicode_nfc(clean, &arena), clean));
    }
    nfc = unicode_nfc(clean, &arena);
    of_nfc = clean_scan(nfc);
    check(of_nfc.is_clean);
    check(slice_equal(clean_text(nfc, &of_nfc, &arena), nfc));
    check(clean_scan(clean).is_clean);
}

static void random_strings(void)
{
    for (uint64_t seed = 1; seed <= 200000; seed++) {
        struct random random = { seed };
        struct points p = { .count = random_below(&random, 24) };
        size_t kinds = seed % 3 ? TRICKY_COUNT : 12;

        for (size_t i = 0; i < p.count; i++)
            p.c[i] = tricky[random_below(&random, kinds)];
        check_text(&p);
        arena_reset(&arena);
    }
}

/* Mostly plain text, so that whole blocks of it are passed at once. */
static void random_long_strings(void)
{
    static const uint32_t plain[] = { 'a', 'b', 'c', '.', ' ', '\n', 0xe9,
                                      0x3b1, 0x44f, 'x', 'y', 'z' };
    uint64_t clean = 0;

    for (uint64_t seed = 1; seed <= 100000; seed++) {
        struct random random = { seed };
        struct points p = { .count = 30 + random_below(&random, 90) };
        uint64_t odds = 20 + random_below(&random, 200);

        for (size_t i = 0; i < p.count; i++) {
            uint64_t pick = random_below(&random, 12);
            uint32_t last = i == 0 ? ' ' : p.c[i - 1];
            bool is_double = (last == ' ' || last == '\n') &&
                             (plain[pick] == ' ' || plain[pick] == '\n');

            p.c[i] = plain[is_double ? 0 : pick];
            if (random_below(&random, odds) == 0)
                p.c[i] = tricky[random_below(&random, TRICKY_COUNT)];
        }
        check_text(&p);
        clean += clean_scan(encode(&p)).is_clean;
        arena_reset(&arena);
    }
    check(clean > 10000 && clean < 90000);
}

static void all_short_strings(void)
{
    for (size_t n = 0; n < TRICKY_COUNT * TRICKY_COUNT * TRICKY_COUNT; n++) {
        struct points p = { .count = 3 };

        p.c[0] = tricky[n % TRICKY_COUNT];
        p.c[1] = tricky[n / TRICKY_COUNT % TRICKY_COUNT];
        p.c[2] = tricky[n / TRICKY_COUNT / TRICKY_COUNT];
        check_text(&p);
        arena_reset(&arena);
    }
}

/* Every character that the scan takes for NFC, behind others, is. */
static void every_sure_character_is_nfc(void)
{
    static const uint32_t before[] = { 'a', 'e', 0x3b1, 0x435, 0x1100, 0xac00,
                                       0x915, 0x3042, 0x226a };
    uint64_t sure = 0;

    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        struct points p = { { c }, 1 };
        struct slice text = encode(&p);

        if ((c >= 0xd800 && c < 0xe000) || !clean_scan(text).is_nfc)
            continue;
        sure++;
        check_that(slice_equal(unicode_nfc(text, &arena), text), "U+%04X", c);
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            p = (struct points){ { before[i], 0x301, c, 'x' }, 4 };
            text = unicode_nfc(encode(&p), &arena);
            /* the accent may join what is before it, but c is left alone */
            p = (struct points){ { c, 'x' }, 2 };
            check_that(text.len > encode(&p).len &&
                           memcmp(text.ptr + text.len - encode(&p).len,
                                  encode(&p).ptr, encode(&p).len) == 0,
                       "U+%04X", c);
        }
        arena_reset(&arena);
    }
    check(sure > 20000);
}

int main(void)
{
    all_short_strings();
    random_strings();
    random_long_strings();
    every_sure_character_is_nfc();
    arena_clear(&arena);
    return check_done();
}

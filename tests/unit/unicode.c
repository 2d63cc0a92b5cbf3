/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unicode - NFC against known pairs and against its own laws, on any text.
 */
#include "src/unicode.h"

#include "src/utf8.h"
#include "tests/check.h"

static struct arena arena;

static void nfc_is(const char *text, const char *expected)
{
    struct slice nfc = unicode_nfc(slice_from(text), &arena);

    check_that(slice_is(nfc, expected), "%s gives %.*s", text, (int)nfc.len,
               nfc.ptr);
}

/* Already composed: the very same bytes, not a copy. */
static void untouched(const char *text)
{
    struct slice in = slice_from(text), nfc = unicode_nfc(in, &arena);

    check_that(nfc.ptr == in.ptr && nfc.len == in.len, "%s", text);
}

/* Unicode Standard Annex 15, figures 3 to 6, and what Europe writes. */
static void known(void)
{
    untouched("");
    untouched("plain ASCII, 123");
    untouched("Žluťoučký kůň, größer, žąsų, ħġarġ, αβγ, їжак, 🌻");
    nfc_is("e\u0301", "é");
    nfc_is("A\u030a", "Å");
    nfc_is("\u212b", "Å");                          /* the Ångström sign */
    nfc_is("\u2126", "Ω");                          /* the Ohm sign */
    nfc_is("s\u0323\u0307", "\u1e69");
    nfc_is("s\u0307\u0323", "\u1e69");              /* marks in another order */
    nfc_is("\u1e0b\u0323", "\u1e0d\u0307");
    nfc_is("\u0958", "\u0915\u093c");               /* excluded from NFC */
    nfc_is("\u1100\u1161\u11a8", "\uac01");         /* Hangul */
    nfc_is("\ufb01", "\ufb01");                     /* NFKC only */
    nfc_is("и\u0306", "й");
    nfc_is("a\u0328 e\u0306", "ą ĕ");
    nfc_is("\u0301", "\u0301");
}

static void nfkc_is(const char *text, const char *expected)
{
    struct slice in = slice_from(text), nfkc = unicode_nfkc(in, &arena);

    check_that(slice_is(nfkc, expected), "%s gives %.*s", text, (int)nfkc.len,
               nfkc.ptr);
    check(strcmp(text, expected) != 0 || nfkc.ptr == in.ptr);
}

static void compatible(void)
{
    nfkc_is("", "");
    nfkc_is("plain ASCII, 123", "plain ASCII, 123");
    nfkc_is("Žluťoučký kůň", "Žluťoučký kůň");
    nfkc_is("e\u0301 x\u00b2 \u00bd", "é x2 1\u20442");
    nfkc_is("\ufb01n \uff21\uff11 \u2460", "fin A1 1");
    nfkc_is("\u1e9b\u0323", "\u1e69"); /* UAX 15, figure 6 */
    nfkc_is("a\u00a0b", "a b");
}

/*
 * Long texts are changed in pieces, and long runs of marks put in order before
 * ICU sees them: both must give what ICU gives of short ones.
 */
static void long_texts(void)
{
    static const uint32_t marks[] = { 0x301, 0x323, 0x327, 0x344, 0x345, 0xf71,
                                      0xf73, 0x3099, 0xff9e, 0x1d165, 0x338 };
    struct random random = { 7 };

    for (int i = 0; i < 300; i++) {
        char *text = arena_alloc(&arena, 400000), *pieces;
        size_t len = 0, many = 0, count = 50 + random_below(&random, 60);
        struct slice whole, nfd;

        len += utf8_put(text + len, 'a');
        while (count-- > 0)
            len += utf8_put(text + len, marks[random_below(&random, 11)]);
        whole = unicode_nfc(slice_make(text, len), &arena);
        nfd = unicode_nfd(slice_make(text, len), &arena);
        check(slice_equal(whole, unicode_nfc(nfd, &arena)));
        check(slice_equal(nfd, unicode_nfd(whole, &arena)));
        check(slice_equal(unicode_nfkc(whole, &arena),
                          unicode_nfkc(nfd, &arena)));
        pieces = arena_alloc(&arena, 900000);
        while (many * len < 100000)
            memcpy(pieces + many++ * len, text, len);
        nfd = unicode_nfc(slice_make(pieces, many * len), &arena);
        check(nfd.len == many * whole.len);
        for (size_t k = 0; k < many; k++)
            check(memcmp(nfd.ptr + k * whole.len, whole.ptr, whole.len) == 0);
        arena_reset(&arena);
    }
}

static void lower_and_marks(void)
{
    check(slice_is(unicode_lower(slice_from("ŠÍŘE ΟΔΟΣ İ ẞ"), &arena),
                   "šíře οδος i\u0307 ß"));
    check(slice_is(unicode_nfd(slice_from("é ǖ 가 x"), &arena),
                   "e\u0301 u\u0308\u0304 \u1100\u1161 x"));
    check(slice_is(unicode_nfd(slice_from("\u1f82"), &arena),
                   "\u03b1\u0313\u0300\u0345"));
    check(unicode_skeleton(0xc9) == 'e' && unicode_skeleton('Z') == 'z');
    check(unicode_skeleton(0x1fb4) == 0x3b1); /* ᾴ */
    check(unicode_skeleton(0x212b) == 'a');   /* the Ångström sign */
    check(unicode_skeleton(0x0419) == 0x0438); /* Й */
    check(unicode_skeleton(0xac00) == 0xac00 && unicode_skeleton('7') == '7');
    check(unicode_skeleton(0xdf) == 0xdf && unicode_skeleton(0x142) == 0x142);
}

static struct slice random_text(struct random *random, char *to)
{
    static const uint32_t starts[] = { 'a', 'e', ' ', 0x300, 0x301, 0x323,
                                       0x327, 0x328, 0x30c, 0xe9, 0x3b1,
                                       0x433, 0x1100, 0x1161, 0x11a8,
                                       0xac00, 0x1f33b };
    size_t len = 0, count = random_below(random, 40);

    for (size_t i = 0; i < count; i++) {
        uint32_t cp = starts[random_below(random, 17)];

        if (random_below(random, 8) == 0)
            cp = (uint32_t)random_below(random, 0x110000);
        if (cp >= 0xd800 && cp < 0xe000)
            cp = 'x';
        len += utf8_put(to + len, cp);
    }
    return slice_make(to, len);
}

/* NFC of NFC is itself; the result is UTF-8; parts joined by ASCII join. */
static void laws(void)
{
    struct random random = { 21 };
    char text[400], both[1000];
    size_t bad;

    for (int i = 0; i < 20000; i++) {
        struct slice in = random_text(&random, text);
        struct slice once = unicode_nfc(in, &arena);
        struct slice twice = unicode_nfc(once, &arena), joined;

        check(utf8_check(once, &bad));
        check_that(twice.ptr == once.ptr && twice.len == once.len, "round %d",
                   i);
        memcpy(both, text, in.len);
        memcpy(both + in.len, "\n", 1);
        memcpy(both + in.len + 1, text, in.len);
        joined = unicode_nfc(slice_make(both, 2 * in.len + 1), &arena);
        check(joined.len == 2 * once.len + 1);
        check(memcmp(joined.ptr, once.ptr, once.len) == 0);
        check(memcmp(joined.ptr + once.len + 1, once.ptr, once.len) == 0);
        arena_reset(&arena);
    }
}

static void properties(void)
{
    char name[3];

    unicode_category('A', name);
    check(strcmp(name, "Lu") == 0);
    unicode_category(0x301, name);
    check(strcmp(name, "Mn") == 0);
    unicode_category(' ', name);
    check(strcmp(name, "Zs") == 0);
    unicode_category(0x10ffff, name);
    check(strcmp(name, "Cn") == 0);
    check(unicode_fold(0x416) == 0x436); /* Ж ж */
    check(unicode_fold('a') == 'a');
    check(strcmp(unicode_script(0x436), "Cyrl") == 0);
    check(strcmp(unicode_script(0x3b1), "Grek") == 0);
    check(strcmp(unicode_script('a'), "Latn") == 0);
    check(strcmp(unicode_script(' '), "Zyyy") == 0);
}

int main(void)
{
    known();
    compatible();
    long_texts();
    lower_and_marks();
    laws();
    properties();
    arena_clear(&arena);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * textform - whatever the text, doing it twice changes nothing, what comes out
 * is clean, in the form and without references; on each code point, as itself
 * and as a reference, and on random joinings of pieces that were chosen to hide
 * references, marks and mojibake in each other.
 */
#include "filters/textform.h"

#include "filters/clean.h"
#include "filters/entities.h"
#include "filters/entities_table.h"
#include "src/utf8.h"
#include "tests/check.h"

enum { FORMS = 3 };

static struct arena arena;
static struct textform forms[FORMS];

/* Is there a reference left?  Tries every pair of & and semicolon. */
static bool has_reference(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        for (size_t k = i + 1; text.ptr[i] == '&' && k < text.len; k++)
            if (text.ptr[k] == ';' &&
                entities_read(slice_make(text.ptr + i, k + 1 - i)) !=
                    UINT32_MAX)
                return true;
    return false;
}

static void check_text(struct slice text, const char *lang)
{
    for (int form = 0; form < FORMS; form++) {
        struct slice label = slice_from(lang);
        struct slice once = textform_apply(&forms[form], text, label, &arena);
        struct slice twice = textform_apply(&forms[form], once, label, &arena);
        size_t bad;

        check(utf8_check(once, &bad));
        check_that(once.ptr == twice.ptr, "form %d: %.*s: %.*s, then %.*s",
                   form, (int)text.len, text.ptr, (int)once.len, once.ptr,
                   (int)twice.len, twice.ptr);
        check(clean_scan(once).is_clean);
        check(unicode_to_form(once, (enum unicode_form)form, &arena).ptr ==
              once.ptr);
        check_that(!has_reference(once), "%.*s", (int)once.len, once.ptr);
    }
}

/* ---- every code point ---- */

static struct slice print(const char *format, uint32_t c)
{
    char *text = arena_alloc(&arena, 64);
    int len = snprintf(text, 64, format, (unsigned)c);

    return slice_make(text, (size_t)len);
}

/* Around it: letters, a mark behind it, pieces of a reference. */
static void check_literal(uint32_t c)
{
    static const char *const around[][2] = {
        { "", "" }, { "a", "b" }, { "s", "\u0301\u0327" }, { "&am", "p;" },
        { "&amp", "" }, { "\u05d0\u200e", "\u200d" }, { " ", " x" },
        { "", "\u0323\u200dn\u030c" },
    };
    char text[64];

    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        size_t len = strlen(around[i][0]);

        memcpy(text, around[i][0], len);
        len += utf8_put(text + len, c);
        memcpy(text + len, around[i][1], strlen(around[i][1]));
        len += strlen(around[i][1]);
        check_text(slice_make(text, len), i % 2 ? "ron_Latn" : "");
    }
}

/* A reference that is read is its character; nothing else. */
static void check_reference(uint32_t c)
{
    struct slice decimal = print("&#%u;", c), hex = print("&#x%X;", c);
    uint32_t read = entities_read(decimal);
    char bytes[4];
    struct slice literal, a, b;

    check(entities_read(hex) == read);
    check(read == c || read == UINT32_MAX || (c >= 128 && c < 160));
    check_text(print("&am&#%u;p;", c), "");
    check_text(print("&amp&#x%x;", c), "ron_Latn");
    check_text(print("\u05d0&#%u;&#8205;&am&lrm;p;", c), "");
    if (read == UINT32_MAX) {
        check(textform_apply(&forms[1], hex, slice_from(""), &arena).ptr ==
              hex.ptr);
        return;
    }
    if (c == '&' || c == '\r' || (c >= 128 && c < 160))
        return;
    literal = slice_make(bytes, utf8_put(bytes, c));
    for (int form = 0; form < FORMS; form++) {
        a = textform_apply(&forms[form], literal, slice_from(""), &arena);
        b = textform_apply(&forms[form], hex, slice_from(""), &arena);
        check_that(slice_equal(a, b), "form %d, U+%04X", form, (unsigned)c);
    }
}

/* Of Han, Hangul and the planes without characters, one code point in 97. */
static void every_code_point(void)
{
    uint32_t step;

    for (uint32_t c = 0; c <= 0x10ffff; c += step) {
        bool is_surrogate = c >= 0xd800 && c < 0xe000;

        step = c < 0x3400 || (c >= 0xa000 && c < 0xac00) ||
                       (c >= 0xd7a0 && c < 0x20000) ||
                       (c >= 0xe0000 && c < 0xe0200)
                   ? 1 : 97;
        if (!is_surrogate)
            check_literal(c);
        check_reference(c);
        arena_reset(&arena);
    }
    check(entities_read(slice_from("&#1114112;")) == UINT32_MAX);
    check(entities_read(slice_from("&#x110000;")) == UINT32_MAX);
    check(entities_read(slice_from("&#xD800;")) == UINT32_MAX);
    check(entities_read(slice_from("&#xFFFE;")) == UINT32_MAX);
    check(entities_read(slice_from("&#0;")) == UINT32_MAX);
    check(entities_read(slice_from("&#128;")) == 0x20ac);
    check(entities_read(slice_from("&#x9F;")) == 0x178);
    check(entities_read(slice_from("&#129;")) == UINT32_MAX);
    check(entities_read(slice_from("&#x;")) == UINT32_MAX);
    check(entities_read(slice_from("&#;")) == UINT32_MAX);
    check(entities_read(slice_from("&;")) == UINT32_MAX);
    check(entities_read(slice_from("&#12a;")) == UINT32_MAX);
    check(entities_read(slice_from("&#0000000000065;")) == 'A');
    check(entities_read(slice_from("&#00000000000065;")) == UINT32_MAX);
}

static void every_name(void)
{
    for (size_t i = 0; i < ENTITIES; i++) {
        const struct entity *entity = &entities_table[i];
        struct slice name = slice_from(entity->name);
        char text[16] = { '&' };

        check(i == 0 || slice_compare(slice_from(entity[-1].name), name) < 0);
        memcpy(text + 1, name.ptr, name.len);
        text[name.len + 1] = ';';
        check(entities_read(slice_from(text)) == entity->code_point);
        check_text(slice_from(text), "");
        arena_reset(&arena);
    }
}

/* ---- random joinings ---- */

static const char *const pieces[] = {
    "&", "amp", ";", "#", "38", "59", "x3b", "lt", "&am", "p;", "&amp;", "&sh",
    "y;", "&shy;", "&zw", "j;", "&zwj;", "&lr", "m;", "&lrm;", "&rlm;",
    "&#1488;", "&#894", "&#894;", "&#xFF1B;", "&#xFF1B", "\u037e", "\uff1b",
    "\uff06", "&in", "\ufb01", "n;", "&#64257;", "&#454;", "\u01c6", "\u05d0",
    "\u200e", "\u202e", "\u200d", "\u200b", "\u00ad", "\ufeff", "s", "t",
    "\u0327", "\u0326", "\u015f", "\u0163", "\u0301", "\u0323", "&#807;",
    "&#x323;", "\u0344", "\u1f130", "\u00a8", "\ufdfa", "\u2135", "\u1e9b",
    " ", "\n", "\t", "&nbsp;", "&#13;", "&#10;", "&#133;", "Ã©", "Ã", "©",
    "&Atilde;", "&copy;", "Ðš", "Í¾", "&Iacute;", "&frac34;", "Â", "a", "b",
    "\xf0\x9f\x84\xb0", "\xf0\x9f\x91\xa9", "\u0f73", "\uff9e", "\uff76",
};

enum { PIECES = sizeof pieces / sizeof *pieces };

static void random_joinings(void)
{
    uint64_t changed = 0;

    for (uint64_t seed = 1; seed <= 150000; seed++) {
        struct random random = { seed };
        size_t count = 1 + random_below(&random, 14), len = 0;
        size_t from = random_below(&random, PIECES);
        size_t kinds = seed % 2 ? PIECES : 12;
        char text[512];

        for (size_t i = 0; i < count; i++) {
            const char *piece =
                pieces[(from + random_below(&random, kinds)) % PIECES];

            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        check_text(slice_make(text, len), seed % 3 ? "" : "ron_Latn");
        changed += !clean_scan(slice_make(text, len)).is_clean;
        arena_reset(&arena);
    }
    check(changed > 10000);
}

/* ---- what is meant ---- */

static void becomes(int form, const char *lang, const char *text,
                    const char *expected)
{
    struct slice made = textform_apply(&forms[form], slice_from(text),
                                       slice_from(lang), &arena);

    check_that(slice_is(made, expected), "%s gives %.*s", text, (int)made.len,
               made.ptr);
}

static void known(void)
{
    becomes(1, "", "caf&eacute; &amp;amp;amp; th&#233;&#xE9;", "café & théé");
    becomes(1, "", "&amp;lt;br&#38;gt;", "<br>");
    becomes(1, "", "AT&T; R&D &copy &unknown; &#0;",
            "AT&T; R&D &copy &unknown; &#0;");
    becomes(1, "", "&am\u00adp; &am&shy;p; &am&sh&shy;y;p;", "& & &");
    becomes(1, "", "&am&lrm;p;", "&");
    becomes(1, "", "&#1488;&lrm;&am&lrm;p;", "א\u200e&am\u200ep;");
    becomes(1, "", "&amp\u037e &amp&#894;", "& &");
    becomes(2, "", "\uff06lt\uff1b &in\ufb01n;", "< ∞");
    becomes(1, "", "e&#769;", "é");
    becomes(0, "", "e&#769; \ufb01", "e\u0301 fi");
    becomes(2, "", "\u00a8x x\u00b2\u00a0y \u2474", "\u0308x x2 y (1)");
    becomes(1, "", "caf&Atilde;&copy; th&Atilde;&copy;", "café thé");
    becomes(1, "", "ş", "ş");
}

int main(void)
{
    for (int form = 0; form < FORMS; form++) {
        forms[form] = (struct textform){ .form = (enum unicode_form)form };
        textform_init(&forms[form]);
    }
    known();
    every_name();
    every_code_point();
    random_joinings();
    arena_clear(&arena);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * textform_linear - texts that were made to take long do not: sixteen times the
 * text takes less than sixty times as long.  (In proportion it would be 16, by
 * the square 256; what a machine does besides lies between.)
 */
#include <time.h>

#include "filters/textform.h"
#include "src/utf8.h"
#include "tests/check.h"

/* prefix, unit × n, unit × n, suffix */
struct kind {
    const char *name, *prefix, *first, *second, *suffix;
};

static const struct kind kinds[] = {
    { "one word", "", "x", "x", "" },
    { "one word of Cyrillic", "", "д", "д", "" },
    { "empty lines", "a", "\n", "\n", "b" },
    { "blanks", "a", " ", "\u00a0", "b" },
    { "punctuation", "", ".,;!", "…—", "" },
    { "overrides, left to right", "", "a\u202e", "\u2067", "" },
    { "overrides, right to left", "", "\u05d0\u202e", "\u2067", "" },
    { "joiners", "a", "\u200d", "\u200c", "" },
    { "letter pairs", "", "\u01c6", "\ufb03", "" },
    { "one mark", "a", "\u0301", "\u0301", "" },
    { "marks that fall", "a", "\u0301", "\u0323", "" },
    { "marks that fall in turn", "", "\u0301\u0323", "\u0345\u0327", "" },
    { "marks of two", "a", "\u0301\u0f73", "\u0344\u0323", "" },
    { "marks of half width", "\uff76", "\u0301\uff9e", "\u0301\uff9f", "" },
    { "vowels of Hangul", "\u1100", "\u1161", "\u11a8", "" },
    { "what grows most", "", "\ufdfa", "\ufdfa", "" },
    { "ampersands", "", "&", "&", "" },
    { "beginnings of references", "", "&", "&thetasy", "" },
    { "semicolons", "", ";", "&;", "" },
    { "digits", "&#", "0", "0", ";" },
    { "an ampersand, encoded often", "&", "amp;", "amp;", "lt;" },
    { "soft hyphens in references", "", "&sh", "y;", "" },
    { "joiners in references", "", "&zw", "j;", "" },
    { "marks of direction in references", "", "&lr", "m;", "" },
    { "semicolons from references", "", "&#59", ";", "" },
    { "Greek question marks", "", "&#894", ";", "" },
    { "semicolons of full width", "", "&#xFF1B", ";", "" },
    { "cedillas", "s", "\u0327", "\u0327\u031b", "" },
    { "mojibake", "", "Ã©", "Ã¼", "" },
    { "mojibake that goes", "", "Í¾", "&#205&#190", "" },
};

static struct textform textform = { .form = UNICODE_NFC };

static char *repeat(char *to, const char *unit, size_t count)
{
    size_t len = strlen(unit);

    for (size_t i = 0; i < count; i++, to += len)
        memcpy(to, unit, len);
    return to;
}

static struct slice make_text(const struct kind *kind, size_t count,
                              struct arena *arena)
{
    char *text = arena_alloc(arena, count * 32 + 64), *end = text;

    end = repeat(end, kind->prefix, 1);
    end = repeat(end, kind->first, count);
    end = repeat(end, kind->second, count);
    end = repeat(end, kind->suffix, 1);
    return slice_make(text, (size_t)(end - text));
}

/* The least of `tries`, in seconds of processor time. */
static double measure(const struct kind *kind, size_t count, int tries)
{
    double least = 1e9;

    for (int i = 0; i < tries; i++) {
        struct arena arena = { 0 };
        struct slice text = make_text(kind, count, &arena), made;
        clock_t begin = clock();
        double seconds;
        size_t bad;

        made = textform_apply(&textform, text, slice_from("ron"), &arena);
        seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        least = seconds < least ? seconds : least;
        check(utf8_check(made, &bad));
        arena_clear(&arena);
    }
    return least;
}

static void compare(const struct kind *kind, size_t few, size_t times,
                    double most)
{
    double short_time = measure(kind, few, 5);
    double long_time = measure(kind, few * times, 3);

    if (short_time < 1e-4) /* too short for the clock */
        short_time = 1e-4;
    check_that(long_time < short_time * most,
               "%s: %zu times the text, %.2g s, then %.2g s", kind->name, times,
               short_time, long_time);
}

/* First short ones: the square of a long one would take all memory, too. */
int main(void)
{
    textform_init(&textform);
    for (int form = UNICODE_NFC; form <= UNICODE_NFKC; form++)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            textform.form = (enum unicode_form)form;
            compare(&kinds[i], 1000, 8, 30);
            compare(&kinds[i], 8000, 16, 60);
        }
    return check_done();
}

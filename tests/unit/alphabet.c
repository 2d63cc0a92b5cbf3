/* SPDX-License-Identifier: Apache-2.0 */
/* alphabet - what languages need, alone and together. */
#include "tokenizer/alphabet.h"

#include <string.h>

#include "tests/check.h"

static void add(struct wordcount *words, const char *word, uint64_t count)
{
    check(wordcount_add(words, slice_from(word), count));
}

static void check_points(const struct alphabet *a, const uint32_t *points,
                         size_t count)
{
    check(a->count == count);
    check(memcmp(a->points, points, count * sizeof *points) == 0);
}

/* 60 of a, 30 of \u00e9, 9 of b, 1 of \U0001f600. */
static void frequent_first(void)
{
    static const uint32_t all[] = { 'a', 'b', 0xe9, 0x1f600 };
    static const uint32_t most[] = { 'a', 0xe9 };
    struct wordcount words = { 0 };
    struct alphabet a = { 0 };

    add(&words, "aa\u00e9", 30);
    add(&words, "b", 9);
    add(&words, "\U0001f600", 1);
    alphabet_add(&a, &words, 1, 1);
    check_points(&a, all, 4);
    alphabet_clear(&a);
    alphabet_add(&a, &words, 1, 0.99);
    check_points(&a, all, 3);
    alphabet_clear(&a);
    alphabet_add(&a, &words, 1, 0.9);
    check_points(&a, most, 2);
    alphabet_clear(&a);
    wordcount_clear(&words);
}

static void of_equals_the_lowest(void)
{
    static const uint32_t points[] = { 'x', 'y' };
    struct wordcount words = { 0 };
    struct alphabet a = { 0 };

    add(&words, "zyx", 5);
    alphabet_add(&a, &words, 1, 0.6);
    check_points(&a, points, 2);
    alphabet_clear(&a);
    wordcount_clear(&words);
}

/* Georgian is a thousandth of all text, and has its letters all the same. */
static void small_languages(void)
{
    static const uint32_t points[] = { 'a', 0x10d0, 0x10d1 };
    struct wordcount tables[2] = { { 0 }, { 0 } };
    struct alphabet a = { 0 };

    add(&tables[0], "a", 1000000);
    add(&tables[1], "\u10d0\u10d1", 100);
    alphabet_add(&a, &tables[0], 1, 0.99);
    alphabet_add(&a, &tables[1], 1, 0.99);
    alphabet_add(&a, &tables[0], 1, 0.99);
    check_points(&a, points, 3);
    alphabet_clear(&a);
    /* Two tables of one language are one text. */
    alphabet_add(&a, tables, 2, 0.99);
    check_points(&a, points, 1);
    alphabet_clear(&a);
    wordcount_clear(&tables[0]);
    wordcount_clear(&tables[1]);
}

static void what_is_none(void)
{
    static const uint32_t points[] = { 'a' };
    struct wordcount words = { 0 };
    struct alphabet a = { 0 };

    alphabet_add(&a, &words, 1, 1);
    check(a.count == 0);
    add(&words, "\xe2\x96\x81" "a\xff\xc3", 5);
    alphabet_add(&a, &words, 1, 1);
    check_points(&a, points, 1);
    alphabet_clear(&a);
    wordcount_clear(&words);
}

int main(void)
{
    frequent_first();
    of_equals_the_lowest();
    small_languages();
    what_is_none();
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans_cut - of random texts in several scripts random spans are cut: the
 * words that no span holds are left, in order, and no two of them became one;
 * no blank is doubled, and where a paragraph or line ended one still does.
 */
#include "filters/spans_cut.h"

#include <string.h>

#include "src/utf8.h"
#include "tests/check.h"

enum { WORDS = 40 };

static struct arena arena;

static const char *const spellings[] = {
    "mill", "Mühle", "m\u0301", "水", "車", "12", "มิล", "мельница", "a\u200db",
};
/* No doubled blanks: what is left must have none either. */
static const char *const gaps[] = {
    " ", " ", " ", " ", ", ", ".\n\n", ".\n", "\n* ", " (", ") ", "\u2014",
    "\u3000", "」「", "。", "\n\n(", " \u2014 ", "\n***\n", "",
};

#define PICK(list) list[random_below(random, sizeof list / sizeof *list)]

static struct slice random_text(struct random *random)
{
    char *to = arena_alloc(&arena, 32 * WORDS + 64);
    size_t len = 0;

    if (random_below(random, 3) == 0)
        len += (size_t)snprintf(to, 32, "%s", PICK(gaps));
    for (size_t i = 0; i < WORDS; i++) {
        const char *gap = i + 1 < WORDS || random_below(random, 2)
                              ? PICK(gaps)
                              : "\n";

        len += (size_t)snprintf(to + len, 32, "%s%s", PICK(spellings), gap);
    }
    return slice_make(to, len);
}

static void random_matches(struct random *random, size_t count,
                           struct span_matches *m)
{
    size_t at = random_below(random, 4);

    *m = (struct span_matches){ arena_alloc(&arena, count * sizeof *m->list),
                                0, count };
    while (at < count) {
        size_t end = at + 1 + random_below(random, 8);

        if (end > count)
            end = count;
        m->list[m->count++] =
            (struct span_match){ at, end, 7, slice_from("\"x\"") };
        at = end + random_below(random, 5);
    }
}

static size_t newlines(struct slice text, size_t begin, size_t end)
{
    size_t count = 0;

    while (begin < end)
        count += text.ptr[begin++] == '\n';
    return count;
}

static bool has_doubled(struct slice text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.ptr[i] == ' ' &&
            (text.ptr[i + 1] == ' ' || text.ptr[i + 1] == '\n'))
            return true;
    return false;
}

static void judge(const struct span_words *words, const struct span_matches *m)
{
    struct slice left = spans_cut(words, m, &arena);
    struct shingle_words whole = shingle_words_digits(words->text, &arena);
    struct shingle_words now = shingle_words_digits(left, &arena);
    bool was_doubled = has_doubled(words->text);
    bool gone[32 * WORDS] = { false };
    size_t count = 0, bad, before = 0;

    check(utf8_check(left, &bad));
    for (size_t i = 0; i < m->count; i++)
        for (size_t j = m->list[i].first; j < m->list[i].end; j++)
            gone[j] = true;
    for (size_t i = 0; i < words->count; i++) {
        size_t want = 0, last = 0;

        if (gone[i])
            continue;
        check_that(count < now.count && now.hashes[count] == whole.hashes[i],
                   "word %zu of [%.*s] from [%.*s]", count, (int)left.len,
                   left.ptr, (int)words->text.len, words->text.ptr);
        if (count > 0) { /* the gaps next to the two words, not those cut */
            want = newlines(words->text, words->ends[before],
                            words->begins[before + 1]);
            last = newlines(words->text, words->ends[i - 1], words->begins[i]);
            want = last > want ? last : want;
            last = newlines(left, now.ends[count - 1], now.begins[count]);
            check(last >= (want < 2 ? want : 2) && last <= want);
        }
        before = i;
        count++;
    }
    check(now.count == count && spans_cut_left(words, m) == count);
    check_that(was_doubled || !has_doubled(left), "[%.*s] from [%.*s]",
               (int)left.len, left.ptr, (int)words->text.len, words->text.ptr);
}

int main(void)
{
    struct spans_shape shape;

    shingle_open();
    shape = spans_shape(16);
    for (uint64_t seed = 1; seed <= 50000; seed++) {
        struct random random = { seed };
        struct slice text = random_text(&random);
        struct span_words *words = spans_read(&shape, text, &arena);
        struct span_matches matches;

        random_matches(&random, words->count, &matches);
        if (matches.count > 0)
            judge(words, &matches);
        arena_reset(&arena);
    }
    arena_clear(&arena);
    return check_done();
}

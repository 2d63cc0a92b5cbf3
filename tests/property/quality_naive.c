/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quality_naive - the repetition counts equal those of a slow version that
 * compares words, not hashes, every one with every other, on random texts of
 * few different words; and all signals of hostile texts take linear time.
 */
#include <time.h>

#include "filters/linerules.h"
#include "filters/phrases.h"
#include "filters/repetition.h"
#include "filters/signals.h"
#include "filters/stopwords.h"
#include "tests/check.h"

static struct arena arena;

static struct slice random_text(struct random *random)
{
    static const char *const parts[] = { "a", "bb", "ć", "дом", ".", " ", " ",
                                         " ", "\n", "\n\n", "...", "-", "•" };
    size_t count = random_below(random, 60), again;
    size_t kinds = 2 + random_below(random, sizeof parts / sizeof *parts - 1);
    char *text = arena_alloc(&arena, count * 16 + 1), *to = text;

    for (size_t i = 0; i < count; i++) {
        const char *part = parts[random_below(random, kinds)];

        if (random_below(random, 3) > 0)
            *to++ = ' ';
        memcpy(to, part, strlen(part));
        to += strlen(part);
    }
    /* half of the texts say some of it again; no part of a character */
    *to = '\0';
    again = random_below(random, (size_t)(to - text) + 1);
    if (random_below(random, 2) > 0 &&
        ((unsigned char)text[again] & 0xc0) != 0x80) {
        memcpy(to, text, again);
        to += again;
    }
    return slice_make(text, (size_t)(to - text));
}

static bool same_gram(const struct record_words *t, size_t a, size_t b,
                      size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!slice_equal(words_slice(t, t->words[a + k]),
                         words_slice(t, t->words[b + k])))
            return false;
    return true;
}

static uint64_t gram_chars(const struct record_words *t, size_t at, size_t n)
{
    uint64_t chars = 0;

    for (size_t k = 0; k < n; k++)
        chars += t->words[at + k].chars;
    return chars;
}

static uint64_t naive_top(const struct record_words *t, size_t n)
{
    uint64_t best = 0, best_chars = 0;

    for (size_t i = 0; i + n <= t->word_count; i++) {
        uint64_t count = 0;

        for (size_t j = 0; j + n <= t->word_count; j++)
            count += same_gram(t, i, j, n);
        if (count > best) {
            best = count;
            best_chars = count * (gram_chars(t, i, n) + n - 1);
        }
    }
    return best_chars;
}

static uint64_t naive_dup(const struct record_words *t, size_t n)
{
    bool remembered[1024] = { false };
    uint64_t chars = 0;
    size_t i = 0;

    check(t->word_count < sizeof remembered);
    while (i + n <= t->word_count) {
        bool seen = false;

        for (size_t j = 0; j < i; j++)
            seen |= remembered[j] && same_gram(t, i, j, n);
        if (seen) {
            chars += gram_chars(t, i, n);
            i += n;
        } else {
            remembered[i++] = true;
        }
    }
    return chars;
}

static struct repetition_units naive_units(const struct record_words *t,
                                           const struct span *spans,
                                           size_t count, uint32_t without)
{
    struct repetition_units units = { 0 };

    for (size_t i = 0; i < count; i++) {
        bool seen = false;

        if (spans[i].len == 0 || (spans[i].flags & without))
            continue;
        for (size_t j = 0; j < i; j++)
            seen |= slice_equal(words_slice(t, spans[i]),
                                words_slice(t, spans[j]));
        units.count++;
        units.dup_count += seen;
        units.dup_chars += seen ? spans[i].chars : 0;
    }
    return units;
}

static bool same_units(const struct record_words *t, const struct span *spans,
                       size_t count, uint32_t without)
{
    struct repetition_units fast;
    struct repetition_units slow = naive_units(t, spans, count, without);

    repetition_count(&fast, t->text, spans, count, without, &arena);
    return fast.count == slow.count && fast.dup_count == slow.dup_count &&
           fast.dup_chars == slow.dup_chars;
}

static void random_texts_agree(void)
{
    uint64_t top = 0, dup = 0, lines = 0;

    for (uint64_t seed = 1; seed <= 3000; seed++) {
        struct random random = { seed };
        struct record_words t;
        struct repetition_grams grams;
        struct repetition_units units;

        words_split(&t, random_text(&random), &arena);
        repetition_count_grams(&grams, &t, &arena);
        for (size_t n = 2; n <= 10; n++) {
            uint64_t slow = n <= 4 ? naive_top(&t, n) : naive_dup(&t, n);

            check_that(grams.chars[n] == slow, "seed %llu, n %zu",
                       (unsigned long long)seed, n);
            *(n <= 4 ? &top : &dup) += slow;
        }
        check(same_units(&t, t.lines, t.line_count, 0));
        check(same_units(&t, t.lines, t.line_count, LINE_BLANK));
        check(same_units(&t, t.paragraphs, t.paragraph_count, 0));
        units = naive_units(&t, t.lines, t.line_count, 0);
        lines += units.dup_count;
        arena_reset(&arena);
    }
    check_that(top > 10000 && dup > 10000 && lines > 1000,
               "too little repeated: %llu, %llu, %llu",
               (unsigned long long)top, (unsigned long long)dup,
               (unsigned long long)lines);
}

static struct phrases phrases;

/* All rules for lines are on. */
static const int64_t limits[LINE_RULE_COUNT] = {
    [LINE_MAX_WORD_LENGTH] = 9 * (int64_t)SIGNAL_ONE,
    [LINE_CITATIONS] = 1, [LINE_MIN_WORDS] = 1, [LINE_JAVASCRIPT] = 1,
    [LINE_POLICY] = 1, [LINE_NOTICE] = 9 * (int64_t)SIGNAL_ONE,
    [LINE_MENU] = 1, [LINE_MAX_UPPER] = SIGNAL_ONE / 2, [LINE_NUMBERS] = 1,
    [LINE_ENDS] = LINE_OFF,
};

static double seconds(const char *unit, size_t len)
{
    struct arena own = { 0 };
    struct record_words table;
    struct line_report report;
    struct signals signals = { 0 };
    struct stopwords list;
    struct signal_source source = { .table = &table, .stop_words = &list,
                                    .common_words = &list,
                                    .phrases = &phrases, .scratch = &own,
                                    .lang = slice_from("deu_Latn") };
    char *text = malloc(len);
    size_t unit_len = strlen(unit);
    clock_t begin;

    for (size_t i = 0; i < len; i++)
        text[i] = unit[i % unit_len];
    check(stopwords_init(&list, slice_from("a il- ta' l' s.")));
    begin = clock();
    words_split(&table, slice_make(text, len), &own);
    signals_measure(&signals, &source, GROUP_ALL);
    linerules_repair(limits, &phrases, source.lang, &table, &report, &own);
    begin = clock() - begin;
    stopwords_clear(&list);
    arena_clear(&own);
    free(text);
    return (double)begin / CLOCKS_PER_SEC;
}

/* Four times the text in no more than sixteen times the time. */
static void hostile_texts_stay_linear(void)
{
    static const char *const units[] = { "a ", "a", "\n", ".", "x\n", "a'",
                                         "a.", "-'", "x\n\n",
                                         "a b c d e f g h i j k l m n o p q " };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double small = seconds(units[i], 1 << 20);
        double large = seconds(units[i], 4 << 20);

        check_that(large < 16 * small + 0.25, "'%s': %f s, then %f s", units[i],
                   small, large);
        printf("%zu: %.3f s for 1 MB, %.3f s for 4 MB\n", i, small, large);
    }
}

int main(void)
{
    struct fault fault;

    check(phrases_init(&phrases, slice_from("menu\t*\ta a a a a a a b\n"
                                            "notice\tdeu_Latn\taaaaaa a\n"),
                       &fault));
    random_texts_agree();
    hostile_texts_stay_linear();
    phrases_clear(&phrases);
    arena_clear(&arena);
    return check_done();
}

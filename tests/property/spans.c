/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans - beside a list of all windows as strings: a word is repeated when it
 * stands in a window that stood before, and no other is; where it stood there
 * are the same words.  Of texts over few words and many, with copies planted,
 * of phrases that are everywhere; memory is what the header says.
 */
#include "filters/spans.h"

#include <string.h>

#include "tests/check.h"

enum { TEXTS = 60, WORDS = 300, WORD = 12 };

static struct arena arena;

/* A text by its words; what is compared, and how they are written. */
struct text {
    uint32_t kinds[WORDS];
    size_t count;
    struct slice written;
};

static struct text texts[TEXTS];
static struct slice windows[TEXTS][WORDS]; /* as strings */

/* Six letters for the number: "baaaaa"; and numbers stay numbers. */
static size_t spell(char *to, uint32_t kind, bool is_loud)
{
    if (kind % 5 == 4)
        return (size_t)snprintf(to, WORD, "%u", (unsigned)kind);
    for (size_t i = 0; i < 6; i++, kind /= 26)
        to[i] = (char)((is_loud ? 'A' : 'a') + kind % 26);
    to[6] = '\0';
    return 6;
}

static void write_text(struct random *random, struct text *text)
{
    static const char *const gaps[] = { " ", ", ", ".\n\n", "\xe2\x80\x94" };
    char *to = arena_alloc(&arena, WORDS * (WORD + 8));
    size_t len = 0;

    for (size_t i = 0; i < text->count; i++) {
        const char *gap = gaps[random_below(random, 4)];

        len += spell(to + len, text->kinds[i], random_below(random, 4) == 0);
        memcpy(to + len, gap, strlen(gap));
        len += strlen(gap);
    }
    text->written = slice_make(to, len);
}

/* Random words; then some are copied from earlier, here or in another text. */
static void random_text(struct random *random, size_t number, uint32_t kinds)
{
    struct text *text = &texts[number];

    text->count = random_below(random, WORDS);
    for (size_t i = 0; i < text->count; i++)
        text->kinds[i] = (uint32_t)random_below(random, kinds);
    for (size_t copies = random_below(random, 5); copies > 0; copies--) {
        const struct text *from = &texts[random_below(random, number + 1)];
        size_t most = from->count < text->count ? from->count : text->count;
        size_t count = most ? random_below(random, most) : 0;
        size_t at = random_below(random, from->count - count + 1);
        size_t to = random_below(random, text->count - count + 1);

        memmove(text->kinds + to, from->kinds + at,
                count * sizeof *from->kinds);
        if (count > 3 && random_below(random, 3) == 0)
            text->kinds[to + random_below(random, count)]++;
    }
    write_text(random, text);
}

static void list_windows(size_t number, size_t length)
{
    const struct text *text = &texts[number];

    for (size_t i = 0; i + length <= text->count; i++) {
        char *to = arena_alloc(&arena, length * (WORD + 1));
        size_t len = 0;

        for (size_t j = i; j < i + length; j++) {
            len += spell(to + len, text->kinds[j], false);
            to[len++] = ' ';
        }
        windows[number][i] = slice_make(to, len);
    }
}

static bool stood_before(size_t number, size_t i, size_t length)
{
    for (size_t t = 0; t <= number; t++) {
        size_t end = texts[t].count < length ? 0 : texts[t].count - length + 1;

        if (t == number)
            end = i;
        for (size_t j = 0; j < end; j++)
            if (slice_equal(windows[t][j], windows[number][i]))
                return true;
    }
    return false;
}

static void judge(size_t number, size_t length, const struct span_matches *m,
                  uint64_t *repeated, uint64_t *kept)
{
    const struct text *text = &texts[number];
    bool want[WORDS] = { false }, got[WORDS] = { false };
    size_t at = 0;

    for (size_t i = 0; i + length <= text->count; i++)
        if (stood_before(number, i, length))
            for (size_t j = i; j < i + length; j++)
                want[j] = true;
    for (size_t k = 0; k < m->count; k++) {
        const struct span_match *one = &m->list[k];
        size_t from = (size_t)strtoul(one->id.ptr, NULL, 10);

        check(one->first >= at && one->end > one->first);
        check(one->end <= text->count && from <= number);
        check(from < number || one->at < one->first);
        check(one->at + (one->end - one->first) <= texts[from].count);
        for (size_t j = one->first; j < one->end; j++) {
            check(texts[from].kinds[one->at + (j - one->first)] ==
                  text->kinds[j]);
            got[j] = true;
        }
        at = one->end;
    }
    for (size_t j = 0; j < text->count; j++) {
        check_that(want[j] == got[j], "text %zu, word %zu: %d", number, j,
                   want[j]);
        *repeated += want[j];
        *kept += !want[j];
    }
}

static void finds_what_a_list_finds(uint64_t seed, uint64_t *repeated,
                                    uint64_t *kept)
{
    static const uint32_t sizes[] = { 1, 2, 3, 30, 3000 };
    struct random random = { seed };
    size_t length = SPANS_LENGTH_MIN + random_below(&random, 40);
    uint32_t kinds = sizes[random_below(&random, 5)];
    struct spans_shape shape = spans_shape(length);
    struct spans *spans = spans_new(&shape, 0);

    for (size_t i = 0; i < TEXTS; i++) {
        struct span_words *words;
        struct span_matches matches;
        char id[24];

        random_text(&random, i, kinds);
        list_windows(i, length);
        words = spans_read(&shape, texts[i].written, &arena);
        check(words->count == texts[i].count);
        snprintf(id, sizeof id, "%zu ", i);
        check(spans_take(spans, words, slice_from(id), &arena, &matches));
        judge(i, length, &matches, repeated, kept);
    }
    spans_free(spans);
    arena_reset(&arena);
}

/* A phrase shorter than a window in every text, here and there more of it. */
static void phrases_are_everywhere(uint64_t seed, uint64_t *repeated,
                                   uint64_t *kept)
{
    struct random random = { seed };
    size_t length = 20 + random_below(&random, 10);
    size_t phrase = 12 + random_below(&random, length - 12);
    struct spans_shape shape = spans_shape(length);
    struct spans *spans = spans_new(&shape, 0);

    for (size_t i = 0; i < TEXTS; i++) {
        struct text *text = &texts[i];
        struct span_matches matches;
        char id[24];

        text->count = 0;
        while (text->count < WORDS - 100) {
            for (size_t k = random_below(&random, 30); k > 0; k--)
                text->kinds[text->count++] =
                    1000 + (uint32_t)random_below(&random, 1000000);
            for (size_t k = 0; k < phrase; k++)
                text->kinds[text->count++] = (uint32_t)k;
            /* One of few words behind: windows that differ in little. */
            for (size_t k = 0; k < length - phrase; k++)
                text->kinds[text->count++] =
                    500 + (uint32_t)random_below(&random, k == 0 ? 30 : 2);
        }
        write_text(&random, text);
        list_windows(i, length);
        snprintf(id, sizeof id, "%zu ", i);
        check(spans_take(spans, spans_read(&shape, text->written, &arena),
                         slice_from(id), &arena, &matches));
        judge(i, length, &matches, repeated, kept);
    }
    spans_free(spans);
    arena_reset(&arena);
}

/* Words that nobody wrote: only their number matters here. */
static struct slice many_words(struct random *random, size_t count)
{
    char *to = arena_alloc(&arena, count * (WORD + 1));
    size_t len = 0;

    while (count-- > 0) {
        len += spell(to + len, (uint32_t)(random_next(random) >> 35) * 5,
                     false);
        to[len++] = ' ';
    }
    return slice_make(to, len);
}

static void memory_is_what_the_header_says(void)
{
    struct spans_shape shape = spans_shape(50);
    struct spans *spans = spans_new(&shape, 0);
    struct random random = { 5 };
    uint64_t words = 0, fixed = spans_bytes(spans) + 2000000;
    double worst = 0;

    for (size_t i = 0; i < 6000; i++) {
        struct span_matches matches;
        struct span_words *read =
            spans_read(&shape, many_words(&random, 1000), &arena);

        check(spans_take(spans, read, slice_from("\"0123456789abcdef\""),
                         &arena, &matches));
        check(matches.count == 0);
        words += read->count;
        if (words >= 1000000) {
            double each = ((double)spans_bytes(spans) - (double)fixed) /
                          (double)words;

            worst = each > worst ? each : worst;
        }
        arena_reset(&arena);
    }
    check(spans_word_count(spans) == words);
    printf("%.2f bytes a word, in texts of 1,000 words\n", worst);
    check(worst < 2.9);
    spans_free(spans);
}

/* Where windows hold a phrase of all texts, they are entered singly. */
static void memory_around_phrases_too(void)
{
    struct spans_shape shape = spans_shape(50);
    struct spans *spans = spans_new(&shape, 0);
    struct random random = { 8 };
    struct slice phrase = many_words(&random, 45);
    uint64_t fixed = spans_bytes(spans) + 2000000, words = 0;
    double each;
    char kept[600];

    memcpy(kept, phrase.ptr, phrase.len);
    for (size_t i = 0; i < 2000; i++) {
        char *text = arena_alloc(&arena, 20000);
        size_t len = 0;
        struct span_matches matches;

        for (size_t k = 0; k < 20; k++) {
            struct slice other = many_words(&random, 5);

            memcpy(text + len, kept, phrase.len);
            len += phrase.len;
            memcpy(text + len, other.ptr, other.len);
            len += other.len;
        }
        check(spans_take(spans,
                         spans_read(&shape, slice_make(text, len), &arena),
                         slice_from("1"), &arena, &matches));
        check(matches.count == 0);
        words += 20 * 50;
        arena_reset(&arena);
    }
    each = ((double)spans_bytes(spans) - (double)fixed) / (double)words;
    printf("%.2f bytes a word around a phrase of 45 words\n", each);
    check(words == spans_word_count(spans) && each > 6 && each < 13);
    spans_free(spans);
}

static void memory_has_a_limit(void)
{
    struct spans_shape shape = spans_shape(50);
    uint64_t limit = 6 << 20;
    struct spans *spans = spans_new(&shape, limit);
    struct random random = { 6 };
    struct span_matches matches;
    size_t count = 0;

    while (spans_take(spans,
                      spans_read(&shape, many_words(&random, 1000), &arena),
                      slice_from("1"), &arena, &matches)) {
        check(spans_bytes(spans) <= limit);
        arena_reset(&arena);
        count++;
    }
    check(count > 500);
    spans_free(spans);
    arena_reset(&arena);
}

int main(void)
{
    uint64_t repeated = 0, kept = 0;

    shingle_open();
    for (uint64_t seed = 1; seed <= 60; seed++)
        finds_what_a_list_finds(seed, &repeated, &kept);
    printf("%llu words repeated, %llu not\n", (unsigned long long)repeated,
           (unsigned long long)kept);
    check(repeated > 100000 && kept > 10000);
    repeated = kept = 0;
    for (uint64_t seed = 1; seed <= 20; seed++)
        phrases_are_everywhere(seed, &repeated, &kept);
    printf("%llu words repeated, %llu not, around phrases\n",
           (unsigned long long)repeated, (unsigned long long)kept);
    check(repeated > 1000 && kept > 10000);
    memory_is_what_the_header_says();
    memory_around_phrases_too();
    memory_has_a_limit();
    arena_clear(&arena);
    return check_done();
}

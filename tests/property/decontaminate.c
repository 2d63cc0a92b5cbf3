/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decontaminate - the index of benchmarks beside plain comparison: for random
 * texts over few words, which n-grams of a text stand in which items is what
 * comparing all words with all words says; with words that differ in case, in
 * accents and in digits.
 */
#include <unistd.h>

#include "filters/benchmarks.h"
#include "filters/shingle.h"
#include "tests/check.h"

enum { ITEMS = 60, WORDS = 30, KINDS = 7 };

/* Spellings; those of one row are the same word. */
static const char *const spellings[KINDS][3] = {
    { "mill", "MILL", "m\u00edll" }, { "m\u0142yn", "M\u0141YN", "m\u0142yn" },
    { "\u043c\u043b\u0438\u043d", "\u041c\u043b\u0438\u043d",
      "\u043c\u043b\u0438\u043d" },
    { "\u03bc\u03cd\u03bb\u03bf\u03c2", "\u039c\u03cd\u03bb\u03bf\u03c2",
      "\u03bc\u03c5\u03bb\u03bf\u03c2" },
    { "7", "7", "7" }, { "8", "8", "8" }, { "grain", "Grain", "GRAIN" },
};
static const char *const gaps[] = { " ", ", ", "\u2014", ".\n", " \u00ab" };

struct text {
    char bytes[WORDS * 24];
    size_t begins[WORDS + 1], ends[WORDS];
    int kinds[WORDS];
    size_t count, len;
};

static struct text items[ITEMS];
static size_t item_count, split; /* items of the first benchmark */

static void random_text(struct random *random, struct text *text,
                        uint64_t kinds)
{
    text->len = 0;
    text->count = random_below(random, WORDS);
    for (size_t i = 0; i < text->count; i++) {
        int kind = (int)random_below(random, kinds);
        const char *word = spellings[kind][random_below(random, 3)];
        const char *gap = gaps[random_below(random, 5)];

        text->kinds[i] = kind;
        text->begins[i] = text->len;
        text->len += (size_t)snprintf(text->bytes + text->len,
                                      sizeof text->bytes - text->len, "%s",
                                      word);
        text->ends[i] = text->len;
        text->len += (size_t)snprintf(text->bytes + text->len,
                                      sizeof text->bytes - text->len, "%s",
                                      gap);
    }
}

static bool has_gram(const struct text *item, const int *kinds, size_t n)
{
    for (size_t i = 0; i + n <= item->count; i++)
        if (memcmp(item->kinds + i, kinds, n * sizeof *kinds) == 0)
            return true;
    return false;
}

/* In how many items of the benchmark that item `k` is of? */
static size_t naive_count(const int *kinds, size_t n, size_t k)
{
    size_t begin = k < split ? 0 : split, end = k < split ? split : item_count;
    size_t count = 0;

    for (size_t i = begin; i < end; i++)
        count += has_gram(&items[i], kinds, n);
    return count;
}

/* A line of JSON for each item, its text in one of several places. */
static void write_items(struct random *random, const char *path, size_t begin,
                        size_t end)
{
    static const char *const forms[] = {
        "{\"text\":\"%s\"}\n", "{\"n\":1,\"a\":[{\"b\":\"%s\"},\"x\"]}\n",
        "{\"a\":\"y\",\"b\":{\"c\":[[\"%s\"]]},\"d\":null}\n"
    };
    FILE *file = fopen(path, "w");

    check(file != NULL);
    for (size_t i = begin; i < end; i++) {
        char escaped[2 * sizeof items[i].bytes];
        size_t len = 0;

        for (size_t k = 0; k < items[i].len; k++) {
            if (items[i].bytes[k] == '\n') {
                escaped[len++] = '\\';
                escaped[len++] = 'n';
            } else {
                escaped[len++] = items[i].bytes[k];
            }
        }
        escaped[len] = '\0';
        fprintf(file, forms[random_below(random, 3)], escaped);
    }
    check(fclose(file) == 0);
}

static void judge(const struct benchmarks *b, const struct text *text,
                  size_t n, size_t items_max, struct arena *arena)
{
    struct slice bytes = { text->bytes, text->len };
    struct shingle_words words = shingle_words(bytes, arena);
    size_t count;

    check(words.count == text->count);
    for (size_t i = 0; i < words.count; i++)
        check(words.begins[i] == text->begins[i] &&
              words.ends[i] == text->ends[i]);
    count = shingle_roll(words.hashes, words.count, n);
    check(count == (text->count < n ? 0 : text->count - n + 1));
    for (size_t i = 0; i < count; i++) {
        size_t begin = text->begins[i], end = text->ends[i + n - 1];
        const struct gram *grams = NULL;
        size_t found = benchmarks_find(
            b, words.hashes[i],
            benchmarks_digits(slice_make(text->bytes + begin, end - begin)),
            &grams), at = 0;

        check(found == 0 || benchmarks_may_have(b, words.hashes[i]));
        for (size_t k = 0; k < item_count; k++) {
            bool is_found = at < found && grams[at].item == k;
            bool is_there = has_gram(&items[k], text->kinds + i, n) &&
                            naive_count(text->kinds + i, n, k) <= items_max;

            check(is_found == is_there);
            at += is_found;
        }
        check(at == found);
    }
}

static void random_benchmarks(struct random *random, const char *directory)
{
    char first[100], second[100], named[120];
    const char *files[2] = { first, named };
    size_t n = 1 + random_below(random, 5);
    size_t items_max = 1 + random_below(random, 12), too_short = 0;
    uint64_t kinds = 2 + random_below(random, KINDS - 1);
    struct arena arena = { 0 };
    struct benchmarks b;

    split = 1 + random_below(random, ITEMS / 2);
    item_count = split + 1 + random_below(random, ITEMS / 2 - 1);
    for (size_t i = 0; i < item_count; i++) {
        random_text(random, &items[i], kinds);
        too_short += items[i].count < n;
    }
    snprintf(first, sizeof first, "%s/first.jsonl", directory);
    snprintf(second, sizeof second, "%s/x.jsonl", directory);
    snprintf(named, sizeof named, "second=%s", second);
    write_items(random, first, 0, split);
    write_items(random, second, split, item_count);
    benchmarks_open(&b, files, 2, n, items_max);
    check(b.count == 2 && b.item_count == item_count);
    check(strcmp(b.list[0].name, "first") == 0);
    check(strcmp(b.list[1].name, "second") == 0);
    /* Of n = 1 the other strings of an item, x and y, are words, too. */
    check(n == 1 ||
          b.list[0].short_count + b.list[1].short_count == too_short);
    for (size_t i = 0; i < item_count; i++)
        check(benchmarks_of(&b, (uint32_t)i) == &b.list[i >= split]);
    for (int i = 0; i < 20; i++) {
        struct text text;

        random_text(random, &text, kinds);
        judge(&b, &text, n, items_max, &arena);
        arena_reset(&arena);
    }
    arena_clear(&arena);
    benchmarks_close(&b);
    unlink(first);
    unlink(second);
}

int main(void)
{
    char directory[] = "/tmp/mlin-decontaminate-XXXXXX";
    struct random random = { 7 };

    check(mkdtemp(directory) != NULL);
    for (int round = 0; round < 200; round++)
        random_benchmarks(&random, directory);
    check(rmdir(directory) == 0);
    return check_done();
}

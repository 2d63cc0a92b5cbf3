/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words_icu - our words beside those of ICU's break iterator (UAX #29) on real
 * text of each language: the same edges but for what src/words.h names, and how
 * much faster.
 *
 * Compared are the first and last bytes of words that hold a letter or number;
 * what src/words.h does otherwise with marks that tie words is not among them.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "src/compress.h"
#include "src/json.h"
#include "src/labels.h"
#include "src/utf8.h"
#include "src/words.h"
#include "tests/check.h"

static const char *const languages[] = {
    "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga",
    "hr", "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
};

struct sums {
    uint64_t both, ours, icus; /* edges */
    double our_time, icu_time;
    uint64_t bytes;
};

static double now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* A byte for each offset: 1 = a word of ours begins or ends, 2 = of ICU's. */
static void mark_ours(struct sums *sums, char *edges, struct slice text,
                      struct arena *arena)
{
    struct record_words table;
    double begin = now();

    words_find(&table, text, arena);
    sums->our_time += now() - begin;
    for (size_t i = 0; i < table.word_count; i++)
        if (!(table.words[i].flags & WORD_SYMBOL)) {
            edges[table.words[i].at] |= 1;
            edges[table.words[i].at + table.words[i].len] |= 1;
        }
}

static void mark_icus(struct sums *sums, char *edges, struct slice text,
                      UBreakIterator *words)
{
    UErrorCode error = U_ZERO_ERROR;
    UText *utext = utext_openUTF8(NULL, text.ptr, (int64_t)text.len, &error);
    double begin = now();
    int32_t from = 0, to;

    ubrk_setUText(words, utext, &error);
    check(U_SUCCESS(error));
    ubrk_first(words);
    while ((to = ubrk_next(words)) != UBRK_DONE) {
        if (ubrk_getRuleStatus(words) >= UBRK_WORD_NONE_LIMIT) {
            edges[from] |= 2;
            edges[to] |= 2;
        }
        from = to;
    }
    sums->icu_time += now() - begin;
    utext_close(utext);
}

static void compare(struct sums *sums, struct slice text, struct arena *arena,
                    UBreakIterator *words)
{
    char *edges = arena_zero(arena, text.len + 1, 1);

    mark_ours(sums, edges, text, arena);
    mark_icus(sums, edges, text, words);
    sums->bytes += text.len;
    for (size_t i = 0; i <= text.len; i++) {
        sums->ours += edges[i] & 1;
        sums->icus += edges[i] >> 1 & 1;
        sums->both += edges[i] == 3;
    }
}

static bool take_text(void *context, const struct json_member *m,
                      struct fault *fault)
{
    (void)fault;
    if (slice_is(m->key, "text"))
        *(struct slice *)context = m->value;
    return true;
}

static void compare_file(struct sums *all, const char *path,
                         const char *language)
{
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "en", NULL, 0, &error);
    struct arena arena = { 0 };
    struct sums sums = { 0 };
    struct slice left, line;
    struct fault fault;
    char *bytes;
    double same;

    check(U_SUCCESS(error));
    check_that(file_read(path, (size_t)1 << 30, &bytes, &left.len, &fault),
               "%s: %s", path, fault.what);
    left.ptr = bytes;
    while (labels_line(&left, &line) && sums.bytes < 2 << 20) {
        struct slice value = { 0 }, text;

        if (!json_scan(line, take_text, &value, &fault) ||
            !json_unescape(value, &arena, &text, &fault))
            continue;
        compare(&sums, text, &arena, words);
        arena_reset(&arena);
    }
    same = (double)sums.both / (double)(sums.ours + sums.icus - sums.both);
    printf("%s: %llu edges, %.3f %% the same, %.1f times as fast\n", language,
           (unsigned long long)sums.icus, 100 * same,
           sums.icu_time / sums.our_time);
    check_that(same >= 0.998, "%s: %f", language, same);
    all->both += sums.both;
    all->ours += sums.ours;
    all->icus += sums.icus;
    all->our_time += sums.our_time;
    all->icu_time += sums.icu_time;
    arena_clear(&arena);
    ubrk_close(words);
    free(bytes);
}

int main(void)
{
    const char *data = getenv("MLIN_DATA");
    struct sums all = { 0 };
    double same;

    if (!data || !*data) {
        puts("skipped: MLIN_DATA is not set");
        return 77;
    }
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        char path[4096];

        snprintf(path, sizeof path, "%s/text/debian-bench/%s.jsonl.zst", data,
                 languages[i]);
        compare_file(&all, path, languages[i]);
    }
    same = (double)all.both / (double)(all.ours + all.icus - all.both);
    printf("all: %llu edges, %.3f %% the same, %.1f times as fast\n",
           (unsigned long long)all.icus, 100 * same,
           all.icu_time / all.our_time);
    check(same >= 0.999);
#ifndef MLIN_ARENA_OFF /* time means nothing under a sanitizer */
    check(all.icu_time > 3 * all.our_time); /* 5 on a quiet machine */
#endif
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals - values counted by hand.
 */
#include "filters/signals.h"

#include "filters/repetition.h"
#include "filters/stopwords.h"
#include "tests/check.h"

#include <stdio.h>

static struct arena arena;
static struct stopwords list;

static struct signals measure(const char *text)
{
    struct signals s = { 0 };
    struct record_words table;
    struct signal_source source = { .table = &table, .stop_words = &list,
                                    .lang_score = 1, .lang_share = 1,
                                    .scratch = &arena };

    words_split(&table, slice_from(text), &arena);
    signals_measure(&s, &source, GROUP_ALL);
    return s;
}

/* part/whole in millionths, rounded. */
static int64_t of(double part, double whole)
{
    return (int64_t)(part / whole * 1000000 + 0.5);
}

/*
 * Words: Der Müller mahlt # Korn ... und das 7 ! = 10 words, of which 7 are no
 * symbols with 3 + 6 + 5 + 4 + 3 + 3 + 1 = 25 characters.
 */
static void words_and_marks(void)
{
    struct signals s = measure("Der Müller mahlt #Korn...\nund das 7 !");

    check(s.value[SIGNAL_WORDS] == 7 * SIGNAL_ONE);
    check(s.value[SIGNAL_WORD_LENGTH] == of(25, 7));
    check(s.value[SIGNAL_HASHES] == of(1, 10));
    check(s.value[SIGNAL_ELLIPSES] == of(1, 10));
    check(s.value[SIGNAL_ALPHA_WORDS] == of(6, 10));
    check(s.value[SIGNAL_NEWLINES] == of(1, 10));
    check(s.value[SIGNAL_STOP_WORDS] == 2 * SIGNAL_ONE); /* und, das; not Der */
    s = measure("....... …");
    check(s.value[SIGNAL_ELLIPSES] == of(3, 2));
}

/* Five lines, one of them blank. */
static void lines(void)
{
    struct signals s = measure("• Wasser und Wind treiben das große Rad…\n"
                               "- Mehl\n"
                               "\n"
                               "Das Rad dreht sich.\n"
                               "- Mehl");

    check(s.value[SIGNAL_BULLET_LINES] == of(3, 5));
    check(s.value[SIGNAL_ELLIPSIS_LINES] == of(1, 5));
    check(s.value[SIGNAL_ENDED_LINES] == of(1, 4));
    check(s.value[SIGNAL_SHORT_LINES] == of(3, 4));
    /* 40 + 6 + 0 + 19 + 6 characters, and 4 line ends */
    check(s.value[SIGNAL_REPEATED_CHARS] == of(6, 71));
    check(s.value[SIGNAL_DUP_LINES] == of(1, 4));
    check(s.value[SIGNAL_DUP_LINE_CHARS] == of(6, 75));
    check(s.value[SIGNAL_DUP_PARAGRAPHS] == 0);
}

static void paragraphs(void)
{
    struct signals s = measure("ä\nb\n\nc\n\n\nä\nb\n\nc\n\nc");

    check(s.value[SIGNAL_DUP_PARAGRAPHS] == of(3, 5));
    check(s.value[SIGNAL_DUP_PARAGRAPH_CHARS] == of(3 + 1 + 1, 18));
    check(s.value[SIGNAL_DUP_LINES] == of(4, 7));
    check(s.value[SIGNAL_DUP_LINE_CHARS] == of(4, 18));
}

/* "ab ab ab ab": ab ab stands three times, overlapping. */
static void top_grams(void)
{
    struct signals s = measure("ab ab ab ab");

    check(s.value[SIGNAL_TOP_2] == of(5 * 3, 11));
    check(s.value[SIGNAL_TOP_3] == of(8 * 2, 11));
    check(s.value[SIGNAL_TOP_4] == of(11, 11));
    check(s.value[SIGNAL_DUP_5] == 0);
    /* all once: the earliest counts, not the longest */
    s = measure("a b ccc dddd");
    check(s.value[SIGNAL_TOP_2] == of(3, 12));
    check(s.value[SIGNAL_TOP_3] == of(7, 12));
    s = measure("einzig");
    check(s.value[SIGNAL_TOP_2] == 0);
}

/*
 * a b c d e, twice, then f: from the sixth word on five are counted and passed;
 * the run e a b c d and its kin are remembered, not counted.
 */
static void duplicated_grams(void)
{
    struct signals s = measure("a bb c dd e a bb c dd e f");

    check(s.value[SIGNAL_DUP_5] == of(7, 25));
    check(s.value[SIGNAL_DUP_6] == 0);
    /* a x 12: five new, then a duplicate of five, of which one more */
    s = measure("a a a a a a a a a a a a");
    check(s.value[SIGNAL_DUP_5] == of(10, 23));
    check(s.value[SIGNAL_DUP_10] == of(10, 23));
}

static void nothing_gives_zeros(void)
{
    struct signals s = measure("");

    for (int i = 0; i < SIGNAL_COUNT; i++)
        if (i < SIGNAL_HPLT_SCORE)
            check_that(s.value[i] == 0, "signal %d", i);
    check(s.value[SIGNAL_HPLT_SCORE] == 0);
    check(s.value[SIGNAL_LANG_SCORE] == SIGNAL_ONE);
}

/* What is printed is read again as it was, in any order. */
static void json_is_read_again(void)
{
    struct signals s = measure("und das"), again;
    struct slice json = signals_json(&s, &arena);
    struct fault fault;
    char *copy;

    check(strncmp(json.ptr, "{\"words\":2,\"word_length\":3.000000,", 33) == 0);
    check(signals_parse(&again, json, &fault));
    check(memcmp(again.value, s.value, sizeof s.value) == 0);
    check(again.groups == GROUP_ALL);
    copy = (char *)arena_copy(&arena, json).ptr;
    copy[2] = 'v'; /* vords */
    check(!signals_parse(&again, slice_make(copy, json.len), &fault));
    check(strstr(fault.what, "missing"));
    memcpy(copy, json.ptr, json.len);
    copy[10] = '-';
    check(!signals_parse(&again, slice_make(copy, json.len), &fault));
    check(!signals_parse(&again, slice_from("{\"words\":1,\"words\":1}"),
                         &fault));
    check(strstr(fault.what, "twice"));
    check(!signals_parse(&again, slice_from("{\"words\":\"1\"}"), &fault));
    check(!signals_parse(&again, slice_from("[]"), &fault));
}

/* The value of "words", or -1, when another program has written it so. */
static int64_t reread(const char *number)
{
    struct signals s = { 0 };
    struct fault fault;
    struct slice json = signals_json(&s, &arena);
    char *text = arena_alloc(&arena, json.len + 64);
    int64_t value;

    /* {"words":0, */
    snprintf(text, json.len + 64, "{\"words\":%s%.*s", number,
             (int)json.len - 10, json.ptr + 10);
    value = signals_parse(&s, slice_from(text), &fault) ? s.value[SIGNAL_WORDS]
                                                        : -1;
    return value;
}

static void other_programs_print_exponents(void)
{
    static const struct {
        const char *number;
        int64_t value;
    } rows[] = {
        { "1.2e-05", 12 }, { "1E-6", 1 }, { "3e-06", 3 }, { "0e-9", 0 },
        { "25e+2", 2500000000 }, { "1.50e-05", 15 },
        { "1e12", 1000000000000000000 },
        { "1.5e-06", -1 }, { "1e-7", -1 }, { "1e13", -1 }, { "1e999", -1 },
        { "-1e-5", -1 }, { "123456789012345678901e-3", -1 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_that(reread(rows[i].number) == rows[i].value, "%s",
                   rows[i].number);
}

static uint64_t stop_words(const char *words, const char *text)
{
    struct record_words table;
    struct stopwords own;
    uint64_t count;

    check(stopwords_init(&own, slice_from(words)));
    words_split(&table, slice_from(text), &arena);
    count = stopwords_count(&own, &table);
    stopwords_clear(&own);
    return count;
}

static void stop_words_with_clitics(void)
{
    const char *maltese = "l- tal- u ta' il- li fl- fil- mill-";
    char long_word[STOPWORDS_LEN_MAX + 2] = { 0 };

    check(stop_words(maltese, "il-mitħna tal-baħar ta' fuq u l-oħra") == 5);
    check(stop_words(maltese, "ta’ ta’ ta'") == 1);
    check(stop_words(maltese, "il mitħna ta fuq") == 0);
    check(stop_words("l' d'", "l’eau d'ici") == 2);
    check(stop_words("г. и", "през 1999 г. и после") == 2);
    check(stop_words("und und", "und") == 1);
    check(stop_words("", "und") == 0);
    memset(long_word, 'a', sizeof long_word - 1);
    check(!stopwords_init(&(struct stopwords){ 0 }, slice_from(long_word)));
}

int main(void)
{
    check(stopwords_init(&list, slice_from("der und das")));
    words_and_marks();
    lines();
    paragraphs();
    top_grams();
    duplicated_grams();
    nothing_gives_zeros();
    json_is_read_again();
    stop_words_with_clitics();
    stopwords_clear(&list);
    arena_clear(&arena);
    other_programs_print_exponents();
    return check_done();
}

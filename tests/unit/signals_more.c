/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_more - the signals of characters, lines, phrases and vocabulary, the
 * compression and HPLT's score, counted by hand.
 */
#include "filters/lz.h"
#include "filters/phrases.h"
#include "filters/score.h"
#include "filters/sentences.h"
#include "filters/signals.h"
#include "filters/stopwords.h"
#include "tests/check.h"

static struct arena arena;
static struct stopwords list;
static struct phrases phrases;

static struct signals measure(const char *text)
{
    struct signals s = { 0 };
    struct record_words table;
    struct signal_source source = {
        .table = &table, .stop_words = &list,
        .common_words = &list, .phrases = &phrases,
        .lang = slice_from("deu_Latn"), .lang_score = 0.5, .scratch = &arena,
    };

    words_split(&table, slice_from(text), &arena);
    signals_measure(&s, &source, GROUP_ALL);
    return s;
}

static int64_t of(double part, double whole)
{
    return (int64_t)(part / whole * 1000000 + 0.5);
}

static void characters(void)
{
    /* 10 letters, of them 3 capitals, 2 digits, 5 blanks, 8 others: 25 */
    struct signals s = measure("Äb (12) {CD} < [e] f! Ghi");

    check(s.value[SIGNAL_CHARS] == 25 * SIGNAL_ONE);
    check(s.value[SIGNAL_LETTERS] == of(9, 25));
    check(s.value[SIGNAL_DIGITS] == of(2, 25));
    check(s.value[SIGNAL_SPACES] == of(6, 25));
    check(s.value[SIGNAL_NON_ALNUM] == of(8, 25));
    check(s.value[SIGNAL_PUNCTUATION] == of(7, 25)); /* < is a symbol */
    check(s.value[SIGNAL_UPPER] == of(4, 9));
    check(s.value[SIGNAL_CURLY] == SIGNAL_ONE);
    check(s.value[SIGNAL_LESS_THAN] == of(1, 25));
    check(s.value[SIGNAL_PARENTHESES] == of(2, 25));
    check(s.value[SIGNAL_BRACKETS] == 4 * SIGNAL_ONE);
    check(s.value[SIGNAL_UNBALANCED] == 0);
    check(measure("((a]").value[SIGNAL_UNBALANCED] == 3 * SIGNAL_ONE);
}

static void urls_and_rubble(void)
{
    struct signals s = measure("see https://www.a.de/x or www.b.fr");

    check(s.value[SIGNAL_URL_CHARS] == of(18 + 8, 34));
    /* one of https://www., one of www.; words with symbols are counted */
    check(s.value[SIGNAL_URLS] > 0);
    check(measure("wwww http:/").value[SIGNAL_URLS] == 0);
    s = measure("MÃ¼hle \xef\xbf\xbd ok");
    check(s.value[SIGNAL_GARBLED] == of(2, 11));
    check(measure("Mühle Ã").value[SIGNAL_GARBLED] == 0);
}

static void lines(void)
{
    struct signals s = measure("MENU\n\n12 34\n"
                               "Das Rad dreht sich. Es ist alt.");

    check(s.value[SIGNAL_LINES] == 3 * SIGNAL_ONE);
    check(s.value[SIGNAL_LINE_LENGTH] == of(4 + 5 + 31, 3));
    check(s.value[SIGNAL_UPPER_LINES] == of(1, 3));
    check(s.value[SIGNAL_NUMBER_LINES] == of(1, 3));
    check(s.value[SIGNAL_LONE_WORDS] == of(1, 3));
    check(s.value[SIGNAL_SENTENCES] == 4 * SIGNAL_ONE);
    check(s.value[SIGNAL_SENTENCE_WORDS] == of(1 + 2 + 7, 4));
    check(s.value[SIGNAL_HEADER_LINES] == SIGNAL_ONE);
}

static void sentences(void)
{
    static const struct {
        const char *line;
        uint64_t count;
    } cases[] = {
        { "", 0 }, { "  ", 0 }, { "a", 1 }, { "Ja. Nein.", 2 },
        { "bzw. so", 1 }, { "z. B. so", 2 }, { "J. Smith kam. Gut", 2 },
        { "Wirklich?! Ja… nein", 2 }, { "Er sagte: \"Geh.\" Sie ging.", 2 },
        { "3.14 ist Pi.", 1 }, { "Ende... und weiter", 2 },
        { "これは。それも。", 1 }, { "a.b.c", 1 }, { "Τι; Όχι. Ναι!", 2 },
        { ". . .", 3 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t count = sentences_count(slice_from(cases[i].line));

        check_that(count == cases[i].count, "'%s': %llu", cases[i].line,
                   (unsigned long long)count);
    }
}

static void vocabulary(void)
{
    struct signals s = measure("der der NATO macht 7 x iPhone der .");

    check(s.value[SIGNAL_UNIQUE_WORDS] == of(6, 8));
    check(s.value[SIGNAL_TOP_WORD] == of(3, 8));
    check(s.value[SIGNAL_STOP_SHARE] == of(3, 8));
    check(s.value[SIGNAL_UPPER_WORDS] == of(1, 8));
    check(s.value[SIGNAL_NUMBER_WORDS] == of(1, 8));
    check(s.value[SIGNAL_SINGLE_CHARS] == of(2, 8));
    check(s.value[SIGNAL_GLUED_WORDS] == of(1, 8));
    check(s.value[SIGNAL_STUTTER] == of(1, 8));
    /* ln 2 nats of two words, each half of the text */
    check(measure("a b a b").value[SIGNAL_ENTROPY] == 693147);
}

static void marked_phrases(void)
{
    struct signals s = measure("Wir verwenden COOKIES, lesen: Mehr lesen "
                               "Lorem Ipsum JavaScript cookie policy");

    /* wir verwenden cookies, mehr lesen: 5 of 11 words */
    check(s.value[SIGNAL_BOILERPLATE] == of(5, 11));
    check(s.value[SIGNAL_ADULT] == 0);
    check(s.value[SIGNAL_LOREM] == SIGNAL_ONE);
    check(s.value[SIGNAL_JAVASCRIPT] == SIGNAL_ONE);
    check(s.value[SIGNAL_POLICY] == SIGNAL_ONE);
    check(measure("Pörno").value[SIGNAL_ADULT] == SIGNAL_ONE);
}

static void compression(void)
{
    /* four bytes, then one match for the rest */
    check(lz_cost(slice_from("abcdabcdabcdabcd"), &arena) == 4 + 3);
    check(lz_cost(slice_from("abc"), &arena) == 3);
    check(lz_cost(slice_from(""), &arena) == 0);
    check(lz_cost(slice_from("abcdefgh"), &arena) == 8);
    check(lz_cost(slice_from("aaaaaaaaaaaaaaaa"), &arena) == 1 + 3);
}

static void char_repetition(void)
{
    /* 12 runs of ten, 10 differ; the first two stand twice; root of 10 is 3 */
    struct signals s = measure("0123456789a0123456789");

    check(measure("0123456789").value[SIGNAL_CHAR_REPETITION] == 0);
    check(measure("aaaaaaaaaaaaaaaaaaaa").value[SIGNAL_CHAR_REPETITION] ==
          SIGNAL_ONE);
    check(s.value[SIGNAL_CHAR_REPETITION] == of(2, 12));
}

static void hplt(void)
{
    struct signals s = measure("Kurz.\nKurz.\nNoch eine Zeile, die lang ist.");

    check(s.value[SIGNAL_HPLT_REPEATED] == of(1, 3));
    check(s.value[SIGNAL_HPLT_SHORT] == SIGNAL_ONE); /* under five lines */
    check(s.value[SIGNAL_HPLT_NUMBERS] == SIGNAL_ONE);
    check(s.value[SIGNAL_HPLT_LONG] == 0);
    /* 2 of 10 characters are numbers: 20 % between 1.2/1.3 and 30 x that */
    s = measure("abcdefgh 12");
    check(s.value[SIGNAL_HPLT_NUMBERS] > 0 &&
          s.value[SIGNAL_HPLT_NUMBERS] < SIGNAL_ONE / 2);
    check(measure("123 45").value[SIGNAL_HPLT_SCORE] == 0);
}

static void scores(void)
{
    struct signals s = { .groups = GROUP_ALL };
    struct fault fault;
    struct score score;

    check(score_init(&score, slice_from("# x\nintercept\t0\t1\t1\t0\n"
                                        "upper\t0.5\t0.25\t-1\t0.5\n"),
                     &fault));
    check(score_groups(&score) == GROUP_CHARS);
    s.value[SIGNAL_UPPER] = 750000; /* z = 1: 1 - 1 + 0.5 */
    check(signals_of(score_of(&score, &s)) == 622459);
    s.value[SIGNAL_UPPER] = 0;      /* z = -2: 1 + 2 + 2 */
    check(signals_of(score_of(&score, &s)) == 993307);
    check(!score_init(&score, slice_from("uper\t0\t1\t1\t0\n"), &fault));
    check(!score_init(&score, slice_from("upper\t0\t0\t1\t0\n"), &fault));
    check(!score_init(&score, slice_from("upper\t0\t1\t1\n"), &fault));
    check(!score_init(&score, slice_from("upper\t0\t1\t1\tx\n"), &fault));
    check(!score_init(&score, slice_from("upper\t0\t1\t1\tinf\n"), &fault));
    check(!score_init(&score, slice_from("score\t0\t1\t1\t0\n"), &fault));
    check(!score_init(&score, slice_from("upper\t0\t1\t1\t0\n"
                                         "upper\t0\t1\t1\t0\n"), &fault));
    check(fault.at == 14);
}

int main(void)
{
    struct fault fault;

    check(stopwords_init(&list, slice_from("der und das")));
    check(phrases_init(&phrases,
                       slice_from("notice\tdeu_Latn\twir verwenden cookies\n"
                                  "menu\tdeu_Latn,fra_Latn\tMehr lesen\n"
                                  "menu\tfra_Latn\tlorem\n"
                                  "adult\t*\tporno\n"), &fault));
    characters();
    urls_and_rubble();
    lines();
    sentences();
    vocabulary();
    marked_phrases();
    compression();
    char_repetition();
    hplt();
    scores();
    phrases_clear(&phrases);
    stopwords_clear(&list);
    arena_clear(&arena);
    return check_done();
}

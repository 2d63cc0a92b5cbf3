/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linerules - which lines go, under each rule; what a repaired text looks like;
 * and which rows of phrases are mistakes.
 */
#include "filters/linerules.h"
#include "filters/signals.h"
#include "tests/check.h"

static struct arena arena;
static struct phrases phrases;
static struct line_report report;

static void repair(enum line_rule rule, int64_t limit, const char *text,
                   const char *wanted)
{
    int64_t limits[LINE_RULE_COUNT];
    struct record_words table;
    struct slice repaired;

    for (int i = 0; i < LINE_RULE_COUNT; i++)
        limits[i] = LINE_OFF;
    limits[rule] = limit;
    words_split(&table, slice_from(text), &arena);
    repaired = linerules_repair(limits, &phrases, slice_from("deu_Latn"),
                                &table, &report, &arena);
    check_that(slice_is(repaired, wanted), "%s: '%s' gives '%.*s'",
               linerules_names[rule], text, (int)repaired.len, repaired.ptr);
    if (strcmp(text, wanted) == 0)
        check(repaired.ptr == table.text.ptr);
}

static void each_rule(void)
{
    const int64_t one = SIGNAL_ONE;

    repair(LINE_MAX_WORD_LENGTH, 4 * one, "abcd é\nabcde\nx", "abcd é\nx");
    repair(LINE_CITATIONS, one, "So[1] war[] es[edit] [12a] [citation needed].",
           "So war es [12a] .");
    check(report.gone[LINE_CITATIONS] == 4);
    repair(LINE_CITATIONS, one, "So[1]\n[2]\n\n[3] [4]\nDort[5]",
           "So\n\nDort");
    repair(LINE_CITATIONS, one, "So\n[1]", "So");
    repair(LINE_CITATIONS, one, "[1] [2]", "");
    repair(LINE_ENDS, one, "Ja.\nNein\n\nSo...\n  \"Gut\" \nWie?",
           "Ja.\n\"Gut\"\nWie?");
    check(report.gone[LINE_ENDS] == 2 && report.words_gone == 2);
    repair(LINE_MIN_WORDS, 3 * one, "a b c\na b\n\n\na b c d",
           "a b c\na b c d");
    repair(LINE_JAVASCRIPT, one, "Mit JavaScript.\nOhne.", "Ohne.");
    repair(LINE_POLICY, one, "See our Privacy Policy.\nDie Politik.",
           "Die Politik.");
    repair(LINE_NOTICE, 6 * one,
           "Wir verwenden Cookies, ja!\n"
           "Wir verwenden Cookies auch in einem langen Satz.\nText",
           "Wir verwenden Cookies auch in einem langen Satz.\nText");
    repair(LINE_MENU, one, "Teilen | 12 | Mehr lesen »\nMehr lesen hilft\n7",
           "Mehr lesen hilft\n7");
    repair(LINE_MAX_UPPER, one / 2, "HALB so\nABcd\nABc", "ABcd");
    repair(LINE_NUMBERS, one, "12 - 13\nIm Jahr 12\n---", "Im Jahr 12\n---");
}

static void what_stays(void)
{
    const int64_t one = SIGNAL_ONE;

    /* nothing to do: the text itself */
    repair(LINE_NUMBERS, one, "a\n\nb", "a\n\nb");
    /* two blank lines where a line between them went are one */
    repair(LINE_NUMBERS, one, "a\n\n1\n\nb\n\n2", "a\n\nb");
    repair(LINE_NUMBERS, one, "1\n2", "");
    repair(LINE_NUMBERS, one, "", "");
    check(!report.found);
    repair(LINE_NUMBERS, one, "lorem IPSUM {", "lorem IPSUM {");
    check(report.found == (FIND_LOREM | FIND_CURLY));
    /* a line that went before is not looked at */
    repair(LINE_ENDS, one, "lorem ipsum {\na.", "a.");
    check(report.found == 0);
    /* that a line goes for JavaScript hides its bracket, as in C4 */
    repair(LINE_JAVASCRIPT, one, "javascript {", "");
    check(report.found == 0);
    repair(LINE_POLICY, one, "use cookies {", "");
    check(report.found == FIND_CURLY);
}

static void mistake(const char *text, size_t at)
{
    struct phrases other;
    struct fault fault = { 0 };

    check_that(!phrases_init(&other, slice_from(text), &fault), "%s", text);
    check(fault.what && fault.at == at);
}

int main(void)
{
    struct fault fault;

    check(phrases_init(&phrases,
                       slice_from("# a comment\n"
                                  "notice\tdeu_Latn\twir verwenden cookies\n"
                                  "menu\tdeu_Latn\tmehr lesen\n"
                                  "menu\t*\tTeilen\n"), &fault));
    each_rule();
    what_stays();
    mistake("notic\t*\tx\n", 0);
    mistake("menu\t*\tx\nmenu\t*\n", 9);
    mistake("menu\t*\t---\n", 0);
    mistake("menu\t*\ta b c d e f g h i j k l m\n", 0);
    mistake("menu\t*\t\xff\n", 0);
    phrases_clear(&phrases);
    arena_clear(&arena);
    return check_done();
}

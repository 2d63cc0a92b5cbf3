/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words - the table tests/tables/words.txt; lines, paragraphs, flags and
 * clitics; texts that a careless splitter would read again and again.
 */
#include "src/words.h"

#include <string.h>
#include <time.h>

#include "src/utf8.h"
#include "tests/check.h"

static struct arena arena;

static struct record_words split(const char *text)
{
    struct record_words table;

    words_split(&table, slice_from(text), &arena);
    return table;
}

/* Replace \n \t \\ and \u{HEX} in place. */
static void unescape(char *text)
{
    char *to = text;

    for (const char *at = text; *at; at++) {
        if (*at != '\\') {
            *to++ = *at;
        } else if (*++at == 'u') {
            to += utf8_put(to, (uint32_t)strtoul(at + 2, NULL, 16));
            at = strchr(at, '}');
        } else {
            *to++ = *at == 'n' ? '\n' : *at == 't' ? '\t' : *at;
        }
    }
    *to = '\0';
}

/* The words joined by blanks. */
static struct slice joined(const struct record_words *table)
{
    char *out = arena_alloc(&arena, 2 * table->text.len + 1), *to = out;

    for (size_t i = 0; i < table->word_count; i++) {
        struct slice word = words_slice(table, table->words[i]);

        if (i > 0)
            *to++ = ' ';
        memcpy(to, word.ptr, word.len);
        to += word.len;
        check(utf8_count(word) == table->words[i].chars);
    }
    return slice_make(out, (size_t)(to - out));
}

static void the_table_holds(void)
{
    FILE *file = fopen("tests/tables/words.txt", "r");
    char line[1024];
    int rows = 0;

    check(file);
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        char *tab = strchr(line, '\t');
        struct record_words table;
        struct slice got;

        if (line[0] == '\n' || (line[0] == '#' && line[1] == ' ' && !tab))
            continue;
        check_that(tab, "words.txt:%d has no tab", number);
        line[strcspn(line, "\n")] = '\0';
        *tab++ = '\0';
        unescape(line);
        unescape(tab);
        table = split(line);
        got = joined(&table);
        check_that(slice_is(got, tab), "words.txt:%d: got %.*s", number,
                   (int)got.len, got.ptr);
        rows++;
    }
    check(rows > 40);
    fclose(file);
}

static void lines_and_paragraphs(void)
{
    struct record_words t =
        split("\n- ein Tag.\nzwei…  \n\n\n \t\n• Ende?\n\nдва...\n");

    check(t.newlines == 9 && t.line_count == 9);
    check(t.lines[0].len == 0 && t.lines[0].flags == LINE_BLANK);
    check(t.lines[1].flags == (LINE_BULLET | LINE_STOP));
    check(t.lines[1].at == 1 && t.lines[1].chars == 10);
    check(t.lines[2].flags == LINE_ELLIPSIS && t.lines[2].chars == 7);
    check(t.lines[5].flags == LINE_BLANK && t.lines[5].len == 2);
    check(t.lines[6].flags == (LINE_BULLET | LINE_STOP));
    check(t.lines[8].flags == (LINE_ELLIPSIS | LINE_STOP));
    check(t.lines[8].chars == 6 && t.lines[8].len == 9);
    check(t.paragraph_count == 3);
    check(slice_is(words_slice(&t, t.paragraphs[0]), "- ein Tag.\nzwei…  "));
    check(slice_is(words_slice(&t, t.paragraphs[1]), " \t\n• Ende?"));
    check(t.paragraphs[1].chars == 10);
    check(slice_is(words_slice(&t, t.paragraphs[2]), "два..."));
    check(t.chars == utf8_count(t.text));

    t = split("");
    check(t.line_count == 0 && t.word_count == 0 && t.paragraph_count == 0);
    t = split("\n\n");
    check(t.line_count == 2 && t.paragraph_count == 0 && t.chars == 2);
    t = split("x");
    check(t.line_count == 1 && t.paragraph_count == 1 && t.chars == 1);
    t = split("۔");
    check(t.lines[0].flags == LINE_STOP);
}

static void flags_of_words(void)
{
    struct record_words t = split("a1 12 — _ d'or \u0301 ½ _x");

    check(t.word_count == 8);
    check(t.words[0].flags == (WORD_LETTER | WORD_NUMBER));
    check(t.words[1].flags == WORD_NUMBER);
    check(t.words[2].flags == WORD_SYMBOL);
    check(t.words[3].flags == WORD_SYMBOL);
    check(t.words[4].flags == (WORD_LETTER | WORD_INNER));
    check(t.words[5].flags == 0);
    check(t.words[6].flags == WORD_NUMBER);
    check(t.words[7].flags == WORD_LETTER);
}

static bool clitic_is(const char *text, size_t word, const char *expected)
{
    struct record_words t = split(text);
    struct slice clitic;
    bool found = words_clitic(&t, t.words[word], &clitic);

    return expected ? found && slice_is(clitic, expected) : !found;
}

static void clitics(void)
{
    check(clitic_is("Il-mara", 0, "Il-"));
    check(clitic_is("Il-mara", 1, NULL));
    check(clitic_is("ta' Malta", 0, "ta'"));
    check(clitic_is("ta’ Malta", 0, "ta’"));
    check(clitic_is("l'eau", 0, "l'"));
    check(clitic_is("l’eau", 0, "l’"));
    check(clitic_is("de l'", 1, "l'"));
    check(clitic_is("ta' Malta", 1, NULL));
    check(clitic_is("г. София", 0, "г."));
    check(clitic_is("il -", 0, NULL));
    check(clitic_is("e.g", 0, NULL));
}

/* The table is made once for a text, and anew for another. */
static void a_record_keeps_its_table(void)
{
    struct batch batch = { .schema = schema_standard() };
    struct record *r =
        batch_add(&batch, slice_from("{\"text\":\"drei Wörter\"}"));
    const struct record_words *table;
    struct fault fault;

    check(record_parse(&batch, r, true, &fault));
    table = record_words(&batch, r);
    check(table->word_count == 2 && record_words(&batch, r) == table);
    record_set_text(&batch, r, slice_from("ein zwei drei"));
    check(record_words(&batch, r)->word_count == 3);
    arena_clear(&batch.arena);
    free(batch.records);
}

/* Seconds to split `unit`, repeated to `len` bytes. */
static double seconds(const char *unit, size_t len)
{
    struct arena own = { 0 };
    struct record_words table;
    char *text = malloc(len);
    size_t unit_len = strlen(unit);
    clock_t begin;

    for (size_t i = 0; i < len; i++)
        text[i] = unit[i % unit_len];
    begin = clock();
    words_split(&table, slice_make(text, len - len % unit_len), &own);
    begin = clock() - begin;
    arena_clear(&own);
    free(text);
    return (double)begin / CLOCKS_PER_SEC;
}

/* Four times the text in no more than sixteen times the time. */
static void hostile_texts_stay_linear(void)
{
    static const char *const units[] = { "a", "a ", "\n", "a.", "a'", "a-",
                                         "a.\xcc\x81", "\xcc\x81", ".", " \n",
                                         "a:1" };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double small = seconds(units[i], 1 << 20);
        double large = seconds(units[i], 4 << 20);

        check_that(large < 16 * small + 0.25, "'%s': %f s, then %f s", units[i],
                   small, large);
    }
}

int main(void)
{
    the_table_holds();
    lines_and_paragraphs();
    flags_of_words();
    clitics();
    hostile_texts_stay_linear();
    a_record_keeps_its_table();
    arena_clear(&arena);
    return check_done();
}

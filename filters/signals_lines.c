/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_lines - what kind of lines there are; the words of a line are found
 * by going along both tables.
 */
#include "filters/sentences.h"
#include "filters/signals.h"

#include "src/charclass.h"
#include "src/utf8.h"

enum { LONG_LINE_CHARS = 200, EDGE_LINE_CHARS = 100, EDGE_PART = 5 };

/* Are there more capitals than other letters; is there any letter? */
static void look_at_letters(struct slice line, bool *is_upper, bool *has_letter)
{
    uint64_t letters = 0, capitals = 0;

    for (size_t at = 0; at < line.len;) {
        uint8_t class = charclass_get(utf8_next(line, &at));

        letters += (class & CHAR_LETTER) != 0;
        capitals += class == CHAR_LU || class == CHAR_LT;
    }
    *has_letter = letters > 0;
    *is_upper = 2 * capitals > letters;
}

struct counts {
    uint64_t lines, chars, long_lines, upper, without_letter, lone, sentences;
};

static void count_line(struct counts *n, const struct record_words *table,
                       struct span line, uint64_t words)
{
    struct slice bytes = words_slice(table, line);
    bool is_upper, has_letter;

    look_at_letters(bytes, &is_upper, &has_letter);
    n->lines++;
    n->chars += line.chars;
    n->long_lines += line.chars >= LONG_LINE_CHARS;
    n->upper += is_upper;
    n->without_letter += !has_letter;
    n->lone += words < 2;
    n->sentences += sentences_count(bytes);
}

/* Share of short lines among `count` filled ones, from an end of the table. */
static int64_t edge_share(const struct record_words *table, uint64_t count,
                          bool from_end)
{
    uint64_t seen = 0, short_lines = 0;

    for (size_t i = 0; i < table->line_count && seen < count; i++) {
        size_t at = from_end ? table->line_count - 1 - i : i;

        if (table->lines[at].flags & LINE_BLANK)
            continue;
        seen++;
        short_lines += table->lines[at].chars < EDGE_LINE_CHARS;
    }
    return signals_share(short_lines, seen);
}

void signals_measure_lines(struct signals *s, const struct signal_source *from)
{
    const struct record_words *table = from->table;
    uint64_t words = 0, edge;
    struct counts n = { 0 };
    size_t word = 0;

    for (size_t i = 0; i < table->line_count; i++) {
        struct span line = table->lines[i];
        uint64_t here = 0;

        for (; word < table->word_count &&
               table->words[word].at < line.at + line.len; word++)
            here += !(table->words[word].flags & WORD_SYMBOL);
        words += here;
        if (!(line.flags & LINE_BLANK))
            count_line(&n, table, line, here);
    }
    edge = (n.lines + EDGE_PART - 1) / EDGE_PART;
    s->value[SIGNAL_LINES] = (int64_t)n.lines * SIGNAL_ONE;
    s->value[SIGNAL_LINE_LENGTH] = signals_share(n.chars, n.lines);
    s->value[SIGNAL_LONG_LINES] = (int64_t)n.long_lines * SIGNAL_ONE;
    s->value[SIGNAL_UPPER_LINES] = signals_share(n.upper, n.lines);
    s->value[SIGNAL_NUMBER_LINES] = signals_share(n.without_letter, n.lines);
    s->value[SIGNAL_LONE_WORDS] = signals_share(n.lone, n.lines);
    s->value[SIGNAL_HEADER_LINES] = edge_share(table, edge, false);
    s->value[SIGNAL_FOOTER_LINES] = edge_share(table, edge, true);
    s->value[SIGNAL_SENTENCES] = (int64_t)n.sentences * SIGNAL_ONE;
    s->value[SIGNAL_SENTENCE_WORDS] = signals_share(words, n.sentences);
}

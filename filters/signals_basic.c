/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_basic - counts over the word and line table, and their shares: what
 * Gopher and FineWeb judge.
 */
#include "filters/repetition.h"
#include "filters/signals.h"
#include "filters/stopwords.h"

enum { SHORT_LINE_CHARS = 30 };

static void measure_words(struct signals *s, const struct record_words *table,
                          const struct stopwords *list)
{
    uint64_t words = 0, chars = 0, with_letter = 0;

    for (size_t i = 0; i < table->word_count; i++) {
        uint32_t flags = table->words[i].flags;

        with_letter += (flags & WORD_LETTER) != 0;
        if (!(flags & WORD_SYMBOL)) {
            words++;
            chars += table->words[i].chars;
        }
    }
    s->value[SIGNAL_WORDS] = (int64_t)words * SIGNAL_ONE;
    s->value[SIGNAL_WORD_LENGTH] = signals_share(chars, words);
    s->value[SIGNAL_ALPHA_WORDS] =
        signals_share(with_letter, table->word_count);
    s->value[SIGNAL_NEWLINES] =
        signals_share(table->newlines, table->word_count);
    s->value[SIGNAL_STOP_WORDS] =
        list ? (int64_t)stopwords_count(list, table) * SIGNAL_ONE : 0;
}

/* How often '#' stands in the text, and an ellipsis of either kind. */
static void measure_marks(struct signals *s, const struct record_words *table)
{
    const char *at = table->text.ptr, *end = at + table->text.len;
    uint64_t hashes = 0, ellipses = 0;

    for (; at < end; at++) {
        if (*at == '#') {
            hashes++;
        } else if (*at == '.' && end - at >= 3 && at[1] == '.' &&
                   at[2] == '.') {
            ellipses++;
            at += 2;
        } else if (*at == '\xe2' && end - at >= 3 &&
                   memcmp(at, "\xe2\x80\xa6", 3) == 0) {
            ellipses++;
            at += 2;
        }
    }
    s->value[SIGNAL_HASHES] = signals_share(hashes, table->word_count);
    s->value[SIGNAL_ELLIPSES] = signals_share(ellipses, table->word_count);
}

static void measure_lines(struct signals *s, const struct record_words *table)
{
    uint64_t bullets = 0, ellipses = 0, ended = 0, short_lines = 0, filled = 0;

    for (size_t i = 0; i < table->line_count; i++) {
        uint32_t flags = table->lines[i].flags;

        bullets += (flags & LINE_BULLET) != 0;
        ellipses += (flags & LINE_ELLIPSIS) != 0;
        if (flags & LINE_BLANK)
            continue;
        filled++;
        ended += (flags & LINE_STOP) != 0;
        short_lines += table->lines[i].chars <= SHORT_LINE_CHARS;
    }
    s->value[SIGNAL_BULLET_LINES] = signals_share(bullets, table->line_count);
    s->value[SIGNAL_ELLIPSIS_LINES] =
        signals_share(ellipses, table->line_count);
    s->value[SIGNAL_ENDED_LINES] = signals_share(ended, filled);
    s->value[SIGNAL_SHORT_LINES] = signals_share(short_lines, filled);
}

static void measure_units(struct signals *s, const struct record_words *table,
                          struct arena *scratch)
{
    struct repetition_units units;

    repetition_count(&units, table->text, table->lines, table->line_count,
                     LINE_BLANK, scratch);
    s->value[SIGNAL_REPEATED_CHARS] =
        signals_share(units.dup_chars, table->chars - table->newlines);
    repetition_count(&units, table->text, table->lines, table->line_count, 0,
                     scratch);
    s->value[SIGNAL_DUP_LINES] = signals_share(units.dup_count, units.count);
    s->value[SIGNAL_DUP_LINE_CHARS] =
        signals_share(units.dup_chars, table->chars);
    repetition_count(&units, table->text, table->paragraphs,
                     table->paragraph_count, 0, scratch);
    s->value[SIGNAL_DUP_PARAGRAPHS] =
        signals_share(units.dup_count, units.count);
    s->value[SIGNAL_DUP_PARAGRAPH_CHARS] =
        signals_share(units.dup_chars, table->chars);
}

void signals_measure_basic(struct signals *s, const struct signal_source *from)
{
    measure_words(s, from->table, from->stop_words);
    measure_marks(s, from->table);
    measure_lines(s, from->table);
    measure_units(s, from->table, from->scratch);
}

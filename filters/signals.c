/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals - counts over the word and line table, and their shares.
 */
#include "filters/signals.h"

#include <inttypes.h>
#include <stdio.h>

#include "filters/repetition.h"
#include "src/fail.h"

enum { SHORT_LINE_CHARS = 30 };

static const char *const names[SIGNAL_COUNT] = {
    [SIGNAL_WORDS] = "words",
    [SIGNAL_WORD_LENGTH] = "word_length",
    [SIGNAL_HASHES] = "hashes",
    [SIGNAL_ELLIPSES] = "ellipses",
    [SIGNAL_BULLET_LINES] = "bullet_lines",
    [SIGNAL_ELLIPSIS_LINES] = "ellipsis_lines",
    [SIGNAL_ALPHA_WORDS] = "alpha_words",
    [SIGNAL_STOP_WORDS] = "stop_words",
    [SIGNAL_ENDED_LINES] = "ended_lines",
    [SIGNAL_SHORT_LINES] = "short_lines",
    [SIGNAL_REPEATED_CHARS] = "repeated_chars",
    [SIGNAL_NEWLINES] = "newlines",
    [SIGNAL_DUP_PARAGRAPHS] = "dup_paragraphs",
    [SIGNAL_DUP_PARAGRAPH_CHARS] = "dup_paragraph_chars",
    [SIGNAL_DUP_LINES] = "dup_lines",
    [SIGNAL_DUP_LINE_CHARS] = "dup_line_chars",
    [SIGNAL_TOP_2] = "top_2",
    [SIGNAL_TOP_3] = "top_3",
    [SIGNAL_TOP_4] = "top_4",
    [SIGNAL_DUP_5] = "dup_5",
    [SIGNAL_DUP_6] = "dup_6",
    [SIGNAL_DUP_7] = "dup_7",
    [SIGNAL_DUP_8] = "dup_8",
    [SIGNAL_DUP_9] = "dup_9",
    [SIGNAL_DUP_10] = "dup_10",
};

/* Millionths of a share; parts are at most 2^40 or so. */
static int64_t share(uint64_t part, uint64_t whole)
{
    if (whole == 0)
        return 0;
    return (int64_t)((part * SIGNAL_ONE + whole / 2) / whole);
}

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
    s->value[SIGNAL_WORD_LENGTH] = share(chars, words);
    s->value[SIGNAL_ALPHA_WORDS] = share(with_letter, table->word_count);
    s->value[SIGNAL_NEWLINES] = share(table->newlines, table->word_count);
    s->value[SIGNAL_STOP_WORDS] =
        (int64_t)stopwords_count(list, table) * SIGNAL_ONE;
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
    s->value[SIGNAL_HASHES] = share(hashes, table->word_count);
    s->value[SIGNAL_ELLIPSES] = share(ellipses, table->word_count);
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
    s->value[SIGNAL_BULLET_LINES] = share(bullets, table->line_count);
    s->value[SIGNAL_ELLIPSIS_LINES] = share(ellipses, table->line_count);
    s->value[SIGNAL_ENDED_LINES] = share(ended, filled);
    s->value[SIGNAL_SHORT_LINES] = share(short_lines, filled);
}

static void measure_units(struct signals *s, const struct record_words *table,
                          struct arena *scratch)
{
    struct repetition_units units;

    repetition_count(&units, table->text, table->lines, table->line_count,
                     LINE_BLANK, scratch);
    s->value[SIGNAL_REPEATED_CHARS] =
        share(units.dup_chars, table->chars - table->newlines);
    repetition_count(&units, table->text, table->lines, table->line_count, 0,
                     scratch);
    s->value[SIGNAL_DUP_LINES] = share(units.dup_count, units.count);
    s->value[SIGNAL_DUP_LINE_CHARS] = share(units.dup_chars, table->chars);
    repetition_count(&units, table->text, table->paragraphs,
                     table->paragraph_count, 0, scratch);
    s->value[SIGNAL_DUP_PARAGRAPHS] = share(units.dup_count, units.count);
    s->value[SIGNAL_DUP_PARAGRAPH_CHARS] = share(units.dup_chars, table->chars);
}

void signals_measure(struct signals *signals, const struct record_words *table,
                     const struct stopwords *list, struct arena *scratch)
{
    *signals = (struct signals){ 0 };
    measure_words(signals, table, list);
    measure_marks(signals, table);
    measure_lines(signals, table);
    measure_units(signals, table, scratch);
}

void signals_measure_grams(struct signals *signals,
                           const struct record_words *table,
                           struct arena *scratch)
{
    struct repetition_grams grams;

    repetition_count_grams(&grams, table, scratch);
    for (int n = REPETITION_TOP_FIRST; n <= REPETITION_DUP_LAST; n++)
        signals->value[SIGNAL_TOP_2 + n - REPETITION_TOP_FIRST] =
            share(grams.chars[n], table->chars);
}

struct slice signals_json(const struct signals *signals, struct arena *arena)
{
    enum { ROOM = 56 }; /* name, quotes, 20 digits, point, comma */
    char *json = arena_alloc(arena, SIGNAL_COUNT * ROOM);
    size_t len = 0, cap = SIGNAL_COUNT * ROOM;

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        int64_t whole = signals->value[i] / SIGNAL_ONE;
        int64_t rest = signals->value[i] % SIGNAL_ONE;

        len += (size_t)snprintf(json + len, cap - len, "%c\"%s\":%" PRId64,
                                i == 0 ? '{' : ',', names[i], whole);
        if (i != SIGNAL_WORDS && i != SIGNAL_STOP_WORDS)
            len += (size_t)snprintf(json + len, cap - len, ".%06" PRId64, rest);
    }
    json[len++] = '}';
    return slice_make(json, len);
}

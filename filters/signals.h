/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals.h - what can be measured of a text, for rules to judge.
 *
 * Definitions follow the datatrove library's filters (Gopher quality, FineWeb,
 * Gopher repetition), for FineWeb-2's thresholds were learnt with them; words
 * and lines are those of src/words.h.  A share whose whole is empty is 0.
 *
 *   words            words without symbols
 *   word_length      their mean length, in characters
 *   hashes           '#' for each word (symbols are words here and below)
 *   ellipses         "..." and "…" for each word
 *   bullet_lines     share of lines that begin with • or -
 *   ellipsis_lines   share of lines that end in an ellipsis
 *   alpha_words      share of words with a letter
 *   stop_words       how many different words of the language's list occur
 *   ended_lines      share of lines, blank ones apart, that end a sentence
 *   short_lines      share of lines, blank ones apart, of 30 characters or less
 *   repeated_chars   characters of duplicate lines, blank ones apart, in all
 *                    characters but \n
 *   newlines         \n for each word
 *   dup_paragraphs, dup_paragraph_chars, dup_lines, dup_line_chars, top_2 ...
 *   top_4, dup_5 ... dup_10        filters/repetition.h: shares of paragraphs,
 *                    of lines, and else of all characters
 *
 * A signal is a whole number of millionths, rounded half up, and that number is
 * what a rule judges and what is printed: who judges the printed signals again
 * gets the same verdict.
 */
#ifndef MLIN_FILTERS_SIGNALS_H
#define MLIN_FILTERS_SIGNALS_H

#include <stdint.h>

#include "filters/stopwords.h"
#include "src/arena.h"
#include "src/slice.h"
#include "src/words.h"

enum signal {
    SIGNAL_WORDS, SIGNAL_WORD_LENGTH, SIGNAL_HASHES, SIGNAL_ELLIPSES,
    SIGNAL_BULLET_LINES, SIGNAL_ELLIPSIS_LINES, SIGNAL_ALPHA_WORDS,
    SIGNAL_STOP_WORDS,
    SIGNAL_ENDED_LINES, SIGNAL_SHORT_LINES, SIGNAL_REPEATED_CHARS,
    SIGNAL_NEWLINES,
    SIGNAL_DUP_PARAGRAPHS, SIGNAL_DUP_PARAGRAPH_CHARS, SIGNAL_DUP_LINES,
    SIGNAL_DUP_LINE_CHARS,
    SIGNAL_TOP_2, SIGNAL_TOP_3, SIGNAL_TOP_4,
    SIGNAL_DUP_5, SIGNAL_DUP_6, SIGNAL_DUP_7, SIGNAL_DUP_8, SIGNAL_DUP_9,
    SIGNAL_DUP_10,
    SIGNAL_COUNT,
    SIGNAL_FIRST_GRAM = SIGNAL_TOP_2
};

enum { SIGNAL_ONE = 1000000 };

struct signals {
    int64_t value[SIGNAL_COUNT]; /* millionths */
};

/* All signals before SIGNAL_FIRST_GRAM; the others are set to 0. */
void signals_measure(struct signals *signals, const struct record_words *table,
                     const struct stopwords *list, struct arena *scratch);

/* The n-grams, which cost most. */
void signals_measure_grams(struct signals *signals,
                           const struct record_words *table,
                           struct arena *scratch);

/* {"words":57,"word_length":4.912281,...}: all, in the order above. */
struct slice signals_json(const struct signals *signals, struct arena *arena);

#endif

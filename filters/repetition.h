/* SPDX-License-Identifier: Apache-2.0 */
/*
 * repetition.h - how much of a text says again what it said before.
 *
 * The counts of Gopher's repetition rules (Rae et al. 2021, table A1) as the
 * datatrove library counts them, so that FineWeb-2's thresholds mean the same:
 *
 *   lines        the lines that are not empty; paragraphs: runs of them
 *   duplicate    a line or paragraph that stood before (the first is not one)
 *   top n-gram   the most frequent run of n words (the earliest of equals):
 *                its length, joined by single blanks, times its occurrences;
 *                occurrences may overlap, so it can exceed the text
 *   duplicated n-gram   going from left to right, a run of n words that was
 *                seen before counts the characters of its words, and the next
 *                n-1 words begin no run; other runs are remembered
 *
 * All words count, symbols too (src/words.h).  Equal means equal 64-bit hash of
 * the words in order: "ab c" is not "a bc".
 *
 * Cost: linear; one hash look-up for each word and n.  Memory of `scratch`:
 * up to 112 bytes for each word, or 32 for each line.
 */
#ifndef MLIN_REPETITION_H
#define MLIN_REPETITION_H

#include <stdint.h>

#include "src/arena.h"
#include "src/words.h"

/* A kind of unit (lines, say): how many, how many again, and their size. */
struct repetition_units {
    uint64_t count, dup_count, dup_chars;
};

enum {
    REPETITION_TOP_FIRST = 2, REPETITION_TOP_LAST = 4,
    REPETITION_DUP_FIRST = 5, REPETITION_DUP_LAST = 10,
    REPETITION_SIZES = REPETITION_DUP_LAST + 1,
    REPETITION_WORDS_MAX = 1 << 22
};

/* [n]: characters of the top n-gram, or of the duplicated n-grams. */
struct repetition_grams {
    uint64_t chars[REPETITION_SIZES];
};

/*
 * Spans of the text that are not empty and have none of the flags `without`.
 */
void repetition_count(struct repetition_units *units, struct slice text,
                      const struct span *spans, size_t count, uint32_t without,
                      struct arena *scratch);

/*
 * All n; a text of fewer than n words has 0.  Of a text of more than
 * REPETITION_WORDS_MAX words (25 MB or so) only so many are looked at, so that
 * memory stays below half a gigabyte.
 */
void repetition_count_grams(struct repetition_grams *grams,
                            const struct record_words *table,
                            struct arena *scratch);

#endif

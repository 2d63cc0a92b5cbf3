/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linerules.h - rules that repair a text: they take lines out of it.
 *
 *   line_max_word_length   N   a run of more than N characters without white
 *                              space (C4: 1000)
 *   line_citations         on  [1], [], [edit] and [citation needed] are cut
 *                              out of the line (C4)
 *   line_ends              on  the line does not end in . ? ! " ' or ends in
 *                              ... (C4)
 *   line_min_words         N   fewer words, parted by white space (C4: 3)
 *   line_javascript        on  holds "javascript", in any case (C4)
 *   line_policy            on  holds "terms of use", "privacy policy", "cookie
 *                              policy", "uses cookies", "use of cookies" or
 *                              "use cookies" (C4)
 *   line_notice            N   holds a phrase of kind notice, and at most N
 *                              words (filters/phrases.h)
 *   line_menu              on  holds nothing but phrases of kind menu, numbers
 *                              and marks
 *   line_max_upper       0..1  more of its letters are capitals (DCLM)
 *   line_numbers           on  holds no letter but digits (DCLM)
 *
 * They are judged in this order, for each line; `on` and `off`, or a number.
 * Lines part at \n only; run normalize first.  White space at both ends of a
 * line is cut off, but what stood beside a citation stays, as in C4; a line of
 * citations alone goes.  Blank lines go under line_ends or line_min_words, as
 * in C4; else they stay, but no two in a row and none at the ends.
 */
#ifndef MLIN_FILTERS_LINERULES_H
#define MLIN_FILTERS_LINERULES_H

#include <stdbool.h>
#include <stdint.h>

#include "filters/phrases.h"
#include "src/arena.h"
#include "src/slice.h"
#include "src/words.h"

enum line_rule {
    LINE_MAX_WORD_LENGTH, LINE_CITATIONS, LINE_ENDS, LINE_MIN_WORDS,
    LINE_JAVASCRIPT, LINE_POLICY, LINE_NOTICE, LINE_MENU, LINE_MAX_UPPER,
    LINE_NUMBERS,
    LINE_RULE_COUNT
};

/* limit[]: millionths (1 for on); LINE_OFF = not judged. */
#define LINE_OFF INT64_MIN

extern const char *const linerules_names[LINE_RULE_COUNT];

/* Is it on or off, not a number? */
bool linerules_is_switch(enum line_rule rule);

/* What C4 drops a document for, in a line that it has not yet dropped. */
enum line_find { FIND_LOREM = 1, FIND_CURLY = 2 };

struct line_report {
    uint64_t gone[LINE_RULE_COUNT]; /* lines; of citations: how many */
    unsigned found;                 /* enum line_find */
    uint64_t words_gone;            /* parted by white space */
    const uint8_t *kinds;           /* phrases_mark() of the text as it was */
};

/*
 * The repaired text: `table->text` itself when every line stays as it is, else
 * memory of the arena, not longer.  `phrases` may be NULL.  Safe from any
 * thread.
 */
struct slice linerules_repair(const int64_t *limit,
                              const struct phrases *phrases, struct slice lang,
                              const struct record_words *table,
                              struct line_report *report, struct arena *arena);

enum line_phrase { PHRASE_LOREM, PHRASE_JAVASCRIPT, PHRASE_POLICY };

struct line_phrases {
    uint64_t count[3]; /* [enum line_phrase] */
};

/* How often C4's phrases stand in the text, in any case. */
struct line_phrases linerules_phrases(struct slice text);

#endif

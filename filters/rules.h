/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules.h - limits for signals, per language, from a table that a linguist can
 * read and edit.
 *
 *     # rule         lang                  value
 *     min_words      *                     50
 *     max_word_length  deu_Latn            15
 *     min_alpha_words  est_Latn,ekk_Latn   0.722
 *     min_stop_words *                     off
 *     stop_words     deu_Latn              der und die in von
 *
 * Columns are parted by one tab or more; # begins a comment line.  `lang` is
 * one label or several joined by commas; * is what holds for a language that
 * has no row of its own for that rule, and for documents of any other language.
 * `value` is a decimal number with at most six digits after the point, or off;
 * for stop_words it is the list.  A rule that is named nowhere is off.
 *
 * Rules are judged in the order of `enum rule`, whatever the order of the rows;
 * the first that is violated is the reason.  min_: violated below the value;
 * max_: above it.  The value itself is allowed.
 */
#ifndef MLIN_FILTERS_RULES_H
#define MLIN_FILTERS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/signals.h"
#include "filters/stopwords.h"
#include "src/fail.h"
#include "src/slice.h"

enum rule {
    RULE_MIN_WORDS, RULE_MAX_WORDS, RULE_MIN_WORD_LENGTH, RULE_MAX_WORD_LENGTH,
    RULE_MAX_HASHES, RULE_MAX_ELLIPSES, RULE_MAX_BULLET_LINES,
    RULE_MAX_ELLIPSIS_LINES, RULE_MIN_ALPHA_WORDS, RULE_MIN_STOP_WORDS,
    RULE_MIN_ENDED_LINES, RULE_MAX_SHORT_LINES, RULE_MAX_REPEATED_CHARS,
    RULE_MAX_NEWLINES,
    RULE_MAX_DUP_PARAGRAPHS, RULE_MAX_DUP_PARAGRAPH_CHARS, RULE_MAX_DUP_LINES,
    RULE_MAX_DUP_LINE_CHARS,
    RULE_MAX_TOP_2, RULE_MAX_TOP_3, RULE_MAX_TOP_4,
    RULE_MAX_DUP_5, RULE_MAX_DUP_6, RULE_MAX_DUP_7, RULE_MAX_DUP_8,
    RULE_MAX_DUP_9, RULE_MAX_DUP_10,
    RULE_COUNT,
    RULE_FIRST_GRAM = RULE_MAX_TOP_2 /* these need signals_measure_grams() */
};

/* What holds for one language. */
struct rule_set {
    struct slice lang;
    int64_t limit[RULE_COUNT]; /* millionths; RULE_OFF = not judged */
    struct stopwords stop_words;
};

#define RULE_OFF INT64_MIN

struct rules {
    struct rule_set *sets; /* [count], sorted by lang; "*" sorts first */
    size_t count;
};

/*
 * Read a table; `text` must live as long as the rules.  False with the byte
 * where a row is wrong: unknown rule, bad number, a rule given twice for a
 * language, no limit at all.
 */
bool rules_init(struct rules *rules, struct slice text, struct fault *fault);
void rules_clear(struct rules *rules);

/* The language's set, else that of *.  Safe from any thread. */
const struct rule_set *rules_for(const struct rules *rules, struct slice lang);

/*
 * The reason of the first violated rule of from .. to-1, or NULL.  Safe from
 * any thread.
 */
const char *rules_judge(const struct rule_set *set,
                        const struct signals *signals, enum rule from,
                        enum rule to);

#endif

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
 *     line_ends      *                     on
 *     stop_words     deu_Latn              der und die in von
 *
 * Columns are parted by one tab or more; # begins a comment line.  `lang` is
 * one label or several joined by commas; * is what holds for a language that
 * has no row of its own for that rule, and for documents of any other language.
 * `value` is a decimal number with at most six digits after the point, or off;
 * for rules for lines that know no number it is on or off, for stop_words the
 * list.  A rule that is named nowhere is off.
 *
 * min_NAME and max_NAME are limits for the signal NAME (filters/signals.h),
 * violated below the value, or above it; the value itself is allowed.  They are
 * judged in the order of `enum signal`, min before max, whatever the order of
 * the rows; the first that is violated is the reason.  line_NAME are rules that
 * repair a text before it is measured (filters/linerules.h).
 */
#ifndef MLIN_FILTERS_RULES_H
#define MLIN_FILTERS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/linerules.h"
#include "filters/signals.h"
#include "filters/stopwords.h"
#include "src/fail.h"
#include "src/slice.h"

/* RULE_MIN or RULE_MAX of a signal, as one number. */
enum { RULE_MIN, RULE_MAX, RULE_COUNT = 2 * SIGNAL_COUNT };

static inline int rule_of(enum signal signal, int side)
{
    return 2 * (int)signal + side;
}

/* What holds for one language. */
struct rule_set {
    struct slice lang;
    int64_t limit[RULE_COUNT];      /* millionths; RULE_OFF = not judged */
    int64_t line[LINE_RULE_COUNT];  /* likewise; 1 for on */
    struct stopwords stop_words;
    bool repairs;                   /* a rule for lines is on */
};

#define RULE_OFF LINE_OFF

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

/*
 * Read the table of a file; dies, with the line, when it is wrong.  Returns the
 * text, which must live as long as the rules; the caller frees it.
 */
char *rules_read(struct rules *rules, const char *path);

/* The language's set, else that of *.  Safe from any thread. */
const struct rule_set *rules_for(const struct rules *rules, struct slice lang);

/* "min_words": in the scratch. */
struct slice rules_name(int rule, struct arena *arena);

/* What is given as reason: two words, which no other rule has. */
const char *rules_reason(int rule);

/* Is there a limit for the signal? */
bool rules_asks(const struct rule_set *set, enum signal signal);

/* Is the rule on, and does the value violate it? */
bool rules_violated(const struct rule_set *set, int rule, int64_t value);

/*
 * The first violated rule from `from` on, or RULE_COUNT.  Groups of signals are
 * measured when a rule asks for one.  Safe from any thread.
 */
int rules_judge(const struct rule_set *set, struct signals *signals,
                const struct signal_source *source, int from);

#endif

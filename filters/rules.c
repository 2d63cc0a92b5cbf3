/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules - read the table twice: first for the languages that it names, then for
 * the values; a language begins with what * says.
 */
#include "filters/rules.h"

#include <stdlib.h>

/* A rule: what its row is called, what it judges, and the reason it gives. */
static const struct {
    const char *name;
    enum signal signal;
    const char *reason;
} table[RULE_COUNT] = {
    [RULE_MIN_WORDS] = { "min_words", SIGNAL_WORDS, "few words" },
    [RULE_MAX_WORDS] = { "max_words", SIGNAL_WORDS, "many words" },
    [RULE_MIN_WORD_LENGTH] = { "min_word_length", SIGNAL_WORD_LENGTH,
                               "short words" },
    [RULE_MAX_WORD_LENGTH] = { "max_word_length", SIGNAL_WORD_LENGTH,
                               "long words" },
    [RULE_MAX_HASHES] = { "max_hashes", SIGNAL_HASHES, "many hashes" },
    [RULE_MAX_ELLIPSES] = { "max_ellipses", SIGNAL_ELLIPSES, "many ellipses" },
    [RULE_MAX_BULLET_LINES] = { "max_bullet_lines", SIGNAL_BULLET_LINES,
                                "bullet lines" },
    [RULE_MAX_ELLIPSIS_LINES] = { "max_ellipsis_lines", SIGNAL_ELLIPSIS_LINES,
                                  "ellipsis lines" },
    [RULE_MIN_ALPHA_WORDS] = { "min_alpha_words", SIGNAL_ALPHA_WORDS,
                               "few letters" },
    [RULE_MIN_STOP_WORDS] = { "min_stop_words", SIGNAL_STOP_WORDS,
                              "stop words" },
    [RULE_MIN_ENDED_LINES] = { "min_ended_lines", SIGNAL_ENDED_LINES,
                               "line ends" },
    [RULE_MAX_SHORT_LINES] = { "max_short_lines", SIGNAL_SHORT_LINES,
                               "short lines" },
    [RULE_MAX_REPEATED_CHARS] = { "max_repeated_chars", SIGNAL_REPEATED_CHARS,
                                  "repeated chars" },
    [RULE_MAX_NEWLINES] = { "max_newlines", SIGNAL_NEWLINES, "many newlines" },
    [RULE_MAX_DUP_PARAGRAPHS] = { "max_dup_paragraphs", SIGNAL_DUP_PARAGRAPHS,
                                  "dup paragraphs" },
    [RULE_MAX_DUP_PARAGRAPH_CHARS] = { "max_dup_paragraph_chars",
                                       SIGNAL_DUP_PARAGRAPH_CHARS,
                                       "paragraph chars" },
    [RULE_MAX_DUP_LINES] = { "max_dup_lines", SIGNAL_DUP_LINES, "dup lines" },
    [RULE_MAX_DUP_LINE_CHARS] = { "max_dup_line_chars", SIGNAL_DUP_LINE_CHARS,
                                  "line chars" },
    [RULE_MAX_TOP_2] = { "max_top_2", SIGNAL_TOP_2, "top bigram" },
    [RULE_MAX_TOP_3] = { "max_top_3", SIGNAL_TOP_3, "top trigram" },
    [RULE_MAX_TOP_4] = { "max_top_4", SIGNAL_TOP_4, "top 4-gram" },
    [RULE_MAX_DUP_5] = { "max_dup_5", SIGNAL_DUP_5, "dup 5-grams" },
    [RULE_MAX_DUP_6] = { "max_dup_6", SIGNAL_DUP_6, "dup 6-grams" },
    [RULE_MAX_DUP_7] = { "max_dup_7", SIGNAL_DUP_7, "dup 7-grams" },
    [RULE_MAX_DUP_8] = { "max_dup_8", SIGNAL_DUP_8, "dup 8-grams" },
    [RULE_MAX_DUP_9] = { "max_dup_9", SIGNAL_DUP_9, "dup 9-grams" },
    [RULE_MAX_DUP_10] = { "max_dup_10", SIGNAL_DUP_10, "dup 10-grams" },
};

/* The row that is not a rule: the list of words. */
enum { ROW_STOP_WORDS = RULE_COUNT, ROW_COUNT };

/* ---- the text of the table ---- */

struct row {
    struct slice rule, langs, value;
};

/* Cut the bytes up to `stop`, and all further `stop`s, off the front. */
static struct slice cut(struct slice *from, char stop)
{
    const char *end = from->len ? memchr(from->ptr, stop, from->len) : NULL;
    struct slice head = { from->ptr, end ? (size_t)(end - from->ptr)
                                         : from->len };
    size_t gone = head.len;

    while (gone < from->len && from->ptr[gone] == stop)
        gone++;
    from->ptr += gone;
    from->len -= gone;
    return head;
}

/* The next row that is not empty or a comment; false at the end. */
static bool next_row(struct slice *left, struct row *row)
{
    while (left->len > 0) {
        struct slice line = cut(left, '\n');

        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        row->rule = cut(&line, '\t');
        row->langs = cut(&line, '\t');
        row->value = line;
        return true;
    }
    return false;
}

/* Which rule the row is for; ROW_COUNT when none is called so. */
static int row_rule(const struct row *row)
{
    int rule = 0;

    if (slice_is(row->rule, "stop_words"))
        return ROW_STOP_WORDS;
    while (rule < RULE_COUNT && !slice_is(row->rule, table[rule].name))
        rule++;
    return rule == RULE_COUNT ? ROW_COUNT : rule;
}

/* A decimal number as millionths, without the rounding of binary numbers. */
static bool read_limit(struct slice value, int64_t *limit)
{
    int64_t whole = 0, unit = SIGNAL_ONE;
    size_t at = 0;

    if (slice_is(value, "off")) {
        *limit = RULE_OFF;
        return true;
    }
    for (; at < value.len && value.ptr[at] >= '0' && value.ptr[at] <= '9'; at++)
        if (at < 12)
            whole = whole * 10 + (value.ptr[at] - '0');
    if (at == 0 || at > 12)
        return false;
    *limit = whole * SIGNAL_ONE;
    if (at == value.len)
        return true;
    if (value.ptr[at++] != '.' || at == value.len)
        return false;
    for (; at < value.len; at++) {
        if (value.ptr[at] < '0' || value.ptr[at] > '9' || unit == 1)
            return false;
        unit /= 10;
        *limit += unit * (value.ptr[at] - '0');
    }
    return true;
}

/* ---- sets ---- */

static int set_compare(const void *a, const void *b)
{
    const struct rule_set *left = a, *right = b;

    return slice_compare(left->lang, right->lang);
}

static struct rule_set *set_find(const struct rules *rules, struct slice lang)
{
    struct rule_set key = { .lang = lang };

    return bsearch(&key, rules->sets, rules->count, sizeof key, set_compare);
}

/* One set for "*" and for each label that a row names, sorted. */
static void make_sets(struct rules *rules, struct slice text)
{
    size_t cap = 0, kept = 0;
    struct row row;

    rules->sets = grow(NULL, &cap, 1, sizeof *rules->sets);
    rules->sets[rules->count++] = (struct rule_set){ .lang = slice_from("*") };
    while (next_row(&text, &row))
        while (row.langs.len > 0) {
            rules->sets = grow(rules->sets, &cap, rules->count + 1,
                               sizeof *rules->sets);
            rules->sets[rules->count++] =
                (struct rule_set){ .lang = cut(&row.langs, ',') };
        }
    qsort(rules->sets, rules->count, sizeof *rules->sets, set_compare);
    for (size_t i = 0; i < rules->count; i++)
        if (i == 0 || !slice_equal(rules->sets[i].lang,
                                   rules->sets[kept - 1].lang))
            rules->sets[kept++] = rules->sets[i];
    rules->count = kept;
}

/* What a set has been given so far, and the words it was given. */
struct given {
    bool rule[ROW_COUNT];
    struct slice words;
};

/* Put a row's value into the sets of its languages; NULL or what is wrong. */
static const char *take_row(const struct rules *rules, struct given *given,
                            struct row row)
{
    int rule = row_rule(&row);
    int64_t limit = RULE_OFF;

    if (rule == ROW_COUNT)
        return "unknown rule";
    if (row.langs.len == 0 || row.value.len == 0)
        return "a row needs a rule, a language and a value, parted by tabs";
    if (rule != ROW_STOP_WORDS && !read_limit(row.value, &limit))
        return "the value is not a number of at most six decimals, or off";
    while (row.langs.len > 0) {
        struct rule_set *set = set_find(rules, cut(&row.langs, ','));
        size_t i = (size_t)(set - rules->sets);

        if (set->lang.len == 0)
            return "a language is empty";
        if (given[i].rule[rule])
            return "the rule is given twice for a language";
        given[i].rule[rule] = true;
        if (rule == ROW_STOP_WORDS)
            given[i].words = row.value;
        else
            set->limit[rule] = limit;
    }
    return NULL;
}

/* What a language has no row for, * decides; then the lists are made. */
static const char *finish_sets(struct rules *rules, struct given *given)
{
    const struct rule_set *rest = set_find(rules, slice_from("*"));
    size_t all = (size_t)(rest - rules->sets);
    bool any = false;

    for (size_t i = 0; i < rules->count; i++) {
        struct rule_set *set = &rules->sets[i];

        for (int rule = 0; rule < RULE_COUNT; rule++) {
            if (!given[i].rule[rule])
                set->limit[rule] = given[all].rule[rule] ? rest->limit[rule]
                                                         : RULE_OFF;
            any |= set->limit[rule] != RULE_OFF;
        }
        if (!stopwords_init(&set->stop_words,
                            given[i].rule[ROW_STOP_WORDS] ? given[i].words
                                                          : given[all].words))
            return "a list of stop words is too long, or one of its words";
    }
    return any ? NULL : "no rule is on";
}

bool rules_init(struct rules *rules, struct slice text, struct fault *fault)
{
    struct given *given;
    struct slice left = text;
    const char *wrong = NULL;
    struct row row;
    size_t at = 0;

    *rules = (struct rules){ 0 };
    make_sets(rules, text);
    given = xcalloc(rules->count, sizeof *given);
    while (!wrong && next_row(&left, &row)) {
        at = (size_t)(row.rule.ptr - text.ptr);
        wrong = take_row(rules, given, row);
    }
    if (!wrong)
        wrong = finish_sets(rules, given);
    free(given);
    if (!wrong)
        return true;
    rules_clear(rules);
    *fault = (struct fault){ wrong, at };
    return false;
}

void rules_clear(struct rules *rules)
{
    for (size_t i = 0; i < rules->count; i++)
        stopwords_clear(&rules->sets[i].stop_words);
    free(rules->sets);
    *rules = (struct rules){ 0 };
}

const struct rule_set *rules_for(const struct rules *rules, struct slice lang)
{
    const struct rule_set *set = set_find(rules, lang);

    return set ? set : set_find(rules, slice_from("*"));
}

const char *rules_judge(const struct rule_set *set,
                        const struct signals *signals, enum rule from,
                        enum rule to)
{
    for (enum rule rule = from; rule < to; rule++) {
        int64_t value = signals->value[table[rule].signal];
        bool is_minimum = memcmp(table[rule].name, "min_", 4) == 0;

        if (set->limit[rule] == RULE_OFF)
            continue;
        if (is_minimum ? value < set->limit[rule] : value > set->limit[rule])
            return table[rule].reason;
    }
    return NULL;
}

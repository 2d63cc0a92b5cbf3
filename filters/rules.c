/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules - read the table twice: first for the languages that it names, then for
 * the values; a language begins with what * says.
 */
#include "filters/rules.h"

#include <stdlib.h>

#include "filters/table.h"

#define PLAIN(name) { "low " name, "high " name }

/* What a violated rule gives as reason: below its limit, above it. */
static const char *const reasons[SIGNAL_COUNT][2] = {
    [SIGNAL_WORDS] = { "few words", "many words" },
    [SIGNAL_WORD_LENGTH] = { "short words", "long words" },
    [SIGNAL_HASHES] = { "few hashes", "many hashes" },
    [SIGNAL_ELLIPSES] = { "few ellipses", "many ellipses" },
    [SIGNAL_BULLET_LINES] = { "no bullets", "bullet lines" },
    [SIGNAL_ELLIPSIS_LINES] = { "no ellipses", "ellipsis lines" },
    [SIGNAL_ALPHA_WORDS] = { "few letters", "all letters" },
    [SIGNAL_STOP_WORDS] = { "stop words", "many stopwords" },
    [SIGNAL_ENDED_LINES] = { "line ends", "all ended" },
    [SIGNAL_SHORT_LINES] = { "no shorts", "short lines" },
    [SIGNAL_REPEATED_CHARS] = { "no repeats", "repeated chars" },
    [SIGNAL_NEWLINES] = { "few newlines", "many newlines" },
    [SIGNAL_DUP_PARAGRAPHS] = { "low dup_paragraphs", "dup paragraphs" },
    [SIGNAL_DUP_PARAGRAPH_CHARS] = { "low dup_paragraph_chars",
                                     "paragraph chars" },
    [SIGNAL_DUP_LINES] = { "low dup_lines", "dup lines" },
    [SIGNAL_DUP_LINE_CHARS] = { "low dup_line_chars", "line chars" },
    [SIGNAL_CHARS] = { "few chars", "many chars" },
    [SIGNAL_LETTERS] = PLAIN("letters"),
    [SIGNAL_DIGITS] = PLAIN("digits"),
    [SIGNAL_SPACES] = PLAIN("spaces"),
    [SIGNAL_PUNCTUATION] = PLAIN("punctuation"),
    [SIGNAL_NON_ALNUM] = PLAIN("non_alnum"),
    [SIGNAL_UPPER] = PLAIN("upper"),
    [SIGNAL_CURLY] = { "no curly", "curly bracket" },
    [SIGNAL_LESS_THAN] = PLAIN("less_than"),
    [SIGNAL_PARENTHESES] = PLAIN("parentheses"),
    [SIGNAL_BRACKETS] = PLAIN("brackets"),
    [SIGNAL_UNBALANCED] = PLAIN("unbalanced"),
    [SIGNAL_URLS] = PLAIN("urls"),
    [SIGNAL_URL_CHARS] = PLAIN("url_chars"),
    [SIGNAL_GARBLED] = PLAIN("garbled"),
    [SIGNAL_LINES] = { "few lines", "many lines" },
    [SIGNAL_LINE_LENGTH] = PLAIN("line_length"),
    [SIGNAL_LONG_LINES] = { "few longlines", "many longlines" },
    [SIGNAL_UPPER_LINES] = PLAIN("upper_lines"),
    [SIGNAL_NUMBER_LINES] = PLAIN("number_lines"),
    [SIGNAL_LONE_WORDS] = PLAIN("lone_words"),
    [SIGNAL_HEADER_LINES] = PLAIN("header_lines"),
    [SIGNAL_FOOTER_LINES] = PLAIN("footer_lines"),
    [SIGNAL_SENTENCES] = { "few sentences", "many sentences" },
    [SIGNAL_SENTENCE_WORDS] = PLAIN("sentence_words"),
    [SIGNAL_LOREM] = { "no lorem", "lorem ipsum" },
    [SIGNAL_JAVASCRIPT] = PLAIN("javascript"),
    [SIGNAL_POLICY] = PLAIN("policy"),
    [SIGNAL_BOILERPLATE] = PLAIN("boilerplate"),
    [SIGNAL_ADULT] = PLAIN("adult"),
    [SIGNAL_GONE_WORDS] = PLAIN("gone_words"),
    [SIGNAL_UNIQUE_WORDS] = PLAIN("unique_words"),
    [SIGNAL_ENTROPY] = PLAIN("entropy"),
    [SIGNAL_TOP_WORD] = PLAIN("top_word"),
    [SIGNAL_STOP_SHARE] = PLAIN("stop_share"),
    [SIGNAL_UPPER_WORDS] = PLAIN("upper_words"),
    [SIGNAL_NUMBER_WORDS] = PLAIN("number_words"),
    [SIGNAL_SINGLE_CHARS] = PLAIN("single_chars"),
    [SIGNAL_LONG_WORDS] = PLAIN("long_words"),
    [SIGNAL_GLUED_WORDS] = PLAIN("glued_words"),
    [SIGNAL_STUTTER] = PLAIN("stutter"),
    [SIGNAL_COMPRESSED] = PLAIN("compressed"),
    [SIGNAL_TOP_2] = { "low bigram", "top bigram" },
    [SIGNAL_TOP_3] = { "low trigram", "top trigram" },
    [SIGNAL_TOP_4] = { "low 4-gram", "top 4-gram" },
    [SIGNAL_DUP_5] = { "no 5-grams", "dup 5-grams" },
    [SIGNAL_DUP_6] = { "no 6-grams", "dup 6-grams" },
    [SIGNAL_DUP_7] = { "no 7-grams", "dup 7-grams" },
    [SIGNAL_DUP_8] = { "no 8-grams", "dup 8-grams" },
    [SIGNAL_DUP_9] = { "no 9-grams", "dup 9-grams" },
    [SIGNAL_DUP_10] = { "no 10-grams", "dup 10-grams" },
    [SIGNAL_CHAR_REPETITION] = PLAIN("char_repetition"),
    [SIGNAL_HPLT_SCORE] = PLAIN("hplt_score"),
    [SIGNAL_HPLT_URL] = PLAIN("hplt_url"),
    [SIGNAL_HPLT_PUNCTUATION] = PLAIN("hplt_punctuation"),
    [SIGNAL_HPLT_SINGULAR] = PLAIN("hplt_singular"),
    [SIGNAL_HPLT_NUMBERS] = PLAIN("hplt_numbers"),
    [SIGNAL_HPLT_REPEATED] = PLAIN("hplt_repeated"),
    [SIGNAL_HPLT_LONG] = PLAIN("hplt_long"),
    [SIGNAL_HPLT_GREAT] = PLAIN("hplt_great"),
    [SIGNAL_HPLT_INFORMATION] = PLAIN("hplt_information"),
    [SIGNAL_HPLT_SHORT] = PLAIN("hplt_short"),
    [SIGNAL_LANG_SCORE] = PLAIN("lang_score"),
    [SIGNAL_LANG_SHARE] = PLAIN("lang_share"),
    [SIGNAL_CHAR_BITS] = PLAIN("char_bits"),
    [SIGNAL_CHAR_RATIO] = PLAIN("char_ratio"),
    [SIGNAL_SCORE] = PLAIN("score"),
};

/* Rows: the limits of signals, then the rules for lines, then the list. */
enum {
    ROW_LINE = RULE_COUNT,
    ROW_STOP_WORDS = ROW_LINE + LINE_RULE_COUNT,
    ROW_COUNT
};

/* Which rule the row is for; ROW_COUNT when none is called so. */
static int row_rule(struct slice name)
{
    int side;

    if (slice_is(name, "stop_words"))
        return ROW_STOP_WORDS;
    for (int i = 0; i < LINE_RULE_COUNT; i++)
        if (slice_is(name, linerules_names[i]))
            return ROW_LINE + i;
    if (name.len < 4 || (memcmp(name.ptr, "min_", 4) != 0 &&
                         memcmp(name.ptr, "max_", 4) != 0))
        return ROW_COUNT;
    side = name.ptr[1] == 'i' ? RULE_MIN : RULE_MAX;
    name = slice_make(name.ptr + 4, name.len - 4);
    if (signals_find(name) == SIGNAL_COUNT)
        return ROW_COUNT;
    return rule_of(signals_find(name), side);
}

/* off; on (which is 1) or a decimal number, as the rule has it. */
static const char *read_limit(int rule, struct slice value, int64_t *limit)
{
    bool is_switch =
        rule >= ROW_LINE &&
        linerules_is_switch((enum line_rule)(rule - ROW_LINE));

    *limit = is_switch ? SIGNAL_ONE : RULE_OFF;
    if (slice_is(value, "off"))
        *limit = RULE_OFF;
    else if (is_switch && !slice_is(value, "on"))
        return "the value of this rule is on or off";
    else if (!is_switch && !signals_number(value, limit))
        return "the value is not a number of at most six decimals, or off";
    return NULL;
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
    struct table_row row;

    rules->sets = grow(NULL, &cap, 1, sizeof *rules->sets);
    rules->sets[rules->count++] = (struct rule_set){ .lang = slice_from("*") };
    while (table_next(&text, &row))
        while (row.langs.len > 0) {
            rules->sets = grow(rules->sets, &cap, rules->count + 1,
                               sizeof *rules->sets);
            rules->sets[rules->count++] =
                (struct rule_set){ .lang = table_cut(&row.langs, ',') };
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
                            struct table_row row)
{
    int rule = row_rule(row.rule);
    const char *wrong = NULL;
    int64_t limit = RULE_OFF;

    if (row.langs.len == 0 || row.value.len == 0)
        return "a row needs a rule, a language and a value, parted by tabs";
    if (rule == ROW_COUNT)
        return "unknown rule";
    if (memchr(row.langs.ptr, ' ', row.langs.len))
        return "there is a blank in the languages: only a comma parts them";
    if (rule != ROW_STOP_WORDS)
        wrong = read_limit(rule, row.value, &limit);
    if (wrong)
        return wrong;
    while (row.langs.len > 0) {
        struct rule_set *set = set_find(rules, table_cut(&row.langs, ','));
        size_t i = (size_t)(set - rules->sets);

        if (set->lang.len == 0)
            return "a language is empty";
        if (given[i].rule[rule])
            return "the rule is given twice for a language";
        given[i].rule[rule] = true;
        if (rule == ROW_STOP_WORDS)
            given[i].words = row.value;
        else if (rule >= ROW_LINE)
            set->line[rule - ROW_LINE] = limit;
        else
            set->limit[rule] = limit;
    }
    return NULL;
}

/* The value of a row that may stand for a language, or for *. */
static int64_t *value_of(struct rule_set *set, int row)
{
    return row >= ROW_LINE ? &set->line[row - ROW_LINE] : &set->limit[row];
}

/* What a language has no row for, * decides; then the lists are made. */
static const char *finish_sets(struct rules *rules, struct given *given)
{
    struct rule_set *rest = set_find(rules, slice_from("*"));
    size_t all = (size_t)(rest - rules->sets);
    bool any = false;

    for (size_t i = 0; i < rules->count; i++) {
        struct rule_set *set = &rules->sets[i];

        for (int row = 0; row < ROW_STOP_WORDS; row++) {
            int64_t *value = value_of(set, row);

            if (!given[i].rule[row])
                *value = given[all].rule[row] ? *value_of(rest, row)
                                              : RULE_OFF;
            any |= *value != RULE_OFF;
            set->repairs |= row >= ROW_LINE && *value != RULE_OFF;
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
    struct table_row row;
    size_t at = 0;

    *rules = (struct rules){ 0 };
    make_sets(rules, text);
    given = xcalloc(rules->count, sizeof *given);
    while (!wrong && table_next(&left, &row)) {
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

char *rules_read(struct rules *rules, const char *path)
{
    struct slice text = table_read(path);
    struct fault fault;

    if (!rules_init(rules, text, &fault))
        die("%s:%zu: %s", path, table_line(text, fault.at), fault.what);
    return (char *)text.ptr;
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

struct slice rules_name(int rule, struct arena *arena)
{
    struct slice name = signals_name((enum signal)(rule / 2));
    char *text = arena_alloc(arena, 4 + name.len);

    memcpy(text, rule % 2 == RULE_MIN ? "min_" : "max_", 4);
    memcpy(text + 4, name.ptr, name.len);
    return slice_make(text, 4 + name.len);
}

const char *rules_reason(int rule)
{
    return reasons[rule / 2][rule % 2];
}

bool rules_asks(const struct rule_set *set, enum signal signal)
{
    return set->limit[rule_of(signal, RULE_MIN)] != RULE_OFF ||
           set->limit[rule_of(signal, RULE_MAX)] != RULE_OFF;
}

bool rules_violated(const struct rule_set *set, int rule, int64_t value)
{
    int64_t limit = set->limit[rule];

    if (limit == RULE_OFF)
        return false;
    return rule % 2 == RULE_MIN ? value < limit : value > limit;
}

int rules_judge(const struct rule_set *set, struct signals *signals,
                const struct signal_source *source, int from)
{
    for (int rule = from; rule < RULE_COUNT; rule++) {
        enum signal signal = (enum signal)(rule / 2);

        if (set->limit[rule] == RULE_OFF)
            continue;
        signals_measure(signals, source, signals_group(signal));
        if (rules_violated(set, rule, signals->value[signal]))
            return rule;
    }
    return RULE_COUNT;
}

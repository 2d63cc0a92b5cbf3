/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules - tables are read as written, mistakes are found, the shipped presets
 * say what was published, and the first violated rule is the reason.
 */
#include "filters/rules.h"

#include "tests/check.h"

#define MIN(name) (2 * SIGNAL_##name + RULE_MIN)
#define MAX(name) (2 * SIGNAL_##name + RULE_MAX)

static const char *fault_of(const char *text, size_t at)
{
    struct rules rules;
    struct fault fault = { 0 };

    check(!rules_init(&rules, slice_from(text), &fault));
    check_that(fault.at == at, "'%s': at %zu", text, fault.at);
    return fault.what;
}

static void mistakes_are_found(void)
{
    check(strstr(fault_of("min_wrods\t*\t50\n", 0), "unknown rule"));
    check(strstr(fault_of("# x\n\nmin_words\t*\tfew\n", 5), "not a number"));
    check(strstr(fault_of("min_words\t*\t-1\n", 0), "not a number"));
    check(strstr(fault_of("min_words\t*\t1.\n", 0), "not a number"));
    check(strstr(fault_of("min_words\t*\t.5\n", 0), "not a number"));
    check(strstr(fault_of("min_words\t*\t0.1234567\n", 0), "not a number"));
    check(strstr(fault_of("min_words\t*\t1234567890123\n", 0), "not a number"));
    check(strstr(fault_of("min_words\t*\n", 0), "parted by tabs"));
    check(strstr(fault_of("min_words * 50\n", 0), "parted by tabs"));
    check(strstr(fault_of("min_words\t*\ton\n", 0), "not a number"));
    check(strstr(fault_of("line_notice\t*\ton\n", 0), "not a number"));
    check(strstr(fault_of("line_ends\t*\t0\n", 0), "on or off"));
    check(strstr(fault_of("min_words\tx, y\t5\n", 0), "blank"));
    check(strstr(fault_of("min_words\t x\t5\n", 0), "blank"));
    check(strstr(fault_of("min_words\t,x\t50\n", 0), "language is empty"));
    check(strstr(fault_of("min_words\tx,y\t5\nmin_words\ty\t6\n", 16),
                 "given twice"));
    check(strstr(fault_of("", 0), "no rule is on"));
    check(strstr(fault_of("stop_words\t*\tder\nmin_words\t*\toff\n", 17),
                 "no rule is on"));
}

static void languages_begin_with_the_rest(void)
{
    const char *text = "max_words\tdeu_Latn\t7.25\r\n"
                       "min_words\t*\t3\n"
                       "max_words\t*\t9\n"
                       "min_words\test_Latn,ekk_Latn\toff\n"
                       "stop_words\tdeu_Latn\tder und\n"
                       "max_hashes\t*\t0.000001";
    struct rules rules;
    struct fault fault;
    const struct rule_set *set;

    check(rules_init(&rules, slice_from(text), &fault));
    check(rules.count == 4);
    set = rules_for(&rules, slice_from("deu_Latn"));
    check(set->limit[MAX(WORDS)] == 7250000);
    check(set->limit[MIN(WORDS)] == 3000000);
    check(set->limit[MAX(HASHES)] == 1);
    check(set->limit[MAX(TOP_2)] == RULE_OFF);
    check(set->stop_words.count == 2);
    set = rules_for(&rules, slice_from("ekk_Latn"));
    check(set->limit[MIN(WORDS)] == RULE_OFF);
    check(set->limit[MAX(WORDS)] == 9000000);
    set = rules_for(&rules, slice_from("fra_Latn"));
    check(slice_is(set->lang, "*") && set->stop_words.count == 0);
    check(rules_for(&rules, (struct slice){ 0 }) == set);
    rules_clear(&rules);
}

/* Who counts documents by reason counts one rule at a time. */
static void reasons_differ(void)
{
    for (int a = 0; a < RULE_COUNT; a++)
        for (int b = 0; b < a; b++)
            check_that(strcmp(rules_reason(a), rules_reason(b)) != 0,
                       "%d and %d: %s", b, a, rules_reason(a));
}

static void the_first_violated_rule_is_the_reason(void)
{
    const char *text = "max_dup_5\t*\t0.15\nmin_words\t*\t50\n"
                       "max_top_2\t*\t0.2\n";
    struct rules rules;
    struct fault fault;
    struct signals s = { 0 };
    struct arena arena = { 0 };
    const struct rule_set *set;
    int rule;

    check(rules_init(&rules, slice_from(text), &fault));
    set = rules_for(&rules, slice_from("*"));
    s.groups = GROUP_ALL; /* nothing is measured */
    s.value[SIGNAL_WORDS] = 50 * SIGNAL_ONE - 1;
    s.value[SIGNAL_TOP_2] = 200001;
    s.value[SIGNAL_DUP_5] = 150001;
    rule = rules_judge(set, &s, NULL, 0);
    check(rule == MIN(WORDS) && strcmp(rules_reason(rule), "few words") == 0);
    rule = rules_judge(set, &s, NULL, rule + 1);
    check(rule == MAX(TOP_2) && strcmp(rules_reason(rule), "top bigram") == 0);
    check(slice_is(rules_name(rule, &arena), "max_top_2"));
    s.value[SIGNAL_WORDS]++;
    s.value[SIGNAL_TOP_2]--;
    check(rules_judge(set, &s, NULL, 0) == MAX(DUP_5));
    s.value[SIGNAL_DUP_5]--;
    check(rules_judge(set, &s, NULL, 0) == RULE_COUNT);
    arena_clear(&arena);
    rules_clear(&rules);
}

/* A reason is two words at most; every signal has a name of its own. */
static void names_and_reasons(void)
{
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        const char *reason = rules_reason(rule);
        const char *blank = strchr(reason, ' ');

        check_that(!blank || !strchr(blank + 1, ' '), "%s", reason);
        check(signals_find(signals_name((enum signal)(rule / 2))) ==
              (enum signal)(rule / 2));
    }
    check(signals_find(slice_from("word")) == SIGNAL_COUNT);
}

static void rules_for_lines(void)
{
    const char *text = "line_ends\t*\ton\nline_min_words\tdeu_Latn\t3\n"
                       "line_ends\tdeu_Latn\toff\nmin_words\tfra_Latn\t1\n"
                       "line_ends\tfra_Latn\toff\n";
    struct rules rules;
    struct fault fault;
    const struct rule_set *set;

    check(rules_init(&rules, slice_from(text), &fault));
    set = rules_for(&rules, slice_from("*"));
    check(set->repairs && set->line[LINE_ENDS] == SIGNAL_ONE);
    check(set->line[LINE_MIN_WORDS] == LINE_OFF);
    set = rules_for(&rules, slice_from("deu_Latn"));
    check(set->repairs && set->line[LINE_ENDS] == LINE_OFF);
    check(set->line[LINE_MIN_WORDS] == 3 * SIGNAL_ONE);
    check(!rules_for(&rules, slice_from("fra_Latn"))->repairs);
    rules_clear(&rules);
}

static struct rules preset(const char *path, char *text, size_t cap)
{
    FILE *file = fopen(path, "rb");
    struct rules rules;
    struct fault fault;
    size_t len;

    check_that(file, "%s", path);
    len = fread(text, 1, cap, file);
    check(len < cap);
    fclose(file);
    check_that(rules_init(&rules, slice_make(text, len), &fault),
               "%s: %s at byte %zu", path, fault.what, fault.at);
    return rules;
}

static void the_presets_are_as_published(void)
{
    static char text[3][1 << 16];
    struct rules gopher = preset("filters/rules/gopher.tsv", text[0], 1 << 16);
    struct rules fineweb =
        preset("filters/rules/fineweb.tsv", text[1], 1 << 16);
    struct rules fineweb2 =
        preset("filters/rules/fineweb2.tsv", text[2], 1 << 16);
    const struct rule_set *set = rules_for(&gopher, slice_from("eng_Latn"));
    const struct rule_set *english;

    check(set->limit[MAX(DUP_10)] == 100000 && set->stop_words.count == 8);
    check(set->limit[MIN(ENDED_LINES)] == RULE_OFF);
    set = rules_for(&fineweb, slice_from("eng_Latn"));
    check(set->limit[MAX(SHORT_LINES)] == 670000);
    /* English under fineweb2 is FineWeb */
    english = rules_for(&fineweb2, slice_from("eng_Latn"));
    check(memcmp(set->limit, english->limit, sizeof set->limit) == 0);
    check(english->stop_words.count == 8);
    /* *, English, and 38 languages, four of which have two labels */
    check(fineweb2.count == 2 + 38 + 4);
    set = rules_for(&fineweb2, slice_from("mlt_Latn"));
    check(set->limit[MAX(TOP_2)] == 949000 && set->stop_words.count == 9);
    check(set->limit[MIN(WORDS)] == 50000000);
    check(set->limit[MAX(REPEATED_CHARS)] == 100000);
    check(set->limit[MAX(SHORT_LINES)] == RULE_OFF);
    set = rules_for(&fineweb2, slice_from("est_Latn"));
    check(set->limit[MIN(ALPHA_WORDS)] == 722000);
    check(rules_for(&fineweb2, slice_from("sqi_Latn"))
              ->limit[MIN(ALPHA_WORDS)] == 788000);
    set = rules_for(&fineweb2, slice_from("srp_Latn"));
    check(set->limit[MIN(ENDED_LINES)] == RULE_OFF);
    set = rules_for(&fineweb2, slice_from("xho_Latn"));
    check(slice_is(set->lang, "*"));
    check(set->limit[MIN(STOP_WORDS)] == RULE_OFF);
    rules_clear(&gopher);
    rules_clear(&fineweb);
    rules_clear(&fineweb2);
}

int main(void)
{
    mistakes_are_found();
    languages_begin_with_the_rest();
    reasons_differ();
    the_first_violated_rule_is_the_reason();
    names_and_reasons();
    rules_for_lines();
    the_presets_are_as_published();
    return check_done();
}

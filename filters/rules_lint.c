/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules-lint - which limits of a table do nothing, too much, or are not like
 * those of related languages.
 *
 * From documents with signals: a limit that drops fewer than --low or more than
 * --high of a language's documents.  From the table alone: a limit that is off
 * the median of the languages of its branch and script (of the script, where
 * there are fewer than four) by more than two and a half times their median
 * deviation, in logarithms, and by more than half.
 *
 * One line for each: where * has rows for all, a language without documents and
 * without a row of its own says nothing.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "filters/families.h"
#include "filters/langs.h"
#include "filters/rules.h"
#include "filters/signals_field.h"
#include "filters/table.h"
#include "src/output.h"
#include "src/stage.h"

/* What the rules did to the documents of one language. */
struct count {
    struct slice lang; /* of `langs` */
    uint64_t documents, violated[RULE_COUNT];
};

struct counts {
    struct langs langs;
    struct count *items; /* [count] by number of the language */
    size_t count, cap;
};

struct lint {
    const char *out, *rules_name, *low_text, *high_text;
    uint64_t least;
    int64_t low, high; /* millionths */
    char *text;
    struct rules rules;
    struct counts all;
    struct output *output;
};

static struct count *count_of(struct counts *counts, struct slice lang)
{
    size_t number = langs_number(&counts->langs, lang);

    if (number == counts->count) {
        counts->items = grow(counts->items, &counts->cap, number + 1,
                             sizeof *counts->items);
        counts->items[counts->count++] =
            (struct count){ .lang = counts->langs.labels[number] };
    }
    return &counts->items[number];
}

static int count_compare(const void *a, const void *b)
{
    const struct count *left = a, *right = b;

    return slice_compare(left->lang, right->lang);
}

static void counts_clear(struct counts *counts)
{
    free(counts->items);
    langs_clear(&counts->langs);
    *counts = (struct counts){ 0 };
}

/* ---- the stage ---- */

static void lint_open(void *self, const struct setup *setup)
{
    struct lint *lint = self;
    char *path;

    (void)setup;
    if (!signals_number(slice_from(lint->low_text), &lint->low) ||
        !signals_number(slice_from(lint->high_text), &lint->high) ||
        lint->low > lint->high || lint->high > SIGNAL_ONE)
        usage_error("--low and --high are numbers from 0 to 1, the first not "
                    "above the second");
    path = table_find("rules", lint->rules_name, "tsv");
    lint->text = rules_read(&lint->rules, path);
    free(path);
    lint->output = output_open(lint->out ? lint->out : "-");
}

static void *lint_worker_open(const void *self)
{
    (void)self;
    return xcalloc(1, sizeof(struct counts));
}

static void lint_map(const void *self, struct batch *b)
{
    const struct lint *lint = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        const struct rule_set *set = rules_for(&lint->rules, r->lang);
        struct signals signals;
        struct count *count;

        if (!signals_field(r, &signals))
            continue;
        count = count_of(b->worker, r->lang);
        count->documents++;
        for (int rule = 0; rule < RULE_COUNT; rule++)
            count->violated[rule] +=
                rules_violated(set, rule, signals.value[rule / 2]);
    }
}

static void lint_worker_close(void *self, void *state)
{
    struct lint *lint = self;
    struct counts *counts = state;

    for (size_t i = 0; i < counts->count; i++) {
        const struct count *from = &counts->items[i];
        struct count *into = count_of(&lint->all, from->lang);

        into->documents += from->documents;
        for (int rule = 0; rule < RULE_COUNT; rule++)
            into->violated[rule] += from->violated[rule];
    }
    counts_clear(counts);
    free(counts);
}

/* ---- what is wrong ---- */

static void tell(struct lint *lint, int rule, const struct rule_set *set,
                 struct slice lang, const char *what)
{
    struct arena scratch = { 0 };
    struct slice name = rules_name(rule, &scratch);

    output_print(lint->output, "%.*s\t%.*s\t%g\t%s\n", (int)name.len, name.ptr,
                 (int)lang.len, lang.ptr,
                 (double)set->limit[rule] / SIGNAL_ONE, what);
    arena_clear(&scratch);
}

static void lint_shares(struct lint *lint, const struct count *count)
{
    const struct rule_set *set = rules_for(&lint->rules, count->lang);

    for (int rule = 0; rule < RULE_COUNT; rule++) {
        int64_t share = signals_share(count->violated[rule], count->documents);
        char what[96];

        if (set->limit[rule] == RULE_OFF ||
            (share >= lint->low && share <= lint->high))
            continue;
        snprintf(what, sizeof what, "drops %.3g %% of %llu documents",
                 (double)share / (SIGNAL_ONE / 100),
                 (unsigned long long)count->documents);
        tell(lint, rule, set, count->lang, what);
    }
}

static int double_compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

/* The middle one of sorted numbers, or the mean of two. */
static double median(const double *numbers, size_t count)
{
    return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
}

/* Logarithms of the limits of other languages of the script, and the branch. */
static size_t gather(const struct lint *lint, const struct rule_set *set,
                     int rule, bool in_branch, double *logs)
{
    struct slice script = families_script(set->lang);
    const char *family = families_of(set->lang);
    size_t count = 0;

    for (size_t i = 0; i < lint->rules.count; i++) {
        const struct rule_set *other = &lint->rules.sets[i];

        if (other == set || other->limit[rule] <= 0 ||
            !slice_equal(families_script(other->lang), script) ||
            (in_branch && (!family || families_of(other->lang) != family)))
            continue;
        logs[count++] = log((double)other->limit[rule]);
    }
    return count;
}

/* Is the limit unlike the relatives'?  Tells so. */
static void lint_relatives(struct lint *lint, const struct rule_set *set,
                           int rule, double *logs)
{
    double middle, deviation, off;
    bool in_branch = true;
    size_t count = gather(lint, set, rule, true, logs);
    char what[96];

    if (count < 4) {
        in_branch = false;
        count = gather(lint, set, rule, false, logs);
    }
    if (count < 4)
        return;
    qsort(logs, count, sizeof *logs, double_compare);
    middle = median(logs, count);
    for (size_t i = 0; i < count; i++)
        logs[i] = fabs(logs[i] - middle);
    qsort(logs, count, sizeof *logs, double_compare);
    deviation = 1.4826 * median(logs, count);
    off = log((double)set->limit[rule]) - middle;
    if (fabs(off) <= fmax(2.5 * deviation, log(1.5)))
        return;
    snprintf(what, sizeof what, "%.3g is usual in %zu other languages of its "
             "%s", exp(middle) / SIGNAL_ONE, count,
             in_branch ? "branch" : "script");
    tell(lint, rule, set, set->lang, what);
}

static void lint_close(void *self, const struct setup *setup)
{
    struct lint *lint = self;
    double *logs = xcalloc(lint->rules.count + 1, sizeof *logs);

    (void)setup;
    if (lint->all.count > 0)
        qsort(lint->all.items, lint->all.count, sizeof *lint->all.items,
              count_compare);
    for (size_t i = 0; i < lint->rules.count; i++)
        for (int rule = 0; rule < RULE_COUNT; rule++)
            if (families_script(lint->rules.sets[i].lang).len > 0 &&
                lint->rules.sets[i].limit[rule] > 0)
                lint_relatives(lint, &lint->rules.sets[i], rule, logs);
    for (size_t i = 0; i < lint->all.count; i++)
        if (lint->all.items[i].documents >= lint->least)
            lint_shares(lint, &lint->all.items[i]);
    output_close(lint->output);
    free(logs);
    counts_clear(&lint->all);
    rules_clear(&lint->rules);
    free(lint->text);
}

static const struct option lint_options[] = {
    { "out", OPTION_TEXT, offsetof(struct lint, out), "-", "FILE",
      "where to write what is wrong" },
    { "rules", OPTION_TEXT, offsetof(struct lint, rules_name), "fineweb2",
      "FILE|PRESET", "the rules to look at" },
    { "low", OPTION_TEXT, offsetof(struct lint, low_text), "0.001", "X",
      "a limit that drops less of a language does nothing" },
    { "high", OPTION_TEXT, offsetof(struct lint, high_text), "0.9", "X",
      "a limit that drops more of a language is wrong" },
    { "least", OPTION_COUNT, offsetof(struct lint, least), "100", "N",
      "documents that a language needs to be judged by them" },
    { 0 }
};

const struct stage rules_lint_stage = {
    .name = "rules-lint",
    .summary = "tell which limits of quality's rules make no sense",
    .options = lint_options,
    .size = sizeof(struct lint),
    .flags = STAGE_SINK | STAGE_OWN_OUT | STAGE_NO_TEXT,
    .open = lint_open,
    .worker_open = lint_worker_open,
    .map = lint_map,
    .worker_close = lint_worker_close,
    .close = lint_close,
};

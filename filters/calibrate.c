/* SPDX-License-Identifier: Apache-2.0 */
/*
 * calibrate - limits for each language, learnt from documents that are known to
 * be good.
 *
 * Each limit of --rules on a share or a mean is set to where --share of the
 * language's documents would fall.  Few documents say little, so a limit is
 * drawn towards that of the relatives:
 *
 *     limit = (n own + k relatives) / (n + k)
 *
 * with n documents and k of --prior; relatives are the languages of the same
 * branch and script, else of the script, else all, each weighted n / (n + k).
 * The interval beside it is that of the quantile: its ranks are binomial, and
 * 1.96 deviations are taken to both sides.
 *
 * Limits on counts (min_words, max_lorem) are matters of policy, not of
 * language, and stay; so do rules for lines and lists of words.
 *
 * Memory: 15 kB for each language and limit, and for each thread the same.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "filters/families.h"
#include "filters/histogram.h"
#include "filters/langs.h"
#include "filters/rules.h"
#include "filters/signals_field.h"
#include "filters/table.h"
#include "src/output.h"
#include "src/stage.h"

/* The documents of one language. */
struct sample {
    struct slice lang; /* of `langs` */
    uint64_t documents;
    struct histogram *of[SIGNAL_COUNT]; /* NULL: no rule is about it */
};

struct samples {
    struct langs langs;
    struct sample *items; /* [count] by number of the language */
    size_t count, cap;
};

struct calibrate {
    const char *out, *rules_name, *share_text;
    uint64_t prior, least;
    double share;
    char *text;
    struct rules rules;
    bool wanted[RULE_COUNT]; /* which limits are to be learnt */
    struct samples all;
    struct output *output;
};

/* ---- samples ---- */

static struct sample *sample_of(struct samples *samples, struct slice lang)
{
    size_t number = langs_number(&samples->langs, lang);

    if (number == samples->count) {
        samples->items = grow(samples->items, &samples->cap, number + 1,
                              sizeof *samples->items);
        samples->items[samples->count++] =
            (struct sample){ .lang = samples->langs.labels[number] };
    }
    return &samples->items[number];
}

static int sample_compare(const void *a, const void *b)
{
    const struct sample *left = a, *right = b;

    return slice_compare(left->lang, right->lang);
}

static struct histogram *histogram_of(struct sample *sample, int signal)
{
    if (!sample->of[signal])
        sample->of[signal] = xcalloc(1, sizeof(struct histogram));
    return sample->of[signal];
}

static void samples_clear(struct samples *samples)
{
    for (size_t i = 0; i < samples->count; i++)
        for (int signal = 0; signal < SIGNAL_COUNT; signal++)
            free(samples->items[i].of[signal]);
    free(samples->items);
    langs_clear(&samples->langs);
    *samples = (struct samples){ 0 };
}

/* ---- the stage ---- */

static void find_wanted(struct calibrate *calibrate)
{
    for (size_t i = 0; i < calibrate->rules.count; i++)
        for (int rule = 0; rule < RULE_COUNT; rule++)
            calibrate->wanted[rule] |=
                calibrate->rules.sets[i].limit[rule] != RULE_OFF &&
                !signals_is_count((enum signal)(rule / 2));
}

static void calibrate_open(void *self, const struct setup *setup)
{
    struct calibrate *calibrate = self;
    int64_t share;
    char *path;

    (void)setup;
    if (!signals_number(slice_from(calibrate->share_text), &share) ||
        share <= 0 || share >= SIGNAL_ONE / 2)
        usage_error("--share is above 0 and below 0.5, not '%s'",
                    calibrate->share_text);
    calibrate->share = (double)share / SIGNAL_ONE;
    path = table_find("rules", calibrate->rules_name, "tsv");
    calibrate->text = rules_read(&calibrate->rules, path);
    free(path);
    find_wanted(calibrate);
    calibrate->output = output_open(calibrate->out ? calibrate->out : "-");
}

static void *calibrate_worker_open(const void *self)
{
    (void)self;
    return xcalloc(1, sizeof(struct samples));
}

static void calibrate_map(const void *self, struct batch *b)
{
    const struct calibrate *calibrate = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct signals signals;
        struct sample *sample;

        if (!signals_field(r, &signals))
            continue;
        sample = sample_of(b->worker, r->lang);
        sample->documents++;
        for (int signal = 0; signal < SIGNAL_COUNT; signal++)
            if (calibrate->wanted[2 * signal] ||
                calibrate->wanted[2 * signal + 1])
                histogram_add(histogram_of(sample, signal),
                              signals.value[signal]);
    }
}

static void calibrate_worker_close(void *self, void *state)
{
    struct calibrate *calibrate = self;
    struct samples *samples = state;

    for (size_t i = 0; i < samples->count; i++) {
        struct sample *from = &samples->items[i];
        struct sample *into = sample_of(&calibrate->all, from->lang);

        into->documents += from->documents;
        for (int signal = 0; signal < SIGNAL_COUNT; signal++)
            if (from->of[signal])
                histogram_merge(histogram_of(into, signal), from->of[signal]);
    }
    samples_clear(samples);
    free(samples);
}

/* ---- limits ---- */

/* Where a share of the numbers would fall, with `off` deviations to a side. */
static double quantile(const struct histogram *histogram, double share,
                       bool is_max, double off)
{
    double n = (double)histogram->count;
    double rank = is_max ? n * (1 - share) : n * share;

    rank = floor(rank + off * sqrt(n * share * (1 - share)) + 0.5);
    rank = fmin(fmax(rank, 1), n);
    /* the end of the bucket that drops less */
    return (double)(is_max ? histogram_last(histogram, (uint64_t)rank)
                           : histogram_first(histogram, (uint64_t)rank)) /
           SIGNAL_ONE;
}

/* Are the two of one kind: 0 the same branch and script, 1 script, 2 any? */
static bool is_related(struct slice a, struct slice b, int degree)
{
    const char *family = families_of(a);
    struct slice script = families_script(a);

    if (degree == 2)
        return true;
    if (script.len == 0 || !slice_equal(script, families_script(b)))
        return false;
    return degree == 1 || (family && families_of(b) == family);
}

struct relatives {
    double limit, weight;
    int degree;
};

static struct relatives relatives_of(const struct calibrate *calibrate,
                                     struct slice lang, int rule)
{
    struct relatives found = { 0 };

    for (found.degree = 0; found.degree < 3; found.degree++) {
        double sum = 0;

        found.weight = 0;
        for (size_t i = 0; i < calibrate->all.count; i++) {
            const struct sample *other = &calibrate->all.items[i];
            double n = (double)other->documents, weight;

            if (slice_equal(other->lang, lang) ||
                other->documents < calibrate->least ||
                !is_related(lang, other->lang, found.degree))
                continue;
            weight = n / (n + (double)calibrate->prior);
            sum += weight * quantile(other->of[rule / 2], calibrate->share,
                                     rule % 2 == RULE_MAX, 0);
            found.weight += weight;
        }
        if (found.weight >= 0.5 || (found.degree == 2 && found.weight > 0)) {
            found.limit = sum / found.weight;
            return found;
        }
    }
    return found;
}

/* Three digits that count. */
static double rounded(double limit)
{
    double unit;

    if (limit <= 0)
        return 0;
    unit = pow(10, floor(log10(limit)) - 2);
    unit = fmax(unit, 1e-6);
    return floor(limit / unit + 0.5) * unit;
}

/* A row; what matters of the limit has six decimals. */
static void print_limit(struct calibrate *calibrate, int rule,
                        struct slice lang, double limit)
{
    struct arena scratch = { 0 };
    struct slice name = rules_name(rule, &scratch);
    char text[40];
    size_t len;

    len = (size_t)snprintf(text, sizeof text, "%.6f", limit);
    while (text[len - 1] == '0')
        text[--len] = '\0';
    if (text[len - 1] == '.')
        text[--len] = '\0';
    output_print(calibrate->output, "%.*s\t%.*s\t%s\n", (int)name.len,
                 name.ptr, (int)lang.len, lang.ptr, text);
    arena_clear(&scratch);
}

static void calibrate_rule(struct calibrate *calibrate,
                           const struct sample *sample, int rule)
{
    static const char *const degrees[] = { "relatives", "script", "all" };
    const struct histogram *own = sample->of[rule / 2];
    bool is_max = rule % 2 == RULE_MAX;
    double n = (double)sample->documents, k = (double)calibrate->prior;
    double limit = quantile(own, calibrate->share, is_max, 0);
    struct relatives others = relatives_of(calibrate, sample->lang, rule);

    output_print(calibrate->output, "# own %.4g (%.4g .. %.4g)", limit,
                 quantile(own, calibrate->share, is_max, -1.96),
                 quantile(own, calibrate->share, is_max, 1.96));
    if (others.weight > 0) {
        output_print(calibrate->output, ", %s %.4g", degrees[others.degree],
                     others.limit);
        limit = (n * limit + k * others.limit) / (n + k);
    }
    output_print(calibrate->output, "\n");
    print_limit(calibrate, rule, sample->lang, rounded(limit));
}

/* The rows of * are what relatives of any kind say, or stay as they are. */
static void calibrate_rest(struct calibrate *calibrate)
{
    const struct rule_set *given = rules_for(&calibrate->rules,
                                             slice_from("*"));

    output_print(calibrate->output, "\n# Any other language\n");
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        struct relatives all;

        if (!calibrate->wanted[rule])
            continue;
        all = relatives_of(calibrate, slice_from("*"), rule);
        if (all.weight > 0)
            print_limit(calibrate, rule, slice_from("*"), rounded(all.limit));
        else if (given->limit[rule] != RULE_OFF)
            print_limit(calibrate, rule, slice_from("*"),
                        (double)given->limit[rule] / SIGNAL_ONE);
    }
}

/* Rows of the rules that are not learnt, as they stand. */
static void copy_rest(struct calibrate *calibrate)
{
    struct slice left = slice_from(calibrate->text);
    struct arena scratch = { 0 };
    struct table_row row;

    output_print(calibrate->output, "\n# As in %s\n", calibrate->rules_name);
    while (table_next(&left, &row)) {
        bool is_learnt = false;

        for (int rule = 0; rule < RULE_COUNT; rule++)
            is_learnt |= calibrate->wanted[rule] &&
                         slice_equal(row.rule, rules_name(rule, &scratch));
        arena_reset(&scratch);
        if (!is_learnt)
            output_print(calibrate->output, "%.*s\t%.*s\t%.*s\n",
                         (int)row.rule.len, row.rule.ptr, (int)row.langs.len,
                         row.langs.ptr, (int)row.value.len, row.value.ptr);
    }
    arena_clear(&scratch);
}

static void calibrate_close(void *self, const struct setup *setup)
{
    struct calibrate *calibrate = self;

    (void)setup;
    if (calibrate->all.count > 0)
        qsort(calibrate->all.items, calibrate->all.count,
              sizeof *calibrate->all.items, sample_compare);
    output_print(calibrate->output,
                 "# Limits where %s of the documents of a language fall.\n"
                 "# Written by mlin calibrate --rules %s --share %s --prior "
                 "%llu --least %llu.\n#\n# rule\tlang\tvalue\n",
                 calibrate->share_text, calibrate->rules_name,
                 calibrate->share_text, (unsigned long long)calibrate->prior,
                 (unsigned long long)calibrate->least);
    copy_rest(calibrate);
    calibrate_rest(calibrate);
    for (size_t i = 0; i < calibrate->all.count; i++) {
        const struct sample *sample = &calibrate->all.items[i];

        if (sample->lang.len == 0 || sample->documents < calibrate->least)
            continue;
        output_print(calibrate->output, "\n# %.*s: %llu documents\n",
                     (int)sample->lang.len, sample->lang.ptr,
                     (unsigned long long)sample->documents);
        for (int rule = 0; rule < RULE_COUNT; rule++)
            if (calibrate->wanted[rule])
                calibrate_rule(calibrate, sample, rule);
    }
    output_close(calibrate->output);
    samples_clear(&calibrate->all);
    rules_clear(&calibrate->rules);
    free(calibrate->text);
}

static const struct option calibrate_options[] = {
    { "out", OPTION_TEXT, offsetof(struct calibrate, out), "-", "FILE",
      "where to write the rules" },
    { "rules", OPTION_TEXT, offsetof(struct calibrate, rules_name), "fineweb2",
      "FILE|PRESET", "the rules whose limits are to be learnt" },
    { "share", OPTION_TEXT, offsetof(struct calibrate, share_text), "0.01",
      "X", "how many of these documents each rule may drop" },
    { "prior", OPTION_COUNT, offsetof(struct calibrate, prior), "300", "N",
      "documents that the relatives of a language count for" },
    { "least", OPTION_COUNT, offsetof(struct calibrate, least), "30", "N",
      "documents that a language needs for rows of its own" },
    { 0 }
};

const struct stage calibrate_stage = {
    .name = "calibrate",
    .summary = "learn the limits of quality's rules from good documents",
    .options = calibrate_options,
    .size = sizeof(struct calibrate),
    .flags = STAGE_SINK | STAGE_OWN_OUT | STAGE_NO_TEXT,
    .open = calibrate_open,
    .worker_open = calibrate_worker_open,
    .map = calibrate_map,
    .worker_close = calibrate_worker_close,
    .close = calibrate_close,
};

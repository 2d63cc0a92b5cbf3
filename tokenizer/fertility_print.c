/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fertility_print - what was measured, as a table and as tab-separated lines.
 */
#include <inttypes.h>

#include "tokenizer/fertility.h"

static double ratio(uint64_t part, uint64_t whole)
{
    return (double)part / (double)whole;
}

/* The columns that are quotients, so that their mean says something. */
enum { QUOTIENTS = 6 };

struct quotients {
    double values[QUOTIENTS];
};

static struct quotients quotients_of(const struct fertility *fertility,
                                     size_t i)
{
    const struct fertility_language *language = &fertility->languages[i];

    return (struct quotients){ {
        fertility_rate(language),
        ratio(language->bytes, language->tokens),
        ratio(language->tokens, language->characters),
        ratio(language->whole, language->words),
        ratio(language->partial, language->tokens),
        fertility_cost(fertility, i),
    } };
}

static struct quotients quotients_mean(const struct fertility *fertility)
{
    struct quotients mean = { { 0 } };

    for (size_t i = 0; i < fertility->count; i++) {
        struct quotients one = quotients_of(fertility, i);

        for (size_t k = 0; k < QUOTIENTS; k++)
            mean.values[k] += one.values[k] / (double)fertility->count;
    }
    return mean;
}

static void print_quotients(struct output *output, struct quotients quotients)
{
    const double *values = quotients.values;

    output_print(output, " %8.3f %7.3f %8.3f %6.1f%% %6.1f%% %8.3f\n",
                 values[0], values[1], values[2], 100 * values[3],
                 100 * values[4], values[5]);
}

void fertility_table(const struct fertility *fertility, struct output *output)
{
    struct fertility_spread spread = fertility_spread(fertility);

    output_print(output, "%-9s %8s %9s %10s %10s %10s %7s %8s %7s %8s %7s %7s "
                 "%8s\n", "label", "lines", "words", "chars", "bytes",
                 "tokens", "owned", "tok/word", "B/tok", "tok/char", "whole",
                 "partial", fertility->pivot ? "of pivot" : "tok/B");
    for (size_t i = 0; i < fertility->count; i++) {
        const struct fertility_language *one = &fertility->languages[i];

        output_print(output, "%-9s %8" PRIu64 " %9" PRIu64 " %10" PRIu64
                     " %10" PRIu64 " %10" PRIu64 " %7" PRIu64, one->label,
                     one->lines, one->words, one->characters, one->bytes,
                     one->tokens, one->owned);
        print_quotients(output, quotients_of(fertility, i));
    }
    output_print(output, "%-69s", "mean");
    print_quotients(output, quotients_mean(fertility));
    output_print(output, "\n%s%s over %zu languages: mean %.3f, Gini %.4f, "
                 "worst/best %.2f (%s/%s)\n", fertility->pivot
                     ? "tokens per line, relative to " : "tokens per byte",
                 fertility->pivot ? fertility->pivot->label : "",
                 fertility->count, spread.mean, spread.gini,
                 spread.worst_by_best,
                 fertility->languages[spread.worst].label,
                 fertility->languages[spread.best].label);
    output_print(output, "vocabulary of %zu: %" PRIu64 " used, %" PRIu64
                 " dead, %" PRIu64 " special\n", fertility->vocab->count,
                 fertility->used, fertility->dead, fertility->special);
}

static void print_values(struct output *output, struct quotients quotients)
{
    for (size_t k = 0; k < QUOTIENTS; k++)
        output_print(output, "\t%.6f", quotients.values[k]);
    output_print(output, "\n");
}

void fertility_tsv(const struct fertility *fertility, struct output *output)
{
    struct fertility_spread spread = fertility_spread(fertility);

    output_print(output, "columns\tlabel\tlines\twords\tcharacters\tbytes\t"
                 "tokens\twords_whole\ttokens_partial\ttokens_owned\t"
                 "tokens_per_word\tbytes_per_token\ttokens_per_character\t"
                 "share_whole\tshare_partial\t%s\n", fertility->pivot
                     ? "tokens_by_pivot" : "tokens_per_byte");
    for (size_t i = 0; i < fertility->count; i++) {
        const struct fertility_language *one = &fertility->languages[i];

        output_print(output, "language\t%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64
                     "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64
                     "\t%" PRIu64, one->label, one->lines, one->words,
                     one->characters, one->bytes, one->tokens, one->whole,
                     one->partial, one->owned);
        print_values(output, quotients_of(fertility, i));
    }
    output_print(output, "mean\t\t\t\t\t\t\t\t\t");
    print_values(output, quotients_mean(fertility));
    output_print(output, "gini\t%.6f\nworst_by_best\t%.6f\nworst\t%s\n"
                 "best\t%s\n", spread.gini, spread.worst_by_best,
                 fertility->languages[spread.worst].label,
                 fertility->languages[spread.best].label);
    output_print(output, "vocabulary\t%zu\nused\t%" PRIu64 "\ndead\t%" PRIu64
                 "\nspecial\t%" PRIu64 "\n", fertility->vocab->count,
                 fertility->used, fertility->dead, fertility->special);
}

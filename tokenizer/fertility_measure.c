/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fertility_measure - count what a vocabulary makes of texts, and compare
 * languages.
 *
 * Linear in the text; owners cost languages x tokens.
 */
#include "tokenizer/fertility.h"

#include <stdlib.h>

#include "src/utf8.h"

/* As encode counts them. */
static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

/*
 * Words that one token covers, read off the tokens' bytes, which are the text
 * after normalisation.  What the unknown token stands for is not known, so a
 * word that touches one is not whole.
 */
static uint64_t whole_count(const struct vocab *vocab, const uint32_t *ids,
                            size_t count)
{
    bool in_word = false, in_one = false;
    uint64_t whole = 0;
    size_t began = 0;

    for (size_t i = 0; i < count; i++) {
        struct slice bytes = vocab->tokens[ids[i]].bytes;

        if (ids[i] == vocab->unk) {
            in_word = true;
            in_one = false;
            continue;
        }
        for (size_t k = 0; k < bytes.len; k++) {
            if (is_blank(bytes.ptr[k])) {
                whole += in_word && in_one;
                in_word = false;
            } else if (!in_word) {
                in_word = in_one = true;
                began = i;
            } else {
                in_one = in_one && began == i;
            }
        }
    }
    return whole + (in_word && in_one);
}

static uint64_t partial_count(const struct vocab *vocab, const uint64_t *uses)
{
    uint64_t count = 0;
    size_t at;

    for (size_t id = 0; id < vocab->count; id++)
        if (uses[id] > 0 && !utf8_check(vocab->tokens[id].bytes, &at))
            count += uses[id];
    return count;
}

bool fertility_measure(const struct encoder *encoder,
                       struct encoder_worker *worker, struct slice text,
                       struct fertility_language *language, uint64_t *line,
                       struct fault *fault)
{
    struct slice one;

    *line = 0;
    *fault = (struct fault){ 0 };
    while (labels_line(&text, &one)) {
        ++*line;
        if (!utf8_check(one, &fault->at)) {
            fault->what = "not UTF-8";
            return false;
        }
        if (!encoder_text(encoder, worker, one, fault))
            return false;
        for (size_t i = 0; i < worker->count; i++)
            language->uses[worker->ids[i]]++;
        language->lines++;
        language->words += utf8_runs(one);
        language->whole += whole_count(encoder->vocab, worker->ids,
                                       worker->count);
        language->characters += utf8_count(one);
        language->bytes += one.len;
        language->tokens += worker->count;
    }
    language->partial = partial_count(encoder->vocab, language->uses);
    if (language->words > 0)
        return true;
    *line = 0;
    fault->what = "no word in it";
    return false;
}

static void find_owner(struct fertility *fertility, size_t id)
{
    struct fertility_language *owner = NULL;
    double most = 0.0;

    for (size_t i = 0; i < fertility->count; i++) {
        struct fertility_language *language = &fertility->languages[i];
        double rate = (double)language->uses[id] / (double)language->bytes;

        if (rate > most) {
            most = rate;
            owner = language;
        }
    }
    if (owner)
        owner->owned++;
    fertility->used += owner != NULL;
    if (!owner && fertility->vocab->tokens[id].flags & VOCAB_SPECIAL)
        fertility->special++;
    else if (!owner)
        fertility->dead++;
}

void fertility_finish(struct fertility *fertility)
{
    for (size_t id = 0; id < fertility->vocab->count; id++)
        find_owner(fertility, id);
}

double fertility_rate(const struct fertility_language *language)
{
    return (double)language->tokens / (double)language->words;
}

double fertility_cost(const struct fertility *fertility, size_t language)
{
    const struct fertility_language *one = &fertility->languages[language];

    /* Lines are as many in both, so that they cancel out. */
    return (double)one->tokens / (double)(fertility->pivot
                                              ? fertility->pivot->tokens
                                              : one->bytes);
}

double fertility_gini(const double *values, size_t count)
{
    double differences = 0.0, sum = 0.0;

    /* Pair by pair: sums of sorted values round to a little less than 0. */
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
        for (size_t k = 0; k < i; k++)
            differences += values[i] > values[k] ? values[i] - values[k]
                                                 : values[k] - values[i];
    }
    return count > 0 ? differences / ((double)count * sum) : 0.0;
}

struct fertility_spread fertility_spread(const struct fertility *fertility)
{
    double *costs = xcalloc(fertility->count, sizeof *costs);
    struct fertility_spread spread = { 0 };

    for (size_t i = 0; i < fertility->count; i++) {
        costs[i] = fertility_cost(fertility, i);
        spread.mean += costs[i] / (double)fertility->count;
        if (costs[i] > costs[spread.worst])
            spread.worst = i;
        if (costs[i] < costs[spread.best])
            spread.best = i;
    }
    spread.gini = fertility_gini(costs, fertility->count);
    spread.worst_by_best = costs[spread.worst] / costs[spread.best];
    free(costs);
    return spread;
}

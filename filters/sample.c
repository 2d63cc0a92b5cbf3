/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sample - a share of the documents, or more than all of them, by language,
 * source, cluster size or any other field.
 *
 * A document's number between 0 and 1 is a hash of the seed and its id (its
 * text, where it has none; its line, where it has neither), so that a sample
 * does not depend on order, shards or threads, and one of a lower rate is part
 * of one of a higher rate.  At rate r there are floor(r) copies, and one more
 * where the number is below the rest.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "filters/rates.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/json.h"
#include "src/stage.h"

struct sample {
    double rate, temperature, rate_max;
    uint64_t seed, budget;
    const char *by, *table, *sizes;
    bool is_smooth;
    struct rates rates;
    char *seed_text;
};

/* The member that --by names, as a text or as a whole number. */
static bool find_rate(const struct sample *s, struct batch *b,
                      struct record *r, double *rate)
{
    struct fault fault = { 0 };
    struct json_member m;
    struct slice text;

    *rate = s->rates.rest;
    if (!record_find(r, slice_from(s->by), &m) || m.kind == JSON_NULL)
        return true;
    if (m.kind == JSON_STRING) {
        if (!json_unescape(m.value, &b->arena, &text, &fault)) {
            record_reject(r, fault.what, fault.at +
                          (size_t)(m.value.ptr - r->line.ptr));
            return false;
        }
        *rate = rates_of_text(&s->rates, text);
        return true;
    }
    if (m.kind == JSON_NUMBER && m.value.len < 19) {
        uint64_t number = 0;
        size_t i = 0;

        while (i < m.value.len && m.value.ptr[i] >= '0' &&
               m.value.ptr[i] <= '9')
            number = number * 10 + (uint64_t)(m.value.ptr[i++] - '0');
        if (i == m.value.len) {
            *rate = rates_of_number(&s->rates, number);
            return true;
        }
    }
    record_reject(r, "the field of --by is neither a text nor a whole number",
                  (size_t)(m.value.ptr - r->line.ptr));
    return false;
}

/* Of the seed and the id: from 0 to 1, and never 1. */
static double draw(const struct sample *s, struct batch *b,
                   const struct record *r)
{
    struct slice name;
    struct hash128 hash;

    if (!record_get(b, r, KEY_ID, &name))
        name = r->value[KEY_ID].ptr ? r->value[KEY_ID]
               : record_has_text(r) ? r->text
                                    : r->line;
    hash = hash128_parts((const struct slice[]){
        slice_from(s->seed_text), name }, 2);
    return (double)(hash.high >> 11) * 0x1p-53;
}

static void sample_map(const void *self, struct batch *b)
{
    const struct sample *s = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        double rate = s->rate, copies;

        if (s->by && !find_rate(s, b, r, &rate))
            continue;
        if (rate < 0) {
            record_reject(r, "the table has no rate for this document", 0);
            continue;
        }
        copies = floor(rate);
        copies += draw(s, b, r) < rate - copies;
        if (copies < 1)
            record_drop(r, "not drawn");
        else
            record_copy(r, (uint32_t)copies - 1);
    }
}

static void check_options(const struct sample *s)
{
    int ways = (s->rate > 0) + (s->table != NULL) + (s->sizes != NULL);

    if (ways != 1)
        usage_error("one of --rate, --table and --sizes is needed");
    if (s->rate > RATES_MAX)
        usage_error("--rate: at most %g", RATES_MAX);
    if ((s->table || s->sizes) && !s->by)
        usage_error("--by FIELD is needed: what the table goes by");
    if (s->by && s->rate > 0)
        usage_error("--by: --rate is the same for all");
    if (s->is_smooth && !s->table)
        usage_error("--smooth is for --table");
    if (!s->sizes && (s->budget > 0 || s->temperature != 1 ||
                      s->rate_max != 1))
        usage_error("--budget, --temperature and --max-rate are for --sizes");
    if (s->sizes && s->budget == 0)
        usage_error("--budget N is needed: how much of the sizes is wanted");
    if (!(s->temperature >= 0 && s->temperature <= 10))
        usage_error("--temperature: 0 to 10, not %g", s->temperature);
    if (!(s->rate_max > 0 && s->rate_max <= RATES_MAX))
        usage_error("--max-rate: above 0, at most %g", RATES_MAX);
}

static void sample_open(void *self, const struct setup *setup)
{
    struct sample *s = self;

    (void)setup;
    check_options(s);
    s->seed_text = xprintf("%" PRIu64, s->seed);
    if (s->table)
        rates_read(&s->rates, s->table, s->is_smooth);
    if (s->sizes)
        rates_share(&s->rates, s->sizes, &(struct rates_budget){
            (double)s->budget, s->temperature, s->rate_max });
}

static void sample_close(void *self, const struct setup *setup)
{
    struct sample *s = self;

    (void)setup;
    free(s->seed_text);
    rates_clear(&s->rates);
}

#define AT(member) offsetof(struct sample, member)

static const struct option sample_options[] = {
    { "rate", OPTION_NUMBER, AT(rate), NULL, "RATE",
      "of all documents: 0.1 a tenth, 2 each twice" },
    { "by", OPTION_TEXT, AT(by), NULL, "FIELD",
      "the field that --table or --sizes goes by: lang, cluster_size" },
    { "table", OPTION_TEXT, AT(table), NULL, "FILE.tsv",
      "rates by value or range of the field; or fineweb2" },
    { "smooth", OPTION_FLAG, AT(is_smooth), NULL, NULL,
      "--table: let the rate go evenly from range to range" },
    { "sizes", OPTION_TEXT, AT(sizes), NULL, "FILE.tsv",
      "how much there is by value of the field, for --budget" },
    { "budget", OPTION_COUNT, AT(budget), NULL, "N",
      "how much is wanted, in the unit of --sizes" },
    { "temperature", OPTION_NUMBER, AT(temperature), "1", "T",
      "shares are as sizes to this power: 1 as they are, 0 equal" },
    { "max-rate", OPTION_NUMBER, AT(rate_max), "1", "RATE",
      "--sizes: no value's rate is above this; others get the rest" },
    { "seed", OPTION_COUNT, AT(seed), "1", "N",
      "another number draws others" },
    { 0 }
};

const struct stage sample_stage = {
    .name = "sample",
    .summary = "draw a share of the documents, or repeat them, by a field",
    .options = sample_options,
    .size = sizeof(struct sample),
    .flags = STAGE_NO_TEXT,
    .open = sample_open,
    .map = sample_map,
    .close = sample_close,
};

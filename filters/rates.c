/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rates - small tables, looked up line by line or by halves.
 */
#include "filters/rates.h"

#include <math.h>
#include <stdlib.h>

#include "src/compress.h"
#include "src/fail.h"

enum { TABLE_MAX = 16 << 20 };

/* From the README of FineWeb-2: more copies, a better text, up to a point. */
static const char fineweb2[] = "1\t1\n2\t2\n3-4\t3\n5-99\t5\n100-999\t8\n"
                               "1000-\t1\n*\t1\n";

struct table {
    const char *path;
    size_t line;
    bool is_sizes;
};

static bool read_whole(const char *text, char **end, uint64_t *number)
{
    if (*text < '0' || *text > '9')
        return false;
    *number = strtoull(text, end, 10);
    return true;
}

/* "7", "5-99" or "1000-". */
static bool read_range(const char *text, struct rate *rate)
{
    char *end;

    if (!read_whole(text, &end, &rate->first))
        return false;
    rate->last = rate->first;
    if (*end == '\0')
        return true;
    if (*end++ != '-')
        return false;
    if (*end == '\0')
        rate->last = UINT64_MAX;
    else if (!read_whole(end, &end, &rate->last))
        return false;
    return *end == '\0';
}

static void add_rate(struct rates *rates, const struct table *t, char *key,
                     double number)
{
    struct rate rate = { .rate = number };

    if (strcmp(key, "*") == 0 && !t->is_sizes) {
        if (rates->rest >= 0)
            die("%s:%zu: a second line for *", t->path, t->line);
        rates->rest = number;
        return;
    }
    if (!read_range(key, &rate))
        rate.key = xstrdup(key);
    else if (rate.last < rate.first ||
             (rates->count > 0 && !rates->items[rates->count - 1].key &&
              rates->items[rates->count - 1].last >= rate.first))
        die("%s:%zu: numbers must ascend", t->path, t->line);
    for (size_t i = 0; rate.key && i < rates->count; i++)
        if (rates->items[i].key && strcmp(rates->items[i].key, key) == 0)
            die("%s:%zu: a second line for %s", t->path, t->line, key);
    rates->items = grow(rates->items, &rates->cap, rates->count + 1,
                        sizeof *rates->items);
    rates->items[rates->count++] = rate;
}

static void read_line(struct rates *rates, const struct table *t, char *line)
{
    char *tab = strchr(line, '\t'), *end;
    double number;

    if (!tab || tab == line)
        die("%s:%zu: not a value, a tab and a number", t->path, t->line);
    number = strtod(tab + 1, &end);
    if (end == tab + 1 || (*end != '\0' && *end != '\r') || !(number >= 0) ||
        number > (t->is_sizes ? 1e18 : RATES_MAX))
        die("%s:%zu: not a number of 0 to %g", t->path, t->line,
            t->is_sizes ? 1e18 : RATES_MAX);
    *tab = '\0';
    add_rate(rates, t, line, number);
}

static void read_table(struct rates *rates, struct table *t, char *text)
{
    for (char *line = text, *end; line; line = end) {
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        t->line++;
        if (*line != '\0' && *line != '#' && *line != '\r')
            read_line(rates, t, line);
    }
    if (rates->count == 0 && rates->rest < 0)
        die("%s: no lines", t->path);
}

static void read_path(struct rates *rates, struct table *t)
{
    struct fault fault = { 0 };
    char *text;
    size_t len;

    if (!file_read(t->path, TABLE_MAX, &text, &len, &fault))
        die("%s: %s", t->path, fault.what);
    if (memchr(text, '\0', len))
        die("%s: not a text", t->path);
    read_table(rates, t, text);
    free(text);
}

void rates_read(struct rates *rates, const char *path, bool is_smooth)
{
    struct table table = { .path = path };

    *rates = (struct rates){ .rest = -1, .is_smooth = is_smooth };
    if (strcmp(path, "fineweb2") == 0) {
        char *copy = xstrdup(fineweb2);

        read_table(rates, &table, copy);
        free(copy);
    } else {
        read_path(rates, &table);
    }
}

/*
 * Values at their most are set aside, and the rest share what is left, until
 * none is above its most: each round sets one aside at least.
 */
void rates_share(struct rates *rates, const char *path,
                 const struct rates_budget *b)
{
    struct table table = { .path = path, .is_sizes = true };
    double left = b->budget;
    double *sizes;
    bool is_settled = false, is_short = true;

    *rates = (struct rates){ .rest = -1 };
    read_path(rates, &table);
    sizes = xcalloc(rates->count, sizeof *sizes);
    for (size_t i = 0; i < rates->count; i++) {
        sizes[i] = rates->items[i].rate;
        rates->items[i].rate = sizes[i] > 0 ? -1 : 0;
    }
    while (!is_settled) {
        double sum = 0, kept = left;

        is_settled = true;
        for (size_t i = 0; i < rates->count; i++)
            if (rates->items[i].rate < 0)
                sum += pow(sizes[i], b->temperature);
        for (size_t i = 0; i < rates->count; i++) {
            double share = kept * pow(sizes[i], b->temperature) / sum;

            if (rates->items[i].rate >= 0 || share < b->rate_max * sizes[i])
                continue;
            rates->items[i].rate = b->rate_max;
            left -= b->rate_max * sizes[i];
            is_settled = false;
        }
        for (size_t i = 0; is_settled && i < rates->count; i++)
            if (rates->items[i].rate < 0)
                rates->items[i].rate =
                    left * pow(sizes[i], b->temperature) / sum / sizes[i];
    }
    free(sizes);
    for (size_t i = 0; i < rates->count; i++)
        is_short &= rates->items[i].rate == 0 ||
                    rates->items[i].rate >= b->rate_max;
    if (is_short && left > b->budget * 1e-9)
        notice("%s: %.0f of the %.0f wanted: no rate may be above %g", path,
               b->budget - left, b->budget, b->rate_max);
}

double rates_of_text(const struct rates *rates, struct slice value)
{
    for (size_t i = 0; i < rates->count; i++)
        if (rates->items[i].key && slice_is(value, rates->items[i].key))
            return rates->items[i].rate;
    return rates->rest;
}

/* Between the first numbers of two ranges. */
static double between(const struct rate *a, const struct rate *b,
                      uint64_t value)
{
    double x = log((double)value + 1), from = log((double)a->first + 1);
    double to = log((double)b->first + 1);

    return a->rate + (b->rate - a->rate) * (x - from) / (to - from);
}

double rates_of_number(const struct rates *rates, uint64_t value)
{
    const struct rate *before = NULL;

    for (size_t i = 0; i < rates->count; i++) {
        const struct rate *rate = &rates->items[i];

        if (rate->key)
            continue;
        if (rates->is_smooth && before && value < rate->first)
            return between(before, rate, value);
        if (value >= rate->first &&
            (value <= rate->last || rates->is_smooth))
            before = rate;
        if (value >= rate->first && value <= rate->last && !rates->is_smooth)
            return rate->rate;
    }
    return rates->is_smooth && before ? before->rate : rates->rest;
}

void rates_clear(struct rates *rates)
{
    for (size_t i = 0; i < rates->count; i++)
        free(rates->items[i].key);
    free(rates->items);
    *rates = (struct rates){ 0 };
}

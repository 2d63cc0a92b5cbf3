/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rates.h - how often a document is to be in a sample, by what a field of it
 * says.
 *
 *     ces_Latn   0.25      a value of the field, a tab, a rate
 *     5-99       5         whole numbers of a range
 *     1000-      1         and all above
 *     *          0         what no line names, and documents without the field
 *
 * '#' begins a comment.  A rate is 0 to RATES_MAX: 0.25 is a quarter of the
 * documents, 2.5 is each twice and half of them once more.
 */
#ifndef MLIN_RATES_H
#define MLIN_RATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

#define RATES_MAX 1000.0

struct rate {
    char *key;       /* NULL: the range of numbers, up to `last` */
    uint64_t first, last;
    double rate;
};

struct rates {
    struct rate *items; /* [count]; ranges ascend */
    size_t count, cap;
    double rest;        /* of *; below 0: there is no such line */
    bool is_smooth;     /* between ranges, too */
};

/*
 * Read a table from a file; "fineweb2" is FineWeb-2's by cluster_size.  Smooth:
 * the rate of a range is that of its first number, and in between it goes
 * evenly with the logarithm, from range to range.  Dies of a file that cannot
 * be understood.
 */
void rates_read(struct rates *rates, const char *path, bool is_smooth);

/* What a sample is to be made of; see rates_share(). */
struct rates_budget {
    double budget, temperature, rate_max;
};

/*
 * Read a table whose numbers are sizes, without ranges and *, and give each
 * value its rate: shares of the budget are as the sizes to the power of
 * `temperature`, but no rate is above rate_max; what that leaves goes to the
 * others.  Says when the sizes do not give the budget.
 */
void rates_share(struct rates *rates, const char *path,
                 const struct rates_budget *budget);

/* The rate of a value; below 0: none is given. */
double rates_of_text(const struct rates *rates, struct slice value);
double rates_of_number(const struct rates *rates, uint64_t value);

void rates_clear(struct rates *rates);

#endif

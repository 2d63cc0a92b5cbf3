/* SPDX-License-Identifier: Apache-2.0 */
/*
 * histogram.h - how often a number was seen, to within 1/64 of it.
 *
 * Numbers below 128 have a bucket each; above, each power of two is cut into 64
 * (as HdrHistogram does).  Sums of histograms do not depend on their order, so
 * neither do quantiles.
 */
#ifndef MLIN_FILTERS_HISTOGRAM_H
#define MLIN_FILTERS_HISTOGRAM_H

#include <stdint.h>

enum { HISTOGRAM_BUCKETS = 58 * 64 };

struct histogram {
    uint64_t count;                      /* of numbers */
    uint32_t buckets[HISTOGRAM_BUCKETS]; /* stays at its greatest value */
};

/* `number` is not negative and below 2^62. */
void histogram_add(struct histogram *histogram, int64_t number);
void histogram_merge(struct histogram *into, const struct histogram *from);

/*
 * The number that is the `rank`-th of all (1 .. count, from the least): the
 * first and the last number of its bucket.  0 for an empty histogram.
 */
int64_t histogram_first(const struct histogram *histogram, uint64_t rank);
int64_t histogram_last(const struct histogram *histogram, uint64_t rank);

#endif

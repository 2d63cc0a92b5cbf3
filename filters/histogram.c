/* SPDX-License-Identifier: Apache-2.0 */
/*
 * histogram - a bucket is the shift of a number and its seven highest bits.
 */
#include "filters/histogram.h"

enum { HALF = 64 };

static int shift_of(uint64_t number)
{
    int shift = 0;

    while (number >> shift >= 2 * HALF)
        shift++;
    return shift;
}

static unsigned bucket_of(int64_t number)
{
    int shift = shift_of((uint64_t)number);

    return (unsigned)shift * HALF + (unsigned)((uint64_t)number >> shift);
}

/* The least number of the bucket. */
static int64_t begin_of(unsigned bucket)
{
    unsigned shift = bucket < 2 * HALF ? 0 : bucket / HALF - 1;

    return (int64_t)((uint64_t)(bucket - shift * HALF) << shift);
}

static void add_to(uint32_t *bucket, uint64_t count)
{
    *bucket = count > UINT32_MAX - *bucket ? UINT32_MAX
                                           : *bucket + (uint32_t)count;
}

void histogram_add(struct histogram *histogram, int64_t number)
{
    histogram->count++;
    add_to(&histogram->buckets[bucket_of(number)], 1);
}

void histogram_merge(struct histogram *into, const struct histogram *from)
{
    into->count += from->count;
    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++)
        add_to(&into->buckets[i], from->buckets[i]);
}

/* The bucket of the rank-th number. */
static unsigned bucket_at(const struct histogram *histogram, uint64_t rank)
{
    uint64_t seen = 0;
    unsigned i = 0;

    for (; i < HISTOGRAM_BUCKETS - 1; i++) {
        seen += histogram->buckets[i];
        if (seen >= rank)
            break;
    }
    return i;
}

int64_t histogram_first(const struct histogram *histogram, uint64_t rank)
{
    if (histogram->count == 0)
        return 0;
    return begin_of(bucket_at(histogram, rank));
}

int64_t histogram_last(const struct histogram *histogram, uint64_t rank)
{
    if (histogram->count == 0)
        return 0;
    return begin_of(bucket_at(histogram, rank) + 1) - 1;
}

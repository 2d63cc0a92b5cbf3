/* SPDX-License-Identifier: Apache-2.0 */
/*
 * histogram - ranks are within 1/64 of those of the sorted numbers; sums of
 * histograms are the histogram of all.
 */
#include "filters/histogram.h"

#include <string.h>

#include "tests/check.h"

enum { NUMBERS = 5000 };

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return left < right ? -1 : left > right;
}

static void ranks_are_near(void)
{
    static struct histogram all, halves[2];
    static int64_t numbers[NUMBERS];
    struct random random = { 7 };

    for (size_t i = 0; i < NUMBERS; i++) {
        unsigned bits = (unsigned)random_below(&random, 62);

        numbers[i] = (int64_t)(random_next(&random) &
                               (((uint64_t)1 << bits) - 1));
        histogram_add(&all, numbers[i]);
        histogram_add(&halves[i % 2], numbers[i]);
    }
    qsort(numbers, NUMBERS, sizeof *numbers, compare);
    for (uint64_t rank = 1; rank <= NUMBERS; rank += 7) {
        int64_t exact = numbers[rank - 1];
        int64_t first = histogram_first(&all, rank);
        int64_t last = histogram_last(&all, rank);

        check(first <= exact && exact <= last);
        check(last - first <= exact / 64);
    }
    histogram_merge(&halves[0], &halves[1]);
    check(memcmp(&halves[0], &all, sizeof all) == 0);
}

int main(void)
{
    static struct histogram empty, one;

    check(histogram_first(&empty, 1) == 0 && histogram_last(&empty, 1) == 0);
    histogram_add(&one, 127);
    check(histogram_first(&one, 1) == 127 && histogram_last(&one, 1) == 127);
    histogram_add(&one, 0);
    check(histogram_last(&one, 1) == 0 && histogram_first(&one, 2) == 127);
    ranks_are_near();
    return check_done();
}

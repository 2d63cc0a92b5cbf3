/* SPDX-License-Identifier: Apache-2.0 */
/*
 * runmerge.h - one sorted sequence from many, wherever they come from.
 *
 * Records are of some 64-bit words, ordered by the first of them as numbers.
 * A tree of losers: log2(runs) comparisons a record, hardly any of them beyond
 * the first word; a buffer for each run.
 * One thread at a time.
 */
#ifndef MLIN_RUNMERGE_H
#define MLIN_RUNMERGE_H

#include <stddef.h>
#include <stdint.h>

/* Which of two records comes first, by their first `order` words: -1, 0, 1. */
static inline int runmerge_compare(const uint64_t *a, const uint64_t *b,
                                   size_t order)
{
    for (size_t i = 0; i < order; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

/*
 * Merge sorted runs: `fill` puts the next records of a run into its buffer (at
 * most `cap` words) and returns how many words it put, 0 at the end.
 */
struct runmerge;

struct runmerge *runmerge_new(size_t runs, size_t words, size_t order,
                              size_t buffer_words,
                              size_t (*fill)(void *context, size_t run,
                                             uint64_t *buffer, size_t cap),
                              void *context);
/* The least record left and its run; NULL at the end.  Equal: run order. */
const uint64_t *runmerge_next(struct runmerge *runmerge, size_t *run);
void runmerge_free(struct runmerge *runmerge);

#endif

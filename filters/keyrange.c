/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keyrange - stars, compared, sorted once more, for --join merges.
 */
#include "filters/keyrange.h"

#include "filters/sorter.h"
#include "filters/stars.h"

struct keyrange {
    size_t range, end; /* of keys */
    struct sorter *pairs;
    struct keyrange_report report;
};

static void add_pair(struct keyrange *k, uint64_t a, uint64_t b,
                     unsigned thousandths)
{
    uint64_t pair[PAIRLIST_WORDS] = { a, b, thousandths };

    sorter_add(k->pairs, pair);
}

/* All parts see all documents; one of them tells. */
static void add_repeated(void *context, uint64_t uid)
{
    struct keyrange *k = context;
    uint64_t range = uid >> (64 - SKETCHBOOK_RANGE_BITS);

    if (range >= k->range && range < k->end)
        add_pair(k, uid, uid, 1000);
}

static void add_compared(void *context, const struct pairs_result *result)
{
    struct keyrange *k = context;

    k->report.pairs++;
    k->report.below_700 += result->thousandths < 700;
    add_pair(k, result->pair[0], result->pair[1], result->thousandths);
}

struct keyrange_report keyrange_write(const struct pairs_work *work,
                                      const struct pairlist_part *part,
                                      const char *path)
{
    struct keyrange k = {
        .range = pairlist_range(part), .end = pairlist_range_end(part),
        .pairs = sorter_new(PAIRLIST_WORDS, 2, work->memory / 4,
                            work->directory, work->threads)
    };
    struct pairlist_writer *list = pairlist_create(path);
    const uint64_t *pair;

    pairs_compare(work, stars_find(work, k.range, k.end), add_repeated,
                  add_compared, &k);
    sorter_finish(k.pairs);
    while ((pair = sorter_next(k.pairs, true)))
        pairlist_add(list, pair);
    sorter_free(k.pairs);
    pairlist_publish(list, part, pairlist_books(work->books));
    return k.report;
}

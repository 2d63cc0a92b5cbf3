/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sorter - the order that qsort() gives, for any memory, number of words and
 * threads; the same records again after a rewind; unique ones once.
 */
#include "filters/sorter.h"

#include <string.h>

#include "tests/check.h"

static size_t order_words;

static int by_words(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    for (size_t i = 0; i < order_words; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* Small numbers, numbers alike but for one byte, and any numbers. */
static uint64_t random_word(struct random *random, uint64_t kind)
{
    switch (kind) {
    case 0: return random_below(random, 5);
    case 1: return random_below(random, 100000);
    case 2: return 0x0101010101010101u | random_below(random, 7) << 40;
    default: return random_next(random);
    }
}

static void try_sort(uint64_t seed, uint64_t memory, size_t threads)
{
    struct random random = { seed };
    size_t words = 1 + random_below(&random, 9);
    size_t order = 1 + random_below(&random, words);
    size_t count = random_below(&random, seed % 5 == 0 ? 40000 : 3000);
    uint64_t kind = random_below(&random, 4);
    uint64_t *list = calloc(count * words + 1, sizeof *list);
    struct sorter *sorter = sorter_new(words, order, memory, ".", threads);

    for (size_t i = 0; i < count; i++) {
        for (size_t w = 0; w < words; w++)
            list[i * words + w] = random_word(&random, kind);
        /* What is not ordered follows from what is, so any order is the same */
        for (size_t w = order; w < words; w++)
            list[i * words + w] = list[i * words] * 3 + list[i * words + order
                                                             - 1];
        sorter_add(sorter, list + i * words);
    }
    check(sorter_finish(sorter) == count);
    order_words = order;
    qsort(list, count, words * sizeof *list, by_words);
    for (int again = 0; again < 2; again++) {
        for (size_t i = 0; i < count; i++) {
            const uint64_t *record = sorter_next(sorter, false);

            check_that(record && memcmp(record, list + i * words,
                                        order * sizeof *list) == 0,
                       "seed %u, record %zu", (unsigned)seed, i);
        }
        check(sorter_next(sorter, false) == NULL);
        sorter_rewind(sorter);
    }
    for (size_t i = 0; i < count; i++) {
        const uint64_t *record;

        if (i > 0 && by_words(list + i * words, list + (i - 1) * words) == 0)
            continue;
        record = sorter_next(sorter, true);
        check(record && by_words(record, list + i * words) == 0);
    }
    check(sorter_next(sorter, true) == NULL);
    sorter_free(sorter);
    free(list);
}

int main(void)
{
    for (uint64_t seed = 1; seed <= 300; seed++)
        try_sort(seed, seed % 3 == 0 ? 0 : seed % 3 == 1 ? 20000 : 10 << 20,
                 1 + seed % 3);
    return check_done();
}

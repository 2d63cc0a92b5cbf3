/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merge_table - each merge is found, and no pair that is none; tables of no
 * merge, of few, and as full as they become.
 */
#include "tokenizer/merge_table.h"

#include "tests/check.h"

enum { TOKENS = 3000 };

/* All merges of a grid of pairs but every third, so that what is asked for and
 * is not there is near to what is. */
static size_t grid(struct merge *merges, size_t most)
{
    size_t count = 0;

    for (uint32_t left = 0; count < most; left++)
        for (uint32_t right = 0; right < 300 && count < most; right++)
            if ((left + right) % 3 != 0) {
                merges[count] = (struct merge){ left, right,
                                                (uint32_t)count + 7 };
                count++;
            }
    return count;
}

static void finds_what_is_there(size_t most)
{
    struct merge *merges = malloc((most + 1) * sizeof *merges);
    struct merge_table table;
    size_t count, found = 0;

    check(merges);
    count = grid(merges, most);
    check(merge_table_make(&table, merges, count));
    for (size_t i = 0; i < count; i++)
        check(merge_made(merge_place(&table, merges[i].left,
                                     merges[i].right)) == merges[i].made);
    for (uint32_t left = 0; left < TOKENS; left++)
        for (uint32_t right = 0; right < 300; right++)
            found += merge_made(merge_place(&table, left, right)) !=
                     MERGE_NONE;
    check_that(found == count, "%zu of %zu", found, count);
    for (uint32_t i = 0; i < TOKENS; i++) {
        check(merge_made(merge_place(&table, i, MERGE_NONE)) == MERGE_NONE);
        check(merge_made(merge_place(&table, MERGE_NONE, i)) == MERGE_NONE);
    }
    check(merge_made(merge_place(&table, MERGE_NONE, MERGE_NONE)) ==
          MERGE_NONE);
    merge_table_clear(&table);
    free(merges);
}

/* The largest tokens that there can be. */
static void finds_the_last(void)
{
    enum { LAST = MERGE_NONE - 2 };
    const struct merge merges[] = {
        { LAST, LAST, LAST }, { 0, LAST, 0 }, { LAST, 0, LAST - 1 }
    };
    struct merge_table table;

    check(merge_table_make(&table, merges, 3));
    check(merge_made(merge_place(&table, LAST, LAST)) == LAST);
    check(merge_made(merge_place(&table, 0, LAST)) == 0);
    check(merge_made(merge_place(&table, LAST, 0)) == LAST - 1);
    check(merge_made(merge_place(&table, 0, 0)) == MERGE_NONE);
    merge_table_clear(&table);
}

int main(void)
{
    static const size_t counts[] = { 0, 1, 2, 200, 204, 205, 5000, 52428,
                                     52429, 104857, 200000 };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        finds_what_is_there(counts[i]);
    finds_the_last();
    return check_done();
}

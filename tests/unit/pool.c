/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool - lists do not overlap, whatever came and went before, in one pool or
 * from one to another; and what is freed is used again.
 */
#include "tokenizer/pool.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "tests/check.h"

enum { LISTS = 3000, TURNS = 30000, POOLS = 2 };

struct list {
    unsigned char *bytes;
    size_t size;
    unsigned char mark;
};

static uint64_t state = 1;

static size_t below(size_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state >> 33) % limit;
}

/* Mostly short; some as long as several chunks. */
static size_t any_size(void)
{
    size_t bits = below(300) == 0 ? 23 : below(14);

    return below(((size_t)1 << bits) + 1);
}

static bool is_whole(const struct list *list)
{
    size_t good = 0;

    for (size_t i = 0; i < list->size; i++)
        good += list->bytes[i] == list->mark;
    return good == list->size;
}

static void come_and_go(void)
{
    static struct list lists[LISTS];
    struct pool pools[POOLS] = { { .at = NULL } };
    size_t bad = 0;

    for (size_t turn = 0; turn < TURNS; turn++) {
        struct list *list = &lists[below(LISTS)];

        if (list->bytes) {
            bad += !is_whole(list);
            pool_free(&pools[below(POOLS)], list->bytes, list->size);
        }
        list->size = any_size();
        list->mark = (unsigned char)turn;
        list->bytes = pool_alloc(&pools[below(POOLS)], list->size);
        bad += (uintptr_t)list->bytes % 16 != 0;
        memset(list->bytes, list->mark, list->size);
    }
    for (size_t i = 0; i < LISTS; i++)
        bad += lists[i].bytes && !is_whole(&lists[i]);
    check(bad == 0);
    for (size_t i = 0; i < POOLS; i++) {
        pool_clear(&pools[i]);
        check(!pools[i].chunks);
        pool_clear(&pools[i]);
    }
}

/* A long list's memory is enough for all that are made of it later. */
static void is_used_again(void)
{
    enum { LONG = 32 << 20, SHORT = 1000 };
    struct pool pool = { .at = NULL };
    void *memory = pool_alloc(&pool, LONG);
    const struct pool_chunk *last = pool.chunks;

    pool_free(&pool, memory, LONG);
    for (size_t i = 0; i < LONG / (SHORT + 16); i++)
        pool_alloc(&pool, SHORT);
    check(pool.chunks == last);
    pool_clear(&pool);
}

int main(void)
{
    come_and_go();
    is_used_again();
    return check_done();
}

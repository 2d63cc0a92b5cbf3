/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parallel - each index once, worker numbers in range and never shared by two
 * calls at a time.
 */
#include "src/parallel.h"

#include <stdatomic.h>

#include "tests/check.h"

enum { MOST = 5000, THREADS_MOST = 16 };

struct seen {
    size_t threads;
    atomic_int times[MOST];
    atomic_int inside[THREADS_MOST];
    atomic_int wrong;
};

static void body(void *context, size_t i, size_t worker)
{
    struct seen *seen = context;

    if (worker >= seen->threads ||
        atomic_fetch_add(&seen->inside[worker], 1) != 0) {
        atomic_fetch_add(&seen->wrong, 1);
        return;
    }
    atomic_fetch_add(&seen->times[i], 1);
    atomic_fetch_sub(&seen->inside[worker], 1);
}

static void each_once(size_t threads, size_t count)
{
    static struct seen seen;

    seen.threads = threads;
    for (size_t i = 0; i < MOST; i++)
        seen.times[i] = 0;
    parallel_for(threads, count, body, &seen);
    check_that(seen.wrong == 0, "%zu threads, %zu items", threads, count);
    for (size_t i = 0; i < MOST; i++)
        check_that(seen.times[i] == (i < count), "%zu threads, item %zu of %zu",
                   threads, i, count);
}

int main(void)
{
    static const size_t counts[] = { 0, 1, 2, 3, 7, 100, MOST };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (size_t threads = 1; threads <= THREADS_MOST; threads += 3)
            each_once(threads, counts[i]);
    check(parallel_cores() >= 1);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parallel - each index once, worker numbers in range and never shared by two
 * calls at a time; by threads that end and by a crew that stays.  Locks.
 */
#include "src/parallel.h"

#include <stdatomic.h>
#include <time.h>

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

/* Loops one right after the other, and after the crew has gone to sleep. */
static void crew_each_once(size_t threads, size_t runs, long pause_ns)
{
    static struct seen seen;
    struct parallel_crew *crew = parallel_crew_new(threads);

    seen.threads = threads > 0 ? threads : 1;
    for (size_t run = 0; run < runs; run++) {
        size_t count = run * 7 % 40;

        for (size_t i = 0; i < MOST && i < 40; i++)
            seen.times[i] = 0;
        parallel_crew_run(crew, count, body, &seen);
        for (size_t i = 0; i < 40; i++)
            check(seen.times[i] == (i < count));
        nanosleep(&(struct timespec){ 0, pause_ns }, NULL);
    }
    check(seen.wrong == 0);
    parallel_crew_free(crew);
}

struct tallies {
    struct parallel_locks *locks;
    size_t counts[3];
};

static void count_under_lock(void *context, size_t i, size_t worker)
{
    struct tallies *t = context;
    size_t lock = i % 2 ? i % 3 : parallel_lock_any(t->locks, 3);

    (void)worker;
    if (i % 2)
        parallel_lock(t->locks, lock);
    t->counts[lock]++;
    parallel_unlock(t->locks, lock);
}

static void locks_keep_others_out(void)
{
    struct tallies t = { .locks = parallel_locks_new(3) };

    parallel_for(7, 200000, count_under_lock, &t);
    check(t.counts[0] + t.counts[1] + t.counts[2] == 200000);
    parallel_locks_free(t.locks);
}

int main(void)
{
    static const size_t counts[] = { 0, 1, 2, 3, 7, 100, MOST };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (size_t threads = 1; threads <= THREADS_MOST; threads += 3)
            each_once(threads, counts[i]);
    check(parallel_cores() >= 1);
    for (size_t threads = 0; threads <= 5; threads++)
        crew_each_once(threads, 2000, 0);
    crew_each_once(4, 100, 1000000);
    locks_keep_others_out();
    return check_done();
}

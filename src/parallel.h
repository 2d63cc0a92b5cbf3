/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parallel.h - an indexed loop on several threads; the same for loops of
 * microseconds; locks.
 */
#ifndef MLIN_PARALLEL_H
#define MLIN_PARALLEL_H

#include <stddef.h>

/*
 * Call body(context, i, worker) once for each i in 0 .. count-1, on up to
 * `threads` threads, in any order; `worker` is 0 .. threads-1 and names the
 * thread, so that each can have a buffer of its own.  Returns when all have
 * returned.  The order of calls is not fixed: results must not depend on it.
 */
void parallel_for(size_t threads, size_t count,
                  void (*body)(void *context, size_t i, size_t worker),
                  void *context);

/*
 * Threads that stay, for loops that take microseconds: parallel_crew_run() is
 * parallel_for() on up to `threads` of them, the caller (worker 0) among them.
 * A thread that has nothing to do looks for work for some 100 microseconds,
 * then sleeps.  The caller never waits for one that has not begun a turn.
 */
struct parallel_crew;

struct parallel_crew *parallel_crew_new(size_t threads);
void parallel_crew_run(struct parallel_crew *crew, size_t count,
                       void (*body)(void *context, size_t i, size_t worker),
                       void *context);
void parallel_crew_free(struct parallel_crew *crew);

/*
 * A moment's wait between two looks at what another thread is about to change;
 * `looks` is how many there were.
 */
void parallel_wait(unsigned looks);

/* `count` locks, numbered from 0, that no thread holds. */
struct parallel_locks;

struct parallel_locks *parallel_locks_new(size_t count);
void parallel_lock(struct parallel_locks *locks, size_t i);
/* One of the first `count` locks, a free one if there is any; its number. */
size_t parallel_lock_any(struct parallel_locks *locks, size_t count);
void parallel_unlock(struct parallel_locks *locks, size_t i);
void parallel_locks_free(struct parallel_locks *locks);

/* The processors this process may run on (the affinity mask), at least 1. */
size_t parallel_cores(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parallel - threads take the next index from a shared counter until none is
 * left.  Costs one thread start each; for loops whose turns take milliseconds.
 */
#include "src/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "src/fail.h"

struct loop {
    void (*body)(void *context, size_t i, size_t worker);
    void *context;
    size_t count;
    atomic_size_t next;
};

struct hand {
    struct loop *loop;
    size_t worker;
};

static void *loop_work(void *arg)
{
    struct hand *hand = arg;
    struct loop *loop = hand->loop;
    size_t i;

    while ((i = atomic_fetch_add(&loop->next, 1)) < loop->count)
        loop->body(loop->context, i, hand->worker);
    return NULL;
}

void parallel_for(size_t threads, size_t count,
                  void (*body)(void *context, size_t i, size_t worker),
                  void *context)
{
    struct loop loop = { .body = body, .context = context, .count = count };
    size_t started = threads < count ? threads : count;
    pthread_t *ids = xcalloc(started + 1, sizeof *ids);
    struct hand *hands = xcalloc(started + 1, sizeof *hands);

    for (size_t i = 1; i < started; i++) {
        hands[i] = (struct hand){ &loop, i };
        if (pthread_create(&ids[i], NULL, loop_work, &hands[i]) != 0)
            die("cannot start a thread");
    }
    hands[0] = (struct hand){ &loop, 0 };
    loop_work(&hands[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(ids[i], NULL);
    free(hands);
    free(ids);
}

/* A cache line each: threads that take different locks do not meet. */
struct padded {
    _Alignas(64) pthread_mutex_t mutex;
};

struct parallel_locks {
    size_t count;
    atomic_size_t waits;
    struct padded *items;
};

struct parallel_locks *parallel_locks_new(size_t count)
{
    struct parallel_locks *locks = xcalloc(1, sizeof *locks);

    locks->count = count;
    locks->items = aligned_alloc(64, (count + 1) * sizeof *locks->items);
    if (!locks->items)
        die("out of memory");
    for (size_t i = 0; i < count; i++)
        pthread_mutex_init(&locks->items[i].mutex, NULL);
    return locks;
}

void parallel_lock(struct parallel_locks *locks, size_t i)
{
    pthread_mutex_lock(&locks->items[i].mutex);
}

/* Where all are taken, the threads that wait are spread over them. */
size_t parallel_lock_any(struct parallel_locks *locks, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (pthread_mutex_trylock(&locks->items[i].mutex) == 0)
            return i;
    i = atomic_fetch_add(&locks->waits, 1) % count;
    pthread_mutex_lock(&locks->items[i].mutex);
    return i;
}

void parallel_unlock(struct parallel_locks *locks, size_t i)
{
    pthread_mutex_unlock(&locks->items[i].mutex);
}

void parallel_locks_free(struct parallel_locks *locks)
{
    for (size_t i = 0; i < locks->count; i++)
        pthread_mutex_destroy(&locks->items[i].mutex);
    free(locks->items);
    free(locks);
}

size_t parallel_cores(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return (size_t)CPU_COUNT(&set);
    return 1;
}

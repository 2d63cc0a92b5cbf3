/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parallel - threads take the next index from a shared counter until none is
 * left.  Costs one thread start each; for loops whose turns take milliseconds.
 */
#include "src/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
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

/* ---- a crew ---- */

enum { LOOKS = 2000, LOOKS_OF_ITS_OWN = 100 };

/*
 * A run is told by its number: odd while it may be joined, even when it is over
 * and `loop` may change.  Who joins says so first and then looks whether the
 * run is still on; the caller ends the run first and then waits for who joined.
 */
struct parallel_crew {
    size_t count;             /* of the members beside the caller */
    struct member {
        pthread_t thread;
        struct parallel_crew *crew;
        size_t worker;
    } *members;
    struct loop loop;
    _Alignas(64) atomic_size_t run;
    _Alignas(64) atomic_size_t joined;
    atomic_size_t asleep;
    atomic_bool is_over;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
};

/*
 * Not by the processor's own instruction: under a hypervisor, a loop of those
 * is taken for a lock that is waited for, and costs microseconds.
 */
static void pause_a_little(void)
{
    for (int i = 0; i < 32; i++)
        __asm__ volatile("" ::: "memory");
}

void parallel_wait(unsigned looks)
{
    pause_a_little();
    if (looks > LOOKS_OF_ITS_OWN && looks % 8 == 0)
        sched_yield(); /* there may be others who have work */
}

/* Wait for a run other than the one of this number; false: it is all over. */
static bool wait_for_run(struct parallel_crew *crew, size_t last)
{
    for (unsigned look = 0; look < LOOKS; look++) {
        size_t run = atomic_load(&crew->run);

        if (atomic_load(&crew->is_over))
            return false;
        if (run % 2 == 1 && run != last)
            return true;
        parallel_wait(look);
    }
    pthread_mutex_lock(&crew->mutex);
    atomic_fetch_add(&crew->asleep, 1);
    for (;;) {
        size_t run = atomic_load(&crew->run);

        if (atomic_load(&crew->is_over) || (run % 2 == 1 && run != last))
            break;
        pthread_cond_wait(&crew->wake, &crew->mutex);
    }
    atomic_fetch_sub(&crew->asleep, 1);
    pthread_mutex_unlock(&crew->mutex);
    return !atomic_load(&crew->is_over);
}

static void *member_work(void *arg)
{
    struct member *member = arg;
    struct parallel_crew *crew = member->crew;
    size_t last = 0;

    while (wait_for_run(crew, last)) {
        size_t run = atomic_load(&crew->run);

        atomic_fetch_add(&crew->joined, 1);
        if (run % 2 == 1 && atomic_load(&crew->run) == run) {
            struct hand hand = { &crew->loop, member->worker };

            loop_work(&hand);
            last = run;
        }
        atomic_fetch_sub(&crew->joined, 1);
    }
    return NULL;
}

struct parallel_crew *parallel_crew_new(size_t threads)
{
    struct parallel_crew *crew = aligned_alloc(64, sizeof *crew);

    if (!crew)
        die("out of memory");
    *crew = (struct parallel_crew){ .count = threads > 1 ? threads - 1 : 0 };
    pthread_mutex_init(&crew->mutex, NULL);
    pthread_cond_init(&crew->wake, NULL);
    crew->members = xcalloc(crew->count + 1, sizeof *crew->members);
    for (size_t i = 0; i < crew->count; i++) {
        struct member *member = &crew->members[i];

        member->crew = crew;
        member->worker = i + 1;
        if (pthread_create(&member->thread, NULL, member_work, member) != 0)
            die("cannot start a thread");
    }
    return crew;
}

/* Those that sleep look at what changed. */
static void wake_all(struct parallel_crew *crew)
{
    if (atomic_load(&crew->asleep) == 0)
        return;
    pthread_mutex_lock(&crew->mutex);
    pthread_cond_broadcast(&crew->wake);
    pthread_mutex_unlock(&crew->mutex);
}

void parallel_crew_run(struct parallel_crew *crew, size_t count,
                       void (*body)(void *context, size_t i, size_t worker),
                       void *context)
{
    struct hand hand = { &crew->loop, 0 };

    crew->loop.body = body;
    crew->loop.context = context;
    crew->loop.count = count;
    atomic_store(&crew->loop.next, 0);
    if (crew->count > 0) {
        atomic_fetch_add(&crew->run, 1);
        wake_all(crew);
    }
    loop_work(&hand);
    if (crew->count > 0) {
        atomic_fetch_add(&crew->run, 1);
        while (atomic_load(&crew->joined) > 0)
            pause_a_little();
    }
}

void parallel_crew_free(struct parallel_crew *crew)
{
    if (!crew)
        return;
    atomic_store(&crew->is_over, true);
    pthread_mutex_lock(&crew->mutex);
    pthread_cond_broadcast(&crew->wake);
    pthread_mutex_unlock(&crew->mutex);
    for (size_t i = 0; i < crew->count; i++)
        pthread_join(crew->members[i].thread, NULL);
    pthread_mutex_destroy(&crew->mutex);
    pthread_cond_destroy(&crew->wake);
    free(crew->members);
    free(crew);
}

/* ---- locks ---- */

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

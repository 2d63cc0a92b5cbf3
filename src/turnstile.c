/* SPDX-License-Identifier: Apache-2.0 */
/*
 * turnstile - a number, and a condition that it has moved.
 */
#include "src/turnstile.h"

void turnstile_open(struct turnstile *t)
{
    pthread_mutex_init(&t->mutex, NULL);
    pthread_cond_init(&t->moved, NULL);
    t->next = 0;
}

void turnstile_enter(struct turnstile *t, uint64_t number)
{
#ifndef MLIN_MUTANT_NO_GATE
    pthread_mutex_lock(&t->mutex);
    while (t->next != number)
        pthread_cond_wait(&t->moved, &t->mutex);
    pthread_mutex_unlock(&t->mutex);
#else
    (void)number; /* a mutant that tests must catch: one at a time, any order */
    pthread_mutex_lock(&t->mutex);
#endif
}

void turnstile_leave(struct turnstile *t)
{
#ifndef MLIN_MUTANT_NO_GATE
    turnstile_skip(t, 1);
#else
    pthread_mutex_unlock(&t->mutex);
#endif
}

void turnstile_skip(struct turnstile *t, uint64_t count)
{
    pthread_mutex_lock(&t->mutex);
    t->next += count;
    pthread_cond_broadcast(&t->moved);
    pthread_mutex_unlock(&t->mutex);
}

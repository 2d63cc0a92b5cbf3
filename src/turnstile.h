/* SPDX-License-Identifier: Apache-2.0 */
/*
 * turnstile.h - admits 0, 1, 2, ... each once, one at a time, from any threads.
 */
#ifndef MLIN_TURNSTILE_H
#define MLIN_TURNSTILE_H

#include <pthread.h>
#include <stdint.h>

struct turnstile {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    uint64_t next; /* to be admitted */
};

void turnstile_open(struct turnstile *t);

/* Wait until all before `number` have left. */
void turnstile_enter(struct turnstile *t, uint64_t number);
void turnstile_leave(struct turnstile *t);

/* The next `count` go by without entering. */
void turnstile_skip(struct turnstile *t, uint64_t count);

#endif

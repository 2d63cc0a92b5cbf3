/* SPDX-License-Identifier: Apache-2.0 */
/*
 * columns.h - numbers taken one after the other, the greatest first.
 *
 * They stand in columns of four, each every `count`th number, and the greatest
 * of each column is at hand: so the next is found by a look at a quarter of
 * them.  For the few best of some hundred.
 */
#ifndef MLIN_COLUMNS_H
#define MLIN_COLUMNS_H

#include <math.h>

#include "langid/exact.h"

enum { COLUMNS_ROWS = 4, COLUMNS_MAX = 80, COLUMNS_STEP = 16 };

struct columns {
    float *z;                 /* [COLUMNS_ROWS * count], the caller's */
    size_t count;             /* a multiple of four */
    float tops[COLUMNS_MAX];  /* [count] */
};

/*
 * `n` numbers, 1 to COLUMNS_ROWS * COLUMNS_MAX, with room for as many as make a
 * multiple of COLUMNS_STEP; they will be changed.
 */
static inline void columns_fill(struct columns *c, float *z, size_t n)
{
    c->z = z;
    c->count = (n + COLUMNS_STEP - 1) / COLUMNS_STEP * 4;
    for (size_t i = n; i < COLUMNS_ROWS * c->count; i++)
        z[i] = -INFINITY;
    for (size_t at = 0; at == 0 || at < c->count; at += 4) {
        exact_floats top = exact_load(z + at);

        for (size_t k = 1; k < COLUMNS_ROWS; k++)
            top = exact_greater(exact_load(z + at + k * c->count), top);
        exact_store(c->tops + at, top);
    }
}

/* The greatest that is left; -INFINITY: none is. */
static inline float columns_top(const struct columns *c)
{
    return exact_max(c->tops, c->count);
}

/* Take out a number that is columns_top() and not -INFINITY; its place. */
static inline size_t columns_take(struct columns *c, float top)
{
    size_t column = 0, place;
    float left = -INFINITY;

    while (c->tops[column] != top)
        column++;
    for (place = column; c->z[place] != top; place += c->count)
        ;
    c->z[place] = -INFINITY;
    for (size_t k = 0; k < COLUMNS_ROWS; k++) {
        float z = c->z[column + k * c->count];

        left = z > left ? z : left;
    }
    c->tops[column] = left;
    return place;
}

#endif

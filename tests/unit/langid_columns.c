/* SPDX-License-Identifier: Apache-2.0 */
/*
 * columns - all numbers come, the greatest first, each from the place where it
 * stood, as sorting says.
 */
#include "langid/columns.h"

#include <stdlib.h>

#include "tests/check.h"

enum { MOST = COLUMNS_ROWS * COLUMNS_MAX, TIMES = 3 };

static int downward(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return x > y ? -1 : x < y;
}

/* Few values, so that many are equal; and some below all. */
static void fill(float *z, size_t n, uint32_t *state)
{
    for (size_t i = 0; i < n; i++) {
        *state = *state * 1664525u + 1013904223u;
        z[i] = (float)(int32_t)(*state >> 24) - 128.0f;
    }
}

static void all_come(size_t n, uint32_t *state)
{
    float z[MOST], was[MOST], sorted[MOST];
    struct columns columns;
    size_t bad = 0;

    fill(was, n, state);
    memcpy(z, was, n * sizeof *z);
    memcpy(sorted, was, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, downward);
    columns_fill(&columns, z, n);
    for (size_t i = 0; i < n; i++) {
        float top = columns_top(&columns);
        size_t place = columns_take(&columns, top);

        bad += top != sorted[i] || place >= n || was[place] != top;
        was[place] = -INFINITY; /* it comes once */
    }
    check_that(bad == 0 && columns_top(&columns) == -INFINITY,
               "%zu of %zu numbers", bad, n);
}

int main(void)
{
    uint32_t state = 1;

    for (size_t n = 1; n <= MOST; n++)
        for (int i = 0; i < TIMES; i++)
            all_come(n, &state);
    return check_done();
}

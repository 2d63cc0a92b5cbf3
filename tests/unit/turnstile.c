/* SPDX-License-Identifier: Apache-2.0 */
/*
 * turnstile - one at a time and in order, whoever comes first; numbers that are
 * skipped are not waited for.
 */
#include "src/turnstile.h"

#include <stdbool.h>
#include <stddef.h>

#include "src/parallel.h"
#include "tests/check.h"

enum { NUMBERS = 600, SKIPPED = 7, THREADS = 6 };

struct visit {
    struct turnstile gate;
    size_t at;              /* changed inside alone */
    size_t seen[NUMBERS];
};

static bool is_skipped(size_t number)
{
    return number % SKIPPED == SKIPPED - 1;
}

/* Who comes before a number that is skipped opens the gate for it. */
static void visit(void *context, size_t i, size_t worker)
{
    struct visit *v = context;

    (void)worker;
    if (is_skipped(i))
        return;
    turnstile_enter(&v->gate, i);
    v->seen[v->at++] = i;
    if (is_skipped(i + 1))
        turnstile_skip(&v->gate, 2); /* itself, too: it has not left */
    else
        turnstile_leave(&v->gate);
}

int main(void)
{
    static struct visit v;
    size_t at = 0;

    turnstile_open(&v.gate);
    parallel_for(THREADS, NUMBERS, visit, &v);
    for (size_t i = 0; i < NUMBERS; i++)
        if (!is_skipped(i))
            check_that(v.seen[at++] == i, "number %zu", i);
    check(v.at == at);
    return check_done();
}

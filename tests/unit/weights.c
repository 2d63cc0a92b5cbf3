/* SPDX-License-Identifier: Apache-2.0 */
/*
 * weights - against powers of the mathematical library, and by hand.
 */
#include <math.h>

#include "tests/check.h"
#include "tokenizer/weights.h"

enum { MANY = 20 };

static void by_hand(void)
{
    uint64_t totals[] = { 1000, 0, 250, 1 }, weights[4];
    uint64_t quotas[] = { 3000, 5, 1500, 0 };
    struct weights_options options = { .alpha = WEIGHTS_ONE };

    weights_find(totals, 4, &options, weights);
    check(weights[0] == WEIGHTS_ONE && weights[1] == 0 &&
          weights[2] == WEIGHTS_ONE && weights[3] == WEIGHTS_ONE);
    options.alpha = 0; /* all equal */
    weights_find(totals, 4, &options, weights);
    check(weights[0] == WEIGHTS_ONE && weights[2] == 4 * WEIGHTS_ONE);
    check(weights[3] <= 1000 * WEIGHTS_ONE &&
          weights[3] >= 1000 * WEIGHTS_ONE - 1);
    options.alpha = WEIGHTS_ONE / 2; /* the square root */
    weights_find(totals, 4, &options, weights);
    check(weights[2] == 2 * WEIGHTS_ONE);
    options.cap = 3;
    weights_find(totals, 4, &options, weights);
    check(weights[2] == 2 * WEIGHTS_ONE && weights[3] == 3 * WEIGHTS_ONE);
    /* Three parts to one and a half: 3 and 6 an occurrence. */
    options = (struct weights_options){ .quotas = quotas };
    weights_find(totals, 4, &options, weights);
    check(weights[0] == WEIGHTS_ONE && weights[1] == 0 &&
          weights[2] == 2 * WEIGHTS_ONE && weights[3] == 0);
}

/* To 1/65536 and the 32 bits of a logarithm. */
static void near(uint64_t weight, double want)
{
    double most = ldexp(1, 24);

    want = (want < most ? want : most) * WEIGHTS_ONE;
    check_that(fabs((double)weight - want) <= 1 + want * 4e-9,
               "%llu, not %f", (unsigned long long)weight, want);
}

static void random_totals(struct random *random)
{
    uint64_t totals[MANY], quotas[MANY], weights[MANY];
    size_t count = 1 + random_below(random, MANY);
    struct weights_options options = {
        .alpha = random_below(random, WEIGHTS_ONE + 1),
        .quotas = random_below(random, 2) ? quotas : NULL,
    };
    double wanted[MANY], least = INFINITY;

    for (size_t i = 0; i < count; i++) {
        totals[i] = 1 + (random_below(random, (uint64_t)1 << 62) >>
                         random_below(random, 62));
        quotas[i] = 1 + random_below(random, 1000000);
        wanted[i] = options.quotas
                        ? (double)quotas[i] / (double)totals[i]
                        : pow((double)totals[i],
                              (double)options.alpha / WEIGHTS_ONE - 1);
        if (wanted[i] < least)
            least = wanted[i];
    }
    weights_find(totals, count, &options, weights);
    for (size_t i = 0; i < count; i++)
        near(weights[i], wanted[i] / least);
}

int main(void)
{
    struct random random = { 7 };

    by_hand();
    for (int round = 0; round < 20000; round++)
        random_totals(&random);
    return check_done();
}

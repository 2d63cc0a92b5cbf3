/* SPDX-License-Identifier: Apache-2.0 */
/*
 * weights - logarithms of whole numbers, digit by digit.
 */
#include "tokenizer/weights.h"

#include <stdlib.h>

#include "src/fail.h"

enum { POINT = 32 }; /* bits of a logarithm after the point */

#define LOG_MAX ((int64_t)24 << POINT)

/*
 * The base-2 logarithm of n > 0, times 2^32, cut off.  The mantissa, with 31
 * bits after the point, is squared for each bit: it passes 2 where one is set.
 */
static int64_t log_of(uint64_t n)
{
    int whole = 63 - __builtin_clzll(n);
    uint64_t mantissa = n << (63 - whole) >> 32;
    int64_t log = whole;

    for (int bit = 0; bit < POINT; bit++) {
        mantissa = mantissa * mantissa >> 31;
        log *= 2;
        if (mantissa >> 32) {
            mantissa >>= 1;
            log++;
        }
    }
    return log;
}

/* The largest n of which log_of(n) - 16 is at most `log`, 0 to LOG_MAX. */
static uint64_t power_of(int64_t log)
{
    uint64_t low = WEIGHTS_ONE, high = (uint64_t)WEIGHTS_ONE << 24;

    while (low < high) {
        uint64_t middle = low + (high - low + 1) / 2;

        if (log_of(middle) - ((int64_t)16 << POINT) <= log)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* The logarithm of a weight but for what all have in common. */
static int64_t wanted(uint64_t total, uint64_t quota,
                      const struct weights_options *options)
{
    if (options->quotas)
        return log_of(quota) - log_of(total);
    return -(log_of(total) * (int64_t)(WEIGHTS_ONE - options->alpha) /
             (int64_t)WEIGHTS_ONE);
}

void weights_find(const uint64_t *totals, size_t count,
                  const struct weights_options *options, uint64_t *weights)
{
    int64_t most = options->cap > 0 ? log_of(options->cap) : LOG_MAX;
    int64_t *logs = xcalloc(count + 1, sizeof *logs), least = INT64_MAX;

    for (size_t i = 0; i < count; i++) {
        uint64_t quota = options->quotas ? options->quotas[i] : 1;

        weights[i] = totals[i] > 0 && quota > 0;
        if (!weights[i])
            continue;
        logs[i] = wanted(totals[i], quota, options);
        if (logs[i] < least)
            least = logs[i];
    }
    for (size_t i = 0; i < count; i++)
        if (weights[i]) {
            int64_t log = logs[i] - least;

            weights[i] = power_of(log < most ? log : most);
        }
    free(logs);
}

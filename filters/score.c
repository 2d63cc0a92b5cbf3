/* SPDX-License-Identifier: Apache-2.0 */
/*
 * score - read the table; add the terms up in its order.
 */
#include "filters/score.h"

#include <math.h>
#include <stdlib.h>

#include "filters/table.h"

/* Four numbers parted by tabs. */
static bool read_numbers(struct slice text, double *numbers)
{
    for (int i = 0; i < 4; i++) {
        struct slice field = table_cut(&text, '\t');
        char copy[32], *end;

        if (field.len == 0 || field.len >= sizeof copy)
            return false;
        memcpy(copy, field.ptr, field.len);
        copy[field.len] = '\0';
        numbers[i] = strtod(copy, &end);
        if (*end || !isfinite(numbers[i]))
            return false;
    }
    return text.len == 0;
}

static const char *take_row(struct score *score, struct slice line)
{
    struct slice name = table_cut(&line, '\t');
    enum signal signal = signals_find(name);
    double n[4];

    if (!read_numbers(line, n))
        return "a row is a signal and four numbers, parted by tabs";
    if (slice_is(name, "intercept")) {
        score->intercept = n[2];
        return NULL;
    }
    if (signal == SIGNAL_COUNT)
        return "unknown signal";
    if (signal == SIGNAL_SCORE || n[1] <= 0)
        return "the score cannot read itself, and a spread is above 0";
    for (size_t i = 0; i < score->count; i++)
        if (score->terms[i].signal == signal)
            return "the signal is given twice";
    score->terms[score->count++] =
        (struct score_term){ signal, n[0], n[1], n[2], n[3] };
    return NULL;
}

bool score_init(struct score *score, struct slice text, struct fault *fault)
{
    struct slice left = text;

    *score = (struct score){ 0 };
    while (left.len > 0) {
        struct slice line = table_cut(&left, '\n');

        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        *fault = (struct fault){ take_row(score, line),
                                 (size_t)(line.ptr - text.ptr) };
        if (fault->what)
            return false;
    }
    return true;
}

unsigned score_groups(const struct score *score)
{
    unsigned groups = 0;

    for (size_t i = 0; i < score->count; i++)
        groups |= signals_group(score->terms[i].signal);
    return groups;
}

double score_of(const struct score *score, const struct signals *signals)
{
    double sum = score->intercept;

    for (size_t i = 0; i < score->count; i++) {
        const struct score_term *t = &score->terms[i];
        double value = (double)signals->value[t->signal] / SIGNAL_ONE;
        double z = fmin(fmax((value - t->centre) / t->spread, -3), 3);

        sum += t->weight * z + t->bend * z * z;
    }
    return 1 / (1 + exp(-sum));
}

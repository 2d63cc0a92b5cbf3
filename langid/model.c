/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model - from rows to probabilities.  Costs, for each letter, one row of 32
 * bytes per kind of n-gram of each part that is asked; for each text, some
 * exponentials.
 */
#include "langid/model.h"

#include <math.h>

#include "langid/exact.h"

uint64_t model_sum(const struct model *model, size_t part,
                   const uint8_t *codes, size_t len, unsigned script,
                   int32_t *sums)
{
    const struct model_part *from = &model->parts[part];
    uint32_t rows[FEATURES_BLOCK];
    uint64_t total = 0;
    size_t at = 0, count;

    _Static_assert((int)FEATURES_BLOCK <= (int)KERNEL_CLOSE_COUNT,
                   "a block of rows must fit the halves of a pair");
    while ((count = features_rows(codes, len, script, from->kind, &at, rows))) {
        if (part == MODEL_CLOSE)
            kernel_close_sum(from->rows, model->close_pairs, rows, count, sums);
        else
            model->sum(from->rows, model->groups, from->codebook, rows, count,
                       sums);
        total += count;
    }
    return total;
}

int model_weight(const struct model *model, size_t part, uint32_t row,
                 unsigned lane)
{
    const struct model_part *from = &model->parts[part];
    size_t group = row * model->groups + lane / KERNEL_LANES;
    uint8_t byte;

    if (part == MODEL_CLOSE) {
        byte = from->rows[(size_t)row * KERNEL_CLOSE_ROW + lane / 2];
        return from->codebook[lane % 2 == 0 ? byte & 15 : byte >> 4];
    }
    byte = from->rows[group * KERNEL_ROW + lane % KERNEL_ROW];
    return from->codebook[lane % KERNEL_LANES < KERNEL_ROW ? byte & 15
                                                           : byte >> 4];
}

void model_logits(const struct model *model, size_t part, unsigned script,
                  const int32_t *sums, uint64_t rows, double signs, double *z)
{
    /* Nats, and how many of a text's partings make it all code (README). */
    static const double price_of_code = 4.0, all_code = 0.25;
    const struct model_rival *rivals = model->rivals + model->first[script];
    double code = signs < all_code ? price_of_code * signs / all_code
                                   : price_of_code;
    double root = sqrt((double)rows);
    double unit = rows > 0 ? model->parts[part].scale / root : 0.0;

    for (size_t i = 0; i < model->count[script]; i++) {
        z[i] = unit * sums[rivals[i].lane] + rivals[i].lean[part] * root +
               rivals[i].bias[part];
        if (model->classes[rivals[i].class].script == 0)
            z[i] += code;
    }
}

/* Four chains, as one would wait for itself; the order is always the same. */
static double greatest(const double *z, size_t count)
{
    double max[4] = { z[0], z[0], z[0], z[0] };

    for (size_t i = 0; i < count; i += 4)
        for (size_t k = 0; k < 4; k++)
            max[k] = z[i + k] > max[k] ? z[i + k] : max[k];
    max[0] = max[0] > max[1] ? max[0] : max[1];
    max[2] = max[2] > max[3] ? max[2] : max[3];
    return max[0] > max[2] ? max[0] : max[2];
}

static double sum_of(const double *z, size_t count)
{
    double sum[4] = { 0 };

    for (size_t i = 0; i < count; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += z[i + k];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

size_t model_softmax(const struct model *model, unsigned script,
                     double sharpness, double *z)
{
    static const double least = -600.0; /* far from what has few digits */
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t count = model->count[script], padded = (count + 3) & ~(size_t)3;
    size_t best = 0;
    double max, scale;

    for (size_t i = count; i < padded; i++)
        z[i] = z[0];
    max = greatest(z, padded);
    for (size_t i = 0; i < padded; i++) {
        z[i] = (z[i] - max) * sharpness;
        z[i] = z[i] > least ? z[i] : least;
    }
    exact_exp_all(z, padded);
    for (size_t i = count; i < padded; i++)
        z[i] = 0.0;
    scale = 1.0 / sum_of(z, padded);
    for (size_t i = model->shared[script][0]; i < model->shared[script][1]; i++)
        if (rivals[i].same != i) {
            z[rivals[i].same] += z[i];
            z[i] = 0.0;
        }
    for (size_t i = 0; i < padded; i++)
        z[i] *= scale;
    max = greatest(z, padded);
    while (z[best] != max)
        best++;
    return best;
}

size_t model_close_softmax(const struct model *model, unsigned script,
                           size_t best, const int32_t *sums, uint64_t rows,
                           double sharpness, double *p)
{
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t count = model->count[script], first = best;
    double unit = rows > 0 ? model->parts[MODEL_CLOSE].scale /
                                 sqrt((double)rows) : 0.0;
    double max = -INFINITY, sum = 0.0;

    for (size_t i = 0; i < count; i++) {
        p[i] = -INFINITY;
        if (rivals[i].relatives != rivals[best].relatives)
            continue;
        p[i] = (unit * sums[rivals[i].close_lane] +
                rivals[i].bias[MODEL_CLOSE]) * sharpness;
        if (p[i] > max)
            max = p[first = i];
    }
    for (size_t i = 0; i < count; i++)
        sum += p[i] = exact_exp(p[i] - max);
    for (size_t i = 0; i < count; i++)
        p[i] /= sum;
    return first;
}

size_t model_length(uint64_t rows)
{
    size_t length = 0;

    while (rows > 1 && length < MODEL_LENGTHS - 1) {
        rows >>= 1;
        length++;
    }
    return length;
}

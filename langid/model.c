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
    uint32_t rows[FEATURES_ROWS];
    uint64_t total = 0;
    size_t at = 0, count;

    while ((count = features_rows(codes, len, script, from->kind, &at, rows))) {
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
    uint8_t byte = from->rows[group * KERNEL_ROW + lane % KERNEL_ROW];

    return from->codebook[lane % KERNEL_LANES < KERNEL_ROW ? byte & 15
                                                           : byte >> 4];
}

void model_logits(const struct model *model, size_t part, unsigned script,
                  const int32_t *sums, uint64_t rows, double signs, float *z)
{
    /* Nats, and how many of a text's partings make it all code (README). */
    static const double price_of_code = 4.0, all_code = 0.25;
    const struct model_rival *rivals = model->rivals + model->first[script];
    const float *bias = model->bias[part] + model->first[script];
    const float *lean = model->lean[part] + model->first[script];
    double code = signs < all_code ? price_of_code * signs / all_code
                                   : price_of_code;
    float root = (float)sqrt((double)rows);
    float unit = rows > 0 ? (float)model->parts[part].scale / root : 0.0f;

    for (size_t i = 0; i < model->count[script]; i += 4) {
        exact_floats b = exact_load(bias + i), l = exact_load(lean + i);
        exact_ints sum = { sums[rivals[i].lane], sums[rivals[i + 1].lane],
                           sums[rivals[i + 2].lane], sums[rivals[i + 3].lane] };

        exact_store(z + i, __builtin_convertvector(sum, exact_floats) * unit +
                               l * root + b);
    }
    for (size_t i = model->junk[script].from; i < model->junk[script].to; i++)
        z[i] += (float)code;
}

/* Beside the best, those that are out of the race. */
static const float out_of_race = -80.0f;

size_t model_softmax(const struct model *model, unsigned script,
                     double sharpness, float *z)
{
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t count = model->count[script], padded = (count + 3) & ~(size_t)3;
    float max, sum;
    size_t best = 0;

    for (size_t i = count; i < padded; i++)
        z[i] = z[0];
    max = exact_max(z, padded);
    exact_exp_all(z, padded, max, (float)sharpness, out_of_race);
    for (size_t i = count; i < padded; i++)
        z[i] = 0.0f;
    sum = exact_sum(z, padded);
    for (size_t i = model->shared[script].from; i < model->shared[script].to;
         i++)
        if (rivals[i].same != i) {
            z[rivals[i].same] += z[i];
            z[i] = 0.0f;
        }
    for (size_t i = 0; i < padded; i += 4)
        exact_store(z + i, exact_load(z + i) / sum);
    max = exact_max(z, padded);
    while (z[best] != max)
        best++;
    z[best] = max < 1.0f ? max : 1.0f; /* sums of a label are rounded */
    return best;
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

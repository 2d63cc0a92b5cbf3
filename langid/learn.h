/* SPDX-License-Identifier: Apache-2.0 */
/*
 * learn.h - fit a model's weights to texts: softmax regression by stochastic
 * gradient descent with AdaGrad steps (Duchi, Hazan and Singer 2011), one sum
 * of squares per row.
 *
 * Samples are drawn and scored in batches by all threads, from the weights that
 * the last batch left; then each thread changes the rows of its shards, sample
 * by sample.  So the weights have the same bits whatever the number of threads.
 *
 * From half of the samples on, scores are those of the weights as the file will
 * round them, while steps are taken on the weights themselves (straight-through
 * estimator; Hubara and others 2016): what rounding spoils is learnt around.
 *
 * Memory: 4.5 bytes x lanes x rows, and some MB.
 */
#ifndef MLIN_LEARN_H
#define MLIN_LEARN_H

#include <stddef.h>
#include <stdint.h>

#include "langid/features.h"
#include "langid/quantize.h"
#include "langid/texts.h"

struct learn_plan {
    struct features_kind kind;
    uint64_t samples;
    double rate;                      /* of the first step; the last is small */
    uint64_t seed;
    size_t threads;
    /* May be NULL; called now and then with samples done and the mean loss. */
    void (*progress)(uint64_t done, uint64_t samples, double loss);
};

struct learned {
    size_t lanes;                     /* a multiple of KERNEL_LANES */
    uint8_t *packed;                  /* [features_row_count(), lanes / 2], as
                                         kernel.h draws it */
    struct quantizer quantizer;       /* what its half bytes mean */
    double bias[MODEL_CLASSES_MAX];   /* [class] */
};

/* Without classes nothing is learned: no lanes. */
void learn(struct learned *learned, const struct texts *texts,
           const struct learn_plan *plan);
void learned_free(struct learned *learned);

#endif

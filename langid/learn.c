/* SPDX-License-Identifier: Apache-2.0 */
/*
 * learn - batches of samples: draw and score (parallel over samples), then step
 * (parallel over shards of rows), then round what has changed.
 */
#include "langid/learn.h"

#include <math.h>
#include <stdlib.h>

#include "langid/exact.h"
#include "langid/kernel.h"
#include "src/fail.h"
#include "src/parallel.h"

enum {
    BATCH = 512,        /* samples between steps: larger learns less each */
    CHUNK = 32,         /* samples a thread takes at a time */
    SHARDS = 8,
    ROUND_BATCHES = 16, /* batches between roundings */
    ROWS_MAX = TEXTS_SAMPLE_MAX * 6
};

static const double rate_last = 0.005;
static const double rounded_from = 0.5; /* share of the samples */
static const double fitted_every = 0.1;
static const double sure = 0.998; /* what is known so well teaches nothing */

/* One sample of the batch, and what its label says about the weights. */
struct lesson {
    size_t class;
    unsigned script;
    size_t count;                     /* of rows; 0 = nothing to learn */
    double right;                     /* probability of its class */
    float gradient[MODEL_LANES_MAX];  /* by lane, over the root of `count` */
    float square;                     /* sum of squares of the gradient */
    double class_gradient[MODEL_CLASSES_MAX]; /* for the biases */
    size_t starts[SHARDS + 1];        /* of each shard's rows */
    uint32_t rows[ROWS_MAX];
};

struct learner {
    const struct texts *texts;
    const struct learn_plan *plan;
    struct parallel_crew *crew;
    size_t lanes, rows;
    float *weights;
    float *squares;                   /* [row] sum over all steps */
    struct quantizer *quantizer;
    uint8_t *packed;                  /* what scores are from; NULL: weights */
    uint8_t *changed;                 /* [row] since it was rounded */
    kernel_sum *sum;
    double *bias, bias_squares[MODEL_CLASSES_MAX];
    uint64_t done;                    /* samples before this batch */
    size_t batch;                     /* samples in this batch */
    float rate;
    struct lesson *lessons;           /* [BATCH] */
    struct features *rooms;           /* [threads] */
};

/* The rows of a sample, those of a shard behind one another. */
static void set_rows(struct lesson *lesson, const struct texts_sample *sample,
                     struct features_kind kind)
{
    uint32_t rows[ROWS_MAX + FEATURES_ROWS];
    size_t at = 0, count = 0, more, next[SHARDS] = { 0 };

    while ((more = features_rows(sample->codes, sample->len, sample->script,
                                 kind, &at, rows + count)))
        count += more;
    for (size_t i = 0; i < count; i++)
        next[rows[i] % SHARDS]++;
    lesson->starts[0] = 0;
    for (size_t shard = 0; shard < SHARDS; shard++) {
        lesson->starts[shard + 1] = lesson->starts[shard] + next[shard];
        next[shard] = lesson->starts[shard];
    }
    for (size_t i = 0; i < count; i++)
        lesson->rows[next[rows[i] % SHARDS]++] = rows[i];
    lesson->count = count;
}

/* The sums of the weights' rows; of half a row at a time, for registers. */
static void sum_weights(const struct learner *learner,
                        const struct lesson *lesson, float *sums)
{
    enum { HALF = 8 };

    for (size_t from = 0; from < learner->lanes; from += HALF * 4) {
        exact_floats sum[HALF] = { { 0 } };

        for (size_t i = 0; i < lesson->count; i++) {
            const float *row = learner->weights + from +
                               (size_t)lesson->rows[i] * learner->lanes;

#pragma GCC unroll 8
            for (size_t k = 0; k < HALF; k++)
                sum[k] += exact_load(row + 4 * k);
        }
        for (size_t k = 0; k < HALF; k++)
            exact_store(sums + from + 4 * k, sum[k]);
    }
}

/* The same as the file will have it. */
static void sum_packed(const struct learner *learner,
                       const struct lesson *lesson, float *sums)
{
    int32_t units[MODEL_LANES_MAX] = { 0 };

    learner->sum(learner->packed, learner->lanes / KERNEL_LANES,
                 learner->quantizer->codebook, lesson->rows, lesson->count,
                 units);
    for (size_t lane = 0; lane < learner->lanes; lane++)
        sums[lane] = (float)(units[lane] * learner->quantizer->scale);
}

/* z = sum of the rows / sqrt(count) + bias, for the classes of the script. */
static void lesson_score(const struct learner *learner, struct lesson *lesson,
                         double *z)
{
    float sums[MODEL_LANES_MAX];
    double unit = 1.0 / sqrt((double)lesson->count);

    if (learner->packed)
        sum_packed(learner, lesson, sums);
    else
        sum_weights(learner, lesson, sums);
    for (size_t i = 0; i < learner->texts->count; i++) {
        const struct texts_class *class = &learner->texts->classes[i];

        z[i] = class->script == lesson->script || class->script == 0
                   ? (double)sums[class->lane] * unit + learner->bias[i]
                   : -INFINITY;
    }
}

static void lesson_grade(const struct learner *learner, struct lesson *lesson,
                         double *z)
{
    double max = -INFINITY, sum = 0.0, right;
    double unit = 1.0 / sqrt((double)lesson->count);
    size_t count = learner->texts->count;

    for (size_t i = 0; i < count; i++)
        if (z[i] > max)
            max = z[i];
    for (size_t i = 0; i < count; i++)
        sum += z[i] = exact_exp(z[i] - max);
    right = z[lesson->class] / sum;
    lesson->right = right;
    if (right > sure) {
        lesson->count = 0;
        return;
    }
    memset(lesson->gradient, 0, sizeof lesson->gradient);
    lesson->square = 0.0f;
    for (size_t i = 0; i < count; i++) {
        double gradient = z[i] / sum - (i == lesson->class);
        float *lane = &lesson->gradient[learner->texts->classes[i].lane];

        lesson->class_gradient[i] = gradient;
        if (gradient != 0.0) {
            *lane = (float)(gradient * unit);
            lesson->square += *lane * *lane;
        }
    }
}

static void score_chunk(void *context, size_t chunk, size_t worker)
{
    struct learner *learner = context;
    size_t end = (chunk + 1) * CHUNK;
    double z[MODEL_CLASSES_MAX];

    for (size_t i = chunk * CHUNK; i < end && i < learner->batch; i++) {
        struct lesson *lesson = &learner->lessons[i];
        struct texts_sample sample;
        struct draw draw = { learner->plan->seed ^
                             (learner->done + i) * 0xd1342543de82ef95u };

        draw_next(&draw);
        texts_draw(learner->texts, &draw, &learner->rooms[worker], &sample);
        lesson->class = sample.class;
        lesson->script = sample.script;
        lesson->right = 1.0;
        set_rows(lesson, &sample, learner->plan->kind);
        if (lesson->count == 0)
            continue;
        lesson_score(learner, lesson, z);
        lesson_grade(learner, lesson, z);
    }
}

static void step_row(struct learner *learner, uint32_t row,
                     const struct lesson *lesson)
{
    float *weights = learner->weights + (size_t)row * learner->lanes;
    float step;

    learner->changed[row] = 1;
    learner->squares[row] += lesson->square;
    step = learner->rate / sqrtf(learner->squares[row]);
    for (size_t i = 0; i < learner->lanes; i += 4)
        exact_store(weights + i,
                    exact_load(weights + i) -
                        step * exact_load(lesson->gradient + i));
}

static void step_shard(struct learner *learner, size_t shard)
{
    for (size_t i = 0; i < learner->batch; i++) {
        const struct lesson *lesson = &learner->lessons[i];

        if (lesson->count == 0 || lesson->square == 0.0f)
            continue;
        for (size_t j = lesson->starts[shard]; j < lesson->starts[shard + 1];
             j++)
            step_row(learner, lesson->rows[j], lesson);
    }
}

static void step_biases(struct learner *learner)
{
    for (size_t i = 0; i < learner->batch; i++) {
        const struct lesson *lesson = &learner->lessons[i];

        if (lesson->count == 0)
            continue;
        for (size_t c = 0; c < learner->texts->count; c++) {
            double gradient = lesson->class_gradient[c];

            if (gradient == 0.0)
                continue;
            learner->bias_squares[c] += gradient * gradient;
            learner->bias[c] -= (double)learner->rate * gradient /
                                sqrt(learner->bias_squares[c]);
        }
    }
}

/* A shard, or after those the biases. */
static void step_part(void *context, size_t part, size_t worker)
{
    struct learner *learner = context;

    (void)worker;
    if (part < SHARDS)
        step_shard(learner, part);
    else
        step_biases(learner);
}

static void round_shard(void *context, size_t shard, size_t worker)
{
    struct learner *learner = context;

    (void)worker;
    for (size_t row = shard; row < learner->rows; row += SHARDS) {
        if (learner->changed[row] == 0)
            continue;
        quantize_row(learner->quantizer,
                     learner->weights + row * learner->lanes, learner->lanes,
                     learner->packed + row * learner->lanes / 2);
        learner->changed[row] = 0;
    }
}

static double learn_batch(struct learner *learner)
{
    const struct learn_plan *plan = learner->plan;
    size_t chunks = (learner->batch + CHUNK - 1) / CHUNK;
    double share = (double)learner->done / (double)plan->samples;
    double loss = 0.0;

    learner->rate = (float)(plan->rate + (rate_last - plan->rate) * share);
    parallel_crew_run(learner->crew, chunks, score_chunk, learner);
    parallel_crew_run(learner->crew, SHARDS + 1, step_part, learner);
    if (learner->packed && learner->done / BATCH % ROUND_BATCHES == 0)
        parallel_crew_run(learner->crew, SHARDS, round_shard, learner);
    for (size_t i = 0; i < learner->batch; i++)
        loss += 1.0 - learner->lessons[i].right;
    return loss;
}

/* Choose the levels by what the weights are now, and round them all. */
static void fit_levels(struct learner *learner)
{
    size_t weights = learner->rows * learner->lanes;

    quantize_fit(learner->quantizer, learner->weights, weights);
    if (!learner->packed)
        learner->packed = xmalloc(weights / 2);
    memset(learner->changed, 1, learner->rows);
    parallel_crew_run(learner->crew, SHARDS, round_shard, learner);
}

void learn(struct learned *learned, const struct texts *texts,
           const struct learn_plan *plan)
{
    struct learner learner = {
        .texts = texts, .plan = plan, .sum = kernel_best(),
        .rows = features_row_count(plan->kind),
        .quantizer = &learned->quantizer
    };
    double fit_at = rounded_from, loss = 0.0;
    uint64_t shown = 0;

    *learned = (struct learned){ 0 };
    if (texts->count == 0)
        return;
    learned->lanes = (texts->lanes + KERNEL_LANES - 1) / KERNEL_LANES *
                     KERNEL_LANES;
    learner.crew = parallel_crew_new(plan->threads);
    learner.lanes = learned->lanes;
    learner.weights = xcalloc(learner.rows * learner.lanes, sizeof(float));
    learner.bias = learned->bias;
    learner.squares = xcalloc(learner.rows, sizeof(float));
    learner.changed = xcalloc(learner.rows, 1);
    learner.lessons = xcalloc(BATCH, sizeof(struct lesson));
    learner.rooms = xcalloc(plan->threads, sizeof(struct features));
    while (learner.done < plan->samples) {
        uint64_t left = plan->samples - learner.done;

        if ((double)learner.done >= fit_at * (double)plan->samples) {
            fit_levels(&learner);
            fit_at += fitted_every;
        }
        learner.batch = left < BATCH ? (size_t)left : BATCH;
        loss += learn_batch(&learner);
        learner.done += learner.batch;
        if (plan->progress && learner.done - shown >= 100000) {
            plan->progress(learner.done, plan->samples,
                           loss / (double)(learner.done - shown));
            shown = learner.done;
            loss = 0.0;
        }
    }
    if (!learner.packed)
        fit_levels(&learner); /* so few samples */
    else
        parallel_crew_run(learner.crew, SHARDS, round_shard, &learner);
    learned->packed = learner.packed;
    free(learner.weights);
    free(learner.changed);
    free(learner.squares);
    free(learner.lessons);
    free(learner.rooms);
    parallel_crew_free(learner.crew);
}

void learned_free(struct learned *learned)
{
    free(learned->packed);
    *learned = (struct learned){ 0 };
}

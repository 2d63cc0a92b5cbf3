/* SPDX-License-Identifier: Apache-2.0 */
/*
 * learn - batches of samples: draw and score (parallel over samples), then step
 * (parallel over shards of rows).
 */
#include "langid/learn.h"

#include <math.h>
#include <stdlib.h>

#include "langid/exact.h"
#include "src/fail.h"
#include "src/parallel.h"

enum {
    BATCH = 512,        /* samples between steps: larger learns less each */
    CHUNK = 32,         /* samples a thread takes at a time */
    SHARDS = 8,
    ROWS_MAX = TEXTS_SAMPLE_MAX * 6
};

static const double rate_last = 0.005;
static const double sure = 0.998; /* what is known so well teaches nothing */

/* One sample of the batch, and what its label says about the weights. */
struct lesson {
    size_t class;
    unsigned set;                     /* that competes */
    size_t count;                     /* of rows; 0 = nothing to learn */
    double right;                     /* probability of its class */
    float gradient[MODEL_LANES_MAX];  /* by lane, over the root of `count` */
    float square;                     /* sum of squares of the gradient */
    double class_gradient[MODEL_CLASSES_MAX]; /* for the biases */
    uint32_t rows[ROWS_MAX];
};

struct learner {
    const struct texts *texts;
    const struct learn_plan *plan;
    size_t lanes;
    float *weights;
    float *squares;                   /* [row] sum over all steps */
    double *bias, bias_squares[MODEL_CLASSES_MAX];
    uint64_t done;                    /* samples before this batch */
    size_t batch;                     /* samples in this batch */
    float rate;
    struct lesson *lessons;           /* [BATCH] */
    struct features *rooms;           /* [threads] */
};

static size_t sample_rows(const struct texts_sample *sample,
                          struct features_kind kind, uint32_t *rows)
{
    uint32_t block[FEATURES_ROWS];
    size_t at = 0, count = 0, more;

    while ((more = features_rows(sample->codes, sample->len, sample->script,
                                 kind, &at, block))) {
        memcpy(rows + count, block, more * sizeof *rows);
        count += more;
    }
    return count;
}

/* z = sum of the rows / sqrt(count) + bias, for the classes of the set. */
static void lesson_score(const struct learner *learner, struct lesson *lesson,
                         double *z)
{
    float sums[MODEL_LANES_MAX] = { 0 };
    double unit = 1.0 / sqrt((double)lesson->count);

    for (size_t i = 0; i < lesson->count; i++) {
        const float *row =
            learner->weights + (size_t)lesson->rows[i] * learner->lanes;

        for (size_t from = 0; from < learner->lanes; from += KERNEL_LANES)
            for (size_t lane = 0; lane < KERNEL_LANES; lane++)
                sums[from + lane] += row[from + lane];
    }
    for (size_t i = 0; i < learner->texts->count; i++) {
        const struct texts_class *class = &learner->texts->classes[i];

        z[i] = class->set == lesson->set || class->set == 0
                   ? sums[class->lane] * unit + learner->bias[i] : -INFINITY;
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
        lesson->set = sample.set;
        lesson->right = 1.0;
        lesson->count = sample_rows(&sample, learner->plan->kind,
                                    lesson->rows);
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

    learner->squares[row] += lesson->square;
    step = learner->rate / sqrtf(learner->squares[row]);
    for (size_t from = 0; from < learner->lanes; from += KERNEL_LANES)
        for (size_t lane = 0; lane < KERNEL_LANES; lane++)
            weights[from + lane] -= step * lesson->gradient[from + lane];
}

static void step_shard(void *context, size_t shard, size_t worker)
{
    struct learner *learner = context;

    (void)worker;
    for (size_t i = 0; i < learner->batch; i++) {
        const struct lesson *lesson = &learner->lessons[i];

        if (lesson->count == 0 || lesson->square == 0.0f)
            continue;
        for (size_t j = 0; j < lesson->count; j++)
            if (lesson->rows[j] % SHARDS == shard)
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

static double learn_batch(struct learner *learner)
{
    const struct learn_plan *plan = learner->plan;
    size_t chunks = (learner->batch + CHUNK - 1) / CHUNK;
    double share = (double)learner->done / (double)plan->samples;
    double loss = 0.0;

    learner->rate = (float)(plan->rate + (rate_last - plan->rate) * share);
    parallel_for(plan->threads, chunks, score_chunk, learner);
    parallel_for(plan->threads, SHARDS, step_shard, learner);
    step_biases(learner);
    for (size_t i = 0; i < learner->batch; i++)
        loss += 1.0 - learner->lessons[i].right;
    return loss;
}

void learn(struct learned *learned, const struct texts *texts,
           const struct learn_plan *plan)
{
    struct learner learner = { .texts = texts, .plan = plan };
    size_t rows = features_row_count(plan->kind);
    uint64_t shown = 0;
    double loss = 0.0;

    *learned = (struct learned){ 0 };
    if (texts->count == 0)
        return;
    learned->lanes = (texts->lanes + KERNEL_LANES - 1) / KERNEL_LANES *
                     KERNEL_LANES;
    learned->weights = xcalloc(rows * learned->lanes, sizeof(float));
    learner.lanes = learned->lanes;
    learner.weights = learned->weights;
    learner.bias = learned->bias;
    learner.squares = xcalloc(rows, sizeof(float));
    learner.lessons = xcalloc(BATCH, sizeof(struct lesson));
    learner.rooms = xcalloc(plan->threads, sizeof(struct features));
    while (learner.done < plan->samples) {
        uint64_t left = plan->samples - learner.done;

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
    free(learner.squares);
    free(learner.lessons);
    free(learner.rooms);
}

void learned_free(struct learned *learned)
{
    free(learned->weights);
    *learned = (struct learned){ 0 };
}

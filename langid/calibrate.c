/* SPDX-License-Identifier: Apache-2.0 */
/*
 * calibrate - for each text and each candidate of sharpness, add the loss to
 * the sum of its length; then take the best candidate of each length.  Losses
 * are summed as whole numbers: the order of threads leaves no trace.
 */
#include "langid/calibrate.h"

#include <math.h>
#include <stdlib.h>

#include "langid/heldout.h"
#include "src/fail.h"
#include "src/labels.h"

enum { CANDIDATES = 41, ENOUGH = 200 };

/* 0.5 to 2, evenly by ratio: 2^((i - 20) / 20). */
static double candidate(size_t i)
{
    double step = 1.0352649238413776, value = 0.5;

    while (i-- > 0)
        value *= step;
    return value;
}

struct tally {
    uint64_t texts[MODEL_LENGTHS];
    uint64_t loss[MODEL_LENGTHS][CANDIDATES]; /* in millionths */
};

size_t calibrate_rival(const struct model *model, unsigned script,
                       const char *label)
{
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t i = 0;

    while (i < model->count[script] &&
           strcmp(model->classes[rivals[i].class].label, label) != 0)
        i++;
    return i;
}

bool calibrate_asks(const struct model *model, size_t part,
                    const struct features *features)
{
    const struct model_part *quick = &model->parts[MODEL_QUICK];
    float z[MODEL_SCORES];
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    uint64_t rows;
    size_t best;

    if (features->letters < MODEL_QUICK_LETTERS)
        return part == MODEL_FULL;
    if (part == MODEL_QUICK)
        return true;
    rows = model_sum(model, MODEL_QUICK, features->codes, features->len,
                     features->script, sums);
    model_logits(model, MODEL_QUICK, features->script, sums, rows,
                 features->signs, z);
    best = model_softmax(model, features->script,
                         quick->sharpness[model_length(rows)], z);
    return (double)z[best] < quick->accept;
}

/* What is read for one file, and what came of it. */
struct reading {
    const struct model *model;
    size_t part;
    const char *label;
    struct tally tally;
};

static void add_loss(struct tally *tally, size_t length, size_t i, double p)
{
    tally->loss[length][i] += (uint64_t)(-log(p + 1e-6) * 1e6 + 1.0);
}

static void add_text(void *context, struct features *features,
                     struct slice text)
{
    struct reading *reading = context;
    const struct model *model = reading->model;
    float z[MODEL_SCORES], p[MODEL_SCORES];
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    unsigned script;
    size_t rival, length;
    uint64_t rows;

    features_read(features, text);
    script = features->script;
    rival = calibrate_rival(model, script, reading->label);
    if (rival == model->count[script] ||
        !calibrate_asks(model, reading->part, features))
        return;
    rows = model_sum(model, reading->part, features->codes, features->len,
                     script, sums);
    model_logits(model, reading->part, script, sums, rows, features->signs, z);
    length = model_length(rows);
    reading->tally.texts[length]++;
    for (size_t i = 0; i < CANDIDATES; i++) {
        memcpy(p, z, sizeof z);
        model_softmax(model, script, candidate(i), p);
        add_loss(&reading->tally, length, i, (double)p[rival]);
    }
}

static void choose(const struct tally *sum, double sharpness[MODEL_LENGTHS])
{
    bool known[MODEL_LENGTHS] = { false };

    for (size_t i = 0; i < MODEL_LENGTHS; i++) {
        size_t best = 0;

        for (size_t k = 1; k < CANDIDATES; k++)
            if (sum->loss[i][k] < sum->loss[i][best])
                best = k;
        known[i] = sum->texts[i] >= ENOUGH;
        sharpness[i] = known[i] ? candidate(best) : 1.0;
    }
    for (size_t i = 1; i < MODEL_LENGTHS; i++)
        if (!known[i] && known[i - 1]) {
            sharpness[i] = sharpness[i - 1];
            known[i] = true;
        }
    for (size_t i = MODEL_LENGTHS - 1; i > 0; i--)
        if (!known[i - 1] && known[i]) {
            sharpness[i - 1] = sharpness[i];
            known[i - 1] = true;
        }
}

void calibrate(const struct model *model, size_t part, const char *dir,
               uint64_t seed, size_t threads, double sharpness[MODEL_LENGTHS])
{
    struct tally sum = { { 0 }, { { 0 } } };
    size_t count;
    struct labels_file *files = labels_list(dir, "txt", &count);
    struct reading *readings = xcalloc(count, sizeof *readings);

    for (size_t i = 0; i < count; i++)
        readings[i] = (struct reading){
            .model = model, .part = part, .label = files[i].label
        };
    heldout_read_all(files, count, seed, threads, add_text, readings,
                     sizeof *readings);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < MODEL_LENGTHS; k++) {
            sum.texts[k] += readings[i].tally.texts[k];
            for (size_t c = 0; c < CANDIDATES; c++)
                sum.loss[k][c] += readings[i].tally.loss[k][c];
        }
    choose(&sum, sharpness);
    free(readings);
    labels_free(files, count);
}

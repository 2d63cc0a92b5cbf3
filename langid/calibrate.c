/* SPDX-License-Identifier: Apache-2.0 */
/*
 * calibrate - for each text and each candidate of sharpness, add the loss to
 * the sum of its length; then take the best candidate of each length.  Losses
 * are summed as whole numbers: the order of threads leaves no trace.
 */
#include "langid/calibrate.h"

#include <math.h>
#include <stdlib.h>

#include "langid/draw.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/labels.h"
#include "src/parallel.h"

enum { CANDIDATES = 41, ENOUGH = 200 };

static const size_t file_max = (size_t)4 << 30;

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

struct calibration {
    const struct model *model;
    const struct labels_file *files;
    uint64_t seed;
    struct tally *tallies; /* [file] */
};

static void add_text(const struct model *model, struct features *features,
                     struct slice text, const char *label, struct tally *tally)
{
    double z[MODEL_CLASSES_MAX], p[MODEL_CLASSES_MAX];
    size_t class = 0, length;
    uint64_t rows;

    features_read(features, text);
    while (class < model->class_count &&
           strcmp(model->classes[class].label, label) != 0)
        class++;
    if (class == model->class_count ||
        model->classes[class].script != features->script)
        return;
    rows = model_logits(model, features, z);
    length = model_length(rows);
    tally->texts[length]++;
    for (size_t i = 0; i < CANDIDATES; i++) {
        memcpy(p, z, sizeof p);
        model_softmax(model, candidate(i), p);
        tally->loss[length][i] +=
            (uint64_t)(-log(p[class] + 1e-6) * 1e6 + 1.0);
    }
}

/* Up to `count` words in a row, from a place drawn by seed. */
static struct slice some_words(struct slice line, struct draw *draw,
                               size_t count)
{
    size_t from = draw_below(draw, line.len), to;

    while (from > 0 && line.ptr[from - 1] != ' ')
        from--;
    for (to = from; to < line.len && count > 0; to++)
        count -= line.ptr[to] == ' ';
    return slice_make(line.ptr + from, to - from);
}

static void calibrate_file(void *context, size_t i, size_t worker)
{
    struct calibration *calibration = context;
    const struct labels_file *file = &calibration->files[i];
    struct draw draw = { calibration->seed + i };
    struct features *features = xmalloc(sizeof *features);
    struct slice rest, line;
    struct fault fault;
    char *bytes;

    (void)worker;
    if (!file_read(file->path, file_max, &bytes, &rest.len, &fault))
        die("%s: %s (byte %zu)", file->path, fault.what, fault.at);
    rest.ptr = bytes;
    while (labels_line(&rest, &line)) {
        static const size_t counts[] = { 1, 1, 2, 3, 6, 10 };

        if (line.len == 0)
            continue;
        add_text(calibration->model, features, line, file->label,
                 &calibration->tallies[i]);
        for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++)
            add_text(calibration->model, features,
                     some_words(line, &draw, counts[k]), file->label,
                     &calibration->tallies[i]);
    }
    free(bytes);
    free(features);
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

void calibrate(const struct model *model, const char *dir, uint64_t seed,
               size_t threads, double sharpness[MODEL_LENGTHS])
{
    struct calibration calibration = { .model = model, .seed = seed };
    struct tally sum = { { 0 }, { { 0 } } };
    size_t count;
    struct labels_file *files = labels_list(dir, "txt", &count);

    calibration.files = files;
    calibration.tallies = xcalloc(count, sizeof *calibration.tallies);
    parallel_for(threads, count, calibrate_file, &calibration);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < MODEL_LENGTHS; k++) {
            sum.texts[k] += calibration.tallies[i].texts[k];
            for (size_t c = 0; c < CANDIDATES; c++)
                sum.loss[k][c] += calibration.tallies[i].loss[k][c];
        }
    choose(&sum, sharpness);
    free(calibration.tallies);
    labels_free(files, count);
}

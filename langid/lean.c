/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lean - Newton steps along each class by itself, half as long as they could
 * be, for classes do change one another.  Sums are made file by file and added
 * in the order of files: the number of threads leaves no trace.
 */
#include "langid/lean.h"

#include <math.h>
#include <stdlib.h>

#include "langid/calibrate.h"
#include "langid/exact.h"
#include "langid/heldout.h"
#include "src/fail.h"
#include "src/labels.h"

enum { ROUNDS = 8 };

static const double ridge = 0.5; /* what few texts say is not worth much */

struct fitting {
    const struct model *model;
    size_t part;
    bool known[MODEL_CLASSES_MAX]; /* classes that have a file */
    double *lean;                  /* [class] so far */
};

/* What the texts of one file say: derivatives of their loss. */
struct slopes {
    const struct fitting *fitting;
    const char *label;
    uint64_t texts;
    double first[MODEL_CLASSES_MAX], second[MODEL_CLASSES_MAX];
};

/* z[rival] less the greatest, -INFINITY for those without a file. */
static double fitting_logits(const struct fitting *fitting,
                             const struct features *features, double *z)
{
    const struct model *model = fitting->model;
    unsigned script = features->script;
    const struct model_rival *rivals = model->rivals + model->first[script];
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    float logits[MODEL_SCORES];
    uint64_t rows = model_sum(model, fitting->part, features->codes,
                              features->len, script, sums);
    double root = sqrt((double)rows), max = -INFINITY;

    model_logits(model, fitting->part, script, sums, rows, features->signs,
                 logits);
    for (size_t i = 0; i < model->count[script]; i++) {
        size_t class = rivals[i].class;

        z[i] = fitting->known[class]
                   ? (double)logits[i] + fitting->lean[class] * root
                   : -INFINITY;
        max = z[i] > max ? z[i] : max;
    }
    for (size_t i = 0; i < model->count[script]; i++)
        z[i] -= max;
    return root;
}

static void add_text(void *context, struct features *features,
                     struct slice text)
{
    struct slopes *slopes = context;
    const struct fitting *fitting = slopes->fitting;
    const struct model *model = fitting->model;
    const struct model_rival *rivals;
    double p[MODEL_SCORES], sum = 0.0, root;
    size_t right, count;

    features_read(features, text);
    count = model->count[features->script];
    right = calibrate_rival(model, features->script, slopes->label);
    if (right == count || !calibrate_asks(model, fitting->part, features))
        return;
    rivals = model->rivals + model->first[features->script];
    root = fitting_logits(fitting, features, p);
    for (size_t i = 0; i < count; i++)
        sum += p[i] = exact_exp(p[i]);
    for (size_t i = 0; i < count; i++) {
        size_t class = rivals[i].class;

        p[i] /= sum;
        slopes->first[class] += (p[i] - (i == right)) * root;
        slopes->second[class] += p[i] * (1.0 - p[i]) * root * root;
    }
    slopes->texts++;
}

static void step(struct fitting *fitting, const struct slopes *all,
                 size_t files)
{
    for (size_t class = 0; class < fitting->model->class_count; class++) {
        double first = ridge * fitting->lean[class], second = ridge;

        if (!fitting->known[class])
            continue;
        for (size_t i = 0; i < files; i++) {
            if (all[i].texts == 0)
                continue;
            first += all[i].first[class] / (double)all[i].texts;
            second += all[i].second[class] / (double)all[i].texts;
        }
        fitting->lean[class] -= 0.5 * first / second;
    }
}

/* Nothing but differences counts within a script. */
static void center(struct fitting *fitting, unsigned script)
{
    const struct model *model = fitting->model;
    double sum = 0.0;
    size_t count = 0;

    for (size_t i = 0; i < model->class_count; i++)
        if (fitting->known[i] && model->classes[i].script == script) {
            sum += fitting->lean[i];
            count++;
        }
    for (size_t i = 0; i < model->class_count; i++)
        if (fitting->known[i] && model->classes[i].script == script)
            fitting->lean[i] -= sum / (double)count;
}

static void find_known(struct fitting *fitting,
                       const struct labels_file *files, size_t count)
{
    const struct model *model = fitting->model;

    for (size_t i = 0; i < model->class_count; i++)
        fitting->known[i] = labels_has(files, count, model->classes[i].label);
}

void lean_fit(const struct model *model, size_t part, const char *dir,
              uint64_t seed, size_t threads, double lean[MODEL_CLASSES_MAX])
{
    struct fitting fitting = { .model = model, .part = part, .lean = lean };
    size_t count;
    struct labels_file *files = labels_list(dir, "txt", &count);
    struct slopes *slopes = xcalloc(count, sizeof *slopes);

    memset(lean, 0, MODEL_CLASSES_MAX * sizeof *lean);
    find_known(&fitting, files, count);
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++)
            slopes[i] = (struct slopes){ .fitting = &fitting,
                                         .label = files[i].label };
        heldout_read_all(files, count, seed, threads, add_text, slopes,
                         sizeof *slopes);
        step(&fitting, slopes, count);
        for (unsigned script = 1; script < letters_script_count; script++)
            center(&fitting, script);
    }
    free(slopes);
    labels_free(files, count);
}

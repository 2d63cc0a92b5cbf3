/* SPDX-License-Identifier: Apache-2.0 */
/*
 * precision - for each label that was guessed, how many texts at each score
 * were right; then from the highest score down.
 */
#include "langid/precision.h"

#include <stdlib.h>

#include "langid/heldout.h"
#include "src/fail.h"

enum { SCORES = 1001, ENOUGH = 100 };

const double precision_levels[MODEL_PRECISIONS] = { 0.9, 0.95, 0.99, 0.995 };

size_t precision_find(double level)
{
    size_t i = 0;

    while (i < MODEL_PRECISIONS && precision_levels[i] != level)
        i++;
    return i;
}

struct outcomes {
    uint32_t right[SCORES], wrong[SCORES]; /* by score in thousandths */
};

/* What is read for one file, and what came of it. */
struct reading {
    const struct model *model;
    const char *label;
    struct outcomes *outcomes; /* [class] */
};

static size_t find_class(const struct model *model, const char *label)
{
    size_t i = 0;

    while (i < model->class_count &&
           strcmp(model->classes[i].label, label) != 0)
        i++;
    return i;
}

static void add_text(void *context, struct features *room, struct slice text)
{
    struct reading *reading = context;
    const struct model *model = reading->model;
    struct model_guess guess;
    size_t class, score;

    model_guess(model, room, text, &guess);
    class = find_class(model, guess.label);
    if (guess.count == 0 || class == model->class_count)
        return;
    score = (size_t)(guess.score * 1000.0 + 0.5);
    if (strcmp(guess.label, reading->label) == 0)
        reading->outcomes[class].right[score]++;
    else
        reading->outcomes[class].wrong[score]++;
}

static void add_outcomes(struct outcomes *sum, const struct outcomes *more)
{
    for (size_t i = 0; i < SCORES; i++) {
        sum->right[i] += more->right[i];
        sum->wrong[i] += more->wrong[i];
    }
}

/* The lowest score from which on enough are right; false: too few texts. */
static bool fit_one(const struct outcomes *outcomes, double level,
                    uint16_t *threshold)
{
    uint64_t right = 0, all = 0;

    *threshold = SCORES;
    for (size_t i = SCORES; i-- > 0;) {
        right += outcomes->right[i];
        all += outcomes->right[i] + outcomes->wrong[i];
        if (all > 0 && (double)right >= level * (double)all)
            *threshold = (uint16_t)i;
    }
    return all >= ENOUGH;
}

void precision_fit(const struct model *model, const char *dir, uint64_t seed,
                   size_t threads,
                   uint16_t thresholds[MODEL_CLASSES_MAX][MODEL_PRECISIONS])
{
    struct outcomes *sums = xcalloc(model->class_count + 1, sizeof *sums);
    struct outcomes *all = &sums[model->class_count];
    size_t count;
    struct labels_file *files = labels_list(dir, "txt", &count);
    struct reading *readings = xcalloc(count, sizeof *readings);

    for (size_t i = 0; i < count; i++)
        readings[i] = (struct reading){
            model, files[i].label,
            xcalloc(model->class_count, sizeof(struct outcomes))
        };
    heldout_read_all(files, count, seed, threads, add_text, readings,
                     sizeof *readings);
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < model->class_count; c++) {
            add_outcomes(&sums[c], &readings[i].outcomes[c]);
            add_outcomes(all, &readings[i].outcomes[c]);
        }
        free(readings[i].outcomes);
    }
    for (size_t c = 0; c < model->class_count; c++) {
        const char *label = model->classes[c].label;
        const struct outcomes *own = &sums[find_class(model, label)];
        bool known = labels_has(files, count, label);

        for (size_t k = 0; k < MODEL_PRECISIONS; k++)
            if (!known || !fit_one(own, precision_levels[k], &thresholds[c][k]))
                fit_one(all, precision_levels[k], &thresholds[c][k]);
    }
    free(readings);
    free(sums);
    labels_free(files, count);
}

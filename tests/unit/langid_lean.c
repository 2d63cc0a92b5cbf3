/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid_lean - leans make what happened likelier, do not depend on threads,
 * and leave it as hard as before to be taken for a language.
 */
#include "langid/lean.h"

#include <math.h>

#include "langid/heldout.h"
#include "langid/learn.h"
#include "langid/pack.h"
#include "langid/texts.h"
#include "tests/check.h"

static const char dir[] = "corpora/tiny";
static struct model model;

/* Half of the classes see 30 times as little text as the others. */
static char *train(size_t *len)
{
    struct learn_plan plan = {
        .samples = 8000, .rate = 0.5, .seed = 1, .threads = 2
    };
    static const struct features_kind kinds[MODEL_PARTS] = {
        { 1 << 3, 9, 0 }, { 1 << 3, 9, 0 }
    };
    struct learned learned[MODEL_PARTS];
    struct texts all;
    char *bytes;

    texts_load(&all, dir, NULL, NULL, 2);
    for (size_t i = 0, sum = 0; i < all.count; i++)
        all.weights[i] = sum += i % 2 == 0 ? 30 : 1;
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        plan.kind = kinds[part];
        learn(&learned[part], &all, &plan);
    }
    bytes = pack_model(learned, kinds, &all, len);
    for (size_t part = 0; part < MODEL_PARTS; part++)
        learned_free(&learned[part]);
    texts_free(&all);
    return bytes;
}

struct loss {
    const char *label;
    uint64_t texts;
    double sum;
};

static void add_loss(void *context, struct features *features,
                     struct slice text)
{
    struct loss *loss = context;
    struct model_guess guess;

    model_guess_full(&model, features, text, &guess);
    for (size_t i = 0; i < guess.count; i++)
        if (strcmp(model.classes[guess.rivals[i].class].label, loss->label) ==
            0) {
            loss->sum -= log((double)guess.p[i] + 1e-9);
            loss->texts++;
        }
}

/* Mean over files of the mean loss of their texts. */
static double mean_loss(void)
{
    size_t count;
    struct labels_file *files = labels_list(dir, "txt", &count);
    double sum = 0.0;

    for (size_t i = 0; i < count; i++) {
        struct loss loss = { .label = files[i].label };

        heldout_read(&files[i], i, add_loss, &loss);
        sum += loss.texts > 0 ? loss.sum / (double)loss.texts : 0.0;
    }
    labels_free(files, count);
    return sum / (double)count;
}

static void nothing_but_differences(const double *lean)
{
    double sums[LETTERS_SCRIPTS_MAX] = { 0 };
    size_t moved = 0;

    for (size_t i = 0; i < model.class_count; i++) {
        sums[model.classes[i].script] += lean[i];
        moved += fabs(lean[i]) > 0.001;
        if (strcmp(model.classes[i].label, "zxx_Zxxx") == 0 ||
            strcmp(model.classes[i].label, "ell_Grek") == 0)
            check(fabs(lean[i]) < 1e-12);
    }
    for (size_t i = 0; i < LETTERS_SCRIPTS_MAX; i++)
        check(fabs(sums[i]) < 1e-9);
    check(moved > 20);
}

int main(void)
{
    double lean[MODEL_CLASSES_MAX], again[MODEL_CLASSES_MAX];
    double before, after;
    struct fault fault;
    size_t len;
    char *bytes = train(&len);

    check(model_read(&model, slice_make(bytes, len), &fault));
    before = mean_loss();
    lean_fit(&model, MODEL_FULL, dir, 1, 1, lean);
    lean_fit(&model, MODEL_FULL, dir, 1, 3, again);
    check(memcmp(lean, again, sizeof lean) == 0);
    nothing_but_differences(lean);
    pack_lean(bytes, len, MODEL_FULL, model.class_count, lean);
    check(model_read(&model, slice_make(bytes, len), &fault));
    after = mean_loss();
    printf("note: mean loss %.3f, with leans %.3f\n", before, after);
    check(after < before * 0.97);
    free(bytes);
    return check_done();
}

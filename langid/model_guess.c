/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_guess - which parts of a model are asked, and about how much of a text.
 */
#include "langid/model.h"

#include "langid/votes.h"

static void set_fact(struct model_guess *guess, unsigned script)
{
    memcpy(guess->label, "und_", 4);
    memcpy(guess->label + 4, letters_scripts[script], 5);
    guess->score = 1.0;
    guess->share = 1.0;
    guess->thresholds = NULL;
    guess->rivals = NULL;
    guess->count = 0;
    guess->best = 0;
}

static void set_label(const struct model *model, struct model_guess *guess)
{
    const struct model_class *class =
        &model->classes[guess->rivals[guess->best].class];

    memcpy(guess->label, class->label, sizeof guess->label);
    guess->thresholds = class->thresholds;
    guess->score = (double)guess->p[guess->best];
}

/* From sums to a guess; is it sure enough? */
static bool set_guess(const struct model *model, size_t part, unsigned script,
                      const int32_t *sums, uint64_t rows, double signs,
                      struct model_guess *guess)
{
    const struct model_part *from = &model->parts[part];

    guess->rivals = model->rivals + model->first[script];
    guess->count = model->count[script];
    model_logits(model, part, script, sums, rows, signs, guess->p);
    guess->best = model_softmax(model, script,
                                from->sharpness[model_length(rows)], guess->p);
    set_label(model, guess);
    return guess->score >= from->accept;
}

static struct slice sample_window(struct slice text, size_t i)
{
    size_t from = (text.len - MODEL_WINDOW) / (MODEL_WINDOWS - 1) * i;

    return slice_make(text.ptr + from, MODEL_WINDOW);
}

/* Some windows of a long text: do they agree, and is the quick part sure? */
static bool guess_sampled(const struct model *model, struct features *features,
                          struct slice text, struct model_guess *guess)
{
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    size_t lanes = model->groups * KERNEL_LANES, winner = 0;
    unsigned script = 0;
    uint64_t rows = 0;
    double signs = 0.0, share = 0.0;

    for (size_t i = 0; i < MODEL_WINDOWS; i++) {
        int32_t own[MODEL_LANES_MAX] = { 0 };
        size_t first;

        features_read(features, sample_window(text, i));
        if (i == 0)
            script = features->script;
        if (features->script != script || model->count[script] == 0)
            return false;
        rows += model_sum(model, MODEL_QUICK, features->codes, features->len,
                          script, own);
        signs += features->signs;
        share += features->share;
        first = votes_leader(model, script, own);
        if (i == 0)
            winner = first;
        if (first != winner)
            return false;
        for (size_t k = 0; k < lanes; k++)
            sums[k] += own[k];
    }
    if (!set_guess(model, MODEL_QUICK, script, sums, rows,
                   signs / MODEL_WINDOWS, guess))
        return false;
    guess->share = share / MODEL_WINDOWS;
    return true;
}

static void guess_read(const struct model *model,
                       const struct features *features, size_t part,
                       struct model_guess *guess)
{
    unsigned script = features->script;
    struct votes votes;

    votes.all = 0;
    if (model->count[script] == 0) {
        set_fact(guess, script);
        return;
    }
    for (; part <= MODEL_FULL; part++) {
        int32_t sums[MODEL_LANES_MAX];
        uint64_t rows;

        memset(sums, 0, model->groups * KERNEL_LANES * sizeof *sums);
        if (part == MODEL_QUICK && features->len >= 2 * FEATURES_STRETCH)
            rows = votes_sum(model, features, sums, &votes);
        else
            rows = model_sum(model, part, features->codes, features->len,
                             script, sums);
        if (set_guess(model, part, script, sums, rows, features->signs, guess))
            break;
    }
    if (votes.all > 0 && votes_overrule(model, &votes, guess))
        set_label(model, guess);
    guess->share =
        votes.all > 0 ? features->share * votes_share(model, &votes, guess)
                      : 1.0;
}

void model_guess_full(const struct model *model, struct features *features,
                      struct slice text, struct model_guess *guess)
{
    features_read(features, text);
    guess_read(model, features, MODEL_FULL, guess);
}

void model_guess(const struct model *model, struct features *features,
                 struct slice text, struct model_guess *guess)
{
    if (text.len > MODEL_SAMPLED && guess_sampled(model, features, text, guess))
        return;
    features_read(features, text);
    guess_read(model, features,
               features->letters >= MODEL_QUICK_LETTERS ? MODEL_QUICK
                                                        : MODEL_FULL,
               guess);
}

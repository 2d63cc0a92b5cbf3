/* SPDX-License-Identifier: Apache-2.0 */
/*
 * votes - the greatest of the sums of each stretch.  Costs, beside the sums
 * themselves, some 200 instructions for each 128 letters.
 */
#include "langid/votes.h"

#include <math.h>

#include "langid/groups.h"

size_t votes_leader(const struct model *model, unsigned script,
                    const int32_t *sums)
{
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t best = 0;

    for (size_t i = 1; i < model->count[script]; i++)
        if (sums[rivals[i].lane] > sums[rivals[best].lane])
            best = i;
    return rivals[best].same;
}

static const int32_t out_of_reach = INT32_MIN / 2;

/* Without the lanes of a label; SIZE_MAX: without none. */
static void set_handicaps(const struct model *model, unsigned script,
                          size_t label, int32_t *handicap)
{
    const struct model_rival *rivals = model->rivals + model->first[script];

    for (size_t k = 0; k < model->groups * KERNEL_LANES; k++)
        handicap[k] = out_of_reach;
    for (size_t i = 0; i < model->count[script]; i++)
        if (rivals[i].same != label)
            handicap[rivals[i].lane] = 0;
}

static int32_t greatest(const int32_t *sums, const int32_t *handicap,
                        size_t lanes)
{
    int32_t max[8];

    for (size_t k = 0; k < 8; k++)
        max[k] = sums[k] + handicap[k];
    for (size_t i = 8; i < lanes; i += 8)
        for (size_t k = 0; k < 8; k++) {
            int32_t sum = sums[i + k] + handicap[i + k];

            max[k] = sum > max[k] ? sum : max[k];
        }
    for (size_t k = 1; k < 8; k++)
        max[0] = max[k] > max[0] ? max[k] : max[0];
    return max[0];
}

static void vote(const struct model *model, unsigned script,
                 const int32_t *sums, size_t codes, struct votes *votes)
{
    static const double sure = 2.0; /* nats before the next label */
    const struct model_part *part = &model->parts[MODEL_QUICK];
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t lanes = model->groups * KERNEL_LANES;
    int32_t most = greatest(sums, votes->handicap, lanes), next;

    if (votes->all == 0 || sums[rivals[votes->last].lane] != most) {
        votes->last = votes_leader(model, script, sums);
        set_handicaps(model, script, votes->last, votes->rest);
    }
    next = greatest(sums, votes->rest, lanes);
    votes->all++;
    if (((double)most - next) * part->scale / sqrt((double)codes) *
            part->sharpness[model_length(codes)] < sure)
        votes->unsure++;
    else
        votes->of[votes->last]++;
}

uint64_t votes_sum(const struct model *model, const struct features *features,
                   int32_t *sums, struct votes *votes)
{
    const struct model_part *part = &model->parts[MODEL_QUICK];
    size_t lanes = model->groups * KERNEL_LANES, at = 0, from = 0, count;
    unsigned script = features->script;
    uint32_t rows[FEATURES_ROWS];
    int32_t own[MODEL_LANES_MAX] = { 0 };
    uint64_t total = 0;

    votes->all = votes->unsure = 0;
    memset(votes->of, 0, sizeof votes->of);
    set_handicaps(model, script, SIZE_MAX, votes->handicap);
    while ((count = features_rows(features->codes, features->len, script,
                                  part->kind, &at, rows))) {
        model->sum(part->rows, model->groups, part->codebook, rows, count, own);
        total += count;
        if (at - from < FEATURES_STRETCH && at < features->len)
            continue;
        if (at - from >= FEATURES_STRETCH / 2) /* not what little is left */
            vote(model, script, own, at - from, votes);
        for (size_t k = 0; k < lanes; k++)
            sums[k] += own[k];
        memset(own, 0, lanes * sizeof *own);
        from = at;
    }
    return total;
}

/* Are two rivals so close that a stretch may well be taken for the other? */
static bool are_close(const struct model *model, const struct model_rival *a,
                      const struct model_rival *b)
{
    const struct model_class *x = &model->classes[a->class];
    const struct model_class *y = &model->classes[b->class];
    const char *group = groups_find(x->label), *other = groups_find(y->label);

    return a == b || (x->relatives != 0 && x->relatives == y->relatives) ||
           (group && other && strcmp(group, other) == 0);
}

/* Stretches that are for the label of a guess, or not against it. */
static uint64_t votes_for(const struct model *model, const struct votes *votes,
                          const struct model_guess *guess)
{
    uint64_t own = votes->unsure;

    for (size_t i = 0; i < guess->count; i++)
        if (votes->of[i] > 0 &&
            are_close(model, &guess->rivals[guess->best], &guess->rivals[i]))
            own += votes->of[i];
    return own;
}

double votes_share(const struct model *model, const struct votes *votes,
                   const struct model_guess *guess)
{
    return (double)votes_for(model, votes, guess) / (double)votes->all;
}

bool votes_overrule(const struct model *model, const struct votes *votes,
                    struct model_guess *guess)
{
    float sure = (float)(votes->all - votes->unsure);
    size_t winner = 0;

    for (size_t i = 1; i < guess->count; i++)
        if (votes->of[i] > votes->of[winner])
            winner = i;
    if (votes->of[winner] <= votes_for(model, votes, guess))
        return false;
    guess->best = winner;
    for (size_t i = 0; i < guess->count; i++)
        guess->p[i] = (float)votes->of[i] / sure;
    return true;
}

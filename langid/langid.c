/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid - add the language of each document, and how sure that is.
 *
 * `lang` is an ISO 639-3 code and a script ("ces_Latn"), und_<script> for a
 * language or script outside the model, und_Zyyy for text without letters,
 * zxx_Zxxx for what is no language.  `lang_score` is the probability that the
 * label is right.
 *
 * Memory: the model (7 MB, shared by all threads) and 60 kB per worker; 250 kB
 * more with --spans.  Time is linear up to 2 kB of text, and constant beyond,
 * but for mixed texts (up to 16 kB) and --spans (linear).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "langid/explain.h"
#include "langid/groups.h"
#include "langid/model.h"
#include "langid/model_path.h"
#include "langid/precision.h"
#include "langid/spans.h"
#include "src/fail.h"
#include "src/stage.h"

struct langid {
    const char *path;
    double min_score, precision, alt;
    bool groups, spans, explain;
    struct model *model;
    size_t level;             /* of precision; MODEL_PRECISIONS: none */
};

static const struct option langid_options[] = {
    { "model", OPTION_TEXT, offsetof(struct langid, path), NULL, "FILE",
      "language model; default: the shipped one" },
    { "min-score", OPTION_NUMBER, offsetof(struct langid, min_score), "0", "X",
      "drop documents whose score is below X, as it is printed" },
    { "precision", OPTION_NUMBER, offsetof(struct langid, precision), "0", "P",
      "drop documents below the score at which the label is right P of the "
      "time: 0.9, 0.95, 0.99 or 0.995" },
    { "groups", OPTION_FLAG, offsetof(struct langid, groups), NULL, NULL,
      "add lang_group, lang_group_score for close relatives" },
    { "alt", OPTION_NUMBER, offsetof(struct langid, alt), "0", "X",
      "add lang_alt: the other labels with a probability of at least X" },
    { "spans", OPTION_FLAG, offsetof(struct langid, spans), NULL, NULL,
      "add lang_spans: which bytes of the text are in which language" },
    { "explain", OPTION_FLAG, offsetof(struct langid, explain), NULL, NULL,
      "add lang_why: the letters that decided, against the next best label" },
    { 0 }
};

static bool has_thresholds(const struct model *model, size_t level)
{
    for (size_t i = 0; i < model->class_count; i++)
        if (model->classes[i].thresholds[level] > 0)
            return true;
    return false;
}

static void langid_open(void *self, const struct setup *setup)
{
    struct langid *langid = self;

    (void)setup;
    if (!(langid->min_score >= 0.0 && langid->min_score <= 1.0))
        usage_error("--min-score must be from 0 to 1");
    if (!(langid->alt >= 0.0 && langid->alt <= 1.0))
        usage_error("--alt must be from 0 to 1");
    langid->level = precision_find(langid->precision);
    if (langid->precision != 0.0 && langid->level == MODEL_PRECISIONS)
        usage_error("--precision must be 0.9, 0.95, 0.99 or 0.995");
    langid->model = xmalloc(sizeof *langid->model);
    model_open_or_die(langid->model, langid->path);
    if (langid->level < MODEL_PRECISIONS &&
        !has_thresholds(langid->model, langid->level))
        die("the model has no thresholds for --precision: train it with "
            "--calibrate");
}

/* Room that one worker needs for a batch. */
struct room {
    struct features features;
    struct model_guess guess;
    struct spans_room *spans; /* NULL unless asked for */
};

static void add_group(struct batch *b, struct record *record,
                      const struct model *model,
                      const struct model_guess *guess)
{
    const char *group = groups_find(guess->label);
    double sum = 0.0;

    if (!group || guess->count == 0)
        return;
    for (size_t i = 0; i < guess->count; i++) {
        const char *of =
            groups_find(model->classes[guess->rivals[i].class].label);

        if (of && strcmp(of, group) == 0)
            sum += (double)guess->p[i];
    }
    record_add_text(b, record, slice_from("lang_group"), slice_from(group));
    record_add_number(b, record, slice_from("lang_group_score"),
                      (sum > 1.0 ? 1.0 : sum) * guess->share, 3);
}

/* {"hrv_Latn":0.310,"srp_Latn":0.120}, the most probable first. */
static void add_alt(struct batch *b, struct record *record,
                    const struct model *model, double floor,
                    struct model_guess *guess)
{
    enum { ITEM = MODEL_LABEL_MAX + 12 };
    char *json = arena_alloc(&b->arena, guess->count * ITEM + 3);
    size_t len = 0;

    json[len++] = '{';
    for (;;) {
        const char *label;
        size_t best = guess->count;

        for (size_t i = 0; i < guess->count; i++)
            if ((double)guess->p[i] >= floor && (double)guess->p[i] > 0.0005 &&
                (best == guess->count || guess->p[i] > guess->p[best]))
                best = i;
        if (best == guess->count)
            break;
        label = model->classes[guess->rivals[best].class].label;
        if (strcmp(label, guess->label) != 0)
            len += (size_t)snprintf(json + len, ITEM, "%s\"%s\":%.3f",
                                    len > 1 ? "," : "", label,
                                    (double)guess->p[best]);
        guess->p[best] = 0.0f;
    }
    json[len++] = '}';
    record_add_json(b, record, b->schema.names[KEY_LANG_ALT],
                    slice_make(json, len));
}

/* [[0,120,"deu_Latn"],[120,180,"fra_Latn"]] */
static void add_spans(struct batch *b, struct record *record,
                      const struct model *model, struct spans_room *room)
{
    enum { ITEM = 2 * 20 + MODEL_LABEL_MAX + 8 };
    struct span *spans;
    size_t count = spans_find(model, room, record->text, &b->arena, &spans);
    char *json = arena_alloc(&b->arena, count * ITEM + 3);
    size_t len = 0;

    json[len++] = '[';
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(json + len, ITEM, "%s[%zu,%zu,\"%s\"]",
                                i > 0 ? "," : "", spans[i].from, spans[i].to,
                                spans[i].label);
    json[len++] = ']';
    record_add_json(b, record, b->schema.names[KEY_LANG_SPANS],
                    slice_make(json, len));
}

static void label_record(const struct langid *langid, struct batch *b,
                         struct record *record, struct room *room)
{
    struct model_guess *guess = &room->guess;
    double score;

    model_guess(langid->model, &room->features, record->text, guess);
    score = round(guess->score * guess->share * 1000.0) / 1000.0;
    record_add_text(b, record, b->schema.names[KEY_LANG],
                    slice_from(guess->label));
    record_add_number(b, record, b->schema.names[KEY_LANG_SCORE], score, 3);
    if (langid->groups)
        add_group(b, record, langid->model, guess);
    if (langid->explain)
        record_add_json(b, record, slice_from("lang_why"),
                        explain_json(langid->model, &room->features,
                                     record->text, guess, &b->arena));
    if (langid->spans)
        add_spans(b, record, langid->model, room->spans);
    if (score < langid->min_score)
        record_drop(record, "low score");
    else if (langid->level < MODEL_PRECISIONS && guess->thresholds &&
             floor(guess->score * 1000.0 + 0.5) <
                 guess->thresholds[langid->level])
        record_drop(record, "unsure label");
    if (langid->alt > 0.0)
        add_alt(b, record, langid->model, langid->alt, guess);
}

static void langid_map(const void *self, struct batch *b)
{
    const struct langid *langid = self;
    struct room *room = arena_alloc(&b->arena, sizeof *room);

    if (langid->spans)
        room->spans = arena_alloc(&b->arena, sizeof *room->spans);
    for (size_t i = 0; i < b->count; i++)
        label_record(langid, b, &b->records[i], room);
}

static void langid_close(void *self, const struct setup *setup)
{
    struct langid *langid = self;

    (void)setup;
    model_close(langid->model);
    free(langid->model);
}

extern const struct stage langid_stage;
const struct stage langid_stage = {
    .name = "langid",
    .summary = "add the language of each document: lang, lang_score",
    .options = langid_options,
    .size = sizeof(struct langid),
    .open = langid_open,
    .map = langid_map,
    .close = langid_close,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid - add the language of each document, and how sure that is.
 *
 * `lang` is an ISO 639-3 code and a script ("ces_Latn"), und_<script> for a
 * language or script outside the model, und_Zyyy for text without letters,
 * zxx_Zxxx for what is no language.  `lang_score` is the probability that the
 * label is right.
 *
 * Memory: the model (4 MB, shared by all threads) and 50 kB per worker.  Time
 * is linear up to 16 kB of text, and constant beyond (features.h).
 */
#include <math.h>
#include <stdlib.h>

#include "langid/model.h"
#include "langid/model_path.h"
#include "src/fail.h"
#include "src/stage.h"

struct langid {
    const char *path;
    double min_score;
    struct model *model;
};

static const struct option langid_options[] = {
    { "model", OPTION_TEXT, offsetof(struct langid, path), NULL, "FILE",
      "language model; default: the shipped one" },
    { "min-score", OPTION_NUMBER, offsetof(struct langid, min_score), "0", "X",
      "drop documents whose score is below X, as it is printed" },
    { 0 }
};

static void langid_open(void *self, const struct setup *setup)
{
    struct langid *langid = self;

    (void)setup;
    if (!(langid->min_score >= 0.0 && langid->min_score <= 1.0))
        usage_error("--min-score must be from 0 to 1");
    langid->model = xmalloc(sizeof *langid->model);
    model_open_or_die(langid->model, langid->path);
}

static void langid_map(const void *self, struct batch *b)
{
    const struct langid *langid = self;
    struct features *features = arena_alloc(&b->arena, sizeof *features);

    for (size_t i = 0; i < b->count; i++) {
        struct record *record = &b->records[i];
        struct model_guess guess;
        double score;

        model_guess(langid->model, features, record->text, &guess);
        score = round(guess.score * 1000.0) / 1000.0;
        record_add_text(b, record, b->schema.names[KEY_LANG],
                        slice_from(guess.label));
        record_add_number(b, record, b->schema.names[KEY_LANG_SCORE], score, 3);
        if (score < langid->min_score)
            record_drop(record, "low score");
    }
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

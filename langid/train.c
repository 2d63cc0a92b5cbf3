/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid-train - make a language model from directories of text.
 *
 * The same texts and options give the same bytes, whatever the number of
 * threads.  The shipped model costs 17 minutes of processor time and 380 MB;
 * its recipe stands in langid/README.md.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "langid/calibrate.h"
#include "langid/lean.h"
#include "langid/learn.h"
#include "langid/pack.h"
#include "langid/precision.h"
#include "langid/texts.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/output.h"
#include "src/parallel.h"
#include "src/stage.h"

struct train {
    const char *out, *other, *words, *calibrate, *grams, *quick_grams;
    const char *weights;
    uint64_t row_bits, word_bits, quick_bits, samples, seed, threads;
};

static const struct option train_options[] = {
    { "out", OPTION_TEXT, offsetof(struct train, out), NULL, "MODEL",
      "the model file to write" },
    { "other", OPTION_TEXT, offsetof(struct train, other), NULL, "DIR",
      "texts of languages outside the set, to be called und_<Scrp>" },
    { "words", OPTION_TEXT, offsetof(struct train, words), NULL, "DIR",
      "<label>.tsv: words and how often they occur, for short texts" },
    { "calibrate", OPTION_TEXT, offsetof(struct train, calibrate), NULL, "DIR",
      "held-out texts to make scores probabilities with" },
    { "weights", OPTION_TEXT, offsetof(struct train, weights), NULL, "MODEL",
      "learn nothing: take what MODEL has learnt, and calibrate it anew" },
    { "grams", OPTION_TEXT, offsetof(struct train, grams), "3,4,5", "N,N",
      "lengths of n-grams, 2 to 6" },
    { "row-bits", OPTION_COUNT, offsetof(struct train, row_bits), "17", NULL,
      "n-grams are hashed to 2^N rows" },
    { "word-bits", OPTION_COUNT, offsetof(struct train, word_bits), "16", NULL,
      "words are hashed to 2^N more rows; 0: words do not count" },
    { "quick-grams", OPTION_TEXT, offsetof(struct train, quick_grams), "4",
      "N,N", "lengths of n-grams in the quick part, which is asked first" },
    { "quick-bits", OPTION_COUNT, offsetof(struct train, quick_bits), "15",
      NULL, "n-grams of the quick part are hashed to 2^N rows" },
    { "samples", OPTION_COUNT, offsetof(struct train, samples), "150000000",
      NULL, "how many texts to draw and learn from" },
    { "seed", OPTION_COUNT, offsetof(struct train, seed), "1", NULL,
      "start of the random numbers" },
    { "threads", OPTION_COUNT, offsetof(struct train, threads), NULL, NULL,
      "threads to work with; the model does not depend on it" },
    { 0 }
};

static uint32_t parse_grams(const char *text)
{
    uint32_t grams = 0;
    const char *at = text;

    for (;;) {
        if (at[0] < '2' || at[0] > '6' || (at[1] != ',' && at[1] != 0))
            usage_error("--grams %s: give numbers from 2 to 6, as in 3,4,5",
                        text);
        grams |= (uint32_t)1 << (at[0] - '0');
        if (at[1] == 0)
            return grams;
        at += 2;
    }
}

static void show_progress(uint64_t done, uint64_t samples, double loss)
{
    fprintf(stderr, "\r%3" PRIu64 " %%  of %" PRIu64 " samples, %.1f %% not "
            "yet learned ", done * 100 / samples, samples, loss * 100.0);
    if (done == samples)
        fputc('\n', stderr);
}

static void check_bits(const char *option, uint64_t bits, uint64_t max)
{
    if (bits < MODEL_ROW_BITS_MIN || bits > max)
        usage_error("--%s must be %d to %" PRIu64, option, MODEL_ROW_BITS_MIN,
                    max);
}

static void check_options(const struct train *train, size_t operands)
{
    if (train->weights && (operands != 0 || !train->calibrate))
        usage_error("--weights goes with --calibrate and without a directory");
    if (!train->weights && operands != 1)
        usage_error("give one directory of <label>.txt[.gz|.zst]");
    if (!train->out)
        usage_error("say where the model shall go: -o MODEL");
    check_bits("row-bits", train->row_bits, MODEL_ROW_BITS_MAX);
    check_bits("quick-bits", train->quick_bits, MODEL_ROW_BITS_MAX);
    if (train->word_bits > 0)
        check_bits("word-bits", train->word_bits, MODEL_ROW_BITS_MAX);
    if (train->samples == 0)
        usage_error("--samples must be at least 1");
}

static void reread(struct model *model, const char *bytes, size_t len)
{
    struct fault fault;

    if (!model_read(model, slice_make(bytes, len), &fault))
        bug("a model just made is refused: %s", fault.what);
}

static void calibrate_part(const struct train *train, size_t threads,
                           size_t part, struct model *model, char *bytes,
                           size_t len)
{
    /* A score of the quick part above which the full one hardly ever differs;
       chosen on dev (README). */
    static const double accept[MODEL_PARTS] = { 0.9, 0.0 };
    double lean[MODEL_CLASSES_MAX], sharpness[MODEL_LENGTHS];

    reread(model, bytes, len);
    lean_fit(model, part, train->calibrate, train->seed, threads, lean);
    pack_lean(bytes, len, part, model->class_count, lean);
    reread(model, bytes, len);
    calibrate(model, part, train->calibrate, train->seed, threads, sharpness);
    pack_calibration(bytes, len, part, accept[part], sharpness);
}

static void calibrate_model(const struct train *train, size_t threads,
                            char *bytes, size_t len)
{
    uint16_t (*thresholds)[MODEL_PRECISIONS] =
        xcalloc(MODEL_CLASSES_MAX, sizeof *thresholds);
    struct model *model = xmalloc(sizeof *model);

    for (size_t part = 0; part < MODEL_PARTS; part++)
        calibrate_part(train, threads, part, model, bytes, len);
    reread(model, bytes, len);
    precision_fit(model, train->calibrate, train->seed, threads, thresholds);
    pack_thresholds(bytes, len, model->class_count, thresholds);
    free(thresholds);
    free(model);
}

static char *train_model(const struct train *train, size_t threads,
                         const char *dir, size_t *len)
{
    struct learn_plan plan = {
        .samples = train->samples, .rate = 2.0, .seed = train->seed,
        .threads = threads
    };
    struct features_kind kinds[MODEL_PARTS] = {
        { parse_grams(train->quick_grams), (unsigned)train->quick_bits, 0 },
        { parse_grams(train->grams), (unsigned)train->row_bits,
          (unsigned)train->word_bits }
    };
    struct learned learned[MODEL_PARTS];
    struct texts texts;
    char *bytes;

    if (isatty(STDERR_FILENO))
        plan.progress = show_progress;
    texts_load(&texts, dir, train->other, train->words, threads);
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        plan.kind = kinds[part];
        learn(&learned[part], &texts, &plan);
    }
    bytes = pack_model(learned, kinds, &texts, len);
    for (size_t part = 0; part < MODEL_PARTS; part++)
        learned_free(&learned[part]);
    texts_free(&texts);
    return bytes;
}

/* A model as pack_model() made it, before anything was fitted to it. */
static char *read_weights(const char *path, size_t *len)
{
    const double none[MODEL_CLASSES_MAX] = { 0 };
    double one[MODEL_LENGTHS];
    struct model *model = xmalloc(sizeof *model);
    struct fault fault;
    char *bytes;

    if (!file_read(path, (size_t)1 << 30, &bytes, len, &fault) ||
        !model_read(model, slice_make(bytes, *len), &fault))
        die("%s: %s (byte %zu)", path, fault.what, fault.at);
    for (size_t i = 0; i < MODEL_LENGTHS; i++)
        one[i] = 1.0;
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        pack_lean(bytes, *len, part, model->class_count, none);
        pack_calibration(bytes, *len, part, part == MODEL_FULL ? 0.0 : 2.0,
                         one);
    }
    free(model);
    return bytes;
}

static int train_run(void *self, const char *const *operands, size_t count)
{
    const struct train *train = self;
    size_t threads = train->threads > 0 ? (size_t)train->threads
                                        : parallel_cores();
    struct output *output;
    char *bytes;
    size_t len;

    check_options(train, count);
    bytes = train->weights ? read_weights(train->weights, &len) : NULL;
    output = output_open(train->out);
    if (!bytes)
        bytes = train_model(train, threads, operands[0], &len);
    if (train->calibrate)
        calibrate_model(train, threads, bytes, len);
    output_write(output, slice_make(bytes, len));
    output_close(output);
    free(bytes);
    return 0;
}

extern const struct command langid_train_command;
const struct command langid_train_command = {
    .name = "langid-train",
    .summary = "make a language model from texts of known language",
    .operands = "DIR",
    .options = train_options,
    .size = sizeof(struct train),
    .run = train_run,
};

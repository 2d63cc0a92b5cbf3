/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid-eval - how often a model is right, label by label.
 *
 * Each line of DIR/<label>.txt that is not empty is a text in that language.
 * Labels are scored as they stand; a guess outside the labels of DIR is a miss
 * of its true label and nobody's false alarm.  Files are spread over threads;
 * output does not depend on their number.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "langid/model.h"
#include "langid/model_path.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/labels.h"
#include "src/output.h"
#include "src/parallel.h"
#include "src/stage.h"

enum { CONFUSIONS_SHOWN = 20 };

struct eval {
    const char *model, *out;
    bool tsv;
};

static const struct option eval_options[] = {
    { "model", OPTION_TEXT, offsetof(struct eval, model), NULL, "FILE",
      "language model; default: the shipped one" },
    { "out", OPTION_TEXT, offsetof(struct eval, out), "-", "FILE",
      "where to write" },
    { "tsv", OPTION_FLAG, offsetof(struct eval, tsv), NULL, NULL,
      "tab-separated lines: true label, guess, texts; then the scores" },
    { 0 }
};

/* How often the texts of one file were taken for one label. */
struct guessed {
    char label[MODEL_LABEL_MAX + 1];
    uint64_t texts;
};

struct truth {
    struct guessed *guesses;
    size_t count, cap;
    uint64_t texts, right, wrong; /* wrong: other files' texts taken for it */
};

struct evaluation {
    const struct model *model;
    const struct labels_file *files;
    struct truth *truths; /* [file] */
    size_t count;
};

static void count_guess(struct truth *truth, const char *label)
{
    size_t i = 0;

    while (i < truth->count && strcmp(truth->guesses[i].label, label) != 0)
        i++;
    if (i == truth->count) {
        truth->guesses = grow(truth->guesses, &truth->cap, ++truth->count,
                              sizeof *truth->guesses);
        truth->guesses[i] = (struct guessed){ .texts = 0 };
        memcpy(truth->guesses[i].label, label, strlen(label));
    }
    truth->guesses[i].texts++;
}

static int guessed_compare(const void *a, const void *b)
{
    const struct guessed *x = a, *y = b;

    return strcmp(x->label, y->label);
}

static void evaluate_file(void *context, size_t i, size_t worker)
{
    struct evaluation *evaluation = context;
    const char *path = evaluation->files[i].path;
    struct truth *truth = &evaluation->truths[i];
    struct features *features = xmalloc(sizeof *features);
    struct slice rest, line;
    struct fault fault;
    char *bytes;

    (void)worker;
    if (!file_read(path, (size_t)4 << 30, &bytes, &rest.len, &fault))
        die("%s: %s (byte %zu)", path, fault.what, fault.at);
    rest.ptr = bytes;
    while (labels_line(&rest, &line)) {
        struct model_guess guess;

        if (line.len == 0)
            continue;
        model_guess(evaluation->model, features, line, &guess);
        count_guess(truth, guess.label);
        truth->texts++;
    }
    qsort(truth->guesses, truth->count, sizeof *truth->guesses,
          guessed_compare);
    free(bytes);
    free(features);
}

static void count_errors(struct evaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->count; i++) {
        struct truth *truth = &evaluation->truths[i];

        for (size_t g = 0; g < truth->count; g++)
            for (size_t k = 0; k < evaluation->count; k++) {
                if (strcmp(truth->guesses[g].label,
                           evaluation->files[k].label) != 0)
                    continue;
                if (k == i)
                    truth->right += truth->guesses[g].texts;
                else
                    evaluation->truths[k].wrong += truth->guesses[g].texts;
            }
    }
}

static double ratio(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0.0;
}

static double truth_f1(const struct truth *truth)
{
    return ratio(2 * truth->right, truth->texts + truth->right + truth->wrong);
}

struct summary {
    uint64_t texts, right;
    double macro_f1;
};

static struct summary summarize(const struct evaluation *evaluation)
{
    struct summary summary = { 0 };

    for (size_t i = 0; i < evaluation->count; i++) {
        summary.texts += evaluation->truths[i].texts;
        summary.right += evaluation->truths[i].right;
        summary.macro_f1 += truth_f1(&evaluation->truths[i]) /
                            (double)evaluation->count;
    }
    return summary;
}

static void print_tsv(const struct evaluation *evaluation,
                      struct output *output)
{
    struct summary summary = summarize(evaluation);

    for (size_t i = 0; i < evaluation->count; i++) {
        const struct truth *truth = &evaluation->truths[i];

        for (size_t g = 0; g < truth->count; g++)
            output_print(output, "guess\t%s\t%s\t%" PRIu64 "\n",
                         evaluation->files[i].label, truth->guesses[g].label,
                         truth->guesses[g].texts);
    }
    for (size_t i = 0; i < evaluation->count; i++) {
        const struct truth *truth = &evaluation->truths[i];

        output_print(output, "label\t%s\t%" PRIu64 "\t%.6f\t%.6f\t%.6f\n",
                     evaluation->files[i].label, truth->texts,
                     ratio(truth->right, truth->right + truth->wrong),
                     ratio(truth->right, truth->texts), truth_f1(truth));
    }
    output_print(output, "texts\t%" PRIu64 "\naccuracy\t%.6f\n"
                 "macro_f1\t%.6f\n", summary.texts,
                 ratio(summary.right, summary.texts), summary.macro_f1);
}

struct confusion {
    const char *truth, *guess;
    uint64_t texts;
};

/* The most texts first; of as many, by label. */
static int confusion_compare(const void *a, const void *b)
{
    const struct confusion *x = a, *y = b;
    int order = strcmp(x->truth, y->truth);

    if (x->texts != y->texts)
        return x->texts < y->texts ? 1 : -1;
    return order != 0 ? order : strcmp(x->guess, y->guess);
}

static void print_confusions(const struct evaluation *evaluation,
                             struct output *output)
{
    struct confusion *all = NULL;
    size_t count = 0, cap = 0;

    for (size_t i = 0; i < evaluation->count; i++)
        for (size_t g = 0; g < evaluation->truths[i].count; g++) {
            const struct guessed *guess = &evaluation->truths[i].guesses[g];
            const char *label = evaluation->files[i].label;

            if (strcmp(guess->label, label) == 0)
                continue;
            all = grow(all, &cap, count + 1, sizeof *all);
            all[count++] = (struct confusion){ label, guess->label,
                                               guess->texts };
        }
    if (count > 0)
        qsort(all, count, sizeof *all, confusion_compare);
    output_print(output, "\nMost frequent confusions\n%-10s %-10s %8s\n",
                 "true", "guess", "texts");
    for (size_t i = 0; i < count && i < CONFUSIONS_SHOWN; i++)
        output_print(output, "%-10s %-10s %8" PRIu64 "\n", all[i].truth,
                     all[i].guess, all[i].texts);
    free(all);
}

static void print_table(const struct evaluation *evaluation,
                        struct output *output)
{
    struct summary summary = summarize(evaluation);

    output_print(output, "%-10s %8s %10s %8s %8s\n", "label", "texts",
                 "precision", "recall", "F1");
    for (size_t i = 0; i < evaluation->count; i++) {
        const struct truth *truth = &evaluation->truths[i];

        output_print(output, "%-10s %8" PRIu64 " %10.4f %8.4f %8.4f\n",
                     evaluation->files[i].label, truth->texts,
                     ratio(truth->right, truth->right + truth->wrong),
                     ratio(truth->right, truth->texts), truth_f1(truth));
    }
    print_confusions(evaluation, output);
    output_print(output, "\ntexts %" PRIu64 ", accuracy %.4f, macro-F1 %.4f "
                 "over %zu labels\n", summary.texts,
                 ratio(summary.right, summary.texts), summary.macro_f1,
                 evaluation->count);
}

static int eval_run(void *self, const char *const *operands, size_t count)
{
    const struct eval *eval = self;
    struct evaluation evaluation = { 0 };
    struct model *model = xmalloc(sizeof *model);
    struct labels_file *files;
    struct output *output;

    if (count != 1)
        usage_error("give one directory of <label>.txt[.gz|.zst]");
    model_open_or_die(model, eval->model);
    files = labels_list(operands[0], "txt", &evaluation.count);
    evaluation.model = model;
    evaluation.files = files;
    evaluation.truths = xcalloc(evaluation.count, sizeof *evaluation.truths);
    output = output_open(eval->out);
    parallel_for(parallel_cores(), evaluation.count, evaluate_file,
                 &evaluation);
    count_errors(&evaluation);
    if (eval->tsv)
        print_tsv(&evaluation, output);
    else
        print_table(&evaluation, output);
    output_close(output);
    for (size_t i = 0; i < evaluation.count; i++)
        free(evaluation.truths[i].guesses);
    free(evaluation.truths);
    labels_free(files, evaluation.count);
    model_close(model);
    free(model);
    return 0;
}

extern const struct command langid_eval_command;
const struct command langid_eval_command = {
    .name = "langid-eval",
    .summary = "measure a language model on texts of known language",
    .operands = "DIR",
    .options = eval_options,
    .size = sizeof(struct eval),
    .run = eval_run,
};

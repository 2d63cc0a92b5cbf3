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
#include <math.h>
#include <stdlib.h>

#include "langid/groups.h"
#include "langid/model.h"
#include "langid/model_path.h"
#include "langid/picture.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/labels.h"
#include "src/output.h"
#include "src/parallel.h"
#include "src/stage.h"
#include "src/utf8.h"

enum { CONFUSIONS_SHOWN = 20, BINS = 20, LENGTHS = 6 };

/* Upper ends of the lengths that are told apart, in characters. */
static const size_t length_ends[LENGTHS] = {
    20, 40, 80, 160, 1500, SIZE_MAX
};
static const char *const length_names[LENGTHS] = {
    "1-20", "21-40", "41-80", "81-160", "161-1500", "1501-"
};

struct eval {
    const char *model, *out, *picture;
    uint64_t characters;
    bool tsv, full;
};

static const struct option eval_options[] = {
    { "model", OPTION_TEXT, offsetof(struct eval, model), NULL, "FILE",
      "language model; default: the shipped one" },
    { "out", OPTION_TEXT, offsetof(struct eval, out), "-", "FILE",
      "where to write" },
    { "tsv", OPTION_FLAG, offsetof(struct eval, tsv), NULL, NULL,
      "tab-separated lines: true label, guess, texts; then the scores" },
    { "characters", OPTION_COUNT, offsetof(struct eval, characters), "0", NULL,
      "of each text only the first N characters; 0: all" },
    { "picture", OPTION_TEXT, offsetof(struct eval, picture), NULL, "FILE",
      "draw the confusions (SVG)" },
    { "full", OPTION_FLAG, offsetof(struct eval, full), NULL, NULL,
      "ask the full part of the model only" },
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
    uint64_t merged_right, merged_wrong, merged_texts; /* of its group */
    uint64_t bin_texts[BINS], bin_right[BINS]; /* by score */
    double bin_score[BINS];                    /* sums */
    uint64_t length_texts[LENGTHS], length_right[LENGTHS];
};

struct evaluation {
    const struct eval *eval;
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

/* Cut a text to its first `limit` characters, 0: none; returns their number. */
static size_t cut(struct slice *text, uint64_t limit)
{
    size_t at = 0, count = 0;

    for (; at < text->len && (limit == 0 || count < limit); count++)
        utf8_next_lax(*text, &at);
    text->len = at;
    return count;
}

static void evaluate_text(const struct evaluation *evaluation,
                          const char *label, struct features *features,
                          struct slice text, struct truth *truth)
{
    struct model_guess guess;
    size_t length = 0, characters, bin;
    bool right;

    characters = cut(&text, evaluation->eval->characters);
    if (evaluation->eval->full)
        model_guess_full(evaluation->model, features, text, &guess);
    else
        model_guess(evaluation->model, features, text, &guess);
    right = strcmp(guess.label, label) == 0;
    count_guess(truth, guess.label);
    truth->texts++;
    while (characters > length_ends[length])
        length++;
    truth->length_texts[length]++;
    truth->length_right[length] += right;
    bin = (size_t)(guess.score * BINS);
    bin = bin < BINS ? bin : BINS - 1;
    truth->bin_texts[bin]++;
    truth->bin_right[bin] += right;
    truth->bin_score[bin] += guess.score;
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
        if (line.len > 0)
            evaluate_text(evaluation, evaluation->files[i].label, features,
                          line, truth);
    }
    qsort(truth->guesses, truth->count, sizeof *truth->guesses,
          guessed_compare);
    free(bytes);
    free(features);
}

/* Bosnian, Croatian and Serbian in Latin letters count as one. */
static const char *merged(const char *label)
{
    const char *group = groups_find(label);

    return group && strcmp(group, "hbs_Latn") == 0 ? group : label;
}

/* The same counts for labels of which some are one. */
static void count_merged(struct evaluation *evaluation)
{
    for (size_t i = 0; i < evaluation->count; i++) {
        struct truth *truth = &evaluation->truths[i];
        const char *label = merged(evaluation->files[i].label);

        for (size_t k = 0; k < evaluation->count; k++) {
            const struct truth *other = &evaluation->truths[k];
            bool same = strcmp(merged(evaluation->files[k].label), label) == 0;

            truth->merged_texts += same ? other->texts : 0;
            for (size_t g = 0; g < other->count; g++)
                if (strcmp(merged(other->guesses[g].label), label) == 0) {
                    if (same)
                        truth->merged_right += other->guesses[g].texts;
                    else
                        truth->merged_wrong += other->guesses[g].texts;
                }
        }
    }
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
    double macro_f1, merged_f1, calibration;
    size_t merged_labels;
    uint64_t length_texts[LENGTHS], length_right[LENGTHS];
};

/* Is it the first of the labels that it is merged with? */
static bool leads(const struct evaluation *evaluation, size_t i)
{
    const char *label = merged(evaluation->files[i].label);

    for (size_t k = 0; k < i; k++)
        if (strcmp(merged(evaluation->files[k].label), label) == 0)
            return false;
    return true;
}

/* Expected calibration error: how far scores are from what comes true. */
static double calibration_error(const struct evaluation *evaluation,
                                uint64_t texts)
{
    double error = 0.0;

    for (size_t bin = 0; bin < BINS; bin++) {
        double score = 0.0, right = 0.0;

        for (size_t i = 0; i < evaluation->count; i++) {
            score += evaluation->truths[i].bin_score[bin];
            right += (double)evaluation->truths[i].bin_right[bin];
        }
        error += fabs(score - right);
    }
    return texts > 0 ? error / (double)texts : 0.0;
}

static struct summary summarize(const struct evaluation *evaluation)
{
    struct summary summary = { 0 };

    for (size_t i = 0; i < evaluation->count; i++) {
        summary.texts += evaluation->truths[i].texts;
        summary.right += evaluation->truths[i].right;
        summary.macro_f1 += truth_f1(&evaluation->truths[i]) /
                            (double)evaluation->count;
        for (size_t k = 0; k < LENGTHS; k++) {
            summary.length_texts[k] += evaluation->truths[i].length_texts[k];
            summary.length_right[k] += evaluation->truths[i].length_right[k];
        }
        if (leads(evaluation, i)) {
            const struct truth *truth = &evaluation->truths[i];

            summary.merged_labels++;
            summary.merged_f1 += ratio(2 * truth->merged_right,
                                       truth->merged_texts +
                                           truth->merged_right +
                                           truth->merged_wrong);
        }
    }
    summary.merged_f1 /= (double)summary.merged_labels;
    summary.calibration = calibration_error(evaluation, summary.texts);
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
    for (size_t i = 0; i < LENGTHS; i++)
        output_print(output, "length\t%s\t%" PRIu64 "\t%.6f\n",
                     length_names[i], summary.length_texts[i],
                     ratio(summary.length_right[i], summary.length_texts[i]));
    output_print(output, "texts\t%" PRIu64 "\naccuracy\t%.6f\n"
                 "macro_f1\t%.6f\nmerged_f1\t%.6f\n"
                 "calibration_error\t%.6f\n", summary.texts,
                 ratio(summary.right, summary.texts), summary.macro_f1,
                 summary.merged_f1, summary.calibration);
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
    output_print(output, "\n%-10s %8s %10s\n", "characters", "texts",
                 "accuracy");
    for (size_t i = 0; i < LENGTHS; i++)
        if (summary.length_texts[i] > 0)
            output_print(output, "%-10s %8" PRIu64 " %10.4f\n",
                         length_names[i], summary.length_texts[i],
                         ratio(summary.length_right[i],
                               summary.length_texts[i]));
    output_print(output, "\ntexts %" PRIu64 ", accuracy %.4f, macro-F1 %.4f "
                 "over %zu labels\n", summary.texts,
                 ratio(summary.right, summary.texts), summary.macro_f1,
                 evaluation->count);
    if (summary.merged_labels < evaluation->count)
        output_print(output, "macro-F1 %.4f over %zu labels with bos_Latn, "
                     "hrv_Latn and srp_Latn as one\n", summary.merged_f1,
                     summary.merged_labels);
    output_print(output, "calibration error of the scores %.4f\n",
                 summary.calibration);
}

static void draw_picture(const struct evaluation *evaluation, const char *path)
{
    size_t rows = evaluation->count;
    uint64_t *counts = xcalloc(rows * (rows + 1), sizeof *counts);
    const char **labels = xcalloc(rows, sizeof *labels);
    struct output *output = output_open(path);

    for (size_t i = 0; i < rows; i++) {
        const struct truth *truth = &evaluation->truths[i];

        labels[i] = evaluation->files[i].label;
        for (size_t g = 0; g < truth->count; g++) {
            size_t column = 0;

            while (column < rows && strcmp(evaluation->files[column].label,
                                           truth->guesses[g].label) != 0)
                column++;
            counts[i * (rows + 1) + column] += truth->guesses[g].texts;
        }
    }
    picture_write(output, labels, rows, counts);
    output_close(output);
    free(labels);
    free(counts);
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
    evaluation.eval = eval;
    evaluation.model = model;
    evaluation.files = files;
    evaluation.truths = xcalloc(evaluation.count, sizeof *evaluation.truths);
    output = output_open(eval->out);
    parallel_for(parallel_cores(), evaluation.count, evaluate_file,
                 &evaluation);
    count_errors(&evaluation);
    count_merged(&evaluation);
    if (eval->picture)
        draw_picture(&evaluation, eval->picture);
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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.h - which language a text is in: linear classifiers over hashed
 * n-grams, softmax(sum of rows / sqrt(rows) + bias), in 4-bit weights.  (And a
 * lean for each class and row, without which small classes fare ill.)
 *
 * A model has two parts.  The quick one fits a processor's cache; where it is
 * sure enough (`accept`), its answer stands.  The full one is asked otherwise.
 *
 * Only classes of the text's main script compete, and in Latin and Cyrillic
 * script the class for what is no language (zxx_Zxxx).  So a lane of the table
 * serves one class of every script.
 *
 * The file, all numbers little-endian; it is mapped, not read:
 *
 *     0   8  "mlinlid\n"          64 192  the quick part
 *     8   4  version             256 192  the full part
 *    12   4  classes             448      classes, 64 bytes each:
 *    16   8  size of the file            0  16  label, zeros after it
 *    24   8  XXH3 of all from 32        16   4  script, ISO 15924
 *    32   4  groups of 64 lanes         20   4  lane
 *    36  28  zero                       24  16  bias in each part, doubles
 *                                       40  16  lean in each part, doubles
 *    a part:                            56   8  thresholds, [4] 16 bits
 *     0   4  row bits             16  16  codebook, signed bytes
 *     4   4  grams, bit n:        32   8  scale of the codebook, double
 *            n-grams              40   8  accept, double
 *     8   4  word bits, or 0      48 128  sharpness by length, [16] double
 *    12   4  zero                176  16  zero
 *    then zeros up to a multiple of 64, and the rows of the quick part and of
 *    the full one, [rows, groups, 32] bytes as kernel.h draws them
 *
 * A model is constant after model_open(): any number of threads may use it.
 */
#ifndef MLIN_MODEL_H
#define MLIN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "langid/features.h"
#include "langid/kernel.h"
#include "langid/letters.h"
#include "src/fail.h"
#include "src/slice.h"

enum {
    MODEL_VERSION = 4,
    MODEL_CLASSES_MAX = 512,
    MODEL_GROUPS_MAX = 4,
    MODEL_LANES_MAX = MODEL_GROUPS_MAX * KERNEL_LANES,
    MODEL_LABEL_MAX = 15,
    MODEL_LENGTHS = 16,
    MODEL_HEAD = 448, MODEL_PART = 192, MODEL_CLASS = 64, MODEL_ALIGN = 64,
    MODEL_ROW_BITS_MIN = 8, MODEL_ROW_BITS_MAX = 20,
    MODEL_QUICK = 0, MODEL_FULL = 1, MODEL_PARTS = 2,
    MODEL_SCORES = MODEL_LANES_MAX + 4, /* rivals, rounded up by fours */
    MODEL_RIVALS_MAX = 1024, MODEL_PRECISIONS = 4
};

struct model_class {
    char label[MODEL_LABEL_MAX + 1]; /* several classes may share one */
    unsigned script;                 /* letters.h; 0 = Latn and Cyrl */
    unsigned lane;
    unsigned relatives;              /* groups_relatives() of its label */
    double bias[MODEL_PARTS];
    double lean[MODEL_PARTS];        /* for the root of the rows; lean.h */
    /* Scores in thousandths; precision.h.  0: not fitted */
    uint16_t thresholds[MODEL_PRECISIONS];
};

/* A class, as it competes in one script. */
struct model_rival {
    uint16_t class, lane;
    uint16_t same;                   /* first rival with the same label */
};

/* Rivals of a script that have something in common: from, to; empty: 0, 0. */
struct model_range {
    uint16_t from, to;
};

struct model_part {
    struct features_kind kind;
    int8_t codebook[16];
    double scale;                    /* of the codebook's values */
    double accept;                   /* a score that needs no second opinion */
    double sharpness[MODEL_LENGTHS]; /* of the softmax: model_length() */
    const uint8_t *rows;
};

struct model {
    size_t groups;
    struct model_part parts[MODEL_PARTS];
    size_t class_count;
    struct model_class classes[MODEL_CLASSES_MAX]; /* sorted by label */
    struct model_rival rivals[MODEL_RIVALS_MAX + 4]; /* by script, class */
    float bias[MODEL_PARTS][MODEL_RIVALS_MAX + 4]; /* of rivals */
    float lean[MODEL_PARTS][MODEL_RIVALS_MAX + 4];
    uint16_t first[LETTERS_SCRIPTS_MAX], count[LETTERS_SCRIPTS_MAX];
    struct model_range shared[LETTERS_SCRIPTS_MAX]; /* their label */
    struct model_range junk[LETTERS_SCRIPTS_MAX];   /* of no language */
    kernel_sum *sum;
    void *map;                       /* the whole file; NULL: not ours */
    size_t map_len;
};

/* What a text is taken for. */
struct model_guess {
    char label[MODEL_LABEL_MAX + 1]; /* "ces_Latn", "und_Thai", "und_Zyyy" */
    double score;                    /* probability that the label is right */
    double share;                    /* of the text that seems to be in it */
    const uint16_t *thresholds;      /* [MODEL_PRECISIONS]; NULL for a fact */
    const struct model_rival *rivals; /* of the text's script */
    size_t count;                    /* of rivals; 0: score is a fact */
    size_t best;                     /* the rival whose label it is */
    float p[MODEL_SCORES];           /* [count] probability of each; those that
                                        share a label: under the first */
};

/*
 * Map a model file.  False with a fault when it cannot be read, is not a model,
 * is of another version, or is damaged.
 */
bool model_open(struct model *model, const char *path, struct fault *fault);

/* The same for bytes in memory, which must outlive the model. */
bool model_read(struct model *model, struct slice bytes, struct fault *fault);

void model_close(struct model *model);

/*
 * Identify a text.  `features` is room to work in, its contents are replaced.
 * Text without letters is "und_Zyyy" and text in a script without classes
 * "und_" and the script's code, both with score 1: they are facts.
 *
 * Of a text over MODEL_SAMPLED bytes, MODEL_WINDOWS small windows are looked at
 * first; when they agree and the quick part is sure, that is all that is read.
 *
 * Of two stretches of FEATURES_STRETCH letters and more, each says by itself
 * which language it is in, if it is sure; `share` is how many do not speak for
 * another label, but for a relative (groups.h), times the share of letters in
 * the main script.  Of shorter text it is 1: what a few words say by themselves
 * is worth little.
 */
void model_guess(const struct model *model, struct features *features,
                 struct slice text, struct model_guess *guess);

enum {
    MODEL_WINDOWS = 4, MODEL_WINDOW = 256,
    MODEL_SAMPLED = 2 * MODEL_WINDOWS * MODEL_WINDOW,
    MODEL_QUICK_LETTERS = 24 /* shorter texts need the full part */
};

/* The same, by the full part only, of the text as features_read() reads it. */
void model_guess_full(const struct model *model, struct features *features,
                      struct slice text, struct model_guess *guess);

/*
 * The parts of model_guess(), for calibration and for spans.  Add up the rows
 * of some codes; returns how many.  sums is [groups * KERNEL_LANES].
 */
uint64_t model_sum(const struct model *model, size_t part,
                   const uint8_t *codes, size_t len, unsigned script,
                   int32_t *sums);

/* The weight of a lane in a row. */
int model_weight(const struct model *model, size_t part, uint32_t row,
                 unsigned lane);

/*
 * z[rival] for the rivals of a script; room for MODEL_SCORES.  `signs` is the
 * text's (features.h): the more of them, the more is needed to be taken for a
 * language.
 */
void model_logits(const struct model *model, size_t part, unsigned script,
                  const int32_t *sums, uint64_t rows, double signs, float *z);

/*
 * Softmax of z * sharpness, in place; z has room for MODEL_SCORES.  Returns the
 * best rival, of equals the first.  Rivals that share a label are summed under
 * the first of them.
 */
size_t model_softmax(const struct model *model, unsigned script,
                     double sharpness, float *z);

/* Which entry of `sharpness` is for texts of that many rows. */
size_t model_length(uint64_t rows);

#endif

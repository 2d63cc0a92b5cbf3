/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.h - which language a text is in: a linear classifier over hashed
 * n-grams, softmax(sum of rows / sqrt(rows) + bias), in 4-bit weights.
 *
 * Only classes of the text's main script compete, and the class for what is no
 * language (zxx_Zxxx), which competes everywhere.  So a lane of the table
 * serves one class of every script.
 *
 * The file, all numbers little-endian; it is mapped, not read:
 *
 *     0   8  "mlinlid\n"          48  16  codebook, signed bytes
 *     8   4  version              64   8  scale of the codebook, double
 *    12   4  classes              72 128  sharpness by length, [16] double
 *    16   8  size of the file    200  56  zero
 *    24   8  XXH3 of all from 32 256      classes, 32 bytes each:
 *    32   4  groups of 64 lanes              0  16  label, zeros after it
 *    36   4  row bits                       16   4  script, ISO 15924
 *    40   4  grams, bit n: n-grams          20   4  lane
 *    44   4  zero                           24   8  bias, double
 *    then zeros up to a multiple of 64, and the rows, [1 << row bits, groups,
 *    32] bytes as kernel.h draws them, to the end of the file
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
    MODEL_VERSION = 1,
    MODEL_CLASSES_MAX = 512,
    MODEL_GROUPS_MAX = 4,
    MODEL_LANES_MAX = MODEL_GROUPS_MAX * KERNEL_LANES,
    MODEL_LABEL_MAX = 15,
    MODEL_LENGTHS = 16,
    MODEL_HEAD = 256, MODEL_CLASS = 32, MODEL_ALIGN = 64,
    MODEL_ROW_BITS_MIN = 8, MODEL_ROW_BITS_MAX = 20
};

struct model_class {
    char label[MODEL_LABEL_MAX + 1]; /* several classes may share one */
    unsigned script;                 /* letters.h; 0 = every script */
    unsigned lane;
    double bias;
};

struct model {
    struct features_kind kind;
    size_t groups;
    int8_t codebook[16];
    double scale;                    /* of the codebook's values */
    double sharpness[MODEL_LENGTHS]; /* of the softmax: model_length() */
    size_t class_count;
    struct model_class classes[MODEL_CLASSES_MAX]; /* sorted by label */
    uint16_t same[MODEL_CLASSES_MAX]; /* first class with the same label */
    const uint8_t *rows;
    kernel_sum *sum;
    void *map;                       /* the whole file; NULL: not ours */
    size_t map_len;
};

/* What a text is taken for. */
struct model_guess {
    char label[MODEL_LABEL_MAX + 1]; /* "ces_Latn", "und_Thai", "und_Zyyy" */
    double score;                    /* probability that the label is right */
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
 */
void model_guess(const struct model *model, struct features *features,
                 struct slice text, struct model_guess *guess);

/*
 * The parts of model_guess(), for calibration.  Logits z[class] for the classes
 * that compete in `features`; the others get -infinity.  Returns the rows used.
 */
uint64_t model_logits(const struct model *model,
                      const struct features *features, double *z);

/*
 * Softmax of z * sharpness, in place; returns the best class, of equals the
 * first.  Classes that share a label are summed under the first of them.
 */
size_t model_softmax(const struct model *model, double sharpness, double *z);

/* Which entry of `sharpness` is for texts of that many rows. */
size_t model_length(uint64_t rows);

#endif

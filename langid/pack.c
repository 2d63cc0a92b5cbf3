/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack - choose the codebook by Lloyd's iteration over a histogram of the
 * weights, then write half bytes.
 */
#include "langid/pack.h"

#include <math.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"

enum { LEVELS = 16, BINS = 65536, ROUNDS = 100 };

struct levels {
    double value[LEVELS]; /* ascending; one of them is 0 */
};

/* Weights by value: bin b holds those about (b + 0.5) / BINS * 2 - 1 maxima. */
static void fill_bins(uint64_t *bins, const float *weights, size_t count,
                      double max)
{
    for (size_t i = 0; i < count; i++)
        if (weights[i] != 0.0f) {
            size_t bin = (size_t)(((double)weights[i] / max + 1.0) * 0.5 *
                                  (BINS - 1));

            bins[bin]++;
        }
}

static double bin_value(size_t bin, double max)
{
    return (((double)bin + 0.5) / (BINS - 1) * 2.0 - 1.0) * max;
}

static size_t nearest(const struct levels *levels, double value)
{
    size_t best = 0;

    for (size_t i = 1; i < LEVELS; i++)
        if (fabs(levels->value[i] - value) < fabs(levels->value[best] - value))
            best = i;
    return best;
}

static size_t zero_level(const struct levels *levels)
{
    size_t zero = 0;

    while (levels->value[zero] != 0.0)
        zero++;
    return zero;
}

/* First guess: 0, and the others so that each holds as many weights. */
static void spread_levels(struct levels *levels, const uint64_t *bins,
                          double max)
{
    uint64_t total = 0, seen = 0;
    size_t level = 0;

    for (size_t i = 0; i < BINS; i++)
        total += bins[i];
    for (size_t i = 0; i < LEVELS; i++)
        levels->value[i] = ((double)i - 7.0) / LEVELS * max;
    for (size_t i = 0; i < BINS && level < LEVELS; i++) {
        seen += bins[i];
        while (level < LEVELS && seen * LEVELS > total * level)
            levels->value[level++] = bin_value(i, max);
    }
    levels->value[nearest(levels, 0.0)] = 0.0;
}

static void fit_levels(struct levels *levels, const uint64_t *bins, double max)
{
    size_t zero = zero_level(levels);

    for (int round = 0; round < ROUNDS; round++) {
        double sum[LEVELS] = { 0 }, count[LEVELS] = { 0 };

        for (size_t i = 0; i < BINS; i++)
            if (bins[i] > 0) {
                double value = bin_value(i, max);
                size_t level = nearest(levels, value);

                sum[level] += value * (double)bins[i];
                count[level] += (double)bins[i];
            }
        for (size_t i = 0; i < LEVELS; i++)
            if (i != zero && count[i] > 0.0)
                levels->value[i] = sum[i] / count[i];
    }
}

/* The levels as the file says them: value = scale * codebook. */
static double choose_codebook(int8_t codebook[LEVELS], const float *weights,
                              size_t count)
{
    uint64_t *bins = xcalloc(BINS, sizeof *bins);
    struct levels levels = { { 0 } };
    double max = 0.0, scale;

    for (size_t i = 0; i < count; i++)
        if (fabs((double)weights[i]) > max)
            max = fabs((double)weights[i]);
    if (max > 0.0) {
        fill_bins(bins, weights, count, max);
        spread_levels(&levels, bins, max);
        fit_levels(&levels, bins, max);
    }
    free(bins);
    scale = fmax(fabs(levels.value[0]), fabs(levels.value[LEVELS - 1])) / 127;
    for (size_t i = 0; i < LEVELS; i++)
        codebook[i] = scale > 0.0 ? (int8_t)round(levels.value[i] / scale) : 0;
    return scale;
}

static void put_number(char *bytes, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(number >> 8 * i & 0xff);
}

static void put_double(char *bytes, double number)
{
    uint64_t bits;

    memcpy(&bits, &number, sizeof bits);
    put_number(bytes, bits, 8);
}

static unsigned nearest_code(const int8_t codebook[LEVELS], double value)
{
    unsigned best = 0;

    for (unsigned i = 1; i < LEVELS; i++)
        if (fabs(codebook[i] - value) < fabs(codebook[best] - value))
            best = i;
    return best;
}

/* A weight as one of the levels; `unit` is 1 / scale. */
static unsigned weight_code(float weight, const int8_t codebook[LEVELS],
                            double unit)
{
    return nearest_code(codebook, weight == 0.0f ? 0.0
                                                 : (double)weight * unit);
}

static void put_rows(char *bytes, const struct learned *learned, size_t rows,
                     const int8_t codebook[LEVELS], double unit)
{
    for (size_t i = 0; i < rows * learned->lanes; i++) {
        unsigned code = weight_code(learned->weights[i], codebook, unit);
        size_t lane = i % KERNEL_LANES;
        char *byte = bytes + i / KERNEL_LANES * KERNEL_ROW + lane % KERNEL_ROW;

        *byte = (char)(lane < KERNEL_ROW ? code
                                         : (unsigned char)*byte | code << 4);
    }
}

static void put_close_rows(char *bytes, const struct learned *learned,
                           size_t rows, const int8_t codebook[LEVELS],
                           double unit)
{
    for (size_t i = 0; i < rows; i++) {
        const float *weights = learned->weights + i * learned->lanes;

        for (size_t j = 0; j < KERNEL_CLOSE_ROW; j++)
            bytes[i * KERNEL_CLOSE_ROW + j] =
                (char)(weight_code(weights[2 * j], codebook, unit) |
                       weight_code(weights[2 * j + 1], codebook, unit) << 4);
    }
}

/* Close relatives are told from one another by lanes of their own. */
static void put_relative(char *to, const struct learned *learned,
                         const struct texts *close, const char *label)
{
    for (size_t i = 0; i < close->count; i++)
        if (strcmp(close->classes[i].label, label) == 0) {
            put_double(to + 24 + MODEL_CLOSE * 8, learned->bias[i]);
            put_number(to + 72, close->classes[i].set, 4);
            put_number(to + 76, close->classes[i].lane, 4);
        }
}

static void put_classes(char *bytes, const struct learned *learned,
                        const struct texts *const texts[MODEL_PARTS])
{
    for (size_t i = 0; i < texts[MODEL_FULL]->count; i++) {
        const struct texts_class *class = &texts[MODEL_FULL]->classes[i];
        char *to = bytes + i * MODEL_CLASS;

        memcpy(to, class->label, sizeof class->label);
        memcpy(to + 16, class->script == 0 ? "Zxxx"
                                           : letters_scripts[class->script], 4);
        put_number(to + 20, class->lane, 4);
        for (size_t part = 0; part < MODEL_CLOSE; part++)
            put_double(to + 24 + part * 8, learned[part].bias[i]);
        put_relative(to, &learned[MODEL_CLOSE], texts[MODEL_CLOSE],
                     class->label);
    }
}

static void put_checksum(char *bytes, size_t len)
{
    put_number(bytes + 24, hash64(slice_make(bytes + 32, len - 32)), 8);
}

/* Head and rows of a part. */
static void put_part(char *head, char *rows, const struct learned *learned,
                     struct features_kind kind, size_t part)
{
    size_t count = features_row_count(kind);
    int8_t codebook[LEVELS];
    double scale = choose_codebook(codebook, learned->weights,
                                   count * learned->lanes);
    double unit = scale > 0.0 ? 1.0 / scale : 0.0;

    put_number(head, kind.row_bits, 4);
    put_number(head + 4, kind.grams, 4);
    put_number(head + 8, kind.word_bits, 4);
    memcpy(head + 16, codebook, sizeof codebook);
    put_double(head + 32, scale);
    for (size_t i = 0; i < MODEL_LENGTHS; i++)
        put_double(head + 48 + i * 8, 1.0);
    if (part == MODEL_CLOSE)
        put_close_rows(rows, learned, count, codebook, unit);
    else
        put_rows(rows, learned, count, codebook, unit);
}

static size_t part_size(size_t part, const struct learned *learned,
                        struct features_kind kind)
{
    if (part != MODEL_CLOSE)
        return features_row_count(kind) * learned->lanes / 2;
    return learned->lanes == 0 ? 0
                               : features_row_count(kind) * KERNEL_CLOSE_ROW;
}

char *pack_model(const struct learned learned[MODEL_PARTS],
                 const struct features_kind kinds[MODEL_PARTS],
                 const struct texts *const texts[MODEL_PARTS], size_t *len)
{
    size_t classes = texts[MODEL_FULL]->count;
    size_t at = MODEL_HEAD + classes * MODEL_CLASS;
    size_t sizes[MODEL_PARTS];
    char *bytes;

    at = (at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    *len = at;
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        sizes[part] = part_size(part, &learned[part], kinds[part]);
        *len += sizes[part];
    }
    bytes = xcalloc(*len, 1);
    memcpy(bytes, "mlinlid\n", 8);
    put_number(bytes + 8, MODEL_VERSION, 4);
    put_number(bytes + 12, classes, 4);
    put_number(bytes + 16, *len, 8);
    put_number(bytes + 32, learned->lanes / KERNEL_LANES, 4);
    put_classes(bytes + MODEL_HEAD, learned, texts);
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        if (sizes[part] > 0)
            put_part(bytes + MODEL_ALIGN + part * MODEL_PART, bytes + at,
                     &learned[part], kinds[part], part);
        at += sizes[part];
    }
    put_double(bytes + MODEL_ALIGN + MODEL_QUICK * MODEL_PART + 40, 2.0);
    put_double(bytes + MODEL_ALIGN + MODEL_CLOSE * MODEL_PART + 40, 2.0);
    put_checksum(bytes, *len);
    return bytes;
}

void pack_calibration(char *bytes, size_t len, size_t part, double accept,
                      const double sharpness[MODEL_LENGTHS])
{
    char *head = bytes + MODEL_ALIGN + part * MODEL_PART;

    put_double(head + 40, accept);
    for (size_t i = 0; i < MODEL_LENGTHS; i++)
        put_double(head + 48 + i * 8, sharpness[i]);
    put_checksum(bytes, len);
}

void pack_lean(char *bytes, size_t len, size_t part, size_t class_count,
               const double lean[MODEL_CLASSES_MAX])
{
    for (size_t i = 0; i < class_count; i++)
        put_double(bytes + MODEL_HEAD + i * MODEL_CLASS + 48 + part * 8,
                   lean[i]);
    put_checksum(bytes, len);
}

void pack_thresholds(char *bytes, size_t len, size_t class_count,
                     uint16_t thresholds[][MODEL_PRECISIONS])
{
    for (size_t i = 0; i < class_count; i++)
        for (size_t k = 0; k < MODEL_PRECISIONS; k++)
            put_number(bytes + MODEL_HEAD + i * MODEL_CLASS + 64 + k * 2,
                       thresholds[i][k], 2);
    put_checksum(bytes, len);
}

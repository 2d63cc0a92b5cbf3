/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack - the file's numbers, and what is fitted afterwards.
 */
#include "langid/pack.h"

#include <string.h>

#include "src/fail.h"
#include "src/hash.h"

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

/* Of the lanes of the learner those of relatives: the first. */
static void put_close_rows(char *bytes, const struct learned *learned,
                           size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        const uint8_t *row = learned->packed + i * learned->lanes / 2;

        for (size_t j = 0; j < KERNEL_CLOSE_ROW; j++)
            bytes[i * KERNEL_CLOSE_ROW + j] =
                (char)((row[2 * j] & 15) | (row[2 * j + 1] & 15) << 4);
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

    put_number(head, kind.row_bits, 4);
    put_number(head + 4, kind.grams, 4);
    put_number(head + 8, kind.word_bits, 4);
    memcpy(head + 16, learned->quantizer.codebook, QUANTIZE_LEVELS);
    put_double(head + 32, learned->quantizer.scale);
    for (size_t i = 0; i < MODEL_LENGTHS; i++)
        put_double(head + 48 + i * 8, 1.0);
    if (part == MODEL_CLOSE)
        put_close_rows(rows, learned, count);
    else
        memcpy(rows, learned->packed, count * learned->lanes / 2);
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

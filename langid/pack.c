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

static void put_classes(char *bytes, const struct learned *learned,
                        const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        const struct texts_class *class = &texts->classes[i];
        char *to = bytes + i * MODEL_CLASS;

        memcpy(to, class->label, sizeof class->label);
        memcpy(to + 16, class->script == 0 ? "Zxxx"
                                           : letters_scripts[class->script], 4);
        put_number(to + 20, class->lane, 4);
        for (size_t part = 0; part < MODEL_PARTS; part++)
            put_double(to + 24 + part * 8, learned[part].bias[i]);
    }
}

static void put_checksum(char *bytes, size_t len)
{
    put_number(bytes + 24, hash64(slice_make(bytes + 32, len - 32)), 8);
}

/* Head and rows of a part. */
static void put_part(char *head, char *rows, const struct learned *learned,
                     struct features_kind kind)
{
    put_number(head, kind.row_bits, 4);
    put_number(head + 4, kind.grams, 4);
    put_number(head + 8, kind.word_bits, 4);
    memcpy(head + 16, learned->quantizer.codebook, QUANTIZE_LEVELS);
    put_double(head + 32, learned->quantizer.scale);
    for (size_t i = 0; i < MODEL_LENGTHS; i++)
        put_double(head + 48 + i * 8, 1.0);
    memcpy(rows, learned->packed,
           features_row_count(kind) * learned->lanes / 2);
}

char *pack_model(const struct learned learned[MODEL_PARTS],
                 const struct features_kind kinds[MODEL_PARTS],
                 const struct texts *texts, size_t *len)
{
    size_t at = MODEL_HEAD + texts->count * MODEL_CLASS;
    size_t sizes[MODEL_PARTS];
    char *bytes;

    at = (at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    *len = at;
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        sizes[part] = features_row_count(kinds[part]) *
                      learned[part].lanes / 2;
        *len += sizes[part];
    }
    bytes = xcalloc(*len, 1);
    memcpy(bytes, "mlinlid\n", 8);
    put_number(bytes + 8, MODEL_VERSION, 4);
    put_number(bytes + 12, texts->count, 4);
    put_number(bytes + 16, *len, 8);
    put_number(bytes + 32, learned->lanes / KERNEL_LANES, 4);
    put_classes(bytes + MODEL_HEAD, learned, texts);
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        put_part(bytes + MODEL_ALIGN + part * MODEL_PART, bytes + at,
                 &learned[part], kinds[part]);
        at += sizes[part];
    }
    put_double(bytes + MODEL_ALIGN + MODEL_QUICK * MODEL_PART + 40, 2.0);
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
        put_double(bytes + MODEL_HEAD + i * MODEL_CLASS + 40 + part * 8,
                   lean[i]);
    put_checksum(bytes, len);
}

void pack_thresholds(char *bytes, size_t len, size_t class_count,
                     uint16_t thresholds[][MODEL_PRECISIONS])
{
    for (size_t i = 0; i < class_count; i++)
        for (size_t k = 0; k < MODEL_PRECISIONS; k++)
            put_number(bytes + MODEL_HEAD + i * MODEL_CLASS + 56 + k * 2,
                       thresholds[i][k], 2);
    put_checksum(bytes, len);
}

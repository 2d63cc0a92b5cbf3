/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid - any bytes as a text to identify, and as a model file.  The first
 * byte chooses; a model made of the bytes gets the right checksum and length,
 * so that what comes after those is reached.
 */
#include <stdint.h>
#include <stdlib.h>

#include "langid/model.h"
#include "langid/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static struct features features;

static void guess(const struct model *model, struct slice text)
{
    struct model_guess guess;

    model_guess(model, &features, text, &guess);
    must(strlen(guess.label) == 8 && guess.label[3] == '_');
    must(guess.score > 0.0 && guess.score <= 1.0);
}

/* The shipped model, where it can be seen from; else scripts only. */
static void try_text(struct slice text)
{
    static struct model model;
    static bool tried;
    struct fault fault;

    if (!tried)
        model_open(&model, "langid/models/europe.lid", &fault);
    tried = true;
    guess(&model, text);
}

static void put_len(char *bytes, uint64_t len)
{
    for (int i = 0; i < 8; i++)
        bytes[16 + i] = (char)(len >> 8 * i & 0xff);
}

static void try_model(const uint8_t *data, size_t size)
{
    static struct model model;
    double sharpness[MODEL_LENGTHS];
    struct fault fault;
    char *bytes;
    size_t len;

    if (size < MODEL_HEAD)
        return;
    /* as many rows as the head asks for, if that is within reason */
    len = MODEL_HEAD + (size_t)data[12] * MODEL_CLASS;
    len = (len + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        const uint8_t *head = data + MODEL_ALIGN + part * MODEL_PART;
        struct features_kind kind = { .row_bits = head[0] & 15,
                                      .word_bits = head[8] & 15 };

        len += features_row_count(kind) * (data[32] & 7) * KERNEL_ROW;
    }
    bytes = calloc(len, 1);
    must(bytes != NULL);
    memcpy(bytes, data, size < len ? size : len);
    memcpy(bytes, "mlinlid\n\4\0\0\0", 12);
    put_len(bytes, len);
    for (int i = 0; i < MODEL_LENGTHS; i++)
        sharpness[i] = 1.0;
    pack_calibration(bytes, len, MODEL_QUICK, 0.98, sharpness);
    if (model_read(&model, slice_make(bytes, len), &fault)) {
        struct model_guess first;

        model_guess(&model, &features, slice_from("any text, слова"), &first);
        must(first.score > 0.0 && first.score <= 1.0);
    } else {
        must(fault.what != NULL);
    }
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct model empty;
    struct fault fault;

    if (size == 0)
        return 0;
    must(!model_read(&empty, slice_make((const char *)data, size), &fault));
    if (data[0] & 1)
        try_model(data + 1, size - 1);
    else
        try_text(slice_make((const char *)data + 1, size - 1));
    return 0;
}

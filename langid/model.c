/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model - read a model file, and use it.  Costs, for each letter, one row of 32
 * bytes per kind of n-gram; for each text, one exponential per class.
 */
#include "langid/model.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "langid/exact.h"
#include "src/hash.h"

static uint64_t get_number(const char *bytes, size_t size)
{
    uint64_t number = 0;

    for (size_t i = size; i-- > 0;)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

static double get_double(const char *bytes)
{
    uint64_t bits = get_number(bytes, 8);
    double number;

    memcpy(&number, &bits, sizeof number);
    return number;
}

static bool wrong(struct fault *fault, const char *what, size_t at)
{
    *fault = (struct fault){ what, at };
    return false;
}

/* Small enough that no sum of such overflows. */
static bool is_number(double value)
{
    return value >= -1e6 && value <= 1e6;
}

static bool read_classes(struct model *model, const char *bytes,
                         struct fault *fault)
{
    for (size_t i = 0; i < model->class_count; i++) {
        struct model_class *class = &model->classes[i];
        size_t at = MODEL_HEAD + i * MODEL_CLASS;
        struct slice script = slice_make(bytes + at + 16, 4);

        memcpy(class->label, bytes + at, sizeof class->label);
        if (class->label[0] == 0 || class->label[MODEL_LABEL_MAX] != 0)
            return wrong(fault, "model has a label of a wrong length", at);
        class->script = letters_script(script);
        if (class->script == 0 && !slice_is(script, "Zxxx"))
            return wrong(fault, "model has an unknown script", at + 16);
        class->lane = (unsigned)get_number(bytes + at + 20, 4);
        if (class->lane >= model->groups * KERNEL_LANES)
            return wrong(fault, "model has a lane outside its rows", at + 20);
        class->bias = get_double(bytes + at + 24);
        if (!is_number(class->bias))
            return wrong(fault, "model has a bias out of range", at + 24);
        model->same[i] = (uint16_t)i;
        if (i > 0) {
            int order = strcmp(class[-1].label, class->label);

            if (order > 0)
                return wrong(fault, "model has labels out of order", at);
            if (order == 0)
                model->same[i] = model->same[i - 1];
        }
    }
    return true;
}

static bool read_head(struct model *model, const char *bytes,
                      struct fault *fault)
{
    model->class_count = get_number(bytes + 12, 4);
    model->groups = get_number(bytes + 32, 4);
    model->kind.row_bits = (unsigned)get_number(bytes + 36, 4);
    model->kind.grams = (uint32_t)get_number(bytes + 40, 4);
    memcpy(model->codebook, bytes + 48, sizeof model->codebook);
    model->scale = get_double(bytes + 64);
    if (model->class_count == 0 || model->class_count > MODEL_CLASSES_MAX)
        return wrong(fault, "model has no classes, or too many", 12);
    if (model->groups == 0 || model->groups > MODEL_GROUPS_MAX)
        return wrong(fault, "model has no lanes, or too many", 32);
    if (model->kind.row_bits < MODEL_ROW_BITS_MIN ||
        model->kind.row_bits > MODEL_ROW_BITS_MAX)
        return wrong(fault, "model has too few or too many rows", 36);
    if (model->kind.grams == 0 ||
        (model->kind.grams & ~(uint32_t)0x7c) != 0)
        return wrong(fault, "model has unknown n-grams", 40);
    for (size_t i = 0; i < 16; i++)
        if (model->codebook[i] == -128)
            return wrong(fault, "model has a weight out of range", 48 + i);
    if (!is_number(model->scale))
        return wrong(fault, "model has a scale out of range", 64);
    for (size_t i = 0; i < MODEL_LENGTHS; i++) {
        model->sharpness[i] = get_double(bytes + 72 + i * 8);
        if (!(model->sharpness[i] > 0.0) || !is_number(model->sharpness[i]))
            return wrong(fault, "model has a wrong calibration", 72 + i * 8);
    }
    return true;
}

bool model_read(struct model *model, struct slice bytes, struct fault *fault)
{
    size_t rows_at;

    *model = (struct model){ .sum = kernel_best() };
    *fault = (struct fault){ 0 };
    if (bytes.len < MODEL_HEAD)
        return wrong(fault, bytes.len < 8 ||
                     memcmp(bytes.ptr, "mlinlid\n", 8) != 0
                     ? "not a language model of mlin" : "model is cut short",
                     bytes.len);
    if (memcmp(bytes.ptr, "mlinlid\n", 8) != 0)
        return wrong(fault, "not a language model of mlin", 0);
    if (get_number(bytes.ptr + 8, 4) != MODEL_VERSION)
        return wrong(fault, "model is of another version; train it again", 8);
    if (get_number(bytes.ptr + 16, 8) > bytes.len)
        return wrong(fault, "model is cut short", bytes.len);
    if (get_number(bytes.ptr + 16, 8) < bytes.len)
        return wrong(fault, "model has bytes after its end", 16);
    if (get_number(bytes.ptr + 24, 8) !=
        hash64(slice_make(bytes.ptr + 32, bytes.len - 32)))
        return wrong(fault, "model is damaged: its checksum is wrong", 24);
    if (!read_head(model, bytes.ptr, fault))
        return false;
    rows_at = MODEL_HEAD + model->class_count * MODEL_CLASS;
    rows_at = (rows_at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    if (bytes.len != rows_at + ((size_t)model->groups * KERNEL_ROW
                                << model->kind.row_bits))
        return wrong(fault, "model is not as long as its parts", 16);
    model->rows = (const uint8_t *)bytes.ptr + rows_at;
    return read_classes(model, bytes.ptr, fault);
}

bool model_open(struct model *model, const char *path, struct fault *fault)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    void *map = MAP_FAILED;
    size_t len = 0;

    *model = (struct model){ 0 };
    if (fd < 0)
        return wrong(fault, "cannot open the model", 0);
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        len = (size_t)status.st_size;
    if (len > 0)
        map = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (len == 0)
        return wrong(fault, "not a language model of mlin", 0);
    if (map == MAP_FAILED)
        return wrong(fault, "cannot map the model", 0);
    if (!model_read(model, slice_make(map, len), fault)) {
        munmap(map, len);
        return false;
    }
    model->map = map;
    model->map_len = len;
    return true;
}

void model_close(struct model *model)
{
    if (model->map)
        munmap(model->map, model->map_len);
    *model = (struct model){ 0 };
}

/* Does the class compete for a text of that script? */
static bool class_fits(const struct model_class *class, unsigned script)
{
    return class->script == script || class->script == 0;
}

uint64_t model_logits(const struct model *model,
                      const struct features *features, double *z)
{
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    uint32_t rows[FEATURES_BLOCK];
    uint64_t total = 0;
    size_t at = 0, count;
    double unit;

    while ((count = features_rows(features->codes, features->len,
                                  features->script, model->kind, &at, rows))) {
        model->sum(model->rows, model->groups, model->codebook, rows, count,
                   sums);
        total += count;
    }
    unit = total > 0 ? model->scale / sqrt((double)total) : 0.0;
    for (size_t i = 0; i < model->class_count; i++) {
        const struct model_class *class = &model->classes[i];

        z[i] = class_fits(class, features->script)
                   ? unit * sums[class->lane] + class->bias : -INFINITY;
    }
    return total;
}

size_t model_softmax(const struct model *model, double sharpness, double *z)
{
    double max = -INFINITY, sum = 0.0;
    size_t best = 0;

    for (size_t i = 0; i < model->class_count; i++)
        if (z[i] > max)
            max = z[i];
    for (size_t i = 0; i < model->class_count; i++) {
        double p = exact_exp((z[i] - max) * sharpness);

        sum += p;
        z[i] = 0.0;
        z[model->same[i]] += p;
    }
    for (size_t i = 0; i < model->class_count; i++) {
        z[i] /= sum;
        if (z[i] > z[best])
            best = i;
    }
    return best;
}

size_t model_length(uint64_t rows)
{
    size_t length = 0;

    while (rows > 1 && length < MODEL_LENGTHS - 1) {
        rows >>= 1;
        length++;
    }
    return length;
}

void model_guess(const struct model *model, struct features *features,
                 struct slice text, struct model_guess *guess)
{
    double z[MODEL_CLASSES_MAX];
    bool known = false;
    uint64_t rows;
    size_t best;

    features_read(features, text);
    for (size_t i = 0; i < model->class_count && !known; i++)
        known = features->script != 0 &&
                model->classes[i].script == features->script;
    if (!known) {
        snprintf(guess->label, sizeof guess->label, "und_%s",
                 letters_scripts[features->script]);
        guess->score = 1.0;
        return;
    }
    rows = model_logits(model, features, z);
    best = model_softmax(model, model->sharpness[model_length(rows)], z);
    memcpy(guess->label, model->classes[best].label, sizeof guess->label);
    guess->score = z[best];
}

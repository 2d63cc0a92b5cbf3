/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model - read a model file, and use it.  Costs, for each letter, one row of 32
 * bytes per kind of n-gram of each part that is asked; for each text, some
 * exponentials.
 */
#include "langid/model.h"

#include <fcntl.h>
#include <math.h>
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

/* The junk classes and those of one script, as rivals. */
static bool add_rivals(struct model *model, unsigned script, size_t *count)
{
    size_t first = *count;

    for (size_t i = 0; i < model->class_count; i++) {
        const struct model_class *class = &model->classes[i];
        struct model_rival *rival = &model->rivals[*count];

        if (class->script != script && class->script != 0)
            continue;
        if (*count == MODEL_RIVALS_MAX || *count - first == MODEL_LANES_MAX)
            return false;
        *rival = (struct model_rival){
            (uint16_t)i, (uint16_t)class->lane, (uint16_t)(*count - first),
            { class->bias[0], class->bias[1] }
        };
        if (*count > first &&
            strcmp(model->classes[rival[-1].class].label, class->label) == 0)
            rival->same = rival[-1].same;
        if (rival->same != *count - first) {
            if (model->shared[script][1] == 0)
                model->shared[script][0] = (uint16_t)(*count - first);
            model->shared[script][1] = (uint16_t)(*count - first + 1);
        }
        ++*count;
    }
    model->first[script] = (uint16_t)first;
    model->count[script] = (uint16_t)(*count - first);
    return true;
}

static bool read_class(struct model *model, size_t i, const char *bytes,
                       size_t at, struct fault *fault)
{
    struct model_class *class = &model->classes[i];
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
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        class->bias[part] = get_double(bytes + at + 24 + part * 8);
        if (!is_number(class->bias[part]))
            return wrong(fault, "model has a bias out of range", at + 24);
    }
    for (size_t k = 0; k < MODEL_PRECISIONS; k++)
        class->thresholds[k] = (uint16_t)get_number(bytes + at + 40 + k * 2, 2);
    if (i > 0 && strcmp(class[-1].label, class->label) > 0)
        return wrong(fault, "model has labels out of order", at);
    return true;
}

static bool read_classes(struct model *model, const char *bytes,
                         struct fault *fault)
{
    size_t rivals = 0;

    for (size_t i = 0; i < model->class_count; i++)
        if (!read_class(model, i, bytes, MODEL_HEAD + i * MODEL_CLASS, fault))
            return false;
    for (size_t i = 0; i < model->class_count; i++) {
        unsigned script = model->classes[i].script;

        if (script != 0 && model->count[script] == 0 &&
            !add_rivals(model, script, &rivals))
            return wrong(fault, "model has too many classes", 12);
    }
    return true;
}

static bool read_part(struct model_part *part, const char *bytes, size_t at,
                      struct fault *fault)
{
    part->kind.row_bits = (unsigned)get_number(bytes + at, 4);
    part->kind.grams = (uint32_t)get_number(bytes + at + 4, 4);
    part->kind.word_bits = (unsigned)get_number(bytes + at + 8, 4);
    memcpy(part->codebook, bytes + at + 16, sizeof part->codebook);
    part->scale = get_double(bytes + at + 32);
    part->accept = get_double(bytes + at + 40);
    if (part->kind.row_bits < MODEL_ROW_BITS_MIN ||
        part->kind.row_bits > MODEL_ROW_BITS_MAX ||
        (part->kind.word_bits != 0 &&
         (part->kind.word_bits < MODEL_ROW_BITS_MIN ||
          part->kind.word_bits > MODEL_ROW_BITS_MAX)))
        return wrong(fault, "model has too few or too many rows", at);
    if (part->kind.grams == 0 || (part->kind.grams & ~(uint32_t)0x7c) != 0)
        return wrong(fault, "model has unknown n-grams", at + 4);
    for (size_t i = 0; i < 16; i++)
        if (part->codebook[i] == -128)
            return wrong(fault, "model has a weight out of range", at + 16 + i);
    if (!is_number(part->scale))
        return wrong(fault, "model has a scale out of range", at + 32);
    if (!is_number(part->accept))
        return wrong(fault, "model has a wrong calibration", at + 40);
    for (size_t i = 0; i < MODEL_LENGTHS; i++) {
        part->sharpness[i] = get_double(bytes + at + 48 + i * 8);
        if (!(part->sharpness[i] > 0.0) || !is_number(part->sharpness[i]))
            return wrong(fault, "model has a wrong calibration", at + 48);
    }
    return true;
}

static bool read_head(struct model *model, const char *bytes,
                      struct fault *fault)
{
    model->class_count = get_number(bytes + 12, 4);
    model->groups = get_number(bytes + 32, 4);
    if (model->class_count == 0 || model->class_count > MODEL_CLASSES_MAX)
        return wrong(fault, "model has no classes, or too many", 12);
    if (model->groups == 0 || model->groups > MODEL_GROUPS_MAX)
        return wrong(fault, "model has no lanes, or too many", 32);
    for (size_t part = 0; part < MODEL_PARTS; part++)
        if (!read_part(&model->parts[part], bytes,
                       MODEL_ALIGN + part * MODEL_PART, fault))
            return false;
    return true;
}

static bool check_frame(struct slice bytes, struct fault *fault)
{
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
    return true;
}

bool model_read(struct model *model, struct slice bytes, struct fault *fault)
{
    size_t at;

    *model = (struct model){ .sum = kernel_best() };
    *fault = (struct fault){ 0 };
    if (!check_frame(bytes, fault) || !read_head(model, bytes.ptr, fault))
        return false;
    at = MODEL_HEAD + model->class_count * MODEL_CLASS;
    at = (at + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    for (size_t i = 0; i < MODEL_PARTS; i++) {
        model->parts[i].rows = (const uint8_t *)bytes.ptr + at;
        at += features_row_count(model->parts[i].kind) * model->groups *
              KERNEL_ROW;
    }
    if (bytes.len != at)
        return wrong(fault, "model is not as long as its parts", 16);
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

uint64_t model_sum(const struct model *model, size_t part,
                   const uint8_t *codes, size_t len, unsigned script,
                   int32_t *sums)
{
    const struct model_part *from = &model->parts[part];
    uint32_t rows[FEATURES_BLOCK];
    uint64_t total = 0;
    size_t at = 0, count;

    while ((count = features_rows(codes, len, script, from->kind, &at, rows))) {
        model->sum(from->rows, model->groups, from->codebook, rows, count,
                   sums);
        total += count;
    }
    return total;
}

void model_logits(const struct model *model, size_t part, unsigned script,
                  const int32_t *sums, uint64_t rows, double *z)
{
    const struct model_rival *rivals = model->rivals + model->first[script];
    double unit = rows > 0 ? model->parts[part].scale / sqrt((double)rows)
                           : 0.0;

    for (size_t i = 0; i < model->count[script]; i++)
        z[i] = unit * sums[rivals[i].lane] + rivals[i].bias[part];
}

/* Four chains, as one would wait for itself; the order is always the same. */
static double greatest(const double *z, size_t count)
{
    double max[4] = { z[0], z[0], z[0], z[0] };

    for (size_t i = 0; i < count; i += 4)
        for (size_t k = 0; k < 4; k++)
            max[k] = z[i + k] > max[k] ? z[i + k] : max[k];
    max[0] = max[0] > max[1] ? max[0] : max[1];
    max[2] = max[2] > max[3] ? max[2] : max[3];
    return max[0] > max[2] ? max[0] : max[2];
}

static double sum_of(const double *z, size_t count)
{
    double sum[4] = { 0 };

    for (size_t i = 0; i < count; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += z[i + k];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

size_t model_softmax(const struct model *model, unsigned script,
                     double sharpness, double *z)
{
    static const double least = -600.0; /* far from what has few digits */
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t count = model->count[script], padded = (count + 3) & ~(size_t)3;
    size_t best = 0;
    double max, scale;

    for (size_t i = count; i < padded; i++)
        z[i] = z[0];
    max = greatest(z, padded);
    for (size_t i = 0; i < padded; i++) {
        z[i] = (z[i] - max) * sharpness;
        z[i] = z[i] > least ? z[i] : least;
    }
    exact_exp_all(z, padded);
    for (size_t i = count; i < padded; i++)
        z[i] = 0.0;
    scale = 1.0 / sum_of(z, padded);
    for (size_t i = model->shared[script][0]; i < model->shared[script][1]; i++)
        if (rivals[i].same != i) {
            z[rivals[i].same] += z[i];
            z[i] = 0.0;
        }
    for (size_t i = 0; i < padded; i++)
        z[i] *= scale;
    max = greatest(z, padded);
    while (z[best] != max)
        best++;
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

static void set_fact(struct model_guess *guess, unsigned script)
{
    memcpy(guess->label, "und_", 4);
    memcpy(guess->label + 4, letters_scripts[script], 5);
    guess->score = 1.0;
    guess->thresholds = NULL;
    guess->rivals = NULL;
    guess->count = 0;
}

/* From sums to a guess; is it sure enough? */
static bool set_guess(const struct model *model, size_t part, unsigned script,
                      const int32_t *sums, uint64_t rows,
                      struct model_guess *guess)
{
    const struct model_part *from = &model->parts[part];
    const struct model_class *class;
    size_t best;

    guess->rivals = model->rivals + model->first[script];
    guess->count = model->count[script];
    model_logits(model, part, script, sums, rows, guess->p);
    best = model_softmax(model, script, from->sharpness[model_length(rows)],
                         guess->p);
    class = &model->classes[guess->rivals[best].class];
    memcpy(guess->label, class->label, sizeof guess->label);
    guess->thresholds = class->thresholds;
    guess->score = guess->p[best];
    return guess->score >= from->accept;
}

/* The lane that leads, of those in use. */
static size_t leader(const struct model *model, unsigned script,
                     const int32_t *sums)
{
    const struct model_rival *rivals = model->rivals + model->first[script];
    size_t best = 0;

    for (size_t i = 1; i < model->count[script]; i++)
        if (sums[rivals[i].lane] > sums[rivals[best].lane])
            best = i;
    return rivals[best].same;
}

/* Some windows of a long text: do they agree, and is the quick part sure? */
static bool guess_sampled(const struct model *model, struct features *features,
                          struct slice text, struct model_guess *guess)
{
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    size_t lanes = model->groups * KERNEL_LANES, winner = 0;
    unsigned script = 0;
    uint64_t rows = 0;

    for (size_t i = 0; i < MODEL_WINDOWS; i++) {
        int32_t own[MODEL_LANES_MAX] = { 0 };
        size_t from = (text.len - MODEL_WINDOW) / (MODEL_WINDOWS - 1) * i;
        size_t first;

        features_read(features, slice_make(text.ptr + from, MODEL_WINDOW));
        if (i == 0)
            script = features->script;
        if (features->script != script || model->count[script] == 0)
            return false;
        rows += model_sum(model, MODEL_QUICK, features->codes, features->len,
                          script, own);
        first = leader(model, script, own);
        if (i == 0)
            winner = first;
        if (first != winner)
            return false;
        for (size_t k = 0; k < lanes; k++)
            sums[k] += own[k];
    }
    return set_guess(model, MODEL_QUICK, script, sums, rows, guess);
}

static void guess_read(const struct model *model,
                       const struct features *features, size_t part,
                       struct model_guess *guess)
{
    unsigned script = features->script;

    if (model->count[script] == 0) {
        set_fact(guess, script);
        return;
    }
    for (; part < MODEL_PARTS; part++) {
        int32_t sums[MODEL_LANES_MAX];
        uint64_t rows;

        memset(sums, 0, model->groups * KERNEL_LANES * sizeof *sums);
        rows = model_sum(model, part, features->codes, features->len, script,
                         sums);
        if (set_guess(model, part, script, sums, rows, guess))
            return;
    }
}

void model_guess_full(const struct model *model, struct features *features,
                      struct slice text, struct model_guess *guess)
{
    features_read(features, text);
    guess_read(model, features, MODEL_FULL, guess);
}

void model_guess(const struct model *model, struct features *features,
                 struct slice text, struct model_guess *guess)
{
    if (text.len > MODEL_SAMPLED && guess_sampled(model, features, text, guess))
        return;
    features_read(features, text);
    guess_read(model, features,
               features->letters >= MODEL_QUICK_LETTERS ? MODEL_QUICK
                                                        : MODEL_FULL,
               guess);
}

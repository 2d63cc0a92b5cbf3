/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_file - map a model file and believe nothing in it.
 */
#include "langid/model.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "langid/groups.h"
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

/*
 * Nats.  A text that may be in another language as well as in one of ours is
 * more likely in ours; the trainer, which draws other languages as often, does
 * not know.  Whole sentences are hardly ever in doubt (README).
 */
static const double price_of_other = 1.0;

/* Small enough that no sum of such overflows. */
static bool is_number(double value)
{
    return value >= -1e6 && value <= 1e6;
}

/*
 * Code, addresses and keyboard noise are in Latin letters, wrong charsets make
 * Latin and Cyrillic ones.  Elsewhere a model of few languages learns nothing
 * about junk: rows that other scripts share would speak for it, the more the
 * longer a text is.
 */
static bool has_junk(unsigned script)
{
    return script == letters_script(slice_from("Latn")) ||
           script == letters_script(slice_from("Cyrl"));
}

static void range_add(struct model_range *range, size_t rival)
{
    if (range->to == 0)
        range->from = (uint16_t)rival;
    range->to = (uint16_t)(rival + 1);
}

/* The classes of one script, and those for junk, as rivals. */
static bool add_rivals(struct model *model, unsigned script, size_t *count)
{
    size_t first = *count;

    for (size_t i = 0; i < model->class_count; i++) {
        const struct model_class *class = &model->classes[i];
        struct model_rival *rival = &model->rivals[*count];

        if (class->script != script &&
            (class->script != 0 || !has_junk(script)))
            continue;
        if (*count == MODEL_RIVALS_MAX || *count - first == MODEL_LANES_MAX)
            return false;
        *rival = (struct model_rival){
            (uint16_t)i, (uint16_t)class->lane, (uint16_t)(*count - first)
        };
        for (size_t part = 0; part < MODEL_PARTS; part++) {
            model->bias[part][*count] = (float)class->bias[part];
            model->lean[part][*count] = (float)class->lean[part];
        }
        if (*count > first &&
            strcmp(model->classes[rival[-1].class].label, class->label) == 0)
            rival->same = rival[-1].same;
        if (rival->same != *count - first)
            range_add(&model->shared[script], *count - first);
        if (class->script == 0)
            range_add(&model->junk[script], *count - first);
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
        return refuse(fault, "model has a label of a wrong length", at);
    class->script = letters_script(script);
    if (class->script == 0 && !slice_is(script, "Zxxx"))
        return refuse(fault, "model has an unknown script", at + 16);
    class->lane = (unsigned)get_number(bytes + at + 20, 4);
    if (class->lane >= model->groups * KERNEL_LANES)
        return refuse(fault, "model has a lane outside its rows", at + 20);
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        class->bias[part] = get_double(bytes + at + 24 + part * 8);
        class->lean[part] = get_double(bytes + at + 40 + part * 8);
        if (!is_number(class->bias[part]))
            return refuse(fault, "model has a bias out of range", at + 24);
        if (memcmp(class->label, "und_", 4) == 0)
            class->bias[part] -= price_of_other;
        if (!is_number(class->lean[part]))
            return refuse(fault, "model has a lean out of range", at + 40);
    }
    for (size_t k = 0; k < MODEL_PRECISIONS; k++)
        class->thresholds[k] = (uint16_t)get_number(bytes + at + 56 + k * 2, 2);
    class->relatives = groups_relatives(class->label);
    if (i > 0 && strcmp(class[-1].label, class->label) > 0)
        return refuse(fault, "model has labels out of order", at);
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
            return refuse(fault, "model has too many classes", 12);
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
        return refuse(fault, "model has too few or too many rows", at);
    if (part->kind.grams == 0 || (part->kind.grams & ~(uint32_t)0x7c) != 0)
        return refuse(fault, "model has unknown n-grams", at + 4);
    for (size_t i = 0; i < 16; i++)
        if (part->codebook[i] == -128)
            return refuse(fault, "model has a weight out of range",
                          at + 16 + i);
    if (!is_number(part->scale))
        return refuse(fault, "model has a scale out of range", at + 32);
    if (!is_number(part->accept))
        return refuse(fault, "model has a wrong calibration", at + 40);
    for (size_t i = 0; i < MODEL_LENGTHS; i++) {
        part->sharpness[i] = get_double(bytes + at + 48 + i * 8);
        if (!(part->sharpness[i] > 0.0) || !is_number(part->sharpness[i]))
            return refuse(fault, "model has a wrong calibration", at + 48);
    }
    return true;
}

static bool read_head(struct model *model, const char *bytes,
                      struct fault *fault)
{
    model->class_count = get_number(bytes + 12, 4);
    model->groups = get_number(bytes + 32, 4);
    if (model->class_count == 0 || model->class_count > MODEL_CLASSES_MAX)
        return refuse(fault, "model has no classes, or too many", 12);
    if (model->groups == 0 || model->groups > MODEL_GROUPS_MAX)
        return refuse(fault, "model has no lanes, or too many", 32);
    for (size_t part = 0; part < MODEL_PARTS; part++)
        if (!read_part(&model->parts[part], bytes,
                       MODEL_ALIGN + part * MODEL_PART, fault))
            return false;
    return true;
}

static bool check_frame(struct slice bytes, struct fault *fault)
{
    if (bytes.len < MODEL_HEAD)
        return refuse(fault, bytes.len < 8 ||
                      memcmp(bytes.ptr, "mlinlid\n", 8) != 0
                      ? "not a language model of mlin" : "model is cut short",
                      bytes.len);
    if (memcmp(bytes.ptr, "mlinlid\n", 8) != 0)
        return refuse(fault, "not a language model of mlin", 0);
    if (get_number(bytes.ptr + 8, 4) != MODEL_VERSION)
        return refuse(fault, "model is of another version; train it again", 8);
    if (get_number(bytes.ptr + 16, 8) > bytes.len)
        return refuse(fault, "model is cut short", bytes.len);
    if (get_number(bytes.ptr + 16, 8) < bytes.len)
        return refuse(fault, "model has bytes after its end", 16);
    if (get_number(bytes.ptr + 24, 8) !=
        hash64(slice_make(bytes.ptr + 32, bytes.len - 32)))
        return refuse(fault, "model is damaged: its checksum is wrong", 24);
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
        return refuse(fault, "model is not as long as its parts", 16);
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
        return refuse(fault, "cannot open the model", 0);
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        len = (size_t)status.st_size;
    if (len > 0)
        map = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (len == 0)
        return refuse(fault, "not a language model of mlin", 0);
    if (map == MAP_FAILED)
        return refuse(fault, "cannot map the model", 0);
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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * texts - load training text as letter codes, one class per thread at a time,
 * and draw samples from it.
 */
#include "langid/texts.h"

#include <math.h>
#include <stdlib.h>

#include "langid/jat.h"
#include "langid/junk.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/labels.h"
#include "src/parallel.h"

enum {
    CIPHER_LANGUAGES = 3, /* classes that a script needs to get a cipher */
    CIPHER_LETTERS = 33,  /* letters without marks stand first: a to z */
    KINDS_ALL = 100,      /* of samples: lines, words and single words, */
    KINDS_LONG = 75       /* or only lines and three words or more */
};

static const size_t file_max = (size_t)4 << 30;

void texts_append(struct texts_class *class, const uint8_t *codes, size_t len)
{
    struct texts_line *line;

    class->codes = grow(class->codes, &class->cap,
                        class->len + len + FEATURES_PAD, 1);
    memcpy(class->codes + class->len, codes, len);
    memset(class->codes + class->len + len, 0, FEATURES_PAD);
    class->lines = grow(class->lines, &class->lines_cap,
                        class->line_count + 2, sizeof *class->lines);
    line = &class->lines[class->line_count++];
    *line = (struct texts_line){ .from = class->len };
    for (size_t i = 1; i < len; i++)
        line->words += features_parts(codes[i]);
    class->len += len;
    line[1].from = class->len;
}

static void load_lines(struct texts_class *class, struct features *features)
{
    struct slice rest, line;
    struct fault fault;
    char *bytes;

    if (!file_read(class->path, file_max, &bytes, &rest.len, &fault))
        die("%s: %s (byte %zu)", class->path, fault.what, fault.at);
    rest.ptr = bytes;
    while (labels_line(&rest, &line)) {
        features_read(features, line);
        if (features->script == class->script)
            texts_append(class, features->codes, features->len);
    }
    free(bytes);
    if (class->line_count == 0)
        die("%s: not a line in the script of the label", class->path);
}

static void append_word(struct texts_words *words,
                        const struct features *features, uint64_t weight)
{
    size_t count = words->count;

    words->codes = grow(words->codes, &words->cap,
                        words->len + features->len + FEATURES_PAD, 1);
    memcpy(words->codes + words->len, features->codes,
           features->len + FEATURES_PAD);
    words->starts = grow(words->starts, &words->starts_cap, count + 2,
                         sizeof *words->starts);
    words->weights = grow(words->weights, &words->weights_cap, count + 1,
                          sizeof *words->weights);
    words->starts[count] = words->len;
    words->weights[count] = weight + (count > 0 ? words->weights[count - 1]
                                                : 0);
    words->len += features->len;
    words->starts[++words->count] = words->len;
}

/* Word TAB count; a word weighs the root of its count: rare ones count too. */
static void load_words(struct texts_class *class, const char *path,
                       struct features *features)
{
    struct slice rest, line;
    struct fault fault;
    char *bytes;

    if (!file_read(path, file_max, &bytes, &rest.len, &fault))
        die("%s: %s (byte %zu)", path, fault.what, fault.at);
    rest.ptr = bytes;
    while (labels_line(&rest, &line)) {
        const char *tab = memchr(line.ptr, '\t', line.len);

        if (!tab)
            die("%s: a line without a tab (byte %zu)", path,
                (size_t)(line.ptr - bytes));
        features_read(features, slice_make(line.ptr,
                                           (size_t)(tab - line.ptr)));
        if (features->script == class->script &&
            features->len <= TEXTS_SAMPLE_MAX / 4)
            append_word(&class->words, features,
                        1 + (uint64_t)sqrt(strtod(tab + 1, NULL)));
    }
    free(bytes);
}

struct loading {
    struct texts *texts;
    const struct labels_file *words;
    size_t word_count;
};

static void load_class(void *context, size_t i, size_t worker)
{
    struct loading *loading = context;
    struct texts_class *class = &loading->texts->classes[i];
    struct features *features;

    (void)worker;
    if (class->kind == TEXTS_JUNK)
        return;
    features = xmalloc(sizeof *features);
    load_lines(class, features);
    for (size_t w = 0; w < loading->word_count; w++)
        if (strcmp(loading->words[w].label, class->label) == 0)
            load_words(class, loading->words[w].path, features);
    free(features);
}

static void add_class(struct texts *texts, const char *label, unsigned script,
                      const char *path)
{
    struct texts_class *class;

    texts->classes = grow(texts->classes, &texts->cap, texts->count + 1,
                          sizeof *texts->classes);
    if (texts->count == MODEL_CLASSES_MAX)
        die("%s: a model has at most %d classes", path, MODEL_CLASSES_MAX);
    class = &texts->classes[texts->count++];
    *class = (struct texts_class){ .script = script };
    class->path = path ? xstrdup(path) : NULL;
    class->kind = path ? TEXTS_FILE : TEXTS_JUNK;
    memcpy(class->label, label, strlen(label));
    for (unsigned i = 1; i < 256; i++)
        class->plain[i] = letters_plain(script, (uint8_t)i);
}

static unsigned file_script(const struct labels_file *file)
{
    unsigned script = letters_script(slice_from(file->label + 4));

    if (script == 0)
        die("%s: %s is no script that I know", file->path, file->label + 4);
    return script;
}

static bool script_is_used(const struct texts *texts, unsigned script)
{
    for (size_t i = 0; i < texts->count; i++)
        if (texts->classes[i].script == script)
            return true;
    return false;
}

static int class_compare(const void *a, const void *b)
{
    const struct texts_class *x = a, *y = b;
    int order = strcmp(x->label, y->label);

    if (order != 0)
        return order;
    return strcmp(x->path ? x->path : "", y->path ? y->path : "");
}

static void add_classes(struct texts *texts, const char *dir, const char *other)
{
    size_t count;
    struct labels_file *files = labels_list(dir, "txt", &count);

    for (size_t i = 0; i < count; i++)
        add_class(texts, files[i].label, file_script(&files[i]),
                  files[i].path);
    labels_free(files, count);
    if (!other)
        return;
    files = labels_list(other, "txt", &count);
    for (size_t i = 0; i < count; i++) {
        unsigned script = file_script(&files[i]);
        char label[] = "und_Xxxx";

        memcpy(label + 4, letters_scripts[script], 4);
        if (script_is_used(texts, script))
            add_class(texts, label, script, files[i].path);
    }
    labels_free(files, count);
}

/*
 * Where several languages share a script, there are more than those.  The
 * class of another language that has least text also stands for them: lanes are
 * few.
 */
static void choose_ciphers(struct texts *texts)
{
    for (unsigned script = 1; script < letters_script_count; script++) {
        struct texts_class *least = NULL;
        size_t files = 0;

        for (size_t i = 0; i < texts->count; i++) {
            struct texts_class *class = &texts->classes[i];

            if (class->script != script)
                continue;
            files++;
            if (memcmp(class->label, "und_", 4) == 0 &&
                (!least || class->len < least->len))
                least = class;
        }
        if (least && files >= CIPHER_LANGUAGES)
            least->kind = TEXTS_CIPHER;
    }
}

/* Lane 0 is for junk; the classes of each script take lanes 1, 2, ... */
static void number_lanes(struct texts *texts)
{
    unsigned used[LETTERS_SCRIPTS_MAX] = { 0 };

    texts->lanes = 1;
    for (size_t i = 0; i < texts->count; i++) {
        struct texts_class *class = &texts->classes[i];

        if (class->script == 0)
            continue;
        class->lane = ++used[class->script];
        if (class->lane >= MODEL_LANES_MAX)
            die("%s: a model has at most %d classes in one script",
                class->path, MODEL_LANES_MAX - 1);
        if (class->lane >= texts->lanes)
            texts->lanes = class->lane + 1;
    }
}

/* To 80 samples come three of junk, and one cipher for each script. */
static void weigh_classes(struct texts *texts)
{
    uint64_t sum = 0, weight[MODEL_CLASSES_MAX] = { 0 };

    for (size_t i = 0; i < texts->count; i++) {
        weight[i] = (uint64_t)(sqrt(sqrt((double)texts->classes[i].len)) *
                               1000.0);
        sum += weight[i];
    }
    for (size_t i = 0; i < texts->count; i++) {
        struct texts_class *class = &texts->classes[i];

        if (class->kind == TEXTS_JUNK)
            weight[i] = sum * 3 / 80 + 1;
        if (class->kind == TEXTS_CIPHER) {
            uint64_t more = sum / 80;

            class->cipher = (unsigned)(more * 100 / (weight[i] + more));
            weight[i] += more;
        }
        texts->weights[i] = weight[i] + (i > 0 ? texts->weights[i - 1] : 0);
    }
}

void texts_load(struct texts *texts, const char *dir, const char *other,
                const char *words, size_t threads)
{
    struct loading loading = { .texts = texts };
    struct labels_file *files = NULL;

    *texts = (struct texts){ 0 };
    add_class(texts, "zxx_Zxxx", 0, NULL);
    add_classes(texts, dir, other);
    qsort(texts->classes, texts->count, sizeof *texts->classes, class_compare);
    if (words)
        files = labels_list(words, "tsv", &loading.word_count);
    loading.words = files;
    parallel_for(threads, texts->count, load_class, &loading);
    labels_free(files, loading.word_count);
    jat_derive(texts);
    choose_ciphers(texts);
    number_lanes(texts);
    weigh_classes(texts);
}

void texts_free(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        struct texts_class *class = &texts->classes[i];

        free(class->path);
        free(class->codes);
        free(class->lines);
        free(class->words.codes);
        free(class->words.starts);
        free(class->words.weights);
    }
    free(texts->classes);
    *texts = (struct texts){ 0 };
}

/* The first entry of summed weights that is above `at`. */
static size_t find_weight(const uint64_t *weights, size_t count, uint64_t at)
{
    size_t low = 0, high = count - 1;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (weights[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void append(struct texts_sample *sample, const uint8_t *codes,
                   size_t len)
{
    if (len > TEXTS_SAMPLE_MAX - sample->len)
        len = TEXTS_SAMPLE_MAX - sample->len;
    memcpy(sample->codes + sample->len, codes, len);
    sample->len += len;
}

static void draw_listed_words(const struct texts_words *words,
                              struct draw *draw, size_t count,
                              struct texts_sample *sample)
{
    sample->len = 0;
    while (count-- > 0) {
        uint64_t at = draw_below_big(draw, words->weights[words->count - 1]);
        size_t i = find_weight(words->weights, words->count, at);

        append(sample, words->codes + words->starts[i],
               words->starts[i + 1] - 1 - words->starts[i]);
    }
    append(sample, (const uint8_t[]){ 0 }, 1);
}

/* `count` words in a row from a line, or as many as it has. */
static void draw_words(const struct texts_class *class,
                       const struct texts_line *line, struct draw *draw,
                       size_t count, struct texts_sample *sample)
{
    const uint8_t *from = class->codes + line->from, *to;
    size_t first;

    count = line->words < count ? line->words : count;
    first = draw_below(draw, line->words - count + 1);
    sample->len = 0;
    if (count == line->words) {
        append(sample, from, line[1].from - line->from);
        return;
    }
    for (; first > 0; first--)
        while (!features_parts(*++from))
            continue;
    for (to = from; count > 0; count--)
        while (!features_parts(*++to))
            continue;
    append(sample, from, (size_t)(to - from) + 1);
}

static void strip_marks(const struct texts_class *class,
                        struct texts_sample *sample)
{
    for (size_t at = 0; at < sample->len; at++)
        sample->codes[at] = class->plain[sample->codes[at]];
}

/*
 * 35 in 100 are whole lines (as far as a sample goes), 40 are 3 to 8 words, 15
 * two words, 10 one; half of the last two from the word list if there is one.
 * `kinds` of the 100 are drawn from.
 */
static void draw_text(const struct texts_class *class, struct draw *draw,
                      uint64_t kinds, struct texts_sample *sample)
{
    const struct texts_line *line =
        &class->lines[draw_below(draw, class->line_count)];
    uint64_t kind = draw_below(draw, kinds);
    size_t count = kind < KINDS_LONG ? 3 + draw_below(draw, 6)
                   : kind < 90       ? 2
                                     : 1;

    if (kind >= KINDS_LONG && class->words.count > 0 && draw_chance(draw, 50))
        draw_listed_words(&class->words, draw, count, sample);
    else
        draw_words(class, line, draw, kind < 35 ? SIZE_MAX : count, sample);
    if (draw_chance(draw, 7))
        strip_marks(class, sample);
}

static void draw_junk(struct draw *draw, struct features *room,
                      struct texts_sample *sample)
{
    char text[JUNK_MAX];

    do
        features_read(room, slice_make(text, junk_write(draw, text)));
    while (room->script == 0);
    sample->script = room->script;
    sample->len = 0;
    append(sample, room->codes, room->len);
}

/* A class of text in the script; there is one. */
static const struct texts_class *draw_class(const struct texts *texts,
                                            struct draw *draw, unsigned script)
{
    size_t i;

    do
        i = draw_below(draw, texts->count);
    while (texts->classes[i].script != script);
    return &texts->classes[i];
}

/*
 * Text of some language with letters swapped, vowels among vowels: words that
 * could be a language's, of a language that nobody has heard of.
 */
static void draw_cipher(const struct texts *texts, struct draw *draw,
                        unsigned script, struct texts_sample *sample)
{
    const struct texts_class *class = draw_class(texts, draw, script);
    uint8_t vowels[256], others[256], key[256];
    size_t vowel_count = 0, other_count = 0;

    for (unsigned i = 0; i < 256; i++)
        key[i] = (uint8_t)i;
    for (unsigned i = 1; i < FEATURES_SIGN; i++) {
        if (class->plain[i] != i || i > CIPHER_LETTERS)
            continue;
        if (letters_is_vowel(script, (uint8_t)i))
            vowels[vowel_count++] = (uint8_t)i;
        else
            others[other_count++] = (uint8_t)i;
    }
    for (size_t n = 12 + draw_below(draw, 12); n > 0; n--) {
        bool vowel = vowel_count > 1 && draw_chance(draw, 30);
        const uint8_t *from = vowel ? vowels : others;
        size_t count = vowel ? vowel_count : other_count;
        size_t a = from[draw_below(draw, count)];
        size_t b = from[draw_below(draw, count)];
        uint8_t letter = key[a];

        key[a] = key[b];
        key[b] = letter;
    }
    draw_text(class, draw, KINDS_LONG, sample); /* a word may be anybody's */
    if (draw_chance(draw, 50))
        strip_marks(class, sample);
    for (size_t i = 0; i < sample->len; i++)
        sample->codes[i] = key[sample->codes[i]];
}

void texts_draw(const struct texts *texts, struct draw *draw,
                struct features *room, struct texts_sample *sample)
{
    uint64_t at = draw_below_big(draw, texts->weights[texts->count - 1]);
    size_t i = find_weight(texts->weights, texts->count, at);
    const struct texts_class *class = &texts->classes[i];

    sample->class = i;
    sample->script = class->script;
    if (class->kind == TEXTS_JUNK)
        draw_junk(draw, room, sample);
    else if (class->kind == TEXTS_CIPHER && draw_chance(draw, class->cipher))
        draw_cipher(texts, draw, class->script, sample);
    else
        draw_text(class, draw, KINDS_ALL, sample);
    memset(sample->codes + sample->len, 0, FEATURES_PAD);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charlm-train - count the n-grams of each language, keep the most frequent.
 *
 * A language is one task; the file does not depend on the number of threads.
 * Every sixteenth line is held out, and what it costs is the language's usual.
 *
 * Memory: a thread needs 64 to 128 bytes for each different n-gram of a
 * language's text, and half of that again while its table grows.
 */
#include <math.h>
#include <stdlib.h>

#include "filters/charlm.h"
#include "filters/label_texts.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/labels.h"
#include "src/output.h"
#include "src/parallel.h"
#include "src/stage.h"
#include "src/utf8.h"

enum { HEAD = 16, LANG = 24, TAIL = 8, HELD_OUT = 16 };

struct settings {
    const char *out;
    uint64_t slots, threads;
};

static const struct option charlm_options[] = {
    { "out", OPTION_TEXT, offsetof(struct settings, out), NULL, "FILE",
      "where to write the model" },
    { "slots", OPTION_COUNT, offsetof(struct settings, slots), "32768", "N",
      "room for n-grams of a language, 3 bytes each: a power of two" },
    { "threads", OPTION_COUNT, offsetof(struct settings, threads), NULL, "N",
      "processors to use (default: all that the process may use)" },
    { 0 }
};

/* ---- counting ---- */

struct gram {
    uint64_t hash, before; /* of the n-gram; of it without its last character */
    uint64_t count;
    uint32_t n;            /* 0 = free */
};

struct grams {
    struct gram *slots; /* [mask + 1] */
    size_t mask, count;
    uint64_t chars;     /* the n-gram of none */
};

static struct gram *gram_find(const struct grams *grams, uint64_t hash)
{
    size_t at = hash & grams->mask;

    while (grams->slots[at].n && grams->slots[at].hash != hash)
        at = (at + 1) & grams->mask;
    return &grams->slots[at];
}

static void grams_widen(struct grams *grams)
{
    struct gram *old = grams->slots;
    size_t size = grams->mask + 1;

    grams->mask = 2 * size - 1;
    grams->slots = xcalloc(2 * size, sizeof *old);
    for (size_t i = 0; i < size; i++)
        if (old[i].n)
            *gram_find(grams, old[i].hash) = old[i];
    free(old);
}

static void count_line(struct grams *grams, struct slice line)
{
    struct charlm_walk walk = { .text = line, .in_space = true };
    uint32_t last[CHARLM_ORDER] = { ' ', ' ', ' ', ' ', ' ' }, c;

    while ((c = charlm_next(&walk)) != 0) {
        memmove(last, last + 1, (CHARLM_ORDER - 1) * sizeof *last);
        last[CHARLM_ORDER - 1] = c;
        grams->chars++;
        for (int n = 1; n <= CHARLM_ORDER; n++) {
            const uint32_t *first = last + CHARLM_ORDER - n;
            uint64_t hash = charlm_hash(first, n);
            struct gram *gram;

            if (2 * grams->count > grams->mask)
                grams_widen(grams);
            gram = gram_find(grams, hash);
            if (!gram->n) {
                *gram = (struct gram){ hash, charlm_hash(first, n - 1), 0,
                                       (uint32_t)n };
                grams->count++;
            }
            gram->count++;
        }
    }
}

/* ---- packing ---- */

static void put(char *to, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        to[i] = (char)(number >> 8 * i & 0xff);
}

static int gram_compare(const void *a, const void *b)
{
    const struct gram *left = a, *right = b;

    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    if (left->n != right->n)
        return left->n < right->n ? -1 : 1;
    return left->hash < right->hash ? -1 : left->hash > right->hash;
}

/* Sixteenths of a bit, of count out of whole. */
static unsigned cost_of(uint64_t count, uint64_t whole)
{
    double cost = 16 * log2((double)whole / (double)count) + 0.5;

    return cost < 0 ? 0 : cost > 255 ? 255 : (unsigned)cost;
}

/* Into the language's tables; one of two n-grams with one tag is lost. */
static void pack_gram(char *tags, char *costs, size_t mask,
                      const struct gram *gram, unsigned cost)
{
    size_t at = gram->hash & mask;
    unsigned tag = (unsigned)(gram->hash >> 48) | 1;

    while (tags[2 * at] != 0 || tags[2 * at + 1] != 0) {
        unsigned here = (unsigned char)tags[2 * at] |
                        (unsigned)(unsigned char)tags[2 * at + 1] << 8;

        if (here == tag)
            return;
        at = (at + 1) & mask;
    }
    put(tags + 2 * at, tag, 2);
    costs[at] = (char)cost;
}

/* ---- a language ---- */

struct training {
    const struct labels_file *files;
    size_t count, slots;
    char *bytes;               /* of the model */
    const struct slice *texts; /* [count] */
};

static void count_text(struct grams *grams, struct slice text)
{
    struct slice line;

    for (uint64_t i = 0; labels_line(&text, &line); i++)
        if (i % HELD_OUT != HELD_OUT - 1)
            count_line(grams, line);
}

static void train_language(void *context, size_t i, size_t worker)
{
    struct training *training = context;
    char *head = training->bytes + HEAD + i * LANG;
    char *tags = training->bytes + HEAD + training->count * LANG +
                 i * 3 * training->slots;
    struct grams grams = { .mask = 4095 };
    struct gram *best;
    size_t kept = 0;

    (void)worker;
    grams.slots = xcalloc(grams.mask + 1, sizeof *grams.slots);
    count_text(&grams, training->texts[i]);
    best = xmalloc((grams.count + 1) * sizeof *best);
    for (size_t k = 0; k <= grams.mask; k++)
        if (grams.slots[k].count > 1)
            best[kept++] = grams.slots[k];
    qsort(best, kept, sizeof *best, gram_compare);
    if (kept > training->slots / 4 * 3)
        kept = training->slots / 4 * 3;
    for (size_t k = 0; k < kept; k++) {
        uint64_t whole = best[k].n == 1
                             ? grams.chars
                             : gram_find(&grams, best[k].before)->count;

        pack_gram(tags, tags + 2 * training->slots, training->slots - 1,
                  &best[k], cost_of(best[k].count,
                                    whole < best[k].count ? best[k].count
                                                          : whole));
    }
    put(head + CHARLM_LABEL + 4, kept, 4);
    free(best);
    free(grams.slots);
}

/* Mean cost of the lines held out, in thousandths of a bit. */
static void measure_usual(const struct charlm *model,
                          const struct training *training, size_t i)
{
    struct slice text = training->texts[i], line;
    double bits = 0, chars = 0;

    for (uint64_t n = 0; labels_line(&text, &line); n++)
        if (n % HELD_OUT == HELD_OUT - 1) {
            double len = (double)utf8_count(line);

            bits += len * charlm_bits(model,
                                      slice_from(training->files[i].label),
                                      line, NULL);
            chars += len;
        }
    put(training->bytes + HEAD + i * LANG + CHARLM_LABEL,
        chars == 0 ? 0 : (uint64_t)(1000 * bits / chars + 0.5), 4);
}

char *charlm_train(const struct labels_file *files, const struct slice *texts,
                   size_t count, size_t slots, size_t threads, size_t *len)
{
    struct training training = { files, count, slots, NULL, texts };
    struct charlm model;

    *len = HEAD + count * (LANG + 3 * slots) + TAIL;
    training.bytes = xcalloc(1, *len);
    memcpy(training.bytes, "mlinclm1", 8);
    put(training.bytes + 8, count, 4);
    put(training.bytes + 12, slots, 4);
    for (size_t i = 0; i < count; i++)
        memcpy(training.bytes + HEAD + i * LANG, files[i].label, LABELS_LEN);
    parallel_for(threads, count, train_language, &training);
    model = (struct charlm){ slice_make(training.bytes, *len), (uint32_t)count,
                             (uint32_t)slots };
    for (size_t i = 0; i < count; i++)
        measure_usual(&model, &training, i);
    put(training.bytes + *len - TAIL,
        hash64(slice_make(training.bytes, *len - TAIL)), 8);
    return training.bytes;
}

/* ---- the command ---- */

static void check_settings(const struct settings *settings, size_t count)
{
    if (!settings->out)
        usage_error("--out FILE is needed");
    if (count != 1)
        usage_error("give one directory of <label>.txt[.gz|.zst]");
    if (settings->slots < 256 || settings->slots > 1 << 24 ||
        (settings->slots & (settings->slots - 1)) != 0)
        usage_error("--slots is a power of two from 256 to 16777216");
}

static int charlm_run(void *self, const char *const *operands, size_t count)
{
    const struct settings *settings = self;
    size_t threads = settings->threads > 0 ? (size_t)settings->threads
                                           : parallel_cores();
    struct labels_file *files;
    struct output *output;
    struct slice *texts;
    size_t languages, len;
    char *bytes;

    check_settings(settings, count);
    files = labels_list(operands[0], "txt", &languages);
    texts = label_texts_read(files, languages);
    output = output_open(settings->out);
    bytes = charlm_train(files, texts, languages, (size_t)settings->slots,
                         threads, &len);
    output_write(output, slice_make(bytes, len));
    output_close(output);
    label_texts_free(texts, languages);
    free(bytes);
    labels_free(files, languages);
    return 0;
}

extern const struct command charlm_train_command;
const struct command charlm_train_command = {
    .name = "charlm-train",
    .summary = "make the model that says how usual a text's characters are",
    .operands = "DIR",
    .options = charlm_options,
    .size = sizeof(struct settings),
    .run = charlm_run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fertility - what a vocabulary costs each language of a directory of texts.
 *
 * Files are spread over threads; output does not depend on their number.
 *
 * Memory: for each thread a file and an encoder's worker; for each language 8
 * bytes a token of the vocabulary.
 */
#include "tokenizer/fertility.h"

#include <stdlib.h>

#include "src/compress.h"
#include "src/parallel.h"
#include "src/stage.h"
#include "tokenizer/vocab_file.h"

struct settings {
    const char *tokenizer, *pretokenizer, *pivot, *format, *out, *svg;
    uint64_t threads;
};

static const struct option fertility_options[] = {
    { "tokenizer", OPTION_TEXT, offsetof(struct settings, tokenizer), NULL,
      "FILE", "vocabulary: tokenizer.json, .tiktoken, .model or GGUF" },
    { "pretokenizer", OPTION_TEXT, offsetof(struct settings, pretokenizer),
      NULL, "NAME", "how text is cut, where FILE does not say it; or a regex" },
    { "pivot", OPTION_TEXT, offsetof(struct settings, pivot), NULL, "LABEL",
      "lines are translations: compare their tokens with this language's" },
    { "format", OPTION_TEXT, offsetof(struct settings, format), "table",
      "NAME", "table or tsv" },
    { "out", OPTION_TEXT, offsetof(struct settings, out), "-", "FILE",
      "where to write" },
    { "svg", OPTION_TEXT, offsetof(struct settings, svg), NULL, "FILE",
      "draw a picture too" },
    { "threads", OPTION_COUNT, offsetof(struct settings, threads), NULL, "N",
      "processors to use (default: all that the process may use)" },
    { 0 }
};

/* What the loop over languages shares. */
struct measuring {
    const struct encoder *encoder;
    const struct labels_file *files;
    struct fertility *fertility;
    struct trouble {
        struct fault fault;
        uint64_t line; /* 0: of the whole file */
    } *troubles;       /* [file], told in the files' order when all are done */
};

static void measure_file(void *context, size_t i, size_t worker)
{
    static const size_t file_max = (size_t)4 << 30;
    struct measuring *measuring = context;
    struct trouble *trouble = &measuring->troubles[i];
    struct fertility_language *language = &measuring->fertility->languages[i];
    struct encoder_worker *encoder_worker;
    struct slice text;
    char *bytes;

    (void)worker;
    memcpy(language->label, measuring->files[i].label, sizeof language->label);
    language->uses = xcalloc(measuring->fertility->vocab->count,
                             sizeof *language->uses);
    if (!file_read(measuring->files[i].path, file_max, &bytes, &text.len,
                   &trouble->fault))
        return;
    text.ptr = bytes;
    encoder_worker = encoder_worker_new();
    fertility_measure(measuring->encoder, encoder_worker, text, language,
                      &trouble->line, &trouble->fault);
    encoder_worker_free(encoder_worker);
    free(bytes);
}

/* Die of the first file that could not be measured. */
static void tell_trouble(const struct measuring *measuring)
{
    for (size_t i = 0; i < measuring->fertility->count; i++) {
        const struct trouble *trouble = &measuring->troubles[i];
        const char *path = measuring->files[i].path;

        if (!trouble->fault.what)
            continue;
        if (trouble->line > 0)
            die("%s:%llu: %s (byte %zu of the line)", path,
                (unsigned long long)trouble->line, trouble->fault.what,
                trouble->fault.at);
        if (trouble->fault.at > 0)
            die("%s: %s (byte %zu)", path, trouble->fault.what,
                trouble->fault.at);
        die("%s: %s", path, trouble->fault.what);
    }
}

static void find_pivot(struct fertility *fertility, const char *label,
                       const char *dir)
{
    for (size_t i = 0; i < fertility->count; i++)
        if (strcmp(fertility->languages[i].label, label) == 0)
            fertility->pivot = &fertility->languages[i];
    if (!fertility->pivot)
        usage_error("--pivot: there is no %s.txt in %s", label, dir);
    for (size_t i = 0; i < fertility->count; i++)
        if (fertility->languages[i].lines != fertility->pivot->lines)
            die("--pivot needs parallel text, but %s has %llu lines and %s "
                "%llu", label, (unsigned long long)fertility->pivot->lines,
                fertility->languages[i].label,
                (unsigned long long)fertility->languages[i].lines);
}

static void measure(struct fertility *fertility, const char *dir,
                    const struct settings *settings)
{
    struct labels_file *files = labels_list(dir, "txt", &fertility->count);
    struct encoder encoder;
    struct measuring measuring = { &encoder, files, fertility, NULL };
    struct fault fault = { 0 };

    if (!encoder_open(&encoder, fertility->vocab, false, &fault))
        die("%s: %s", settings->tokenizer, fault.what);
    fertility->languages = xcalloc(fertility->count,
                                   sizeof *fertility->languages);
    measuring.troubles = xcalloc(fertility->count, sizeof *measuring.troubles);
    parallel_for(settings->threads > 0 ? (size_t)settings->threads
                                       : parallel_cores(),
                 fertility->count, measure_file, &measuring);
    tell_trouble(&measuring);
    free(measuring.troubles);
    encoder_close(&encoder);
    labels_free(files, fertility->count);
}

static int fertility_run(void *self, const char *const *operands, size_t count)
{
    const struct settings *settings = self;
    struct fertility fertility = { 0 };
    struct vocab *vocab;
    struct output *output;

    if (!settings->tokenizer)
        usage_error("--tokenizer FILE is needed");
    if (count != 1)
        usage_error("give one directory of <label>.txt[.gz|.zst]");
    if (strcmp(settings->format, "table") != 0 &&
        strcmp(settings->format, "tsv") != 0)
        usage_error("--format: '%s' is not table or tsv", settings->format);
    vocab = vocab_open_text(settings->tokenizer, settings->pretokenizer);
    fertility.vocab = vocab;
    measure(&fertility, operands[0], settings);
    if (settings->pivot)
        find_pivot(&fertility, settings->pivot, operands[0]);
    fertility_finish(&fertility);
    output = output_open(settings->out);
    if (strcmp(settings->format, "tsv") == 0)
        fertility_tsv(&fertility, output);
    else
        fertility_table(&fertility, output);
    output_close(output);
    if (settings->svg) {
        output = output_open(settings->svg);
        fertility_svg(&fertility, output);
        output_close(output);
    }
    for (size_t i = 0; i < fertility.count; i++)
        free(fertility.languages[i].uses);
    free(fertility.languages);
    vocab_free(vocab);
    return 0;
}

extern const struct command fertility_command;
const struct command fertility_command = {
    .name = "fertility",
    .summary = "measure what a vocabulary costs each language",
    .operands = "DIR",
    .options = fertility_options,
    .size = sizeof(struct settings),
    .run = fertility_run,
};

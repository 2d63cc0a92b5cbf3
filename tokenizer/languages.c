/* SPDX-License-Identifier: Apache-2.0 */
/*
 * languages - sections become languages; small tables of numbers for them.
 */
#include "tokenizer/languages.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "src/compress.h"
#include "src/fail.h"
#include "tokenizer/train_input.h"

enum { TABLE_MAX = 1 << 20 };

static int section_order(const void *a, const void *b)
{
    const struct counts_section *x = a, *y = b;
    int order = slice_compare(x->lang, y->lang);

    return order != 0 ? order : slice_compare(x->source, y->source);
}

static struct slice copy_name(struct slice name)
{
    char *bytes = xmalloc(name.len + 1);

    if (name.len > 0)
        memcpy(bytes, name.ptr, name.len);
    bytes[name.len] = '\0';
    return slice_make(bytes, name.len);
}

static void add_words(struct wordcount *into, struct wordcount *from)
{
    if (into->count == 0) {
        struct wordcount empty = *into;

        *into = *from;
        *from = empty;
    } else if (!wordcount_add_all(into, from)) {
        die("the counts' sum does not fit 64 bits");
    }
    wordcount_clear(from);
}

void languages_take(struct languages *l, struct counts *counts)
{
    struct counts_section *sections;

    if (counts->count == 0)
        counts_section(counts, slice_make(NULL, 0), slice_make(NULL, 0));
    sections = xmalloc(counts->count * sizeof *sections);
    memcpy(sections, counts->sections, counts->count * sizeof *sections);
    qsort(sections, counts->count, sizeof *sections, section_order);
    l->items = xcalloc(counts->count, sizeof *l->items);
    l->count = 0;
    for (size_t i = 0; i < counts->count; i++) {
        struct counts_section *section =
            counts_section(counts, sections[i].lang, sections[i].source);

        if (i == 0 || !slice_equal(sections[i].lang, sections[i - 1].lang))
            l->items[l->count++].name = copy_name(section->lang);
        add_words(&l->items[l->count - 1].words, &section->words);
    }
    free(sections);
}

void languages_clear(struct languages *l)
{
    for (size_t i = 0; i < l->count; i++) {
        wordcount_clear(&l->items[i].words);
        wordcount_clear(&l->items[i].dev);
        free((void *)(uintptr_t)l->items[i].name.ptr);
    }
    free(l->items);
    *l = (struct languages){ 0 };
}

/* A line's language and number; the line ends in a NUL. */
static void read_value(const struct languages *l, const char *path,
                       size_t number, char *line, double least, double *values)
{
    char *tab = strchr(line, '\t'), *end;
    double value;

    if (!tab)
        die("%s:%zu: not a language, a tab and a number", path, number);
    value = strtod(tab + 1, &end);
    if (end == tab + 1 || *end != '\0' || !(value >= least && value <= 1e9))
        die("%s:%zu: not a number of %g to 1000000000", path, number, least);
    *tab = '\0';
    for (size_t i = 0; i < l->count; i++)
        if (slice_is(l->items[i].name, line)) {
            if (!isnan(values[i]))
                die("%s:%zu: a second line for %s", path, number, line);
            values[i] = value;
        }
}

void languages_values(const struct languages *l, const char *path, double least,
                      double *values)
{
    struct fault fault = { 0 };
    char *bytes, *text;
    size_t len, number = 0;

    for (size_t i = 0; i < l->count; i++)
        values[i] = NAN;
    if (!file_read(path, TABLE_MAX, &bytes, &len, &fault))
        die("%s: %s", path, fault.what);
    text = xmalloc(len + 2);
    memcpy(text, bytes, len);
    memcpy(text + len, "\n", 2);
    free(bytes);
    if (memchr(text, '\0', len))
        die("%s: not a text", path);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL;
         line = end + 1) {
        *end = '\0';
        number++;
        if (*line != '\0' && *line != '#')
            read_value(l, path, number, line, least, values);
    }
    free(text);
    for (size_t i = 0; i < l->count; i++)
        if (isnan(values[i]))
            die("%s: no line for the language '%s'", path,
                l->items[i].name.ptr);
}

void languages_read_dev(struct languages *l, const char *dir,
                        const char *pretokenizer)
{
    static const char *const ends[] = { "", ".gz", ".zst" };
    struct pretokenizer pre;
    struct fault fault;
    size_t with = 0;

    if (!pretokenizer_open(&pre, pretokenizer, &fault))
        bug("a pre-tokenizer that could be opened before");
    for (size_t i = 0; i < l->count; i++) {
        struct language *language = &l->items[i];

        if (memchr(language->name.ptr, '/', language->name.len))
            continue;
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
            char *path = xprintf("%s/%s.txt%s", dir, language->name.ptr,
                                 ends[e]);

            if (access(path, F_OK) == 0)
                train_input_lines(path, &pre, &language->dev);
            free(path);
        }
        if (language->dev.count == 0)
            notice("%s: no text of '%s': no merge is chosen for it", dir,
                   language->name.ptr);
        with += language->dev.count > 0;
    }
    if (with == 0)
        die("%s: no text of any language", dir);
    pretokenizer_close(&pre);
}

void languages_weigh(struct languages *l, const struct weights_options *options)
{
    uint64_t *totals = xcalloc(l->count, sizeof *totals);
    uint64_t *weights = xcalloc(l->count, sizeof *weights);

    for (size_t i = 0; i < l->count; i++)
        totals[i] = l->items[i].words.total;
    weights_find(totals, l->count, options, weights);
    for (size_t i = 0; i < l->count; i++) {
        struct wordcount weighed = { 0 };

        if (!weights_add(&weighed, &l->items[i].words, weights[i]))
            die("the counts times the weights do not fit 63 bits");
        wordcount_clear(&l->items[i].words);
        l->items[i].words = weighed;
    }
    free(totals);
    free(weights);
}

const struct wordcount *languages_add_up(struct languages *l)
{
    for (size_t i = 1; i < l->count; i++)
        add_words(&l->items[0].words, &l->items[i].words);
    return &l->items[0].words;
}

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

/* A section of the table `counts`. */
struct part {
    struct counts_section *section;
    size_t counts;
};

/* By language; of those of a language, by table. */
static int part_order(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    int order = slice_compare(x->section->lang, y->section->lang);

    if (order != 0)
        return order;
    if (x->counts != y->counts)
        return x->counts < y->counts ? -1 : 1;
    return slice_compare(x->section->source, y->section->source);
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
    if (!wordcount_add_all(into, from))
        die("the counts' sum does not fit 64 bits");
    wordcount_clear(from);
}

static struct language *add_language(struct languages *l, struct slice name)
{
    struct language *language = &l->items[l->count++];

    *language = (struct language){ .name = copy_name(name), .weight = 1 };
    return language;
}

/* Sources of a table are added up, for they have the same words. */
static void add_part(struct languages *l, const struct part *part,
                     const struct part *last)
{
    bool is_new = !last || !slice_equal(part->section->lang,
                                        last->section->lang);
    struct language *language =
        is_new ? add_language(l, part->section->lang)
               : &l->items[l->count - 1];

    if (!is_new && last->counts == part->counts) {
        add_words(&language->tables[language->table_count - 1],
                  &part->section->words);
        return;
    }
    language->tables = grow(language->tables, &language->table_cap,
                            language->table_count + 1,
                            sizeof *language->tables);
    language->tables[language->table_count++] = part->section->words;
    part->section->words = (struct wordcount){ 0 };
}

void languages_take(struct languages *l, struct counts_list *list)
{
    struct part *parts;
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += list->items[i].count;
    parts = xmalloc((count + 1) * sizeof *parts);
    count = 0;
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < list->items[i].count; k++)
            parts[count++] =
                (struct part){ &list->items[i].sections[k], i };
    if (count > 0)
        qsort(parts, count, sizeof *parts, part_order);
    l->items = xcalloc(count + 1, sizeof *l->items);
    for (size_t i = 0; i < count; i++)
        add_part(l, &parts[i], i > 0 ? &parts[i - 1] : NULL);
    if (l->count == 0)
        add_language(l, slice_make(NULL, 0));
    free(parts);
}

void languages_clear(struct languages *l)
{
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].table_count; k++)
            wordcount_clear(&l->items[i].tables[k]);
        free(l->items[i].tables);
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
        for (size_t k = 0; k < l->items[i].table_count; k++)
            totals[i] += l->items[i].tables[k].total;
    weights_find(totals, l->count, options, weights);
    for (size_t i = 0; i < l->count; i++)
        l->items[i].weight = weights[i];
    free(totals);
    free(weights);
}

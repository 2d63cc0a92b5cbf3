/* SPDX-License-Identifier: Apache-2.0 */
/*
 * explain - every n-gram with the difference of its two weights; sorted by its
 * letters to add up repetitions, then by what it adds.
 */
#include "langid/explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/unicode.h"
#include "src/utf8.h"

struct evidence {
    uint32_t at, len;      /* of the codes */
    const uint8_t *codes;
    double weight;
};

static int by_letters(const void *a, const void *b)
{
    const struct evidence *x = a, *y = b;

    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return memcmp(x->codes + x->at, y->codes + y->at, x->len);
}

/* The most positive first; of equals, as they sort by letters. */
static int by_weight(const void *a, const void *b)
{
    const struct evidence *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return by_letters(a, b);
}

/* Which two lanes of the full part to ask about. */
struct question {
    const struct model *model;
    unsigned lanes[2];
};

static int question_weight(const struct question *question, uint32_t row,
                           size_t i)
{
    return model_weight(question->model, MODEL_FULL, row, question->lanes[i]);
}

/* Add the n-gram or word of `len` codes at `at`, and what it weighs. */
static size_t weigh(const struct question *question,
                    const struct features *features, size_t at, size_t len,
                    struct features_kind kind, struct evidence *to)
{
    uint8_t codes[EXPLAIN_CODES + FEATURES_PAD] = { 0 };
    uint32_t rows[FEATURES_ROWS];
    size_t from = 0;

    memcpy(codes, features->codes + at, len);
    if (features_rows(codes, len, features->script, kind, &from, rows) != 1)
        return 0;
    *to = (struct evidence){
        (uint32_t)at, (uint32_t)len, features->codes,
        question_weight(question, rows[0], 0) -
            question_weight(question, rows[0], 1)
    };
    return 1;
}

/* All n-grams and words among the first `len` codes. */
static size_t collect(const struct question *question,
                      const struct features *features, size_t len,
                      struct evidence *to)
{
    struct features_kind kind = question->model->parts[MODEL_FULL].kind;
    struct features_kind one = { .row_bits = kind.row_bits };
    size_t count = 0, end;

    for (unsigned n = 2; n <= FEATURES_GRAM_MAX; n++) {
        one.grams = kind.grams & (uint32_t)1 << n;
        for (size_t i = 0; one.grams != 0 && i + n <= len; i++)
            count += weigh(question, features, i, n, one, to + count);
    }
    one.grams = 0;
    one.word_bits = kind.word_bits;
    for (size_t i = 0; kind.word_bits > 0 && i + 2 < len; i = end) {
        for (end = i + 1; end < len && !features_parts(features->codes[end]);)
            end++;
        if (end < len && end > i + 1)
            count += weigh(question, features, i, end - i + 1, one,
                           to + count);
    }
    return count;
}

/* Repetitions are added up; then the strongest come first. */
static size_t sort_evidence(struct evidence *all, size_t count)
{
    size_t distinct = 0;

    if (count == 0)
        return 0;
    qsort(all, count, sizeof *all, by_letters);
    for (size_t i = 1; i < count; i++)
        if (by_letters(&all[distinct], &all[i]) == 0)
            all[distinct].weight += all[i].weight;
        else
            all[++distinct] = all[i];
    qsort(all, distinct + 1, sizeof *all, by_weight);
    return distinct + 1;
}

struct text {
    char *bytes;
    size_t len;
};

static void put(struct text *text, const char *bytes)
{
    size_t len = strlen(bytes);

    memcpy(text->bytes + text->len, bytes, len);
    text->len += len;
}

/* The first code point of each letter of the script. */
static void name_letters(unsigned script, uint32_t names[256])
{
    memset(names, 0, 256 * sizeof *names);
    for (uint32_t cp = LETTERS_LIMIT; cp-- > 0;) {
        uint16_t entry = letters_entry(cp);

        if (entry >> 8 == script && (entry & 0xff) != 0)
            names[entry & 0xff] = unicode_fold(cp);
    }
    names[0] = '_';
    names[FEATURES_SIGN] = '=';
}

static void put_evidence(struct text *text, const struct evidence *evidence,
                         const uint32_t names[256], double unit, bool first)
{
    char number[40];

    put(text, first ? "[\"" : ",[\"");
    for (size_t i = 0; i < evidence->len && i < EXPLAIN_LETTERS; i++) {
        uint32_t cp = names[evidence->codes[evidence->at + i]];

        text->len += utf8_put(text->bytes + text->len, cp > 0 ? cp : '?');
    }
    snprintf(number, sizeof number, "\",%.2f]", evidence->weight * unit);
    put(text, number);
}

static size_t second_best(const struct model_guess *guess, size_t best)
{
    size_t second = guess->count;

    for (size_t i = 0; i < guess->count; i++)
        if (i != best && guess->rivals[i].same == i &&
            (second == guess->count || guess->p[i] > guess->p[second]))
            second = i;
    return second;
}

struct slice explain_json(const struct model *model, struct features *features,
                          struct slice text, const struct model_guess *guess,
                          struct arena *arena)
{
    size_t best = guess->best, second, len, count;
    struct question question;
    struct evidence *all;
    uint32_t names[256];
    double unit;
    struct text out;

    second = second_best(guess, best);
    if (second == guess->count)
        return slice_from("{}");
    features_read(features, text);
    if (model->first[features->script] + model->rivals !=
        guess->rivals || features->len == 0)
        return slice_from("{}");
    len = features->len < EXPLAIN_CODES ? features->len : EXPLAIN_CODES;
    all = arena_alloc(arena, len * (FEATURES_GRAM_MAX + 1) * sizeof *all);
    question = (struct question){ model, { guess->rivals[best].lane,
                                           guess->rivals[second].lane } };
    count = collect(&question, features, len, all);
    unit = count > 0 ? model->parts[MODEL_FULL].scale / sqrt((double)count)
                     : 0.0;
    count = sort_evidence(all, count);
    name_letters(features->script, names);
    out.bytes = arena_alloc(arena, 100 + 2 * EXPLAIN_SHOWN *
                                             (50 + 4 * EXPLAIN_LETTERS));
    out.len = 0;
    put(&out, "{\"against\":\"");
    put(&out, model->classes[guess->rivals[second].class].label);
    put(&out, "\",\"for\":[");
    for (size_t i = 0; i < count && i < EXPLAIN_SHOWN && all[i].weight > 0; i++)
        put_evidence(&out, &all[i], names, unit, i == 0);
    put(&out, "],\"counter\":[");
    for (size_t i = 0; i < count && i < EXPLAIN_SHOWN; i++) {
        const struct evidence *last = &all[count - 1 - i];

        if (last->weight >= 0)
            break;
        put_evidence(&out, last, names, unit, i == 0);
    }
    put(&out, "]}");
    return slice_make(out.bytes, out.len);
}

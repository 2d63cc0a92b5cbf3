/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fertility.h - what a vocabulary costs each language, from texts by language.
 *
 *   fertility_measure   one language's text, on any thread
 *   fertility_finish    what needs all languages: owners, dead tokens, pivot
 *   fertility_table, fertility_tsv, fertility_svg   say it
 *
 * A word is a run of bytes between ASCII white space and control characters, as
 * in the word counts of `mlin encode`; it is kept whole when one token covers
 * it, with the blank before it or without.
 */
#ifndef MLIN_TOKENIZER_FERTILITY_H
#define MLIN_TOKENIZER_FERTILITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/labels.h"
#include "src/output.h"
#include "tokenizer/encoder.h"

struct fertility_language {
    char label[LABELS_LEN + 1];
    uint64_t lines;            /* empty ones too */
    uint64_t words, whole;     /* whole: words that are one token */
    uint64_t characters, bytes; /* without line ends */
    uint64_t tokens;
    uint64_t partial;          /* of them, those that are not whole UTF-8 */
    uint64_t owned;            /* tokens of the vocabulary */
    uint64_t *uses;            /* [vocab->count] how often each is used */
};

struct fertility {
    const struct vocab *vocab;
    struct fertility_language *languages; /* [count], sorted by label */
    size_t count;
    const struct fertility_language *pivot; /* NULL: text is not parallel */
    uint64_t used;    /* tokens of the vocabulary that some language uses */
    uint64_t special; /* special tokens that none uses, as it should be */
    uint64_t dead;    /* all other tokens that none uses */
};

/* Over languages, of what a language pays: see fertility_cost(). */
struct fertility_spread {
    double mean, gini, worst_by_best;
    size_t worst, best; /* languages; of equals the first */
};

/*
 * Add the lines of `text` to a language whose `uses` is cleared memory.  False
 * with a fault when a line is not UTF-8 or the vocabulary cannot say it,
 * fault->at being a byte of line `*line` (the first is 1), and when there is no
 * word in all of the text (`*line` is 0).
 */
bool fertility_measure(const struct encoder *encoder,
                       struct encoder_worker *worker, struct slice text,
                       struct fertility_language *language, uint64_t *line,
                       struct fault *fault);

/*
 * Give each used token to the language that uses it most per byte, of equals to
 * the first, and count used, special and dead tokens.  The languages must have
 * been measured.
 */
void fertility_finish(struct fertility *fertility);

/*
 * What a language pays for the same content: on parallel text tokens per line
 * by the pivot's, else tokens per byte.
 */
double fertility_cost(const struct fertility *fertility, size_t language);
struct fertility_spread fertility_spread(const struct fertility *fertility);

/*
 * Gini coefficient of positive numbers: half the mean difference of two of
 * them, by their mean; 0 when all are equal.
 */
double fertility_gini(const double *values, size_t count);

/* Tokens per word. */
double fertility_rate(const struct fertility_language *language);

void fertility_table(const struct fertility *fertility, struct output *output);
void fertility_tsv(const struct fertility *fertility, struct output *output);

/* A picture that needs nothing else: a bar for each language, cheapest first,
 * tokens per line by the pivot's, or tokens per word. */
void fertility_svg(const struct fertility *fertility, struct output *output);

#endif

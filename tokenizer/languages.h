/* SPDX-License-Identifier: Apache-2.0 */
/*
 * languages.h - counted words by language, with what a training knows of each.
 *
 * The sources of a language are added up; no language is one, too.
 */
#ifndef MLIN_TOKENIZER_LANGUAGES_H
#define MLIN_TOKENIZER_LANGUAGES_H

#include <stddef.h>
#include <stdint.h>

#include "tokenizer/counts.h"
#include "tokenizer/weights.h"

struct language {
    struct slice name;        /* owned */
    struct wordcount *tables; /* [table_count] that add up to its words */
    size_t table_count, table_cap;
    uint64_t weight;          /* of each occurrence */
    struct wordcount dev;     /* of its development text */
};

struct languages {
    struct language *items; /* [count], in the order of the names' bytes */
    size_t count;
};

/* Move the words out of the counts; one language at least, if empty. */
void languages_take(struct languages *l, struct counts_list *list);
void languages_clear(struct languages *l);

/*
 * Read values[count] from a file of lines "language TAB number"; '#' begins a
 * comment.  Dies when a line is malformed, the number is below `least` or above
 * a billion, or a language has no line or two.
 */
void languages_values(const struct languages *l, const char *path, double least,
                      double *values);

/*
 * Read the development texts DIR/<language>.txt, or .txt.gz, .txt.zst, each
 * line a text; says which languages have none, dies when all.
 */
void languages_read_dev(struct languages *l, const char *dir,
                        const char *pretokenizer);

/* Give each language its weight, in units of 1/WEIGHTS_ONE. */
void languages_weigh(struct languages *l,
                     const struct weights_options *options);

#endif

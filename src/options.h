/* SPDX-License-Identifier: Apache-2.0 */
/*
 * options.h - one table per tool: it parses the command line and the pipeline
 * file, prints --help, and is compared with the manual page by `make lint`.
 *
 *     static const struct option dedup_options[] = {
 *         { "near", OPTION_FLAG, offsetof(struct dedup, near), NULL, NULL,
 *           "also drop documents that are almost copies" },
 *         { 0 }
 *     };
 *
 * Accepted forms: --name VALUE, --name=VALUE, -o VALUE for "out"; "--" ends the
 * options; anything else that does not begin with '-' (or is "-") is an
 * operand.
 */
#ifndef MLIN_OPTIONS_H
#define MLIN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_kind {
    OPTION_FLAG,   /* bool: given or not; has no value */
    OPTION_TEXT,   /* const char *: the value as typed; NULL when not given */
    OPTION_COUNT,  /* uint64_t: a whole number, digits only */
    OPTION_BYTES,  /* uint64_t: a whole number, with K, M or G (times 1024) */
    OPTION_NUMBER, /* double: a decimal number */
    OPTION_LIST    /* struct option_list: may be given many times */
};

struct option_list {
    const char **items;
    size_t count, cap;
};

/* The end of a table is an entry whose name is NULL. */
struct option {
    const char *name;      /* without the dashes */
    enum option_kind kind;
    size_t offset;         /* of the member in the tool's struct */
    const char *preset;    /* default, as the user would type it, or NULL */
    const char *value;     /* what help calls the value; NULL = by kind */
    const char *help;      /* one line, no full stop at the end */
};

/* Set every member named in the table to its preset (or to nothing). */
void options_preset(const struct option *table, void *self);

/*
 * Parse argv[0 .. count-1] (without the tool's name) by up to two tables, each
 * with its struct; the first table wins where both have a name.  Operands are
 * appended to *operands.  A mistake is a usage_error() that names the option
 * and a near name if there is one.  The strings are not copied.
 */
void options_parse(const struct option *table, void *self,
                   const struct option *common, void *common_self,
                   const char *const *argv, size_t count,
                   struct option_list *operands);

/* True when argv holds --help or -h before a "--". */
bool options_help_asked(const char *const *argv, size_t count);

/* Print the table's lines of --help to stdout. */
void options_print(const struct option *table, const char *title);

/* Append to a list; the string is not copied. */
void option_list_add(struct option_list *list, const char *item);
void option_list_clear(struct option_list *list);

/*
 * Split a line of a pipeline file into words, as a shell would: blanks part,
 * '...' and "..." and \x keep together, # at a word's start ends the line.
 * Words are fresh memory, in one piece: free() of the first frees them all.
 * False with a fault for an open quote.
 */
struct fault;
bool options_split(const char *line, size_t len, struct option_list *words,
                   struct fault *fault);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regex.h - regular expressions over UTF-8 as Hugging Face tokenizers 0.23
 * means them, by PCRE2, compiled to machine code.
 *
 * Patterns are read as src/dialect.h says: classes are those of Unicode 16,
 * whatever the PCRE2 on this machine has (10.42: Unicode 14; known are 14 to
 * 18); `$` is the end of every line.  That header also lists what is refused,
 * and what stays as PCRE2 has it.
 *
 * Text without characters whose class has changed since PCRE2's tables, which
 * is nearly all text, is searched as fast as if nothing were corrected, but for
 * one look at each byte.
 *
 * Bytes that are not UTF-8 match nothing.  Cost: that of the expression, which
 * for a careless one is not linear; a match that takes more than PCRE2's limit
 * (10 million steps) gives up.
 */
#ifndef MLIN_REGEX_H
#define MLIN_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "src/fail.h"
#include "src/slice.h"

/* Read only once made: any number of threads may search with it. */
struct regex;

/* NULL and a fault at a byte of the pattern when it is not an expression. */
struct regex *regex_open(const char *pattern, struct fault *fault);
void regex_close(struct regex *regex); /* NULL is allowed */

/*
 * What one thread needs to search one text, which must stay as it is; cheap
 * enough for a few hundred matches.
 */
struct regex_search {
    const struct regex *regex;
    struct slice text;
    void *match;
    size_t clear_from, clear_to; /* between: no character of a changed class */
    bool is_stopped;             /* by one, at clear_to */
};

void regex_search_init(struct regex_search *search, const struct regex *regex,
                       struct slice text);
void regex_search_clear(struct regex_search *search);

enum regex_outcome { REGEX_NONE, REGEX_FOUND, REGEX_GAVE_UP };

/*
 * The first match that begins at or after `at`; what stands before `at` is seen
 * by look-behinds.  On REGEX_FOUND it is [*start, *end), which may be empty.
 */
enum regex_outcome regex_find(struct regex_search *search, size_t at,
                              size_t *start, size_t *end);

/* "10.42 2022-12-11" and "14.0.0". */
const char *regex_version(void);
const char *regex_unicode_version(void);

#endif

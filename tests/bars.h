/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bars.h - a text and its pieces, as "one| two|.": a bar after each but the
 * last, and none in the text.
 */
#ifndef MLIN_TESTS_BARS_H
#define MLIN_TESTS_BARS_H

#include "tests/check.h"
#include "tokenizer/pretokenize.h"

enum { BARS_MAX = 200 };

static inline void bars_cut(const struct pretokenizer *p, const char *shown,
                            const char *what)
{
    size_t ends[BARS_MAX], expected[BARS_MAX], n, count = 0, len = 0;
    char text[BARS_MAX];

    for (const char *s = shown; *s; s++) {
        if (*s == '|')
            expected[count++] = len;
        else
            text[len++] = *s;
    }
    expected[count++] = len;
    n = pretokenize(p, slice_make(text, len), 0, ends, BARS_MAX);
    check_that(n == count && memcmp(ends, expected, n * sizeof *ends) == 0,
               "%s: %s", what, shown);
}

#endif

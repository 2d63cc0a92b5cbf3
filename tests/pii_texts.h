/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_texts.h - texts in which what must be found stands in [ and ], and
 * nothing else may be.
 */
#ifndef MLIN_TESTS_PII_TEXTS_H
#define MLIN_TESTS_PII_TEXTS_H

#include <string.h>

#include "filters/pii.h"
#include "tests/check.h"

/* What is found of the type, and that it is what is marked. */
static inline void pii_text_check(enum pii_type type, const char *marked)
{
    bool wanted[PII_TYPES] = { false };
    struct arena arena = { 0 };
    struct pii_span *spans, want[8];
    char text[200], *to = text;
    size_t wants = 0, count;

    check(strlen(marked) < sizeof text);
    wanted[type] = true;
    for (const char *p = marked; *p; p++) {
        if (*p == '[')
            want[wants].begin = (size_t)(to - text);
        else if (*p == ']')
            want[wants++].end = (size_t)(to - text);
        else
            *to++ = *p;
    }
    count = pii_find(slice_make(text, (size_t)(to - text)), wanted, &spans,
                     &arena);
    for (size_t i = 0; i < count || i < wants; i++)
        check_that(i < count && i < wants && spans[i].begin == want[i].begin &&
                       spans[i].end == want[i].end,
                   "'%s': span %zu of %zu is %zu to %zu", marked, i, count,
                   i < count ? spans[i].begin : 0,
                   i < count ? spans[i].end : 0);
    arena_clear(&arena);
}

/* Cut off at any byte, in memory of its own, so that a look past it is seen. */
static inline void pii_text_cut(size_t (*find)(struct slice text, size_t at),
                                const char *marked)
{
    for (size_t len = 1; len <= strlen(marked); len++) {
        char *text = malloc(len);
        size_t count = 0;

        check(text);
        for (size_t i = 0; i < len; i++)
            if (marked[i] != '[' && marked[i] != ']')
                text[count++] = marked[i];
        /* The end is the end of the memory. */
        memmove(text + len - count, text, count);
        for (size_t at = 0; at < count; at++) {
            struct slice rest = { text + len - count, count };
            bool is_inside = at > 0 && pii_is_alnum(rest.ptr[at - 1]);

            if (pii_is_alnum(rest.ptr[at]) && !is_inside)
                check(find(rest, at) <= count);
        }
        free(text);
    }
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordlist.h - the words of a table in byte order, sorted the plain way.
 */
#ifndef MLIN_TESTS_WORDLIST_H
#define MLIN_TESTS_WORDLIST_H

#include <stdlib.h>

#include "tests/check.h"
#include "tokenizer/wordcount.h"

static inline int wordlist_order(const void *a, const void *b)
{
    const struct wordcount_item *x = a, *y = b;

    return slice_compare(x->word, y->word);
}

/* Fresh memory of table->count items; the words lie in the table. */
static inline struct wordcount_item *wordlist(const struct wordcount *table)
{
    struct wordcount_item *items = malloc((table->count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t at = 0; wordcount_next(table, &at, &items[count]);)
        check(++count <= table->count);
    check(count == table->count);
    if (count > 0)
        qsort(items, count, sizeof *items, wordlist_order);
    return items;
}

#endif

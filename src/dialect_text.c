/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_text - text and ranges that grow.
 */
#include "src/dialect_text.h"

#include <stdlib.h>

#include "src/fail.h"

void dialect_put(struct dialect_text *to, struct slice bytes)
{
    to->bytes = grow(to->bytes, &to->cap, to->len + bytes.len + 1, 1);
    if (bytes.len > 0)
        memcpy(to->bytes + to->len, bytes.ptr, bytes.len);
    to->len += bytes.len;
    to->bytes[to->len] = '\0';
}

void dialect_puts(struct dialect_text *to, const char *string)
{
    dialect_put(to, slice_from(string));
}

void dialect_put_code(struct dialect_text *to, uint32_t cp)
{
    static const char digits[] = "0123456789abcdef";
    char text[12];
    size_t at = sizeof text;

    text[--at] = '}';
    do {
        text[--at] = digits[cp & 15];
        cp >>= 4;
    } while (cp > 0);
    dialect_puts(to, "\\x{");
    dialect_put(to, slice_make(text + at, sizeof text - at));
}

void dialect_add(struct dialect_ranges *to, uint32_t first, uint32_t last)
{
    if (to->count > 0 && to->items[to->count - 1].last + 1 == first) {
        to->items[to->count - 1].last = last;
        return;
    }
    to->items = grow(to->items, &to->cap, to->count + 1, sizeof *to->items);
    to->items[to->count++] = (struct dialect_range){ first, last };
}

static int by_first(const void *a, const void *b)
{
    const struct dialect_range *x = a, *y = b;

    return x->first < y->first ? -1 : x->first > y->first;
}

void dialect_normalize(struct dialect_ranges *ranges)
{
    struct dialect_range *items = ranges->items;
    size_t count = 0;

    if (ranges->count == 0)
        return;
    qsort(items, ranges->count, sizeof *items, by_first);
    for (size_t i = 1; i < ranges->count; i++) {
        if (items[i].first > items[count].last + 1)
            items[++count] = items[i];
        else if (items[i].last > items[count].last)
            items[count].last = items[i].last;
    }
    ranges->count = count + 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keyed - arrays of items, made and made larger.
 */
#include "tokenizer/keyed.h"

#include "src/large.h"

enum { CAP_MIN = 1024 };

void *keyed_new(size_t cap, size_t size)
{
    char *items = large_alloc(cap * size);

    for (size_t i = 0; i < cap; i++)
        memcpy(items + i * size, &(uint64_t){ KEYED_FREE }, sizeof(uint64_t));
    return items;
}

void keyed_free(void *items, size_t cap, size_t size)
{
    large_free(items, cap * size);
}

void *keyed_grow(void *items, size_t *cap, size_t size)
{
    size_t old_cap = *cap;
    char *grown;

    *cap = old_cap > 0 ? old_cap * 2 : CAP_MIN;
    grown = keyed_new(*cap, size);
    for (size_t i = 0; i < old_cap; i++) {
        const char *item = (const char *)items + i * size;
        uint64_t key;

        memcpy(&key, item, sizeof key);
        if (key != KEYED_FREE)
            memcpy(keyed_find(grown, *cap, size, key), item, size);
    }
    keyed_free(items, old_cap, size);
    return grown;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordstore - blocks; the part of a place by bisection.
 */
#include "filters/wordstore.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"

bool wordstore_claim(struct wordstore *store, uint64_t bytes)
{
    if (store->memory > 0 && bytes > 0 &&
        store->bytes + bytes > store->memory)
        return false;
    store->bytes += bytes;
    return true;
}

bool wordstore_name(struct wordstore *store, struct slice id, uint64_t *name)
{
    if (!wordstore_claim(store, names_more(&store->names, id)))
        return false;
    *name = names_put(&store->names, id);
    return true;
}

bool wordstore_open(struct wordstore *store, uint64_t name, size_t first)
{
    size_t size = WORDSTORE_PARTS * sizeof(struct wordstore_part);

    if (store->part_count % WORDSTORE_PARTS == 0) {
        if (!wordstore_claim(store, size))
            return false;
        store->parts = grow(store->parts, &store->part_cap,
                            store->part_block_count + 1, sizeof *store->parts);
        store->parts[store->part_block_count++] = xmalloc(size);
    }
    *wordstore_part(store, store->part_count++) =
        (struct wordstore_part){ store->count, name, (uint32_t)first };
    return true;
}

bool wordstore_append(struct wordstore *store, const uint16_t *checks,
                      size_t count)
{
    while (count > 0) {
        size_t at = store->count % WORDSTORE_BLOCK;
        size_t some = WORDSTORE_BLOCK - at;

        if (at == 0) {
            if (!wordstore_claim(store, WORDSTORE_BLOCK * sizeof *checks))
                return false;
            store->blocks = grow(store->blocks, &store->block_cap,
                                 store->block_count + 1,
                                 sizeof *store->blocks);
            store->blocks[store->block_count++] =
                xmalloc(WORDSTORE_BLOCK * sizeof *checks);
        }
        some = count < some ? count : some;
        memcpy(store->blocks[store->block_count - 1] + at, checks,
               some * sizeof *checks);
        store->count += some;
        checks += some;
        count -= some;
    }
    return true;
}

uint64_t wordstore_end(const struct wordstore *store, size_t i)
{
    return i + 1 < store->part_count ? wordstore_part(store, i + 1)->place
                                     : store->count;
}

size_t wordstore_find(const struct wordstore *store, uint64_t place)
{
    size_t low = 0, high = store->part_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (wordstore_part(store, middle)->place <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void wordstore_clear(struct wordstore *store)
{
    names_clear(&store->names);
    for (size_t i = 0; i < store->block_count; i++)
        free(store->blocks[i]);
    for (size_t i = 0; i < store->part_block_count; i++)
        free(store->parts[i]);
    free(store->blocks);
    free(store->parts);
    *store = (struct wordstore){ 0 };
}

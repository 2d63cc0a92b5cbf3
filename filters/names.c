/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names - ids behind one another in blocks; see the header.
 */
#include "filters/names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "src/fail.h"

enum { BLOCK = 1 << 20, BLOCK_SHIFT = 20 };

static bool is_left_out(struct slice id)
{
    return !id.ptr || id.len > NAMES_LEN_MAX;
}

uint64_t names_more(const struct names *names, struct slice id)
{
    if (is_left_out(id))
        return 0;
    return names->count == 0 ||
                   names->len + sizeof(uint16_t) + id.len > BLOCK
               ? BLOCK
               : 0;
}

uint64_t names_put(struct names *names, struct slice id)
{
    uint16_t len = (uint16_t)id.len;
    uint64_t place;
    char *at;

    if (is_left_out(id))
        return NAMES_NONE;
    if (names_more(names, id) > 0) {
        names->blocks = grow(names->blocks, &names->cap, names->count + 1,
                             sizeof *names->blocks);
        names->blocks[names->count++] = xmalloc(BLOCK);
        names->len = 0;
    }
    place = (uint64_t)(names->count - 1) << BLOCK_SHIFT | names->len;
    at = names->blocks[names->count - 1] + names->len;
    memcpy(at, &len, sizeof len);
    memcpy(at + sizeof len, id.ptr, len);
    names->len += sizeof len + len;
    return place;
}

struct slice names_get(const struct names *names, uint64_t place)
{
    const char *at;
    uint16_t len;

    if (place == NAMES_NONE)
        return slice_make(NULL, 0);
    at = names->blocks[place >> BLOCK_SHIFT] + (place & (BLOCK - 1));
    memcpy(&len, at, sizeof len);
    return slice_make(at + sizeof len, len);
}

void names_clear(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->blocks[i]);
    free(names->blocks);
    *names = (struct names){ 0 };
}

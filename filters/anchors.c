/* SPDX-License-Identifier: Apache-2.0 */
/*
 * anchors - small open-addressing tables; see the header.
 */
#include "filters/anchors.h"

#include <stdlib.h>

#include "src/fail.h"

enum { PART_SHIFT = 52, TAG_SHIFT = 28, TAG_BITS = 24, PLACE_BITS = 40,
       FIRST_CAP = 8 };

#define PLACE_MASK (((uint64_t)1 << PLACE_BITS) - 1)

static uint64_t tag_of(uint64_t key)
{
    return key >> TAG_SHIFT & 0xffffff;
}

static uint64_t home_of(const struct anchors_part *part, uint64_t tag)
{
    return tag * part->cap >> TAG_BITS;
}

static uint64_t after(const struct anchors_part *part, uint64_t at)
{
    return at + 1 == part->cap ? 0 : at + 1;
}

void anchors_prefetch(const struct anchors *anchors, uint64_t key)
{
    const struct anchors_part *part = &anchors->parts[key >> PART_SHIFT];

    if (part->cap)
        __builtin_prefetch(part->entries + home_of(part, tag_of(key)));
}

struct anchors_walk anchors_begin(const struct anchors *anchors, uint64_t key)
{
    const struct anchors_part *part = &anchors->parts[key >> PART_SHIFT];
    uint64_t tag = tag_of(key);

    return (struct anchors_walk){ part, part->cap ? home_of(part, tag) : 0,
                                 tag };
}

bool anchors_next(struct anchors_walk *walk, uint64_t *place)
{
    const struct anchors_part *part = walk->part;

    while (part->cap && part->entries[walk->at]) {
        uint64_t entry = part->entries[walk->at];

        walk->at = after(part, walk->at);
        if (entry >> PLACE_BITS == walk->tag) {
            *place = (entry & PLACE_MASK) - 1;
            return true;
        }
    }
    return false;
}

/* Four slots of five are used at most. */
static bool is_full(const struct anchors_part *part)
{
    return ((uint64_t)part->count + 1) * 5 > (uint64_t)part->cap * 4;
}

static uint32_t next_cap(const struct anchors_part *part)
{
    return part->cap ? part->cap + part->cap / 6 + 4 : FIRST_CAP;
}

static void put(struct anchors_part *part, uint64_t entry)
{
    uint64_t at = home_of(part, entry >> PLACE_BITS);

    while (part->entries[at])
        at = after(part, at);
    part->entries[at] = entry;
    part->count++;
}

uint64_t anchors_more(const struct anchors *anchors, uint64_t key)
{
    const struct anchors_part *part = &anchors->parts[key >> PART_SHIFT];

    return is_full(part)
               ? (next_cap(part) - part->cap) * sizeof *part->entries
               : 0;
}

void anchors_put(struct anchors *anchors, uint64_t key, uint64_t place)
{
    struct anchors_part *part = &anchors->parts[key >> PART_SHIFT];

    if (place > ANCHORS_PLACE_MAX)
        bug("a place of 40 bits and more");
    if (is_full(part)) {
        struct anchors_part wide = { .cap = next_cap(part) };

        wide.entries = xcalloc(wide.cap, sizeof *wide.entries);
        for (uint32_t i = 0; i < part->cap; i++)
            if (part->entries[i])
                put(&wide, part->entries[i]);
        free(part->entries);
        *part = wide;
    }
    put(part, tag_of(key) << PLACE_BITS | (place + 1));
}

void anchors_clear(struct anchors *anchors)
{
    for (uint32_t i = 0; i < ANCHORS_PARTS; i++)
        free(anchors->parts[i].entries);
    *anchors = (struct anchors){ 0 };
}

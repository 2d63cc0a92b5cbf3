/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hashset - linear probing in 256 small tables; see the header for the memory.
 *
 * A look-up costs one cache miss, or two: probes go to the next slot, and four
 * slots share a cache line.
 */
#include "src/hashset.h"

#include <stdlib.h>

#include "src/fail.h"

enum { FIRST_CAP = 16 };

static bool is_zero(struct hash128 key)
{
    return (key.high | key.low) == 0;
}

/* The slot that holds the key, or the free one where it would go. */
static struct hash128 *find(const struct hashset_part *part, struct hash128 key)
{
    uint64_t mask = part->cap - 1, at = key.low & mask;

    while (!is_zero(part->keys[at]) && (part->keys[at].low != key.low ||
                                        part->keys[at].high != key.high))
        at = (at + 1) & mask;
    return &part->keys[at];
}

/* At most three slots of four are used, so a probe always ends. */
static bool is_full(const struct hashset_part *part)
{
    return part->count >= part->cap / 4 * 3;
}

static uint64_t next_cap(const struct hashset_part *part)
{
    return part->cap ? part->cap * 2 : FIRST_CAP;
}

static void widen(struct hashset_part *part)
{
    struct hashset_part wide = { .count = part->count, .cap = next_cap(part) };

    wide.keys = xcalloc(wide.cap, sizeof *wide.keys);
    for (uint64_t i = 0; i < part->cap; i++)
        if (!is_zero(part->keys[i]))
            *find(&wide, part->keys[i]) = part->keys[i];
    free(part->keys);
    *part = wide;
}

bool hashset_add(struct hashset *set, struct hash128 key)
{
    struct hashset_part *part = &set->parts[key.high >> 56];
    struct hash128 *slot;

    if (is_zero(key)) {
        bool is_new = !set->has_zero;

        set->has_zero = true;
        return is_new;
    }
    if (part->cap == 0 || is_full(part))
        widen(part);
    slot = find(part, key);
    if (!is_zero(*slot))
        return false;
    *slot = key;
    part->count++;
    return true;
}

bool hashset_has(const struct hashset *set, struct hash128 key)
{
    const struct hashset_part *part = &set->parts[key.high >> 56];

    if (is_zero(key))
        return set->has_zero;
    return part->cap > 0 && !is_zero(*find(part, key));
}

uint64_t hashset_more(const struct hashset *set, struct hash128 key)
{
    const struct hashset_part *part = &set->parts[key.high >> 56];

    if (is_zero(key) || !(part->cap == 0 || is_full(part)))
        return 0;
    return next_cap(part) * sizeof *part->keys;
}

uint64_t hashset_count(const struct hashset *set)
{
    uint64_t count = set->has_zero;

    for (int i = 0; i < HASHSET_PARTS; i++)
        count += set->parts[i].count;
    return count;
}

uint64_t hashset_bytes(const struct hashset *set)
{
    uint64_t slots = 0;

    for (int i = 0; i < HASHSET_PARTS; i++)
        slots += set->parts[i].cap;
    return slots * sizeof(struct hash128);
}

void hashset_clear(struct hashset *set)
{
    for (int i = 0; i < HASHSET_PARTS; i++)
        free(set->parts[i].keys);
    *set = (struct hashset){ 0 };
}

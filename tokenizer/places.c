/* SPDX-License-Identifier: Apache-2.0 */
/*
 * places - a hash table of lists.
 */
#include "tokenizer/places.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/large.h"
#include "tokenizer/pairs.h"

enum { SLOTS_MIN = 1024 };

/* The slot of the pair, or the free one where it belongs. */
static struct place_list *slot_of(const struct places *places, uint64_t key)
{
    size_t at = pairs_hash(key) & (places->cap - 1);

    while (places->slots[at].key != key &&
           places->slots[at].key != PAIRS_FREE)
        at = (at + 1) & (places->cap - 1);
    return &places->slots[at];
}

static void slots_grow(struct places *places)
{
    struct place_list *old = places->slots;
    size_t old_cap = places->cap;

    places->cap = old_cap > 0 ? old_cap * 2 : SLOTS_MIN;
    places->slots = large_alloc(places->cap * sizeof *places->slots);
    for (size_t i = 0; i < places->cap; i++)
        places->slots[i].key = PAIRS_FREE;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].key != PAIRS_FREE)
            *slot_of(places, old[i].key) = old[i];
    large_free(old, old_cap * sizeof *old);
}

struct place_list *places_find(const struct places *places, uint64_t key)
{
    struct place_list *list;

    if (places->cap == 0)
        return NULL;
    list = slot_of(places, key);
    return list->key == PAIRS_FREE ? NULL : list;
}

struct place_list *places_add(struct places *places, uint64_t key)
{
    struct place_list *list;

    if (places->count * 3 >= places->cap * 2)
        slots_grow(places);
    list = slot_of(places, key);
    if (list->key == PAIRS_FREE) {
        *list = (struct place_list){ .key = key };
        places->count++;
    }
    return list;
}

void places_clear(struct places *places)
{
    for (size_t i = 0; i < places->cap; i++)
        if (places->slots[i].key != PAIRS_FREE)
            free(places->slots[i].at);
    large_free(places->slots, places->cap * sizeof *places->slots);
    *places = (struct places){ 0 };
}

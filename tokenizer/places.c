/* SPDX-License-Identifier: Apache-2.0 */
/*
 * places - a hash table of lists.
 */
#include "tokenizer/places.h"

#include <stdlib.h>

static struct place_list *slot_of(const struct places *places, uint64_t key)
{
    return keyed_find(places->slots, places->cap, sizeof *places->slots, key);
}

struct place_list *places_find(const struct places *places, uint64_t key)
{
    struct place_list *list;

    if (places->cap == 0)
        return NULL;
    list = slot_of(places, key);
    return list->key == KEYED_FREE ? NULL : list;
}

struct place_list *places_add(struct places *places, uint64_t key)
{
    struct place_list *list;

    if (places->count * 3 >= places->cap * 2)
        places->slots = keyed_grow(places->slots, &places->cap,
                                   sizeof *places->slots);
    list = slot_of(places, key);
    if (list->key == KEYED_FREE) {
        *list = (struct place_list){ .key = key };
        places->count++;
    }
    return list;
}

void places_clear(struct places *places)
{
    for (size_t i = 0; i < places->cap; i++)
        if (places->slots[i].key != KEYED_FREE)
            free(places->slots[i].at);
    keyed_free(places->slots, places->cap, sizeof *places->slots);
    *places = (struct places){ 0 };
}

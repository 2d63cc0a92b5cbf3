/* SPDX-License-Identifier: Apache-2.0 */
/*
 * places - a hash table of lists, and pools that these are in.
 */
#include "tokenizer/places.h"

#include <stdlib.h>

#include "src/fail.h"

enum { LINE = 128 };

/* In cache lines of its own. */
struct places_hand {
    _Alignas(LINE) struct pool pool;
    size_t taken; /* places that it was asked for more than it was given back */
};

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

void places_init(struct places *places, size_t hands)
{
    *places = (struct places){ .hand_count = hands };
    places->hands = aligned_alloc(LINE, hands * sizeof *places->hands);
    if (!places->hands)
        die("out of memory");
    memset(places->hands, 0, hands * sizeof *places->hands);
}

uint32_t *places_alloc(struct places *places, size_t hand, size_t count)
{
    places->hands[hand].taken += count;
    return pool_alloc(&places->hands[hand].pool, count * sizeof(uint32_t));
}

/* To the hand that needs most. */
void places_free(struct places *places, const struct place_list *list)
{
    struct places_hand *hand = &places->hands[0];

    for (size_t i = 1; i < places->hand_count; i++)
        if (places->hands[i].taken > hand->taken)
            hand = &places->hands[i];
    hand->taken -= list->count < hand->taken ? list->count : hand->taken;
    pool_free(&hand->pool, list->at, list->count * sizeof *list->at);
}

void places_reset(struct places *places)
{
    for (size_t i = 0; i < places->hand_count; i++) {
        pool_clear(&places->hands[i].pool);
        places->hands[i].taken = 0;
    }
    keyed_free(places->slots, places->cap, sizeof *places->slots);
    places->slots = NULL;
    places->count = places->cap = 0;
}

void places_clear(struct places *places)
{
    places_reset(places);
    free(places->hands);
    *places = (struct places){ 0 };
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs - a hash table of pairs and a heap over it.
 */
#include "tokenizer/pairs.h"

#include <stdlib.h>

#include "src/fail.h"

enum { SLOTS_MIN = 1024, BRANCHES = 4, PLACES_MIN = 4 };

static size_t home(const struct pairs *pairs, uint64_t key)
{
    uint64_t h = key * 0x9e3779b97f4a7c15u;

    return (size_t)(h ^ h >> 32) & (pairs->slot_cap - 1);
}

/* The slot of the pair, or the free one where it belongs. */
static uint32_t *slot_of(const struct pairs *pairs, uint64_t key)
{
    size_t at = home(pairs, key);

    while (pairs->slots[at] != 0 &&
           pairs->items[pairs->slots[at] - 1].key != key)
        at = (at + 1) & (pairs->slot_cap - 1);
    return &pairs->slots[at];
}

static void slots_grow(struct pairs *pairs)
{
    free(pairs->slots);
    pairs->slot_cap = pairs->slot_cap > 0 ? pairs->slot_cap * 2 : SLOTS_MIN;
    pairs->slots = xcalloc(pairs->slot_cap, sizeof *pairs->slots);
    for (size_t i = 0; i < pairs->count; i++)
        *slot_of(pairs, pairs->items[i].key) = (uint32_t)i + 1;
}

struct pair *pairs_find(const struct pairs *pairs, uint64_t key)
{
    uint32_t found;

    if (pairs->slot_cap == 0)
        return NULL;
    found = *slot_of(pairs, key);
    return found > 0 ? &pairs->items[found - 1] : NULL;
}

static struct pair *find_or_add(struct pairs *pairs, uint64_t key)
{
    uint32_t *slot;

    if (pairs->count * 2 >= pairs->slot_cap)
        slots_grow(pairs);
    slot = slot_of(pairs, key);
    if (*slot == 0) {
        if (pairs->count >= UINT32_MAX - 1)
            die("more than 2^32 different pairs");
        pairs->items = grow(pairs->items, &pairs->cap, pairs->count + 1,
                            sizeof *pairs->items);
        pairs->items[pairs->count] = (struct pair){ .key = key };
        *slot = (uint32_t)++pairs->count;
    }
    return &pairs->items[*slot - 1];
}

void pairs_fall(struct pairs *pairs, uint64_t key, int64_t times)
{
    struct pair *pair = pairs_find(pairs, key);

    if (!pair)
        bug("a pair that was never counted falls");
    pair->count -= times;
}

void pairs_rise(struct pairs *pairs, uint64_t key, int64_t times,
                uint32_t chunk)
{
    struct pair *pair = find_or_add(pairs, key);

    pair->count += times;
    if (pair->place_count == 0 ||
        pair->places[pair->place_count - 1] != chunk) {
        if (pair->place_count == pair->place_cap) {
            if (pair->place_cap > UINT32_MAX / 2)
                die("a pair in more than 2^31 places");
            pair->place_cap = pair->place_cap > 0 ? pair->place_cap * 2
                                                  : PLACES_MIN;
            pair->places = xrealloc(pair->places, pair->place_cap *
                                                      sizeof *pair->places);
        }
        pair->places[pair->place_count++] = chunk;
    }
    if (pair->round == pairs->round + 1)
        return;
    pair->round = pairs->round + 1;
    pairs->risen = grow(pairs->risen, &pairs->risen_cap,
                        pairs->risen_count + 1, sizeof *pairs->risen);
    pairs->risen[pairs->risen_count++] = (uint32_t)(pair - pairs->items);
}

static bool comes_first(const struct pairs_entry *a,
                        const struct pairs_entry *b)
{
    return a->count != b->count ? a->count > b->count : a->key < b->key;
}

/* Put the entry where it belongs on the way from `at` to the top. */
static void sift_up(struct pairs *pairs, size_t at, struct pairs_entry entry)
{
    struct pairs_entry *queue = pairs->queue;

    while (at > 0) {
        size_t parent = (at - 1) / BRANCHES;

        if (!comes_first(&entry, &queue[parent]))
            break;
        queue[at] = queue[parent];
        at = parent;
    }
    queue[at] = entry;
}

/* The same, from `at` down. */
static void sift_down(struct pairs *pairs, size_t at, struct pairs_entry entry)
{
    struct pairs_entry *queue = pairs->queue;

    for (;;) {
        size_t first = at * BRANCHES + 1, best = first;

        if (first >= pairs->queue_count)
            break;
        for (size_t i = first + 1;
             i < first + BRANCHES && i < pairs->queue_count; i++)
            if (comes_first(&queue[i], &queue[best]))
                best = i;
        if (!comes_first(&queue[best], &entry))
            break;
        queue[at] = queue[best];
        at = best;
    }
    queue[at] = entry;
}

void pairs_enter_risen(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->risen_count; i++) {
        const struct pair *pair = &pairs->items[pairs->risen[i]];

        if (pair->count <= 0)
            continue;
        pairs->queue = grow(pairs->queue, &pairs->queue_cap,
                            pairs->queue_count + 1, sizeof *pairs->queue);
        sift_up(pairs, pairs->queue_count++,
                (struct pairs_entry){ pair->count, pair->key });
    }
    pairs->risen_count = 0;
    pairs->round++;
}

struct pair *pairs_take(struct pairs *pairs)
{
    while (pairs->queue_count > 0) {
        struct pairs_entry top = pairs->queue[0];
        struct pair *pair = pairs_find(pairs, top.key);
        struct pairs_entry last = pairs->queue[pairs->queue_count - 1];

        if (top.count == pair->count || pair->count <= 0) {
            if (--pairs->queue_count > 0)
                sift_down(pairs, 0, last);
            /* Without places it was entered twice and has been taken. */
            if (pair->count > 0 && pair->place_count > 0)
                return pair;
        } else {
            top.count = pair->count;
            sift_down(pairs, 0, top);
        }
    }
    return NULL;
}

void pairs_clear(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        free(pairs->items[i].places);
    free(pairs->items);
    free(pairs->slots);
    free(pairs->queue);
    free(pairs->risen);
    *pairs = (struct pairs){ 0 };
}

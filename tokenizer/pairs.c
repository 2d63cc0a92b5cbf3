/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs - a hash table of pairs and a heap over it.
 */
#include "tokenizer/pairs.h"

#include <stdlib.h>

#include "src/fail.h"

enum { BRANCHES = 4 };

static struct pair *slot_of(const struct pairs *pairs, uint64_t key)
{
    return keyed_find(pairs->slots, pairs->cap, sizeof *pairs->slots, key);
}

struct pair *pairs_find(const struct pairs *pairs, uint64_t key)
{
    struct pair *pair;

    if (pairs->cap == 0)
        return NULL;
    pair = slot_of(pairs, key);
    return pair->key == KEYED_FREE ? NULL : pair;
}

struct pair *pairs_add(struct pairs *pairs, uint64_t key)
{
    struct pair *pair;

    if (pairs->count * 3 >= pairs->cap * 2)
        pairs->slots = keyed_grow(pairs->slots, &pairs->cap,
                                  sizeof *pairs->slots);
    pair = slot_of(pairs, key);
    if (pair->key == KEYED_FREE) {
        *pair = (struct pair){ .key = key };
        pairs->count++;
    }
    return pair;
}

static bool comes_first(const struct pair *a, const struct pair *b)
{
    return a->count != b->count ? a->count > b->count : a->key < b->key;
}

static void queue_add(struct pairs *pairs, struct pair entry)
{
    struct pair *queue;
    size_t at = pairs->queue_count++;

    queue = pairs->queue = grow(pairs->queue, &pairs->queue_cap,
                                pairs->queue_count, sizeof *queue);
    while (at > 0) {
        size_t parent = (at - 1) / BRANCHES;

        if (!comes_first(&entry, &queue[parent]))
            break;
        queue[at] = queue[parent];
        at = parent;
    }
    queue[at] = entry;
}

void pairs_enter(struct pairs *pairs, uint64_t key, int64_t count)
{
    pairs_add(pairs, key)->count = count;
    queue_add(pairs, (struct pair){ key, count });
}

void pairs_return(struct pairs *pairs, const struct pair *pair)
{
    queue_add(pairs, *pair);
}

/* Put the entry where it belongs on the way from the top down. */
static void sift_down(struct pairs *pairs, struct pair entry)
{
    struct pair *queue = pairs->queue;
    size_t at = 0;

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

const struct pair *pairs_take(struct pairs *pairs)
{
    while (pairs->queue_count > 0) {
        struct pair top = pairs->queue[0];
        const struct pair *pair = pairs_find(pairs, top.key);
        bool is_exact = pair->count == top.count;

        if (is_exact || pair->count < pairs->least) {
            if (--pairs->queue_count > 0)
                sift_down(pairs, pairs->queue[pairs->queue_count]);
            if (is_exact && top.count >= pairs->least)
                return pair;
        } else {
            sift_down(pairs, *pair);
        }
    }
    return NULL;
}

int64_t pairs_top(const struct pairs *pairs)
{
    return pairs->queue_count > 0 ? pairs->queue[0].count : 0;
}

void pairs_clear(struct pairs *pairs)
{
    keyed_free(pairs->slots, pairs->cap, sizeof *pairs->slots);
    free(pairs->queue);
    *pairs = (struct pairs){ .least = pairs->least };
}

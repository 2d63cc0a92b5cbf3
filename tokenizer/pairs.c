/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs - a hash table of pairs, and a heap over the most frequent of them.
 */
#include "tokenizer/pairs.h"

#include <stdlib.h>

#include "src/fail.h"

enum { BRANCHES = 4, AHEAD = 16 };

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

/* The first bits of a count, and how many follow. */
static size_t class_of(int64_t count)
{
    unsigned bits = 63 - (unsigned)__builtin_clzll((uint64_t)count);
    uint64_t first = bits < PAIRS_CLASS_BITS
                         ? (uint64_t)count << (PAIRS_CLASS_BITS - bits)
                         : (uint64_t)count >> (bits - PAIRS_CLASS_BITS);

    return (size_t)bits << PAIRS_CLASS_BITS |
           (first & ((1u << PAIRS_CLASS_BITS) - 1));
}

static void heap_add(struct pairs *pairs, struct pair entry)
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

static void queue_add(struct pairs *pairs, struct pair entry)
{
    size_t number = class_of(entry.count);
    struct pair_class *class;

    if (!pairs->classes) {
        pairs->classes = xcalloc(PAIRS_CLASSES, sizeof *pairs->classes);
        pairs->class = PAIRS_CLASSES;
    }
    if (number >= pairs->class) {
        heap_add(pairs, entry);
        return;
    }
    class = &pairs->classes[number];
    class->items = grow(class->items, &class->cap, class->count + 1,
                        sizeof *class->items);
    class->items[class->count++] = entry;
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

/* The highest class that has entries; PAIRS_CLASSES: none has. */
static size_t next_class(const struct pairs *pairs)
{
    size_t class = pairs->classes ? pairs->class : 0;

    while (class-- > 0)
        if (pairs->classes[class].count > 0)
            return class;
    return PAIRS_CLASSES;
}

/*
 * The next class to the heap, which is empty, but for pairs whose counts have
 * fallen meanwhile.  False when there is none.
 */
static bool open_class(struct pairs *pairs)
{
    size_t number = next_class(pairs);
    struct pair_class class;

    if (number == PAIRS_CLASSES)
        return false;
    class = pairs->classes[number];
    pairs->classes[number] = (struct pair_class){ 0 };
    pairs->class = number;
    for (size_t i = 0; i < class.count; i++) {
        const struct pair *pair;

        if (i + AHEAD < class.count)
            pairs_prefetch(pairs, class.items[i + AHEAD].key);
        pair = pairs_find(pairs, class.items[i].key);
        if (pair->count >= pairs->least)
            queue_add(pairs, *pair);
    }
    free(class.items);
    return true;
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
    while (pairs->queue_count > 0 || open_class(pairs)) {
        struct pair top;
        const struct pair *pair;

        if (pairs->queue_count == 0)
            continue;
        top = pairs->queue[0];
        pair = pairs_find(pairs, top.key);
        if (--pairs->queue_count > 0)
            sift_down(pairs, pairs->queue[pairs->queue_count]);
        if (pair->count < pairs->least)
            continue;
        if (pair->count == top.count)
            return pair;
        queue_add(pairs, *pair);
    }
    return NULL;
}

int64_t pairs_top(const struct pairs *pairs)
{
    size_t number = next_class(pairs);
    int64_t top = 0;

    if (pairs->queue_count > 0)
        return pairs->queue[0].count;
    if (number == PAIRS_CLASSES)
        return 0;
    for (size_t i = 0; i < pairs->classes[number].count; i++)
        if (pairs->classes[number].items[i].count > top)
            top = pairs->classes[number].items[i].count;
    return top;
}

void pairs_clear(struct pairs *pairs)
{
    for (size_t i = 0; i < PAIRS_CLASSES && pairs->classes; i++)
        free(pairs->classes[i].items);
    free(pairs->classes);
    keyed_free(pairs->slots, pairs->cap, sizeof *pairs->slots);
    free(pairs->queue);
    *pairs = (struct pairs){ .least = pairs->least };
}

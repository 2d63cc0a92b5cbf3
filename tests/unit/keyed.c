/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keyed - what is entered is found, with its value, after any growth; items of
 * several sizes, keys that crowd one place, and pairs of tokens.
 */
#include "tokenizer/keyed.h"

#include "tests/check.h"

struct wide {
    uint64_t key, value[2];
};

enum { KEYS = 20000 };

/* The i-th key: with a few high bits only, they share their homes. */
static uint64_t nth(uint64_t i, int crowded)
{
    return crowded ? i << 44 : i * i * 2654435761u + i;
}

static void entered_is_found(int crowded, uint64_t keys)
{
    struct wide *items = NULL, *found;
    size_t cap = 0;

    items = keyed_grow(items, &cap, sizeof *items);
    for (uint64_t i = 0; i < keys; i++) {
        if (2 * (i + 1) > cap)
            items = keyed_grow(items, &cap, sizeof *items);
        found = keyed_find(items, cap, sizeof *items, nth(i, crowded));
        check(found->key == KEYED_FREE);
        *found = (struct wide){ nth(i, crowded), { i, ~i } };
    }
    check((cap & (cap - 1)) == 0 && cap >= 2 * keys);
    for (uint64_t i = 0; i < keys; i++) {
        found = keyed_find(items, cap, sizeof *items, nth(i, crowded));
        check(found->key == nth(i, crowded) && found->value[0] == i &&
              found->value[1] == ~i);
    }
    found = keyed_find(items, cap, sizeof *items, 12345678901u);
    check(found->key == KEYED_FREE);
    keyed_free(items, cap, sizeof *items);
}

/* The search goes on at the first item after the last. */
static void the_end_is_no_end(void)
{
    uint64_t *items = keyed_new(8, sizeof *items), key = 0;

    while (keyed_home(items, 8, sizeof *items, key) != items + 7)
        key++;
    items[7] = key++;
    while (keyed_home(items, 8, sizeof *items, key) != items + 7)
        key++;
    check(keyed_find(items, 8, sizeof *items, key) == items);
    keyed_free(items, 8, sizeof *items);
}

static void pairs_are_ordered(void)
{
    check(keyed_pair(1, 2) != keyed_pair(2, 1));
    check(keyed_pair(UINT32_MAX, UINT32_MAX - 1) != KEYED_FREE);
    check(keyed_pair(3, 4) < keyed_pair(3, 5));
    check(keyed_pair(3, UINT32_MAX) < keyed_pair(4, 0));
}

int main(void)
{
    entered_is_found(0, KEYS);
    entered_is_found(1, KEYS / 10);
    the_end_is_no_end();
    pairs_are_ordered();
    return check_done();
}

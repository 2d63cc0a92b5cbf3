/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordset - words into slots, those of equal count side by side.
 *
 * Few counts are large and most are small, so words of small counts are put
 * where their count's run has room, in one pass; the others are sorted.
 */
#include "tokenizer/wordset.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/large.h"

enum { SMALL = 1024 }; /* counts that have a place of their own */

uint64_t wordset_open(struct wordset *set,
                      const struct wordcount *const *tables, size_t count,
                      bool used[256])
{
    struct wordcount_item item;
    uint64_t hash = 0, total = 0, slots = 1;

    *set = (struct wordset){ .group_count = count };
    set->groups = xcalloc(count + 1, sizeof *set->groups);
    for (size_t g = 0; g < count; g++) {
        uint64_t sum = 0, bytes = 0;

        for (size_t at = 0; wordcount_next(tables[g], &at, &item);) {
            uint64_t link[2] = { hash64(item.word), item.count }, weight;

            if (__builtin_mul_overflow((uint64_t)item.word.len, item.count,
                                       &weight) ||
                __builtin_add_overflow(total, weight, &total) ||
                total > INT64_MAX)
                die("the counts are too large: pairs would occur 2^63 times");
            bytes += weight;
            if (item.word.len > 1)
                slots += item.word.len + 1;
            for (size_t k = 0; k < item.word.len; k++)
                used[(unsigned char)item.word.ptr[k]] = true;
            sum += hash64(slice_make((const char *)link, sizeof link));
        }
        set->groups[g].tokens = set->groups[g].bytes = (int64_t)bytes;
        hash = hash64(slice_make((const char *)(uint64_t[2]){ hash, sum }, 16));
    }
    if (slots >= SLOT_INSIDE)
        die("the distinct words have more than 2^32 bytes");
    set->slot_count = slots;
    return hash;
}

void wordset_length(struct wordset *set, uint32_t id, uint32_t bytes)
{
    size_t old = set->length_cap;

    set->lengths = grow(set->lengths, &set->length_cap, (size_t)id + 1,
                        sizeof *set->lengths);
    if (set->length_cap > old)
        memset(set->lengths + old, 0,
               (set->length_cap - old) * sizeof *set->lengths);
    set->lengths[id] = bytes;
}

static void add_run(struct wordset *set, size_t begin, size_t group,
                    uint64_t count)
{
    set->runs = grow(set->runs, &set->run_cap, set->run_count + 2,
                     sizeof *set->runs);
    set->runs[set->run_count++] =
        (struct wordset_run){ .begin = (uint32_t)begin,
                              .group = (uint32_t)group,
                              .count = (int64_t)count };
    set->runs[set->run_count] = (struct wordset_run){ .begin = UINT32_MAX };
}

/* An edge and the word's bytes; returns where the next word may begin. */
static size_t put_word(struct wordset *set, size_t at, struct slice word,
                       const uint32_t byte_ids[256])
{
    set->slots[at++] = SLOT_EDGE;
    for (size_t i = 0; i < word.len; i++)
        set->slots[at++] = byte_ids[(unsigned char)word.ptr[i]];
    return at;
}

static int by_count(const void *a, const void *b)
{
    const struct wordcount_item *x = a, *y = b;

    return x->count < y->count ? -1 : x->count > y->count;
}

/* The words of large counts, sorted; each different count is a run. */
static size_t load_large(struct wordset *set, size_t group, size_t at,
                         struct wordcount_item *items, size_t count,
                         const uint32_t byte_ids[256])
{
    if (count > 0)
        qsort(items, count, sizeof *items, by_count);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || items[i].count != items[i - 1].count)
            add_run(set, at, group, items[i].count);
        at = put_word(set, at, items[i].word, byte_ids);
    }
    return at;
}

static size_t load_group(struct wordset *set, size_t group,
                         const struct wordcount *table, size_t at,
                         const uint32_t byte_ids[256])
{
    size_t sizes[SMALL] = { 0 }, places[SMALL], count = 0, cap = 0;
    struct wordcount_item item, *large = NULL;

    for (size_t i = 0; wordcount_next(table, &i, &item);)
        if (item.word.len > 1 && item.count < SMALL)
            sizes[item.count] += item.word.len + 1;
    for (size_t i = 0; i < SMALL; i++) {
        places[i] = at;
        if (sizes[i] > 0)
            add_run(set, at, group, i);
        at += sizes[i];
    }
    for (size_t i = 0; wordcount_next(table, &i, &item);) {
        if (item.word.len < 2)
            continue;
        if (item.count < SMALL) {
            places[item.count] = put_word(set, places[item.count], item.word,
                                          byte_ids);
            continue;
        }
        large = grow(large, &cap, count + 1, sizeof *large);
        large[count++] = item;
    }
    at = load_large(set, group, at, large, count, byte_ids);
    free(large);
    return at;
}

void wordset_load(struct wordset *set, const struct wordcount *const *tables,
                  const uint32_t byte_ids[256])
{
    size_t blocks = set->slot_count / WORDSET_BLOCK + 1, at = 0, run = 0;

    set->slots = large_alloc(set->slot_count * sizeof *set->slots);
    for (size_t g = 0; g < set->group_count; g++)
        at = load_group(set, g, tables[g], at, byte_ids);
    set->slots[at] = SLOT_EDGE;
    for (int byte = 0; byte < 256; byte++)
        if (byte_ids[byte] != UINT32_MAX)
            wordset_length(set, byte_ids[byte], 1);
    if (set->run_count == 0)
        add_run(set, 0, 0, 0);
    set->run_of = xmalloc(blocks * sizeof *set->run_of);
    for (size_t i = 0; i < blocks; i++) {
        while (set->runs[run + 1].begin <= i * WORDSET_BLOCK)
            run++;
        set->run_of[i] = (uint32_t)run;
    }
}

void wordset_clear(struct wordset *set)
{
    large_free(set->slots, set->slot_count * sizeof *set->slots);
    free(set->runs);
    free(set->run_of);
    free(set->groups);
    free(set->lengths);
    *set = (struct wordset){ 0 };
}

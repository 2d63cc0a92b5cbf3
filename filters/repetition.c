/* SPDX-License-Identifier: Apache-2.0 */
/*
 * repetition - one hash per word, from which the hash of each n-gram grows as
 * n does: gram[i] of n is gram[i] of n-1, times a constant, plus word[i+n-1].
 *
 * Tables have twice as many slots as there can be entries, at least.  Those of
 * n-grams are cleared once: a hash ends in its n, and a slot that ends in
 * another is free.
 */
#include "filters/repetition.h"

#include "src/hash.h"

/* A table of hashes; 0 = free.  [mask + 1] */
struct hashes {
    uint64_t *slots;
    size_t mask;
};

static size_t table_size(size_t entries)
{
    size_t size = 16;

    while (size < 2 * entries)
        size *= 2;
    return size;
}

/* Spread a sum of products over all bits; never 0. */
static uint64_t spread(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

static struct hashes hashes_make(size_t entries, struct arena *scratch)
{
    size_t size = table_size(entries);

    return (struct hashes){ arena_zero(scratch, size, sizeof(uint64_t)),
                            size - 1 };
}

/* The hash of an n-gram: its last four bits are n. */
static uint64_t tagged(uint64_t hash, size_t n)
{
    return (spread(hash) & ~(uint64_t)15) | n;
}

static bool is_of(uint64_t slot, size_t n)
{
    return (slot & 15) == n;
}

/* True when the hash was not there before. */
static bool hashes_add(struct hashes *table, uint64_t hash)
{
    size_t at = hash & table->mask;

    while (table->slots[at]) {
        if (table->slots[at] == hash)
            return false;
        at = (at + 1) & table->mask;
    }
    table->slots[at] = hash;
    return true;
}

static struct slice span_slice(struct slice text, struct span span)
{
    return slice_make(text.ptr + span.at, span.len);
}

void repetition_count(struct repetition_units *units, struct slice text,
                      const struct span *spans, size_t count, uint32_t without,
                      struct arena *scratch)
{
    struct hashes seen;

    *units = (struct repetition_units){ 0 };
    for (size_t i = 0; i < count; i++)
        units->count += spans[i].len > 0 && !(spans[i].flags & without);
    seen = hashes_make(units->count, scratch);
    for (size_t i = 0; i < count; i++) {
        if (spans[i].len == 0 || (spans[i].flags & without))
            continue;
        if (hashes_add(&seen, spread(hash64(span_slice(text, spans[i])))))
            continue;
        units->dup_count++;
        units->dup_chars += spans[i].chars;
    }
}

/* ---- n-grams ---- */

/* Words, the hashes of their n-grams, and a table used again for each n. */
struct grams {
    const struct span *words; /* [word_count] */
    size_t word_count;
    const uint64_t *word;     /* [word_count] */
    uint64_t *gram;           /* [word_count - n + 1] of the current n */
    size_t gram_count;
    size_t size;              /* of a table */
};

static void grams_grow(struct grams *g, size_t n)
{
    g->gram_count = g->word_count - n + 1;
    for (size_t i = 0; i < g->gram_count; i++)
        g->gram[i] = g->gram[i] * 0x9fb21c651e98df25u + g->word[i + n - 1];
}

static uint64_t gram_chars(const struct grams *g, size_t at, size_t n)
{
    uint64_t chars = 0;

    for (size_t i = at; i < at + n; i++)
        chars += g->words[i].chars;
    return chars;
}

struct top_slot {
    uint64_t hash;
    uint32_t count, first;
};

static uint64_t top_chars(const struct grams *g, struct top_slot *slots,
                          size_t n)
{
    struct top_slot top = { 0 };
    size_t mask = g->size - 1;

    for (size_t i = 0; i < g->gram_count; i++) {
        uint64_t hash = tagged(g->gram[i], n);
        size_t at = hash >> 4 & mask;
        struct top_slot *slot;

        while (is_of(slots[at].hash, n) && slots[at].hash != hash)
            at = (at + 1) & mask;
        slot = &slots[at];
        if (slot->hash != hash)
            *slot = (struct top_slot){ hash, 0, (uint32_t)i };
        slot->count++;
        if (slot->count > top.count ||
            (slot->count == top.count && slot->first < top.first))
            top = *slot;
    }
    return top.count * (gram_chars(g, top.first, n) + n - 1);
}

static uint64_t dup_chars(const struct grams *g, uint64_t *slots, size_t n)
{
    size_t mask = g->size - 1, i = 0;
    uint64_t chars = 0;

    while (i < g->gram_count) {
        uint64_t hash = tagged(g->gram[i], n);
        size_t at = hash >> 4 & mask;

        while (is_of(slots[at], n) && slots[at] != hash)
            at = (at + 1) & mask;
        if (slots[at] != hash) {
            slots[at] = hash;
            i++;
            continue;
        }
        chars += gram_chars(g, i, n);
        i += n;
    }
    return chars;
}

void repetition_count_grams(struct repetition_grams *grams,
                            const struct record_words *table,
                            struct arena *scratch)
{
    size_t count = table->word_count < REPETITION_WORDS_MAX
                       ? table->word_count
                       : REPETITION_WORDS_MAX;
    uint64_t *word = arena_alloc(scratch, (count + 1) * sizeof *word);
    uint64_t *gram = arena_alloc(scratch, (count + 1) * sizeof *gram);
    struct grams g = { .words = table->words, .word_count = count,
                       .word = word, .gram = gram, .size = table_size(count) };
    struct top_slot *top = arena_zero(scratch, g.size, sizeof *top);
    uint64_t *seen = arena_zero(scratch, g.size, sizeof *seen);

    *grams = (struct repetition_grams){ 0 };
    for (size_t i = 0; i < count; i++)
        word[i] = gram[i] = hash64(words_slice(table, table->words[i]));
    for (size_t n = 2; n <= REPETITION_DUP_LAST && n <= count; n++) {
        grams_grow(&g, n);
        if (n <= REPETITION_TOP_LAST)
            grams->chars[n] = top_chars(&g, top, n);
        else
            grams->chars[n] = dup_chars(&g, seen, n);
    }
}

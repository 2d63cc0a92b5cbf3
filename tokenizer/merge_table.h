/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merge_table.h - what two neighbouring tokens make, found by one read.
 *
 * No two merges share a slot: the pair's hash says which of some thousand
 * factors is its own, and hash times factor where it stands.  The factors were
 * chosen for that when the table was made; they are few enough to stay in the
 * processor, so that of the table itself a look-up reads one word:
 *
 *     what they make [24] | left [20] | right [20]
 *
 * Memory: 8 bytes a slot, 1.25 to 2.5 slots for each merge, and a 16th of that.
 * Read only once made: any number of threads.
 */
#ifndef MLIN_TOKENIZER_MERGE_TABLE_H
#define MLIN_TOKENIZER_MERGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MERGE_BITS = 20, /* of a token; all ones: none */
    MERGE_NONE = (1 << MERGE_BITS) - 1
};

struct merge {
    uint32_t left, right, made;
};

struct merge_table {
    uint64_t *slots;   /* [1 << slot_bits] */
    uint32_t *factors; /* [1 << factor_bits] */
    unsigned slot_bits, factor_bits;
};

/*
 * Of merges of different pairs, all tokens below MERGE_NONE - 1.  False when no
 * such table is found in 64 million slots.
 */
bool merge_table_make(struct merge_table *table, const struct merge *merges,
                      size_t count);
void merge_table_clear(struct merge_table *table);

/* Where the merge of a pair would stand. */
struct merge_place {
    const uint64_t *slot;
    uint64_t pair;
};

/* A token may be MERGE_NONE, which merges with none. */
static inline uint64_t merge_pair(uint32_t left, uint32_t right)
{
    return (uint64_t)left << MERGE_BITS | right;
}

static inline uint64_t merge_hash(uint64_t pair)
{
    return pair * 0x9e3779b97f4a7c15u;
}

static inline size_t merge_slot(const struct merge_table *t, uint64_t hash,
                                uint32_t factor)
{
    return (size_t)(hash * factor >> (64 - t->slot_bits));
}

static inline struct merge_place merge_place(const struct merge_table *t,
                                             uint32_t left, uint32_t right)
{
    uint64_t pair = merge_pair(left, right);
    uint64_t hash = merge_hash(pair);
    uint32_t factor = t->factors[hash >> (64 - t->factor_bits)];

    return (struct merge_place){ t->slots + merge_slot(t, hash, factor), pair };
}

/* What the pair makes, or MERGE_NONE. */
static inline uint32_t merge_made(struct merge_place place)
{
    uint64_t made = *place.slot ^ place.pair;

    return made << (64 - 2 * MERGE_BITS) == 0
               ? (uint32_t)(made >> 2 * MERGE_BITS) : MERGE_NONE;
}

#endif

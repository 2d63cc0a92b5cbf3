/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordstore.h - 16 bits of each word of many texts, and of which text it is.
 *
 *     place     0       1       2       3       4       5       6 ...
 *     checks    [16]    [16]    [16]    [16]    [16]    [16]    [16]
 *     parts     ^ text "a", from word 0         ^ text "b", from word 17
 *
 * A part is words that stood one behind the other in one text.  Memory: 2 bytes
 * a word, 24 a part, in blocks that never move; the names (filters/names.h).
 *
 * One thread at a time.
 */
#ifndef MLIN_WORDSTORE_H
#define MLIN_WORDSTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/names.h"

enum { WORDSTORE_BLOCK = 65536, WORDSTORE_PARTS = 4096 };

struct wordstore_part {
    uint64_t place;  /* of its first word */
    uint64_t name;   /* of its text */
    uint32_t first;  /* the number of its first word in that text */
};

/* All bits 0 is empty. */
struct wordstore {
    uint64_t memory, bytes; /* limit, or 0; taken */
    struct names names;
    uint16_t **blocks;      /* [block_count] of WORDSTORE_BLOCK checks */
    size_t block_count, block_cap;
    uint64_t count;         /* words */
    struct wordstore_part **parts;
    size_t part_block_count, part_cap;
    size_t part_count;
};

/* May so much more be taken, here or by the caller?  Then it is counted. */
bool wordstore_claim(struct wordstore *store, uint64_t bytes);

/* The next three are false when the memory would not do. */
bool wordstore_name(struct wordstore *store, struct slice id, uint64_t *name);

/* From here on words are of this text, beginning with its word `first`. */
bool wordstore_open(struct wordstore *store, uint64_t name, size_t first);

bool wordstore_append(struct wordstore *store, const uint16_t *checks,
                      size_t count);

static inline uint16_t wordstore_check(const struct wordstore *store,
                                       uint64_t place)
{
    return store->blocks[place / WORDSTORE_BLOCK][place % WORDSTORE_BLOCK];
}

static inline struct wordstore_part *
wordstore_part(const struct wordstore *store, size_t i)
{
    return &store->parts[i / WORDSTORE_PARTS][i % WORDSTORE_PARTS];
}

/* The place behind the last word of part i. */
uint64_t wordstore_end(const struct wordstore *store, size_t i);

/* The part that a place is of; there must be one. */
size_t wordstore_find(const struct wordstore *store, uint64_t place);

void wordstore_clear(struct wordstore *store);

#endif

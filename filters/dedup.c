/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dedup - drop each document whose text was seen before; the first copy stays.
 *
 * Texts are compared by 128-bit hash, byte for byte of the text (run normalize
 * first, so that texts which look equal are).  At a billion different texts the
 * chance that any two share a hash is 1.5e-21.  Memory: 21 to 43 bytes for each
 * distinct text (src/hashset.h), whatever the texts' length.
 */
#include "src/hash.h"
#include "src/hashset.h"
#include "src/stage.h"

struct dedup {
    struct hashset seen;
};

/* Hashing needs no order, so it is done here, by all threads at once. */
static void dedup_map(const void *self, struct batch *b)
{
    (void)self;
    for (size_t i = 0; i < b->count; i++) {
        struct hash128 *hash = arena_alloc(&b->arena, sizeof *hash);

        *hash = hash128(b->records[i].text);
        b->records[i].note = hash;
    }
}

/* "First" is a matter of input order, so the choice is made here. */
static void dedup_fold(void *self, struct batch *b)
{
    struct dedup *dedup = self;

    for (size_t i = 0; i < b->count; i++) {
        const struct hash128 *hash = b->records[i].note;

        if (!hashset_add(&dedup->seen, *hash))
            record_drop(&b->records[i], "duplicate");
    }
}

static void dedup_close(void *self, const struct setup *setup)
{
    struct dedup *dedup = self;

    (void)setup;
    hashset_clear(&dedup->seen);
}

const struct stage dedup_stage = {
    .name = "dedup",
    .summary = "drop documents whose text was seen before",
    .size = sizeof(struct dedup),
    .map = dedup_map,
    .fold = dedup_fold,
    .close = dedup_close,
};

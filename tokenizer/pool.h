/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.h - memory for many lists of all sizes that come and go, mostly shorter
 * ones after longer ones.
 *
 * It lies on huge pages, so that it takes few page faults, which threads would
 * wait for each other in, and it is given back as a whole.  What is freed is
 * used again, in parts where it is long, but parts are never joined.  A pool is
 * for one thread at a time; what one gave may be freed into another, if none of
 * them is cleared before the last use.
 */
#ifndef MLIN_TOKENIZER_POOL_H
#define MLIN_TOKENIZER_POOL_H

#include <stddef.h>

/* 16-byte units: 1, 2, 3, 4, then four sizes for each power of two. */
enum { POOL_CLASSES = 160 };

/* {0} is empty. */
struct pool {
    char *at, *end;            /* where nothing was yet, or something long */
    struct pool_block *free[POOL_CLASSES]; /* of so many units at least */
    struct pool_chunk *chunks; /* of the system's memory */
    size_t chunk_size;         /* of the last */
};

/* Aligned to 16 bytes, not cleared; dies if memory ends. */
void *pool_alloc(struct pool *pool, size_t size);

/* The size must be the one that was asked for. */
void pool_free(struct pool *pool, void *memory, size_t size);

void pool_clear(struct pool *pool);

#endif

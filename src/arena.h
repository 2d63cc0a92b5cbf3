/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena.h - memory that lives as long as a batch.
 *
 * Allocation moves a pointer; nothing is freed singly; arena_reset() gives all
 * of it back at once and keeps the largest block for the next batch.  Built
 * with MLIN_ARENA_OFF (make asan does), every allocation is a malloc of its
 * own, so that the sanitizer sees an overrun inside the arena.
 *
 * One thread at a time.
 */
#ifndef MLIN_ARENA_H
#define MLIN_ARENA_H

#include <stddef.h>

#include "src/slice.h"

struct arena {
    struct arena_block *block; /* newest first */
    char *next, *end;          /* what is left of it */
};

/* `size` bytes, aligned for any type, not cleared.  Dies if memory ends. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same, cleared: for `count` items of `size` bytes. */
void *arena_zero(struct arena *arena, size_t count, size_t size);

/* A copy of the bytes; the result is valid until arena_reset(). */
struct slice arena_copy(struct arena *arena, struct slice bytes);

/* Forget every allocation. */
void arena_reset(struct arena *arena);

/* Give the memory back; the arena may be used again as if new. */
void arena_clear(struct arena *arena);

#endif

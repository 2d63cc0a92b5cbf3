/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena - a list of blocks, each at least twice what did not fit in the last.
 */
#include "src/arena.h"

#include <stdint.h>
#include <stdlib.h>

#include "src/fail.h"

struct arena_block {
    struct arena_block *older;
    size_t size;
    max_align_t bytes[];
};

enum { BLOCK_MIN = 4 << 10, ALIGN = sizeof(max_align_t) };

static struct arena_block *block_new(struct arena *arena, size_t size)
{
    struct arena_block *block;

    if (size > SIZE_MAX - sizeof *block)
        die("out of memory (%zu bytes were needed)", size);
    block = xmalloc(sizeof *block + size);
    block->size = size;
    block->older = arena->block;
    arena->block = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
#ifdef MLIN_ARENA_OFF
    return block_new(arena, size)->bytes;
#else
    size_t padded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    char *ptr;

    if (padded < size)
        die("out of memory (%zu bytes were needed)", size);
    if (padded > (size_t)(arena->end - arena->next)) {
        size_t want = arena->block ? arena->block->size * 2 : BLOCK_MIN;
        struct arena_block *block =
            block_new(arena, want > padded ? want : padded);

        arena->next = (char *)block->bytes;
        arena->end = arena->next + block->size;
    }
    ptr = arena->next;
    arena->next += padded;
    return ptr;
#endif
}

void *arena_zero(struct arena *arena, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size)
        die("out of memory (%zu items of %zu bytes were needed)", count, size);
    return memset(arena_alloc(arena, count * size), 0, count * size);
}

struct slice arena_copy(struct arena *arena, struct slice bytes)
{
    char *ptr = arena_alloc(arena, bytes.len);

    if (bytes.len > 0)
        memcpy(ptr, bytes.ptr, bytes.len);
    return slice_make(ptr, bytes.len);
}

static void free_older(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
}

void arena_reset(struct arena *arena)
{
    struct arena_block *block = arena->block;

#ifdef MLIN_ARENA_OFF
    free_older(block);
    arena->block = NULL;
#else
    if (!block)
        return;
    free_older(block->older);
    block->older = NULL;
    arena->next = (char *)block->bytes;
    arena->end = arena->next + block->size;
#endif
}

void arena_clear(struct arena *arena)
{
    free_older(arena->block);
    *arena = (struct arena){ 0 };
}

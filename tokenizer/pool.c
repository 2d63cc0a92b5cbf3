/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool - free blocks in classes of size, cut to what is asked for.
 */
#include "tokenizer/pool.h"

#include <stdint.h>

#include "src/fail.h"
#include "src/large.h"

enum { UNIT = 16, CHUNK_MIN = 64 << 10, CHUNK_MAX = 16 << 20 };

struct pool_block {
    struct pool_block *next;
};

struct pool_chunk {
    struct pool_chunk *older;
    size_t size;
};

_Static_assert(sizeof(struct pool_chunk) == UNIT, "what follows is aligned");

/* Blocks of a class have at least so many units. */
static size_t class_units(size_t class)
{
    return class < 4 ? class + 1 : (5 + class % 4) << (class / 4 - 1);
}

/* The first class whose blocks have so many units. */
static size_t class_for(size_t units)
{
    unsigned bits;

    if (units <= 4)
        return units - 1;
    bits = 63 - (unsigned)__builtin_clzll((uint64_t)units - 1);
    return 4 * ((size_t)bits - 2) + ((units - 1) >> (bits - 2));
}

/* Nothing, too, is something. */
static size_t units_of(size_t size)
{
    return size > 0 ? (size - 1) / UNIT + 1 : 1;
}

/* Free units, in as few blocks as there are classes for. */
static void put(struct pool *pool, char *memory, size_t units)
{
    while (units > 0) {
        size_t class = class_for(units);
        struct pool_block *block = (struct pool_block *)(void *)memory;

        if (class_units(class) > units)
            class--;
        block->next = pool->free[class];
        pool->free[class] = block;
        memory += class_units(class) * UNIT;
        units -= class_units(class);
    }
}

static char *take(struct pool *pool, size_t class)
{
    struct pool_block *block = pool->free[class];

    pool->free[class] = block->next;
    return (char *)block;
}

static void add_chunk(struct pool *pool, size_t size)
{
    struct pool_chunk *chunk;

    if (pool->chunk_size < CHUNK_MAX)
        pool->chunk_size = pool->chunk_size > 0 ? pool->chunk_size * 2
                                                : CHUNK_MIN;
    size += sizeof *chunk;
    if (size < pool->chunk_size)
        size = pool->chunk_size;
    chunk = large_reserve(size);
    *chunk = (struct pool_chunk){ pool->chunks, size };
    pool->chunks = chunk;
    pool->at = (char *)(chunk + 1);
    pool->end = (char *)chunk + size / UNIT * UNIT;
}

/* Somewhere to cut from: the longest free block, or fresh memory. */
static void refill(struct pool *pool, size_t units)
{
    size_t class = POOL_CLASSES - 1, least = class_for(units);

    put(pool, pool->at, (size_t)(pool->end - pool->at) / UNIT);
    while (class > least && !pool->free[class])
        class--;
    if (!pool->free[class]) {
        add_chunk(pool, units * UNIT);
        return;
    }
    pool->at = take(pool, class);
    pool->end = pool->at + class_units(class) * UNIT;
}

void *pool_alloc(struct pool *pool, size_t size)
{
    size_t units = units_of(size), class;
    char *memory;

    if (size > SIZE_MAX / 4)
        die("out of memory");
    class = class_for(units);
    if (pool->free[class]) {
        memory = take(pool, class);
        put(pool, memory + units * UNIT, class_units(class) - units);
        return memory;
    }
    if ((size_t)(pool->end - pool->at) < units * UNIT)
        refill(pool, units);
    memory = pool->at;
    pool->at += units * UNIT;
    return memory;
}

void pool_free(struct pool *pool, void *memory, size_t size)
{
    put(pool, memory, units_of(size));
}

void pool_clear(struct pool *pool)
{
    while (pool->chunks) {
        struct pool_chunk *chunk = pool->chunks;

        pool->chunks = chunk->older;
        large_free(chunk, chunk->size);
    }
    *pool = (struct pool){ .at = NULL };
}

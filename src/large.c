/* SPDX-License-Identifier: Apache-2.0 */
/*
 * large - pages from the system, asked to be huge.
 *
 * A huge page must begin at a multiple of its size, so that much more is taken
 * and what stands over at either end is given back.
 *
 * large_alloc() writes to each page at once.  One that is read first is lent
 * from a page of zeros, and has to be taken from all threads when it is
 * written: that took a tenth of the time of counting on two threads.
 */
#include "src/large.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "src/fail.h"

enum { HUGE = 2 << 20, PAGE = 4096 };

static size_t rounded(size_t size)
{
    return (size + HUGE - 1) / HUGE * HUGE;
}

/* Addresses that begin at a multiple of a huge page, with no memory yet. */
static void *map(size_t size)
{
    size_t len = rounded(size), over;
    char *memory;

    if (size > SIZE_MAX / 2)
        die("out of memory");
    memory = mmap(NULL, len + HUGE, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        die("out of memory");
    over = (HUGE - ((uintptr_t)memory & (HUGE - 1))) & (HUGE - 1);
    if (over > 0)
        munmap(memory, over);
    if (over < HUGE)
        munmap(memory + over + len, HUGE - over);
    memory += over;
    (void)madvise(memory, len, MADV_HUGEPAGE); /* a wish */
    return memory;
}

static void *touch(char *memory, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i += PAGE)
        ((volatile char *)memory)[i] = 0;
    return memory;
}

void *large_reserve(size_t size)
{
    if (size < HUGE)
        return memset(xmalloc(size > 0 ? size : 1), 0, size);
    return map(size);
}

void *large_alloc(size_t size)
{
    char *memory = large_reserve(size);

    return size < HUGE ? memory : touch(memory, 0, size);
}

void *large_grow(void *memory, size_t size, size_t larger)
{
    char *grown = large_reserve(larger);

    if (size < HUGE || mremap(memory, rounded(size), rounded(larger),
                              MREMAP_MAYMOVE | MREMAP_FIXED,
                              grown) == MAP_FAILED) {
        if (size > 0)
            memcpy(grown, memory, size);
        large_free(memory, size);
    }
    return larger < HUGE ? grown
                         : touch(grown, (size + PAGE - 1) / PAGE * PAGE,
                                 larger);
}

void large_free(void *memory, size_t size)
{
    if (!memory)
        return;
    if (size < HUGE)
        free(memory);
    else
        munmap(memory, rounded(size));
}

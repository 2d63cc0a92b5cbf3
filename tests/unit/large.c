/* SPDX-License-Identifier: Apache-2.0 */
/*
 * large - cleared, all of it can be written, and what is freed is gone: sizes
 * around that of a huge page, and many times more memory in all than there is.
 * What grows keeps what was there.
 */
#include "src/large.h"

#include <string.h>

#include "tests/check.h"

static void one(size_t size)
{
    char *memory = large_alloc(size);

    check(memory != NULL);
    for (size_t i = 0; i < size; i += i < 4096 ? 1 : 4095)
        check(memory[i] == 0);
    memset(memory, 1, size);
    large_free(memory, size);
}

static void grow_one(size_t size, size_t larger)
{
    char *memory = large_alloc(size);
    size_t good = 0;

    for (size_t i = 0; i < size; i++)
        memory[i] = (char)(i % 251 + 1);
    memory = large_grow(memory, size, larger);
    for (size_t i = 0; i < larger; i++)
        good += memory[i] == (i < size ? (char)(i % 251 + 1) : 0);
    check(good == larger);
    memset(memory, 1, larger);
    large_free(memory, larger);
}

int main(void)
{
    static const size_t sizes[] = { 0, 1, 4096, (2 << 20) - 1, 2 << 20,
                                    (2 << 20) + 1, 5 << 20, 64 << 20 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        one(sizes[i]);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t k = i + 1; k < sizeof sizes / sizeof *sizes; k++)
            grow_one(sizes[i], sizes[k]);
    large_free(large_grow(NULL, 0, 3 << 20), 3 << 20);
    large_free(NULL, 3 << 20);
    for (int i = 0; i < 400; i++) /* 6 GB */
        large_free(large_alloc((size_t)16 << 20), (size_t)16 << 20);
    return check_done();
}

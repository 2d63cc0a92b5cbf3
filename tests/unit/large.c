/* SPDX-License-Identifier: Apache-2.0 */
/*
 * large - cleared, all of it can be written, and what is freed is gone: sizes
 * around that of a huge page, and many times more memory in all than there is.
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

int main(void)
{
    static const size_t sizes[] = { 0, 1, 4096, (2 << 20) - 1, 2 << 20,
                                    (2 << 20) + 1, 5 << 20, 64 << 20 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        one(sizes[i]);
    large_free(NULL, 3 << 20);
    for (int i = 0; i < 400; i++) /* 6 GB */
        large_free(large_alloc((size_t)16 << 20), (size_t)16 << 20);
    return check_done();
}

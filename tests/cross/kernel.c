/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernel - do the SIMD kernels of this machine agree with the portable one?
 * Needs no library, so that it runs under emulation; tests/kernel_neon.sh.
 */
#include "langid/kernel.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 1024, GROUPS = 3 };

static uint32_t draw(void)
{
    static uint64_t state = 7;

    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

int main(void)
{
    static uint8_t table[ROWS * GROUPS * KERNEL_ROW];
    struct kernel kernels[KERNEL_SIMD_MAX];
    size_t forms = kernel_simd(kernels), wrong = 0, tried = 0;

    for (size_t i = 0; i < sizeof table; i++)
        table[i] = (uint8_t)draw();
    for (int round = 0; round < 300; round++) {
        int32_t a[GROUPS * KERNEL_LANES] = { 0 };
        uint32_t rows[1000];
        int8_t codebook[16];
        size_t groups = 1 + draw() % GROUPS;
        size_t count = draw() % (round % 2 == 0 ? 1000 : 10);

        for (size_t i = 0; i < 16; i++) /* now and then all at the limit */
            codebook[i] = (int8_t)(round % 5 == 0 ? -127
                                                  : (int)(draw() % 255) - 127);
        for (size_t i = 0; i < count; i++)
            rows[i] = draw() % ROWS;
        kernel_sum_portable(table, groups, codebook, rows, count, a);
        for (size_t i = 0; i < forms; i++, tried++) {
            int32_t b[GROUPS * KERNEL_LANES] = { 0 };

            kernels[i].sum(table, groups, codebook, rows, count, b);
            wrong += memcmp(a, b, groups * KERNEL_LANES * sizeof *a) != 0;
        }
    }
    printf("%zu of %zu sums differ\n", wrong, tried);
    return tried == 0 || wrong > 0;
}

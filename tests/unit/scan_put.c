/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_put - both forms write the places of bits as one by one gives them, and
 * nothing where there is no room.
 */
#include <string.h>

#include "tests/check.h"

#if defined(__x86_64__)

#include "tokenizer/scan_put.h"

enum { ROUNDS = 200000, GUARD = 4321 };

typedef size_t put_function(uint64_t bits, size_t base, size_t *ends,
                            size_t room);

__attribute__((target("bmi,popcnt"))) static size_t
put_bmi(uint64_t bits, size_t base, size_t *ends, size_t room)
{
    return scan_put_bmi(bits, base, ends, room);
}

static size_t put_slowly(uint64_t bits, size_t base, size_t *ends, size_t room)
{
    size_t count = 0;

    for (size_t i = 0; i < SCAN_PUT_BLOCK && count < room; i++)
        if (bits >> i & 1)
            ends[count++] = base + i;
    return count;
}

/* Few bits, many or all, and any room. */
static void bits_are_put(put_function *put)
{
    struct random random = { 21 };

    for (int i = 0; i < ROUNDS; i++) {
        uint64_t bits = random_next(&random);
        size_t base = random_below(&random, 1 << 20);
        size_t room = 1 + random_below(&random, 2 * SCAN_PUT_BLOCK), count;
        size_t ends[2 * SCAN_PUT_BLOCK + 1], wanted[SCAN_PUT_BLOCK];

        for (uint64_t n = random_below(&random, 4); n > 0; n--)
            bits = n % 2 ? bits & random_next(&random)
                         : bits | random_next(&random);
        ends[room] = GUARD;
        count = put(bits, base, ends, room);
        check(count == put_slowly(bits, base, wanted, room));
        check(memcmp(ends, wanted, count * sizeof *ends) == 0);
        check(ends[room] == GUARD);
    }
}

int main(void)
{
    if (__builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt"))
        bits_are_put(put_bmi);
    if (scan_put_has_avx512())
        bits_are_put(scan_put_avx512);
    return check_done();
}

#else

int main(void)
{
    printf("skipped: neither form is for this machine\n");
    return 77;
}

#endif

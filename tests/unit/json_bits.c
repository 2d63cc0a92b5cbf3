/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_bits - which bytes are escaped, and unescaping by blocks: both as one
 * step after the other has it.
 */
#include "src/json_bits.h"

#include <stdlib.h>
#include <string.h>

#include "src/json.h"
#include "src/json_string.h"
#include "tests/check.h"

static void escaped_bits(void)
{
    struct random random = { 31 };

    for (int round = 0; round < 200000; round++) {
        uint64_t backslashes = random_next(&random), expected = 0;
        uint64_t start = random_below(&random, 2), carry = start, next = start;

        for (uint64_t i = random_below(&random, 4); i > 0; i--)
            backslashes &= random_next(&random);
        if (random_below(&random, 8) == 0)
            backslashes = ~backslashes;
        for (int i = 0; i < 64; i++) {
            expected |= next << i;
            next = !next && (backslashes >> i & 1);
        }
        check(bits_escaped(backslashes, &carry) == expected);
        check(carry == next);
    }
}

#if defined(__x86_64__)

AVX2 static bool is_no_escape(unsigned byte)
{
    __m256i found = not_escapes(_mm256_set1_epi8((char)byte));

    return _mm256_movemask_epi8(found) == -1;
}

#endif

static void escape_letters(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
        for (unsigned byte = 0; byte < 256; byte++)
            check(is_no_escape(byte) == !json_escape_byte[byte]);
#endif
}

/* A string of runs and escapes, and what it stands for. */
static size_t random_string(struct random *random, char *text, char *to,
                            size_t *to_len)
{
    static const char letters[] = "\"\\/bfnrt";
    uint64_t rare = 1 + random_below(random, 80);
    uint64_t long_ones = random_below(random, 2);
    size_t len = 0, want = random_below(random, 400);

    text[len++] = '"';
    for (*to_len = 0; len < want; (*to_len)++) {
        char letter = letters[random_below(random, sizeof letters - 1)];

        if (random_below(random, rare) > 0) {
            to[*to_len] = text[len++] = (char)('a' + random_below(random, 26));
        } else if (long_ones && random_below(random, 4) == 0) {
            memcpy(text + len, "\\u0075", 6);
            len += 6;
            to[*to_len] = 'u';
        } else {
            text[len++] = '\\';
            text[len++] = letter;
            to[*to_len] = json_escape_byte[(unsigned char)letter];
        }
    }
    text[len++] = '"';
    return len;
}

static void unescaping(void)
{
    struct arena arena = { 0 };
    struct random random = { 32 };

    for (int round = 0; round < 100000; round++) {
        char text[420], to[420], *exact;
        size_t to_len, len = random_string(&random, text, to, &to_len);
        struct slice got;
        struct fault fault;

        /* Nothing behind it may be read. */
        exact = malloc(len);
        memcpy(exact, text, len);
        check(json_unescape(slice_make(exact, len), &arena, &got, &fault));
        check(slice_equal(got, slice_make(to, to_len)));
        free(exact);
        if (round % 100 == 0)
            arena_reset(&arena);
    }
    arena_clear(&arena);
}

int main(void)
{
    escaped_bits();
    escape_letters();
    unescaping();
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base64 - the examples of RFC 4648, all lengths there and back, and texts that
 * are not the one text of their bytes.
 */
#include "src/base64.h"

#include "tests/check.h"

static void examples_of_the_rfc(void)
{
    static const char *const pairs[][2] = {
        { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
        { "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" },
        { "foobar", "Zm9vYmFy" }, { "\xfb\xff", "+/8=" },
    };
    struct arena arena = { 0 };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct slice bytes;

        check(slice_is(base64_encode(slice_from(pairs[i][0]), &arena),
                       pairs[i][1]));
        check(base64_decode(slice_from(pairs[i][1]), &arena, &bytes));
        check(slice_is(bytes, pairs[i][0]));
    }
    arena_clear(&arena);
}

static void all_lengths_come_back(void)
{
    struct random random = { 1 };

    for (size_t len = 0; len < 300; len++) {
        struct arena arena = { 0 };
        char raw[300];
        struct slice bytes;

        for (size_t i = 0; i < len; i++)
            raw[i] = (char)(unsigned char)random_next(&random);
        check(base64_decode(base64_encode(slice_make(raw, len), &arena),
                            &arena, &bytes));
        check(slice_equal(bytes, slice_make(raw, len)));
        arena_clear(&arena);
    }
}

static void others_are_refused(void)
{
    static const char *const texts[] = {
        "Z", "Zg", "Zg=", "Zg==Zg==", "Zh==", "Zm9=", "Z===", "====", "=",
        "Zm 9", "Zm9\n", "Zm-_", "Zg=a", "Zm9v\xc3\xa9+A",
    };
    struct arena arena = { 0 };
    struct slice bytes;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_that(!base64_decode(slice_from(texts[i]), &arena, &bytes), "%s",
                   texts[i]);
    check(!base64_decode(slice_make("AA\0A", 4), &arena, &bytes));
    arena_clear(&arena);
}

int main(void)
{
    examples_of_the_rfc();
    all_lengths_come_back();
    others_are_refused();
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash - values that files and ids depend on stay the same on every machine,
 * and parts cannot be mistaken for one another.
 */
#include "src/hash.h"

#include "tests/check.h"

static bool same(struct hash128 a, struct hash128 b)
{
    return a.high == b.high && a.low == b.low;
}

/* XXH3, seed 0, as published with xxHash (the hashes of the empty input). */
static void published(void)
{
    struct hash128 empty = hash128(slice_from(""));
    char text[33];

    check(hash64(slice_from("")) == 0x2d06800538d394c2u);
    check(empty.high == 0x99aa06d3014798d8u);
    check(empty.low == 0x6001c324468d497fu);
    hash128_print(empty, text);
    check_that(strcmp(text, "99aa06d3014798d86001c324468d497f") == 0, "%s",
               text);
    check(hash64(slice_make(NULL, 0)) == hash64(slice_from("")));
}

/* In pieces as in one, and again after it was taken. */
static void streams_agree(void)
{
    struct hash_stream *stream = hash_stream_new();
    struct slice whole = slice_from("as each piece comes, and in one");

    for (size_t i = 0; i <= whole.len; i++) {
        hash_stream_add(stream, slice_make(whole.ptr, i));
        hash_stream_add(stream, slice_make(whole.ptr + i, whole.len - i));
        check(same(hash_stream_take(stream), hash128(whole)));
    }
    hash_stream_free(stream);
}

static void fill(char *bytes, unsigned len)
{
    for (unsigned i = 0; i < len; i++)
        bytes[i] = (char)(i * i >> 3);
}

/* What xxHash's scalar code says of so many bytes of fill(). */
static void every_processor_agrees(void)
{
    static const struct {
        size_t len;
        uint64_t hash;
        struct hash128 wide;
    } known[] = {
        { 200, 0xcb1fc4b9823a5066u,
          { 0x81e12f842638ff7eu, 0x426a560d88af4e14u } },
        { 241, 0xf56317f96d46b5b0u,
          { 0xcbe61049dced72d5u, 0xf56317f96d46b5b0u } },
        { 2000, 0xff9a978afb8eb673u,
          { 0x69a8a11f1c001dfbu, 0xff9a978afb8eb673u } },
        { 100000, 0xde7b34649650c701u,
          { 0xbb34bf7b2426ababu, 0xde7b34649650c701u } },
    };
    static char bytes[100000];

    fill(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct slice text = { bytes, known[i].len };

        check(hash64(text) == known[i].hash);
        check(same(hash128(text), known[i].wide));
    }
}

/* The same of streams, in pieces of any length. */
static void long_streams_agree(void)
{
    enum { LEN = 20000 };
    struct hash_stream *stream = hash_stream_new();
    struct random random = { 31 };
    static char bytes[LEN];

    fill(bytes, sizeof bytes);
    for (int round = 0; round < 300; round++) {
        size_t len = random_below(&random, LEN + 1), at = 0;
        size_t most = (size_t)1 << random_below(&random, 15);

        while (at < len) {
            size_t n = 1 + random_below(&random, most);

            n = n < len - at ? n : len - at;
            hash_stream_add(stream, slice_make(bytes + at, n));
            at += n;
        }
        check(same(hash_stream_take(stream), hash128(slice_make(bytes, len))));
    }
    hash_stream_free(stream);
}

static struct hash128 of_parts(const char *a, const char *b)
{
    struct slice parts[] = { slice_from(a), slice_from(b) };

    return hash128_parts(parts, 2);
}

static void parts_differ(void)
{
    struct slice one = slice_from("abc");

    check(!same(of_parts("ab", "c"), of_parts("a", "bc")));
    check(!same(of_parts("abc", ""), of_parts("", "abc")));
    check(!same(of_parts("abc", ""), hash128_parts(&one, 1)));
    check(same(of_parts("ab", "c"), of_parts("ab", "c")));
}

/* Each byte and the length count. */
static void every_byte_counts(void)
{
    char text[2000];

    memset(text, 'a', sizeof text);
    for (size_t len = 0; len < 600; len++) {
        struct hash128 all = hash128(slice_make(text, len));
        uint64_t short_hash = hash64(slice_make(text, len));

        check(!same(all, hash128(slice_make(text, len + 1))));
        for (size_t i = 0; i < len; i += 1 + len / 20) {
            text[i] = 'b';
            check(!same(all, hash128(slice_make(text, len))));
            check(short_hash != hash64(slice_make(text, len)));
            text[i] = 'a';
        }
    }
}

int main(void)
{
    published();
    parts_differ();
    every_byte_counts();
    streams_agree();
    every_processor_agrees();
    long_streams_agree();
    return check_done();
}

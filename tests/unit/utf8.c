/* SPDX-License-Identifier: Apache-2.0 */
/*
 * utf8 - SIMD, portable path and a slow judge agree on every kind of bytes.
 *
 * All bytes stand in memory of exactly their size, so that `make asan` sees a
 * read past the end.
 */
#include "src/utf8.h"

#include "tests/check.h"

/*
 * The judge knows the definition only: count the leading ones, gather the bits,
 * and compare with what the code point must look like.
 */
static size_t judge_sequence(const unsigned char *p, size_t left,
                             uint32_t *code_point)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t ones = 0;
    uint32_t code = 0;

    while (ones < 8 && (p[0] << ones & 0x80))
        ones++;
    if (ones == 0) {
        *code_point = p[0];
        return 1;
    }
    if (ones == 1 || ones > 4 || ones > left)
        return 0;
    code = p[0] & (0xffu >> (ones + 1));
    for (size_t i = 1; i < ones; i++) {
        if (p[i] / 64 != 2)
            return 0;
        code = code * 64 + p[i] % 64;
    }
    if (code < least[ones] || code > 0x10ffff || code / 2048 == 27)
        return 0;
    *code_point = code;
    return ones;
}

static bool judge(const char *bytes, size_t len, size_t *at)
{
    uint32_t code_point;

    for (*at = 0; *at < len;) {
        size_t step = judge_sequence((const unsigned char *)bytes + *at,
                                     len - *at, &code_point);

        if (step == 0)
            return false;
        *at += step;
    }
    return true;
}

static uint64_t valid_count, invalid_count;

static void compare(const char *bytes, size_t len)
{
    size_t at = 0, portable_at = 0, judge_at;
    struct slice slice = slice_make(bytes, len);
    bool is_valid = judge(bytes, len, &judge_at);

    check(utf8_check(slice, &at) == is_valid);
    check(utf8_check_portable(slice, &portable_at) == is_valid);
    if (!is_valid)
        check(at == judge_at && portable_at == judge_at);
    *(is_valid ? &valid_count : &invalid_count) += 1;
}

/* The bytes in the middle of 64 blanks, on every side of a block's border. */
static void compare_at(const char *bytes, size_t len, size_t offset)
{
    char text[64];

    memset(text, ' ', sizeof text);
    memcpy(text + offset, bytes, len);
    compare(text, sizeof text);
}

static void all_short_sequences(void)
{
    char bytes[3];

    for (unsigned i = 0; i < 1u << 16; i++) {
        bytes[0] = (char)(i >> 8);
        bytes[1] = (char)i;
        compare(bytes, 2);
        compare_at(bytes, 2, 31);
        compare_at(bytes, 2, 62);
    }
    for (unsigned i = 0; i < 1u << 24; i++) {
        size_t at = 0, judge_at;
        struct slice slice = slice_make(bytes, 3);
        bool is_valid;

        bytes[0] = (char)(i >> 16);
        bytes[1] = (char)(i >> 8);
        bytes[2] = (char)i;
        is_valid = judge(bytes, 3, &judge_at);
        if (utf8_check(slice, &at) != is_valid ||
            (!is_valid && at != judge_at))
            check_that(false, "%06x", i);
        /* The lead bytes 0_ and 10_ of three say nothing new. */
        if (i >> 16 >= 0xc0 && i % 5 == 0)
            compare_at(bytes, 3, 30 + i % 3);
    }
}

static void all_four_byte_edges(void)
{
    static const unsigned char seconds[] = { 0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f,
                                             0xa0, 0xbf, 0xc0, 0xe0, 0xff };
    size_t count = sizeof seconds;

    for (unsigned lead = 0xe0; lead <= 0xff; lead++)
        for (size_t i = 0; i < count * count * count; i++) {
            char bytes[4] = { (char)lead, (char)seconds[i % count],
                              (char)seconds[i / count % count],
                              (char)seconds[i / count / count] };

            compare(bytes, 4);
            for (size_t offset = 28; offset <= 33; offset++)
                compare_at(bytes, 4, offset);
            compare_at(bytes, 4, 60);
        }
}

/* Every code point goes out and comes back; surrogates are refused. */
static void all_code_points(void)
{
    for (uint32_t code = 0; code <= 0x10ffff; code++) {
        char bytes[4];
        size_t len = utf8_put(bytes, code), at = 0;
        struct slice slice = slice_make(bytes, len);
        bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
        uint32_t back = utf8_next_lax(slice, &at);

        check(back == (is_surrogate ? UINT32_MAX : code));
        check(at == (is_surrogate ? 1 : len));
        check(utf8_check(slice, &at) != is_surrogate);
        if (is_surrogate)
            continue;
        at = 0;
        check(utf8_next(slice, &at) == code && at == len);
    }
}

/* Text of all four lengths, with runs of each. */
static size_t random_text(struct random *random, char *text, size_t cap)
{
    static const uint32_t limits[] = { 0x80, 0x800, 0x10000, 0x110000 };
    size_t len = 0, kind = 0;

    while (len + 4 <= cap) {
        uint32_t code;

        if (random_below(random, 8) == 0)
            kind = random_below(random, 4);
        code = (uint32_t)random_below(random, limits[kind]);
        if (code >= 0xd800 && code <= 0xdfff)
            code = 0x20ac;
        len += utf8_put(text + len, code);
    }
    return len;
}

static void truncations_and_mutations(struct random *random)
{
    for (int round = 0; round < 300; round++) {
        char text[200];
        size_t len = random_text(random, text, sizeof text);
        uint64_t code_points = 0;

        for (size_t at = 0; at < len; code_points++)
            utf8_next(slice_make(text, len), &at);
        check(utf8_count(slice_make(text, len)) == code_points);
        for (size_t cut = 0; cut <= len; cut++) {
            char *copy = malloc(cut);

            memcpy(copy, text, cut);
            compare(copy, cut);
            free(copy);
        }
        for (size_t from = 0; from < len; from++) {
            size_t at = random_below(random, len);
            char kept = text[at];

            compare(text + from, len - from);
            text[at] = (char)random_next(random);
            compare(text, len);
            text[at] = kept;
        }
    }
}

/* Only bytes that stand at the borders of the definition. */
static void adversarial(struct random *random)
{
    static const unsigned char edges[] = {
        0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2,
        0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4,
        0xf5, 0xf7, 0xf8, 0xff
    };

    for (int round = 0; round < 200000; round++) {
        char bytes[96];
        size_t len = random_below(random, sizeof bytes + 1), at = 0;
        size_t good = random_text(random, bytes, len);

        for (at = good; at < len; at++)
            bytes[at] = ' ';
        for (size_t i = random_below(random, 4); i > 0 && len > 0; i--)
            bytes[random_below(random, len)] =
                (char)edges[random_below(random, sizeof edges)];
        compare(bytes, len);
        /* Lax reading takes what the judge takes and passes the rest. */
        for (at = 0; at < len;) {
            uint32_t code = 0, expected = 0;
            size_t step = judge_sequence((unsigned char *)bytes + at, len - at,
                                         &expected);
            size_t to = at;

            code = utf8_next_lax(slice_make(bytes, len), &to);
            check(code == (step > 0 ? expected : UINT32_MAX));
            check(to - at == (step > 0 ? step : 1));
            at = to;
        }
    }
}

static uint64_t judge_runs(struct slice bytes)
{
    uint64_t count = 0;

    for (size_t i = 0; i < bytes.len; i++)
        count += (unsigned char)bytes.ptr[i] > ' ' &&
                 (i == 0 || (unsigned char)bytes.ptr[i - 1] <= ' ');
    return count;
}

/* Of all lengths around a block, beginning at any byte of it. */
static void runs(struct random *random)
{
    check(utf8_runs(slice_from("")) == 0);
    check(utf8_runs(slice_from(" \n\t ")) == 0);
    check(utf8_runs(slice_from("jeden")) == 1);
    check(utf8_runs(slice_from("  dva slova\n")) == 2);
    check(utf8_runs(slice_from("α β\tγ \xc2\xa0 δ")) == 5);
    for (size_t len = 1; len < 300; len++) {
        char *bytes = malloc(len);
        struct slice all = slice_make(bytes, len);

        check(bytes);
        for (size_t i = 0; i < len; i++)
            bytes[i] = random_below(random, 3) == 0
                           ? "\0\n \x1f"[random_below(random, 4)]
                           : (char)random_below(random, 256);
        for (; all.len > 0; all.ptr++, all.len--)
            check(utf8_runs(all) == judge_runs(all));
        free(bytes);
    }
}

int main(void)
{
    struct random random = { 20 };
    size_t at;

    check(utf8_check(slice_make(NULL, 0), &at));
    check(utf8_count(slice_make(NULL, 0)) == 0);
    all_short_sequences();
    all_four_byte_edges();
    all_code_points();
    truncations_and_mutations(&random);
    adversarial(&random);
    check(valid_count > 100000 && invalid_count > 100000);
    runs(&random);
    return check_done();
}

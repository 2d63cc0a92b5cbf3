/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize - the scanners cut as PCRE2 cuts by the same pattern: all short
 * strings over the characters that matter, random longer ones, and the text of
 * MLIN_DATA where it is there.  Characters that PCRE2's older Unicode classes
 * otherwise are left out.
 */
#include <glob.h>

#include "src/compress.h"
#include "src/json.h"
#include "tests/pretokenize_judge.h"

enum { CAP = 256 };

static void classes_differ_only_by_unicode_version(void)
{
    unsigned total = judge_compare_classes();

    printf("PCRE2 has Unicode %s: %u classes differ\n",
           regex_unicode_version(), total);
    check(total < 15000);
    for (uint32_t cp = 0; cp < 0x800; cp++)
        check_that(!differs[cp], "U+%04X", cp);
}

static void compare(int i, struct slice text, const char *what)
{
    size_t fast[CAP], slow[CAP], at = 0, n, m;

    for (;;) {
        n = pretokenize(&scanners[i], text, at, fast, CAP);
        m = pretokenize(&judges[i], text, at, slow, CAP);
        check_that(n == m, "%s, %s: %zu pieces, not %zu, from %zu: %.*s",
                   judge_names[i], what, n, m, at, (int)text.len, text.ptr);
        for (size_t k = 0; k < n; k++)
            check_that(fast[k] == slow[k],
                       "%s, %s: a piece ends at %zu, not %zu: %.*s",
                       judge_names[i], what, fast[k], slow[k], (int)text.len,
                       text.ptr);
        if (n == 0)
            break;
        check(n == CAP || fast[n - 1] == text.len);
        at = fast[n - 1];
    }
    check(at == text.len);
}

/* Every string of 1 to `longest` of the given characters. */
static void all_strings(const uint32_t *alphabet, unsigned count,
                        unsigned longest)
{
    unsigned digits[8] = { 0 };
    char bytes[32];

    for (unsigned len = 1; len <= longest;) {
        size_t at = 0;
        unsigned k = 0;

        for (unsigned d = 0; d < len; d++)
            at += utf8_put(bytes + at, alphabet[digits[d]]);
        for (int i = 0; i < NAMES; i++)
            compare(i, slice_make(bytes, at), "all strings");
        while (k < len && ++digits[k] == count)
            digits[k++] = 0;
        len += k == len;
    }
}

static void all_short_strings(void)
{
    static const uint32_t every_kind[] = {
        's', 'S', 0x1c5, 0x5d0, 0x301, '1', '\'', ' ', '\t', '\n', '\r', '.',
        '/', 0x17f
    };
    static const uint32_t contracted[] = { 's', 'T', 'r', 'V', 'e', 'm', 'l',
                                           'd', '\'', ' ', 0x17f };
    static const uint32_t spaced[] = { 'a', 'A', 0x301, '1', ' ', 0xa0, '\n',
                                       '!', '/' };

    all_strings(every_kind, 14, 5);
    all_strings(contracted, 11, 6);
    all_strings(spaced, 9, 6);
}

static void random_strings(void)
{
    static const uint32_t tricky[] = {
        'a', 's', 't', 'l', 'e', 'r', 'v', 'd', 'm', 'S', 'T', 'L', 'E', 'R',
        'Z', '\'', '\'', '\'', ' ', ' ', ' ', '\t', '\n', '\n', '\r', 0xb, 0x85,
        0xa0, 0x2028, 0x3000, 0x1680, 0x202f, '0', '9', 0xb2, 0xbd, 0x2167,
        0x660, '.', '/', '/', '-', '_', 0x2019, 0x2bc, 0x301, 0x308, 0x903,
        0x20dd, 0x1c5, 0x5d0, 0x4e2d, 0x17f, 0x212a, 0xe9, 0x44f, 0x416, 0x3a3,
        0x180e, 0x200b, 0xfeff, 0x1f600, 0x10400, 0x10428, 0xe0100, 0x378, 0
    };
    struct random random = { 7 };
    char bytes[4 * 40];

    for (int round = 0; round < 200000; round++) {
        size_t len = 0;

        for (uint64_t n = 1 + random_below(&random, 40); n > 0; n--)
            len += utf8_put(bytes + len,
                            tricky[random_below(&random, sizeof tricky /
                                                             sizeof *tricky)]);
        for (int i = 0; i < NAMES; i++)
            compare(i, slice_make(bytes, len), "random strings");
    }
}

/* Each character whose class is agreed on, between others. */
static void every_character_in_context(void)
{
    static const char *const around[][2] = { { "", "" },     { "a", "A" },
                                             { " ", " " },   { ".", "1" },
                                             { "A", "'s" },  { " \n", "\n." } };
    char bytes[16];

    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        if (differs[cp] || (cp >= 0xd800 && cp <= 0xdfff))
            continue;
        for (size_t k = 0; k < sizeof around / sizeof *around; k++) {
            size_t len = strlen(around[k][0]), tail = strlen(around[k][1]);

            memcpy(bytes, around[k][0], len);
            len += utf8_put(bytes + len, cp);
            memcpy(bytes + len, around[k][1], tail);
            compare((int)(cp % NAMES), slice_make(bytes, len + tail),
                    "characters");
        }
    }
}

/* However few pieces are asked for at once, they are the same. */
static void pieces_do_not_depend_on_the_cap(void)
{
    struct slice text = slice_from("Don't stop:  l'\xc3\xa9t\xc3\xa9 \n\n 1234"
                                   "..\n//x \t a\xcc\x81Z'LL");
    size_t all[CAP], one;

    for (int i = 0; i < NAMES; i++) {
        const struct pretokenizer *both[] = { &scanners[i], &judges[i] };

        for (int j = 0; j < 2; j++) {
            size_t n = pretokenize(both[j], text, 0, all, CAP), at = 0;

            check(n > 8 && all[n - 1] == text.len);
            for (size_t k = 0; k < n; k++, at = one) {
                check(pretokenize(both[j], text, at, &one, 1) == 1);
                check(one == all[k]);
            }
        }
    }
}

static bool has_a_difference(struct slice text)
{
    for (size_t at = 0; at < text.len;)
        if (differs[utf8_next(text, &at)])
            return true;
    return false;
}

static void compare_documents(struct slice file, const char *path)
{
    struct arena arena = { 0 };
    struct json_member m;
    struct fault fault;
    struct slice text;

    for (size_t at = 0; at < file.len;) {
        const char *line = file.ptr + at;
        const char *end = memchr(line, '\n', file.len - at);
        size_t len = end ? (size_t)(end - line) : file.len - at;

        if (json_find(slice_make(line, len), slice_from("text"), &m) &&
            json_unescape(m.value, &arena, &text, &fault) &&
            !has_a_difference(text))
            for (int i = 0; i < NAMES; i++)
                compare(i, text, path);
        arena_reset(&arena);
        at += len + 1;
    }
    arena_clear(&arena);
}

static void documents(void)
{
    const char *data = getenv("MLIN_DATA");
    char *pattern = xprintf("%s/text/debian-demo/*.jsonl.zst",
                            data ? data : "");
    glob_t files = { 0 };

    if (!data || glob(pattern, 0, NULL, &files) != 0) {
        printf("documents: skipped, MLIN_DATA has no text\n");
        free(pattern);
        return;
    }
    for (size_t i = 0; i < files.gl_pathc; i += 2) {
        struct fault fault;
        size_t len;
        char *bytes;

        check(file_read(files.gl_pathv[i], (size_t)1 << 30, &bytes, &len,
                        &fault));
        compare_documents(slice_make(bytes, len), files.gl_pathv[i]);
        free(bytes);
    }
    globfree(&files);
    free(pattern);
}

int main(void)
{
    judge_open();
    classes_differ_only_by_unicode_version();
    all_short_strings();
    random_strings();
    every_character_in_context();
    pieces_do_not_depend_on_the_cap();
    documents();
    judge_close();
    return check_done();
}

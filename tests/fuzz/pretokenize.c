/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize - the scanners cut any bytes as PCRE2 does, bad ones included,
 * and alike whether asked for few pieces at once or many, fast or slow.
 *
 * A byte that is not UTF-8 is to count as a character that is neither letter,
 * number nor space: the judge reads U+0001 in its place.
 */
#include "tests/pretokenize_judge.h"
#include "tests/fuzz/must.h"

enum { FEW = 3, MANY = 4096 };

/* Bytes that are not UTF-8 become U+0001. */
static void make_valid(char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t start = at;

        if (utf8_next_lax(slice_make(text, len), &at) == UINT32_MAX)
            text[start] = 1;
    }
}

static void few_are_many(const struct pretokenizer *p, struct slice text,
                         const size_t *ends, size_t count)
{
    size_t few[FEW], at = 0, done = 0, n;

    while (done < count && (n = pretokenize(p, text, at, few, FEW)) > 0) {
        for (size_t i = 0; i < n; i++)
            must(few[i] == ends[done + i], "pieces depend on how many");
        done += n;
        at = few[n - 1];
    }
    must(done >= count, "pieces are missing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool is_open;
    static size_t fast[MANY], slow[MANY];
    char *text;
    struct slice raw, valid;

    if (!is_open) {
        judge_open();
        is_open = true;
    }
    if (size > MANY)
        return 0;
    text = xmalloc(size);
    if (size > 0)
        memcpy(text, data, size);
    raw = slice_make((const char *)data, size);
    valid = slice_make(text, size);
    for (int i = 0; i < NAMES; i++) {
        size_t n = pretokenize(&scanners[i], raw, 0, fast, MANY);

        must(n > 0 || size == 0, "no pieces");
        must(n == 0 || fast[n - 1] == size, "the text's end is missing");
        must(slow_scanners[i](raw, 0, slow, MANY) == n,
             "the slow scanner has another number of pieces");
        must(n == 0 || memcmp(slow, fast, n * sizeof *fast) == 0,
             "the slow scanner cuts elsewhere");
        few_are_many(&scanners[i], raw, fast, n);
        make_valid(text, size);
        must(pretokenize(&judges[i], valid, 0, slow, MANY) == n,
             "another number of pieces");
        for (size_t k = 0; k < n; k++)
            must(fast[k] == slow[k], "a piece ends elsewhere");
    }
    free(text);
    return 0;
}

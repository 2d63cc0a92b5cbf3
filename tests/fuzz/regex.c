/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regex - any bytes as an expression, and a text after the first NUL: for a
 * library of each version of Unicode a translation comes or a fault within the
 * pattern; what opens, cuts the text into pieces that make it up, alike in few
 * and in many at once.
 */
#include <stdlib.h>

#include "src/dialect.h"
#include "tests/fuzz/must.h"
#include "tokenizer/pretokenize.h"

enum { LONGEST = 48, PIECES = 64, PATTERN = 600 };

static bool knows_some(const char *name)
{
    return name[0] < 'l';
}

static void translate(const char *pattern)
{
    static const unsigned versions[] = { 1600, 1400, 1510, 1800 };
    bool first = false;

    for (int i = 0; i < 4; i++) {
        struct dialect_library library = { versions[i], knows_some };
        struct dialect dialect;
        struct fault fault;
        bool good = dialect_translate(&dialect, pattern, &library, &fault);

        first = i == 0 ? good : first;
        must(good == first, "what is refused depends on the version");
        if (!good) {
            must(fault.at <= strlen(pattern), "a fault behind the pattern");
            continue;
        }
        must(i > 0 || dialect.changed.count == 0, "Unicode 16 has changed");
        must(dialect.text.len == strlen(dialect.text.bytes), "a NUL");
        for (size_t at = 0; at <= dialect.text.len; at++)
            must(dialect_origin(&dialect, at) <= strlen(pattern),
                 "an origin behind the pattern");
        dialect_free(&dialect);
    }
}

static void cut(const struct pretokenizer *p, struct slice text)
{
    size_t ends[PIECES], one, at = 0;
    size_t count = pretokenize(p, text, 0, ends, PIECES);

    for (size_t i = 0; i < count; i++, at = one) {
        must(ends[i] > at && ends[i] <= text.len, "pieces in disorder");
        must(pretokenize(p, text, at, &one, 1) == 1 && one == ends[i],
             "pieces depend on how many");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pretokenizer p;
    struct fault fault;
    char *pattern = xmalloc(size + 1);
    size_t len;

    if (size > 0)
        memcpy(pattern, data, size);
    pattern[size] = '\0';
    len = strlen(pattern);
    if (len <= PATTERN) {
        translate(pattern);
        if (pretokenizer_open(&p, pattern, &fault)) {
            size_t rest = size > len + 1 ? size - len - 1 : 0;

            cut(&p, slice_make((const char *)data + size - rest,
                               rest < LONGEST ? rest : LONGEST));
            pretokenizer_close(&p);
        } else {
            must(fault.at <= len, "a fault behind the pattern");
        }
    }
    free(pattern);
    return 0;
}

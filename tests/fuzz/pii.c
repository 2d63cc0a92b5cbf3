/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii - any UTF-8: what is found lies in the text, in order and apart, on
 * whole characters; a pseudonym is UTF-8 and the same each time.
 */
#include <stdint.h>
#include <stdlib.h>

#include "filters/pii.h"
#include "filters/pseudonym.h"
#include "src/utf8.h"
#include "tests/fuzz/must.h"

static void check_pseudonym(struct slice data, enum pii_type type,
                            struct arena *arena)
{
    struct slice key = slice_from("a key of sixteen bytes, or more");
    struct slice made = pseudonym_make(key, type, data, arena);
    size_t at;

    must(utf8_check(made, &at), "a pseudonym is not UTF-8");
    must(slice_equal(made, pseudonym_make(key, type, data, arena)),
         "a pseudonym differs from itself");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool all[PII_TYPES] = { true, true, true, true, true,
                                         true, true, true, true, true };
    struct slice text = { (const char *)data, size };
    struct arena arena = { 0 };
    struct pii_span *spans;
    size_t count, last = 0, at;

    pii_open();
    if (!utf8_check(text, &at))
        return 0;
    count = pii_find(text, all, &spans, &arena);
    for (size_t i = 0; i < count; i++) {
        struct slice found = { text.ptr + spans[i].begin,
                               spans[i].end - spans[i].begin };

        must(spans[i].begin >= last && spans[i].begin < spans[i].end &&
                 spans[i].end <= size && spans[i].type < PII_TYPES,
             "a span that is none");
        must(utf8_check(found, &at), "a span cuts a character");
        check_pseudonym(found, spans[i].type, &arena);
        last = spans[i].end;
    }
    arena_clear(&arena);
    return 0;
}

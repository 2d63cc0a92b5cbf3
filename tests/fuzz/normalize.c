/* SPDX-License-Identifier: Apache-2.0 */
/*
 * normalize - in any valid text, a repair of mojibake is valid and shorter and
 * leaves nothing to repair; a cleaned text is clean, and cleaning it again
 * changes nothing.
 */
#include <stdint.h>
#include <stdlib.h>

#include "filters/clean.h"
#include "filters/mojibake.h"
#include "src/unicode.h"
#include "src/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = { (const char *)data, size }, repaired, clean;
    static struct mojibake index;
    struct arena arena = { 0 };
    struct clean_state state;
    size_t at;

    if (!utf8_check(text, &at))
        return 0;
    mojibake_init(&index);
    repaired = mojibake_repair(&index, text, &arena);
    must(utf8_check(repaired, &at));
    must(repaired.ptr == text.ptr || repaired.len < text.len);
    must(mojibake_repair(&index, repaired, &arena).ptr == repaired.ptr);
    state = clean_scan(repaired);
    clean = clean_text(repaired, &state, &arena);
    must(clean.len <= repaired.len + repaired.len / 2);
    clean = unicode_nfc(clean, &arena);
    state = clean_scan(clean);
    must(state.is_clean);
    must(slice_equal(clean_text(clean, &state, &arena), clean));
    arena_clear(&arena);
    return 0;
}

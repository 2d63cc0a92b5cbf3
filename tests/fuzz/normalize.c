/* SPDX-License-Identifier: Apache-2.0 */
/*
 * normalize - in any valid text, a repair of mojibake is valid and shorter and
 * leaves nothing to repair; all steps together, in each form, give a valid text
 * that is clean and in the form, and again give that very text.
 */
#include <stdint.h>
#include <stdlib.h>

#include "filters/clean.h"
#include "filters/textform.h"
#include "src/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_form(struct textform *textform, struct slice text,
                       struct arena *arena)
{
    struct slice lang = slice_from(text.len % 2 ? "ron_Latn" : "");
    struct slice made = textform_apply(textform, text, lang, arena);
    size_t at;

    must(utf8_check(made, &at));
    must(textform_apply(textform, made, lang, arena).ptr == made.ptr);
    must(clean_scan(made).is_clean);
    must(unicode_to_form(made, textform->form, arena).ptr == made.ptr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = { (const char *)data, size }, repaired, clean;
    static struct textform textform;
    struct arena arena = { 0 };
    struct clean_state state;
    size_t at;

    if (!utf8_check(text, &at))
        return 0;
    textform_init(&textform);
    repaired = mojibake_repair(&textform.mojibake, text, &arena);
    must(utf8_check(repaired, &at));
    must(repaired.ptr == text.ptr || repaired.len < text.len);
    must(mojibake_repair(&textform.mojibake, repaired, &arena).ptr ==
         repaired.ptr);
    state = clean_scan(text);
    clean = clean_text(text, &state, &arena);
    must(clean.len <= text.len + text.len / 2);
    for (int form = UNICODE_AS_IS; form <= UNICODE_NFKC; form++) {
        textform.form = (enum unicode_form)form;
        check_form(&textform, text, &arena);
    }
    arena_clear(&arena);
    return 0;
}

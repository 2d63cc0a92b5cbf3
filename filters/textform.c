/* SPDX-License-Identifier: Apache-2.0 */
/*
 * textform - the steps, each of which gives back the very text when it has
 * nothing to do.
 */
#include "filters/textform.h"

#include "filters/clean.h"
#include "filters/entities.h"
#include "filters/romanian.h"

void textform_init(struct textform *textform)
{
    mojibake_init(&textform->mojibake);
}

/*
 * Cleaning may bring a letter and its accent together, so the form comes after.
 * NFC leaves a text clean; NFKC may bring blanks, and other letters before a
 * joiner.
 */
static struct slice tidy(struct slice text, enum unicode_form form,
                         bool *has_right_to_left, struct arena *arena)
{
    for (;;) {
        struct clean_state state = clean_scan(text);
        struct slice made;

        *has_right_to_left = state.has_right_to_left;
        if (!state.is_clean)
            text = clean_text(text, &state, arena);
        if (form == UNICODE_AS_IS || (form == UNICODE_NFC && state.is_nfc))
            return text;
        made = unicode_to_form(text, form, arena);
        if (form == UNICODE_NFC || made.ptr == text.ptr)
            return made;
        text = made;
    }
}

/*
 * Marks of direction among references stay if a reference is to a letter that
 * runs from right to left; if none is, they go, and with them all that come
 * from references that appear then.
 */
static struct slice order(const struct textform *textform, struct slice text,
                          struct arena *arena)
{
    bool has_right_to_left, keeps = true;

    text = tidy(text, textform->form, &has_right_to_left, arena);
    while (!textform->keep_entities) {
        struct slice made = entities_decode(text, textform->form, keeps,
                                            arena);

        if (made.ptr == text.ptr)
            break;
        text = tidy(made, textform->form, &has_right_to_left, arena);
        keeps = has_right_to_left;
    }
    return text;
}

struct slice textform_apply(const struct textform *textform, struct slice text,
                            struct slice lang, struct arena *arena)
{
    bool is_romanian = romanian_is(lang);

    for (;;) {
        struct slice made = text;

        if (!textform->keep_mojibake)
            made = mojibake_repair(&textform->mojibake, made, arena);
        made = order(textform, made, arena);
        if (is_romanian)
            made = romanian_commas(made, arena);
        if (made.ptr == text.ptr)
            return text;
        text = made;
    }
}

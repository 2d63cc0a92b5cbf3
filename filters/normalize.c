/* SPDX-License-Identifier: Apache-2.0 */
/*
 * normalize - one way to write a text: line ends, white space, characters that
 * cannot be seen (filters/clean.h), and Unicode's form NFC.
 *
 * Documents that are in order already keep their line to the byte; most texts
 * are found to be so by one scan.  A document of which nothing is left is
 * dropped.  Doing it twice changes nothing.
 */
#include "filters/clean.h"
#include "src/stage.h"
#include "src/unicode.h"

struct normalize {
    const char *form; /* --form */
    bool nfc;
};

static void normalize_open(void *self, const struct setup *setup)
{
    struct normalize *normalize = self;

    (void)setup;
    normalize->nfc = strcmp(normalize->form, "NFC") == 0;
    if (!normalize->nfc && strcmp(normalize->form, "none") != 0)
        usage_error("--form is NFC or none, not '%s'", normalize->form);
}

/* Cleaning may bring a letter and its accent together, so NFC comes after. */
static struct slice normalize_text(struct slice text, bool nfc,
                                   struct arena *arena)
{
    struct clean_state state = clean_scan(text);

    if (!state.is_clean)
        text = clean_text(text, arena);
    if (nfc && !state.is_nfc)
        text = unicode_nfc(text, arena);
    return text;
}

static void normalize_map(const void *self, struct batch *b)
{
    const struct normalize *normalize = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct slice text = normalize_text(r->text, normalize->nfc, &b->arena);

        if (text.len == 0)
            record_drop(r, "empty"); /* as it came, for --rejects */
        else if (text.ptr != r->text.ptr)
            record_set_text(b, r, text);
    }
}

static const struct option normalize_options[] = {
    { "form", OPTION_TEXT, offsetof(struct normalize, form), "NFC", "FORM",
      "NFC (accents joined to letters) or none (left alone)" },
    { 0 }
};

const struct stage normalize_stage = {
    .name = "normalize",
    .summary = "set line ends, white space, controls and NFC in order",
    .options = normalize_options,
    .size = sizeof(struct normalize),
    .open = normalize_open,
    .map = normalize_map,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * normalize - one way to write a text: misread UTF-8 made whole
 * (filters/mojibake.h), line ends, white space, characters that cannot be seen
 * (filters/clean.h), and Unicode's form NFC.
 *
 * Documents that are in order already keep their line to the byte; most texts
 * are found to be so by one scan.  A document of which nothing is left is
 * dropped.  Doing it twice changes nothing.
 */
#include "filters/clean.h"
#include "filters/mojibake.h"
#include "src/stage.h"
#include "src/unicode.h"

struct normalize {
    const char *form; /* --form */
    bool nfc;
    bool keep_mojibake; /* --keep-mojibake */
    struct mojibake mojibake;
};

static void normalize_open(void *self, const struct setup *setup)
{
    struct normalize *normalize = self;

    (void)setup;
    mojibake_init(&normalize->mojibake);
    normalize->nfc = strcmp(normalize->form, "NFC") == 0;
    if (!normalize->nfc && strcmp(normalize->form, "none") != 0)
        usage_error("--form is NFC or none, not '%s'", normalize->form);
}

/* Cleaning may bring a letter and its accent together, so NFC comes after. */
static struct slice order(struct slice text, bool nfc, struct arena *arena)
{
    struct clean_state state = clean_scan(text);

    if (!state.is_clean)
        text = clean_text(text, &state, arena);
    if (nfc && !state.is_nfc)
        text = unicode_nfc(text, arena);
    return text;
}

/*
 * What was cleaned away may have hidden that the rest is mojibake, so a repair
 * is tried again until there is nothing to do: then twice is once.
 */
static struct slice normalize_text(const struct normalize *normalize,
                                   struct slice text, struct arena *arena)
{
    for (;;) {
        struct slice repaired, ordered;

        repaired = normalize->keep_mojibake
                       ? text
                       : mojibake_repair(&normalize->mojibake, text, arena);
        ordered = order(repaired, normalize->nfc, arena);
        if (ordered.ptr == text.ptr)
            return text;
        text = ordered;
    }
}

static void normalize_map(const void *self, struct batch *b)
{
    const struct normalize *normalize = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct slice text = normalize_text(normalize, r->text, &b->arena);

        if (text.len == 0)
            record_drop(r, "empty"); /* as it came, for --rejects */
        else if (text.ptr != r->text.ptr)
            record_set_text(b, r, text);
    }
}

static const struct option normalize_options[] = {
    { "form", OPTION_TEXT, offsetof(struct normalize, form), "NFC", "FORM",
      "NFC (accents joined to letters) or none (left alone)" },
    { "keep-mojibake", OPTION_FLAG, offsetof(struct normalize, keep_mojibake),
      NULL, NULL, "leave UTF-8 that was read as an 8-bit charset as it is" },
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

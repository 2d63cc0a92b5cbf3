/* SPDX-License-Identifier: Apache-2.0 */
/*
 * normalize - one way to write a text (filters/textform.h): misread UTF-8 made
 * whole, line ends, white space, characters that cannot be seen, references of
 * HTML, and Unicode's form NFC or NFKC.
 *
 * Documents that are in order already keep their line to the byte; most texts
 * are found to be so by one scan.  A document of which nothing is left is
 * dropped.  Doing it twice changes nothing.
 */
#include "filters/lookalikes.h"
#include "filters/textform.h"
#include "src/stage.h"

struct normalize {
    const char *form;   /* --form */
    bool keep_mojibake; /* --keep-mojibake */
    bool keep_entities; /* --keep-entities */
    bool lookalikes;    /* --lookalikes */
    struct textform textform;
};

static void normalize_open(void *self, const struct setup *setup)
{
    static const char *const names[] = { "none", "NFC", "NFKC" };
    struct normalize *normalize = self;
    size_t form = 0;

    (void)setup;
    while (form < 3 && strcmp(normalize->form, names[form]) != 0)
        form++;
    if (form == 3)
        usage_error("--form is NFC, NFKC or none, not '%s'", normalize->form);
    normalize->textform = (struct textform){
        .form = (enum unicode_form)form,
        .keep_mojibake = normalize->keep_mojibake,
        .keep_entities = normalize->keep_entities,
    };
    textform_init(&normalize->textform);
}

static void normalize_map(const void *self, struct batch *b)
{
    const struct normalize *normalize = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct slice text = textform_apply(&normalize->textform, r->text,
                                           r->lang, &b->arena);

        if (text.len == 0) {
            record_drop(r, "empty"); /* as it came, for --rejects */
            continue;
        }
        if (normalize->lookalikes)
            record_add_count(b, r, slice_from("lookalikes"),
                             lookalikes_count(text));
        if (r->state == RECORD_KEPT && text.ptr != r->text.ptr)
            record_set_text(b, r, text);
    }
}

static const struct option normalize_options[] = {
    { "form", OPTION_TEXT, offsetof(struct normalize, form), "NFC", "FORM",
      "NFC (accents joined to letters), NFKC, or none (left alone)" },
    { "keep-mojibake", OPTION_FLAG, offsetof(struct normalize, keep_mojibake),
      NULL, NULL, "leave UTF-8 that was read as an 8-bit charset as it is" },
    { "keep-entities", OPTION_FLAG, offsetof(struct normalize, keep_entities),
      NULL, NULL, "leave references of HTML (&amp; &#233;) as they are" },
    { "lookalikes", OPTION_FLAG, offsetof(struct normalize, lookalikes), NULL,
      NULL, "add how many words mix scripts by letters that look alike" },
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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redact - personal data taken out of texts, or marked, or put under names that
 * only a key connects.
 *
 * What is found: filters/pii.h.  A document in which something is found says
 * how much of what; one in which nothing is keeps its line to the byte.
 */
#include <stdio.h>
#include <stdlib.h>

#include "filters/pii.h"
#include "filters/pseudonym.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/ledger.h"
#include "src/stage.h"

enum mode { PLACEHOLDER, PSEUDONYM, OFFSETS };

struct redact {
    const char *types, *mode_name, *key_path;
    enum mode mode;
    bool wanted[PII_TYPES];
    char *key_bytes;
    struct slice key;
    struct ledger_notes *notes;
};

static const char *const placeholders[PII_TYPES] = {
    [PII_EMAIL] = "<EMAIL>", [PII_IPV4] = "<IP>", [PII_IPV6] = "<IP>",
    [PII_PHONE] = "<PHONE>", [PII_IBAN] = "<IBAN>", [PII_CARD] = "<CARD>",
    [PII_NATIONAL_ID] = "<NATIONAL_ID>", [PII_VAT] = "<VAT>",
    [PII_CRYPTO] = "<CRYPTO>", [PII_SECRET] = "<SECRET>",
};

/* ---- options ---- */

static void want(struct redact *redact, struct slice name)
{
    for (int type = 0; type < PII_TYPES; type++)
        if (slice_is(name, pii_names[type])) {
            redact->wanted[type] = true;
            return;
        }
    usage_error("--types: '%.*s' is none of email, ipv4, ipv6, phone, iban, "
                "card, national_id, vat, crypto, secret", (int)name.len,
                name.ptr);
}

static void read_types(struct redact *redact)
{
    const char *at = redact->types;

    if (strcmp(at, "all") == 0) {
        for (int type = 0; type < PII_TYPES; type++)
            redact->wanted[type] = true;
        return;
    }
    while (at) {
        const char *comma = strchr(at, ',');

        want(redact, slice_make(at, comma ? (size_t)(comma - at)
                                          : strlen(at)));
        at = comma ? comma + 1 : NULL;
    }
}

static void read_mode(struct redact *redact)
{
    static const char *const names[] = { [PLACEHOLDER] = "placeholder",
                                         [PSEUDONYM] = "pseudonym",
                                         [OFFSETS] = "offsets" };
    int mode = 0;

    while (mode < 3 && strcmp(names[mode], redact->mode_name) != 0)
        mode++;
    if (mode == 3)
        usage_error("--mode: placeholder, pseudonym or offsets, not %s",
                    redact->mode_name);
    redact->mode = (enum mode)mode;
    if ((redact->mode == PSEUDONYM) != (redact->key_path != NULL))
        usage_error("--mode pseudonym and --key-file need each other");
}

static void read_key(struct redact *redact)
{
    struct fault fault = { 0 };
    size_t len;

    if (!redact->key_path)
        return;
    if (!file_read(redact->key_path, 1 << 16, &redact->key_bytes, &len, &fault))
        die("%s: %s", redact->key_path, fault.what);
    while (len > 0 && (redact->key_bytes[len - 1] == '\n' ||
                       redact->key_bytes[len - 1] == '\r'))
        len--;
    if (len < PSEUDONYM_KEY_MIN)
        die("%s: a key has %d bytes at least", redact->key_path,
            PSEUDONYM_KEY_MIN);
    redact->key = slice_make(redact->key_bytes, len);
}

static void redact_open(void *self, const struct setup *setup)
{
    struct redact *redact = self;

    read_types(redact);
    read_mode(redact);
    read_key(redact);
    redact->notes = setup->notes;
    pii_open();
}

/* ---- documents ---- */

static struct slice put_text(const struct redact *redact, struct slice text,
                             const struct pii_span *spans, size_t count,
                             struct arena *arena)
{
    struct slice *parts = arena_alloc(arena, count * sizeof *parts);
    size_t cap = text.len, len = 0, at = 0;
    char *bytes;

    for (size_t i = 0; i < count; i++) {
        struct slice data = { text.ptr + spans[i].begin,
                              spans[i].end - spans[i].begin };

        parts[i] = redact->mode == PSEUDONYM
                       ? pseudonym_make(redact->key, spans[i].type, data,
                                        arena)
                       : slice_from(placeholders[spans[i].type]);
        cap += parts[i].len;
    }
    bytes = arena_alloc(arena, cap);
    for (size_t i = 0; i < count; i++) {
        memcpy(bytes + len, text.ptr + at, spans[i].begin - at);
        len += spans[i].begin - at;
        memcpy(bytes + len, parts[i].ptr, parts[i].len);
        len += parts[i].len;
        at = spans[i].end;
    }
    memcpy(bytes + len, text.ptr + at, text.len - at);
    return slice_make(bytes, len + text.len - at);
}

/* {"email":2,"phone":1} */
static struct slice print_counts(const size_t counts[PII_TYPES],
                                 struct arena *arena)
{
    char text[PII_TYPES * 40];
    size_t len = 0;

    for (int type = 0; type < PII_TYPES; type++)
        if (counts[type] > 0)
            len += (size_t)snprintf(text + len, sizeof text - len,
                                    "%s\"%s\":%zu", len > 0 ? "," : "{",
                                    pii_names[type], counts[type]);
    len += (size_t)snprintf(text + len, sizeof text - len, "}");
    return arena_copy(arena, slice_make(text, len));
}

/* [["email",17,32],...] */
static struct slice print_spans(const struct pii_span *spans, size_t count,
                                struct arena *arena)
{
    size_t cap = count * 64 + 3, len = 0;
    char *text = arena_alloc(arena, cap);

    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, cap - len, "%s[\"%s\",%zu,%zu]",
                                i > 0 ? "," : "[", pii_names[spans[i].type],
                                spans[i].begin, spans[i].end);
    len += (size_t)snprintf(text + len, cap - len, "]");
    return slice_make(text, len);
}

static void redact_map(const void *self, struct batch *b)
{
    const struct redact *redact = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct pii_span *spans;
        size_t count = pii_find(r->text, redact->wanted, &spans, &b->arena);
        size_t *counts = NULL;

        r->note = NULL;
        if (count == 0)
            continue;
        counts = arena_zero(&b->arena, PII_TYPES, sizeof *counts);
        for (size_t k = 0; k < count; k++)
            counts[spans[k].type]++;
        r->note = counts;
        record_add_json(b, r, b->schema.names[KEY_PII],
                        print_counts(counts, &b->arena));
        if (r->state != RECORD_KEPT)
            continue;
        if (redact->mode == OFFSETS)
            record_add_json(b, r, slice_from("pii_spans"),
                            print_spans(spans, count, &b->arena));
        else
            record_set_text(b, r, put_text(redact, r->text, spans, count,
                                           &b->arena));
    }
}

static void redact_fold(void *self, struct batch *b)
{
    struct redact *redact = self;

    for (size_t i = 0; i < b->count; i++) {
        const size_t *counts = b->records[i].note;

        for (int type = 0; counts && type < PII_TYPES; type++)
            if (counts[type] > 0)
                ledger_note(redact->notes, b->records[i].lang, pii_names[type],
                            counts[type]);
    }
}

static void redact_close(void *self, const struct setup *setup)
{
    struct redact *redact = self;

    (void)setup;
    free(redact->key_bytes);
}

#define AT(member) offsetof(struct redact, member)

static const struct option redact_options[] = {
    { "types", OPTION_TEXT, AT(types), "all", "TYPE,...",
      "email, ipv4, ipv6, phone, iban, card, national_id, vat, ..." },
    { "mode", OPTION_TEXT, AT(mode_name), "placeholder", "MODE",
      "placeholder (<EMAIL>), pseudonym or offsets (mark only)" },
    { "key-file", OPTION_TEXT, AT(key_path), NULL, "FILE",
      "--mode pseudonym: what connects persons and names; keep it" },
    { 0 }
};

const struct stage redact_stage = {
    .name = "redact",
    .summary = "take personal data out of texts: addresses, numbers, keys",
    .options = redact_options,
    .size = sizeof(struct redact),
    .open = redact_open,
    .map = redact_map,
    .fold = redact_fold,
    .close = redact_close,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * minhash - the keys and sketches of documents, sorted, in a file of their own:
 * the first of three steps that find duplicates on disk (minhash, cluster,
 * drop).
 *
 * map computes, fold collects; what is collected is sorted and written whenever
 * --memory is full.  On disk: 16 bytes for each key, 88 for each document, and
 * its id: about 350 bytes in all, with 14 bands.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "filters/priority.h"
#include "filters/sketch.h"
#include "filters/sketchbook.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/output.h"
#include "src/stage.h"

struct minhash {
    struct sketch_options sketch;
    const char *out, *name, *field; /* --out, --name, --signature-field */
    uint64_t memory;
    struct priority priority;
    struct sketch_params params;
    struct sketchbook_writer *book;
    uint64_t count, known; /* documents; those that have what --prefer asks */
};

struct note {
    uint64_t doc[SKETCHBOOK_DOC_WORDS];
    const uint64_t *keys;
    size_t key_count;
    uint64_t own_key;
};

static void check_name(const char *name)
{
    if (!*name || *name == '.' || strchr(name, '/'))
        usage_error("--name is the name of a file, without its folder: '%s'",
                    name);
}

static void minhash_open(void *self, const struct setup *setup)
{
    struct minhash *minhash = self;

    check_name(minhash->name);
    minhash->params = sketch_check(&minhash->sketch);
    priority_check(&minhash->priority);
    if (!minhash->out && !minhash->field)
        usage_error("-o DIR is needed: where to write the file");
    if (minhash->out) {
        char *path = xprintf("%s/%s%s", minhash->out, minhash->name,
                             SKETCHBOOK_END);

        output_make_directory(minhash->out);
        minhash->book = sketchbook_create(path, &minhash->params,
                                          minhash->memory, setup->threads);
        free(path);
    }
}

/* The slots as a list of numbers. */
static void add_signature(const struct minhash *minhash, struct batch *b,
                          struct record *r, const struct sketch *sketch)
{
    size_t count = minhash->params.bands * minhash->params.rows;
    size_t cap = count * 21 + 2, len = 0;
    char *json = arena_alloc(&b->arena, cap);

    json[len++] = '[';
    for (size_t i = 0; sketch->shingle_count > 0 && i < count; i++)
        len += (size_t)snprintf(json + len, cap - len, "%s%" PRIu64,
                                i ? "," : "", sketch->slots[i]);
    json[len++] = ']';
    record_add_json(b, r, slice_from(minhash->field), slice_make(json, len));
}

static void minhash_map(const void *self, struct batch *b)
{
    const struct minhash *minhash = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct note *note = arena_zero(&b->arena, 1, sizeof *note);
        struct sketch *sketch =
            sketch_make(&minhash->params, r->text, &b->arena);
        struct hash128 text = hash128(r->text);

        note->doc[BOOK_UID] = sketchbook_uid(r->value[KEY_ID], r->text);
        note->doc[BOOK_EXACT] = text.high;
        note->doc[BOOK_PRIORITY] = priority_of(&minhash->priority, b, r);
        memcpy(&note->doc[BOOK_BITS], sketch->bits, sizeof sketch->bits);
        note->keys = sketch->keys;
        note->key_count = minhash->params.bands;
        if (sketch->shingle_count == 0) { /* only its copies are like it */
            note->own_key = text.low;
            note->keys = &note->own_key;
            note->key_count = 1;
        }
        if (minhash->field)
            add_signature(minhash, b, r, sketch);
        r->note = note;
    }
}

static void minhash_fold(void *self, struct batch *b)
{
    struct minhash *minhash = self;

    if (!minhash->book)
        return;
    for (size_t i = 0; i < b->count; i++) {
        const struct note *note = b->records[i].note;

        minhash->count++;
        minhash->known += priority_is_known(note->doc[BOOK_PRIORITY]);
        sketchbook_add(minhash->book, note->doc, note->keys, note->key_count,
                       b->records[i].value[KEY_ID]);
    }
}

static void minhash_close(void *self, const struct setup *setup)
{
    struct minhash *minhash = self;

    (void)setup;
    if (minhash->book)
        sketchbook_publish(minhash->book);
    if (minhash->priority.prefer && minhash->count > 0 && minhash->known == 0)
        notice("--prefer %s: no document says it, so it chooses nothing",
               minhash->priority.prefer);
    priority_clear(&minhash->priority);
    sketch_params_clear(&minhash->params);
}

#define AT(member) offsetof(struct minhash, sketch.member)

static const struct option minhash_options[] = {
    { "out", OPTION_TEXT, offsetof(struct minhash, out), NULL, "DIR",
      "the folder that the file is written to" },
    { "name", OPTION_TEXT, offsetof(struct minhash, name), "part", "NAME",
      "the file's name there, without .mh: of each task another" },
    { "memory", OPTION_BYTES, offsetof(struct minhash, memory), "1G", "BYTES",
      "what is collected before it is sorted and written" },
    { "prefer", OPTION_TEXT, offsetof(struct minhash, priority.prefer), NULL,
      "WHAT", "of copies keep the longest, shortest, newest, oldest or FIELD" },
    { "prefer-sources", OPTION_TEXT, offsetof(struct minhash, priority.sources),
      NULL, "A,B,...", "before that: source begins with A, then B, then none" },
    { "signature-field", OPTION_TEXT, offsetof(struct minhash, field), NULL,
      "FIELD", "write the hashes into each document" },
    SKETCH_OPTIONS(AT)
    { 0 }
};

const struct stage minhash_stage = {
    .name = "minhash",
    .summary = "write the keys and sketches by which duplicates are found",
    .options = minhash_options,
    .size = sizeof(struct minhash),
    .flags = STAGE_SINK | STAGE_OWN_OUT,
    .open = minhash_open,
    .map = minhash_map,
    .fold = minhash_fold,
    .close = minhash_close,
};

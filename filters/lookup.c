/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lookup - is this text, or almost this text, in the corpus, and where?
 *
 * Nothing is dropped.  A document that stands in the index gets the id of what
 * it is like, the run that has it, and how like it is.  The index is mapped: it
 * takes no memory of its own, but what the system caches (filters/bookcase.h).
 */
#include <stdlib.h>

#include "filters/bookcase.h"
#include "filters/catalog.h"
#include "filters/sketch.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/stage.h"

struct lookup {
    const char *index; /* --index */
    double jaccard;    /* --jaccard */
    unsigned least;    /* thousandths */
    struct sketch_params params;
    struct catalog *catalog;
    struct bookcase *bookcase;
    const char **runs; /* [of the books] names */
};

static void lookup_open(void *self, const struct setup *setup)
{
    struct lookup *lookup = self;
    struct sketch_options options;

    (void)setup;
    if (!lookup->index)
        usage_error("--index DIR is needed: what mlin dedup --index made");
    if (!(lookup->jaccard >= 0 && lookup->jaccard <= 1))
        usage_error("--jaccard is 0 to 1");
    lookup->least = (unsigned)(lookup->jaccard * 1000 + 0.5);
    lookup->catalog = catalog_open(lookup->index, false);
    if (!sketch_params_parse(lookup->catalog->params, &options))
        die("the index %s was made with options that are unknown here: %s",
            lookup->index, lookup->catalog->params);
    lookup->params = sketch_check(&options);
    lookup->bookcase = bookcase_new(&lookup->params);
    lookup->runs = catalog_shelve(lookup->catalog, lookup->catalog->count,
                                  lookup->bookcase);
}

static void lookup_map(const void *self, struct batch *b)
{
    const struct lookup *lookup = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct sketch *sketch =
            sketch_make(&lookup->params, r->text, &b->arena);
        struct bookcase_hit hit;
        struct fault fault;
        bool found = bookcase_find(lookup->bookcase, sketch, hash128(r->text),
                                   lookup->least, &hit, NULL, &fault);

        bookcase_check(lookup->bookcase, &hit, &fault);
        if (!found)
            continue;
        record_add_json(b, r, b->schema.names[KEY_DUP_OF],
                        hit.name.ptr ? hit.name : slice_from("null"));
        record_add_number(b, r, slice_from("dup_jaccard"),
                          hit.thousandths / 1000.0, 3);
        record_add_text(b, r, slice_from("dup_in"),
                        slice_from(lookup->runs[hit.book]));
        record_add_json(b, r, slice_from("dup_exact"),
                        slice_from(hit.is_exact ? "true" : "false"));
    }
}

static void lookup_close(void *self, const struct setup *setup)
{
    struct lookup *lookup = self;

    (void)setup;
    bookcase_free(lookup->bookcase);
    catalog_free(lookup->catalog);
    free(lookup->runs);
    sketch_params_clear(&lookup->params);
}

static const struct option lookup_options[] = {
    { "index", OPTION_TEXT, offsetof(struct lookup, index), NULL, "DIR",
      "what mlin dedup --index made" },
    { "jaccard", OPTION_NUMBER, offsetof(struct lookup, jaccard), "0.72", "J",
      "least share of shingles in common, as estimated" },
    { 0 }
};

const struct stage lookup_stage = {
    .name = "lookup",
    .summary = "say which documents an index has, or almost has, and where",
    .options = lookup_options,
    .size = sizeof(struct lookup),
    .open = lookup_open,
    .map = lookup_map,
    .close = lookup_close,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs.h - compare pairs of documents by their sketches, when neither pairs
 * nor sketches fit into memory.
 *
 * Pairs are sorted by their first document and walked beside the documents,
 * which puts its sketch behind each pair; sorted by the second, the same gives
 * the other sketch, and so the estimate.  Two passes over the documents, one
 * sort of pairs with a sketch (64 bytes more).
 *
 * One thread at a time; sorting uses several.
 */
#ifndef MLIN_PAIRS_H
#define MLIN_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/sketchbook.h"
#include "filters/sorter.h"

/* What stays the same from step to step. */
struct pairs_work {
    const struct sketchbooks *books;
    const struct sketch_params *params;
    uint64_t memory;
    const char *directory;
    size_t threads;
};

/* A walk over all documents by uid, each uid once. */
struct pairs_documents {
    struct sketchbook_stream *stream;
    const uint64_t *next;                  /* of the stream; NULL at its end */
    uint64_t doc[SKETCHBOOK_DOC_WORDS];    /* the current one */
    uint64_t copies;                       /* records with this uid */
    char name[512];
    size_t name_len;
    bool want_names, is_at_end;
};

void pairs_documents_begin(struct pairs_documents *documents,
                           const struct pairs_work *work, bool want_names);
/* Move on; false at the end. */
bool pairs_documents_next(struct pairs_documents *documents);
/* Move on to a uid, which must be there. */
void pairs_documents_find(struct pairs_documents *documents, uint64_t uid);
void pairs_documents_end(struct pairs_documents *documents);

/* What is told of a pair: its record, and the documents' likeness. */
struct pairs_result {
    const uint64_t *record;  /* as it was given */
    uint64_t extra;          /* what `first` returned */
    unsigned thousandths;
    bool is_exact;
};

/*
 * `pairs`: finished, records of `words` words, ordered by the first, of which
 * the first two are uids.  `first`, if not NULL, is called for each first
 * document as it comes; `tell` for each pair, by second uid (and, of equal
 * ones, by first).  `pairs` is read and freed.
 */
void pairs_compare(const struct pairs_work *work, struct sorter *pairs,
                   size_t words,
                   uint64_t (*first)(void *context,
                                     const struct pairs_documents *document),
                   void (*tell)(void *context,
                                const struct pairs_result *result),
                   void *context);

#endif

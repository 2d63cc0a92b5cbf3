/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs.h - compare pairs of documents by their sketches, when neither pairs
 * nor sketches fit into memory.
 *
 * Pairs are sorted by their first document and walked beside the documents,
 * which puts its sketch behind each pair; sorted by the second, the same gives
 * the other sketch, and so the estimate.  Two passes over the documents, one
 * sort of pairs with a sketch (80 bytes each).
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
    uint64_t name;                         /* for sketchbook_names_find() */
};

void pairs_documents_begin(struct pairs_documents *documents,
                           const struct pairs_work *work);
/* Move on; false at the end. */
bool pairs_documents_next(struct pairs_documents *documents);
/* Move on to a uid, which must be there. */
void pairs_documents_find(struct pairs_documents *documents, uint64_t uid);
void pairs_documents_end(struct pairs_documents *documents);

/* What is told of a pair. */
struct pairs_result {
    uint64_t pair[2];        /* as it was given */
    unsigned thousandths;
    bool is_exact;
};

/*
 * `pairs`: finished, records of two uids, ordered by both; those that stand
 * there more than once are compared once.  `tell` is called for each, in no
 * order that matters; `repeated` for each document that came several times with
 * the same uid.  `pairs` is read and freed.
 */
void pairs_compare(const struct pairs_work *work, struct sorter *pairs,
                   void (*repeated)(void *context, uint64_t uid),
                   void (*tell)(void *context,
                                const struct pairs_result *result),
                   void *context);

/* 1000 where the text is the same, else the estimate. */
unsigned pairs_thousandths(const struct sketch_params *params, bool is_exact,
                           const uint64_t *a_bits, const uint64_t *b_bits);

#endif

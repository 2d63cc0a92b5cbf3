/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crawl.h - the documents of a stream beside those of an index: which of them,
 * or of the stream's own before it, is a copy of this one?  What is kept makes
 * a run of the index.
 *
 *     index, mapped  ──crawl_look()──▶  any thread, in any order
 *     stream so far  ──crawl_find()──▶  one thread, in input order
 *
 * The stream's own are held as filters/near.h holds them, and besides as they
 * will stand in the file: some 900 bytes a document with sorting.  Whenever
 * that exceeds `memory` they are sorted, written and mapped, and the memory
 * begins anew; in the end what was written is merged.  The run is the same file
 * for any memory and any threads.
 *
 * A run that is there already is judged by the runs before it alone: started
 * again, it keeps the same documents.
 */
#ifndef MLIN_CRAWL_H
#define MLIN_CRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "filters/sketch.h"
#include "src/arena.h"
#include "src/hash.h"

struct crawl_options {
    const char *folder; /* of the index; made when it is not there */
    const char *name;   /* of the run */
    unsigned least;     /* estimate that is a hit, in thousandths */
    uint64_t memory;    /* bytes */
    size_t threads;     /* to sort */
};

struct crawl;
struct crawl_look; /* what the index says of a text */

struct crawl_hit {
    bool is_exact;
    unsigned thousandths;
    struct slice name; /* the id as JSON; ptr NULL: it has none */
    const char *run;   /* in which run of the index; of the crawl */
};

/* A document to keep. */
struct crawl_text {
    const struct sketch *sketch;
    struct hash128 hash;
    uint64_t uid;
    uint64_t number; /* rises along the stream */
    struct slice id; /* as JSON */
};

/* Dies when the index is of other parameters; `params` must outlive it. */
struct crawl *crawl_open(const struct crawl_options *options,
                         const struct sketch_params *params);

/* Of the index; the memory is the arena's. */
const struct crawl_look *crawl_look(const struct crawl *crawl,
                                    const struct sketch *sketch,
                                    struct hash128 text, struct arena *arena);

/* The best of both, of equals the earliest; false when there is none. */
bool crawl_find(struct crawl *crawl, const struct crawl_look *look,
                const struct sketch *sketch, struct hash128 text,
                struct crawl_hit *hit);

/* Keep the text that crawl_find() did not find, right after it. */
void crawl_keep(struct crawl *crawl, const struct crawl_look *look,
                const struct crawl_text *text);

/* Add the run to the index; frees the crawl. */
void crawl_close(struct crawl *crawl);

#endif

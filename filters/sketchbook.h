/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketchbook.h - the keys and sketches of many documents in a file: what
 * mlin minhash writes, and cluster and dedup --index read instead of texts.
 *
 *     run      keys    [key_count] of 2 words     sorted: key, uid
 *              docs    [doc_count] of 11 words    sorted by uid
 *              names   u16 length and the id, as JSON; in the order of docs
 *     ...      one run for each time that memory was full
 *     runs     [run_count] of 136 words
 *     params   text, in words, zeros after it
 *     end      8 words
 *
 * A word is 8 bytes, little-endian; docs/formats.md has the members.  A
 * document is its uid, a hash of id and text: nothing about files, rows or
 * threads, so any order and any sharding of the same documents make the same
 * set of records.
 */
#ifndef MLIN_SKETCHBOOK_H
#define MLIN_SKETCHBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "filters/runmerge.h"
#include "filters/sketch.h"
#include "src/fail.h"
#include "src/options.h"

enum {
    SKETCHBOOK_KEY_WORDS = 2,
    /* Keys of a run can be read by ranges, by their highest bits. */
    SKETCHBOOK_RANGE_BITS = 6,
    SKETCHBOOK_RANGES = 1 << SKETCHBOOK_RANGE_BITS,
    /* Of a document. */
    BOOK_UID = 0, BOOK_EXACT, BOOK_PRIORITY, BOOK_NAME, BOOK_BITS,
    SKETCHBOOK_DOC_WORDS = BOOK_BITS + SKETCH_WORDS
};

#define SKETCHBOOK_END ".mh"
#define SKETCHBOOK_NO_NAME UINT64_MAX

/* Of one document; pure. */
uint64_t sketchbook_uid(struct slice id, struct slice text);

/* ---- writing: sketchbook_write.c ---- */

struct sketchbook;
struct sketchbooks;

struct sketchbook_writer;

/*
 * `memory` bytes for what is collected, sorted on `threads` threads.  The file
 * appears under `path` when it is closed.  Dies when it cannot be written.
 */
struct sketchbook_writer *
sketchbook_create(const char *path, const struct sketch_params *params,
                  uint64_t memory, size_t threads);

/*
 * A document: its words but the name, the keys (at least one), and the id as
 * JSON, ptr NULL for none; above 512 bytes it is left out.
 */
void sketchbook_add(struct sketchbook_writer *writer, const uint64_t *doc,
                    const uint64_t *keys, size_t key_count, struct slice name);

/* Bytes that it takes for what was collected, with the room to sort in. */
uint64_t sketchbook_held(const struct sketchbook_writer *writer);

/*
 * Write what was collected, now.  `book` is that run as a file of its own,
 * open; it may be read as long as the writer is there.
 */
void sketchbook_spill(struct sketchbook_writer *writer,
                      struct sketchbook *book);

/*
 * Write all documents of some books as one run, in so much memory.  A damaged
 * book is fatal.
 */
void sketchbook_merge(struct sketchbook_writer *writer,
                      const struct sketchbooks *books, uint64_t memory);

/* Publish the file; returns how many documents it holds. */
uint64_t sketchbook_publish(struct sketchbook_writer *writer);

/* ---- reading: sketchbook.c, sketchbook_read.c ---- */

struct sketchbook_run {
    uint64_t keys_at, key_count, docs_at, doc_count, names_at, names_len;
    uint64_t docs_sum, names_sum;             /* XXH3-128, its low half */
    uint64_t range_ends[SKETCHBOOK_RANGES];   /* keys up to a range's end */
    uint64_t range_sums[SKETCHBOOK_RANGES];
};

struct sketchbook {
    char *path;
    int fd;
    uint64_t bytes;
    struct sketchbook_run *runs; /* [run_count] */
    size_t run_count;
    uint64_t docs, keys;
    struct hash128 params_hash;
    uint64_t sum;                /* of the directory, which has all others */
    char *params;                /* in words */
};

/* Several, of equal parameters: all files *.mh of directories, or files. */
struct sketchbooks {
    struct sketchbook *books; /* [count] sorted by path */
    size_t count;
    uint64_t docs, keys;
};

/* One, whose path is set.  False and a fault when it is not what it should be;
 * sketchbook_close() in any case. */
bool sketchbook_open(struct sketchbook *book, struct fault *fault);
void sketchbook_close(struct sketchbook *book);

/*
 * Open them all; dies where one is damaged, of other parameters than the first
 * or than `params` (if it is not NULL), or where there is none.
 */
struct sketchbooks sketchbook_open_all(const char *const *paths, size_t count,
                                    const struct sketch_params *params);
void sketchbook_close_all(struct sketchbooks *books);

size_t sketchbook_run_count(const struct sketchbooks *books);

/* Bytes of the file; false and a fault when it ends before. */
bool sketchbook_read_at(const struct sketchbook *book, void *bytes, size_t len,
                        uint64_t at, struct fault *fault);

/* The parameters that a book was made with. */
struct sketch_params sketchbook_params(const struct sketchbook *book);

/*
 * The keys of some ranges, or all documents, in order.  Equal ones come one
 * after the other.  Sums are checked as ranges and runs end; a wrong one is
 * fatal.  A stream is one thread's; several streams may read the same books.
 */
struct sketchbook_stream;

struct sketchbook_stream *sketchbook_keys(const struct sketchbooks *books,
                                          size_t range, size_t range_end,
                                          uint64_t memory);
struct sketchbook_stream *sketchbook_docs(const struct sketchbooks *books,
                                          uint64_t memory);
const uint64_t *sketchbook_next(struct sketchbook_stream *stream);
/* The same, but NULL and a fault (what: NULL at the end) where that dies. */
const uint64_t *sketchbook_try_next(struct sketchbook_stream *stream,
                                    struct fault *fault);

/*
 * Where the id of the document that sketchbook_next() gave last stands, for
 * sketchbook_names_find(); SKETCHBOOK_NO_NAME: it has none.
 */
uint64_t sketchbook_name(const struct sketchbook_stream *stream);
void sketchbook_stream_free(struct sketchbook_stream *stream);

/* The ids: read forwards where those that are asked for come by rising uid. */
struct sketchbook_names;

struct sketchbook_names *sketchbook_names(const struct sketchbooks *books);
/*
 * An id as JSON, len 0 for none, valid until the next call.  False and a fault
 * when it lies outside of its run.
 */
bool sketchbook_names_find(struct sketchbook_names *names, uint64_t name,
                           struct slice *id, struct fault *fault);
void sketchbook_names_free(struct sketchbook_names *names);

#endif

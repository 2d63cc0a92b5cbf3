/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairlist.h - the pairs of a range of keys, compared: what
 * mlin cluster --range writes on one machine and cluster --join reads on
 * another.
 *
 *     pairs     [count] of 3 words, by both uids, each pair once
 *     end       8 words; docs/formats.md has the members
 *
 * All pairs are there, whatever their estimate, so that --join can take any
 * --jaccard and tell of those that it leaves.  A record that came several times
 * is a pair with itself, in the range that its uid would be in if it were a
 * key.
 */
#ifndef MLIN_PAIRLIST_H
#define MLIN_PAIRLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/sketchbook.h"
#include "src/fail.h"

#define PAIRLIST_END ".pairs"

enum { PAIR_FIRST, PAIR_SECOND, PAIR_THOUSANDTHS, PAIRLIST_WORDS };

/* Which part of how many, from 1 to SKETCHBOOK_RANGES. */
struct pairlist_part {
    uint64_t part, parts;
};

/* "2/8"; false when it is not of that form, or not among so many. */
bool pairlist_parse(const char *text, struct pairlist_part *part);
/* Its first range of keys, and the one that it ends before. */
size_t pairlist_range(const struct pairlist_part *part);
size_t pairlist_range_end(const struct pairlist_part *part);

/* Stands for the documents of some books, in whatever files of them. */
uint64_t pairlist_books(const struct sketchbooks *books);

/* ---- writing; the file appears when it is published ---- */

struct pairlist_writer;

struct pairlist_writer *pairlist_create(const char *path);
/* By rising uids. */
void pairlist_add(struct pairlist_writer *writer, const uint64_t *pair);
/* `books` of pairlist_books(). */
void pairlist_publish(struct pairlist_writer *writer,
                      const struct pairlist_part *part, uint64_t books);

/* ---- reading ---- */

struct pairlist {
    char *path;
    int fd;
    struct pairlist_part part;
    uint64_t books, count;
    uint64_t sum, read;      /* that it should have; pairs read so far */
    struct hash_stream *seen;
};

/* One, whose path is set.  False and a fault when it is not what it should be;
 * pairlist_close() in any case. */
bool pairlist_open(struct pairlist *list, struct fault *fault);
/*
 * The next pairs, at most `cap`, into [cap * PAIRLIST_WORDS]; 0 at the end, or
 * with a fault (else untouched): the sum, which is looked at there, is wrong.
 */
size_t pairlist_read(struct pairlist *list, uint64_t *pairs, size_t cap,
                     struct fault *fault);
void pairlist_close(struct pairlist *list);

#endif

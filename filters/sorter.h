/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sorter.h - more records than memory holds, in order.
 *
 * A record is a few 64-bit words; records are ordered by their first words,
 * each as a number.  What is added is collected in memory, sorted (radix, most
 * significant byte first) and written to a file behind what was written before;
 * reading merges these runs.  When all fits, nothing is written.
 *
 * Memory: what was given, of which half is for records and half to sort them;
 * reading uses the same, and at least 4 kB for each run.  The file has no name:
 * it is gone when the process is, however that ends.
 *
 * One thread at a time; sorting itself uses several.
 */
#ifndef MLIN_SORTER_H
#define MLIN_SORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SORTER_WORDS_MAX = 32 };

struct sorter;

/*
 * Records of `words` words, ordered by the first `order`.  A file, if one is
 * needed, is made in `directory`.  Dies when it cannot be written or read.
 */
struct sorter *sorter_new(size_t words, size_t order, uint64_t memory,
                          const char *directory, size_t threads);

void sorter_add(struct sorter *sorter, const uint64_t *record);

/* No more will be added; sorter_next() may be called.  Records so far. */
uint64_t sorter_finish(struct sorter *sorter);

/*
 * The next record in order, valid until the next call; NULL at the end.  With
 * `unique`, records that equal the one before in all their ordered words are
 * passed over.
 */
const uint64_t *sorter_next(struct sorter *sorter, bool unique);

/* Begin again at the first record. */
void sorter_rewind(struct sorter *sorter);

void sorter_free(struct sorter *sorter);

/* Sort records that are in memory; `room` is as large as they are. */
void sorter_sort(uint64_t *records, uint64_t *room, size_t count, size_t words,
                 size_t order, size_t threads);

#endif

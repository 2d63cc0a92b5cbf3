/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairjoin.h - what mlin cluster --range wrote for all parts, as one list.
 *
 * One thread at a time.  Memory: a buffer for each part.
 */
#ifndef MLIN_PAIRJOIN_H
#define MLIN_PAIRJOIN_H

#include <stddef.h>
#include <stdint.h>

#include "filters/pairlist.h"

struct pairjoin;

/*
 * The *.pairs of directories, `count` at least 1; `memory` bytes for buffers,
 * and at least 4 kB for each part.  Dies where a part is missing, there twice,
 * damaged, of another number of parts, or made of other books.
 */
struct pairjoin *pairjoin_open(const char *const *directories, size_t count,
                               const struct sketchbooks *books,
                               uint64_t memory);

/*
 * PAIRLIST_WORDS, by rising uids, each pair once; valid until the next call.
 * NULL at the end.  Dies where a part turns out to be damaged, which is known
 * when its last pair was read.
 */
const uint64_t *pairjoin_next(struct pairjoin *join);
void pairjoin_free(struct pairjoin *join);

#endif

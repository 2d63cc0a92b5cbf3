/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keyrange.h - compare what a range of all keys pairs, and write it, so that
 * several machines can do that side by side: mlin cluster --range.
 *
 * A machine reads its keys alone, but the documents of all, twice: sketches
 * stand by uid, not by key.  Memory and disk to sort in are as in
 * filters/stars.h and filters/pairs.h, and 24 bytes for each pair.
 */
#ifndef MLIN_KEYRANGE_H
#define MLIN_KEYRANGE_H

#include <stdint.h>

#include "filters/pairlist.h"
#include "filters/pairs.h"

struct keyrange_report {
    uint64_t pairs, below_700; /* estimate below 0.7; a pair is in all parts
                                * in which it has a key */
};

/* The file appears under `path` when it is complete. */
struct keyrange_report keyrange_write(const struct pairs_work *work,
                                      const struct pairlist_part *part,
                                      const char *path);

#endif

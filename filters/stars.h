/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stars.h - which documents have a key in common: each is paired with the
 * least of its key.  A star, not all pairs, so that a key of many documents
 * costs what they are; and what is paired depends on the set of documents
 * alone.
 *
 * Ranges of keys are read by all threads; sorting uses them, too.
 */
#ifndef MLIN_STARS_H
#define MLIN_STARS_H

#include <stddef.h>

#include "filters/pairs.h"
#include "filters/sorter.h"

/*
 * Of the keys of ranges `range` up to before `range_end`, of
 * SKETCHBOOK_RANGES.  Returns a finished sorter of (least uid, other uid), in
 * which a pair stands once for each key.  Memory: a third of work->memory to
 * read, a quarter to sort.
 */
struct sorter *stars_find(const struct pairs_work *work, size_t range,
                          size_t range_end);

#endif

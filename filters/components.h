/* SPDX-License-Identifier: Apache-2.0 */
/*
 * components.h - which documents hang together, by edges between them.
 *
 * Two ways with one result, the least uid of each component as its root:
 *   - union and find, when 4 bytes for each document with an edge fit into half
 *     of the memory (uids become dense numbers by merging sorted lists);
 *   - else rounds of large-star and small-star (Kiveris and others, "Connected
 *     Components in MapReduce and Beyond", 2014), each an external sort, until
 *     no edge changes: every document then has one edge, to its root.
 *
 * One thread at a time; sorting uses several.
 */
#ifndef MLIN_COMPONENTS_H
#define MLIN_COMPONENTS_H

#include <stddef.h>
#include <stdint.h>

#include "filters/sorter.h"

struct components_report {
    uint64_t documents; /* that have an edge */
    uint64_t rounds;    /* of stars; 0: union and find */
};

/*
 * `edges`: finished, records of 2 words; an edge may stand twice and may join a
 * document to itself.  It is read and freed.  Returns a finished sorter of
 * (uid, root), each uid once.
 */
struct sorter *components_find(struct sorter *edges, uint64_t memory,
                               const char *directory, size_t threads,
                               struct components_report *report);

#endif

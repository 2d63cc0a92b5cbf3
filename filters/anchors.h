/* SPDX-License-Identifier: Apache-2.0 */
/*
 * anchors.h - a table from keys to places, several of one key.
 *
 *     part [4096], by the highest 12 bits of a key, an open-addressing table:
 *         entries   [cap] of 8 bytes: next 24 bits of the key, place + 1 (40)
 *
 * Keys must be hashes already, and are equal here when 36 of their bits are:
 * the caller judges what it is given.  Memory: 8 bytes for each place, of slots
 * that are 69 % to 80 % full: 10 to 12 bytes.  A part that grows is moved
 * alone.
 *
 * One thread at a time.
 */
#ifndef MLIN_ANCHORS_H
#define MLIN_ANCHORS_H

#include <stdbool.h>
#include <stdint.h>

enum { ANCHORS_PARTS = 4096 };

#define ANCHORS_PLACE_MAX (((uint64_t)1 << 40) - 2)

struct anchors_part {
    uint64_t *entries; /* [cap]; 0 = free */
    uint32_t count, cap;
};

/* All bits 0 is empty. */
struct anchors {
    struct anchors_part parts[ANCHORS_PARTS];
};

/* The places of one key, one after the other. */
struct anchors_walk {
    const struct anchors_part *part;
    uint64_t at, tag;
};

/* Ask for what anchors_begin() of this key will read. */
void anchors_prefetch(const struct anchors *anchors, uint64_t key);

struct anchors_walk anchors_begin(const struct anchors *anchors, uint64_t key);

/* False when there are no more.  In no order. */
bool anchors_next(struct anchors_walk *walk, uint64_t *place);

/* Bytes that anchors_put() of this key would take from the system. */
uint64_t anchors_more(const struct anchors *anchors, uint64_t key);

/* A place of at most ANCHORS_PLACE_MAX. */
void anchors_put(struct anchors *anchors, uint64_t key, uint64_t place);

void anchors_clear(struct anchors *anchors);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near.h - the texts that were kept so far, in memory: which of them is a copy,
 * or almost a copy, of this one?
 *
 *     group [256]       16 parts, in pages of their own
 *     part [4096], by the highest 12 bits of a key, an open-addressing table:
 *         entries   [cap] of 7 bytes: text number + 1 (4), next 24 bits of key
 *     texts         blocks of 65,536 records of 72 bytes:
 *         bits      448 bits of the sketch
 *         exact     64 bits of the text's hash
 *         name      where its id stands
 *     names         blocks of 1 MB
 *
 * Memory: 7 bytes for each of bands + 1 keys, of slots that are 75 % to 87 %
 * full (120 to 140 bytes for 14 bands), 72 for the record, and the id with 2:
 * at most 250 bytes a text with ids of up to 34 bytes, as the system counts
 * pages, from 100,000 texts on.  A group that grows is moved alone, so that two
 * copies of the whole never stand.
 *
 * A candidate has a key in common; the estimate from the bits decides.  Of
 * several the one with the highest estimate is named, of equals the earliest.
 * At most 8 texts are entered under one key, so that a hostile or boilerplate
 * input stays linear; the later ones can still be met by their other keys.
 *
 * One thread at a time.
 */
#ifndef MLIN_NEAR_H
#define MLIN_NEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "filters/sketch.h"
#include "src/hash.h"

struct near;

struct near_hit {
    bool is_exact;        /* the same text */
    unsigned thousandths; /* the estimate of J: 1000 for the same text */
    uint64_t number;      /* of the text: 0, 1, ... as they were added */
    struct slice name;    /* as given; ptr NULL: it had none */
};

/*
 * `least` is the least estimate that is a hit, in thousandths; `memory` the
 * bytes that it may take, 0 = no limit.  `params` must outlive it.
 */
struct near *near_new(const struct sketch_params *params, unsigned least,
                      uint64_t memory);

/* Ask for what near_find() will read of this sketch. */
void near_prefetch(const struct near *near, const struct sketch *sketch,
                   struct hash128 text);

/* A text that was added and is (almost) the same; false when there is none. */
bool near_find(const struct near *near, const struct sketch *sketch,
               struct hash128 text, struct near_hit *hit);

/*
 * Keep an id, for one text or for many; its place in *name.  One of more than
 * 512 bytes, and one whose ptr is NULL, is left out.  False when the memory
 * would not do.
 */
bool near_name(struct near *near, struct slice id, uint64_t *name);

/* Keep a text.  False when the memory would not do: nothing was added then. */
bool near_add(struct near *near, const struct sketch *sketch,
              struct hash128 text, uint64_t name);

/*
 * The same beside texts that are kept elsewhere: `elsewhere` [bands + 1] says
 * how many have each key, of the text's hash first; `entered` [bands + 1] gets
 * which keys the text was entered under.
 */
bool near_add_beside(struct near *near, const struct sketch *sketch,
                     struct hash128 text, uint64_t name,
                     const uint32_t *elsewhere, bool *entered);

uint64_t near_count(const struct near *near);
uint64_t near_bytes(const struct near *near);
void near_free(struct near *near);

#endif

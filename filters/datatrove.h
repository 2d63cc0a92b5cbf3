/* SPDX-License-Identifier: Apache-2.0 */
/*
 * datatrove.h - the signatures that datatrove's minhash makes, number for
 * number: MinhashConfig() with xxhash and 64 bits.
 *
 * Its words come from a tokenizer per language (spaCy and others); ours are
 * parted at white space, which is the same for texts without such characters
 * as a tokenizer would cut at once punctuation is gone.  Source of the method:
 * datatrove 0.10, utils/text.py and pipeline/dedup/minhash.py; numpy's
 * RandomState for the permutations.
 */
#ifndef MLIN_DATATROVE_H
#define MLIN_DATATROVE_H

#include <stddef.h>
#include <stdint.h>

#include "filters/shingle.h"

/*
 * Factor and summand of `count` permutations: [0 .. count-1] factors, then
 * summands; as RandomState(seed) draws them.  free() it.
 */
uint64_t *datatrove_permutations(uint32_t seed, size_t count);

/*
 * The text in lower case, numbers as 0, without punctuation and marks, white
 * space folded; runs of n words, joined by one blank, hashed.  A text of fewer
 * than n words has none.  Memory is the arena's.
 */
struct shingles datatrove_shingles(struct slice text, size_t n,
                                   struct arena *arena);
struct slice datatrove_simplify(struct slice text, struct arena *arena);

/* The least of (x * factor + summand mod 2^64) mod (2^61 - 1), slot by slot. */
void datatrove_slots(const uint64_t *permutations, size_t slot_count,
                     const uint64_t *shingles, size_t count, uint64_t *slots);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketch.h - a text in 112 numbers, of which as many agree between two texts
 * as their sets of shingles do.
 *
 *     slots   [slot_count] u64   smallest value that a shingle threw there
 *     keys    [bands] u64        hash of the `rows` slots of each band
 *     bits    448                a few bits of every slot, to keep
 *
 * Two texts whose shingles have the Jaccard index J (common by all) share at
 * least one key with the chance 1 - (1 - J^rows)^bands: 0.53 at 0.7, 0.92 at
 * 0.8, 1.00 at 0.9 for 14 bands of 8.
 *
 * Method "fast": fast similarity sketching (Dahlgaard, Knudsen and Thorup,
 * arXiv 1704.04370).  Shingles are thrown at slots in rounds; an earlier round
 * wins, and the last rounds reach every slot; once all slots are taken, it
 * ends.  n + k log k steps for n shingles and k slots, unbiased however few
 * shingles there are.  448 slots are made, of which bands use the first ones.
 *
 * Method "datatrove": the signatures of datatrove's MinhashConfig (xxhash, 64
 * bits), for texts whose words its tokenizer parts at white space.  Each
 * shingle passes through every slot's permutation: 20 to 50 times slower.
 *
 * Bits: with 448 slots one of each, with 112 four.  From them J is estimated
 * with a standard error of 0.034 (448) or 0.045 (112) at J = 0.7.
 *
 * Everything here is pure and safe from any thread, after sketch_check().
 */
#ifndef MLIN_SKETCH_H
#define MLIN_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/hash.h"
#include "src/options.h"
#include "src/slice.h"

enum { SKETCH_BITS = 448, SKETCH_WORDS = SKETCH_BITS / 64,
       SKETCH_SLOTS_MAX = 4096 };

/* What the user chooses; equal choices make sketches that may be compared. */
struct sketch_options {
    uint64_t bands, rows, ngram, seed;
    bool chars;
    const char *preset; /* NULL, or "datatrove" */
};

/* `AT(member)` is the offset of a member of struct sketch_options. */
#define SKETCH_OPTIONS(AT)                                                   \
    { "bands", OPTION_COUNT, AT(bands), "14", "N",                           \
      "keys of a document, each of --rows slots" },                          \
    { "rows", OPTION_COUNT, AT(rows), "8", "N", "slots that make a key" },   \
    { "ngram", OPTION_COUNT, AT(ngram), "5", "N",                            \
      "words, or characters, in a shingle" },                                \
    { "chars", OPTION_FLAG, AT(chars), NULL, NULL,                           \
      "shingles of characters, not of words" },                              \
    { "preset", OPTION_TEXT, AT(preset), NULL, "NAME",                       \
      "datatrove: the signatures that datatrove makes" },                    \
    { "seed", OPTION_COUNT, AT(seed), "1", "N",                              \
      "another number gives other keys" },

/* Settled choices. */
struct sketch_params {
    size_t bands, rows, ngram, slot_count;
    unsigned slot_bits;      /* of each slot in `bits` */
    uint64_t seed;
    bool chars, datatrove;
    uint64_t *permutations;  /* [2 * slot_count], of datatrove; else NULL */
};

struct sketch {
    uint64_t *slots;             /* [slot_count] */
    uint64_t *keys;              /* [bands] */
    uint64_t bits[SKETCH_WORDS];
    size_t shingle_count;        /* 0: a text without words, nothing is set */
};

/* Settle the choices; a usage_error() for those that cannot be. */
struct sketch_params sketch_check(const struct sketch_options *options);
void sketch_params_clear(struct sketch_params *params);

/* A number that differs when sketches may not be compared. */
struct hash128 sketch_params_hash(const struct sketch_params *params);
/* The same in words: "fast, 14 bands of 8, 5 words, seed 1"; free() it. */
char *sketch_params_print(const struct sketch_params *params);
/* From those words; false when they are not, or say what cannot be. */
bool sketch_params_parse(const char *text, struct sketch_options *options);

/*
 * How choices differ from those words: "--bands is 20, not 14"; NULL when they
 * do not; free() it.
 */
char *sketch_params_differ(const struct sketch_params *params,
                           const char *text);

/* Memory is the arena's. */
struct sketch *sketch_make(const struct sketch_params *params,
                           struct slice text, struct arena *arena);

/* Slots from shingles: the method itself, for both methods. */
void sketch_slots(const struct sketch_params *params, const uint64_t *shingles,
                  size_t count, uint64_t *slots);

/* The estimate of J from the bits of two sketches: 0 to 1. */
double sketch_jaccard(const struct sketch_params *params, const uint64_t *a,
                      const uint64_t *b);

/*
 * The estimate in the whole thousandths that it is printed and compared in, so
 * that what is printed is what was judged.
 */
unsigned sketch_thousandths(const struct sketch_params *params,
                            const uint64_t *a, const uint64_t *b);

#endif

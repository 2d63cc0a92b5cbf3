/* SPDX-License-Identifier: Apache-2.0 */
/*
 * weights.h - how much each language counts, without counting again.
 *
 *   temperature  with N pre-tokens of a language and p its share of all, the
 *                weight is p^A / p, that is N^(A-1) but for a common factor:
 *                A = 1 leaves all as it is, A = 0 makes languages equal
 *   quotas       weights that make the languages' shares those of a list
 *   cap          no weight is more than so many times the smallest
 *
 * Then the smallest weight becomes 1, so that no word is lost by rounding.
 *
 * All in whole numbers, so that every machine finds the same.  Logarithms to
 * base 2 have 32 bits after the point, cut off; a weight is the largest
 * multiple of 1/65536 whose logarithm is not above the one wanted, and at most
 * 2^24.  Counts times weights are exact, in units of 1/65536 of an occurrence.
 *
 * Temperature: Conneau and Lample 2019 (arXiv:1901.07291), there of sentences.
 */
#ifndef MLIN_TOKENIZER_WEIGHTS_H
#define MLIN_TOKENIZER_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#define WEIGHTS_ONE 65536u

struct weights_options {
    uint64_t alpha;         /* A, times WEIGHTS_ONE; at most WEIGHTS_ONE */
    const uint64_t *quotas; /* [count], any unit, below 2^53; 0 leaves a
                               language out; NULL = by alpha */
    uint64_t cap;           /* 0 = none */
};

/*
 * weights[count], times WEIGHTS_ONE, for languages of so many pre-tokens each;
 * a language without any gets 0.
 */
void weights_find(const uint64_t *totals, size_t count,
                  const struct weights_options *options, uint64_t *weights);

#endif

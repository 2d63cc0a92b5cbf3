/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe.h - apply merges to one pre-token, as Hugging Face's BPE does.
 *
 * The pre-token begins as one id for each byte (or character, see vocab.h);
 * then, again and again, the pair of neighbours whose merge has the lowest rank
 * becomes one id, of equals the leftmost, until no neighbours have a merge.
 *
 *     "lower"   l o w e r  ->  lo w e r  ->  low e r  ->  low er
 *
 * Read only after bpe_new(): any number of threads may share it, each with a
 * struct bpe_scratch of its own.
 */
#ifndef MLIN_TOKENIZER_BPE_H
#define MLIN_TOKENIZER_BPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"
#include "tokenizer/vocab.h"

struct bpe;

/* Working memory for pieces above 64 bytes; starts cleared. */
struct bpe_scratch {
    void *bytes;
    size_t cap;
};

/* The merges of `vocab`, which must outlive the result. */
struct bpe *bpe_new(const struct vocab *vocab);
void bpe_free(struct bpe *bpe);

/*
 * Write the ids of `piece` to `ids` (room for piece.len) and return how many.
 * BPE_FAILED when a byte has no token and the vocabulary has no unk, or when
 * the piece has 2^32 bytes or more.  Linear in time, a bit of scratch a byte;
 * for vocabularies that ranked.h has not, O(n log n) and 28 bytes a byte.
 */
#define BPE_FAILED SIZE_MAX
size_t bpe_encode(const struct bpe *bpe, struct slice piece, uint32_t *ids,
                  struct bpe_scratch *scratch);

/*
 * BPE-dropout (Provilkov, Emelianenko, Voita, ACL 2020), as Hugging Face has
 * it: before each merge, every neighbours' merge is passed over with a
 * probability; of the others the lowest rank is made.  Time: as of the heap in
 * bpe.c, by 1 / (1 - probability); 44 bytes of scratch a byte.
 */
struct bpe_dropout {
    double probability; /* 0 to 1 */
    uint64_t state;     /* of the random numbers; set by the caller */
};

size_t bpe_encode_dropout(const struct bpe *bpe, struct slice piece,
                          uint32_t *ids, struct bpe_scratch *scratch,
                          struct bpe_dropout *dropout);

struct bpe_job;

/*
 * The ids of many pieces at once (bpe_short.h); false, and nothing is done, for
 * a vocabulary for which each goes by itself.
 */
bool bpe_encode_many(const struct bpe *bpe, struct bpe_job *jobs,
                     size_t count);

/* The merge of two neighbours; false when there is none. */
bool bpe_find(const struct bpe *bpe, uint32_t left, uint32_t right,
              uint32_t *rank, uint32_t *result);

void bpe_scratch_clear(struct bpe_scratch *scratch);

#endif

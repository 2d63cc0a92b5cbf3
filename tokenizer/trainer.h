/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trainer.h - BPE from word counts, of bytes or of characters, exactly as
 * Hugging Face tokenizers trains it, but with counts of 64 bits.
 *
 * Again and again the most frequent pair of neighbouring tokens becomes a
 * token; of equally frequent pairs the one with the smallest (left id, right
 * id).  Ids: special tokens as given, then bytes in the order of their
 * byte-level spelling (only those that occur, unless all are asked for), then
 * merges.
 *
 * Where the words "aaaa" stand, (a, a) counts three times; merging goes from
 * left to right.  A merge whose token exists already (a special token, or made
 * of other parts) takes its id.  Training ends at the wanted size, or when no
 * pair occurs often enough.
 *
 * Of characters, as SentencePiece has it: special tokens (<unk> first), 256
 * bytes for the characters that are in no token, <0x00> to <0xFF>, then the
 * alphabet in its order, then merges.  None makes a token that has a space
 * behind something else, so that a text may be cut before its spaces, nor one
 * that is spelled like a special token.
 *
 * What has been merged follows from the words and the list of merges alone, so
 * that list is the checkpoint (checkpoint.h), and training further than one
 * size is training to the next.
 *
 * Sennrich et al. 2016 (arXiv:1508.07909).  Cost: merger.h.
 */
#ifndef MLIN_TOKENIZER_TRAINER_H
#define MLIN_TOKENIZER_TRAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/alphabet.h"
#include "tokenizer/parity.h"
#include "tokenizer/vocab.h"
#include "tokenizer/wordset.h"

/* Which tokens that hold a broken character may be made. */
enum trainer_broken {
    BROKEN_ANY,   /* all, as Hugging Face makes them */
    BROKEN_STEPS, /* the first bytes of one character, as a step to it */
    BROKEN_NONE   /* none: single bytes and whole characters are tokens */
};

struct trainer_options {
    uint64_t min_frequency;      /* of a pair to be merged; 0 and 1: any */
    const char *const *specials; /* [special_count] in order; repeats are one */
    size_t special_count;
    bool all_bytes;              /* the 256 bytes are tokens, seen or not */
    const struct alphabet *alphabet; /* of characters; NULL: of bytes */
    const char *pretokenizer;    /* what cut the words, for the result */
    bool nfc;                    /* of texts in NFC, for the result, too */
    size_t token_bytes_max;      /* no merge makes a longer token; 0: any */
    enum trainer_broken broken;
    bool single_digits;          /* no merge brings two ASCII digits together */
    struct vocab *extend;        /* to be continued, taken over; NULL = none */
    const struct parity_options *parity; /* NULL: the sum of all words */
    const char *checkpoint;      /* file of the merges so far; NULL = none */
    size_t threads;              /* to use; 0: one */
};

struct trainer;

/*
 * Begin with tables of words, each of a language below `language_count`: of 0
 * but for parity.  Takes up a checkpoint of the same words and options.  The
 * tables and what the options point at are not needed afterwards.  Dies when
 * the distinct words do not fit the ranges of this code (2^32 bytes or pairs,
 * counts that add up to 2^63).
 */
struct trainer *trainer_new(const struct wordset_table *tables,
                            size_t table_count, size_t language_count,
                            const struct trainer_options *options);

/* Merge until there are `size` tokens, or no pair occurs often enough. */
void trainer_grow(struct trainer *trainer, size_t size);

/* The vocabulary so far; the trainer's. */
const struct vocab *trainer_vocab(const struct trainer *trainer);

/* Steps that the checkpoint holds. */
uint64_t trainer_resumed(const struct trainer *trainer);

/* Only the vocabulary is needed from now on. */
void trainer_finish(struct trainer *trainer);

/* The result is written: remove the checkpoint, too. */
void trainer_free(struct trainer *trainer);

#endif

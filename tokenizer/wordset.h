/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordset.h - the trainer's words: symbols in one flat array, and the books of
 * their pairs.
 *
 * A word is one chunk, or several when it is long; what a chunk loses by merges
 * stays free behind it, so nothing moves far and a word of any length costs its
 * length.  A pair belongs to the chunk of its left symbol.
 *
 * Time: a merge looks only at the chunks (64 symbols at most) where its pair
 * stood.  Memory: 4 bytes per symbol of the distinct words, 24 per chunk, and
 * the books (pairs.h).  One thread at a time.
 */
#ifndef MLIN_TOKENIZER_WORDSET_H
#define MLIN_TOKENIZER_WORDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/pairs.h"
#include "tokenizer/wordcount.h"

struct wordset {
    uint32_t *symbols;
    struct wordset_chunk *chunks;
    size_t chunk_count;
    int64_t tokens;       /* that all words are now: symbols times counts */
    int64_t bytes;        /* and were at first */
    struct pairs pairs;
    bool is_asked;        /* has a queue: see wordset_ask() */
    struct wordcount_item *items; /* till wordset_load() */
    size_t item_count;
};

/*
 * Look at a table's words: mark the bytes that occur in used[256], and return a
 * hash of words and counts that begins with `seed`.  The table must stay until
 * wordset_load().  Dies when pairs would occur 2^63 times.
 */
uint64_t wordset_open(struct wordset *set, const struct wordcount *words,
                      bool used[256], uint64_t seed);

/* Make the words symbols, each byte its id of byte_ids[256]. */
void wordset_load(struct wordset *set, const uint32_t byte_ids[256]);

/* Count all pairs as they stand now. */
void wordset_count(struct wordset *set);

/* Have a queue, for pairs_take(set->pairs), from now on. */
void wordset_ask(struct wordset *set);

/* Merge every (left, right), from the left of each word to its right. */
void wordset_merge(struct wordset *set, uint32_t left, uint32_t right,
                   uint32_t result);

void wordset_clear(struct wordset *set);

#endif

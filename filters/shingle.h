/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shingle.h - a text as a set of short runs of words, each a hash of 64 bits.
 *
 *     text      Zwölf Mühlen mahlten 12,5 Tonnen!
 *     words     zwolf muhlen mahlten 0 0 tonnen
 *     3-grams   zwolf muhlen mahlten | muhlen mahlten 0 | mahlten 0 0 | ...
 *
 * Words are runs of letters, numbers and connectors; an ideograph or a hiragana
 * is one of its own.  Case and marks are taken away, and digits count as one 0,
 * so that a changed date or accent makes no new word; all else parts words.
 * With characters instead, each character of a word is an item, and so is the
 * gap between two words.
 *
 * Equal items give equal hashes on every machine; the chance that two different
 * n-grams share a hash is about 2^-64, but whoever wants such a pair can make
 * it.  Case and marks are ICU's: a letter that is new in a later Unicode may
 * keep its case with an older library.
 *
 * Cost: one pass of some 2 ns a character; 8 bytes for each item.
 */
#ifndef MLIN_SHINGLE_H
#define MLIN_SHINGLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"

enum { SHINGLE_NGRAM_MAX = 64 };

struct shingles {
    uint64_t *hashes; /* [count], in text order, equal ones not joined */
    size_t count;
    size_t items;     /* words or characters */
};

/*
 * Make what a letter becomes; call it once, before shingle_make(), from one
 * thread.  Some milliseconds, 256 kB that live as long as the program.
 */
void shingle_open(void);

/*
 * The n-grams of a text, 1 <= n <= SHINGLE_NGRAM_MAX.  A text of fewer items is
 * one shingle of them all; a text without a word has none.  Memory is the
 * arena's.  Any thread.
 */
struct shingles shingle_make(struct slice text, size_t n, bool chars,
                             struct arena *arena);

/*
 * Where the words stand, and the hash of each: as the n-grams see them.  Of a
 * text of less than 4 GiB.
 */
struct shingle_words {
    uint64_t *hashes; /* [count] */
    uint32_t *begins; /* [count + 1] bytes; the last: length of the text */
    uint32_t *ends;   /* [count] */
    size_t count;
};

struct shingle_words shingle_words(struct slice text, struct arena *arena);

/* The same, but digits are part of the word as they are: 12 is not 13. */
struct shingle_words shingle_words_digits(struct slice text,
                                          struct arena *arena);

/*
 * Make n-grams of the hashes of words, in their place: hashes[i] becomes that
 * of words i .. i+n-1.  Returns how many there are; 0 for less than n words.
 */
size_t shingle_roll(uint64_t *hashes, size_t count, size_t n);

/* A good mix of 64 bits, and one-to-one. */
static inline uint64_t shingle_mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    return x ^ x >> 32;
}

#endif

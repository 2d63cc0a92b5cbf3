/* SPDX-License-Identifier: Apache-2.0 */
/*
 * alphabet.h - the characters that a vocabulary of characters begins with.
 *
 * A language needs the most frequent of its characters (of equals, the lowest
 * code points) until they make up a share of its text, the coverage.  What one
 * language needs is in, however little text it has: a share of all text taken
 * together, as SentencePiece's character_coverage is, leaves out the letters of
 * the small ones.
 *
 * U+2581 is never in it: a space is spelled so, and stands in its place.
 */
#ifndef MLIN_TOKENIZER_ALPHABET_H
#define MLIN_TOKENIZER_ALPHABET_H

#include <stddef.h>
#include <stdint.h>

#include "tokenizer/wordcount.h"

enum { ALPHABET_POINTS = 0x110000 };

struct alphabet {
    uint32_t *points; /* [count] code points, ascending as they are spelled */
    size_t count;
};

/*
 * Add what a language needs, whose words are those of `tables` together:
 * coverage is above 0 and at most 1, for all its characters.  Bytes that are
 * not UTF-8 are not characters.  An alphabet begins as { 0 }.
 */
void alphabet_add(struct alphabet *alphabet, const struct wordcount *tables,
                  size_t count, double coverage);
void alphabet_clear(struct alphabet *alphabet);

#endif

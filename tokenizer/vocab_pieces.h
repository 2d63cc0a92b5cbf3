/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_pieces.h - a vocabulary of characters as SentencePiece and llama.cpp
 * hold it: pieces with scores, and no merges.
 *
 * There any two neighbours that together are a piece of type PIECE_NORMAL are
 * merged, those with the highest score first, of equals the leftmost.  So to
 * read is to list every way to make a piece of two others, by the score of what
 * is made; and what is written must be such that merges not listed here never
 * come up there.
 */
#ifndef MLIN_TOKENIZER_VOCAB_PIECES_H
#define MLIN_TOKENIZER_VOCAB_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "src/fail.h"
#include "src/slice.h"
#include "tokenizer/vocab.h"

/* The numbers that both give them. */
enum piece_type {
    PIECE_NORMAL = 1, PIECE_UNKNOWN, PIECE_CONTROL, PIECE_USER_DEFINED,
    PIECE_UNUSED, PIECE_BYTE
};

struct piece {
    struct slice spell; /* UTF-8, a space as U+2581 */
    float score;
    enum piece_type type;
};

/*
 * The vocabulary of pieces[count], by id; copied.  NULL with a fault, whose
 * `at` is the piece that it is about (count: none).
 */
struct vocab *vocab_from_pieces(const struct piece *pieces, size_t count,
                                enum vocab_space space, struct fault *fault);

/*
 * The pieces of a vocabulary, pieces[vocab->count], spelled in `arena` or in
 * the vocabulary's own.  False with a fault, whose `at` is the id of the token
 * that it is about (the count of tokens: none), when ids would differ.
 */
bool vocab_to_pieces(const struct vocab *vocab, struct piece *pieces,
                     struct arena *arena, struct fault *fault);

#endif

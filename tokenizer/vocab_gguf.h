/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_gguf.h - vocabularies in and out of llama.cpp's GGUF files.
 *
 *   "GGUF"   version u32   tensors u64   pairs u64
 *   pair     key string, type u32, value         string: length u64, bytes
 *   value    a number, a string, or an array: type u32, count u64, items
 *
 * All numbers little-endian.  Only the pairs are read, and of those the ones of
 * a vocabulary: tokenizer.ggml.model "gpt2", of bytes, with .pre, .tokens,
 * .token_type, .merges; or "llama", of characters, with .tokens, .scores,
 * .token_type, .add_space_prefix.  llama.cpp cuts text by code of its own that
 * .pre names; those are read that are one of our patterns.  Layout, and which:
 * docs/formats.md.
 */
#ifndef MLIN_TOKENIZER_VOCAB_GGUF_H
#define MLIN_TOKENIZER_VOCAB_GGUF_H

#include <stdbool.h>

#include "src/fail.h"
#include "src/slice.h"
#include "tokenizer/bpe.h"
#include "tokenizer/vocab.h"

enum gguf_type {
    GGUF_U8, GGUF_I8, GGUF_U16, GGUF_I16, GGUF_U32, GGUF_I32, GGUF_F32,
    GGUF_BOOL, GGUF_STRING, GGUF_ARRAY, GGUF_U64, GGUF_I64, GGUF_F64,
    GGUF_TYPES
};

/* What tokenizer.ggml.token_type says of a token. */
enum gguf_token_type {
    GGUF_NORMAL = 1, GGUF_UNKNOWN, GGUF_CONTROL, GGUF_USER_DEFINED, GGUF_UNUSED,
    GGUF_BYTE
};

/* A name of llama.cpp's for a way to cut text. */
struct gguf_pre {
    const char *name, *pretokenizer;
    bool ignore_merges;  /* a pre-token that is a token stays whole */
    const char *written; /* the architecture that it is exported under, or
                            NULL: it is only read */
};

/* Ends with a name that is NULL. */
extern const struct gguf_pre vocab_gguf_pres[];

bool vocab_gguf_is(struct slice text);

/*
 * Does each pair have one merge?  Of several the first counts in llama.cpp and
 * the last here and in Hugging Face.  `bpe` is of `vocab`; *rank is the first
 * that does not count here.
 */
bool vocab_gguf_pairs_once(const struct vocab *vocab, const struct bpe *bpe,
                           size_t *rank);

/*
 * The vocabulary of a file that begins with `text`; what follows the pairs is
 * not looked at.  vocab->pretokenizer is NULL where .pre is none of ours.  NULL
 * with a fault when it cannot be used.
 */
struct vocab *vocab_gguf_read(struct slice text, struct fault *fault);

/*
 * Would llama.cpp give the same ids?  NULL with a fault, whose `at` is the id
 * of the token that it is about (the count of tokens: of none), else how text
 * is cut.
 */
const struct gguf_pre *vocab_gguf_can(const struct vocab *vocab,
                                      struct fault *fault);

/*
 * The same of a vocabulary of characters, which llama.cpp has as pieces with
 * scores (vocab_pieces.h).  False with a fault, having written nothing, when it
 * would give other ids.
 */
bool vocab_gguf_save_pieces(const struct vocab *vocab, uint32_t eos,
                            const char *path, struct fault *fault);

/* Write to `path`; `eos` is the id of the end of a text, or VOCAB_NONE. */
void vocab_gguf_save(const struct vocab *vocab, const struct gguf_pre *pre,
                     uint32_t eos, const char *path);

#endif

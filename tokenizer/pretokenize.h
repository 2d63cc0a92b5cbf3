/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize.h - cutting a text into pre-tokens, inside which BPE merges.
 *
 * Four patterns that the world's byte-level vocabularies use are scanned by
 * hand-written code: gpt2, llama3 (which is cl100k), qwen2 and o200k.  The
 * pieces are those of the pattern's regular expression (ordered alternatives,
 * greedy, with backtracking) under the classes of Unicode 16, as Hugging Face
 * tokenizers 0.23 cuts them.  Any other pattern goes through PCRE2
 * (src/regex.h).
 *
 * The pieces of a text follow each other without gaps and make up the whole
 * text: what a pattern does not match between two matches is a piece too (what
 * Hugging Face calls "Isolated").
 *
 * Patterns: https://github.com/openai/tiktoken (r50k, cl100k, o200k) and the
 * tokenizer.json files of Llama 3 and Qwen 2.
 */
#ifndef MLIN_TOKENIZER_PRETOKENIZE_H
#define MLIN_TOKENIZER_PRETOKENIZE_H

#include <stdbool.h>
#include <stddef.h>

#include "src/fail.h"
#include "src/slice.h"

struct regex;

/* Read only after pretokenizer_open(): any number of threads may share it. */
struct pretokenizer {
    const struct pretokenizer_known *known; /* NULL: the regex below */
    struct regex *regex;
    char *pattern;                          /* of the regex; owned */
};

/*
 * Make a pre-tokenizer from the name gpt2, llama3, cl100k, qwen2 or o200k, or
 * from a regular expression; one that equals the pattern of a name is scanned
 * like that name.  False with a fault when the expression is not one: fault->at
 * is a byte of it.
 */
bool pretokenizer_open(struct pretokenizer *p, const char *name_or_regex,
                       struct fault *fault);
void pretokenizer_close(struct pretokenizer *p);

/*
 * What pretokenizer_open() takes to make the same again: the name (always
 * "llama3", never "cl100k") or the expression.  Lives as long as `p`.
 */
const char *pretokenizer_name(const struct pretokenizer *p);

/* The regular expression as Hugging Face writes it.  Lives as long as `p`. */
const char *pretokenizer_pattern(const struct pretokenizer *p);

/*
 * True for gpt2: tokenizer.json then says {"type":"ByteLevel",
 * "add_prefix_space":false,"trim_offsets":true,"use_regex":true} instead of a
 * Split by the pattern.
 */
bool pretokenizer_is_bytelevel(const struct pretokenizer *p);

/* The name whose pattern is this, byte for byte, or NULL. */
const char *pretokenizer_find(const char *pattern);

/*
 * The next pieces from `at`, which is 0 or the end of a piece: writes where
 * each ends, as an offset in `text`, up to `cap` (at least 1) of them.
 *
 *     text   Es war einmal\n     pieces  [at, ends[0]) [ends[0], ends[1]) ...
 *     ends     2  6      13 14
 *
 * Returns how many: 0 at the end of the text.  0 before it (at < text.len)
 * means that a regular expression gave up (PCRE2's match limit; never a named
 * pattern): the text cannot be cut by it.  So:
 *
 *     for (size_t at = 0, n; (n = pretokenize(p, text, at, ends, CAP)) > 0;
 *          at = ends[n - 1])
 *         use the n pieces;
 *
 * Linear time for the named patterns.  The text should be UTF-8; a byte that
 * begins no valid character counts as one character that is neither letter,
 * number nor space.  Safe from any thread.
 */
size_t pretokenize(const struct pretokenizer *p, struct slice text, size_t at,
                   size_t *ends, size_t cap);

#endif

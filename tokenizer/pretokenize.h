/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize.h - cutting a text into pre-tokens, inside which BPE merges.
 *
 * Five patterns that the world's byte-level vocabularies use are scanned by
 * hand-written code: gpt2 (which is tiktoken's r50k and p50k), llama3 (which
 * was cl100k), cl100k_base (tiktoken's today: white space at the end of a text
 * is one piece, line ends or not), qwen2 and o200k; and one of our own, eu.
 * The pieces are those of the pattern's regular expression (ordered
 * alternatives, greedy, with backtracking) under the classes of Unicode 16, as
 * Hugging Face tokenizers 0.23 cuts them.  Any other pattern goes through PCRE2
 * (src/regex.h), with the same classes and the same meaning.
 *
 * The pieces of a text follow each other without gaps and make up the whole
 * text: what a pattern does not match between two matches is a piece too (what
 * Hugging Face calls "Isolated").
 *
 * Patterns: https://github.com/openai/tiktoken (r50k, cl100k, o200k) and the
 * tokenizer.json files of Llama 3 and Qwen 2.
 *
 * eu is llama3 for languages in which an apostrophe ends an article more often
 * than it begins a "'s".  ' U+2019 and U+02BC are one and the same to it, and a
 * mark stays with its letter wherever it stands (llama3 breaks at each).
 *
 *     an apostrophe stays with the letters before it:
 *         French     Aujourd'|hui| l'|été|,| jusqu'|ici
 *         Italian    dell'|acqua| c'|è| un| po'
 *         Catalan    l'|home| d'|aquí
 *         Irish      b'|fhéidir            Maltese   ta'| x'|inhu
 *         Finnish    vaa'|an               Breton    c'|hoar
 *     but a consonant or two that end the word are a clitic, and so are
 *     've and 're: s t m d n l r ll ls ns
 *         English    don|'t| we|'ve        Catalan   agafa|'ls
 *         Dutch      foto|'s| 's| avonds   Welsh     mae|'n| i|'r
 *     between Cyrillic letters it is a letter:
 *         Ukrainian  п'ять| об'єкт         Belarusian  сям'я
 *
 * The clitics clash with no elision of these languages: one stands before a
 * vowel, h or fh.  Numbers (1 to 3 digits), white space and punctuation are
 * llama3's.  The expression has look-behind and look-ahead of one character, no
 * case folding and no set operations, so that Oniguruma (Hugging Face) and
 * PCRE2 read it alike.
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
 * Make a pre-tokenizer from the name gpt2, llama3, cl100k, cl100k_base, qwen2,
 * o200k or eu, or from a regular expression; one that equals the pattern of a
 * name is scanned like that name.  False with a fault when the expression is
 * not one: fault->at is a byte of it.
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

/*
 * True for eu: it is meant for text in NFC, so its callers bring text to that
 * form first, and its vocabularies have `nfc` set.  pretokenize() itself cuts
 * what it is given.
 */
bool pretokenizer_is_nfc(const struct pretokenizer *p);

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

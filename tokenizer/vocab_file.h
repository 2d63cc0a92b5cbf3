/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_file.h - the one door for vocabularies: tokenizer.json, .tiktoken or
 * GGUF, plain, .gz or .zst.  The bytes say which it is, not the name.
 */
#ifndef MLIN_TOKENIZER_VOCAB_FILE_H
#define MLIN_TOKENIZER_VOCAB_FILE_H

#include "src/fail.h"
#include "tokenizer/vocab.h"

/*
 * The vocabulary in the file; NULL with a fault when it cannot be used.  Where
 * the file does not say how text is cut, vocab->pretokenizer is NULL: enough to
 * turn ids into text.
 */
struct vocab *vocab_load(const char *path, struct fault *fault);

/* The same for stages and commands: dies, naming the file. */
struct vocab *vocab_open(const char *path);

/*
 * For what cuts text: `pretokenizer`, a name or a regex, stands in for what the
 * file does not say, and takes the place of what it says; NULL = as it says.
 * Dies when neither says it.
 */
struct vocab *vocab_open_text(const char *path, const char *pretokenizer);

#endif

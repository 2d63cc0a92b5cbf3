/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_json.h - vocabularies in and out of Hugging Face's tokenizer.json.
 *
 * Read: byte-level BPE, pre-tokenized by ByteLevel's own regex or by one Split
 * before ByteLevel; normalizer NFC or none; added tokens with their flags;
 * merges as "a b" or ["a", "b"].  Also BPE of characters with byte_fallback,
 * its spaces replaced by a normalizer or by Metaspace.  Written: what Hugging
 * Face's own save() writes for the same tokenizer.  Layout: docs/formats.md.
 */
#ifndef MLIN_TOKENIZER_VOCAB_JSON_H
#define MLIN_TOKENIZER_VOCAB_JSON_H

#include <stdbool.h>

#include "src/fail.h"
#include "src/slice.h"
#include "tokenizer/vocab.h"

/* The vocabulary in `text`; NULL with a fault when it cannot be used. */
struct vocab *vocab_json_read(struct slice text, struct fault *fault);

/* Write to `path` (see src/output.h; "-" is stdout); dies when it cannot. */
void vocab_json_save(const struct vocab *vocab, const char *path);

#endif

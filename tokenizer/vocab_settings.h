/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_settings.h - the parts of tokenizer.json around the model: normalizer,
 * pre-tokenizer, post-processor, truncation and padding.
 */
#ifndef MLIN_TOKENIZER_VOCAB_SETTINGS_H
#define MLIN_TOKENIZER_VOCAB_SETTINGS_H

#include <stdbool.h>

#include "src/fail.h"
#include "src/slice.h"
#include "tokenizer/vocab.h"

/*
 * Take the settings of `root`, the whole file's object (checked JSON that
 * begins with its brace), into the vocabulary.  False with a fault for a
 * setting that would change ids and is not supported; fault->at counts from the
 * brace.
 */
bool vocab_settings_read(struct slice root, struct vocab *vocab,
                         struct fault *fault);

#endif

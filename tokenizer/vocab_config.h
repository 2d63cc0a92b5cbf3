/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_config.h - tokenizer_config.json, which the transformers library wants
 * beside a tokenizer.json.
 */
#ifndef MLIN_TOKENIZER_VOCAB_CONFIG_H
#define MLIN_TOKENIZER_VOCAB_CONFIG_H

#include "tokenizer/vocab.h"

/* Write to `path`; `eos` is the id of the end of a text, or VOCAB_NONE. */
void vocab_config_save(const struct vocab *vocab, uint32_t eos,
                       const char *path);

#endif

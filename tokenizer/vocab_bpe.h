/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_bpe.h - the model alone, in the two files of GPT-2:
 *
 *     vocab.json    {"!":0,"\"":1,...}    tokens as tokenizer.json spells them
 *     merges.txt    #version: 0.2
 *                   Ġ t
 *
 * They hold neither the pattern, nor normalisation, nor added tokens that stand
 * after the model, nor ignore_merges.
 */
#ifndef MLIN_TOKENIZER_VOCAB_BPE_H
#define MLIN_TOKENIZER_VOCAB_BPE_H

#include "tokenizer/vocab.h"

/* Both files, as Hugging Face's model.save() writes them. */
void vocab_bpe_save(const struct vocab *vocab, const char *directory);

#endif

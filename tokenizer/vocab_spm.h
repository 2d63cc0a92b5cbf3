/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_spm.h - vocabularies in and out of SentencePiece's .model files, of
 * type BPE.
 *
 * A file is a protocol buffer, ModelProto of sentencepiece_model.proto; of its
 * many fields these say which ids a text has:
 *
 *   1 pieces        1 piece (text), 2 score (float), 3 type (vocab_pieces.h)
 *   2 trainer_spec  3 model_type (2 = BPE), 24 treat_whitespace_as_suffix,
 *                   35 byte_fallback
 *   3 normalizer    2 precompiled_charsmap, 3 add_dummy_prefix,
 *                   4 remove_extra_whitespaces, 5 escape_whitespaces
 *
 * A piece's id is its place.  Models that change the text (normalization other
 * than identity) are refused, as are those of type unigram.
 */
#ifndef MLIN_TOKENIZER_VOCAB_SPM_H
#define MLIN_TOKENIZER_VOCAB_SPM_H

#include <stdbool.h>

#include "src/fail.h"
#include "src/slice.h"
#include "tokenizer/vocab.h"

/* Does it begin with a piece? */
bool vocab_spm_is(struct slice text);

/* The vocabulary in `text`.  NULL with a fault when it cannot be used. */
struct vocab *vocab_spm_read(struct slice text, struct fault *fault);

/*
 * Write to `path`; `eos` is the id of the end of a text, or VOCAB_NONE.  False
 * with a fault, having written nothing, when SentencePiece would give other
 * ids: see vocab_to_pieces().
 */
bool vocab_spm_save(const struct vocab *vocab, uint32_t eos, const char *path,
                    struct fault *fault);

#endif

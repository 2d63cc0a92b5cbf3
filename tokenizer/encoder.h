/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encoder.h - text to ids: added tokens, normalisation, pre-tokens, merges.
 *
 * The order is Hugging Face's: added tokens that are looked for in raw text
 * part the text; what stands between is normalised; the other added tokens part
 * that; the rest is cut into pre-tokens, and each is merged by itself, from the
 * cache or by BPE.
 *
 * Special tokens in text are ordinary text unless `specials` was asked for: a
 * document must not be able to say "end of text".  Other added tokens (runs of
 * blanks, for example) are always found.
 *
 * A struct encoder may be shared by threads once open; each needs a struct
 * encoder_worker of its own.
 */
#ifndef MLIN_TOKENIZER_ENCODER_H
#define MLIN_TOKENIZER_ENCODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/fail.h"
#include "src/slice.h"
#include "tokenizer/bpe.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/vocab.h"

struct added;
struct cache;

struct encoder {
    const struct vocab *vocab;
    struct pretokenizer pretokenizer;
    struct bpe *bpe;
    struct added *raw, *normalized; /* NULL = nothing to look for */
};

/* `vocab` must outlive the encoder.  False with a fault for a bad pattern. */
bool encoder_open(struct encoder *encoder, const struct vocab *vocab,
                  bool specials, struct fault *fault);
void encoder_close(struct encoder *encoder);

/* Memory: ENCODER_CACHE_BYTES, 4 bytes for each id of the longest text, and
 * the scratch of bpe.h. */
enum { ENCODER_CACHE_BYTES = 128 << 20 };

struct encoder_worker {
    uint32_t *ids;             /* [count] of the last text */
    size_t count, cap;
    struct cache *cache;
    struct bpe_scratch scratch;
    struct arena arena;        /* of the last text */
    const char *begin;         /* where that stands */
};

struct encoder_worker *encoder_worker_new(void);
void encoder_worker_free(struct encoder_worker *worker);

/*
 * The ids of valid UTF-8, in worker->ids until the next call.  False with a
 * fault when the vocabulary cannot say the text (a byte without a token), or
 * its regular expression gives up on it; fault->at is about where.
 */
bool encoder_text(const struct encoder *encoder,
                  struct encoder_worker *worker, struct slice text,
                  struct fault *fault);

/* Append one more id, as an end-of-text mark. */
void encoder_append(struct encoder_worker *worker, uint32_t id);

#endif

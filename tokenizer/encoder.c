/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encoder - one text, from its bytes to its ids.
 */
#include "tokenizer/encoder.h"

#include <stdlib.h>

#include "src/unicode.h"
#include "tokenizer/added.h"
#include "tokenizer/bpe_many.h"
#include "tokenizer/cache.h"

bool encoder_open(struct encoder *encoder, const struct vocab *vocab,
                  bool specials, struct fault *fault)
{
    *encoder = (struct encoder){ .vocab = vocab };
    if (!pretokenizer_open(&encoder->pretokenizer, vocab->pretokenizer, fault))
        return false;
    encoder->bpe = bpe_new(vocab);
    encoder->raw = added_new(vocab, false, specials);
    encoder->normalized = added_new(vocab, true, specials);
    return true;
}

void encoder_close(struct encoder *encoder)
{
    pretokenizer_close(&encoder->pretokenizer);
    bpe_free(encoder->bpe);
    added_free(encoder->raw);
    added_free(encoder->normalized);
}

struct encoder_worker *encoder_worker_new(void)
{
    struct encoder_worker *worker = xcalloc(1, sizeof *worker);

    worker->cache = cache_new(ENCODER_CACHE_BYTES);
    return worker;
}

void encoder_worker_free(struct encoder_worker *worker)
{
    if (!worker)
        return;
    cache_free(worker->cache);
    bpe_scratch_clear(&worker->scratch);
    arena_clear(&worker->arena);
    free(worker->ids);
    free(worker);
}

/* Room for `more` ids, and for what cache_run() may write after them. */
static void reserve(struct encoder_worker *worker, size_t more)
{
    worker->ids = grow(worker->ids, &worker->cap,
                       worker->count + more + CACHE_ROOM, sizeof *worker->ids);
}

void encoder_append(struct encoder_worker *worker, uint32_t id)
{
    reserve(worker, 1);
    worker->ids[worker->count++] = id;
}

/* Each by itself, for no two are cut alike. */
static bool encode_randomly(const struct encoder *encoder,
                            struct encoder_worker *worker, struct slice text,
                            size_t *at, const size_t *ends, size_t count)
{
    reserve(worker, ends[count - 1] - *at);
    for (size_t i = 0; i < count; *at = ends[i++]) {
        size_t n = bpe_encode_dropout(
            encoder->bpe, slice_make(text.ptr + *at, ends[i] - *at),
            worker->ids + worker->count, &worker->scratch, &worker->dropout);

        if (n == BPE_FAILED)
            return false;
        worker->count += n;
    }
    return true;
}

/* A piece that needs more than a look at its line; BPE_FAILED. */
static size_t encode_piece(const struct encoder *encoder,
                           struct encoder_worker *worker, struct slice piece,
                           uint32_t *ids)
{
    size_t count = cache_get(worker->cache, piece, ids);

    if (count > 0)
        return count;
    count = bpe_encode(encoder->bpe, piece, ids, &worker->scratch);
    if (count != BPE_FAILED && count > 0)
        cache_put(worker->cache, piece, ids, count);
    return count;
}

/* Remember what is not known yet of the pieces, before they are looked up. */
static void learn(const struct encoder *encoder, struct encoder_worker *worker,
                  struct slice text, size_t at, const size_t *ends,
                  const struct cache_key *keys, size_t count)
{
    struct bpe_job jobs[CACHE_BATCH];
    uint32_t misses[CACHE_BATCH];
    size_t n = cache_misses(keys, count, misses);

    for (size_t i = 0; i < n; i++) {
        size_t k = misses[i], start = k > 0 ? ends[k - 1] : at;

        jobs[i].piece = slice_make(text.ptr + start, ends[k] - start);
        jobs[i].bytes[0] = keys[k].low;
        jobs[i].bytes[1] = keys[k].is_middle ? keys[k].high : 0;
    }
    if (!bpe_encode_many(encoder->bpe, jobs, n))
        return;
    for (size_t i = 0; i < n; i++)
        cache_put(worker->cache, jobs[i].piece, jobs[i].ids, jobs[i].count);
}

/*
 * Pieces from *at on to ends[count - 1].  False when one could not be encoded;
 * *at is then where it begins.
 */
static bool encode_pieces(const struct encoder *encoder,
                          struct encoder_worker *worker, struct slice text,
                          size_t *at, const size_t *ends, size_t count)
{
    struct cache_key keys[CACHE_BATCH];
    uint32_t *ids;

    reserve(worker, ends[count - 1] - *at);
    ids = worker->ids + worker->count;
    cache_keys(worker->cache, text, *at, ends, count, keys);
    learn(encoder, worker, text, *at, ends, keys, count);
    for (size_t i = 0; i < count; i++) {
        size_t n;

        i += cache_run(keys + i, count - i, &ids);
        if (i > 0)
            *at = ends[i - 1];
        if (i == count)
            break;
        n = encode_piece(encoder, worker,
                         slice_make(text.ptr + *at, ends[i] - *at), ids);
        if (n == BPE_FAILED)
            return false;
        ids += n;
        *at = ends[i];
    }
    worker->count = (size_t)(ids - worker->ids);
    return true;
}

/* Text without added tokens, normalised. */
static bool encode_plain(const struct encoder *encoder,
                         struct encoder_worker *worker, struct slice text,
                         struct fault *fault)
{
    bool random = worker->dropout.probability > 0;
    size_t ends[CACHE_BATCH], at = 0, count;

    while ((count = pretokenize(&encoder->pretokenizer, text, at, ends,
                                CACHE_BATCH)) > 0)
        if (!(random ? encode_randomly : encode_pieces)(encoder, worker, text,
                                                        &at, ends, count)) {
            *fault = (struct fault){
                "the vocabulary has no token for a byte of the text", at
            };
            return false;
        }
    if (at == text.len)
        return true;
    *fault = (struct fault){ "the vocabulary's regular expression gave up",
                             at };
    return false;
}

/* Part `text` by added tokens; `rest` takes what stands between them. */
static bool encode_parts(const struct encoder *encoder,
                         struct encoder_worker *worker, struct slice text,
                         const struct added *added, struct fault *fault,
                         bool (*rest)(const struct encoder *,
                                      struct encoder_worker *, struct slice,
                                      struct fault *))
{
    struct added_search search = { 0 };
    struct added_match match;
    size_t at = 0;

    while (added && added_next(added, text, &search, &match)) {
        if (match.start > at &&
            !rest(encoder, worker, slice_make(text.ptr + at, match.start - at),
                  fault)) {
            fault->at += at;
            return false;
        }
        encoder_append(worker, match.id);
        at = match.end;
    }
    if (at < text.len &&
        !rest(encoder, worker, slice_make(text.ptr + at, text.len - at),
              fault)) {
        fault->at += at;
        return false;
    }
    return true;
}

/* Of a vocabulary of characters: U+2581 is a space, and one may come first. */
static struct slice with_spaces(const struct encoder *encoder,
                                struct encoder_worker *worker,
                                struct slice text)
{
    enum vocab_space space = encoder->vocab->space;
    char *copy = arena_alloc(&worker->arena, text.len + 1);
    size_t len = vocab_char_spell(text, copy + 1);
    bool is_put = space == VOCAB_SPACE_ALWAYS ||
                  (space != VOCAB_SPACE_NEVER && copy[1] != ' ' &&
                   (space != VOCAB_SPACE_FIRST || text.ptr == worker->begin));

    copy[0] = ' ';
    return slice_make(copy + !is_put, len + is_put);
}

static bool encode_raw(const struct encoder *encoder,
                       struct encoder_worker *worker, struct slice text,
                       struct fault *fault)
{
    if (encoder->vocab->nfc)
        text = unicode_nfc(text, &worker->arena);
    if (encoder->vocab->is_chars)
        text = with_spaces(encoder, worker, text);
    return encode_parts(encoder, worker, text, encoder->normalized, fault,
                        encode_plain);
}

bool encoder_text(const struct encoder *encoder,
                  struct encoder_worker *worker, struct slice text,
                  struct fault *fault)
{
    arena_reset(&worker->arena);
    worker->count = 0;
    worker->begin = text.ptr;
    return encode_parts(encoder, worker, text, encoder->raw, fault,
                        encode_raw);
}

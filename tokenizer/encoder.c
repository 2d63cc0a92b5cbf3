/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encoder - one text, from its bytes to its ids.
 */
#include "tokenizer/encoder.h"

#include <stdlib.h>
#include <string.h>

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

/* What gaps_fill() may touch behind the last id; cache_run() touches less. */
enum { FILL = 16, ROOM = 2 * FILL };

/* Room for `more` ids, and ROOM behind them. */
static void reserve(struct encoder_worker *worker, size_t more)
{
    worker->ids = grow(worker->ids, &worker->cap,
                       worker->count + more + ROOM, sizeof *worker->ids);
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

/* Pieces that are looked up together, and what the cache did not know. */
struct batch {
    const char *text;
    size_t begin;
    const size_t *ends;
    struct cache_key keys[CACHE_BATCH];
    struct cache_gaps gaps;
    struct bpe_job jobs[CACHE_BATCH]; /* one a gap */
};

static struct slice piece_of(const struct batch *batch, size_t i)
{
    size_t start = i > 0 ? batch->ends[i - 1] : batch->begin;

    return slice_make(batch->text + start, batch->ends[i] - start);
}

static void jobs_begin(struct batch *batch)
{
    for (size_t i = 0; i < batch->gaps.count; i++) {
        size_t piece = batch->gaps.pieces[i];
        struct bpe_job *job = &batch->jobs[i];

        job->piece = piece_of(batch, piece);
        cache_key_bytes(&batch->keys[piece], job->piece, job->bytes);
    }
}

/* False when one could not be encoded; gaps.count is then which. */
static bool gaps_encode(const struct encoder *encoder,
                        struct encoder_worker *worker, struct batch *batch)
{
    struct cache_gaps *gaps = &batch->gaps;
    bool done;

    jobs_begin(batch);
    done = bpe_encode_many(encoder->bpe, batch->jobs, gaps->count);
    for (size_t i = 0; i < gaps->count; i++) {
        struct bpe_job *job = &batch->jobs[i];

        if (!done)
            job->count = bpe_encode(encoder->bpe, job->piece, job->ids,
                                    &worker->scratch);
        if (job->count == BPE_FAILED) {
            gaps->count = i;
            return false;
        }
        if (job->count > 0)
            cache_put(worker->cache, &batch->keys[gaps->pieces[i]],
                      job->piece, job->ids, job->count);
    }
    return true;
}

/* Copies FILL at a time: up to FILL - 1 more than there are. */
static inline void fill(uint32_t *to, const uint32_t *from, size_t count)
{
    for (size_t i = 0; i < count; i += FILL)
        memcpy(to + i, from + i, FILL * sizeof *to);
}

/*
 * What is behind the first gap moves on by as much as the gaps take, and FILL
 * more, so that no copy reaches what has not been copied yet; then all come one
 * after the other.  Returns how many ids there are then.
 */
static size_t gaps_fill(const struct batch *batch, uint32_t *ids, size_t used)
{
    size_t more = 0, count = batch->gaps.count;
    const size_t *at = batch->gaps.at;
    uint32_t *to, *from;

    if (count == 0)
        return used;
    for (size_t i = 0; i < count; i++)
        more += batch->jobs[i].count;
    to = ids + at[0];
    from = to + more + FILL;
    memmove(from, to, (used - at[0]) * sizeof *to);
    for (size_t i = 0; i < count; i++) {
        const struct bpe_job *job = &batch->jobs[i];
        size_t behind = (i + 1 < count ? at[i + 1] : used) - at[i];

        fill(to, job->ids, job->count);
        to += job->count;
        fill(to, from, behind);
        to += behind;
        from += behind;
    }
    return used + more;
}

/* A piece that is too long for a gap; BPE_FAILED. */
static size_t encode_long(const struct encoder *encoder,
                          struct encoder_worker *worker, struct slice piece,
                          const struct cache_key *key, uint32_t *ids)
{
    size_t count = bpe_encode(encoder->bpe, piece, ids, &worker->scratch);

    if (count != BPE_FAILED && count > 0)
        cache_put(worker->cache, key, piece, ids, count);
    return count;
}

/*
 * Pieces from *at on to ends[count - 1].  False when one could not be encoded;
 * *at is then where it begins.
 */
static bool encode_pieces(const struct encoder *encoder,
                          struct encoder_worker *worker, struct slice text,
                          size_t *at, const size_t *ends, size_t count)
{
    struct batch batch;
    size_t done = 0, used = 0;
    uint32_t *ids;

    batch.text = text.ptr;
    batch.begin = *at;
    batch.ends = ends;
    batch.gaps.count = 0;
    reserve(worker, ends[count - 1] - *at);
    ids = worker->ids + worker->count;
    cache_keys(worker->cache, text, *at, ends, count, batch.keys);
    while ((done = cache_run(batch.keys, done, count, ids, &used,
                             &batch.gaps)) < count) {
        const struct cache_key *key = &batch.keys[done];
        struct slice piece = piece_of(&batch, done);
        size_t n = cache_get(worker->cache, key, piece, ids + used);

        if (n == 0 && piece.len <= BPE_MANY_MAX)
            cache_gap(&batch.gaps, done, used);
        else if (n == 0)
            n = encode_long(encoder, worker, piece, key, ids + used);
        if (n == BPE_FAILED)
            break;
        used += n;
        done++;
    }
    if (!gaps_encode(encoder, worker, &batch))
        done = batch.gaps.pieces[batch.gaps.count];
    *at = done > 0 ? ends[done - 1] : batch.begin;
    worker->count += gaps_fill(&batch, ids, used);
    return done == count;
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

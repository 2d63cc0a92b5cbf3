/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab - any bytes as a tokenizer.json, a list of ranks, a .model or a GGUF: a
 * vocabulary that holds together, or a fault inside of the text; what can be
 * read can encode, and the forms that it could be written in can judge it.
 */
#include <stdint.h>
#include <stdlib.h>

#include "src/utf8.h"
#include "tests/fuzz/must.h"
#include "tokenizer/encoder.h"
#include "tokenizer/vocab_gguf.h"
#include "tokenizer/vocab_json.h"
#include "tokenizer/vocab_pieces.h"
#include "tokenizer/vocab_spm.h"
#include "tokenizer/vocab_tiktoken.h"

static void vocab_holds_together(const struct vocab *vocab)
{
    struct arena arena = { 0 };

    for (size_t i = 0; i < vocab->count; i++) {
        const struct vocab_token *token = &vocab->tokens[i];
        struct slice spell = vocab_spell(vocab, (uint32_t)i, &arena);
        uint32_t id;

        must(spell.len > 0 && token->bytes.len > 0, "an empty token");
        must(!token->key.ptr ||
                 (vocab_find(vocab, token->key, &id) && id == i),
             "a key is not found");
        must(!(token->flags & VOCAB_ADDED) ||
                 (vocab_find_added(vocab, token->bytes, &id) && id == i),
             "an added token is not found");
    }
    for (size_t i = 0; i < vocab->merge_count; i++)
        must(vocab->merges[i].result < vocab->count, "a merge makes nothing");
    arena_clear(&arena);
}

/* Where no blanks are swallowed and nothing is normalised, texts come back. */
static bool comes_back(const struct vocab *vocab)
{
    for (size_t i = 0; i < vocab->count; i++)
        if (vocab->tokens[i].flags & (VOCAB_LSTRIP | VOCAB_RSTRIP))
            return false;
    return !vocab->nfc && vocab->unk == VOCAB_NONE;
}

static void encode(const struct vocab *vocab, struct slice text)
{
    struct encoder_worker *worker = encoder_worker_new();
    struct encoder encoder;
    struct fault fault = { 0 };
    size_t at = 0;

    must(encoder_open(&encoder, vocab, true, &fault), "the pattern is bad");
    if (encoder_text(&encoder, worker, text, &fault) && comes_back(vocab)) {
        for (size_t i = 0; i < worker->count; i++) {
            struct slice token = vocab->tokens[worker->ids[i]].bytes;

            must(text.len - at >= token.len &&
                     slice_equal(token, slice_make(text.ptr + at, token.len)),
                 "the ids are of another text");
            at += token.len;
        }
        must(at == text.len, "the ids end before the text");
    }
    encoder_close(&encoder);
    encoder_worker_free(worker);
}

static void judge(const struct vocab *vocab)
{
    struct piece *pieces = xcalloc(vocab->count + 1, sizeof *pieces);
    struct arena arena = { 0 };
    struct fault fault = { 0 };

    must(vocab_to_pieces(vocab, pieces, &arena, &fault) ||
             (fault.what && fault.at <= vocab->count),
         "a fault of no token");
    arena_clear(&arena);
    free(pieces);
    if (vocab->is_chars)
        return;
    must(vocab_tiktoken_can(vocab, &fault) ||
             (fault.what && fault.at <= vocab->count),
         "a fault of no token");
    must(vocab_gguf_can(vocab, &fault) ||
             (fault.what && fault.at <= vocab->count),
         "a fault of no token");
}

static struct vocab *read_any(struct slice text, struct fault *fault)
{
    if (vocab_gguf_is(text))
        return vocab_gguf_read(text, fault);
    if (vocab_spm_is(text))
        return vocab_spm_read(text, fault);
    if (vocab_tiktoken_is(text))
        return vocab_tiktoken_read(text, "list", fault);
    return vocab_json_read(text, fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = { (const char *)data, size };
    struct fault fault = { 0 };
    struct vocab *vocab = read_any(text, &fault);

    if (!vocab) {
        must(fault.what && fault.at <= size, "a fault outside of the text");
        return 0;
    }
    if (!vocab->pretokenizer)
        vocab->pretokenizer = xstrdup("gpt2");
    vocab_holds_together(vocab);
    encode(vocab, text);
    judge(vocab);
    vocab_free(vocab);
    return 0;
}

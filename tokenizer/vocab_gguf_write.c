/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_gguf_write - a GGUF file of version 3 that holds a vocabulary and no
 * weights: what llama.cpp loads with vocab_only.
 */
#include <stdlib.h>

#include "src/output.h"
#include "tokenizer/derive.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/vocab_gguf.h"
#include "tokenizer/vocab_pieces.h"

enum { VERSION = 3, ALIGNMENT = 32 };

static const struct gguf_pre *find_pre(const struct vocab *vocab)
{
    struct pretokenizer p;
    struct fault fault = { 0 };
    const struct gguf_pre *pre = vocab_gguf_pres;

    if (!pretokenizer_open(&p, vocab->pretokenizer, &fault))
        bug("a vocabulary with a bad pattern: %s", fault.what);
    while (pre->name && !(pre->written &&
                          strcmp(pre->pretokenizer,
                                 pretokenizer_name(&p)) == 0))
        pre++;
    pretokenizer_close(&p);
    return pre->name ? pre : NULL;
}

/* A file has one list of spellings; ours are of two kinds. */
static bool is_spelled_alone(const struct vocab *vocab, uint32_t id)
{
    struct slice spell = vocab->tokens[id].spell;
    struct arena arena = { 0 };
    char *bytes = arena_alloc(&arena, spell.len);
    uint32_t other = id;
    size_t len;

    if (vocab_spell_bytes(spell, bytes, &len))
        vocab_find(vocab, slice_make(bytes, len), &other);
    arena_clear(&arena);
    return other == id;
}

static bool can_add(const struct vocab *vocab, uint32_t id,
                    struct fault *fault)
{
    if (vocab->tokens[id].flags &
        (VOCAB_SINGLE_WORD | VOCAB_LSTRIP | VOCAB_RSTRIP))
        return refuse(fault, "GGUF has no single_word, lstrip and rstrip", id);
    if (!is_spelled_alone(vocab, id))
        return refuse(fault, "it is spelled like another token", id);
    return true;
}

/* A pre-token that is a token: does it come out alike, whole or merged? */
static bool can_make(const struct vocab *vocab, uint32_t id,
                     const struct bpe *bpe, struct fault *fault)
{
    size_t len = vocab->tokens[id].key.len;

    if (len > DERIVE_MAX)
        return refuse(fault, "it has more than 8192 bytes", id);
    if (len > 1 && derive_merged(vocab, id, bpe).count > 1)
        return refuse(fault, "its bytes are merged into several tokens, and "
                             "ignore_merges is not as llama.cpp has it", id);
    return true;
}

const struct gguf_pre *vocab_gguf_can(const struct vocab *vocab,
                                      struct fault *fault)
{
    const struct gguf_pre *pre = find_pre(vocab);
    struct bpe *bpe;
    size_t rank;
    bool can;

    if (!pre || vocab_missing_byte(vocab) >= 0) {
        refuse(fault, pre ? "a byte has no token, and llama.cpp needs all"
                          : "llama.cpp does not cut text as this vocabulary "
                            "does, only as gpt2, llama3 and qwen2",
               vocab->count);
        return NULL;
    }
    bpe = bpe_new(vocab);
    can = vocab_gguf_pairs_once(vocab, bpe, &rank) ||
          refuse(fault, "its merge stands twice", vocab->merges[rank].result);
    for (uint32_t id = 0; can && id < vocab->count; id++) {
        const struct vocab_token *token = &vocab->tokens[id];

        if (token->flags & VOCAB_ADDED)
            can = can_add(vocab, id, fault);
        else if (token->key.ptr && vocab->ignore_merges != pre->ignore_merges)
            can = can_make(vocab, id, bpe, fault);
    }
    bpe_free(bpe);
    return can ? pre : NULL;
}

static void write_number(struct output *out, uint64_t number, unsigned width)
{
    char bytes[8];

    for (unsigned i = 0; i < width; i++)
        bytes[i] = (char)(unsigned char)(number >> (8 * i) & 0xff);
    output_write(out, slice_make(bytes, width));
}

static void write_string(struct output *out, struct slice text)
{
    write_number(out, text.len, 8);
    output_write(out, text);
}

static void write_key(struct output *out, const char *key, enum gguf_type type)
{
    write_string(out, slice_from(key));
    write_number(out, type, 4);
}

static void write_text(struct output *out, const char *key, const char *text)
{
    write_key(out, key, GGUF_STRING);
    write_string(out, slice_from(text));
}

static void write_array(struct output *out, const char *key,
                        enum gguf_type type, size_t count)
{
    write_key(out, key, GGUF_ARRAY);
    write_number(out, type, 4);
    write_number(out, count, 8);
}

static enum gguf_token_type type_of(const struct vocab_token *token)
{
    if (token->flags & VOCAB_SPECIAL)
        return GGUF_CONTROL;
    if (token->flags & VOCAB_ADDED)
        return GGUF_USER_DEFINED;
    return token->key.ptr ? GGUF_NORMAL : GGUF_UNUSED;
}

static void write_tokens(struct output *out, const struct vocab *vocab)
{
    struct arena arena = { 0 };

    write_array(out, "tokenizer.ggml.tokens", GGUF_STRING, vocab->count);
    for (uint32_t id = 0; id < vocab->count; id++) {
        write_string(out, vocab_spell(vocab, id, &arena));
        arena_reset(&arena);
    }
    write_array(out, "tokenizer.ggml.token_type", GGUF_I32, vocab->count);
    for (uint32_t id = 0; id < vocab->count; id++)
        write_number(out, type_of(&vocab->tokens[id]), 4);
    arena_clear(&arena);
}

static void write_merges(struct output *out, const struct vocab *vocab)
{
    struct arena arena = { 0 };

    write_array(out, "tokenizer.ggml.merges", GGUF_STRING, vocab->merge_count);
    for (size_t i = 0; i < vocab->merge_count; i++) {
        struct slice left = vocab_spell(vocab, vocab->merges[i].left, &arena);
        struct slice right = vocab_spell(vocab, vocab->merges[i].right,
                                         &arena);

        write_number(out, left.len + 1 + right.len, 8);
        output_write(out, left);
        output_write(out, slice_make(" ", 1));
        output_write(out, right);
        arena_reset(&arena);
    }
    arena_clear(&arena);
}

static struct output *begin(const char *path, uint64_t pairs,
                            const char *architecture, const char *model)
{
    struct output *out = output_open(path);

    output_write(out, slice_make("GGUF", 4));
    write_number(out, VERSION, 4);
    write_number(out, 0, 8);
    write_number(out, pairs, 8);
    write_text(out, "general.architecture", architecture);
    write_text(out, "tokenizer.ggml.model", model);
    return out;
}

static void write_id(struct output *out, const char *key, uint32_t id)
{
    if (id == VOCAB_NONE)
        return;
    write_key(out, key, GGUF_U32);
    write_number(out, id, 4);
}

static void write_truth(struct output *out, const char *key, bool truth)
{
    write_key(out, key, GGUF_BOOL);
    write_number(out, truth, 1);
}

static void end(struct output *out)
{
    /* Left to itself, llama.cpp begins a llama-bpe text with a token. */
    write_truth(out, "tokenizer.ggml.add_bos_token", false);
    write_truth(out, "tokenizer.ggml.add_eos_token", false);
    while (output_bytes(out) % ALIGNMENT != 0)
        write_number(out, 0, 1);
    output_close(out);
}

void vocab_gguf_save(const struct vocab *vocab, const struct gguf_pre *pre,
                     uint32_t eos, const char *path)
{
    struct output *out = begin(path, eos == VOCAB_NONE ? 8 : 9, pre->written,
                               "gpt2");

    write_text(out, "tokenizer.ggml.pre", pre->name);
    write_tokens(out, vocab);
    write_merges(out, vocab);
    write_id(out, "tokenizer.ggml.eos_token_id", eos);
    end(out);
}

static void write_pieces(struct output *out, const struct piece *pieces,
                         size_t count)
{
    write_array(out, "tokenizer.ggml.tokens", GGUF_STRING, count);
    for (size_t i = 0; i < count; i++)
        write_string(out, pieces[i].spell);
    write_array(out, "tokenizer.ggml.scores", GGUF_F32, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;

        memcpy(&bits, &pieces[i].score, sizeof bits);
        write_number(out, bits, 4);
    }
    write_array(out, "tokenizer.ggml.token_type", GGUF_I32, count);
    for (size_t i = 0; i < count; i++)
        write_number(out, pieces[i].type, 4);
}

bool vocab_gguf_save_pieces(const struct vocab *vocab, uint32_t eos,
                            const char *path, struct fault *fault)
{
    struct piece *pieces = xcalloc(vocab->count + 1, sizeof *pieces);
    struct arena arena = { 0 };
    bool ok = vocab_to_pieces(vocab, pieces, &arena, fault);

    /* llama.cpp says what is unknown by bytes, or stops. */
    if (ok && !vocab->fallback)
        ok = refuse(fault, "llama.cpp needs a token for each byte",
                    vocab->count);
    if (ok) {
        struct output *out = begin(path, eos == VOCAB_NONE ? 9 : 10, "llama",
                                   "llama");

        write_pieces(out, pieces, vocab->count);
        write_truth(out, "tokenizer.ggml.add_space_prefix",
                    vocab->space == VOCAB_SPACE_ALWAYS);
        write_id(out, "tokenizer.ggml.unknown_token_id", vocab->unk);
        write_id(out, "tokenizer.ggml.eos_token_id", eos);
        end(out);
    }
    arena_clear(&arena);
    free(pieces);
    return ok;
}

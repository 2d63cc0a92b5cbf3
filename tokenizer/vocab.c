/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab - tokens by id in one array, and two hash tables of ids over it.
 *
 * Memory: about 120 bytes and the spelling for each token, 12 for each merge.
 */
#include "tokenizer/vocab.h"

#include <stdio.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/utf8.h"

enum { INDEX_MIN = 1024 };

/* Bytes that stand for themselves; all others follow from U+0100 on. */
static bool is_plain(unsigned byte)
{
    return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) ||
           byte >= 0xae;
}

uint32_t vocab_byte_char(unsigned char byte)
{
    if (is_plain(byte))
        return byte;
    if (byte <= 0x20)
        return 0x100u + byte;
    if (byte <= 0xa0)
        return 0x121u + byte - 0x7f;
    return 0x143;
}

int vocab_char_byte(uint32_t code_point)
{
    if (code_point < 0x100)
        return is_plain(code_point) ? (int)code_point : -1;
    if (code_point <= 0x120)
        return (int)(code_point - 0x100);
    if (code_point <= 0x142)
        return (int)(code_point - 0x121 + 0x7f);
    return code_point == 0x143 ? 0xad : -1;
}

struct vocab *vocab_new(const char *pretokenizer)
{
    struct vocab *vocab = xcalloc(1, sizeof *vocab);

    vocab->pretokenizer = xstrdup(pretokenizer ? pretokenizer : "gpt2");
    vocab->unk = VOCAB_NONE;
    return vocab;
}

struct vocab *vocab_new_chars(void)
{
    struct vocab *vocab = vocab_new("metaspace");

    vocab->is_chars = true;
    vocab->fallback = xmalloc(256 * sizeof *vocab->fallback);
    memset(vocab->fallback, 0xff, 256 * sizeof *vocab->fallback);
    vocab->fuse_unk = true;
    return vocab;
}

void vocab_free(struct vocab *vocab)
{
    if (!vocab)
        return;
    arena_clear(&vocab->arena);
    free(vocab->pretokenizer);
    free(vocab->fallback);
    free(vocab->tokens);
    free(vocab->merges);
    free(vocab->model.slots);
    free(vocab->whole.slots);
    free(vocab);
}

static struct slice index_key(const struct vocab *vocab,
                              const struct vocab_index *index, uint32_t id)
{
    const struct vocab_token *token = &vocab->tokens[id];

    return index == &vocab->model ? token->key : token->bytes;
}

/* The slot of this key, or the free one where it would stand. */
static struct vocab_slot *index_slot(const struct vocab *vocab,
                                     const struct vocab_index *index,
                                     struct slice key, uint32_t hash)
{
    size_t at = hash & (index->cap - 1);
    struct vocab_slot *slot;

    for (;; at = (at + 1) & (index->cap - 1)) {
        slot = &index->slots[at];
        if (slot->number == 0 ||
            (slot->hash == hash &&
             slice_equal(index_key(vocab, index, slot->number - 1), key)))
            return slot;
    }
}

static bool index_find(const struct vocab *vocab,
                       const struct vocab_index *index, struct slice key,
                       uint32_t *id)
{
    uint32_t found;

    if (index->count == 0)
        return false;
    found = index_slot(vocab, index, key, (uint32_t)hash64(key))->number;
    if (found == 0)
        return false;
    *id = found - 1;
    return true;
}

static void index_grow(struct vocab_index *index)
{
    struct vocab_index old = *index;

    index->cap = old.cap ? old.cap * 2 : INDEX_MIN;
    index->slots = xcalloc(index->cap, sizeof *index->slots);
    for (size_t i = 0; i < old.cap; i++) {
        size_t at = old.slots[i].hash & (index->cap - 1);

        if (old.slots[i].number == 0)
            continue;
        while (index->slots[at].number != 0)
            at = (at + 1) & (index->cap - 1);
        index->slots[at] = old.slots[i];
    }
    free(old.slots);
}

static void index_add(const struct vocab *vocab, struct vocab_index *index,
                      uint32_t id)
{
    struct slice key = index_key(vocab, index, id);
    uint32_t hash = (uint32_t)hash64(key);

    if (index->count * 2 >= index->cap)
        index_grow(index);
    *index_slot(vocab, index, key, hash) = (struct vocab_slot){ hash, id + 1 };
    index->count++;
}

bool vocab_spell_bytes(struct slice spell, char *bytes, size_t *len)
{
    *len = 0;
    for (size_t at = 0; at < spell.len;) {
        int byte = vocab_char_byte(utf8_next_lax(spell, &at));

        if (byte < 0)
            return false;
        bytes[(*len)++] = (char)(unsigned char)byte;
    }
    return true;
}

size_t vocab_char_spell(struct slice spell, char *bytes)
{
    size_t len = 0;

    for (size_t at = 0; at < spell.len;) {
        if (spell.len - at >= 3 &&
            memcmp(spell.ptr + at, VOCAB_SPACE, 3) == 0) {
            bytes[len++] = ' ';
            at += 3;
        } else {
            bytes[len++] = spell.ptr[at++];
        }
    }
    return len;
}

struct slice vocab_bytes_spell(struct slice bytes, struct arena *arena)
{
    char *spell = arena_alloc(arena, 2 * bytes.len);
    size_t len = 0;

    for (size_t i = 0; i < bytes.len; i++)
        len += utf8_put(spell + len,
                        vocab_byte_char((unsigned char)bytes.ptr[i]));
    return slice_make(spell, len);
}

/* Of characters: each space is U+2581. */
static struct slice spell_spaces(struct slice bytes, struct arena *arena)
{
    char *spell = arena_alloc(arena, 3 * bytes.len);
    size_t len = 0;

    for (size_t i = 0; i < bytes.len; i++) {
        bool is_space = bytes.ptr[i] == ' ';

        memcpy(spell + len, is_space ? VOCAB_SPACE : bytes.ptr + i,
               is_space ? 3 : 1);
        len += is_space ? 3 : 1;
    }
    return slice_make(spell, len);
}

struct slice vocab_spell(const struct vocab *vocab, uint32_t id,
                         struct arena *arena)
{
    const struct vocab_token *token = &vocab->tokens[id];

    if (token->spell.ptr)
        return token->spell;
    return vocab->is_chars ? spell_spaces(token->bytes, arena)
                           : vocab_bytes_spell(token->bytes, arena);
}

/* Is it looked for by what it is spelled like? */
static bool is_whole(const struct vocab *vocab,
                     const struct vocab_token *token)
{
    return vocab->is_chars ? (token->flags & VOCAB_ADDED) != 0
                           : token->spell.ptr != NULL;
}

/* Place a finished token; the caller has seen that it is new. */
static uint32_t token_add(struct vocab *vocab, struct vocab_token token)
{
    uint32_t id = (uint32_t)vocab->count;

    if (vocab->count >= VOCAB_NONE - 1)
        die("a vocabulary of more than %u tokens", VOCAB_NONE - 1);
    vocab->tokens = grow(vocab->tokens, &vocab->cap, vocab->count + 1,
                         sizeof *vocab->tokens);
    vocab->tokens[vocab->count++] = token;
    if (token.key.ptr)
        index_add(vocab, &vocab->model, id);
    if (is_whole(vocab, &token))
        index_add(vocab, &vocab->whole, id);
    return id;
}

static uint32_t add_token(struct vocab *vocab, struct slice bytes)
{
    struct vocab_token token = { .flags = VOCAB_MODEL };

    token.bytes = arena_copy(&vocab->arena, bytes);
    token.key = token.bytes;
    return token_add(vocab, token);
}

uint32_t vocab_add_token(struct vocab *vocab, struct slice bytes)
{
    uint32_t id;

    return vocab_find(vocab, bytes, &id) ? VOCAB_NONE
                                         : add_token(vocab, bytes);
}

uint32_t vocab_token(struct vocab *vocab, struct slice bytes)
{
    uint32_t id;

    return vocab_find(vocab, bytes, &id) ? id : add_token(vocab, bytes);
}

/* <0xNN>, in capitals; the byte, or -1. */
static int byte_of(struct slice spell)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *high, *low;

    if (spell.len != 6 || memcmp(spell.ptr, "<0x", 3) != 0 ||
        spell.ptr[5] != '>')
        return -1;
    high = memchr(digits, spell.ptr[3], 16);
    low = memchr(digits, spell.ptr[4], 16);
    return high && low ? (int)((high - digits) << 4 | (low - digits)) : -1;
}

/* A token of characters; of a byte, where `fallback` is wanted. */
static void token_of_chars(struct vocab *vocab, struct slice spell,
                           struct vocab_token *token)
{
    char *bytes = arena_alloc(&vocab->arena, spell.len + 1);
    int byte = vocab->fallback ? byte_of(spell) : -1;

    token->spell = spell;
    token->bytes = slice_make(bytes, vocab_char_spell(spell, bytes));
    if (token->flags & VOCAB_MODEL && byte < 0)
        token->key = token->bytes;
    if (token->flags & VOCAB_MODEL && byte >= 0) {
        vocab->fallback[byte] = (uint32_t)vocab->count;
        bytes[0] = (char)(unsigned char)byte;
        token->bytes.len = 1;
    }
    if (token->flags & VOCAB_ADDED)
        token->bytes = spell;
}

static void token_of_bytes(struct vocab *vocab, struct slice spell,
                           struct vocab_token *token)
{
    char *bytes = arena_alloc(&vocab->arena, spell.len);
    size_t len;
    bool in_alphabet = vocab_spell_bytes(spell, bytes, &len);

    token->bytes = slice_make(bytes, len);
    if (token->flags & VOCAB_MODEL && in_alphabet)
        token->key = token->bytes;
    /* What has another character stands for itself, as Hugging Face has it. */
    if (token->flags & VOCAB_ADDED || !in_alphabet) {
        token->spell = spell;
        token->bytes = spell;
    }
}

uint32_t vocab_add(struct vocab *vocab, struct slice spell, unsigned flags)
{
    struct vocab_token token = { .flags = flags };
    uint32_t id;

    spell = arena_copy(&vocab->arena, spell);
    if (vocab->is_chars)
        token_of_chars(vocab, spell, &token);
    else
        token_of_bytes(vocab, spell, &token);
    if (token.key.ptr && index_find(vocab, &vocab->model, token.key, &id))
        return VOCAB_NONE;
    if (is_whole(vocab, &token) && index_find(vocab, &vocab->whole, spell, &id))
        return VOCAB_NONE;
    return token_add(vocab, token);
}

uint32_t vocab_add_special(struct vocab *vocab, struct slice content)
{
    return vocab_add(vocab, content,
                     VOCAB_MODEL | VOCAB_ADDED | VOCAB_SPECIAL);
}

uint32_t vocab_add_unused(struct vocab *vocab)
{
    char spell[32];
    int len = snprintf(spell, sizeof spell, "<unused %zu>", vocab->count);

    return vocab_add(vocab, slice_make(spell, (size_t)len), VOCAB_MODEL);
}

void vocab_add_merge(struct vocab *vocab, uint32_t left, uint32_t right,
                     uint32_t result)
{
    struct slice a, b, c;

    if (left >= vocab->count || right >= vocab->count ||
        result >= vocab->count)
        bug("merge of %u and %u into %u: only %zu tokens", left, right, result,
            vocab->count);
    a = vocab->tokens[left].key;
    b = vocab->tokens[right].key;
    c = vocab->tokens[result].key;
    if (!a.ptr || !b.ptr || !c.ptr || a.len + b.len != c.len ||
        !slice_equal(a, slice_make(c.ptr, a.len)) ||
        !slice_equal(b, slice_make(c.ptr + a.len, b.len)))
        bug("merge of %u and %u does not make %u", left, right, result);
    vocab->merges = grow(vocab->merges, &vocab->merge_cap,
                         vocab->merge_count + 1, sizeof *vocab->merges);
    vocab->merges[vocab->merge_count++] =
        (struct vocab_merge){ left, right, result };
}

bool vocab_find(const struct vocab *vocab, struct slice bytes, uint32_t *id)
{
    return index_find(vocab, &vocab->model, bytes, id);
}

bool vocab_find_added(const struct vocab *vocab, struct slice content,
                      uint32_t *id)
{
    uint32_t found;

    if (!index_find(vocab, &vocab->whole, content, &found) ||
        !(vocab->tokens[found].flags & VOCAB_ADDED))
        return false;
    *id = found;
    return true;
}

size_t vocab_model_end(const struct vocab *vocab)
{
    size_t end = vocab->count;

    while (end > 0 && !(vocab->tokens[end - 1].flags & VOCAB_MODEL))
        end--;
    return end;
}

int vocab_missing_byte(const struct vocab *vocab)
{
    for (int byte = 0; byte < 256; byte++) {
        char c = (char)(unsigned char)byte;
        uint32_t id;

        if (!vocab_find(vocab, slice_make(&c, 1), &id))
            return byte;
    }
    return -1;
}

void vocab_settle_pieces(struct vocab *vocab)
{
    if (strcmp(vocab->pretokenizer, "metaspace") != 0)
        return;
    for (size_t i = 0; i < vocab->merge_count; i++) {
        struct slice key = vocab->tokens[vocab->merges[i].result].key;
        size_t at = 0;

        while (at < key.len && key.ptr[at] == ' ')
            at++;
        if (!memchr(key.ptr + at, ' ', key.len - at))
            continue;
        free(vocab->pretokenizer);
        vocab->pretokenizer = xstrdup("(?s:.+)");
        return;
    }
}

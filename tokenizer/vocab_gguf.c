/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_gguf - the reader of GGUF.
 *
 * One walk over the pairs remembers where those stand that are wanted; every
 * length is held against the bytes that are left before anything is done with
 * it, so that a hostile one asks for no memory.
 *
 * Memory while reading: the pairs, beside the vocabulary itself.
 */
#include "tokenizer/vocab_gguf.h"

#include <stdlib.h>

#include "tokenizer/vocab_pieces.h"

/*
 * From src/llama-vocab.cpp of llama.cpp; of its many names those whose pattern
 * is one of ours, and gpt-4o, for which it has an approximation of o200k: the
 * vocabularies under that name were made by o200k itself.
 */
const struct gguf_pre vocab_gguf_pres[] = {
    { "gpt-2", "gpt2", false, "gpt2" },
    { "phi-2", "gpt2", false, NULL },
    { "mpt", "gpt2", false, NULL },
    { "olmo", "gpt2", false, NULL },
    { "llama-bpe", "llama3", true, "llama" },
    { "llama3", "llama3", true, NULL },
    { "llama-v3", "llama3", true, NULL },
    { "falcon3", "llama3", true, NULL },
    { "lfm2", "llama3", true, NULL },
    { "pixtral", "llama3", true, NULL },
    { "smaug-bpe", "llama3", false, NULL },
    { "dbrx", "llama3", false, NULL },
    { "qwen2", "qwen2", false, "qwen2" },
    { "deepseek-r1-qwen", "qwen2", false, NULL },
    { "megrez", "qwen2", false, NULL },
    { "stablelm2", "qwen2", false, NULL },
    { "gpt-4o", "o200k", false, NULL },
    { NULL, NULL, false, NULL }
};

static const size_t type_sizes[GGUF_TYPES] = {
    [GGUF_U8] = 1, [GGUF_I8] = 1, [GGUF_U16] = 2, [GGUF_I16] = 2,
    [GGUF_U32] = 4, [GGUF_I32] = 4, [GGUF_F32] = 4, [GGUF_BOOL] = 1,
    [GGUF_U64] = 8, [GGUF_I64] = 8, [GGUF_F64] = 8
};

struct value {
    uint32_t type, item_type; /* the latter of an array */
    uint64_t count;           /* of an array's items */
    size_t at;                /* where its bytes, or the first item, stand */
    struct slice text;        /* of a string */
};

struct reading {
    struct slice text;
    size_t at;
    /* Of type GGUF_TYPES where there is none. */
    struct value model, pre, tokens, types, merges, scores, prefix;
    struct vocab *vocab;
    struct arena arena;
    struct fault *fault;
};

static bool wrong(struct reading *r, const char *what, size_t at)
{
    *r->fault = (struct fault){ what, at };
    return false;
}

/* Go on by `len` bytes, if there are as many. */
static bool take(struct reading *r, uint64_t len, const unsigned char **bytes)
{
    if (len > r->text.len - r->at)
        return wrong(r, "a length goes past the end of the file", r->at);
    *bytes = (const unsigned char *)r->text.ptr + r->at;
    r->at += (size_t)len;
    return true;
}

static bool take_number(struct reading *r, unsigned width, uint64_t *number)
{
    const unsigned char *bytes;

    if (!take(r, width, &bytes))
        return false;
    *number = 0;
    for (unsigned i = 0; i < width; i++)
        *number |= (uint64_t)bytes[i] << (8 * i);
    return true;
}

static bool take_type(struct reading *r, uint32_t *type)
{
    uint64_t number;

    if (!take_number(r, 4, &number))
        return false;
    if (number >= GGUF_TYPES)
        return wrong(r, "a value of an unknown type", r->at - 4);
    *type = (uint32_t)number;
    return true;
}

static bool take_string(struct reading *r, struct slice *text)
{
    const unsigned char *bytes;
    uint64_t len;

    if (!take_number(r, 8, &len) || !take(r, len, &bytes))
        return false;
    *text = slice_make((const char *)bytes, (size_t)len);
    return true;
}

static bool take_array(struct reading *r, struct value *value)
{
    const unsigned char *bytes;
    struct slice item;
    size_t size;

    if (!take_type(r, &value->item_type) ||
        !take_number(r, 8, &value->count))
        return false;
    value->at = r->at;
    if (value->item_type == GGUF_ARRAY)
        return wrong(r, "an array of arrays is not supported", r->at);
    if (value->item_type == GGUF_STRING) {
        for (uint64_t i = 0; i < value->count; i++)
            if (!take_string(r, &item))
                return false;
        return true;
    }
    size = type_sizes[value->item_type];
    if (value->count > (r->text.len - r->at) / size)
        return wrong(r, "a length goes past the end of the file", r->at);
    return take(r, value->count * size, &bytes);
}

static bool take_value(struct reading *r, struct value *value)
{
    const unsigned char *bytes;

    *value = (struct value){ 0 };
    if (!take_type(r, &value->type))
        return false;
    value->at = r->at;
    if (value->type == GGUF_STRING)
        return take_string(r, &value->text);
    if (value->type == GGUF_ARRAY)
        return take_array(r, value);
    return take(r, type_sizes[value->type], &bytes);
}

static bool read_pairs(struct reading *r, uint64_t count)
{
    struct {
        const char *key;
        struct value *value;
    } wanted[] = {
        { "tokenizer.ggml.model", &r->model },
        { "tokenizer.ggml.pre", &r->pre },
        { "tokenizer.ggml.tokens", &r->tokens },
        { "tokenizer.ggml.token_type", &r->types },
        { "tokenizer.ggml.merges", &r->merges },
        { "tokenizer.ggml.scores", &r->scores },
        { "tokenizer.ggml.add_space_prefix", &r->prefix },
    };

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        wanted[i].value->type = GGUF_TYPES;
    while (count-- > 0) {
        struct value value;
        struct slice key;

        if (!take_string(r, &key) || !take_value(r, &value))
            return false;
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            if (slice_is(key, wanted[i].key))
                *wanted[i].value = value;
    }
    return true;
}

static bool is_array_of(const struct value *value, uint32_t type)
{
    return value->type == GGUF_ARRAY && value->item_type == type;
}

/* What both kinds of vocabulary have. */
static bool check_lists(struct reading *r)
{
    if (r->model.type != GGUF_STRING)
        return wrong(r, "there is no tokenizer.ggml.model", r->at);
    if (!slice_is(r->model.text, "gpt2") && !slice_is(r->model.text, "llama"))
        return wrong(r, "this tokenizer.ggml.model is not supported, only "
                        "gpt2 (BPE of bytes) and llama (of characters)",
                     r->model.at);
    if (!is_array_of(&r->tokens, GGUF_STRING))
        return wrong(r, "there is no tokenizer.ggml.tokens", r->at);
    if (r->types.type != GGUF_TYPES &&
        (!(is_array_of(&r->types, GGUF_I32) ||
           is_array_of(&r->types, GGUF_U32)) ||
         r->types.count != r->tokens.count))
        return wrong(r, "token_type is not a number for each token",
                     r->types.at);
    return true;
}

static bool read_settings(struct reading *r)
{
    const struct gguf_pre *pre = vocab_gguf_pres;

    if (!is_array_of(&r->merges, GGUF_STRING))
        return wrong(r, "there is no tokenizer.ggml.merges", r->at);
    while (pre->name && !(r->pre.type == GGUF_STRING &&
                          slice_is(r->pre.text, pre->name)))
        pre++;
    free(r->vocab->pretokenizer);
    r->vocab->pretokenizer = pre->name ? xstrdup(pre->pretokenizer) : NULL;
    r->vocab->ignore_merges = pre->ignore_merges;
    return true;
}

/* What the type of token `i` makes it; all stand in the model, too. */
static bool read_type(struct reading *r, uint64_t i, unsigned *flags)
{
    uint64_t type;

    *flags = VOCAB_MODEL;
    if (r->types.type == GGUF_TYPES)
        return true;
    r->at = r->types.at + (size_t)i * 4;
    if (!take_number(r, 4, &type))
        return false;
    if (type == GGUF_CONTROL || type == GGUF_UNKNOWN)
        *flags |= VOCAB_ADDED | VOCAB_SPECIAL;
    else if (type == GGUF_USER_DEFINED)
        *flags |= VOCAB_ADDED;
    else if (type != GGUF_NORMAL && type != GGUF_UNUSED)
        return wrong(r, "a token of a type that byte-level BPE does not have",
                     r->at - 4);
    return true;
}

static bool read_tokens(struct reading *r)
{
    size_t at = r->tokens.at;

    for (uint64_t i = 0; i < r->tokens.count; i++) {
        struct slice spell;
        size_t start = at;
        unsigned flags;

        if (!read_type(r, i, &flags))
            return false;
        r->at = at;
        if (!take_string(r, &spell))
            return false;
        at = r->at;
        if (spell.len == 0)
            return wrong(r, "a token without characters", start);
        if (vocab_add(r->vocab, spell, flags) == VOCAB_NONE)
            return wrong(r, "a token stands twice", start);
    }
    return true;
}

/* The model's token that is spelled so. */
static bool find_spelled(struct reading *r, struct slice spell, uint32_t *id)
{
    char *bytes = arena_alloc(&r->arena, spell.len);
    size_t len;

    return vocab_spell_bytes(spell, bytes, &len) &&
           vocab_find(r->vocab, slice_make(bytes, len), id);
}

static bool read_merge(struct reading *r, struct slice pair, size_t at)
{
    const char *blank = pair.len > 0 ? memchr(pair.ptr, ' ', pair.len) : NULL;
    struct slice left, right, sum;
    uint32_t a, b, result;
    char *joint;

    if (!blank)
        return wrong(r, "a merge is not a pair of tokens", at);
    left = slice_make(pair.ptr, (size_t)(blank - pair.ptr));
    right = slice_make(blank + 1, pair.len - left.len - 1);
    joint = arena_alloc(&r->arena, pair.len);
    memcpy(joint, left.ptr, left.len);
    memcpy(joint + left.len, right.ptr, right.len);
    sum = slice_make(joint, pair.len - 1);
    if (!find_spelled(r, left, &a) || !find_spelled(r, right, &b))
        return wrong(r, "a merge names a token that is not in the vocabulary",
                     at);
    if (!find_spelled(r, sum, &result))
        return wrong(r, "a merge makes a token that is not in the vocabulary",
                     at);
    vocab_add_merge(r->vocab, a, b, result);
    arena_reset(&r->arena);
    return true;
}

static bool read_merges(struct reading *r)
{
    r->at = r->merges.at;
    for (uint64_t i = 0; i < r->merges.count; i++) {
        struct slice pair;
        size_t start = r->at;

        if (!take_string(r, &pair) || !read_merge(r, pair, start))
            return false;
    }
    return true;
}

bool vocab_gguf_pairs_once(const struct vocab *vocab, const struct bpe *bpe,
                           size_t *rank)
{
    for (*rank = 0; *rank < vocab->merge_count; ++*rank) {
        const struct vocab_merge *m = &vocab->merges[*rank];
        uint32_t last, result;

        if (!bpe_find(bpe, m->left, m->right, &last, &result) || last != *rank)
            return false;
    }
    return true;
}

static bool pairs_once(struct reading *r)
{
    struct bpe *bpe = bpe_new(r->vocab);
    size_t rank;
    bool once = vocab_gguf_pairs_once(r->vocab, bpe, &rank);

    bpe_free(bpe);
    return once || wrong(r, "a merge stands twice", r->merges.at);
}

/* ---- of characters ---- */

static bool read_piece(struct reading *r, uint64_t i, struct piece *piece)
{
    uint64_t type, bits;
    uint32_t score;

    if (!take_string(r, &piece->spell))
        return false;
    r->at = r->types.at + (size_t)i * 4;
    if (!take_number(r, 4, &type))
        return false;
    if (type < PIECE_NORMAL || type > PIECE_BYTE)
        return wrong(r, "a token of an unknown type", r->at - 4);
    piece->type = (enum piece_type)type;
    r->at = r->scores.at + (size_t)i * 4;
    if (!take_number(r, 4, &bits))
        return false;
    score = (uint32_t)bits;
    memcpy(&piece->score, &score, sizeof score);
    return true;
}

static bool read_pieces(struct reading *r, struct piece *pieces)
{
    size_t at = r->tokens.at;

    for (uint64_t i = 0; i < r->tokens.count; i++) {
        r->at = at;
        if (!read_piece(r, i, &pieces[i]))
            return false;
        at += 8 + pieces[i].spell.len;
    }
    return true;
}

/* Without a word about it, llama.cpp puts a space before a text. */
static bool read_space(struct reading *r, enum vocab_space *space)
{
    uint64_t prefix = 1;

    r->at = r->prefix.at;
    if (r->prefix.type != GGUF_TYPES &&
        (r->prefix.type != GGUF_BOOL || !take_number(r, 1, &prefix)))
        return wrong(r, "add_space_prefix is not a truth", r->prefix.at);
    *space = prefix ? VOCAB_SPACE_ALWAYS : VOCAB_SPACE_NEVER;
    return true;
}

static bool read_characters(struct reading *r)
{
    struct piece *pieces;
    enum vocab_space space;
    bool ok = false;

    if (r->types.type == GGUF_TYPES)
        return wrong(r, "there is no tokenizer.ggml.token_type", r->at);
    if (!is_array_of(&r->scores, GGUF_F32) ||
        r->scores.count != r->tokens.count)
        return wrong(r, "tokenizer.ggml.scores is not a number for each token",
                     r->at);
    pieces = xcalloc((size_t)r->tokens.count + 1, sizeof *pieces);
    if (read_space(r, &space) && read_pieces(r, pieces)) {
        vocab_free(r->vocab);
        r->vocab = vocab_from_pieces(pieces, (size_t)r->tokens.count, space,
                                     r->fault);
        ok = r->vocab != NULL ||
             wrong(r, r->fault->what, r->tokens.at);
    }
    free(pieces);
    return ok;
}

bool vocab_gguf_is(struct slice text)
{
    return text.len >= 4 && memcmp(text.ptr, "GGUF", 4) == 0;
}

static bool read_all(struct reading *r)
{
    uint64_t magic, version, tensors, pairs;

    if (!take_number(r, 4, &magic) || !take_number(r, 4, &version) ||
        !take_number(r, 8, &tensors) || !take_number(r, 8, &pairs))
        return false;
    if (version != 2 && version != 3)
        return wrong(r, "this version of GGUF is not supported, only 2 and 3 "
                        "in little-endian", 4);
    if (!read_pairs(r, pairs) || !check_lists(r))
        return false;
    if (slice_is(r->model.text, "llama"))
        return read_characters(r);
    return read_settings(r) && read_tokens(r) && read_merges(r) &&
           pairs_once(r);
}

struct vocab *vocab_gguf_read(struct slice text, struct fault *fault)
{
    struct reading r = { .text = text, .fault = fault };
    bool good;

    *fault = (struct fault){ 0 };
    r.vocab = vocab_new(NULL);
    good = read_all(&r);
    arena_clear(&r.arena);
    if (good)
        return r.vocab;
    vocab_free(r.vocab);
    return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_json - the reader and the writer of tokenizer.json.
 *
 * The reader checks the whole text once, takes what stands in it as settings,
 * collects the tokens, and gives them their places when all ids are known: they
 * must be dense, so that a hostile id never asks for memory.  What would change
 * the ids of a text and is not done here is a fault, never passed over.
 *
 * Memory while reading: the file, and 40 bytes for each token beside the
 * vocabulary itself.
 */
#include "tokenizer/vocab_json.h"

#include <stdlib.h>

#include "src/json.h"
#include "tokenizer/member.h"
#include "tokenizer/vocab_settings.h"

struct entry {
    uint32_t id;
    unsigned flags;
    struct slice spell;
    const char *at;      /* in the text */
};

struct reading {
    struct slice text;
    struct arena arena;
    struct entry *entries;    /* the model's tokens, then the added ones */
    size_t count, cap;
    struct vocab *vocab;
    uint32_t next_made;       /* the token that the next merge may make */
    struct fault *fault;
};

static bool wrong(struct reading *r, const char *what, const char *at)
{
    *r->fault = (struct fault){ what, (size_t)(at - r->text.ptr) };
    return false;
}

/* A string value, unescaped, in r->arena. */
static bool read_text(struct reading *r, struct slice value,
                      struct slice *text)
{
    struct fault fault = { 0 };

    if (json_unescape(value, &r->arena, text, &fault))
        return true;
    return wrong(r, fault.what, value.ptr + fault.at);
}

static bool read_id(struct reading *r, struct slice value,
                    enum json_kind kind, uint32_t *id)
{
    uint64_t sum = 0;

    if (kind != JSON_NUMBER || value.len > 10)
        return wrong(r, "an id is not a number from 0 on", value.ptr);
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return wrong(r, "an id is not a number from 0 on", value.ptr);
        sum = sum * 10 + (uint64_t)(value.ptr[i] - '0');
    }
    if (sum >= VOCAB_NONE)
        return wrong(r, "an id is too large", value.ptr);
    *id = (uint32_t)sum;
    return true;
}

static void entry_add(struct reading *r, struct entry entry)
{
    r->entries = grow(r->entries, &r->cap, r->count + 1, sizeof *r->entries);
    r->entries[r->count++] = entry;
}

static bool model_token(void *context, const struct json_member *m,
                        struct fault *fault)
{
    struct reading *r = context;
    struct entry entry = { .flags = VOCAB_MODEL, .at = m->value.ptr };
    struct slice quoted = { m->key.ptr - 1, m->key.len + 2 };

    (void)fault; /* the same as r->fault */
    if (!read_text(r, quoted, &entry.spell) ||
        !read_id(r, m->value, m->kind, &entry.id))
        return false;
    if (entry.spell.len == 0)
        return wrong(r, "a token without characters", quoted.ptr);
    entry_add(r, entry);
    return true;
}

static bool added_token(void *context, struct slice value, enum json_kind kind)
{
    struct reading *r = context;
    struct entry entry = { .flags = VOCAB_ADDED, .at = value.ptr };
    struct json_member id, content;

    if (kind != JSON_OBJECT)
        return wrong(r, "an added token is not an object", value.ptr);
    if (!member_find(value, "id", &id))
        return wrong(r, "an added token without id", value.ptr);
    if (!member_find(value, "content", &content) ||
        !member_is(&content, JSON_STRING))
        return wrong(r, "an added token without content", value.ptr);
    if (!read_id(r, id.value, id.kind, &entry.id) ||
        !read_text(r, content.value, &entry.spell))
        return false;
    if (entry.spell.len == 0)
        return wrong(r, "a token without characters", content.value.ptr);
    if (member_true(value, "special", false))
        entry.flags |= VOCAB_SPECIAL;
    if (member_true(value, "single_word", false))
        entry.flags |= VOCAB_SINGLE_WORD;
    if (member_true(value, "lstrip", false))
        entry.flags |= VOCAB_LSTRIP;
    if (member_true(value, "rstrip", false))
        entry.flags |= VOCAB_RSTRIP;
    if (member_true(value, "normalized", !(entry.flags & VOCAB_SPECIAL)))
        entry.flags |= VOCAB_NORMALIZED;
    entry_add(r, entry);
    return true;
}

/* Put the entries in the order of their ids; added ones may be a model's. */
static bool place_tokens(struct reading *r)
{
    struct entry *places = arena_zero(&r->arena, r->count, sizeof *places);
    size_t count = 0;

    for (size_t i = 0; i < r->count; i++) {
        struct entry *entry = &r->entries[i], *place;

        if (entry->id >= r->count)
            return wrong(r, "ids have gaps: an id is above the number of "
                            "tokens", entry->at);
        place = &places[entry->id];
        if (place->flags != 0 && (place->flags & entry->flags & VOCAB_MODEL ||
                                  !slice_equal(place->spell, entry->spell)))
            return wrong(r, "two tokens have this id", entry->at);
        entry->flags |= place->flags;
        *place = *entry;
        if (entry->id >= count)
            count = entry->id + 1;
    }
    for (size_t i = 0; i < count; i++) {
        const char *before = i > 0 ? places[i - 1].at : r->text.ptr;

        if (places[i].flags == 0)
            return wrong(r, "ids have gaps: the id after this one is missing",
                         before);
        if (vocab_add(r->vocab, places[i].spell, places[i].flags) ==
            VOCAB_NONE)
            return wrong(r, "a token stands twice", places[i].at);
    }
    return true;
}

/* The model's token that is spelled so. */
static bool find_spelled(struct reading *r, struct slice spell, uint32_t *id)
{
    char *bytes = arena_alloc(&r->arena, spell.len);
    size_t len;

    if (r->vocab->is_chars)
        len = vocab_char_spell(spell, bytes);
    else if (!vocab_spell_bytes(spell, bytes, &len))
        return false;
    return vocab_find(r->vocab, slice_make(bytes, len), id);
}

/* Most files have their merges in the order of what these make. */
static bool is_spelled(const struct reading *r, uint32_t id, struct slice bytes)
{
    return id < r->vocab->count && r->vocab->tokens[id].key.ptr &&
           slice_equal(r->vocab->tokens[id].key, bytes);
}

static bool add_merge(struct reading *r, struct slice left, struct slice right,
                      const char *at)
{
    static const char unknown[] =
        "a merge names a token that is not in the vocabulary";
    const struct vocab *vocab = r->vocab;
    uint32_t a, b, result = r->next_made;
    struct slice first, second, sum;

    if (!find_spelled(r, left, &a) || !find_spelled(r, right, &b))
        return wrong(r, unknown, at);
    first = vocab->tokens[a].key;
    second = vocab->tokens[b].key;
    sum = slice_make(arena_alloc(&r->arena, first.len + second.len),
                     first.len + second.len);
    memcpy((char *)sum.ptr, first.ptr, first.len);
    memcpy((char *)sum.ptr + first.len, second.ptr, second.len);
    if (!is_spelled(r, result, sum) && !vocab_find(vocab, sum, &result))
        return wrong(r, "a merge makes a token that is not in the vocabulary",
                     at);
    r->next_made = result + 1;
    vocab_add_merge(r->vocab, a, b, result);
    return true;
}

/* The two strings of a merge in the form ["a", "b"]. */
struct pair {
    struct reading *r;
    struct slice parts[2];
    size_t count;
};

static bool pair_part(void *context, struct slice value, enum json_kind kind)
{
    struct pair *pair = context;

    if (pair->count == 2 || kind != JSON_STRING)
        return wrong(pair->r, "a merge is not a pair of tokens", value.ptr);
    return read_text(pair->r, value, &pair->parts[pair->count++]);
}

static bool merge(void *context, struct slice value, enum json_kind kind)
{
    struct reading *r = context;
    struct pair pair = { .r = r };
    const char *blank;

    if (kind == JSON_ARRAY) {
        if (!json_each(value, pair_part, &pair))
            return false;
        if (pair.count != 2)
            return wrong(r, "a merge is not a pair of tokens", value.ptr);
        return add_merge(r, pair.parts[0], pair.parts[1], value.ptr);
    }
    if (kind != JSON_STRING)
        return wrong(r, "a merge is not a pair of tokens", value.ptr);
    if (!read_text(r, value, &pair.parts[0]))
        return false;
    blank = pair.parts[0].len == 0
                ? NULL : memchr(pair.parts[0].ptr, ' ', pair.parts[0].len);
    if (!blank)
        return wrong(r, "a merge is not a pair of tokens", value.ptr);
    pair.parts[1] = slice_make(blank + 1, (size_t)(pair.parts[0].ptr +
                               pair.parts[0].len - blank - 1));
    pair.parts[0].len = (size_t)(blank - pair.parts[0].ptr);
    return add_merge(r, pair.parts[0], pair.parts[1], value.ptr);
}

/* What the model asks for that would change ids and is not done here. */
static bool read_model_settings(struct reading *r, struct slice model)
{
    static const char *const affixes[] = { "continuing_subword_prefix",
                                           "end_of_word_suffix" };
    struct json_member m;

    if (member_find(model, "type", &m) && !member_type_is(model, "BPE"))
        return wrong(r, "this model type is not supported, only BPE",
                     m.value.ptr);
    if (member_true(model, "byte_fallback", false)) {
        if (!r->vocab->is_chars)
            return wrong(r, "byte_fallback makes no sense here: tokens are of "
                            "bytes", model.ptr);
        r->vocab->fallback = xmalloc(256 * sizeof *r->vocab->fallback);
        memset(r->vocab->fallback, 0xff, 256 * sizeof *r->vocab->fallback);
    }
    for (size_t i = 0; i < 2; i++)
        if (member_find(model, affixes[i], &m) && !slice_is(m.value, "\"\""))
            return wrong(r, "prefixes and suffixes of words are not supported",
                         m.value.ptr);
    if (member_find(model, "dropout", &m) && !slice_is(m.value, "0.0") &&
        !slice_is(m.value, "0"))
        return wrong(r, "dropout is not supported", m.value.ptr);
    r->vocab->ignore_merges = member_true(model, "ignore_merges", false);
    r->vocab->fuse_unk = member_true(model, "fuse_unk", false);
    return true;
}

static bool read_unk(struct reading *r, struct slice model)
{
    struct json_member m;
    struct slice spell;

    if (!member_find(model, "unk_token", &m))
        return true;
    if (!member_is(&m, JSON_STRING))
        return wrong(r, "unk_token is not a string", m.value.ptr);
    if (!read_text(r, m.value, &spell))
        return false;
    if (!find_spelled(r, spell, &r->vocab->unk))
        return wrong(r, "unk_token is not in the vocabulary", m.value.ptr);
    return true;
}

static bool has_space(struct slice spell)
{
    char *bytes = xmalloc(spell.len);
    bool found = memchr(bytes, ' ', vocab_char_spell(spell, bytes)) != NULL;

    free(bytes);
    return found;
}

/*
 * Without a normalizer, a token looked for after normalisation is looked for
 * before; with one, it would have to be normalised, too.
 */
static bool settle_added(struct reading *r, struct slice root)
{
    struct json_member m;
    bool is_normalized = member_find(root, "normalizer", &m);

    if (!r->vocab->is_chars)
        return true;
    for (size_t i = 0; i < r->count; i++) {
        struct entry *entry = &r->entries[i];

        if (!(entry->flags & VOCAB_NORMALIZED))
            continue;
        if (is_normalized && (r->vocab->space != VOCAB_SPACE_NEVER ||
                              has_space(entry->spell)))
            return wrong(r, "an added token that is to be normalized is not "
                            "supported here", entry->at);
        if (!is_normalized)
            entry->flags &= ~(unsigned)VOCAB_NORMALIZED;
    }
    return true;
}

static bool read_model(struct reading *r, struct slice root)
{
    struct json_member model, vocab, merges, added;

    if (!member_find(root, "model", &model) || !member_is(&model, JSON_OBJECT))
        return wrong(r, "there is no model", root.ptr);
    if (!read_model_settings(r, model.value))
        return false;
    if (!member_find(model.value, "vocab", &vocab) ||
        !member_is(&vocab, JSON_OBJECT))
        return wrong(r, "the model has no vocab", model.value.ptr);
    if (!member_find(model.value, "merges", &merges) ||
        !member_is(&merges, JSON_ARRAY))
        return wrong(r, "the model has no merges", model.value.ptr);
    if (!json_scan(vocab.value, model_token, r, r->fault))
        return false;
    if (member_find(root, "added_tokens", &added)) {
        if (!member_is(&added, JSON_ARRAY))
            return wrong(r, "added_tokens is not an array", added.value.ptr);
        if (!json_each(added.value, added_token, r))
            return false;
    }
    if (!settle_added(r, root) || !place_tokens(r) ||
        !json_each(merges.value, merge, r) || !read_unk(r, model.value))
        return false;
    if (r->vocab->is_chars)
        vocab_settle_pieces(r->vocab);
    return true;
}

struct vocab *vocab_json_read(struct slice text, struct fault *fault)
{
    struct reading r = { .text = text, .fault = fault };
    struct slice root = text;
    struct vocab *vocab = NULL;

    *fault = (struct fault){ 0 };
    if (!json_check(text, fault))
        return NULL;
    while (root.len > 0 && strchr(" \t\r\n", root.ptr[0]))
        root = slice_make(root.ptr + 1, root.len - 1);
    if (root.len == 0 || root.ptr[0] != '{') {
        *fault = (struct fault){ "not an object", 0 };
        return NULL;
    }
    r.vocab = vocab_new(NULL);
    if (!vocab_settings_read(root, r.vocab, fault))
        fault->at += text.len - root.len;
    else if (read_model(&r, root))
        vocab = r.vocab;
    if (!vocab)
        vocab_free(r.vocab);
    arena_clear(&r.arena);
    free(r.entries);
    return vocab;
}

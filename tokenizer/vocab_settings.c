/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_settings - which tokenizers can be done here, and a clear word about
 * those that cannot.
 */
#include "tokenizer/vocab_settings.h"

#include <stdlib.h>

#include "src/arena.h"
#include "tokenizer/member.h"
#include "tokenizer/pretokenize.h"

struct settings {
    struct slice root;
    struct vocab *vocab;
    struct fault *fault;
};

static bool wrong(struct settings *s, const char *what, const char *at)
{
    *s->fault = (struct fault){ what, (size_t)(at - s->root.ptr) };
    return false;
}

/* Up to two parts of a sequence, and how many there are. */
struct parts {
    struct slice items[2];
    size_t count;
};

static bool parts_add(void *context, struct slice value, enum json_kind kind)
{
    struct parts *parts = context;

    if (kind != JSON_OBJECT)
        return false;
    if (parts->count < 2)
        parts->items[parts->count] = value;
    parts->count++;
    return true;
}

/* The parts of a Sequence under `key`, or the object alone as the only part. */
static bool parts_of(struct slice object, const char *key, struct parts *parts)
{
    struct json_member list;

    *parts = (struct parts){ { object }, 1 };
    if (!member_type_is(object, "Sequence"))
        return true;
    parts->count = 0;
    return member_find(object, key, &list) && member_is(&list, JSON_ARRAY) &&
           json_each(list.value, parts_add, parts);
}

/* "type": "Replace", a space by U+2581 */
static bool is_space_replaced(struct slice part)
{
    struct json_member pattern;

    return member_type_is(part, "Replace") &&
           member_find(part, "pattern", &pattern) &&
           member_is(&pattern, JSON_OBJECT) &&
           member_says(pattern.value, "String", " ") &&
           member_says(part, "content", VOCAB_SPACE);
}

/* As SentencePiece's vocabularies have it: a space put first, and replaced. */
static bool read_spaces(struct settings *s, const struct parts *parts)
{
    bool is_put = parts->count == 2 &&
                  member_type_is(parts->items[0], "Prepend") &&
                  member_says(parts->items[0], "prepend", VOCAB_SPACE);

    if (parts->count != 1 + (size_t)is_put ||
        !is_space_replaced(parts->items[is_put]))
        return false;
    s->vocab->is_chars = true;
    s->vocab->space = is_put ? VOCAB_SPACE_ALWAYS : VOCAB_SPACE_NEVER;
    return true;
}

static bool read_normalizer(struct settings *s)
{
    static const char *const known[][2] = {
        { "NFD", "normalizer NFD is not supported" },
        { "NFKC", "normalizer NFKC is not supported" },
        { "NFKD", "normalizer NFKD is not supported" },
        { "Lowercase", "normalizer Lowercase is not supported" },
        { "Prepend", "normalizer Prepend is not supported" },
        { "Replace", "normalizer Replace is not supported" },
        { "Strip", "normalizer Strip is not supported" },
        { "StripAccents", "normalizer StripAccents is not supported" },
        { "BertNormalizer", "normalizer BertNormalizer is not supported" },
        { "Precompiled", "normalizer Precompiled is not supported" },
        { "Nmt", "normalizer Nmt is not supported" },
        { "ByteLevel", "normalizer ByteLevel is not supported" },
    };
    struct json_member m;
    struct parts parts;

    if (!member_find(s->root, "normalizer", &m))
        return true;
    if (!member_is(&m, JSON_OBJECT) ||
        !parts_of(m.value, "normalizers", &parts))
        return wrong(s, "the normalizer is not understood", m.value.ptr);
    if (parts.count == 0)
        return true;
    if (read_spaces(s, &parts))
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (member_type_is(parts.items[0], known[i][0]))
            return wrong(s, known[i][1], parts.items[0].ptr);
    if (parts.count > 1)
        return wrong(s, "a sequence of normalizers is not supported",
                     m.value.ptr);
    if (!member_type_is(parts.items[0], "NFC"))
        return wrong(s, "this normalizer is not supported", m.value.ptr);
    s->vocab->nfc = true;
    return true;
}

/* The step that spells bytes; it must not add or part anything by itself. */
static bool read_byte_level(struct settings *s, struct slice part,
                            bool alone)
{
    if (!member_type_is(part, "ByteLevel"))
        return wrong(s, "this pre-tokenizer is not supported, only ByteLevel "
                        "or Split and ByteLevel", part.ptr);
    if (member_true(part, "add_prefix_space", true))
        return wrong(s, "add_prefix_space is not supported", part.ptr);
    if (member_true(part, "use_regex", true) != alone)
        return wrong(s, alone ? "ByteLevel without its regex and without a "
                                "Split is not supported"
                              : "ByteLevel with its regex after a Split is "
                                "not supported", part.ptr);
    return true;
}

/* Make `pattern` the vocabulary's own, when it is one. */
static bool take_pattern(struct settings *s, struct slice pattern,
                         struct slice split, bool kept_matches)
{
    struct pretokenizer p;
    struct fault fault = { 0 };
    const char *name;
    char *text;

    if (memchr(pattern.ptr, '\0', pattern.len))
        return wrong(s, "a NUL in the pattern of the Split", split.ptr);
    text = xprintf("%.*s", (int)pattern.len, pattern.ptr);
    name = pretokenizer_find(text);
    if (kept_matches && !name) {
        free(text);
        return wrong(s, "a Split that removes what does not match is not "
                        "supported for this pattern", split.ptr);
    }
    free(s->vocab->pretokenizer);
    s->vocab->pretokenizer = name ? xstrdup(name) : xstrdup(text);
    free(text);
    if (!pretokenizer_open(&p, s->vocab->pretokenizer, &fault))
        return wrong(s, "the pattern of the Split is not a regular expression "
                        "that is understood", split.ptr);
    pretokenizer_close(&p);
    return true;
}

/*
 * Isolated keeps what matches and what does not.  Removed with "invert" keeps
 * only what matches: the same for patterns that leave nothing unmatched.
 */
static bool read_split(struct settings *s, struct slice split)
{
    bool isolated = member_says(split, "behavior", "Isolated");
    bool removed = member_says(split, "behavior", "Removed");
    bool invert = member_true(split, "invert", false);
    struct json_member pattern, regex;
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    struct slice text;
    bool ok;

    if (!member_type_is(split, "Split"))
        return wrong(s, "this pre-tokenizer is not supported, only ByteLevel "
                        "or Split and ByteLevel", split.ptr);
    if (!(isolated && !invert) && !(removed && invert))
        return wrong(s, "this behavior of Split is not supported, only "
                        "Isolated", split.ptr);
    if (!member_find(split, "pattern", &pattern) ||
        !member_is(&pattern, JSON_OBJECT) ||
        !member_find(pattern.value, "Regex", &regex) ||
        !member_is(&regex, JSON_STRING))
        return wrong(s, "a Split without a Regex is not supported", split.ptr);
    if (regex.value.len > 1 << 16)
        return wrong(s, "the pattern of the Split is too long", split.ptr);
    if (!json_unescape(regex.value, &arena, &text, &fault)) {
        arena_clear(&arena);
        return wrong(s, fault.what, regex.value.ptr + fault.at);
    }
    ok = take_pattern(s, text, split, removed);
    arena_clear(&arena);
    return ok;
}

static void set_pretokenizer(struct settings *s, const char *name)
{
    free(s->vocab->pretokenizer);
    s->vocab->pretokenizer = xstrdup(name);
}

/* Spaces replaced, one put first, and a cut before each (or none). */
static bool read_metaspace(struct settings *s, struct slice part)
{
    static const char *const schemes[] = {
        [VOCAB_SPACE_NEVER] = "never", [VOCAB_SPACE_ALWAYS] = "?",
        [VOCAB_SPACE_UNLESS] = "always", [VOCAB_SPACE_FIRST] = "first"
    };
    struct json_member m;
    size_t scheme = 0;

    if (s->vocab->is_chars && s->vocab->space != VOCAB_SPACE_NEVER)
        return wrong(s, "spaces are put first twice", part.ptr);
    if (!member_says(part, "replacement", VOCAB_SPACE))
        return wrong(s, "this replacement of Metaspace is not supported, only "
                        "U+2581", part.ptr);
    if (!member_find(part, "prepend_scheme", &m))
        scheme = member_true(part, "add_prefix_space", true)
                     ? VOCAB_SPACE_UNLESS : VOCAB_SPACE_NEVER;
    else
        while (scheme < 4 &&
               !member_says(part, "prepend_scheme", schemes[scheme]))
            scheme++;
    if (scheme == 4)
        return wrong(s, "this prepend_scheme is not supported", m.value.ptr);
    s->vocab->is_chars = true;
    s->vocab->space = (enum vocab_space)scheme;
    set_pretokenizer(s, member_true(part, "split", true) ? VOCAB_EACH_SPACE
                                                         : "metaspace");
    return true;
}

/* After the normalizer no space is left that this would part at. */
static bool is_split_at_spaces(struct slice part)
{
    struct json_member pattern;

    return member_type_is(part, "Split") &&
           member_find(part, "pattern", &pattern) &&
           member_is(&pattern, JSON_OBJECT) &&
           member_says(pattern.value, "String", " ");
}

static bool read_pretokenizer(struct settings *s)
{
    struct json_member m;
    struct parts parts;

    if (s->vocab->is_chars)
        set_pretokenizer(s, "metaspace");
    if (!member_find(s->root, "pre_tokenizer", &m))
        return s->vocab->is_chars ||
               wrong(s, "there is no pre-tokenizer: only byte-level "
                        "vocabularies are supported", s->root.ptr);
    if (!member_is(&m, JSON_OBJECT) ||
        !parts_of(m.value, "pretokenizers", &parts))
        return wrong(s, "the pre-tokenizer is not understood", m.value.ptr);
    if (parts.count == 1 && member_type_is(parts.items[0], "Metaspace"))
        return read_metaspace(s, parts.items[0]);
    if (s->vocab->is_chars)
        return (parts.count == 1 && is_split_at_spaces(parts.items[0])) ||
               wrong(s, "this pre-tokenizer is not supported for a vocabulary "
                        "of characters", m.value.ptr);
    if (parts.count == 1)
        return read_byte_level(s, parts.items[0], true);
    if (parts.count != 2)
        return wrong(s, "this sequence of pre-tokenizers is not supported, "
                        "only Split and ByteLevel", m.value.ptr);
    return read_split(s, parts.items[0]) &&
           read_byte_level(s, parts.items[1], false);
}

/* Tokens around each text are the business of encode's --eos, not read here. */
static bool read_post_processor(struct settings *s)
{
    struct json_member m;
    struct parts parts;

    if (!member_find(s->root, "post_processor", &m))
        return true;
    if (!member_is(&m, JSON_OBJECT) ||
        !parts_of(m.value, "processors", &parts))
        return wrong(s, "the post-processor is not understood", m.value.ptr);
    for (size_t i = 0; i < parts.count; i++)
        if (i == 2 || !member_type_is(parts.items[i], "ByteLevel")) {
            s->vocab->has_template = true;
            break;
        }
    return true;
}

bool vocab_settings_read(struct slice root, struct vocab *vocab,
                         struct fault *fault)
{
    struct settings s = { root, vocab, fault };
    struct json_member m;

    vocab->has_limits = member_find(root, "truncation", &m) ||
                        member_find(root, "padding", &m);
    return read_normalizer(&s) && read_pretokenizer(&s) &&
           read_post_processor(&s);
}

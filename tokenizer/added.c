/* SPDX-License-Identifier: Apache-2.0 */
/*
 * added - a trie over the contents, tried where a first byte occurs.
 *
 * 12 bytes for each byte of all contents, 4 kB for the first bytes.
 */
#include "tokenizer/added.h"

#include <stdlib.h>

#include "src/arena.h"
#include "src/fail.h"
#include "src/unicode.h"
#include "src/utf8.h"

/* Siblings hang together; the root's children are found by `first`. */
struct node {
    uint32_t child, sibling; /* 0 = none: node 0 is the root */
    uint32_t id;             /* of the token that ends here, or VOCAB_NONE */
    unsigned char byte;
};

struct added {
    const struct vocab *vocab;
    struct node *nodes;
    size_t count, cap;
    uint32_t first[256];
    int only_first;          /* the one first byte there is, or -1 */
    bool specials;
};

static uint32_t node_new(struct added *added, unsigned char byte)
{
    added->nodes = grow(added->nodes, &added->cap, added->count + 1,
                        sizeof *added->nodes);
    added->nodes[added->count] =
        (struct node){ 0, 0, VOCAB_NONE, byte };
    return (uint32_t)added->count++;
}

static uint32_t node_child(const struct added *added, uint32_t node,
                           unsigned char byte)
{
    uint32_t child = added->nodes[node].child;

    while (child != 0 && added->nodes[child].byte != byte)
        child = added->nodes[child].sibling;
    return child;
}

static void content_add(struct added *added, struct slice content,
                        uint32_t id)
{
    uint32_t at = 0;

    for (size_t i = 0; i < content.len; i++) {
        unsigned char byte = (unsigned char)content.ptr[i];
        uint32_t child = node_child(added, at, byte);

        if (child == 0) {
            child = node_new(added, byte);
            added->nodes[child].sibling = added->nodes[at].child;
            added->nodes[at].child = child;
            if (at == 0)
                added->first[byte] = child;
        }
        at = child;
    }
    added->nodes[at].id = id;
}

struct added *added_new(const struct vocab *vocab, bool normalized,
                        bool specials)
{
    struct added *added = xcalloc(1, sizeof *added);
    struct arena arena = { 0 };
    size_t ordinary = 0, firsts = 0;

    added->vocab = vocab;
    added->specials = specials;
    added->only_first = -1;
    node_new(added, 0);
    for (size_t id = 0; id < vocab->count; id++) {
        const struct vocab_token *token = &vocab->tokens[id];

        if (!(token->flags & VOCAB_ADDED) ||
            !(token->flags & VOCAB_NORMALIZED) == normalized)
            continue;
        content_add(added, normalized && vocab->nfc
                               ? unicode_nfc(token->bytes, &arena)
                               : token->bytes, (uint32_t)id);
        ordinary += specials || !(token->flags & VOCAB_SPECIAL);
    }
    arena_clear(&arena);
    for (int byte = 0; byte < 256; byte++)
        if (added->first[byte] != 0) {
            added->only_first = byte;
            firsts++;
        }
    if (firsts != 1)
        added->only_first = -1;
    if (ordinary > 0)
        return added;
    added_free(added);
    return NULL;
}

void added_free(struct added *added)
{
    if (!added)
        return;
    free(added->nodes);
    free(added);
}

/* The next offset where some content may begin, or text.len. */
static size_t next_first(const struct added *added, struct slice text,
                         size_t at)
{
    if (added->only_first >= 0 && at < text.len) {
        const char *found = memchr(text.ptr + at, added->only_first,
                                   text.len - at);

        return found ? (size_t)(found - text.ptr) : text.len;
    }
    while (at < text.len && added->first[(unsigned char)text.ptr[at]] == 0)
        at++;
    return at;
}

/* The longest content at `at`: its end, or `at` when there is none. */
static size_t longest_at(const struct added *added, struct slice text,
                         size_t at, uint32_t *id)
{
    uint32_t node = added->first[(unsigned char)text.ptr[at]];
    size_t end = at;

    for (size_t i = at + 1; node != 0; i++) {
        if (added->nodes[node].id != VOCAB_NONE) {
            *id = added->nodes[node].id;
            end = i;
        }
        if (i == text.len)
            break;
        node = node_child(added, node, (unsigned char)text.ptr[i]);
    }
    return end;
}

/*
 * What regular expressions call \w: letters, marks, decimals, letter-like
 * numbers, connectors, joiners, and letters in circles and squares.
 */
static bool is_word(uint32_t code_point)
{
    char category[3];

    if (code_point == UINT32_MAX)
        return false;
    if (code_point == 0x200c || code_point == 0x200d ||
        (code_point >= 0x24b6 && code_point <= 0x24e9) ||
        (code_point >= 0x1f130 && code_point <= 0x1f149) ||
        (code_point >= 0x1f150 && code_point <= 0x1f169) ||
        (code_point >= 0x1f170 && code_point <= 0x1f189))
        return true;
    unicode_category(code_point, category);
    return category[0] == 'L' || category[0] == 'M' ||
           strcmp(category, "Nd") == 0 || strcmp(category, "Nl") == 0 ||
           strcmp(category, "Pc") == 0;
}

/* Unicode's White_Space. */
static bool is_space(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* The code point that ends at `end` (above 0), and where it begins. */
static uint32_t before(struct slice text, size_t end, size_t *start)
{
    size_t at = end - 1;

    while (at > 0 && end - at < 4 && (text.ptr[at] & 0xc0) == 0x80)
        at--;
    *start = at;
    return utf8_next_lax(slice_make(text.ptr, end), &at);
}

static bool stands_alone(struct slice text, size_t start, size_t end)
{
    size_t at = 0;

    if (start > 0 && is_word(before(text, start, &at)))
        return false;
    at = end;
    return end == text.len || !is_word(utf8_next_lax(text, &at));
}

static size_t skip_left(struct slice text, size_t start)
{
    size_t at;

    while (start > 0 && is_space(before(text, start, &at)))
        start = at;
    return start;
}

static size_t skip_right(struct slice text, size_t end)
{
    size_t at = end;

    while (at < text.len && is_space(utf8_next_lax(text, &at)))
        end = at;
    return end;
}

bool added_next(const struct added *added, struct slice text,
                struct added_search *search, struct added_match *match)
{
    for (;;) {
        size_t start = next_first(added, text, search->from), end;
        unsigned flags;

        if (start == text.len)
            return false;
        end = longest_at(added, text, start, &match->id);
        search->from = end > start ? end : start + 1;
        if (end == start || start < search->taken)
            continue;
        flags = added->vocab->tokens[match->id].flags;
        if (!added->specials && flags & VOCAB_SPECIAL)
            continue;
        if (flags & VOCAB_SINGLE_WORD && !stands_alone(text, start, end))
            continue;
        match->start = flags & VOCAB_LSTRIP ? skip_left(text, start) : start;
        if (match->start < search->taken)
            match->start = search->taken;
        match->end = flags & VOCAB_RSTRIP ? skip_right(text, end) : end;
        search->taken = match->end;
        return true;
    }
}

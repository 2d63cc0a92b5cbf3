/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive - the plain way: look at all neighbours, merge the lowest, again.
 *
 * Time: n * n for a token of n bytes, two look-ups for each merge.
 */
#include "tokenizer/derive.h"

#include "src/fail.h"

#define NO_RANK UINT32_MAX

struct parts {
    struct slice token;
    derive_rule *rule;
    const void *context;
    size_t count;
    struct part {
        uint32_t id;
        uint32_t end;          /* where it ends in the token */
        uint32_t rank, result; /* of it and the next one */
    } items[DERIVE_MAX];
};

static void look_up(struct parts *parts, size_t i)
{
    struct part *part = &parts->items[i];
    size_t start = i > 0 ? part[-1].end : 0;

    part->rank = NO_RANK;
    if (i + 1 == parts->count)
        return;
    if (!parts->rule(parts->context,
                     slice_make(parts->token.ptr + start,
                                part[1].end - start),
                     part->id, part[1].id, &part->rank, &part->result))
        part->rank = NO_RANK;
}

/* Where the character, or byte, ends that begins at `at`. */
static size_t first_end(const struct vocab *vocab, struct slice token,
                        size_t at)
{
    at++;
    while (vocab->is_chars && at < token.len &&
           ((unsigned char)token.ptr[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static bool parts_begin(struct parts *parts, const struct vocab *vocab)
{
    parts->count = 0;
    for (size_t at = 0, end; at < parts->token.len; at = end) {
        struct part *part = &parts->items[parts->count++];

        end = first_end(vocab, parts->token, at);
        part->end = (uint32_t)end;
        if (!vocab_find(vocab, slice_make(parts->token.ptr + at, end - at),
                        &part->id))
            return false;
    }
    for (size_t i = 0; i < parts->count; i++)
        look_up(parts, i);
    return true;
}

static size_t lowest(const struct parts *parts)
{
    size_t at = 0;

    for (size_t i = 1; i < parts->count; i++)
        if (parts->items[i].rank < parts->items[at].rank)
            at = i;
    return at;
}

static void merge(struct parts *parts, size_t at)
{
    struct part *part = &parts->items[at];

    part->id = part->result;
    part->end = part[1].end;
    parts->count--;
    memmove(part + 1, part + 2, (parts->count - at - 1) * sizeof *part);
    look_up(parts, at);
    if (at > 0)
        look_up(parts, at - 1);
}

struct derivation derive(const struct vocab *vocab, uint32_t id,
                         derive_rule *rule, const void *context)
{
    struct parts parts; /* large: only what is used is set */
    struct derivation d = { .is_ascending = true };
    bool is_first = true;

    parts.token = vocab->tokens[id].key;
    parts.rule = rule;
    parts.context = context;
    if (parts.token.len < 2 || parts.token.len > DERIVE_MAX)
        bug("derive: a token of %zu bytes", parts.token.len);
    if (!parts_begin(&parts, vocab)) {
        d.count = parts.token.len;
        return d;
    }
    while (parts.count > 1) {
        size_t at = lowest(&parts);

        if (parts.items[at].rank == NO_RANK)
            break;
        if (!is_first && parts.items[at].rank < d.rank)
            d.is_ascending = false;
        is_first = false;
        d.left = parts.items[at].id;
        d.right = parts.items[at + 1].id;
        d.rank = parts.items[at].rank;
        merge(&parts, at);
    }
    d.count = parts.count;
    return d;
}

static bool listed_pair(const void *context, struct slice span, uint32_t left,
                        uint32_t right, uint32_t *rank, uint32_t *result)
{
    (void)span;
    return bpe_find(context, left, right, rank, result);
}

struct derivation derive_merged(const struct vocab *vocab, uint32_t id,
                                const struct bpe *bpe)
{
    return derive(vocab, id, listed_pair, bpe);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ranked - the order of a vocabulary's tokens, and the table of its merges.
 */
#include "tokenizer/ranked.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"
#include "tokenizer/keyed.h"

#define UNKNOWN UINT32_MAX

/* What pairs make, while that is being found out. */
struct pair {
    uint64_t key; /* keyed_pair() */
    uint32_t made;
};

struct pairs_so_far {
    struct pair *items;
    size_t cap;
};

static struct pair *pair_find(const struct pairs_so_far *pairs, uint32_t left,
                              uint32_t right)
{
    return keyed_find(pairs->items, pairs->cap, sizeof *pairs->items,
                      keyed_pair(left, right));
}

/* By the pairs so far, or (NULL) by the finished table. */
static inline uint32_t made_of(const struct ranked *r,
                               const struct pairs_so_far *pairs,
                               uint32_t left, uint32_t right)
{
    const struct pair *pair;

    if (!pairs)
        return ranked_merge(r, left, right);
    pair = pair_find(pairs, left, right);
    return pair->key == KEYED_FREE ? RANKED_NONE : pair->made;
}

/*
 * From their end back to the bytes: two parts that stand side by side at some
 * time are joined if their merge comes before those that take them elsewhere.
 * Of equal merges the leftmost comes first.
 */
static inline bool crosses(const struct ranked *r,
                           const struct pairs_so_far *pairs, uint32_t left,
                           uint32_t right)
{
    uint32_t left_end = RANKED_NONE, right_end = RANKED_NONE - 1;

    for (;;) {
        uint32_t both = made_of(r, pairs, left, right);

        if (both < left_end && both <= right_end)
            return true;
        if (left < RANKED_BYTES && right < RANKED_BYTES)
            return false;
        if (left >= right) {
            left_end = left;
            left = r->tokens[left].right;
        } else {
            right_end = right;
            right = r->tokens[right].left;
        }
    }
}

bool ranked_crosses(const struct ranked *r, uint32_t left, uint32_t right)
{
    return crosses(r, NULL, left, right);
}

static uint32_t token_add(struct ranked *r, struct ranked_token token,
                          uint32_t id)
{
    r->tokens[r->count] = token;
    r->ids[r->count] = id;
    return r->count++;
}

static void pair_add(struct ranked *r, struct pairs_so_far *pairs,
                     uint32_t token)
{
    struct ranked_token made = r->tokens[token];

    *pair_find(pairs, made.left, made.right) =
        (struct pair){ keyed_pair(made.left, made.right), token };
    if (made.left < RANKED_BYTES && made.right < RANKED_BYTES)
        r->byte_pairs[made.left << 8 | made.right] = token;
}

/* All 256, each with a token of its own. */
static bool number_bytes(struct ranked *r, const struct vocab *vocab,
                         uint32_t *numbers)
{
    for (unsigned i = 0; i < RANKED_BYTES; i++) {
        char byte = (char)(unsigned char)i;
        uint32_t id;

        if (!vocab_find(vocab, slice_make(&byte, 1), &id))
            return false;
        numbers[id] = token_add(r, (struct ranked_token){
            RANKED_NONE, RANKED_NONE, 1 }, id);
    }
    return true;
}

/*
 * Merges by rank: each makes its result of the result's bytes, unless another
 * merge comes before it across the border of the parts.  False when a part
 * comes to be after its merge.
 */
static bool number_merges(struct ranked *r, const struct vocab *vocab,
                          struct pairs_so_far *pairs, uint32_t *numbers)
{
    uint32_t *counts = xmalloc((vocab->merge_count + 1) * sizeof *counts);
    bool in_order = true;

    for (size_t i = 0; i < vocab->merge_count; i++) {
        const struct vocab_merge *m = &vocab->merges[i];
        struct ranked_token token = {
            numbers[m->left], numbers[m->right],
            (uint32_t)vocab->tokens[m->result].key.len
        };

        counts[i] = r->count;
        if (numbers[m->result] != UNKNOWN || token.left == UNKNOWN ||
            token.right == UNKNOWN ||
            crosses(r, pairs, token.left, token.right))
            continue;
        numbers[m->result] = token_add(r, token, m->result);
        pair_add(r, pairs, numbers[m->result]);
    }
    for (size_t i = 0; i < vocab->merge_count; i++) {
        uint32_t left = numbers[vocab->merges[i].left];
        uint32_t right = numbers[vocab->merges[i].right];

        if (left != UNKNOWN && right != UNKNOWN &&
            (left >= counts[i] || right >= counts[i]))
            in_order = false;
    }
    free(counts);
    return in_order;
}

static bool number_tokens(struct ranked *r, const struct vocab *vocab)
{
    uint32_t *numbers = xmalloc((vocab->count + 1) * sizeof *numbers);
    struct pairs_so_far pairs = { .cap = 64 };
    bool ok;

    while (pairs.cap < 2 * vocab->merge_count)
        pairs.cap *= 2;
    pairs.items = keyed_new(pairs.cap, sizeof *pairs.items);
    memset(numbers, 0xff, vocab->count * sizeof *numbers);
    ok = number_bytes(r, vocab, numbers) &&
         number_merges(r, vocab, &pairs, numbers);
    keyed_free(pairs.items, pairs.cap, sizeof *pairs.items);
    free(numbers);
    return ok;
}

static bool merges_make(struct ranked *r)
{
    size_t count = r->count - RANKED_BYTES;
    struct merge *merges = xmalloc((count + 1) * sizeof *merges);
    bool ok;

    for (uint32_t i = 0; i < count; i++) {
        struct ranked_token made = r->tokens[RANKED_BYTES + i];

        merges[i] = (struct merge){ made.left, made.right, RANKED_BYTES + i };
    }
    ok = merge_table_make(&r->merges, merges, count);
    free(merges);
    return ok;
}

struct ranked *ranked_new(const struct vocab *vocab)
{
    uint64_t count = (uint64_t)RANKED_BYTES + vocab->merge_count;
    struct ranked *r;

    if (count >= RANKED_NONE)
        return NULL;
    r = xcalloc(1, sizeof *r);
    r->tokens = xmalloc(count * sizeof *r->tokens);
    r->ids = xmalloc(count * sizeof *r->ids);
    r->byte_pairs = xmalloc((1 << 16) * sizeof *r->byte_pairs);
    for (size_t i = 0; i < 1 << 16; i++)
        r->byte_pairs[i] = RANKED_NONE;
    if (number_tokens(r, vocab) && merges_make(r))
        return r;
    ranked_free(r);
    return NULL;
}

void ranked_free(struct ranked *r)
{
    if (!r)
        return;
    free(r->tokens);
    free(r->ids);
    free(r->byte_pairs);
    merge_table_clear(&r->merges);
    free(r);
}

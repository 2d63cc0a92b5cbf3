/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ranked - the order of a vocabulary's tokens, and the table of its merges.
 */
#include "tokenizer/ranked.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"

enum { BITS_MIN = 8, MOVES_MAX = 500, LINE = 64 };

#define UNKNOWN UINT32_MAX

/*
 * From their end back to the bytes: two parts that stand side by side at some
 * time are joined if their merge comes before those that take them elsewhere.
 * Of equal merges the leftmost comes first.
 */
bool ranked_crosses(const struct ranked *r, uint32_t left, uint32_t right)
{
    uint32_t left_end = RANKED_NONE, right_end = RANKED_NONE - 1;

    for (;;) {
        uint32_t both = ranked_merge(r, left, right);

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

/* Where the merge that makes a token may stand: 0 and 1. */
static uint32_t *bucket_of(const struct ranked *r, uint32_t token, int which)
{
    struct ranked_token made = r->tokens[token];
    struct ranked_place place = ranked_place(r, made.left, made.right);
    const uint32_t *bucket = which == 0 ? place.one : place.two;

    return r->merges + (bucket - r->merges);
}

static uint32_t entry_of(const struct ranked *r, uint32_t token)
{
    struct ranked_token made = r->tokens[token];

    return ranked_place(r, made.left, made.right).tag | token;
}

static bool put_in(uint32_t *bucket, uint32_t entry)
{
    for (unsigned i = 0; i < RANKED_WAYS; i++)
        if (bucket[i] == RANKED_FREE) {
            bucket[i] = entry;
            return true;
        }
    return false;
}

/*
 * Put a merge in one of its buckets; when both are full, one from there goes to
 * its other, and so on.
 */
static bool place(struct ranked *r, uint32_t token)
{
    uint32_t *bucket = bucket_of(r, token, 0);

    for (unsigned moves = 0; moves < MOVES_MAX; moves++) {
        uint32_t entry = entry_of(r, token), *first;

        if (put_in(bucket, entry) || put_in(bucket_of(r, token, 1), entry))
            return true;
        token = bucket[moves % RANKED_WAYS] & RANKED_NONE;
        bucket[moves % RANKED_WAYS] = entry;
        first = bucket_of(r, token, 0);
        bucket = first != bucket ? first : bucket_of(r, token, 1);
    }
    return false;
}

static size_t merges_size(const struct ranked *r)
{
    return sizeof *r->merges * RANKED_WAYS << r->bucket_bits;
}

static void merges_alloc(struct ranked *r)
{
    r->merges = aligned_alloc(LINE, merges_size(r));
    if (!r->merges)
        die("out of memory");
    memset(r->merges, 0xff, merges_size(r));
}

/* Twice the buckets, until all have a place. */
static void place_all(struct ranked *r, uint32_t token)
{
    bool all = place(r, token);

    while (!all) {
        free(r->merges);
        r->bucket_bits++;
        merges_alloc(r);
        all = true;
        for (uint32_t i = RANKED_BYTES; i <= token && all; i++)
            all = place(r, i);
    }
}

static void merge_add(struct ranked *r, uint32_t token)
{
    struct ranked_token made = r->tokens[token];

    place_all(r, token);
    if (made.left < RANKED_BYTES && made.right < RANKED_BYTES)
        r->byte_pairs[made.left << 8 | made.right] = token;
}

static uint32_t token_add(struct ranked *r, struct ranked_token token)
{
    r->tokens[r->count] = token;
    return r->count++;
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
            RANKED_NONE, RANKED_NONE, id, 1 });
    }
    return true;
}

/*
 * Merges by rank: each makes its result of the result's bytes, unless another
 * merge comes before it across the border of the parts.  False when a part
 * comes to be after its merge.
 */
static bool number_merges(struct ranked *r, const struct vocab *vocab,
                          uint32_t *numbers)
{
    uint32_t *counts = xmalloc((vocab->merge_count + 1) * sizeof *counts);
    bool in_order = true;

    for (size_t i = 0; i < vocab->merge_count; i++) {
        const struct vocab_merge *m = &vocab->merges[i];
        struct ranked_token token = {
            numbers[m->left], numbers[m->right], m->result,
            (uint32_t)vocab->tokens[m->result].key.len
        };

        counts[i] = r->count;
        if (numbers[m->result] != UNKNOWN || token.left == UNKNOWN ||
            token.right == UNKNOWN ||
            ranked_crosses(r, token.left, token.right))
            continue;
        numbers[m->result] = token_add(r, token);
        merge_add(r, numbers[m->result]);
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
    bool ok;

    memset(numbers, 0xff, vocab->count * sizeof *numbers);
    ok = number_bytes(r, vocab, numbers) && number_merges(r, vocab, numbers);
    free(numbers);
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
    r->byte_pairs = xmalloc((1 << 16) * sizeof *r->byte_pairs);
    for (size_t i = 0; i < 1 << 16; i++)
        r->byte_pairs[i] = RANKED_NONE;
    r->bucket_bits = BITS_MIN;
    while ((uint64_t)RANKED_WAYS << r->bucket_bits < count + count / 8)
        r->bucket_bits++;
    merges_alloc(r);
    if (number_tokens(r, vocab))
        return r;
    ranked_free(r);
    return NULL;
}

void ranked_free(struct ranked *r)
{
    if (!r)
        return;
    free(r->tokens);
    free(r->byte_pairs);
    free(r->merges);
    free(r);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ranked - the order of a vocabulary's tokens, and its merges in 61 bits each.
 */
#include "tokenizer/ranked.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"

enum { BITS_MIN = 10, MOVES_MAX = 500 };

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
            left = r->parts[left].right;
        } else {
            right_end = right;
            right = r->parts[right].left;
        }
    }
}

/* Put a merge in its slot, and what stood there in its other, and so on. */
static bool place(struct ranked *r, uint64_t merge, uint64_t *left)
{
    bool second = false;

    for (int moves = 0; moves < MOVES_MAX; moves++) {
        uint64_t pair = merge >> RANKED_BITS;
        size_t at = ranked_slot(r, pair, second);
        uint64_t other = r->merges[at];

        r->merges[at] = merge;
        if (other == 0)
            return true;
        merge = other;
        second = ranked_slot(r, merge >> RANKED_BITS, false) == at;
    }
    *left = merge;
    return false;
}

/* Twice the slots, until all have one. */
static void place_all(struct ranked *r, uint64_t merge)
{
    while (!place(r, merge, &merge)) {
        uint64_t *old = r->merges, left;
        size_t cap = (size_t)1 << r->merge_bits++;

        r->merges = xcalloc(2 * cap, sizeof *r->merges);
        for (size_t i = 0; i < cap; i++)
            if (old[i] != 0 && !place(r, old[i], &left))
                bug("no slot for a merge in a table a quarter full");
        free(old);
    }
}

static void merge_add(struct ranked *r, struct ranked_parts parts,
                      uint32_t token)
{
    uint64_t pair = ranked_pair(parts.left, parts.right);

    place_all(r, pair << RANKED_BITS | token);
    if (parts.left < RANKED_BYTES && parts.right < RANKED_BYTES)
        r->byte_pairs[parts.left << 8 | parts.right] = token;
}

static uint32_t token_add(struct ranked *r, uint32_t id,
                          struct ranked_parts parts, size_t len)
{
    r->parts[r->count] = parts;
    r->lens[r->count] = (uint32_t)len;
    r->ids[r->count] = id;
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
        numbers[id] = token_add(r, id, (struct ranked_parts){ 0, 0 }, 1);
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
        struct ranked_parts parts = { numbers[m->left], numbers[m->right] };

        counts[i] = r->count;
        if (numbers[m->result] != UNKNOWN || parts.left == UNKNOWN ||
            parts.right == UNKNOWN ||
            ranked_crosses(r, parts.left, parts.right))
            continue;
        numbers[m->result] = token_add(r, m->result, parts,
                                       vocab->tokens[m->result].key.len);
        merge_add(r, parts, numbers[m->result]);
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
    r->parts = xmalloc(count * sizeof *r->parts);
    r->lens = xmalloc(count * sizeof *r->lens);
    r->ids = xmalloc(count * sizeof *r->ids);
    r->byte_pairs = xmalloc((1 << 16) * sizeof *r->byte_pairs);
    for (size_t i = 0; i < 1 << 16; i++)
        r->byte_pairs[i] = RANKED_NONE;
    r->merge_bits = BITS_MIN;
    while ((uint64_t)1 << r->merge_bits < 2 * count)
        r->merge_bits++;
    r->merges = xcalloc((size_t)1 << r->merge_bits, sizeof *r->merges);
    if (number_tokens(r, vocab))
        return r;
    ranked_free(r);
    return NULL;
}

void ranked_free(struct ranked *r)
{
    if (!r)
        return;
    free(r->parts);
    free(r->lens);
    free(r->ids);
    free(r->byte_pairs);
    free(r->merges);
    free(r);
}

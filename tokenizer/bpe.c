/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe - which of several ways a piece goes; all give the same ids.
 *
 * Most vocabularies have an order of their own (ranked.h): short pieces then go
 * through bpe_short.c, longer ones through backtrack.c.  For the others:
 *
 * Short pieces (nearly all): the ranks of all neighbours stand in an array on
 * the stack, which is scanned for the lowest once for each merge: O(n * n), but
 * n is small and nothing is allocated.
 *
 * Long pieces: the ranks go into a heap ordered by (rank, position), the ids
 * into a list linked by position: O(n log n).  A heap entry is stale when the
 * pair at its position has another rank by now; it is then passed over.
 *
 * Pairs are looked up in an open-addressing table, half full at most: 32 bytes
 * for each merge.
 */
#include "tokenizer/bpe.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/utf8.h"
#include "tokenizer/backtrack.h"
#include "tokenizer/bpe_many.h"
#include "tokenizer/keyed.h"

enum { SHORT_MAX = 64 };

#define NO_RANK UINT32_MAX

struct merge_slot {
    uint64_t key; /* keyed_pair() */
    uint32_t rank, result;
};

struct bpe {
    const struct vocab *vocab;
    struct merge_slot *slots;
    size_t cap;
    uint32_t bytes[256];  /* the id of each byte; VOCAB_NONE = none */
    struct ranked *ranked;       /* NULL: merging is not by these */
    struct backtrack *backtrack;
};

static struct merge_slot *slot_of(const struct bpe *bpe, uint32_t left,
                                  uint32_t right)
{
    return keyed_find(bpe->slots, bpe->cap, sizeof *bpe->slots,
                      keyed_pair(left, right));
}

struct bpe *bpe_new(const struct vocab *vocab)
{
    struct bpe *bpe = xcalloc(1, sizeof *bpe);
    bool has_twins = false;

    bpe->vocab = vocab;
    bpe->cap = 64;
    while (bpe->cap < 2 * vocab->merge_count)
        bpe->cap *= 2;
    bpe->slots = keyed_new(bpe->cap, sizeof *bpe->slots);
    for (size_t i = 0; i < vocab->merge_count; i++) {
        const struct vocab_merge *m = &vocab->merges[i];
        struct merge_slot *slot = slot_of(bpe, m->left, m->right);

        /* Of two merges of one pair the last counts, as in Hugging Face. */
        has_twins |= slot->key != KEYED_FREE;
        *slot = (struct merge_slot){ keyed_pair(m->left, m->right),
                                     (uint32_t)i, m->result };
    }
    for (unsigned i = 0; i < 256; i++) {
        char byte = (char)(unsigned char)i;

        if (!vocab_find(vocab, slice_make(&byte, 1), &bpe->bytes[i]))
            bpe->bytes[i] = vocab->unk;
    }
    if (!has_twins)
        bpe->ranked = ranked_new(vocab);
    if (bpe->ranked)
        bpe->backtrack = backtrack_new(bpe->ranked, vocab);
    return bpe;
}

void bpe_free(struct bpe *bpe)
{
    if (!bpe)
        return;
    backtrack_free(bpe->backtrack);
    ranked_free(bpe->ranked);
    keyed_free(bpe->slots, bpe->cap, sizeof *bpe->slots);
    free(bpe);
}

bool bpe_find(const struct bpe *bpe, uint32_t left, uint32_t right,
              uint32_t *rank, uint32_t *result)
{
    const struct merge_slot *slot = slot_of(bpe, left, right);

    if (slot->key == KEYED_FREE)
        return false;
    *rank = slot->rank;
    *result = slot->result;
    return true;
}

static uint32_t rank_of(const struct bpe *bpe, uint32_t left, uint32_t right)
{
    const struct merge_slot *slot = slot_of(bpe, left, right);

    return slot->key == KEYED_FREE ? NO_RANK : slot->rank;
}

/* One id for each byte; returns how many, fewer only where unks are fused. */
static size_t first_ids(const struct bpe *bpe, struct slice piece,
                        uint32_t *ids)
{
    bool fuse = bpe->vocab->fuse_unk && bpe->vocab->unk != VOCAB_NONE;
    bool after_unk = false;
    size_t count = 0;

    for (size_t i = 0; i < piece.len; i++) {
        unsigned char byte = (unsigned char)piece.ptr[i];
        uint32_t id = bpe->bytes[byte], own;

        if (id == VOCAB_NONE)
            return BPE_FAILED;
        if (fuse && id == bpe->vocab->unk) {
            bool is_unk = !vocab_find(bpe->vocab, slice_make(piece.ptr + i, 1),
                                      &own);

            if (is_unk && after_unk)
                continue;
            after_unk = is_unk;
        } else {
            after_unk = false;
        }
        ids[count++] = id;
    }
    return count;
}

/* A character without a token, by tokens of its bytes; 0 where one has none. */
static size_t fall_back(const struct vocab *vocab, struct slice character,
                        uint32_t *ids)
{
    for (size_t i = 0; i < character.len; i++) {
        ids[i] = vocab->fallback
                     ? vocab->fallback[(unsigned char)character.ptr[i]]
                     : VOCAB_NONE;
        if (ids[i] == VOCAB_NONE)
            return 0;
    }
    return character.len;
}

/* One id for each character, or for each byte of one that has none. */
static size_t first_chars(const struct vocab *vocab, struct slice piece,
                          uint32_t *ids)
{
    bool after_unk = false;
    size_t count = 0, start = 0, n;

    for (size_t at = 0; at < piece.len; start = at) {
        struct slice character;

        utf8_next_lax(piece, &at);
        character = slice_make(piece.ptr + start, at - start);
        n = vocab_find(vocab, character, ids + count)
                ? 1 : fall_back(vocab, character, ids + count);
        if (n == 0 && vocab->unk == VOCAB_NONE)
            return BPE_FAILED;
        if (n == 0 && !(after_unk && vocab->fuse_unk))
            ids[count++] = vocab->unk;
        after_unk = n == 0;
        count += n;
    }
    return count;
}

static size_t encode_short(const struct bpe *bpe, uint32_t *ids, size_t count)
{
    uint32_t ranks[SHORT_MAX]; /* of the pair that begins here */

    for (size_t i = 0; i + 1 < count; i++)
        ranks[i] = rank_of(bpe, ids[i], ids[i + 1]);
    while (count > 1) {
        uint32_t best = NO_RANK;
        size_t at = 0;

        for (size_t i = 0; i + 1 < count; i++)
            if (ranks[i] < best) {
                best = ranks[i];
                at = i;
            }
        if (best == NO_RANK)
            break;
        ids[at] = bpe->vocab->merges[best].result;
        count--;
        memmove(ids + at + 1, ids + at + 2, (count - at - 1) * sizeof *ids);
        memmove(ranks + at, ranks + at + 1, (count - at) * sizeof *ranks);
        if (at + 1 < count)
            ranks[at] = rank_of(bpe, ids[at], ids[at + 1]);
        if (at > 0)
            ranks[at - 1] = rank_of(bpe, ids[at - 1], ids[at]);
    }
    return count;
}

/* [cap] positions: what each holds, the rank of it and its follower, links. */
struct list {
    uint64_t *heap;   /* rank << 32 | position, the smallest first */
    size_t heap_count;
    uint32_t *ranks, *next, *prior;
    struct bpe_dropout *dropout;  /* or NULL */
    uint64_t *passed_over;        /* [passed_count] entries of the heap */
    size_t passed_count;
};

static void heap_sink(uint64_t *heap, size_t count, size_t at, uint64_t key)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= key)
            break;
        heap[at] = heap[child];
    }
    heap[at] = key;
}

static void heap_push(struct list *list, uint32_t rank, uint32_t position)
{
    uint64_t key = (uint64_t)rank << 32 | position;
    size_t at = list->heap_count++;

    while (at > 0 && list->heap[(at - 1) / 2] > key) {
        list->heap[at] = list->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    list->heap[at] = key;
}

/* Is the merge passed over this time? */
static bool is_dropped(struct bpe_dropout *dropout)
{
    uint64_t z = dropout->state += 0x9e3779b97f4a7c15u; /* splitmix64 */

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53 < dropout->probability;
}

static uint64_t heap_pop(struct list *list)
{
    uint64_t top = list->heap[0];

    list->heap_count--;
    if (list->heap_count > 0)
        heap_sink(list->heap, list->heap_count, 0,
                  list->heap[list->heap_count]);
    return top;
}

/* Look at the pair that begins at `at` again; a changed one enters the heap. */
static void pair_update(const struct bpe *bpe, struct list *list,
                        const uint32_t *ids, uint32_t at, uint32_t end)
{
    uint32_t next = list->next[at];

    list->ranks[at] = next == end ? NO_RANK
                                  : rank_of(bpe, ids[at], ids[next]);
    if (list->ranks[at] != NO_RANK)
        heap_push(list, list->ranks[at], at);
}

/* The merges on the list, until the heap is empty. */
static void list_merge(const struct bpe *bpe, struct list *list, uint32_t *ids,
                       uint32_t end)
{
    while (list->heap_count > 0) {
        uint64_t top = heap_pop(list);
        uint32_t at = (uint32_t)top, rank = (uint32_t)(top >> 32), gone;

        if (list->ranks[at] != rank)
            continue;
        if (list->dropout && is_dropped(list->dropout)) {
            list->passed_over[list->passed_count++] = top;
            continue;
        }
        while (list->passed_count > 0) {
            top = list->passed_over[--list->passed_count];
            heap_push(list, (uint32_t)(top >> 32), (uint32_t)top);
        }
        gone = list->next[at];
        ids[at] = bpe->vocab->merges[rank].result;
        list->ranks[gone] = NO_RANK;
        list->next[at] = list->next[gone];
        if (list->next[at] != end)
            list->prior[list->next[at]] = at;
        pair_update(bpe, list, ids, at, end);
        if (list->prior[at] != end)
            pair_update(bpe, list, ids, list->prior[at], end);
    }
}

static size_t encode_long(const struct bpe *bpe, uint32_t *ids, size_t count,
                          struct bpe_scratch *scratch,
                          struct bpe_dropout *dropout)
{
    uint32_t end = (uint32_t)count;
    struct list list = { 0 };
    size_t left = 0;

    /* Each merge takes one entry and one position away, and adds two. */
    scratch->bytes = grow(scratch->bytes, &scratch->cap, count,
                          dropout ? 44 : 28);
    list.dropout = dropout;
    list.heap = scratch->bytes;
    list.passed_over = list.heap + 2 * count;
    list.ranks = (uint32_t *)(list.heap + (dropout ? 4 : 2) * count);
    list.next = list.ranks + count;
    list.prior = list.next + count;
    for (uint32_t i = 0; i < end; i++) {
        list.next[i] = i + 1;
        list.prior[i] = i > 0 ? i - 1 : end;
        list.ranks[i] = i + 1 < end ? rank_of(bpe, ids[i], ids[i + 1])
                                    : NO_RANK;
        if (list.ranks[i] != NO_RANK)
            list.heap[list.heap_count++] = (uint64_t)list.ranks[i] << 32 | i;
    }
    for (size_t i = list.heap_count / 2; i-- > 0;)
        heap_sink(list.heap, list.heap_count, i, list.heap[i]);
    list_merge(bpe, &list, ids, end);
    for (uint32_t i = 0; i != end; i = list.next[i])
        ids[left++] = ids[i];
    return left;
}

size_t bpe_encode(const struct bpe *bpe, struct slice piece, uint32_t *ids,
                  struct bpe_scratch *scratch)
{
    size_t count;

    if (piece.len >= UINT32_MAX)
        return BPE_FAILED;
    if (bpe->vocab->ignore_merges && vocab_find(bpe->vocab, piece, ids))
        return 1;
    if (piece.len == 0)
        return 0;
    if (bpe->ranked && piece.len <= BPE_SHORT_MAX)
        return bpe_short(bpe->ranked, piece, ids);
    if (bpe->backtrack)
        return backtrack_encode(bpe->backtrack, piece, ids, scratch);
    count = bpe->vocab->is_chars ? first_chars(bpe->vocab, piece, ids)
                                 : first_ids(bpe, piece, ids);
    if (count == BPE_FAILED || count < 2)
        return count;
    return count <= SHORT_MAX ? encode_short(bpe, ids, count)
                              : encode_long(bpe, ids, count, scratch, NULL);
}

size_t bpe_encode_dropout(const struct bpe *bpe, struct slice piece,
                          uint32_t *ids, struct bpe_scratch *scratch,
                          struct bpe_dropout *dropout)
{
    size_t count;

    if (piece.len >= UINT32_MAX)
        return BPE_FAILED;
    count = bpe->vocab->is_chars ? first_chars(bpe->vocab, piece, ids)
                                 : first_ids(bpe, piece, ids);
    if (count == BPE_FAILED || count < 2 || dropout->probability >= 1)
        return count;
    return encode_long(bpe, ids, count, scratch, dropout);
}

bool bpe_encode_many(const struct bpe *bpe, struct bpe_job *jobs, size_t count)
{
    if (!bpe->ranked || bpe->vocab->ignore_merges)
        return false;
    bpe_many(bpe->ranked, jobs, count);
    return true;
}

void bpe_scratch_clear(struct bpe_scratch *scratch)
{
    free(scratch->bytes);
    *scratch = (struct bpe_scratch){ 0 };
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * backtrack - a trie of the tokens, and the search.
 *
 * A node of the trie is the slot where the edge that leads to it stands, so
 * that an edge is one number: 1 MB for 64,000 tokens.  Each step waits for the
 * one before it, so that long tokens (80 dashes of a table are 240 bytes) have
 * leaps, too: from a node over 16 bytes at once to that which they lead to.
 */
#include "tokenizer/backtrack.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"
#include "tokenizer/bpe.h"
#include "tokenizer/ranked.h"

enum {
    NODES_MAX = 1 << 22,
    EDGES_MIN = 1 << 10,
    ENDS = 1 << 8,        /* in an edge: a token ends where it leads */
    FEW = 256,            /* places whose bits are on the stack */
    LEAP = 16,            /* bytes */
    LEAPS_MIN = 1 << 4
};

#define NONE UINT32_MAX
#define LEAPS ((uint32_t)1 << 31)

struct leap {
    uint64_t bytes[2];
    uint32_t from, to;    /* nodes: NONE = before the first byte; 0 = free */
    uint32_t token;       /* the longest that ends before `to` */
};

struct backtrack {
    const struct ranked *ranked;
    uint32_t *shorter;     /* [its count] the next longest that a token begins
                              with; NONE */
    uint32_t *edges;       /* [edge_cap]: node << 9 | ENDS | byte, 0 = free */
    uint32_t *tokens;      /* [edge_cap] that end there */
    size_t edge_cap, edge_count;
    uint32_t *pairs;       /* [65536] nodes by the first two bytes, 0 = none;
                              LEAPS where a token with a leap begins so */
    struct leap *leaps;    /* [leap_cap], at most half full */
    size_t leap_cap, leap_count;
};

static uint32_t edge(uint32_t node, char byte)
{
    return node << 9 | (unsigned char)byte;
}

/* The slot of an edge, or the free one where it belongs. */
static inline uint32_t slot_of(const struct backtrack *b, uint32_t edge)
{
    uint32_t at = (uint32_t)(edge * (uint64_t)0x9e3779b97f4a7c15u >> 40) &
                  (uint32_t)(b->edge_cap - 1);

    while ((b->edges[at] & ~(uint32_t)ENDS) != edge && b->edges[at] != 0)
        at = (at + 1) & (uint32_t)(b->edge_cap - 1);
    return at;
}

static unsigned pair_of(const char *bytes)
{
    return (unsigned)(unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
}

/* The leap over the next LEAP bytes, or the free place where it belongs. */
static inline struct leap *leap_at(const struct backtrack *b, uint32_t from,
                                   const char *bytes)
{
    uint64_t words[2], hash;
    size_t at;

    memcpy(words, bytes, sizeof words);
    hash = ((words[0] ^ from) * 0xff51afd7ed558ccdu ^ words[1]) *
           0x9e3779b97f4a7c15u;
    for (at = hash >> 32 & (b->leap_cap - 1); b->leaps[at].to != 0;
         at = (at + 1) & (b->leap_cap - 1)) {
        const struct leap *leap = &b->leaps[at];

        if (leap->from == from && leap->bytes[0] == words[0] &&
            leap->bytes[1] == words[1])
            break;
    }
    return &b->leaps[at];
}

static void leaps_grow(struct backtrack *b)
{
    struct leap *old = b->leaps;
    size_t old_cap = b->leap_cap;

    b->leap_cap = old ? 2 * old_cap : LEAPS_MIN;
    b->leaps = xcalloc(b->leap_cap, sizeof *b->leaps);
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].to != 0)
            *leap_at(b, old[i].from, (const char *)old[i].bytes) = old[i];
    free(old);
}

/* Tokens that end before `to` are all known by now, being shorter. */
static void leap_add(struct backtrack *b, uint32_t from, const char *bytes,
                     uint32_t to, uint32_t token)
{
    struct leap *leap = leap_at(b, from, bytes);

    if (leap->to != 0)
        return;
    *leap = (struct leap){ .from = from, .to = to, .token = token };
    memcpy(leap->bytes, bytes, LEAP);
    if (2 * ++b->leap_count >= b->leap_cap)
        leaps_grow(b);
}

/* A token of two bytes or more; those that it begins with are there. */
static bool insert(struct backtrack *b, uint32_t token, struct slice bytes)
{
    uint32_t longest = (unsigned char)bytes.ptr[0], at = 0, from = NONE;

    for (size_t i = 1; i < bytes.len; i++) {
        /* The first two bytes are an edge from a node that is no slot. */
        uint32_t e = i == 1 ? edge((uint32_t)(b->edge_cap +
                                              (unsigned char)bytes.ptr[0]),
                                   bytes.ptr[1])
                            : edge(at, bytes.ptr[i]);

        if (i > 1 && b->edges[at] & ENDS)
            longest = b->tokens[at];
        at = slot_of(b, e);
        if (b->edges[at] == 0) {
            b->edges[at] = e;
            b->edge_count++;
        }
        if (i == 1)
            b->pairs[pair_of(bytes.ptr)] |= at | (bytes.len >= LEAP ? LEAPS
                                                                    : 0);
        if ((i + 1) % LEAP == 0) {
            leap_add(b, from, bytes.ptr + i + 1 - LEAP, at, longest);
            from = at;
        }
    }
    b->edges[at] |= ENDS;
    b->tokens[at] = token;
    b->shorter[token] = longest;
    return 4 * b->edge_count < 3 * b->edge_cap;
}

/* The numbers of all tokens, the shortest first. */
static uint32_t *by_length(const struct backtrack *b)
{
    uint32_t *order = xmalloc(b->ranked->count * sizeof *order);
    size_t longest = 0, *starts;

    for (uint32_t i = 0; i < b->ranked->count; i++)
        if (b->ranked->tokens[i].len > longest)
            longest = b->ranked->tokens[i].len;
    starts = xcalloc(longest + 2, sizeof *starts);
    for (uint32_t i = 0; i < b->ranked->count; i++)
        starts[b->ranked->tokens[i].len + 1]++;
    for (size_t len = 1; len <= longest; len++)
        starts[len] += starts[len - 1];
    for (uint32_t i = 0; i < b->ranked->count; i++)
        order[starts[b->ranked->tokens[i].len]++] = i;
    free(starts);
    return order;
}

static void trie_free(struct backtrack *b)
{
    free(b->edges);
    free(b->tokens);
    free(b->pairs);
    free(b->leaps);
    b->edges = b->tokens = b->pairs = NULL;
    b->leaps = NULL;
    b->leap_cap = b->leap_count = 0;
}

/* Larger and larger, until it is at most three quarters full. */
static bool trie_build(struct backtrack *b, const struct vocab *vocab)
{
    uint32_t *order = by_length(b), i = 0;

    b->edge_cap = EDGES_MIN;
    while (b->edge_cap < 2 * (size_t)b->ranked->count)
        b->edge_cap *= 2;
    while (i < b->ranked->count && b->edge_cap < NODES_MAX) {
        b->edges = xcalloc(b->edge_cap, sizeof *b->edges);
        b->tokens = xcalloc(b->edge_cap, sizeof *b->tokens);
        b->pairs = xcalloc(1 << 16, sizeof *b->pairs);
        leaps_grow(b);
        b->edges[0] = NONE; /* no edge: slot 0 means that there is none */
        b->edge_count = 1;
        for (i = RANKED_BYTES; i < b->ranked->count; i++) {
            uint32_t id = b->ranked->ids[order[i]];

            if (!insert(b, order[i], vocab->tokens[id].key))
                break;
        }
        if (i < b->ranked->count) {
            trie_free(b);
            b->edge_cap *= 2;
        }
    }
    free(order);
    return b->edges != NULL;
}

struct backtrack *backtrack_new(const struct ranked *ranked,
                                const struct vocab *vocab)
{
    struct backtrack *b = xcalloc(1, sizeof *b);

    b->ranked = ranked;
    b->shorter = xmalloc(ranked->count * sizeof *b->shorter);
    memset(b->shorter, 0xff, ranked->count * sizeof *b->shorter);
    if (trie_build(b, vocab))
        return b;
    backtrack_free(b);
    return NULL;
}

void backtrack_free(struct backtrack *b)
{
    if (!b)
        return;
    trie_free(b);
    free(b->shorter);
    free(b);
}

/* ---- the search ---- */

/*
 * The last search of the trie: wherever the same bytes stand again it would
 * find the same.  In runs (tables drawn of lines, blanks) they nearly always
 * do.
 */
struct walk {
    const char *from;
    size_t seen;     /* bytes that it looked at; SIZE_MAX: it met the end */
    uint32_t token;
};

static inline uint32_t longest_in_trie(const struct backtrack *b,
                                       struct slice bytes, struct walk *walk)
{
    uint32_t at = NONE, token = (unsigned char)bytes.ptr[0];
    uint32_t pair = b->pairs[pair_of(bytes.ptr)];
    size_t i = 0;

    for (; pair & LEAPS && bytes.len - i >= LEAP; i += LEAP) {
        const struct leap *leap = leap_at(b, at, bytes.ptr + i);

        if (leap->to == 0)
            break;
        at = leap->to;
        token = leap->token;
    }
    if (i == 0) {
        at = pair & ~LEAPS;
        i = 2;
    }
    for (; at != 0; i++) {
        uint32_t e = b->edges[at];

        if (e & ENDS)
            token = b->tokens[at];
        if (i == bytes.len)
            break;
        at = slot_of(b, edge(at, bytes.ptr[i]));
        if (b->edges[at] == 0)
            break;
    }
    *walk = (struct walk){
        bytes.ptr, at != 0 && i == bytes.len ? SIZE_MAX : i + (at != 0),
        token
    };
    return token;
}

/* The longest token at the beginning of one byte or more. */
static inline uint32_t longest_at(const struct backtrack *b,
                                  struct slice bytes, struct walk *walk)
{
    if (bytes.len == 1)
        return (unsigned char)bytes.ptr[0];
    if (walk->seen <= bytes.len &&
        memcmp(walk->from, bytes.ptr, walk->seen) == 0)
        return walk->token;
    return longest_in_trie(b, bytes, walk);
}

/* The last two tokens that were asked about: in runs they are the next, too. */
struct asked {
    uint32_t left, right;
    bool crosses;
};

static inline bool crosses(const struct backtrack *b, uint32_t left,
                           uint32_t right, struct asked *asked)
{
    if (left != asked->left || right != asked->right)
        *asked = (struct asked){
            left, right, ranked_crosses(b->ranked, left, right)
        };
    return asked->crosses;
}

size_t backtrack_encode(const struct backtrack *b, struct slice piece,
                        uint32_t *ids, struct bpe_scratch *scratch)
{
    uint64_t few[FEW / 64] = { 0 }, *left = few; /* places never to enter */
    size_t at = 0, count = 0, end;
    struct walk walk = { .seen = SIZE_MAX };
    struct asked asked = { NONE, NONE, false };
    uint32_t token = longest_at(b, piece, &walk);

    if (piece.len >= FEW) {
        scratch->bytes = grow(scratch->bytes, &scratch->cap,
                              piece.len / 64 + 1, sizeof *left);
        left = scratch->bytes;
        memset(left, 0, (piece.len / 64 + 1) * sizeof *left);
    }
    while (at < piece.len) {
        if (token == NONE) {
            left[at / 64] |= (uint64_t)1 << at % 64;
            token = ids[--count];
            at -= b->ranked->tokens[token].len;
            token = b->shorter[token];
            continue;
        }
        end = at + b->ranked->tokens[token].len;
        if (left[end / 64] >> end % 64 & 1 ||
            (count > 0 && crosses(b, ids[count - 1], token, &asked))) {
            token = b->shorter[token];
            continue;
        }
        ids[count++] = token;
        at = end;
        if (at < piece.len)
            token = longest_at(
                b, slice_make(piece.ptr + at, piece.len - at), &walk);
    }
    for (size_t i = 0; i < count; i++)
        ids[i] = b->ranked->ids[ids[i]];
    return count;
}

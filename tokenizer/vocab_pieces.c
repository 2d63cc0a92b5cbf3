/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_pieces - pieces into merges, and back.
 *
 * Reading: a look-up for each place where a piece can be parted; 20 bytes for
 * each way to make one.  Writing: as derive.h, for each token.
 */
#include "tokenizer/vocab_pieces.h"

#include <math.h>
#include <stdlib.h>

#include "src/utf8.h"
#include "tokenizer/derive.h"

/* ---- reading ---- */

enum { RUNS = 8, RUN_MAX = 256 };

/* A way to make a piece of two. */
struct way {
    float score; /* of what is made */
    struct vocab_merge merge;
};

struct ways {
    struct way *items; /* [count] */
    size_t count, cap;
};

static bool add_piece(struct vocab *vocab, const struct piece *piece,
                      size_t id, struct fault *fault)
{
    static const unsigned flags[] = {
        [PIECE_NORMAL] = VOCAB_MODEL,
        [PIECE_BYTE] = VOCAB_MODEL,
        [PIECE_UNKNOWN] = VOCAB_MODEL | VOCAB_ADDED | VOCAB_SPECIAL,
        [PIECE_CONTROL] = VOCAB_MODEL | VOCAB_ADDED | VOCAB_SPECIAL,
        [PIECE_USER_DEFINED] = VOCAB_MODEL | VOCAB_ADDED,
        [PIECE_UNUSED] = 0,
    };
    size_t at;

    if (piece->spell.len == 0)
        return refuse(fault, "a piece without characters", id);
    if (!utf8_check(piece->spell, &at))
        return refuse(fault, "a piece is not UTF-8", id);
    if (piece->type == PIECE_UNUSED)
        return refuse(fault, "unused pieces are not supported", id);
    if (piece->type == PIECE_USER_DEFINED &&
        memmem(piece->spell.ptr, piece->spell.len, VOCAB_SPACE, 3))
        return refuse(fault, "a user-defined piece with a space is not "
                             "supported", id);
    if (vocab_add(vocab, piece->spell, flags[piece->type]) == VOCAB_NONE)
        return refuse(fault, "a piece stands twice", id);
    if (piece->type == PIECE_BYTE && vocab->tokens[id].key.ptr)
        return refuse(fault, "a byte is not spelled <0x00> to <0xFF>", id);
    if (piece->type == PIECE_NORMAL && !vocab->tokens[id].key.ptr)
        return refuse(fault, "a piece is spelled like a byte", id);
    if (piece->type == PIECE_UNKNOWN && vocab->unk != VOCAB_NONE)
        return refuse(fault, "a second piece for what is unknown", id);
    if (piece->type == PIECE_UNKNOWN)
        vocab->unk = (uint32_t)id;
    return true;
}

/* All bytes have a piece, or none has. */
static bool settle_bytes(struct vocab *vocab, struct fault *fault)
{
    size_t count = 0;

    for (int byte = 0; byte < 256; byte++)
        count += vocab->fallback[byte] != VOCAB_NONE;
    if (count > 0 && count < 256)
        return refuse(fault, "some bytes have no piece", vocab->count);
    if (count == 0) {
        free(vocab->fallback);
        vocab->fallback = NULL;
    }
    return true;
}

static bool is_normal(const struct vocab *vocab, const struct piece *pieces,
                      struct slice bytes, uint32_t *id)
{
    return vocab_find(vocab, bytes, id) && pieces[*id].type == PIECE_NORMAL;
}

static void add_ways(struct ways *ways, const struct vocab *vocab,
                     const struct piece *pieces, uint32_t id)
{
    struct slice key = vocab->tokens[id].key;
    struct vocab_merge m = { .result = id };

    for (size_t at = 1; at < key.len; at++) {
        if (((unsigned char)key.ptr[at] & 0xc0) == 0x80 ||
            !is_normal(vocab, pieces, slice_make(key.ptr, at), &m.left) ||
            !is_normal(vocab, pieces,
                       slice_make(key.ptr + at, key.len - at), &m.right))
            continue;
        ways->items = grow(ways->items, &ways->cap, ways->count + 1,
                           sizeof *ways->items);
        ways->items[ways->count++] = (struct way){ pieces[id].score, m };
    }
}

static int by_score(const void *a, const void *b)
{
    const struct way *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->merge.result != y->merge.result)
        return x->merge.result < y->merge.result ? -1 : 1;
    if (x->merge.left != y->merge.left)
        return x->merge.left < y->merge.left ? -1 : 1;
    return x->merge.right < y->merge.right ? -1 : 1;
}

/* How often one byte stands in the key; 0 when others do, too. */
static size_t run_len(struct slice key)
{
    for (size_t i = 1; i < key.len; i++)
        if (key.ptr[i] != key.ptr[0])
            return 0;
    return key.len;
}

/*
 * Llama's runs of spaces have one score.  Of equal scores the leftmost pair is
 * merged first, where we have an order of merges: that comes to the same if it
 * does in runs of up to RUNS times the longest, for which it is tried.
 */
static bool are_runs_alike(const struct vocab *vocab, struct slice longest)
{
    struct bpe *bpe = bpe_new(vocab);
    struct bpe_scratch scratch = { 0 };
    size_t len_max = longest.len * RUNS, count = 0;
    char *run = xmalloc(len_max);
    uint32_t *ids = xmalloc(len_max * sizeof *ids);
    bool alike = true;

    memset(run, longest.ptr[0], len_max);
    for (size_t len = 1; len <= len_max && alike; len++) {
        count = bpe_encode(bpe, slice_make(run, len), ids, &scratch);
        alike = count == (len + longest.len - 1) / longest.len;
        /* From the left, each as long as can be. */
        for (size_t i = 0; alike && i + 1 < count; i++)
            alike = vocab->tokens[ids[i]].key.len == longest.len;
    }
    free(ids);
    free(run);
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    return alike;
}

/* Do all runs up to this one have a token? */
static bool has_all_runs(const struct vocab *vocab, struct slice longest)
{
    uint32_t id;

    for (size_t len = 1; len <= longest.len; len++)
        if (!vocab_find(vocab, slice_make(longest.ptr, len), &id))
            return false;
    return true;
}

/* Pieces of one score: runs of one byte, and then the same ids come of them. */
static bool can_tie(const struct vocab *vocab, const struct ways *ways,
                    size_t begin, size_t end)
{
    struct slice longest = { NULL, 0 };

    for (size_t i = begin; i < end; i++) {
        struct slice key = vocab->tokens[ways->items[i].merge.result].key;

        if (run_len(key) == 0 || (longest.len > 0 &&
                                  key.ptr[0] != longest.ptr[0]))
            return false;
        if (key.len > longest.len)
            longest = key;
    }
    return longest.len <= RUN_MAX && has_all_runs(vocab, longest) &&
           are_runs_alike(vocab, longest);
}

static bool check_ties(const struct vocab *vocab, const struct ways *ways,
                       struct fault *fault)
{
    size_t end;

    for (size_t i = 0; i < ways->count; i = end) {
        const struct way *way = &ways->items[i];
        bool is_tied = false;

        for (end = i; end < ways->count &&
             ways->items[end].score == way->score; end++)
            is_tied |= ways->items[end].merge.result != way->merge.result;
        if (is_tied && !can_tie(vocab, ways, i, end))
            return refuse(fault, "its score is another piece's, too",
                          way->merge.result);
    }
    return true;
}

static bool add_merges(struct vocab *vocab, const struct piece *pieces,
                       struct fault *fault)
{
    struct ways ways = { 0 };
    bool ok;

    for (uint32_t id = 0; id < vocab->count; id++)
        if (pieces[id].type == PIECE_NORMAL)
            add_ways(&ways, vocab, pieces, id);
    if (ways.count > 0)
        qsort(ways.items, ways.count, sizeof *ways.items, by_score);
    for (size_t i = 0; i < ways.count; i++)
        vocab_add_merge(vocab, ways.items[i].merge.left,
                        ways.items[i].merge.right,
                        ways.items[i].merge.result);
    ok = check_ties(vocab, &ways, fault);
    free(ways.items);
    return ok;
}

struct vocab *vocab_from_pieces(const struct piece *pieces, size_t count,
                                enum vocab_space space, struct fault *fault)
{
    struct vocab *vocab = vocab_new_chars();
    bool ok = true;

    vocab->space = space;
    for (size_t i = 0; i < count && ok; i++)
        ok = isfinite(pieces[i].score)
                 ? add_piece(vocab, &pieces[i], i, fault)
                 : refuse(fault, "a score is not a number", i);
    if (ok && settle_bytes(vocab, fault) &&
        add_merges(vocab, pieces, fault)) {
        vocab_settle_pieces(vocab);
        return vocab;
    }
    vocab_free(vocab);
    return NULL;
}

/* ---- writing ---- */

static enum piece_type type_of(const struct vocab *vocab, uint32_t id)
{
    unsigned flags = vocab->tokens[id].flags;

    if (id == vocab->unk)
        return PIECE_UNKNOWN;
    if (flags & VOCAB_SPECIAL)
        return PIECE_CONTROL;
    if (flags & VOCAB_ADDED)
        return PIECE_USER_DEFINED;
    return vocab->tokens[id].key.ptr ? PIECE_NORMAL : PIECE_BYTE;
}

static bool can_spaces(const struct vocab *vocab, struct fault *fault)
{
    const char *what = NULL;

    if (!vocab->is_chars)
        what = "its tokens are of bytes; only one of characters can be "
               "written so";
    else if (vocab->space == VOCAB_SPACE_UNLESS ||
             vocab->space == VOCAB_SPACE_FIRST)
        what = "a text that begins with a space has none put before it, "
               "which cannot be written";
    else if (strcmp(vocab->pretokenizer, VOCAB_EACH_SPACE) == 0)
        what = "text is cut at each space, which cannot be written";
    else if (vocab->unk == VOCAB_NONE)
        what = "it has no token for what is unknown";
    else if (vocab->ignore_merges)
        what = "ignore_merges cannot be written";
    else if (!vocab->fallback && !vocab->fuse_unk)
        what = "each unknown character is a token, which cannot be written";
    return !what || refuse(fault, what, vocab->count);
}

static bool can_token(const struct vocab *vocab, uint32_t id,
                      enum piece_type type, struct fault *fault)
{
    const struct vocab_token *token = &vocab->tokens[id];

    if (type == PIECE_USER_DEFINED &&
        (token->flags &
             (VOCAB_SINGLE_WORD | VOCAB_LSTRIP | VOCAB_RSTRIP) ||
         vocab->space != VOCAB_SPACE_NEVER ||
         memchr(token->bytes.ptr, ' ', token->bytes.len) ||
         memmem(token->bytes.ptr, token->bytes.len, VOCAB_SPACE, 3)))
        return refuse(fault, "an added token with spaces or rules of its own "
                             "cannot be written", id);
    if (token->key.len > DERIVE_MAX)
        return refuse(fault, "it has more than 8192 bytes", id);
    return true;
}

static bool can_bytes(const struct vocab *vocab, struct fault *fault)
{
    for (int byte = 0; byte < 256 && vocab->fallback; byte++)
        if (vocab->fallback[byte] == VOCAB_NONE)
            return refuse(fault, "a byte has no token", vocab->count);
    return true;
}

static bool is_one_character(struct slice key)
{
    size_t at = 0;

    utf8_next_lax(key, &at);
    return at == key.len;
}

/*
 * Each token is made in one way, by ranks that rise: then any others come too
 * late wherever it stands (derive.h).  The rank of its last merge is ranks[id].
 */
static bool is_made_once(const struct vocab *vocab,
                         const struct piece *pieces, const struct bpe *bpe,
                         uint32_t *ranks)
{
    for (uint32_t id = 0; id < vocab->count; id++) {
        struct slice key = vocab->tokens[id].key;
        struct derivation d;

        if (pieces[id].type != PIECE_NORMAL || is_one_character(key))
            continue;
        d = derive_merged(vocab, id, bpe);
        if (d.count != 1 || !d.is_ascending)
            return false;
        ranks[id] = d.rank;
    }
    return true;
}

/*
 * Every way to make a token is listed, and those of one stand together: that is
 * what a score says.  ranks[id] is the first.
 */
static bool is_made_always(const struct vocab *vocab,
                           const struct piece *pieces, const struct bpe *bpe,
                           uint32_t *ranks)
{
    for (size_t i = 0; i < vocab->merge_count; i++) {
        uint32_t id = vocab->merges[i].result;

        if (ranks[id] == VOCAB_NONE)
            ranks[id] = (uint32_t)i;
        else if (vocab->merges[i - 1].result != id)
            return false;
    }
    for (uint32_t id = 0; id < vocab->count; id++) {
        struct slice key = vocab->tokens[id].key;

        for (size_t at = 1; pieces[id].type == PIECE_NORMAL && at < key.len;
             at++) {
            uint32_t left, right, rank, result;

            if (((unsigned char)key.ptr[at] & 0xc0) != 0x80 &&
                is_normal(vocab, pieces, slice_make(key.ptr, at), &left) &&
                is_normal(vocab, pieces,
                          slice_make(key.ptr + at, key.len - at), &right) &&
                !bpe_find(bpe, left, right, &rank, &result))
                return false;
        }
    }
    return true;
}

static bool find_ranks(const struct vocab *vocab, const struct piece *pieces,
                       uint32_t *ranks, struct fault *fault)
{
    struct bpe *bpe;
    bool ok;

    for (size_t i = 0; i < vocab->merge_count; i++) {
        const struct vocab_merge *m = &vocab->merges[i];

        if (pieces[m->left].type != PIECE_NORMAL ||
            pieces[m->right].type != PIECE_NORMAL ||
            pieces[m->result].type != PIECE_NORMAL)
            return refuse(fault, "a merge with an added token cannot be "
                                 "written", m->result);
    }
    bpe = bpe_new(vocab);
    ok = is_made_once(vocab, pieces, bpe, ranks);
    if (!ok) {
        memset(ranks, 0xff, vocab->count * sizeof *ranks);
        ok = is_made_always(vocab, pieces, bpe, ranks);
    }
    bpe_free(bpe);
    return ok ||
           refuse(fault, "its merges are not those that scores would give",
                  vocab->count);
}

/* 0, -1, -2 ... in the order of the ranks, then for what no merge makes. */
static void set_scores(const struct vocab *vocab, struct piece *pieces,
                       const uint32_t *ranks)
{
    uint32_t *made = xmalloc((vocab->merge_count + 1) * sizeof *made);
    size_t score = 0;

    memset(made, 0xff, vocab->merge_count * sizeof *made);
    for (uint32_t id = 0; id < vocab->count; id++)
        if (ranks[id] != VOCAB_NONE)
            made[ranks[id]] = id;
    for (size_t i = 0; i < vocab->merge_count; i++)
        if (made[i] != VOCAB_NONE)
            pieces[made[i]].score = -(float)score++;
    for (uint32_t id = 0; id < vocab->count; id++)
        if (ranks[id] == VOCAB_NONE && pieces[id].type == PIECE_NORMAL)
            pieces[id].score = -(float)score++;
    free(made);
}

bool vocab_to_pieces(const struct vocab *vocab, struct piece *pieces,
                     struct arena *arena, struct fault *fault)
{
    bool ok = can_spaces(vocab, fault) && can_bytes(vocab, fault);
    uint32_t *ranks;

    for (uint32_t id = 0; id < vocab->count && ok; id++) {
        pieces[id] = (struct piece){ .spell = vocab_spell(vocab, id, arena),
                                     .type = type_of(vocab, id) };
        ok = can_token(vocab, id, pieces[id].type, fault);
    }
    if (!ok)
        return false;
    ranks = xmalloc((vocab->count + 1) * sizeof *ranks);
    memset(ranks, 0xff, vocab->count * sizeof *ranks);
    ok = find_ranks(vocab, pieces, ranks, fault);
    if (ok)
        set_scores(vocab, pieces, ranks);
    free(ranks);
    return ok;
}

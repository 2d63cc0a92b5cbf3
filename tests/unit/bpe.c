/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe - merges applied fast equal merges applied plainly, on random
 * vocabularies and pieces; the cache changes nothing; encoded texts decode to
 * themselves.
 */
#include <string.h>

#include "src/utf8.h"
#include "tests/bpe_naive.h"
#include "tests/check.h"
#include "tokenizer/bpe_many.h"
#include "tokenizer/encoder.h"

enum { PIECE_MAX = 400, CROWD = 50 };

static int many_count; /* vocabularies whose pieces can be merged together */

static struct slice random_piece(struct random *random, char *bytes,
                                 unsigned letters)
{
    size_t len = 1 + random_below(random, random_below(random, 4) == 0
                                              ? PIECE_MAX : 12);

    for (size_t i = 0; i < len; i++)
        bytes[i] = bpe_letter(random_below(random, letters));
    return slice_make(bytes, len);
}

static void fast_equals_naive(uint64_t seed)
{
    struct random random = { seed };
    unsigned letters = 1 + (unsigned)random_below(&random, 4);
    struct vocab *vocab = bpe_random_vocab(&random, letters);
    struct bpe_scratch scratch = { 0 };
    char bytes[PIECE_MAX + 12];
    uint32_t fast[PIECE_MAX + 12], slow[PIECE_MAX + 12];
    struct bpe *bpe;

    vocab->ignore_merges = random_below(&random, 4) == 0;
    if (random_below(&random, 4) == 0)
        bpe_twin(vocab);
    bpe = bpe_new(vocab);
    for (int round = 0; round < 30; round++) {
        struct slice piece = random_piece(&random, bytes, letters);
        size_t slow_count = bpe_naive(vocab, piece, slow);
        size_t count = bpe_encode(bpe, piece, fast, &scratch);

        check_that(count == slow_count &&
                   memcmp(fast, slow, count * sizeof *fast) == 0,
                   "seed %llu, round %d", (unsigned long long)seed, round);
    }
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    vocab_free(vocab);
}

/* Tokens of up to half of PIECE_MAX bytes, most of two of the last. */
static struct vocab *long_vocab(struct random *random)
{
    struct vocab *vocab = vocab_new(NULL);

    for (unsigned i = 0; i < 256; i++) {
        char byte = (char)i;

        vocab_add_token(vocab, slice_make(&byte, 1));
    }
    for (int merges = 0; merges < 60; merges++) {
        char bytes[PIECE_MAX], *to = bytes;
        uint32_t ids[2], result;

        for (int i = 0; i < 2; i++) {
            size_t back = 1 + random_below(random, 6);
            size_t id = vocab->count - 256 < back ? 'a' + back % 2
                                                  : vocab->count - back;
            struct slice part;

            ids[i] = vocab->tokens[id].bytes.len > PIECE_MAX / 4
                         ? 'a' : (uint32_t)id;
            part = vocab->tokens[ids[i]].bytes;
            memcpy(to, part.ptr, part.len);
            to += part.len;
        }
        result = vocab_add_token(vocab,
                                 slice_make(bytes, (size_t)(to - bytes)));
        if (result != VOCAB_NONE)
            vocab_add_merge(vocab, ids[0], ids[1], result);
    }
    return vocab;
}

/* Of tokens and of what begins and ends like one. */
static struct slice long_piece(struct random *random,
                               const struct vocab *vocab, char *bytes)
{
    size_t len = 0, want = 1 + random_below(random, PIECE_MAX);

    while (len < want) {
        size_t back = random_below(random, vocab->count - 256);
        struct slice token = vocab->tokens[vocab->count - 1 - back].bytes;
        size_t from = random_below(random, 4) == 0
                          ? random_below(random, token.len) : 0;
        size_t more = token.len - from;

        more = more < want - len ? more : want - len;
        memcpy(bytes + len, token.ptr + from, more);
        len += more;
        if (random_below(random, 8) == 0)
            bytes[len - 1] = (char)('a' + random_below(random, 3));
    }
    return slice_make(bytes, len);
}

static void long_tokens_equal_naive(uint64_t seed)
{
    struct random random = { seed };
    struct vocab *vocab = long_vocab(&random);
    struct bpe *bpe = bpe_new(vocab);
    struct bpe_scratch scratch = { 0 };
    char bytes[PIECE_MAX];
    uint32_t fast[PIECE_MAX], slow[PIECE_MAX];

    for (int round = 0; round < 30; round++) {
        struct slice piece = long_piece(&random, vocab, bytes);
        size_t count = bpe_naive(vocab, piece, slow);

        check(bpe_encode(bpe, piece, fast, &scratch) == count &&
              memcmp(fast, slow, count * sizeof *fast) == 0);
    }
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    vocab_free(vocab);
}

/* Many at once give what each gives alone. */
static void many_equal_naive(uint64_t seed)
{
    struct random random = { seed };
    struct vocab *vocab = bpe_random_vocab(&random, 3);
    struct bpe *bpe = bpe_new(vocab);
    struct bpe_job jobs[40];
    char bytes[40][BPE_MANY_MAX];
    size_t count = random_below(&random, 40);
    uint32_t slow[BPE_MANY_MAX];

    for (size_t i = 0; i < count; i++) {
        size_t len = 1 + random_below(&random, BPE_MANY_MAX);

        for (size_t k = 0; k < len; k++)
            bytes[i][k] = bpe_letter(random_below(&random, 3));
        jobs[i].piece = slice_make(bytes[i], len);
        memset(jobs[i].bytes, 0, sizeof jobs[i].bytes);
        memcpy(jobs[i].bytes, bytes[i], len);
    }
    if (bpe_encode_many(bpe, jobs, count)) {
        for (size_t i = 0; i < count; i++)
            check(jobs[i].count == bpe_naive(vocab, jobs[i].piece, slow) &&
                  memcmp(jobs[i].ids, slow,
                         jobs[i].count * sizeof *slow) == 0);
        many_count++;
    }
    bpe_free(bpe);
    vocab_free(vocab);
}

/* Thousands of merges of a few letters, longer and longer. */
static struct vocab *crowded_vocab(struct random *random)
{
    struct vocab *vocab = vocab_new(NULL);

    for (unsigned i = 0; i < 256; i++) {
        char byte = (char)i;

        vocab_add_token(vocab, slice_make(&byte, 1));
    }
    while (vocab->count < 15000) {
        struct slice parts[2];
        uint32_t ids[2], result;
        char bytes[2 * 8];

        for (int i = 0; i < 2; i++) {
            ids[i] = random_below(random, 2) == 0
                         ? (uint32_t)random_below(random, vocab->count)
                         : 'A' + (uint32_t)random_below(random, CROWD);
            parts[i] = vocab->tokens[ids[i]].bytes;
        }
        if (parts[0].len > 8 || parts[1].len > 8)
            continue;
        memcpy(bytes, parts[0].ptr, parts[0].len);
        memcpy(bytes + parts[0].len, parts[1].ptr, parts[1].len);
        result = vocab_add_token(
            vocab, slice_make(bytes, parts[0].len + parts[1].len));
        if (result != VOCAB_NONE)
            vocab_add_merge(vocab, ids[0], ids[1], result);
    }
    return vocab;
}

/* Among many merges of few bytes most pairs that are none are near to one. */
static void many_tell_merges_apart(void)
{
    enum { JOBS = 50, ROUNDS = 2000 };
    struct random random = { 5 };
    struct vocab *vocab = crowded_vocab(&random);
    struct bpe *bpe = bpe_new(vocab);
    struct bpe_scratch scratch = { 0 };
    struct bpe_job jobs[JOBS];
    uint32_t ids[BPE_MANY_MAX];

    for (int round = 0; round < ROUNDS; round++) {
        char bytes[JOBS][BPE_MANY_MAX];

        for (size_t i = 0; i < JOBS; i++) {
            size_t len = 1 + random_below(&random, BPE_MANY_MAX);

            for (size_t k = 0; k < len; k++)
                bytes[i][k] = (char)('A' + random_below(&random, CROWD));
            jobs[i].piece = slice_make(bytes[i], len);
            memset(jobs[i].bytes, 0, sizeof jobs[i].bytes);
            memcpy(jobs[i].bytes, bytes[i], len);
        }
        check(bpe_encode_many(bpe, jobs, JOBS));
        for (size_t i = 0; i < JOBS; i++)
            check(jobs[i].count ==
                      bpe_encode(bpe, jobs[i].piece, ids, &scratch) &&
                  memcmp(jobs[i].ids, ids, jobs[i].count * sizeof *ids) == 0);
    }
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    vocab_free(vocab);
}

/* Draw after draw, what each neighbours' merge has to pass. */
static size_t dropout_naive(const struct vocab *vocab, struct slice piece,
                            double probability, struct random *random,
                            uint32_t *ids)
{
    size_t count = 0;

    for (; count < piece.len; count++)
        vocab_find(vocab, slice_make(piece.ptr + count, 1), ids + count);
    for (;;) {
        size_t best = vocab->merge_count, at = 0;

        for (size_t i = 0; i + 1 < count; i++)
            for (size_t k = 0; k < vocab->merge_count; k++)
                if (vocab->merges[k].left == ids[i] &&
                    vocab->merges[k].right == ids[i + 1] &&
                    (double)random_below(random, 1 << 20) >=
                        probability * (1 << 20) && k < best) {
                    best = k;
                    at = i;
                }
        if (best == vocab->merge_count)
            return count;
        ids[at] = vocab->merges[best].result;
        count--;
        memmove(ids + at + 1, ids + at + 2, (count - at - 1) * sizeof *ids);
    }
}

/* As often each way, within five standard deviations. */
static void dropout_draws_like_naive(double probability)
{
    enum { DRAWS = 20000, WAYS = 1 << 5 };
    struct random random = { 21 };
    struct vocab *vocab = bpe_random_vocab(&random, 2);
    struct bpe *bpe = bpe_new(vocab);
    struct bpe_dropout dropout = { probability, 5 };
    struct bpe_scratch scratch = { 0 };
    struct slice piece = slice_make("b\0bb\0\0", 6);
    int ways[2][WAYS] = { { 0 } }, used = 0;

    for (int draw = 0; draw < 2 * DRAWS; draw++) {
        uint32_t ids[8];
        size_t count = draw % 2
                           ? dropout_naive(vocab, piece, probability, &random,
                                           ids)
                           : bpe_encode_dropout(bpe, piece, ids, &scratch,
                                                &dropout);
        unsigned way = 0; /* where it is cut */

        for (size_t i = 0, at = 0; i + 1 < count; i++) {
            at += vocab->tokens[ids[i]].bytes.len;
            way |= 1u << (at - 1);
        }
        ways[draw % 2][way]++;
    }
    for (int way = 0; way < WAYS; way++) {
        double a = ways[0][way], b = ways[1][way];

        used += a > 0;
        check_that((a - b) * (a - b) <= 25 * (a + b), "%g: %d: %g and %g",
                   probability, way, a, b);
    }
    check(used > 2);
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    vocab_free(vocab);
}

static void dropout_of_none_and_all(void)
{
    struct random random = { 22 };

    for (int round = 0; round < 200; round++) {
        struct vocab *vocab = bpe_random_vocab(&random, 3);
        struct bpe *bpe = bpe_new(vocab);
        struct bpe_dropout none = { 0, 1 }, all = { 1, 1 };
        struct bpe_scratch scratch = { 0 };
        char bytes[PIECE_MAX + 12];
        uint32_t ids[PIECE_MAX + 12], plain[PIECE_MAX + 12];
        struct slice piece = random_piece(&random, bytes, 3);
        size_t count = bpe_encode(bpe, piece, plain, &scratch);

        check(bpe_encode_dropout(bpe, piece, ids, &scratch, &none) == count &&
              memcmp(ids, plain, count * sizeof *ids) == 0);
        check(bpe_encode_dropout(bpe, piece, ids, &scratch, &all) ==
              piece.len);
        bpe_scratch_clear(&scratch);
        bpe_free(bpe);
        vocab_free(vocab);
    }
}

/* A byte without a token is unk, or a failure when there is none. */
static void missing_bytes(void)
{
    struct vocab *vocab = vocab_new(NULL);
    struct bpe_scratch scratch = { 0 };
    uint32_t ids[8];
    struct bpe *bpe;

    vocab_add_token(vocab, slice_from("a"));
    vocab_add_special(vocab, slice_from("<unk>"));
    bpe = bpe_new(vocab);
    check(bpe_encode(bpe, slice_from("a"), ids, &scratch) == 1);
    check(bpe_encode(bpe, slice_from("ab"), ids, &scratch) == BPE_FAILED);
    bpe_free(bpe);
    vocab->unk = 1;
    bpe = bpe_new(vocab);
    check(bpe_encode(bpe, slice_from("abbab"), ids, &scratch) == 5);
    check(ids[0] == 0 && ids[1] == 1 && ids[2] == 1 && ids[4] == 1);
    bpe_free(bpe);
    vocab->fuse_unk = true;
    bpe = bpe_new(vocab);
    check(bpe_encode(bpe, slice_from("abbab"), ids, &scratch) == 4);
    check(ids[0] == 0 && ids[1] == 1 && ids[2] == 0 && ids[3] == 1);
    bpe_free(bpe);
    vocab_free(vocab);
}

/* A long run of one letter takes the time that it should; see bench for it. */
static void endless_pieces_end(void)
{
    enum { LEN = 1 << 20 };
    struct random random = { 5 };
    struct vocab *vocab = bpe_random_vocab(&random, 1);
    struct bpe *bpe = bpe_new(vocab);
    struct bpe_scratch scratch = { 0 };
    char *bytes = malloc(LEN);
    uint32_t *ids = malloc(LEN * sizeof *ids);
    size_t count, len = 0;

    memset(bytes, bpe_letter(0), LEN);
    count = bpe_encode(bpe, slice_make(bytes, LEN), ids, &scratch);
    check(count > 0 && count <= LEN);
    for (size_t i = 0; i < count; i++)
        len += vocab->tokens[ids[i]].bytes.len;
    check(len == LEN);
    free(bytes);
    free(ids);
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    vocab_free(vocab);
}

/* Random code points of all planes, most of them of the ordinary kind. */
static struct slice random_text(struct random *random, char *bytes, size_t cap)
{
    size_t len = 0, want = random_below(random, cap - 4);

    while (len < want) {
        uint32_t kind = (uint32_t)random_below(random, 8), c;

        c = kind < 3 ? ' ' + (uint32_t)random_below(random, 95)
            : kind < 5 ? 0x80 + (uint32_t)random_below(random, 0x780)
            : kind < 6 ? 0x800 + (uint32_t)random_below(random, 0xc000)
            : kind < 7 ? 0x10000 + (uint32_t)random_below(random, 0x100000)
                       : (uint32_t)random_below(random, 32);
        len += utf8_put(bytes + len, c);
    }
    return slice_make(bytes, len);
}

static void decoding_undoes_encoding(const char *pretokenizer)
{
    struct random random = { 3 };
    struct vocab *vocab = bpe_random_vocab(&random, 26);
    struct encoder_worker *worker = encoder_worker_new();
    struct encoder encoder;
    struct fault fault;

    free(vocab->pretokenizer);
    vocab->pretokenizer = xstrdup(pretokenizer);
    vocab_add_special(vocab, slice_from("<|end|>"));
    check(encoder_open(&encoder, vocab, false, &fault));
    for (int round = 0; round < 2000; round++) {
        char bytes[600], back[600];
        struct slice text = random_text(&random, bytes, sizeof bytes);
        size_t len = 0;

        check(encoder_text(&encoder, worker, text, &fault));
        for (size_t i = 0; i < worker->count; i++) {
            struct slice token = vocab->tokens[worker->ids[i]].bytes;

            memcpy(back + len, token.ptr, token.len);
            len += token.len;
        }
        check_that(slice_equal(text, slice_make(back, len)), "%s, round %d",
                   pretokenizer, round);
    }
    encoder_close(&encoder);
    encoder_worker_free(worker);
    vocab_free(vocab);
}

/* A text, and the ids of it, with special tokens as text or as themselves. */
static void encodes_to(struct vocab *vocab, bool specials, const char *text,
                       const char *want)
{
    struct encoder_worker *worker = encoder_worker_new();
    struct encoder encoder;
    struct fault fault;
    char got[200] = "";

    check(encoder_open(&encoder, vocab, specials, &fault));
    check(encoder_text(&encoder, worker, slice_from(text), &fault));
    for (size_t i = 0; i < worker->count; i++) {
        struct vocab_token *token = &vocab->tokens[worker->ids[i]];
        size_t len = strlen(got);

        snprintf(got + len, sizeof got - len,
                 token->flags & VOCAB_ADDED ? "[%.*s]" : "%.*s|",
                 (int)token->bytes.len, token->bytes.ptr);
    }
    check_that(strcmp(got, want) == 0, "'%s' gives %s", text, got);
    encoder_close(&encoder);
    encoder_worker_free(worker);
}

static void added_tokens_are_found(void)
{
    struct vocab *vocab = vocab_new("gpt2");

    for (unsigned byte = 0; byte < 256; byte++) {
        char c = (char)(unsigned char)byte;

        vocab_add_token(vocab, slice_make(&c, 1));
    }
    vocab_add_special(vocab, slice_from("<e>"));
    vocab_add(vocab, slice_from("  "), VOCAB_ADDED | VOCAB_NORMALIZED);
    vocab_add(vocab, slice_from("   "), VOCAB_ADDED | VOCAB_NORMALIZED);
    vocab_add(vocab, slice_from("<l>"), VOCAB_ADDED | VOCAB_LSTRIP);
    vocab_add(vocab, slice_from("<r>"), VOCAB_ADDED | VOCAB_RSTRIP);
    vocab_add(vocab, slice_from("dom"), VOCAB_ADDED | VOCAB_SINGLE_WORD);
    encodes_to(vocab, false, "a<e>b", "a|<|e|>|b|");
    encodes_to(vocab, true, "a<e>b", "a|[<e>]b|");
    encodes_to(vocab, true, "<e><e>", "[<e>][<e>]");
    encodes_to(vocab, false, "a   b", "a|[   ]b|");
    encodes_to(vocab, false, "a     b", "a|[   ][  ]b|");
    encodes_to(vocab, false, "a <l> b", "a|[<l>] |b|");
    encodes_to(vocab, false, "a <r> b", "a| |[<r>]b|");
    encodes_to(vocab, false, "dom", "[dom]");
    encodes_to(vocab, false, "doma", "d|o|m|a|");
    encodes_to(vocab, false, "a.dom.a", "a|.|[dom].|a|");
    encodes_to(vocab, false, "", "");
    vocab_free(vocab);
}

int main(void)
{
    for (uint64_t seed = 1; seed <= 400; seed++) {
        fast_equals_naive(seed);
        long_tokens_equal_naive(seed);
        many_equal_naive(seed);
    }
    check(many_count > 100);
    many_tell_merges_apart();
    dropout_draws_like_naive(0.1);
    dropout_draws_like_naive(0.5);
    dropout_of_none_and_all();
    missing_bytes();
    endless_pieces_end();
    decoding_undoes_encoding("gpt2");
    decoding_undoes_encoding("llama3");
    decoding_undoes_encoding("o200k");
    added_tokens_are_found();
    return check_done();
}

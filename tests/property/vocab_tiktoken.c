/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_tiktoken - what is read from a list of ranks encodes as tiktoken does,
 * whatever the tokens and their order; what can be written as one encodes as
 * before, and what cannot would not have.
 */
#include <unistd.h>

#include "src/base64.h"
#include "tests/bpe_naive.h"
#include "tokenizer/bpe.h"
#include "tokenizer/derive.h"
#include "tokenizer/vocab_file.h"
#include "tokenizer/vocab_tiktoken.h"

enum { PIECE_MAX = 14, TEXT_MAX = 16384 };

/* tiktoken, plainly: a token stays whole, else the lowest rank is merged. */
static size_t tiktoken_naive(const struct vocab *vocab, struct slice piece,
                             uint32_t *ids)
{
    size_t ends[PIECE_MAX + 1], count = piece.len;

    if (vocab_find(vocab, piece, ids))
        return 1;
    for (size_t i = 0; i <= count; i++)
        ends[i] = i;
    for (;;) {
        uint32_t best = VOCAB_NONE, id;
        size_t at = 0;

        for (size_t i = 0; i + 2 <= count; i++)
            if (vocab_find(vocab, slice_make(piece.ptr + ends[i],
                                             ends[i + 2] - ends[i]), &id) &&
                id < best) {
                best = id;
                at = i;
            }
        if (best == VOCAB_NONE)
            break;
        memmove(ends + at + 1, ends + at + 2, (count - at - 1) * sizeof *ends);
        count--;
    }
    for (size_t i = 0; i < count; i++)
        check(vocab_find(vocab, slice_make(piece.ptr + ends[i],
                                           ends[i + 1] - ends[i]), ids + i));
    return count;
}

/* Both ways on every piece of up to `longest` of the first letters. */
static bool agree(const struct vocab *vocab, unsigned letters, size_t longest,
                  uint64_t seed, bool must)
{
    struct bpe *bpe = bpe_new(vocab);
    struct bpe_scratch scratch = { 0 };
    uint32_t ours[PIECE_MAX], theirs[PIECE_MAX];
    bool same = true;

    for (size_t len = 1; len <= longest && same; len++) {
        unsigned digits[PIECE_MAX] = { 0 };
        char piece[PIECE_MAX];
        size_t at = 0;

        memset(piece, bpe_letter(0), len);
        while (at < len && same) {
            struct slice bytes = { piece, len };
            size_t n = tiktoken_naive(vocab, bytes, theirs);

            same = bpe_encode(bpe, bytes, ours, &scratch) == n &&
                   memcmp(ours, theirs, n * sizeof *ours) == 0;
            check_that(same || !must, "seed %llu: %.*s",
                       (unsigned long long)seed, (int)len, piece);
            for (at = 0; at < len && ++digits[at] == letters; at++) {
                digits[at] = 0;
                piece[at] = bpe_letter(0);
            }
            if (at < len)
                piece[at] = bpe_letter(digits[at]);
        }
    }
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    return same;
}

static void put_line(char *text, size_t *len, struct slice token, uint64_t id)
{
    struct arena arena = { 0 };
    struct slice spell = base64_encode(token, &arena);

    *len += (size_t)snprintf(text + *len, TEXT_MAX - *len, "%.*s %llu\n",
                             (int)spell.len, spell.ptr,
                             (unsigned long long)id);
    arena_clear(&arena);
}

/* Any tokens in any order, made by merges or not, and ids left out. */
static struct vocab *random_ranks(struct random *random, unsigned letters)
{
    struct vocab *seen = vocab_new(NULL), *vocab;
    char *text = malloc(TEXT_MAX), bytes[8];
    uint64_t id = 0, wide = 256, others = random_below(random, 40);
    struct fault fault;
    size_t len = 0;

    while (wide + others > 0) {
        bool byte = random_below(random, wide + others) < wide;
        size_t n = byte ? 1 : 2 + random_below(random, 6);

        bytes[0] = (char)(unsigned char)--wide;
        if (!byte) {
            wide++;
            others--;
            for (size_t i = 0; i < n; i++)
                bytes[i] = bpe_letter(random_below(random, letters));
        }
        if (vocab_add_token(seen, slice_make(bytes, n)) == VOCAB_NONE)
            continue;
        put_line(text, &len, slice_make(bytes, n), id);
        id += random_below(random, 8) == 0 ? 2 : 1;
    }
    vocab = vocab_tiktoken_read(slice_make(text, len), "x", &fault);
    check_that(vocab, "%s at %zu", fault.what, fault.at);
    check(!vocab->pretokenizer && vocab->ignore_merges);
    free(text);
    vocab_free(seen);
    return vocab;
}

static void what_is_read_encodes_alike(uint64_t seed)
{
    struct random random = { seed };
    unsigned letters = 1 + (unsigned)random_below(&random, 3);
    struct vocab *vocab = random_ranks(&random, letters);
    struct fault fault;

    agree(vocab, letters, letters == 1 ? PIECE_MAX : 7, seed, true);
    check_that(vocab_tiktoken_can(vocab, &fault), "seed %llu: %s",
               (unsigned long long)seed, fault.what);
    vocab_free(vocab);
}

/* Counts of both outcomes, so that neither is never tried. */
static uint64_t written, refused;

static void what_is_written_encodes_alike(uint64_t seed)
{
    struct random random = { seed };
    unsigned letters = 1 + (unsigned)random_below(&random, 3);
    struct vocab *vocab = bpe_random_vocab(&random, letters), *again;
    char path[] = "/tmp/mlin-ranks-XXXXXX";
    struct fault fault = { 0 };

    vocab->ignore_merges = random_below(&random, 2) == 0;
    if (vocab_tiktoken_can(vocab, &fault)) {
        written++;
        agree(vocab, letters, 7, seed, true);
        close(mkstemp(path));
        vocab_tiktoken_save(vocab, path);
        again = vocab_load(path, &fault);
        check_that(again, "%s at %zu", fault.what, fault.at);
        check(again->count == vocab->count);
        agree(again, letters, 7, seed, true);
        vocab_free(again);
        unlink(path);
    } else if (!strstr(fault.what, "order")) {
        refused++;
        check_that(!agree(vocab, letters, 9, seed, false),
                   "seed %llu: refused for nothing: %s",
                   (unsigned long long)seed, fault.what);
    }
    vocab_free(vocab);
}

int main(void)
{
    for (uint64_t seed = 0; seed < 300; seed++)
        what_is_read_encodes_alike(seed);
    for (uint64_t seed = 0; seed < 600; seed++)
        what_is_written_encodes_alike(seed);
    check_that(written > 50 && refused > 5, "%llu written, %llu refused",
               (unsigned long long)written, (unsigned long long)refused);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe - the input is a seed for a vocabulary and a piece: merges applied fast
 * are the merges applied plainly, in the short way, the long way and the cache.
 */
#include <stdint.h>
#include <stdlib.h>

#include "tests/bpe_naive.h"
#include "tests/fuzz/must.h"
#include "tokenizer/bpe.h"
#include "tokenizer/cache.h"

enum { PIECE_MAX = 300 };

static void cache_agrees(struct slice piece, const uint32_t *ids, size_t count)
{
    struct cache *cache = cache_new(1 << 16);
    struct cache_key key = cache_key(cache, piece);
    uint32_t found[PIECE_MAX];
    size_t found_count;

    must(cache_get(cache, &key, piece, found) == 0, "the cache knows too much");
    cache_put(cache, &key, piece, ids, count);
    found_count = cache_get(cache, &key, piece, found);
    must(found_count == count || found_count == 0,
         "the cache gives another number of ids");
    must(found_count > 0 || piece.ptr[piece.len - 1] == '\0',
         "the cache forgets a piece");
    must(memcmp(found, ids, found_count * sizeof *ids) == 0,
         "the cache gives other ids");
    cache_free(cache);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t fast[PIECE_MAX], slow[PIECE_MAX];
    struct bpe_scratch scratch = { 0 };
    struct random random = { 0 };
    struct vocab *vocab;
    struct bpe *bpe;
    char piece[PIECE_MAX];
    size_t len = 0, count, slow_count;
    unsigned letters;

    for (; size > 0 && len < 3; len++, data++, size--)
        random.state = random.state << 8 | *data;
    letters = 1 + (unsigned)(random.state % 5);
    if (size == 0)
        return 0;
    /* Letters that have merges, but for the bytes above 0xf0. */
    for (len = 0; len < size && len < PIECE_MAX; len++)
        piece[len] = data[len] >= 0xf0 ? (char)data[len]
                                       : bpe_letter(data[len] % letters);
    vocab = bpe_random_vocab(&random, letters);
    if (random.state % 4 == 0)
        bpe_twin(vocab);
    bpe = bpe_new(vocab);
    count = bpe_encode(bpe, slice_make(piece, len), fast, &scratch);
    slow_count = bpe_naive(vocab, slice_make(piece, len), slow);
    must(count == slow_count && memcmp(fast, slow, count * sizeof *fast) == 0,
         "fast and naive merges differ");
    if (len > 0)
        cache_agrees(slice_make(piece, len), fast, count);
    bpe_scratch_clear(&scratch);
    bpe_free(bpe);
    vocab_free(vocab);
    return 0;
}

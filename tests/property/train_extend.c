/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_extend - a vocabulary that is extended keeps what it has, and goes on
 * as the naive trainer does after its merges: even one whose tokens could come
 * to be in several ways.
 */
#include "tests/train_naive.h"

/* What `extend` takes over: the same tokens and merges. */
static struct vocab *vocab_copy(const struct vocab *from)
{
    struct vocab *to = vocab_new(from->pretokenizer);

    for (size_t i = 0; i < from->count; i++)
        if (from->tokens[i].flags & VOCAB_SPECIAL)
            vocab_add_special(to, from->tokens[i].bytes);
        else
            vocab_add_token(to, from->tokens[i].bytes);
    for (size_t i = 0; i < from->merge_count; i++)
        vocab_add_merge(to, from->merges[i].left, from->merges[i].right,
                        from->merges[i].result);
    return to;
}

/*
 * Extended by the words it was made of, a vocabulary goes on as if it had never
 * stopped; by other words, it keeps its tokens and merges, and the naive
 * trainer, after those merges, finds the same.
 */
static void extended(struct random *random)
{
    struct wordcount table = { 0 }, other = { 0 };
    struct trainer_options options = random_options(random);
    struct trainer *trainer[3];
    struct vocab *vocab[3];
    struct naive n;
    size_t merges;

    random_words(random, &table);
    random_words(random, &other);
    check(wordcount_add_all(&other, &table));
    options.all_bytes = true;
    vocab[0] = train(&table, &options, 290, &trainer[0]);
    options.extend = vocab_copy(vocab[0]);
    vocab[1] = train(&table, &options, 310, &trainer[1]);
    options.extend = vocab_copy(vocab[0]);
    vocab[2] = train(&other, &options, 310, &trainer[2]);
    merges = vocab[0]->merge_count;
    for (size_t i = 0; i < merges; i++)
        check(memcmp(&vocab[2]->merges[i], &vocab[0]->merges[i],
                     sizeof *vocab[0]->merges) == 0);
    load(&n, &other, vocab[2]);
    for (size_t i = 0; i < merges; i++)
        naive_merge(&n, vocab[0]->merges[i]);
    judge_from(&n, vocab[2], merges, 310, &options, "extended");
    trainer_grow(trainer[0], 310);
    check(same(vocab[0], vocab[1]));
    for (size_t i = 0; i < 3; i++)
        trainer_free(trainer[i]);
    wordcount_clear(&table);
    wordcount_clear(&other);
}

/* ---- tokens that could come to be in several ways ---- */

/* Give a random token a second way to be made; false when it has none. */
static bool add_second_way(struct random *random, struct vocab *vocab)
{
    uint32_t id = 256 + (uint32_t)random_below(random, vocab->count - 256);
    struct slice bytes = vocab->tokens[id].key;

    for (size_t cut = 1; cut < bytes.len; cut++) {
        uint32_t left, right;
        bool is_known = false;

        if (!vocab_find(vocab, slice_make(bytes.ptr, cut), &left) ||
            !vocab_find(vocab, slice_make(bytes.ptr + cut, bytes.len - cut),
                        &right))
            continue;
        for (size_t i = 0; i < vocab->merge_count; i++)
            is_known |= vocab->merges[i].left == left &&
                        vocab->merges[i].right == right;
        if (is_known)
            continue;
        vocab_add_merge(vocab, left, right, id);
        return true;
    }
    return false;
}

/* Returns how many merges the vocabulary has that can make a token anew. */
static size_t several_ways(struct random *random)
{
    struct trainer_options options = { .all_bytes = true };
    struct wordcount table = { 0 }, other = { 0 };
    struct trainer *first, *trainer;
    const struct vocab *vocab;
    struct naive n;
    size_t known, rank, tokens, again = 0;
    uint32_t left = 0, right = 0;

    random_words(random, &table);
    random_words(random, &other);
    options.extend = vocab_copy(train(&table, &options, 290, &first));
    for (int i = 0; i < 12 && options.extend->count > 256; i++)
        again += add_second_way(random, options.extend);
    known = options.extend->merge_count;
    tokens = options.extend->count;
    vocab = train(&other, &options, 320, &trainer);
    load(&n, &other, vocab);
    for (rank = 0; rank < known; rank++)
        naive_merge(&n, vocab->merges[rank]);
    while (tokens < 320 &&
           naive_best(&n, tokens, vocab, &options, &left, &right) > 0) {
        struct vocab_merge m = vocab->merges[rank];

        for (size_t i = 0; i < known; i++) /* out of order in the old one */
            if (vocab->merges[i].left == left &&
                vocab->merges[i].right == right)
                m = vocab->merges[i];
        rank += rank < vocab->merge_count &&
                memcmp(&m, &vocab->merges[rank], sizeof m) == 0;
        check(m.left == left && m.right == right);
        tokens += m.result == tokens;
        naive_merge(&n, m);
    }
    check(rank == vocab->merge_count);
    trainer_free(first);
    trainer_free(trainer);
    wordcount_clear(&table);
    wordcount_clear(&other);
    return again;
}

int main(void)
{
    struct random random = { 1 };
    size_t again = 0;

    for (int round = 0; round < 400; round++)
        extended(&random);
    for (int round = 0; round < 300; round++)
        again += several_ways(&random);
    check(again > 300);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bpe_naive.h - the slow, obvious way to apply merges: the judge of bpe.c; and
 * random vocabularies for it to judge by.
 */
#ifndef MLIN_TESTS_BPE_NAIVE_H
#define MLIN_TESTS_BPE_NAIVE_H

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"
#include "tests/check.h"
#include "tokenizer/vocab.h"

/* Find the neighbours of lowest rank, leftmost first; merge; until none. */
static inline size_t bpe_naive(const struct vocab *vocab, struct slice piece,
                               uint32_t *ids)
{
    size_t count = 0;

    if (vocab->ignore_merges && vocab_find(vocab, piece, ids))
        return 1;
    for (; count < piece.len; count++)
        if (!vocab_find(vocab, slice_make(piece.ptr + count, 1), ids + count))
            return SIZE_MAX;
    for (size_t rank = 0; rank < vocab->merge_count; rank++) {
        const struct vocab_merge *merge = &vocab->merges[rank];
        size_t i = 0;

        while (i + 1 < count &&
               (ids[i] != merge->left || ids[i + 1] != merge->right))
            i++;
        if (i + 1 >= count)
            continue;
        ids[i] = merge->result;
        memmove(ids + i + 1, ids + i + 2, (count - i - 2) * sizeof *ids);
        count--;
        rank = (size_t)-1; /* all over again */
    }
    return count;
}

static inline bool bpe_has_merge(const struct vocab *vocab, uint32_t left,
                                 uint32_t right)
{
    for (size_t i = 0; i < vocab->merge_count; i++)
        if (vocab->merges[i].left == left && vocab->merges[i].right == right)
            return true;
    return false;
}

/* The last merge once more: it changes nothing but how merges are looked up. */
static inline void bpe_twin(struct vocab *vocab)
{
    struct vocab_merge last;

    if (vocab->merge_count == 0)
        return;
    last = vocab->merges[vocab->merge_count - 1];
    vocab_add_merge(vocab, last.left, last.right, last.result);
}

/*
 * All bytes in a random order, then merges among the first letters; now and
 * then a second way to what exists.
 */
static inline struct vocab *bpe_random_vocab(struct random *random,
                                             unsigned letters)
{
    struct vocab *vocab = vocab_new(NULL);
    unsigned char order[256];
    uint64_t merges = random_below(random, 60);

    for (unsigned i = 0; i < 256; i++)
        order[i] = (unsigned char)i;
    for (unsigned i = 255; i > 0; i--) {
        unsigned j = (unsigned)random_below(random, i + 1);
        unsigned char byte = order[i];

        order[i] = order[j];
        order[j] = byte;
    }
    for (unsigned i = 0; i < 256; i++)
        vocab_add_token(vocab, slice_make((char *)order + i, 1));
    while (merges-- > 0) {
        struct slice parts[2], both;
        uint32_t ids[2], result;
        char bytes[64];

        for (int i = 0; i < 2; i++) {
            char letter = (char)('a' + random_below(random, letters));

            ids[i] = 256 + (uint32_t)random_below(random, vocab->count - 200);
            if (ids[i] >= vocab->count)
                vocab_find(vocab, slice_make(&letter, 1), &ids[i]);
            parts[i] = vocab->tokens[ids[i]].bytes;
        }
        if (parts[0].len + parts[1].len > sizeof bytes)
            continue;
        memcpy(bytes, parts[0].ptr, parts[0].len);
        memcpy(bytes + parts[0].len, parts[1].ptr, parts[1].len);
        both = slice_make(bytes, parts[0].len + parts[1].len);
        result = vocab_add_token(vocab, both);
        if (result == VOCAB_NONE && random_below(random, 4) == 0)
            vocab_find(vocab, both, &result);
        if (result != VOCAB_NONE && !bpe_has_merge(vocab, ids[0], ids[1]))
            vocab_add_merge(vocab, ids[0], ids[1], result);
    }
    return vocab;
}

#endif

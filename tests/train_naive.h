/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_naive.h - a trainer of forty lines, the judge of ours: it counts all
 * pairs anew before each merge; and random words for both.
 */
#ifndef MLIN_TESTS_TRAIN_NAIVE_H
#define MLIN_TESTS_TRAIN_NAIVE_H

#include <string.h>

#include "tests/check.h"
#include "tests/wordlist.h"
#include "tokenizer/trainer.h"

enum { WORDS_MAX = 400, LEN_MAX = 300 };

struct naive_word {
    uint32_t symbols[LEN_MAX];
    size_t len;
    uint64_t count;
};

struct naive {
    struct naive_word *words; /* [count] */
    size_t count;
};

static struct naive_word words[WORDS_MAX];
static const char *const letters[] = { "a", "b", "1", "2", "\u00e9", "\u20ac",
                                       "\u10d0", "\U0001f600", " " };

enum { LETTERS = sizeof letters / sizeof *letters };

/* Only whole letters, or, when it may, the beginning of one of them. */
static inline bool naive_is_whole(const char *bytes, size_t len, bool may_begin)
{
    for (size_t i = 0; i < LETTERS && may_begin; i++)
        if (len < strlen(letters[i]) && memcmp(letters[i], bytes, len) == 0)
            return true;
    for (size_t i = 0; len > 0 && i < LETTERS; i++) {
        size_t n = strlen(letters[i]);

        if (n <= len && memcmp(letters[i], bytes, n) == 0)
            return n == len || naive_is_whole(bytes + n, len - n, false);
    }
    return false;
}

/* May no token be made of these two? */
static inline bool naive_is_barred(const struct vocab *vocab, size_t left,
                            size_t right, const struct trainer_options *o)
{
    struct slice a = vocab->tokens[left].key, b = vocab->tokens[right].key;
    char both[2 * LEN_MAX + 1];

    memcpy(both, a.ptr, a.len);
    memcpy(both + a.len, b.ptr, b.len);
    both[a.len + b.len] = '\0';
    if (o->token_bytes_max > 0 && a.len + b.len > o->token_bytes_max)
        return true;
    if (o->single_digits)
        for (size_t i = 0; i + 1 < a.len + b.len; i++)
            if (strchr("0123456789", both[i]) &&
                strchr("0123456789", both[i + 1]))
                return true;
    if (o->alphabet)
        for (size_t i = 1; i < a.len + b.len; i++)
            if (both[i] == ' ' && both[i - 1] != ' ')
                return true;
    return o->broken != BROKEN_ANY &&
           !naive_is_whole(both, a.len + b.len, o->broken == BROKEN_STEPS);
}

static inline struct vocab *train(const struct wordcount *table,
                           const struct trainer_options *options, size_t size,
                           struct trainer **trainer)
{
    struct wordset_table one = { table, 1, 0 };

    *trainer = trainer_new(&one, 1, 1, options);
    trainer_grow(*trainer, size);
    return (struct vocab *)(uintptr_t)trainer_vocab(*trainer);
}

/* The most frequent pair of all words, ties to the smallest ids; 0: none. */
static inline uint64_t naive_best(const struct naive *n, size_t tokens,
                           const struct vocab *vocab,
                           const struct trainer_options *options,
                           uint32_t *left, uint32_t *right)
{
    uint64_t *counts = calloc(tokens * tokens, sizeof *counts), best = 0;

    for (size_t w = 0; w < n->count; w++)
        for (size_t i = 0; i + 1 < n->words[w].len; i++)
            counts[n->words[w].symbols[i] * tokens +
                   n->words[w].symbols[i + 1]] += n->words[w].count;
    for (size_t i = 0; i < tokens * tokens; i++)
        if (counts[i] > best &&
            !naive_is_barred(vocab, i / tokens, i % tokens, options)) {
            best = counts[i];
            *left = (uint32_t)(i / tokens);
            *right = (uint32_t)(i % tokens);
        }
    free(counts);
    return best;
}

static inline void naive_merge(struct naive *n, struct vocab_merge m)
{
    for (size_t w = 0; w < n->count; w++) {
        struct naive_word *word = &n->words[w];
        size_t out = 0;

        for (size_t i = 0; i < word->len; out++)
            if (i + 1 < word->len && word->symbols[i] == m.left &&
                word->symbols[i + 1] == m.right) {
                word->symbols[out] = m.result;
                i += 2;
            } else {
                word->symbols[out] = word->symbols[i++];
            }
        word->len = out;
    }
}

/* Every merge of `vocab`, in turn, is the one that the naive trainer makes. */
static inline void judge_from(struct naive *n, const struct vocab *vocab,
                       size_t first, size_t size,
                       const struct trainer_options *options, const char *what)
{
    size_t tokens = vocab->count - vocab->merge_count + first;
    uint64_t least = options->min_frequency > 1 ? options->min_frequency : 1;
    uint64_t best = 0;
    uint32_t left = 0, right = 0;

    check(tokens >= options->special_count);
    for (size_t rank = first;; rank++, tokens++) {
        struct vocab_merge m;

        best = naive_best(n, tokens, vocab, options, &left, &right);
        if (best < least || tokens >= size) {
            check_that(rank == vocab->merge_count, "%s: %zu merges, not %zu",
                       what, vocab->merge_count, rank);
            return;
        }
        check_that(rank < vocab->merge_count, "%s: only %zu merges", what,
                   rank);
        m = vocab->merges[rank];
        check_that(m.left == left && m.right == right && m.result == tokens,
                   "%s: merge %zu is (%u, %u) = %u, not (%u, %u) = %zu", what,
                   rank, m.left, m.right, m.result, left, right, tokens);
        naive_merge(n, m);
    }
}

static inline void judge(struct naive *n, const struct vocab *vocab,
                         size_t size, const struct trainer_options *options,
                         const char *what)
{
    judge_from(n, vocab, 0, size, options, what);
}

static inline void load(struct naive *n, const struct wordcount *table,
                 const struct vocab *vocab)
{
    struct wordcount_item *items = wordlist(table);

    n->words = words;
    n->count = table->count;
    for (size_t w = 0; w < table->count; w++) {
        words[w].len = items[w].word.len;
        words[w].count = items[w].count;
        for (size_t i = 0; i < items[w].word.len; i++)
            check(vocab_find(vocab, slice_make(items[w].word.ptr + i, 1),
                             &words[w].symbols[i]));
    }
    free(items);
}

/* Of characters: those that are no token part a word. */
static inline void load_characters(struct naive *n,
                                   const struct wordcount *table,
                                   const struct vocab *vocab)
{
    struct wordcount_item *items = wordlist(table);

    n->words = words;
    n->count = 0;
    for (size_t w = 0; w < table->count; w++) {
        struct slice word = items[w].word;
        struct naive_word *part = NULL;

        for (size_t at = 0, end; at < word.len; at = end) {
            uint32_t id;

            for (end = at + 1;
                 end < word.len && ((unsigned char)word.ptr[end] & 0xc0) ==
                                       0x80;)
                end++;
            if (!vocab_find(vocab, slice_make(word.ptr + at, end - at), &id)) {
                part = NULL;
                continue;
            }
            if (!part) {
                check(n->count < WORDS_MAX);
                part = &words[n->count++];
                part->len = 0;
                part->count = items[w].count;
            }
            part->symbols[part->len++] = id;
        }
    }
    free(items);
}

static inline struct trainer_options random_options(struct random *random)
{
    static const char *const specials[] = { "<eos>", "<pad>" };

    return (struct trainer_options){
        .min_frequency = random_below(random, 3) ? 0 : random_below(random, 9),
        .specials = specials,
        .special_count = random_below(random, 3),
        .all_bytes = random_below(random, 8) == 0,
        .token_bytes_max = random_below(random, 4) ? 0
                                                   : random_below(random, 9),
        .broken = (enum trainer_broken)random_below(random, 3),
        .single_digits = random_below(random, 3) == 0,
    };
}

static inline void random_words(struct random *random, struct wordcount *table)
{
    uint64_t kinds = 1 + random_below(random, LETTERS);
    uint64_t first = random_below(random, LETTERS);
    uint64_t longest = random_below(random, 6) ? 12 : LEN_MAX / 4;
    /* Large counts, of which small ones are not kept at first. */
    uint64_t most = random_below(random, 3) ? 5 : 1000000;
    char word[LEN_MAX];

    for (uint64_t i = 1 + random_below(random, 30); i > 0; i--) {
        size_t len = 0;

        for (uint64_t k = 1 + random_below(random, longest); k > 0; k--) {
            const char *letter =
                letters[(first + random_below(random, kinds)) % LETTERS];

            memcpy(word + len, letter, strlen(letter));
            len += strlen(letter);
        }
        check(wordcount_add(table, slice_make(word, len),
                            1 + random_below(random, random_below(random, 2)
                                                        ? most : 5)));
    }
}

static inline bool same(const struct vocab *a, const struct vocab *b)
{
    if (a->count != b->count || a->merge_count != b->merge_count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!slice_equal(a->tokens[i].bytes, b->tokens[i].bytes))
            return false;
    return a->merge_count == 0 || memcmp(a->merges, b->merges,
                                         a->merge_count * sizeof *a->merges) ==
                                      0;
}

#endif

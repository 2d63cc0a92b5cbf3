/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_threads - several threads find what one does: on corpora whose pairs
 * stand in thousands of places, over so few letters that the merges of a round
 * stand side by side and letters repeat; with and without rules about tokens,
 * of bytes and of characters, of one language and of several.
 */
#include "tests/train_naive.h"

enum { LANGUAGES = 3 };

/* Words of a few letters, most of which go on as they began. */
static void many_words(struct random *random, struct wordcount *table)
{
    size_t count = 2000 + random_below(random, 20000);
    size_t kinds = 2 + random_below(random, LETTERS - 1);

    for (size_t i = 0; i < count; i++) {
        char word[128];
        size_t len = 0, letter = 0, parts = 1 + random_below(random, 24);

        for (size_t k = 0; k < parts; k++) {
            if (k == 0 || random_below(random, 3))
                letter = random_below(random, kinds);
            memcpy(word + len, letters[letter], strlen(letters[letter]));
            len += strlen(letters[letter]);
        }
        check(wordcount_add(table, slice_make(word, len),
                            1 + random_below(random, i % 7 ? 20 : 5000)));
    }
}

static void judge_threads(const struct wordset_table *tables, size_t languages,
                          struct trainer_options *options, size_t size)
{
    static const size_t threads[] = { 1, 2, 3, 7 };
    struct trainer *trainers[4];

    for (size_t i = 0; i < 4; i++) {
        options->threads = threads[i];
        trainers[i] = trainer_new(tables, LANGUAGES, languages, options);
        trainer_grow(trainers[i], size / 2);
        trainer_grow(trainers[i], size);
        check(same(trainer_vocab(trainers[0]), trainer_vocab(trainers[i])));
    }
    check(trainer_vocab(trainers[0])->merge_count > 10);
    for (size_t i = 0; i < 4; i++)
        trainer_free(trainers[i]);
}

static void one_corpus(struct random *random)
{
    struct trainer_options options = random_options(random);
    struct parity_options parity = { .window = random_below(random, 2) };
    struct wordcount counts[LANGUAGES] = { 0 };
    struct wordset_table tables[LANGUAGES];
    struct alphabet alphabet = { 0 };
    bool is_fair = random_below(random, 4) == 0;

    for (uint32_t i = 0; i < LANGUAGES; i++) {
        many_words(random, &counts[i]);
        tables[i] = (struct wordset_table){ &counts[i], 1, is_fair ? i : 0 };
    }
    options.token_bytes_max = 0;
    if (is_fair)
        options.parity = &parity;
    if (random_below(random, 4) == 0) {
        alphabet_add(&alphabet, counts, LANGUAGES, 1);
        options.alphabet = &alphabet;
    }
    judge_threads(tables, is_fair ? LANGUAGES : 1, &options,
                  300 + random_below(random, 500));
    for (size_t i = 0; i < LANGUAGES; i++)
        wordcount_clear(&counts[i]);
    alphabet_clear(&alphabet);
}

int main(void)
{
    struct random random = { 1 };

    for (int round = 0; round < 24; round++)
        one_corpus(&random);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_naive - the trainer finds what a trainer of forty lines finds, which
 * counts all pairs anew before each merge: on hundreds of small corpora over
 * few letters, where ties abound and letters repeat, and on some real text;
 * with and without rules about tokens, of bytes and of characters.  And:
 * several sizes in one run are each the run at that size.
 */
#include <glob.h>

#include "src/compress.h"
#include "tests/train_naive.h"
#include "tokenizer/pretokenize.h"

/* A small size first, then this one: each as alone. */
static void judge_sizes(const struct wordcount *table, size_t size,
                        const struct trainer_options *options,
                        const struct vocab *alone)
{
    struct trainer *both, *small;
    struct vocab *vocab = train(table, options, size / 2, &both);

    check(same(vocab, train(table, options, size / 2, &small)));
    trainer_grow(both, size);
    check(same(vocab, alone));
    trainer_free(both);
    trainer_free(small);
}

static void random_corpus(struct random *random)
{
    struct wordcount table = { 0 };
    struct trainer_options options = random_options(random);
    size_t size = 4 + random_below(random, 60);
    struct naive n;
    struct trainer *trainer;
    struct vocab *vocab;

    if (options.all_bytes)
        size += 256;
    random_words(random, &table);
    vocab = train(&table, &options, size, &trainer);
    load(&n, &table, vocab);
    judge(&n, vocab, size, &options, "random words");
    judge_sizes(&table, size, &options, vocab);
    trainer_free(trainer);
    wordcount_clear(&table);
}

/* The same of characters, some of which are no tokens. */
static void random_characters(struct random *random)
{
    struct wordcount table = { 0 };
    struct alphabet alphabet = { 0 };
    struct trainer_options options = random_options(random);
    double coverage = random_below(random, 2) ? 1 : 0.7;
    size_t size = 260 + random_below(random, 60);
    struct naive n;
    struct trainer *trainer;
    struct vocab *vocab;

    random_words(random, &table);
    alphabet_add(&alphabet, &table, 1, coverage);
    options.alphabet = &alphabet;
    vocab = train(&table, &options, size, &trainer);
    check(vocab->count - vocab->merge_count ==
          1 + options.special_count + 256 + alphabet.count);
    load_characters(&n, &table, vocab);
    if (n.count > 0)
        judge(&n, vocab, size, &options, "random characters");
    judge_sizes(&table, size, &options, vocab);
    trainer_free(trainer);
    alphabet_clear(&alphabet);
    wordcount_clear(&table);
}

/* Ids: specials first, then the bytes in the order of their spelling. */
static void first_ids(void)
{
    struct wordcount table = { 0 };
    const char *specials[] = { "<s>", "<s>", "a" };
    struct trainer_options options = { .specials = specials,
                                       .special_count = 3 };
    struct trainer *trainer;
    struct vocab *vocab;
    uint32_t id;

    check(wordcount_add(&table, slice_from("ab\n\xad \xff"), 1));
    vocab = train(&table, &options, 0, &trainer);
    /* <s> a b \xff \n space \xad: "a" is the special token. */
    check(vocab->count == 7 && vocab->merge_count == 0);
    check(vocab_find(vocab, slice_from("a"), &id) && id == 1);
    check(vocab_find(vocab, slice_from("b"), &id) && id == 2);
    check(vocab_find(vocab, slice_from("\xff"), &id) && id == 3);
    check(vocab_find(vocab, slice_from("\n"), &id) && id == 4);
    check(vocab_find(vocab, slice_from(" "), &id) && id == 5);
    check(vocab_find(vocab, slice_from("\xad"), &id) && id == 6);
    trainer_free(trainer);
    options.all_bytes = true;
    vocab = train(&table, &options, 0, &trainer);
    check(vocab->count == 257);
    trainer_free(trainer);
    wordcount_clear(&table);
}

/* Counts past 2^32, which others get wrong. */
static void large_counts(void)
{
    struct wordcount table = { 0 };
    struct trainer_options options = { 0 };
    struct trainer *trainer;
    struct vocab *vocab;

    check(wordcount_add(&table, slice_from("ab"), (uint64_t)1 << 40));
    check(wordcount_add(&table, slice_from("cd"), ((uint64_t)1 << 40) + 1));
    vocab = train(&table, &options, 6, &trainer);
    check(vocab->merge_count == 2);
    check(slice_is(vocab->tokens[4].bytes, "cd"));
    check(slice_is(vocab->tokens[5].bytes, "ab"));
    trainer_free(trainer);
    wordcount_clear(&table);
}

/* A merge that gives a special token takes its id and does not count. */
static void a_merge_may_give_a_special_token(void)
{
    struct wordcount table = { 0 };
    const char *specials[] = { "ab" };
    struct trainer_options options = { .specials = specials,
                                       .special_count = 1 };
    struct trainer *trainer;
    struct vocab *vocab;

    check(wordcount_add(&table, slice_from("abc"), 3));
    vocab = train(&table, &options, 5, &trainer);
    check(vocab->count == 5 && vocab->merge_count == 2);
    check(vocab->merges[0].result == 0);
    check(vocab->merges[1].left == 0 && vocab->merges[1].result == 4);
    trainer_free(trainer);
    wordcount_clear(&table);
}

/* Its pairs come first among equals, though they are new. */
static void a_special_token_has_a_small_id(void)
{
    struct wordcount table = { 0 };
    const char *specials[] = { "yz" };
    struct trainer_options options = { .specials = specials,
                                       .special_count = 1 };
    struct trainer *trainer;
    struct vocab *vocab;
    uint32_t c;

    check(wordcount_add(&table, slice_from("yzc"), 5));
    check(wordcount_add(&table, slice_from("yz"), 1));
    check(wordcount_add(&table, slice_from("ab"), 5));
    vocab = train(&table, &options, 8, &trainer);
    check(vocab->count == 8 && vocab->merge_count == 3);
    check(vocab_find(vocab, slice_from("c"), &c));
    check(vocab->merges[0].result == 0);
    check(vocab->merges[1].left == 0 && vocab->merges[1].right == c);
    trainer_free(trainer);
    wordcount_clear(&table);
}

static void real_text(void)
{
    const char *data = getenv("MLIN_DATA");
    char *pattern = xprintf("%s/text/debian-demo/*.jsonl.zst",
                            data ? data : "");
    struct trainer_options options = { 0 };
    glob_t files = { 0 };

    if (!data || glob(pattern, 0, NULL, &files) != 0) {
        printf("real text: skipped, MLIN_DATA has none\n");
        free(pattern);
        return;
    }
    for (size_t f = 0; f < files.gl_pathc; f += 3) {
        struct wordcount table = { 0 };
        struct pretokenizer pre;
        struct fault fault;
        struct naive n;
        struct trainer *trainer;
        struct vocab *vocab;
        char *bytes;
        size_t len, end, at = 20000;

        check(pretokenizer_open(&pre, f % 2 ? "llama3" : "o200k", &fault));
        check(file_read(files.gl_pathv[f], (size_t)1 << 30, &bytes, &len,
                        &fault));
        while (table.count < WORDS_MAX &&
               pretokenize(&pre, slice_make(bytes, len), at, &end, 1) == 1) {
            if (end - at < LEN_MAX)
                check(wordcount_add(&table, slice_make(bytes + at, end - at),
                                    1));
            at = end;
        }
        vocab = train(&table, &options, 400, &trainer);
        check(vocab->merge_count > 200);
        load(&n, &table, vocab);
        judge(&n, vocab, 400, &options, files.gl_pathv[f]);
        trainer_free(trainer);
        wordcount_clear(&table);
        pretokenizer_close(&pre);
        free(bytes);
    }
    globfree(&files);
    free(pattern);
}

int main(void)
{
    struct random random = { 1 };

    first_ids();
    large_counts();
    a_merge_may_give_a_special_token();
    a_special_token_has_a_small_id();
    for (int round = 0; round < 1500; round++)
        random_corpus(&random);
    for (int round = 0; round < 300; round++)
        random_characters(&random);
    real_text();
    return check_done();
}

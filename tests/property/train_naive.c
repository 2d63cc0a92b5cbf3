/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_naive - the trainer finds what a trainer of forty lines finds, which
 * counts all pairs anew before each merge: on hundreds of small corpora over
 * few letters, where ties abound and letters repeat, and on some real text.
 */
#include <glob.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/pretokenize.h"
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

/* The most frequent pair of all words, ties to the smallest ids; 0: none. */
static uint64_t naive_best(const struct naive *n, size_t tokens, uint32_t *left,
                           uint32_t *right)
{
    uint64_t *counts = calloc(tokens * tokens, sizeof *counts), best = 0;

    for (size_t w = 0; w < n->count; w++)
        for (size_t i = 0; i + 1 < n->words[w].len; i++)
            counts[n->words[w].symbols[i] * tokens +
                   n->words[w].symbols[i + 1]] += n->words[w].count;
    for (size_t i = 0; i < tokens * tokens; i++)
        if (counts[i] > best) {
            best = counts[i];
            *left = (uint32_t)(i / tokens);
            *right = (uint32_t)(i % tokens);
        }
    free(counts);
    return best;
}

static void naive_merge(struct naive *n, struct vocab_merge m)
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
static void judge(struct naive *n, const struct vocab *vocab, size_t specials,
                  const struct trainer_options *options, const char *what)
{
    size_t tokens = vocab->count - vocab->merge_count;
    uint64_t least = options->min_frequency > 1 ? options->min_frequency : 1;
    uint64_t best = 0;
    uint32_t left = 0, right = 0;

    check(tokens >= specials);
    for (size_t rank = 0;; rank++, tokens++) {
        struct vocab_merge m;

        best = naive_best(n, tokens, &left, &right);
        if (best < least || tokens >= options->vocab_size) {
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

static void load(struct naive *n, const struct wordcount *table,
                 const struct vocab *vocab)
{
    struct wordcount_item *items = wordcount_sorted(table);

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

static void random_corpus(struct random *random)
{
    struct wordcount table = { 0 };
    const char *specials[] = { "<eos>", "<pad>" };
    struct trainer_options options = {
        .vocab_size = 4 + random_below(random, 60),
        .min_frequency = random_below(random, 3) ? 0 : random_below(random, 9),
        .specials = specials,
        .special_count = random_below(random, 3),
        .all_bytes = random_below(random, 8) == 0,
    };
    uint64_t letters = 1 + random_below(random, 4);
    uint64_t longest = random_below(random, 6) ? 12 : LEN_MAX;
    char word[LEN_MAX];
    struct naive n;
    struct vocab *vocab;

    if (options.all_bytes)
        options.vocab_size += 256;
    for (uint64_t i = 1 + random_below(random, 30); i > 0; i--) {
        size_t len = 1 + random_below(random, longest);

        for (size_t k = 0; k < len; k++)
            word[k] = (char)('a' + random_below(random, letters));
        check(wordcount_add(&table, slice_make(word, len),
                            1 + random_below(random, 5)));
    }
    vocab = trainer_run(&table, &options);
    load(&n, &table, vocab);
    judge(&n, vocab, options.special_count, &options, "random words");
    vocab_free(vocab);
    wordcount_clear(&table);
}

/* Ids: specials first, then the bytes in the order of their spelling. */
static void first_ids(void)
{
    struct wordcount table = { 0 };
    const char *specials[] = { "<s>", "<s>", "a" };
    struct trainer_options options = { .specials = specials,
                                       .special_count = 3 };
    struct vocab *vocab;
    uint32_t id;

    check(wordcount_add(&table, slice_from("ab\n\xad \xff"), 1));
    vocab = trainer_run(&table, &options);
    /* <s> a b \xff \n space \xad: "a" is the special token. */
    check(vocab->count == 7 && vocab->merge_count == 0);
    check(vocab_find(vocab, slice_from("a"), &id) && id == 1);
    check(vocab_find(vocab, slice_from("b"), &id) && id == 2);
    check(vocab_find(vocab, slice_from("\xff"), &id) && id == 3);
    check(vocab_find(vocab, slice_from("\n"), &id) && id == 4);
    check(vocab_find(vocab, slice_from(" "), &id) && id == 5);
    check(vocab_find(vocab, slice_from("\xad"), &id) && id == 6);
    vocab_free(vocab);
    options.all_bytes = true;
    vocab = trainer_run(&table, &options);
    check(vocab->count == 257);
    vocab_free(vocab);
    wordcount_clear(&table);
}

/* Counts past 2^32, which others get wrong. */
static void large_counts(void)
{
    struct wordcount table = { 0 };
    struct trainer_options options = { .vocab_size = 6 };
    struct vocab *vocab;

    check(wordcount_add(&table, slice_from("ab"), (uint64_t)1 << 40));
    check(wordcount_add(&table, slice_from("cd"), ((uint64_t)1 << 40) + 1));
    vocab = trainer_run(&table, &options);
    check(vocab->merge_count == 2);
    check(slice_is(vocab->tokens[4].bytes, "cd"));
    check(slice_is(vocab->tokens[5].bytes, "ab"));
    vocab_free(vocab);
    wordcount_clear(&table);
}

/* A merge that gives a special token takes its id and does not count. */
static void a_merge_may_give_a_special_token(void)
{
    struct wordcount table = { 0 };
    const char *specials[] = { "ab" };
    struct trainer_options options = { .vocab_size = 5, .specials = specials,
                                       .special_count = 1 };
    struct vocab *vocab;

    check(wordcount_add(&table, slice_from("abc"), 3));
    vocab = trainer_run(&table, &options);
    check(vocab->count == 5 && vocab->merge_count == 2);
    check(vocab->merges[0].result == 0);
    check(vocab->merges[1].left == 0 && vocab->merges[1].result == 4);
    vocab_free(vocab);
    wordcount_clear(&table);
}

static void real_text(void)
{
    const char *data = getenv("MLIN_DATA");
    char *pattern = xprintf("%s/text/debian-demo/*.jsonl.zst",
                            data ? data : "");
    struct trainer_options options = { .vocab_size = 400 };
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
        vocab = trainer_run(&table, &options);
        check(vocab->merge_count > 200);
        load(&n, &table, vocab);
        judge(&n, vocab, 0, &options, files.gl_pathv[f]);
        vocab_free(vocab);
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
    for (int round = 0; round < 1500; round++)
        random_corpus(&random);
    real_text();
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_naive - the trainer finds what a trainer of forty lines finds, which
 * counts all pairs anew before each merge: on hundreds of small corpora over
 * few letters, where ties abound and letters repeat, and on some real text;
 * with and without rules about tokens.  And: several sizes in one run are each
 * the run at that size, and a vocabulary that is extended keeps what it has,
 * even one whose tokens could come to be in several ways.
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
static const char *const letters[] = { "a", "b", "1", "2", "\u00e9", "\u20ac",
                                       "\u10d0", "\U0001f600" };

enum { LETTERS = sizeof letters / sizeof *letters };

/* Only whole letters, or, when it may, the beginning of one of them. */
static bool naive_is_whole(const char *bytes, size_t len, bool may_begin)
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
static bool naive_is_barred(const struct vocab *vocab, size_t left,
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
    return o->broken != BROKEN_ANY &&
           !naive_is_whole(both, a.len + b.len, o->broken == BROKEN_STEPS);
}

static struct vocab *train(const struct wordcount *table,
                           const struct trainer_options *options, size_t size,
                           struct trainer **trainer)
{
    struct wordset_table one = { table, 1, 0 };

    *trainer = trainer_new(&one, 1, 1, options);
    trainer_grow(*trainer, size);
    return (struct vocab *)(uintptr_t)trainer_vocab(*trainer);
}

/* The most frequent pair of all words, ties to the smallest ids; 0: none. */
static uint64_t naive_best(const struct naive *n, size_t tokens,
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
static void judge_from(struct naive *n, const struct vocab *vocab,
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

static void judge(struct naive *n, const struct vocab *vocab, size_t size,
                  const struct trainer_options *options, const char *what)
{
    judge_from(n, vocab, 0, size, options, what);
}

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

static struct trainer_options random_options(struct random *random)
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

static void random_words(struct random *random, struct wordcount *table)
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

static bool same(const struct vocab *a, const struct vocab *b)
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
    uint32_t left, right;

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
    size_t again = 0;

    first_ids();
    large_counts();
    a_merge_may_give_a_special_token();
    for (int round = 0; round < 1500; round++)
        random_corpus(&random);
    for (int round = 0; round < 400; round++)
        extended(&random);
    for (int round = 0; round < 300; round++)
        again += several_ways(&random);
    check(again > 300);
    real_text();
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_parity - parity-aware training makes the merges that a naive trainer
 * makes, which counts every language anew before each merge: base and window,
 * with ratios, development texts and global merges, on small random corpora.
 */
#include <string.h>

#include "tests/check.h"
#include "tests/wordlist.h"
#include "tokenizer/trainer.h"

enum { LANGUAGES = 4, WORDS_MAX = 40, LEN_MAX = 16, TOKENS_MAX = 200 };

struct text {
    struct { uint32_t symbols[LEN_MAX]; size_t len; uint64_t count; }
        words[WORDS_MAX];
    size_t count;
};

struct naive {
    struct text texts[LANGUAGES], dev[LANGUAGES];
    size_t languages;
    bool out[LANGUAGES];
    size_t turns[TOKENS_MAX], turn_count;
    double sizes[LANGUAGES]; /* characters of what is judged */
};

static uint64_t pair_counts[TOKENS_MAX][TOKENS_MAX];

static void text_load(struct text *text, const struct wordcount *table,
                      const struct vocab *vocab)
{
    struct wordcount_item *items = wordlist(table);

    text->count = table->count;
    for (size_t w = 0; w < table->count; w++) {
        text->words[w].len = items[w].word.len;
        text->words[w].count = items[w].count;
        for (size_t i = 0; i < items[w].word.len; i++)
            check(vocab_find(vocab, slice_make(items[w].word.ptr + i, 1),
                             &text->words[w].symbols[i]));
    }
    free(items);
}

static uint64_t text_tokens(const struct text *text)
{
    uint64_t tokens = 0;

    for (size_t w = 0; w < text->count; w++)
        tokens += text->words[w].len * text->words[w].count;
    return tokens;
}

/* Bytes that begin a character; of words that have none, all. */
static uint64_t text_characters(const struct text *text,
                                const struct vocab *vocab)
{
    uint64_t characters = 0;

    for (size_t w = 0; w < text->count; w++)
        for (size_t i = 0; i < text->words[w].len; i++) {
            uint32_t id = text->words[w].symbols[i];

            if (((unsigned char)vocab->tokens[id].key.ptr[0] & 0xc0) != 0x80)
                characters += text->words[w].count;
        }
    return characters > 0 ? characters : text_tokens(text);
}

static void text_count(const struct text *text)
{
    for (size_t w = 0; w < text->count; w++)
        for (size_t i = 0; i + 1 < text->words[w].len; i++)
            pair_counts[text->words[w].symbols[i]]
                       [text->words[w].symbols[i + 1]] += text->words[w].count;
}

static void text_merge(struct text *text, struct vocab_merge m)
{
    for (size_t w = 0; w < text->count; w++) {
        uint32_t *symbols = text->words[w].symbols;
        size_t out = 0;

        for (size_t i = 0; i < text->words[w].len; out++)
            if (i + 1 < text->words[w].len && symbols[i] == m.left &&
                symbols[i + 1] == m.right) {
                symbols[out] = m.result;
                i += 2;
            } else {
                symbols[out] = symbols[i++];
            }
        text->words[w].len = out;
    }
}

/* Who is worst off among those that may, or must not wait. */
static size_t naive_choose(const struct naive *n,
                           const struct parity_options *parity, size_t in,
                           bool heed_window)
{
    size_t best = n->languages;
    double most = 0;

    for (size_t l = 0; l < n->languages; l++) {
        const struct text *text = parity->dev ? &n->dev[l] : &n->texts[l];
        double tokens = (double)text_tokens(text);
        size_t recent = 0;

        if (parity->ratios || !parity->dev)
            tokens *= (parity->ratios ? parity->ratios[l] : 1) / n->sizes[l];
        for (size_t i = 1; i <= 100 && i <= n->turn_count; i++)
            recent += n->turns[n->turn_count - i] == l;
        if (n->out[l] || (heed_window && recent * in > 200))
            continue;
        if (best == n->languages || tokens > most) {
            best = l;
            most = tokens;
        }
    }
    return best;
}

/* The next merge; false when there is none. */
static bool naive_next(struct naive *n, const struct trainer_options *o,
                       size_t done, size_t in, size_t tokens,
                       struct vocab_merge *m)
{
    const struct parity_options *parity = o->parity;
    uint64_t least = o->min_frequency > 1 ? o->min_frequency : 1;

    for (;;) {
        uint64_t best = 0;
        size_t l = n->languages;

        memset(pair_counts, 0, sizeof pair_counts);
        if (done >= parity->global_merges) {
            if (parity->window)
                l = naive_choose(n, parity, in, true);
            if (l == n->languages)
                l = naive_choose(n, parity, in, false);
            if (l == n->languages)
                return false;
            text_count(&n->texts[l]);
        } else {
            for (size_t i = 0; i < n->languages; i++)
                text_count(&n->texts[i]);
        }
        for (uint32_t a = 0; a < tokens; a++)
            for (uint32_t b = 0; b < tokens; b++)
                if (pair_counts[a][b] > best) {
                    best = pair_counts[a][b];
                    *m = (struct vocab_merge){ a, b, (uint32_t)tokens };
                }
        if (best >= least) {
            if (l < n->languages)
                n->turns[n->turn_count++] = l;
            return true;
        }
        if (l == n->languages)
            return false;
        n->out[l] = true;
    }
}

static void judge(struct naive *n, const struct vocab *vocab, size_t size,
                  const struct trainer_options *options, int round)
{
    size_t tokens = vocab->count - vocab->merge_count, in = 0, rank = 0;
    struct vocab_merge m;

    for (size_t l = 0; l < n->languages; l++) {
        n->sizes[l] = (double)text_characters(
            options->parity->dev ? &n->dev[l] : &n->texts[l], vocab);
        n->out[l] = n->sizes[l] == 0 || n->texts[l].count == 0;
        in += n->sizes[l] > 0;
    }
    for (; tokens < size && naive_next(n, options, rank, in, tokens, &m);
         rank++, tokens++) {
        check_that(rank < vocab->merge_count, "round %d: only %zu merges",
                   round, rank);
        check_that(memcmp(&m, &vocab->merges[rank], sizeof m) == 0,
                   "round %d, merge %zu: (%u, %u), not (%u, %u)", round, rank,
                   vocab->merges[rank].left, vocab->merges[rank].right, m.left,
                   m.right);
        for (size_t l = 0; l < n->languages; l++) {
            text_merge(&n->texts[l], m);
            text_merge(&n->dev[l], m);
        }
    }
    check_that(rank == vocab->merge_count, "round %d: %zu merges, not %zu",
               round, vocab->merge_count, rank);
}

static void random_words(struct random *random, struct wordcount *table,
                         bool may_be_empty)
{
    uint64_t count = random_below(random, WORDS_MAX - 1) + !may_be_empty;
    uint64_t first = random_below(random, 6);
    uint64_t most = random_below(random, 3) ? 9 : 1000000;
    /* Some of the letters from 0xbb on begin no character. */
    uint64_t letter = random_below(random, 2) ? 'a' : 0xbb;
    char word[LEN_MAX];

    for (; count > 0; count--) {
        size_t len = 1 + random_below(random, LEN_MAX);

        for (size_t k = 0; k < len; k++)
            word[k] = (char)(letter + first + random_below(random, 5));
        check(wordcount_add(table, slice_make(word, len),
                            1 + random_below(random, random_below(random, 2)
                                                        ? most : 9)));
    }
}

static void random_corpora(struct random *random, int round, uint64_t *turns)
{
    struct wordcount tables[LANGUAGES] = { 0 }, dev[LANGUAGES] = { 0 };
    struct wordset_table table[LANGUAGES];
    const struct wordcount *devs[LANGUAGES];
    double ratios[LANGUAGES];
    static struct naive n;
    size_t size = 20 + random_below(random, TOKENS_MAX - 20);
    struct parity_options parity = {
        .window = random_below(random, 2),
        .dev = random_below(random, 2) ? devs : NULL,
        .ratios = random_below(random, 2) ? ratios : NULL,
        .global_merges = random_below(random, 2) ? 0 : random_below(random, 30),
    };
    struct trainer_options options = {
        .min_frequency = random_below(random, 2) ? 0 : random_below(random, 9),
        .parity = &parity,
    };
    struct trainer *trainer;

    n = (struct naive){ .languages = 1 + random_below(random, LANGUAGES) };
    for (size_t l = 0; l < n.languages; l++) {
        random_words(random, &tables[l], l > 0);
        random_words(random, &dev[l], true);
        table[l] = (struct wordset_table){ &tables[l], 1, (uint32_t)l };
        devs[l] = &dev[l];
        ratios[l] = (double)(1 + random_below(random, 3));
    }
    trainer = trainer_new(table, n.languages, n.languages, &options);
    for (size_t l = 0; l < n.languages; l++) {
        text_load(&n.texts[l], &tables[l], trainer_vocab(trainer));
        if (parity.dev)
            text_load(&n.dev[l], &dev[l], trainer_vocab(trainer));
    }
    trainer_grow(trainer, size);
    judge(&n, trainer_vocab(trainer), size, &options, round);
    *turns += n.turn_count;
    trainer_free(trainer);
    for (size_t l = 0; l < n.languages; l++) {
        wordcount_clear(&tables[l]);
        wordcount_clear(&dev[l]);
    }
}

int main(void)
{
    struct random random = { 3 };
    uint64_t turns = 0;

    for (int round = 0; round < 400; round++)
        random_corpora(&random, round, &turns);
    check(turns > 10000);
    return check_done();
}

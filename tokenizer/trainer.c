/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trainer - which pair is merged next, and what its token is.
 *
 * For parity, each language has its words and books to itself, for its own most
 * frequent pair is what is asked for; a merge is made in all of them.
 *
 *     sets:   words of language 0 ... n-1 | their development texts | the sum
 *             (one table alone without parity)
 */
#include "tokenizer/trainer.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/utf8.h"
#include "tokenizer/checkpoint.h"
#include "tokenizer/wordset.h"

struct trainer {
    struct trainer_options options;
    struct vocab *vocab;
    struct wordset *sets;        /* [set_count] */
    size_t set_count;
    size_t language_count;       /* 1 without parity */
    const struct wordset *judged; /* [language_count] of parity's lengths */
    struct wordset *sum;         /* of all languages, */
    uint64_t global_merges;      /* for so many merges; NULL afterwards */
    struct parity parity;
    int64_t *lengths;            /* [language_count] */
    uint64_t merge_count;        /* made here: without those of `extend` */
    bool has_parity, is_asking;
    bool is_over;                /* no pair occurs often enough */
    struct checkpoint checkpoint;
};

/* The specials, then the bytes in the order of their spelling. */
static void add_first_tokens(struct trainer *t, const bool used[256],
                             uint32_t byte_ids[256])
{
    const struct trainer_options *options = &t->options;

    for (size_t i = 0; i < options->special_count; i++)
        vocab_add_special(t->vocab, slice_from(options->specials[i]));
    for (uint32_t spelling = 0; spelling < 0x144; spelling++) {
        int value = vocab_char_byte(spelling);
        char byte = (char)(unsigned char)value;

        if (value < 0 || (!used[value] && !options->all_bytes))
            continue;
        if (!vocab_find(t->vocab, slice_make(&byte, 1), &byte_ids[value]))
            byte_ids[value] = vocab_add_token(t->vocab,
                                              slice_make(&byte, 1));
    }
}

static void chain(uint64_t *hash, struct slice bytes)
{
    uint64_t link[2] = { *hash, hash64(bytes) };

    *hash = hash64(slice_make((const char *)link, sizeof link));
}

static void chain_number(uint64_t *hash, uint64_t number)
{
    chain(hash, slice_make((const char *)&number, sizeof number));
}

/* Of all that the merges depend on, beside the words. */
static void hash_settings(const struct trainer *t, uint64_t *hash)
{
    const struct trainer_options *o = &t->options;

    for (size_t i = 0; i < t->vocab->count; i++)
        chain(hash, t->vocab->tokens[i].key);
    chain_number(hash, t->vocab->count);
    for (size_t i = 0; i < t->vocab->merge_count; i++)
        chain(hash, slice_make((const char *)&t->vocab->merges[i],
                               sizeof t->vocab->merges[i]));
    chain_number(hash, o->min_frequency);
    chain_number(hash, o->token_bytes_max);
    chain_number(hash, (uint64_t)o->broken);
    chain_number(hash, o->single_digits);
    chain_number(hash, t->language_count);
    if (!o->parity)
        return;
    chain_number(hash, o->parity->window ? 1 : 2);
    chain_number(hash, o->parity->dev != NULL);
    chain_number(hash, o->parity->global_merges);
    if (o->parity->ratios)
        chain(hash, slice_make((const char *)o->parity->ratios,
                               t->language_count * sizeof(double)));
}

/* A pair that is merged again ranks by its last merge. */
static void forget_merge(struct vocab *vocab, uint32_t left, uint32_t right)
{
    for (size_t i = 0; i < vocab->merge_count; i++)
        if (vocab->merges[i].left == left && vocab->merges[i].right == right) {
            vocab->merge_count--;
            memmove(&vocab->merges[i], &vocab->merges[i + 1],
                    (vocab->merge_count - i) * sizeof *vocab->merges);
            return;
        }
}

/*
 * Make the token of a pair, or find it where it exists, which is rare; only
 * then the pair may have been merged before.
 */
static uint32_t token_of(struct vocab *vocab, uint32_t left, uint32_t right)
{
    struct slice a = vocab->tokens[left].key, b = vocab->tokens[right].key;
    char *bytes = xmalloc(a.len + b.len);
    struct slice both = slice_make(bytes, a.len + b.len);
    uint32_t id;

    memcpy(bytes, a.ptr, a.len);
    memcpy(bytes + a.len, b.ptr, b.len);
    if (vocab_find(vocab, both, &id))
        forget_merge(vocab, left, right);
    else
        id = vocab_add_token(vocab, both);
    free(bytes);
    return id;
}

/* Bytes that a whole character may begin with, or are one. */
static bool is_start(const char *bytes, size_t len)
{
    static const char more[2] = { (char)0x80, (char)0xbf };
    char whole[4];

    if (len > 3 || (unsigned char)bytes[0] < 0xc2)
        return false;
    memcpy(whole, bytes, len);
    for (size_t end = len + 1; end <= 4; end++)
        for (size_t i = 0; i < 2; i++) {
            size_t at;

            memset(whole + len, more[i], end - len);
            if (utf8_check(slice_make(whole, end), &at))
                return true;
        }
    return false;
}

static bool is_broken(const struct trainer *t, struct slice a, struct slice b)
{
    char *bytes = xmalloc(a.len + b.len);
    size_t at;
    bool broken;

    memcpy(bytes, a.ptr, a.len);
    memcpy(bytes + a.len, b.ptr, b.len);
    broken = !utf8_check(slice_make(bytes, a.len + b.len), &at) &&
             (t->options.broken == BROKEN_NONE ||
              !is_start(bytes, a.len + b.len));
    free(bytes);
    return broken;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* May this pair never be merged? */
static bool is_barred(const struct trainer *t, uint64_t key)
{
    const struct trainer_options *o = &t->options;
    struct slice a = t->vocab->tokens[key >> 32].key;
    struct slice b = t->vocab->tokens[(uint32_t)key].key;

    if (o->token_bytes_max > 0 && a.len + b.len > o->token_bytes_max)
        return true;
    if (o->single_digits && is_digit(a.ptr[a.len - 1]) && is_digit(b.ptr[0]))
        return true;
    return o->broken != BROKEN_ANY && is_broken(t, a, b);
}

static void merge_everywhere(struct trainer *t, struct vocab_merge m)
{
    for (size_t i = 0; i < t->set_count; i++)
        wordset_merge(&t->sets[i], m.left, m.right, m.result);
}

/* The sum of all languages has served. */
static void drop_sum(struct trainer *t)
{
    if (t->sum && t->merge_count >= t->global_merges) {
        wordset_clear(t->sum);
        t->sum = NULL;
        t->set_count--;
    }
}

static void make_step(struct trainer *t, struct checkpoint_step step)
{
    struct vocab_merge m = { step.left, step.right, 0 };

    if (step.language >= t->language_count ||
        (step.left != CHECKPOINT_NONE && (step.left >= t->vocab->count ||
                                          step.right >= t->vocab->count)))
        die("%s: not a checkpoint of this training; remove it",
            t->checkpoint.path);
    if (step.left == CHECKPOINT_NONE) {
        parity_leave(&t->parity, step.language);
        return;
    }
    m.result = token_of(t->vocab, m.left, m.right);
    vocab_add_merge(t->vocab, m.left, m.right, m.result);
    merge_everywhere(t, m);
    t->merge_count++;
    if (t->has_parity && !t->sum)
        parity_took(&t->parity, step.language);
    drop_sum(t);
}

/* The first pair of a queue that may be merged; false when there is none. */
static bool best_of(struct trainer *t, struct wordset *set, uint64_t *key)
{
    uint64_t least = t->options.min_frequency;
    const struct pair *pair;

    do
        pair = pairs_take(&set->pairs);
    while (pair && is_barred(t, pair->key));
    if (!pair || (uint64_t)pair->count < least)
        return false;
    *key = pair->key;
    return true;
}

/* False when nothing is left to merge. */
static bool choose(struct trainer *t, struct checkpoint_step *step)
{
    struct wordset *set = t->sum ? t->sum : t->sets;
    uint64_t key;

    step->language = 0;
    if (t->has_parity && !t->sum) {
        size_t language;

        for (size_t i = 0; i < t->language_count; i++)
            t->lengths[i] = t->judged[i].tokens;
        language = parity_choose(&t->parity, t->lengths);
        if (language == t->language_count)
            return false;
        step->language = (uint32_t)language;
        set = &t->sets[language];
    }
    if (best_of(t, set, &key)) {
        step->left = (uint32_t)(key >> 32);
        step->right = (uint32_t)key;
        return true;
    }
    step->left = step->right = CHECKPOINT_NONE;
    return t->has_parity && !t->sum;
}

/* Queues are made when the checkpoint's steps are through. */
static void begin_asking(struct trainer *t)
{
    if (t->is_asking)
        return;
    t->is_asking = true;
    for (size_t i = 0; i < t->language_count; i++)
        wordset_ask(&t->sets[i]);
    if (t->sum)
        wordset_ask(t->sum);
}

void trainer_grow(struct trainer *t, size_t size)
{
    struct checkpoint_step step;

    while (!t->is_over && t->vocab->count < size) {
        if (checkpoint_next(&t->checkpoint, &step)) {
            make_step(t, step);
            continue;
        }
        begin_asking(t);
        if (choose(t, &step)) {
            make_step(t, step);
            checkpoint_add(&t->checkpoint, step);
        } else {
            t->is_over = true;
        }
    }
}

static size_t open_sets(struct trainer *t,
                        const struct wordcount *const *tables,
                        struct wordcount *total, bool used[256],
                        uint64_t *hash)
{
    const struct parity_options *parity = t->options.parity;
    size_t n = t->language_count, at = 0;

    t->sets = xcalloc(2 * n + 1, sizeof *t->sets);
    for (size_t i = 0; i < n; i++)
        *hash = wordset_open(&t->sets[at++], tables[i], used, *hash);
    t->judged = t->sets;
    if (!parity)
        return at;
    if (parity->dev) {
        t->judged = t->sets + at;
        for (size_t i = 0; i < n; i++)
            *hash = wordset_open(&t->sets[at++], parity->dev[i], used, *hash);
    }
    if (parity->global_merges > 0) {
        for (size_t i = 0; i < n; i++)
            if (!wordcount_add_all(total, tables[i]))
                die("the counts' sum does not fit 64 bits");
        t->sum = &t->sets[at];
        t->global_merges = parity->global_merges;
        *hash = wordset_open(&t->sets[at++], total, used, *hash);
    }
    return at;
}

static void open_parity(struct trainer *t)
{
    t->lengths = xcalloc(t->language_count, sizeof *t->lengths);
    for (size_t i = 0; i < t->language_count; i++)
        t->lengths[i] = t->judged[i].bytes;
    parity_open(&t->parity, t->options.parity, t->lengths, t->language_count);
    /* Development text alone gives nothing to merge. */
    for (size_t i = 0; i < t->language_count; i++)
        if (t->sets[i].bytes == 0)
            parity_leave(&t->parity, i);
}

struct trainer *trainer_new(const struct wordcount *const *tables,
                            size_t table_count,
                            const struct trainer_options *options)
{
    struct trainer *t = xcalloc(1, sizeof *t);
    struct wordcount total = { 0 };
    bool used[256] = { false };
    uint32_t byte_ids[256] = { 0 };
    uint64_t hash = 0;

    t->options = *options;
    if (t->options.min_frequency == 0)
        t->options.min_frequency = 1;
    t->language_count = table_count;
    t->has_parity = options->parity != NULL;
    t->vocab = options->extend ? options->extend
                               : vocab_new(options->pretokenizer);
    t->vocab->nfc |= options->nfc;
    t->set_count = open_sets(t, tables, &total, used, &hash);
    add_first_tokens(t, used, byte_ids);
    hash_settings(t, &hash);
    for (size_t i = 0; i < t->set_count; i++)
        wordset_load(&t->sets[i], byte_ids);
    wordcount_clear(&total);
    for (size_t i = 0; i < t->set_count; i++)
        wordset_count(&t->sets[i]);
    for (size_t i = 0; i < t->vocab->merge_count; i++)
        merge_everywhere(t, t->vocab->merges[i]);
    if (options->parity)
        open_parity(t);
    checkpoint_open(&t->checkpoint, options->checkpoint, hash);
    return t;
}

const struct vocab *trainer_vocab(const struct trainer *t)
{
    return t->vocab;
}

uint64_t trainer_resumed(const struct trainer *t)
{
    return t->checkpoint.count;
}

void trainer_free(struct trainer *t)
{
    checkpoint_remove(&t->checkpoint);
    parity_close(&t->parity);
    for (size_t i = 0; i < t->set_count; i++)
        wordset_clear(&t->sets[i]);
    free(t->sets);
    free(t->lengths);
    vocab_free(t->vocab);
    free(t);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trainer - which pair is merged next, and what its token is.
 *
 *     groups of words:   languages 0 ... n-1 | their development texts
 *                        (one alone without parity)
 */
#include "tokenizer/trainer.h"

#include <stdio.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/utf8.h"
#include "tokenizer/checkpoint.h"
#include "tokenizer/keyed.h"
#include "tokenizer/merger.h"

struct trainer {
    struct trainer_options options;
    struct vocab *vocab;
    struct wordset words;
    struct merger *merger;
    size_t language_count;       /* 1 without parity */
    size_t judged;               /* first of the groups of parity's lengths */
    uint64_t global_merges;      /* made by the sum of all languages */
    struct parity parity;
    int64_t *lengths;            /* [language_count] */
    uint64_t merge_count;        /* made here: without those of `extend` */
    bool has_parity, is_asking, is_global;
    bool is_over;                /* no pair occurs often enough */
    struct checkpoint checkpoint;
};

/* The bytes in the order of their spelling. */
static void add_bytes(struct trainer *t, const bool used[256],
                      struct wordset_ids *ids)
{
    memset(ids->bytes, 0xff, sizeof ids->bytes);
    for (uint32_t spelling = 0; spelling < 0x144; spelling++) {
        int value = vocab_char_byte(spelling);
        char byte = (char)(unsigned char)value;

        if (value < 0 || (!used[value] && !t->options.all_bytes))
            continue;
        ids->bytes[value] = vocab_token(t->vocab, slice_make(&byte, 1));
    }
}

/* The 256 bytes, then the alphabet; `points` are the characters' ids. */
static void add_characters(struct trainer *t, uint32_t *points)
{
    const struct alphabet *alphabet = t->options.alphabet;
    char bytes[8];

    for (int byte = 0; byte < 256; byte++) {
        int len = snprintf(bytes, sizeof bytes, "<0x%02X>", byte);

        vocab_add(t->vocab, slice_make(bytes, (size_t)len), VOCAB_MODEL);
    }
    memset(points, 0xff, WORDSET_POINTS * sizeof *points);
    for (size_t i = 0; i < alphabet->count; i++) {
        uint32_t point = alphabet->points[i];
        struct slice one = slice_make(bytes, utf8_put(bytes, point));

        points[point] = vocab_token(t->vocab, one);
    }
}

static void add_specials(struct trainer *t)
{
    static const char unk[] = "<unk>";

    if (t->vocab->is_chars) {
        vocab_add_special(t->vocab, slice_from(unk));
        vocab_find_added(t->vocab, slice_from(unk), &t->vocab->unk);
    }
    for (size_t i = 0; i < t->options.special_count; i++)
        vocab_add_special(t->vocab, slice_from(t->options.specials[i]));
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
    chain_number(hash, t->vocab->is_chars);
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

/* Begin the words with the first tokens; `hash` is of the words. */
static void load_words(struct trainer *t, const bool used[256], uint64_t *hash)
{
    struct wordset_ids ids = { .characters = NULL };
    uint32_t *points = NULL;

    add_specials(t);
    if (t->options.alphabet) {
        points = xmalloc(WORDSET_POINTS * sizeof *points);
        add_characters(t, points);
        ids.characters = points;
    } else {
        add_bytes(t, used, &ids);
    }
    hash_settings(t, hash);
    wordset_load(&t->words, &ids);
    free(points);
}

/* Make the token of a pair, or find it where it exists: a special token, or
 * one of a vocabulary that is extended. */
static uint32_t token_of(struct vocab *vocab, uint32_t left, uint32_t right)
{
    struct slice a = vocab->tokens[left].key, b = vocab->tokens[right].key;
    char *bytes = xmalloc(a.len + b.len);
    struct slice both = slice_make(bytes, a.len + b.len);
    uint32_t id;

    memcpy(bytes, a.ptr, a.len);
    memcpy(bytes + a.len, b.ptr, b.len);
    id = vocab_token(vocab, both);
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

/* Of characters: a space behind something else, or a special token. */
static bool is_odd(const struct vocab *vocab, struct slice a, struct slice b)
{
    struct arena arena = { 0 };
    char *both;
    uint32_t id;
    bool odd = b.ptr[0] == ' ' && a.ptr[a.len - 1] != ' ';

    if (odd)
        return true;
    both = arena_alloc(&arena, a.len + b.len);
    memcpy(both, a.ptr, a.len);
    memcpy(both + a.len, b.ptr, b.len);
    odd = vocab_find(vocab, slice_make(both, a.len + b.len), &id) &&
          vocab->tokens[id].flags & VOCAB_ADDED;
    arena_clear(&arena);
    return odd;
}

/* May this pair never be merged? */
static bool is_barred(const struct trainer *t, uint64_t key)
{
    const struct trainer_options *o = &t->options;
    struct slice a = t->vocab->tokens[key >> 32].key;
    struct slice b = t->vocab->tokens[(uint32_t)key].key;

    if (t->vocab->is_chars && is_odd(t->vocab, a, b))
        return true;
    if (o->token_bytes_max > 0 && a.len + b.len > o->token_bytes_max)
        return true;
    if (o->single_digits && is_digit(a.ptr[a.len - 1]) && is_digit(b.ptr[0]))
        return true;
    return o->broken != BROKEN_ANY && is_broken(t, a, b);
}

/*
 * A vocabulary that is extended may have the merge, but before those that make
 * its parts: it stays where it is.
 */
static bool has_merge(const struct vocab *vocab, struct vocab_merge m)
{
    if (m.result + 1 == vocab->count)
        return false;
    for (size_t i = 0; i < vocab->merge_count; i++)
        if (memcmp(&vocab->merges[i], &m, sizeof m) == 0)
            return true;
    return false;
}

/* Who asks from now on: the sum of all languages, or each for itself. */
static void ask(struct trainer *t, size_t size)
{
    uint32_t *asker = xmalloc((t->words.group_count + 1) * sizeof *asker);
    uint64_t least = t->options.min_frequency;

    t->is_asking = true;
    t->is_global = t->has_parity && t->merge_count < t->global_merges;
    for (size_t g = 0; g < t->words.group_count; g++)
        asker[g] = g >= t->language_count ? MERGER_NOBODY
                   : t->is_global         ? 0
                                          : (uint32_t)g;
    merger_ask(t->merger, asker, t->is_global ? 1 : t->language_count,
               least > INT64_MAX ? INT64_MAX : (int64_t)least,
               size - t->vocab->count);
    free(asker);
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
    if (!has_merge(t->vocab, m))
        vocab_add_merge(t->vocab, m.left, m.right, m.result);
    merger_merge(t->merger, m.left, m.right, m.result);
    if (t->has_parity && t->merge_count >= t->global_merges)
        parity_took(&t->parity, step.language);
    t->merge_count++;
}

/* The first pair of a queue that may be merged; false when there is none. */
static bool best_of(struct trainer *t, size_t asker, uint64_t *key)
{
    do
        if (!merger_take(t->merger, asker, key))
            return false;
    while (is_barred(t, *key));
    return true;
}

/* False when nothing is left to merge. */
static bool choose(struct trainer *t, struct checkpoint_step *step)
{
    uint64_t key;

    step->language = 0;
    if (t->has_parity && !t->is_global) {
        size_t language;

        merger_settle(t->merger);
        for (size_t i = 0; i < t->language_count; i++)
            t->lengths[i] = t->words.groups[t->judged + i].tokens;
        language = parity_choose(&t->parity, t->lengths);
        if (language == t->language_count)
            return false;
        step->language = (uint32_t)language;
    }
    if (best_of(t, step->language, &key)) {
        step->left = (uint32_t)(key >> 32);
        step->right = (uint32_t)key;
        return true;
    }
    step->left = step->right = CHECKPOINT_NONE;
    return t->has_parity && !t->is_global;
}

void trainer_grow(struct trainer *t, size_t size)
{
    struct checkpoint_step step;

    while (!t->is_over && t->vocab->count < size) {
        if (checkpoint_next(&t->checkpoint, &step)) {
            make_step(t, step);
            continue;
        }
        if (!t->is_asking ||
            (t->is_global && t->merge_count >= t->global_merges))
            ask(t, size);
        if (choose(t, &step)) {
            make_step(t, step);
            checkpoint_add(&t->checkpoint, step);
        } else {
            t->is_over = true;
        }
    }
}

/* Languages, then development texts; returns a hash of all words. */
static uint64_t open_words(struct trainer *t,
                           const struct wordset_table *tables, size_t count,
                           bool used[256])
{
    const struct parity_options *parity = t->options.parity;
    size_t n = t->language_count, groups = n;
    struct wordset_table *all = xmalloc((count + n) * sizeof *all);
    uint64_t hash;

    if (count > 0)
        memcpy(all, tables, count * sizeof *all);
    if (parity && parity->dev) {
        t->judged = n;
        groups = 2 * n;
        for (size_t i = 0; i < n; i++)
            all[count++] = (struct wordset_table){ parity->dev[i], 1,
                                                   (uint32_t)(n + i) };
    }
    hash = wordset_open(&t->words, all, count, groups, t->options.threads,
                        used);
    free(all);
    return hash;
}

static void open_parity(struct trainer *t)
{
    t->lengths = xcalloc(t->language_count, sizeof *t->lengths);
    t->global_merges = t->options.parity->global_merges;
    for (size_t i = 0; i < t->language_count; i++) {
        const struct wordset_group *judged = &t->words.groups[t->judged + i];

        t->lengths[i] = judged->characters > 0 ? judged->characters
                                               : judged->bytes;
    }
    parity_open(&t->parity, t->options.parity, t->lengths, t->language_count);
    /* Development text alone gives nothing to merge. */
    for (size_t i = 0; i < t->language_count; i++)
        if (t->words.groups[i].bytes == 0)
            parity_leave(&t->parity, i);
}

/* Make the merges of a vocabulary that is extended; expect the checkpoint's. */
static void merge_known(struct trainer *t)
{
    const struct vocab *vocab = t->vocab;
    size_t count = vocab->merge_count + t->checkpoint.count, known = 0;
    uint64_t *keys;

    if (count == 0)
        return;
    keys = xmalloc(count * sizeof *keys);
    for (size_t i = 0; i < vocab->merge_count; i++)
        keys[known++] = keyed_pair(vocab->merges[i].left,
                                  vocab->merges[i].right);
    for (size_t i = 0; i < t->checkpoint.count; i++)
        if (t->checkpoint.steps[i].left != CHECKPOINT_NONE)
            keys[known++] = keyed_pair(t->checkpoint.steps[i].left,
                                      t->checkpoint.steps[i].right);
    merger_expect(t->merger, keys, known);
    free(keys);
    for (size_t i = 0; i < vocab->merge_count; i++)
        merger_merge(t->merger, vocab->merges[i].left,
                     vocab->merges[i].right, vocab->merges[i].result);
}

struct trainer *trainer_new(const struct wordset_table *tables,
                            size_t table_count, size_t language_count,
                            const struct trainer_options *options)
{
    struct trainer *t = xcalloc(1, sizeof *t);
    bool used[256] = { false };
    uint64_t hash;

    t->options = *options;
    if (t->options.min_frequency == 0)
        t->options.min_frequency = 1;
    if (t->options.threads == 0)
        t->options.threads = 1;
    t->language_count = language_count;
    t->has_parity = options->parity != NULL;
    t->vocab = options->extend     ? options->extend
               : options->alphabet ? vocab_new_chars()
                                   : vocab_new(options->pretokenizer);
    t->vocab->nfc |= options->nfc;
    hash = open_words(t, tables, table_count, used);
    load_words(t, used, &hash);
    t->merger = merger_new(&t->words, t->options.threads);
    if (options->parity)
        open_parity(t);
    checkpoint_open(&t->checkpoint, options->checkpoint, hash);
    merge_known(t);
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

void trainer_finish(struct trainer *t)
{
    t->is_over = true;
    merger_free(t->merger);
    wordset_clear(&t->words);
    t->merger = NULL;
}

void trainer_free(struct trainer *t)
{
    checkpoint_remove(&t->checkpoint);
    parity_close(&t->parity);
    if (t->merger)
        trainer_finish(t);
    free(t->lengths);
    vocab_free(t->vocab);
    free(t);
}

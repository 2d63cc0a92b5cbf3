/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trainer - words as symbols in one flat array, cut into chunks.
 *
 * A word is one chunk, or several when it is long; what a chunk loses by merges
 * stays free behind it, so nothing moves far and a word of any length costs its
 * length.  A pair belongs to the chunk of its left symbol.
 */
#include "tokenizer/trainer.h"

#include <stdlib.h>

#include "src/fail.h"
#include "tokenizer/pairs.h"

#define NOTHING UINT32_MAX /* no symbol: the end of a word */

enum { CHUNK_MAX = 64 };

struct chunk {
    size_t at;        /* in symbols */
    int64_t count;    /* of the word */
    uint8_t len;
    bool goes_on;     /* the next chunk is of the same word */
    bool has_before;  /* so is the one before */
};

struct trainer {
    uint32_t *symbols;
    struct chunk *chunks;
    size_t chunk_count;
    struct pairs pairs;
    struct vocab *vocab;
    uint32_t byte_ids[256];
};

/* The specials, then the bytes in the order of their spelling. */
static void add_first_tokens(struct trainer *t,
                             const struct trainer_options *options,
                             const bool used[256])
{
    for (size_t i = 0; i < options->special_count; i++)
        vocab_add_special(t->vocab, slice_from(options->specials[i]));
    for (uint32_t spelling = 0; spelling < 0x144; spelling++) {
        int value = vocab_char_byte(spelling);
        char byte = (char)(unsigned char)value;

        if (value < 0 || (!used[value] && !options->all_bytes))
            continue;
        if (!vocab_find(t->vocab, slice_make(&byte, 1), &t->byte_ids[value]))
            t->byte_ids[value] =
                vocab_add_token(t->vocab, slice_make(&byte, 1));
    }
}

/* How many symbols and chunks there will be; which bytes occur. */
static size_t measure(const struct wordcount_item *items, size_t count,
                      size_t *chunk_count, bool used[256])
{
    size_t total = 0;
    uint64_t pairs = 0;

    *chunk_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct slice word = items[i].word;
        uint64_t weight;

        if (__builtin_mul_overflow((uint64_t)word.len, items[i].count,
                                   &weight) ||
            weight > (uint64_t)INT64_MAX - pairs)
            die("the counts are too large: pairs would occur 2^63 times");
        pairs += weight;
        for (size_t k = 0; k < word.len; k++)
            used[(unsigned char)word.ptr[k]] = true;
        if (word.len < 2)
            continue; /* nothing to merge */
        total += word.len;
        *chunk_count += (word.len + CHUNK_MAX - 1) / CHUNK_MAX;
    }
    if (*chunk_count > UINT32_MAX)
        die("more than 2^32 distinct words");
    return total;
}

static void add_chunks(struct trainer *t, struct wordcount_item item,
                       size_t *at)
{
    for (size_t k = 0; k < item.word.len; k += CHUNK_MAX) {
        size_t len = item.word.len - k;

        t->chunks[t->chunk_count++] = (struct chunk){
            .at = *at,
            .count = (int64_t)item.count,
            .len = (uint8_t)(len < CHUNK_MAX ? len : CHUNK_MAX),
            .goes_on = len > CHUNK_MAX,
            .has_before = k > 0,
        };
        for (size_t i = k; i < item.word.len && i < k + CHUNK_MAX; i++)
            t->symbols[(*at)++] =
                t->byte_ids[(unsigned char)item.word.ptr[i]];
    }
}

static void load_words(struct trainer *t, const struct wordcount *words,
                       const struct trainer_options *options)
{
    struct wordcount_item *items = wordcount_sorted(words);
    bool used[256] = { false };
    size_t chunk_count, at = 0;
    size_t total = measure(items, words->count, &chunk_count, used);

    add_first_tokens(t, options, used);
    t->symbols = xmalloc(total * sizeof *t->symbols + 1);
    t->chunks = xmalloc(chunk_count * sizeof *t->chunks + 1);
    for (size_t i = 0; i < words->count; i++)
        if (items[i].word.len > 1)
            add_chunks(t, items[i], &at);
    free(items);
}

/* The next chunk of the word that holds a symbol; NULL at the word's end. */
static struct chunk *chunk_after(struct chunk *chunk)
{
    while (chunk->goes_on)
        if ((++chunk)->len > 0)
            return chunk;
    return NULL;
}

static struct chunk *chunk_before(struct chunk *chunk)
{
    while (chunk->has_before)
        if ((--chunk)->len > 0)
            return chunk;
    return NULL;
}

static uint32_t first_after(const struct trainer *t, struct chunk *chunk)
{
    struct chunk *next = chunk_after(chunk);

    return next ? t->symbols[next->at] : NOTHING;
}

static void count_pairs(struct trainer *t)
{
    for (size_t c = 0; c < t->chunk_count; c++) {
        struct chunk *chunk = &t->chunks[c];
        const uint32_t *symbols = t->symbols + chunk->at;

        for (size_t i = 0; i < chunk->len; i++) {
            uint32_t right = i + 1u < chunk->len ? symbols[i + 1]
                                                 : first_after(t, chunk);

            if (right != NOTHING)
                pairs_rise(&t->pairs, pairs_key(symbols[i], right),
                           chunk->count, (uint32_t)c);
        }
    }
    pairs_enter_risen(&t->pairs);
}

struct merge {
    uint32_t left, right, result;
};

/*
 *      before | left right | after      the pairs with the neighbours fall,
 *      before |   result   | after      those with the result rise
 */
static void note_left(struct trainer *t, struct chunk *chunk, size_t out,
                      struct merge m)
{
    struct chunk *place = out > 0 ? chunk : chunk_before(chunk);
    uint32_t before;

    if (!place)
        return;
    before = t->symbols[place->at + (out > 0 ? out : place->len) - 1];
    pairs_fall(&t->pairs, pairs_key(before, m.left), chunk->count);
    pairs_rise(&t->pairs, pairs_key(before, m.result), chunk->count,
               (uint32_t)(place - t->chunks));
}

static void note_right(struct trainer *t, struct chunk *chunk, uint32_t after,
                       struct merge m)
{
    if (after == NOTHING)
        return;
    pairs_fall(&t->pairs, pairs_key(m.right, after), chunk->count);
    pairs_rise(&t->pairs, pairs_key(m.result, after), chunk->count,
               (uint32_t)(chunk - t->chunks));
}

/* Take the first symbol off the next chunk that has one. */
static void take_first_after(struct chunk *chunk)
{
    struct chunk *next = chunk_after(chunk);

    next->at++;
    next->len--;
}

static void merge_in_chunk(struct trainer *t, struct chunk *chunk,
                           struct merge m)
{
    uint32_t *symbols = t->symbols + chunk->at;
    size_t len = chunk->len, in = 0, out = 0;

    while (in < len) {
        bool is_last = in + 1 == len;
        uint32_t right;

        if (symbols[in] != m.left) {
            symbols[out++] = symbols[in++];
            continue;
        }
        right = is_last ? first_after(t, chunk) : symbols[in + 1];
        if (right != m.right) {
            symbols[out++] = symbols[in++];
            continue;
        }
        note_left(t, chunk, out, m);
        symbols[out++] = m.result;
        in += 2;
        if (is_last)
            take_first_after(chunk);
        note_right(t, chunk, in < len ? symbols[in] : first_after(t, chunk),
                   m);
    }
    chunk->len = (uint8_t)out;
}

/* Make the token of a pair, or find it where it exists. */
static uint32_t token_of(struct vocab *vocab, uint32_t left, uint32_t right)
{
    struct slice a = vocab->tokens[left].key, b = vocab->tokens[right].key;
    char *bytes = xmalloc(a.len + b.len);
    struct slice both = slice_make(bytes, a.len + b.len);
    uint32_t id;

    memcpy(bytes, a.ptr, a.len);
    memcpy(bytes + a.len, b.ptr, b.len);
    if (!vocab_find(vocab, both, &id))
        id = vocab_add_token(vocab, both);
    free(bytes);
    return id;
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
 * The pair's places are taken from it, for it may rise again; its count stays
 * as it is, as in Hugging Face's trainer: only a token that existed before its
 * merge can bring a merged pair back.
 */
static void merge_pair(struct trainer *t, struct pair *pair)
{
    struct merge m = { (uint32_t)(pair->key >> 32), (uint32_t)pair->key, 0 };
    uint32_t *places = pair->places;
    size_t place_count = pair->place_count;

    pair->places = NULL;
    pair->place_count = pair->place_cap = 0;
    m.result = token_of(t->vocab, m.left, m.right);
    if (pair->is_merged)
        forget_merge(t->vocab, m.left, m.right);
    pair->is_merged = true;
    vocab_add_merge(t->vocab, m.left, m.right, m.result);
    for (size_t i = 0; i < place_count; i++)
        merge_in_chunk(t, &t->chunks[places[i]], m);
    free(places);
    pairs_enter_risen(&t->pairs);
}

struct vocab *trainer_run(const struct wordcount *words,
                          const struct trainer_options *options)
{
    struct trainer t = { .vocab = vocab_new(options->pretokenizer) };
    uint64_t least = options->min_frequency > 1 ? options->min_frequency : 1;

    load_words(&t, words, options);
    count_pairs(&t);
    while (t.vocab->count < options->vocab_size) {
        struct pair *pair = pairs_take(&t.pairs);

        if (!pair || (uint64_t)pair->count < least)
            break;
        merge_pair(&t, pair);
    }
    pairs_clear(&t.pairs);
    free(t.symbols);
    free(t.chunks);
    return t.vocab;
}

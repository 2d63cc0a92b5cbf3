/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordset - chunks of symbols, and how a merge changes them.
 */
#include "tokenizer/wordset.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"

#define NOTHING UINT32_MAX /* no symbol: the end of a word */

enum { CHUNK_MAX = 64 };

struct wordset_chunk {
    size_t at;        /* in symbols */
    int64_t count;    /* of the word */
    uint8_t len;
    bool goes_on;     /* the next chunk is of the same word */
    bool has_before;  /* so is the one before */
};

uint64_t wordset_open(struct wordset *set, const struct wordcount *words,
                      bool used[256], uint64_t seed)
{
    set->items = wordcount_sorted(words);
    set->item_count = words->count;
    set->bytes = 0;
    for (size_t i = 0; i < set->item_count; i++) {
        struct slice word = set->items[i].word;
        uint64_t weight, link[3] = { seed, hash64(word), set->items[i].count };

        if (__builtin_mul_overflow((uint64_t)word.len, set->items[i].count,
                                   &weight) ||
            weight > (uint64_t)(INT64_MAX - set->bytes))
            die("the counts are too large: pairs would occur 2^63 times");
        set->bytes += (int64_t)weight;
        for (size_t k = 0; k < word.len; k++)
            used[(unsigned char)word.ptr[k]] = true;
        seed = hash64(slice_make((const char *)link, sizeof link));
    }
    set->tokens = set->bytes;
    return seed;
}

static void add_chunks(struct wordset *set, struct wordcount_item item,
                       const uint32_t byte_ids[256], size_t *at)
{
    for (size_t k = 0; k < item.word.len; k += CHUNK_MAX) {
        size_t len = item.word.len - k;

        set->chunks[set->chunk_count++] = (struct wordset_chunk){
            .at = *at,
            .count = (int64_t)item.count,
            .len = (uint8_t)(len < CHUNK_MAX ? len : CHUNK_MAX),
            .goes_on = len > CHUNK_MAX,
            .has_before = k > 0,
        };
        for (size_t i = k; i < item.word.len && i < k + CHUNK_MAX; i++)
            set->symbols[(*at)++] =
                byte_ids[(unsigned char)item.word.ptr[i]];
    }
}

/* Words of one byte have nothing to merge. */
void wordset_load(struct wordset *set, const uint32_t byte_ids[256])
{
    size_t symbols = 0, chunks = 0, at = 0;

    for (size_t i = 0; i < set->item_count; i++)
        if (set->items[i].word.len > 1) {
            symbols += set->items[i].word.len;
            chunks += (set->items[i].word.len + CHUNK_MAX - 1) / CHUNK_MAX;
        }
    if (chunks > UINT32_MAX)
        die("more than 2^32 distinct words");
    set->symbols = xmalloc(symbols * sizeof *set->symbols + 1);
    set->chunks = xmalloc(chunks * sizeof *set->chunks + 1);
    set->chunk_count = 0;
    for (size_t i = 0; i < set->item_count; i++)
        if (set->items[i].word.len > 1)
            add_chunks(set, set->items[i], byte_ids, &at);
    free(set->items);
    set->items = NULL;
}

/* The next chunk of the word that holds a symbol; NULL at the word's end. */
static struct wordset_chunk *chunk_after(struct wordset_chunk *chunk)
{
    while (chunk->goes_on)
        if ((++chunk)->len > 0)
            return chunk;
    return NULL;
}

static struct wordset_chunk *chunk_before(struct wordset_chunk *chunk)
{
    while (chunk->has_before)
        if ((--chunk)->len > 0)
            return chunk;
    return NULL;
}

static uint32_t first_after(const struct wordset *set,
                            struct wordset_chunk *chunk)
{
    struct wordset_chunk *next = chunk_after(chunk);

    return next ? set->symbols[next->at] : NOTHING;
}

void wordset_count(struct wordset *set)
{
    for (size_t c = 0; c < set->chunk_count; c++) {
        struct wordset_chunk *chunk = &set->chunks[c];
        const uint32_t *symbols = set->symbols + chunk->at;

        for (size_t i = 0; i < chunk->len; i++) {
            uint32_t right = i + 1u < chunk->len ? symbols[i + 1]
                                                 : first_after(set, chunk);

            if (right != NOTHING)
                pairs_rise(&set->pairs, pairs_key(symbols[i], right),
                           chunk->count, (uint32_t)c);
        }
    }
}

void wordset_ask(struct wordset *set)
{
    set->is_asked = true;
    pairs_enter_risen(&set->pairs);
}

struct merge {
    uint32_t left, right, result;
};

/*
 *      before | left right | after      the pairs with the neighbours fall,
 *      before |   result   | after      those with the result rise
 */
static void note_left(struct wordset *set, struct wordset_chunk *chunk,
                      size_t out, struct merge m)
{
    struct wordset_chunk *place = out > 0 ? chunk : chunk_before(chunk);
    uint32_t before;

    if (!place)
        return;
    before = set->symbols[place->at + (out > 0 ? out : place->len) - 1];
    pairs_fall(&set->pairs, pairs_key(before, m.left), chunk->count);
    pairs_rise(&set->pairs, pairs_key(before, m.result), chunk->count,
               (uint32_t)(place - set->chunks));
}

static void note_right(struct wordset *set, struct wordset_chunk *chunk,
                       uint32_t after, struct merge m)
{
    if (after == NOTHING)
        return;
    pairs_fall(&set->pairs, pairs_key(m.right, after), chunk->count);
    pairs_rise(&set->pairs, pairs_key(m.result, after), chunk->count,
               (uint32_t)(chunk - set->chunks));
}

/* Take the first symbol off the next chunk that has one. */
static void take_first_after(struct wordset_chunk *chunk)
{
    struct wordset_chunk *next = chunk_after(chunk);

    next->at++;
    next->len--;
}

static void merge_in_chunk(struct wordset *set, struct wordset_chunk *chunk,
                           struct merge m)
{
    uint32_t *symbols = set->symbols + chunk->at;
    size_t len = chunk->len, in = 0, out = 0;

    while (in < len) {
        bool is_last = in + 1 == len;
        uint32_t right;

        if (symbols[in] != m.left) {
            symbols[out++] = symbols[in++];
            continue;
        }
        right = is_last ? first_after(set, chunk) : symbols[in + 1];
        if (right != m.right) {
            symbols[out++] = symbols[in++];
            continue;
        }
        note_left(set, chunk, out, m);
        symbols[out++] = m.result;
        set->tokens -= chunk->count;
        in += 2;
        if (is_last)
            take_first_after(chunk);
        note_right(set, chunk, in < len ? symbols[in] : first_after(set, chunk),
                   m);
    }
    chunk->len = (uint8_t)out;
}

/*
 * The pair's places are taken from it, for it may rise again; its count stays
 * as it is, as in Hugging Face's trainer: only a token that existed before its
 * merge can bring a merged pair back.
 */
void wordset_merge(struct wordset *set, uint32_t left, uint32_t right,
                   uint32_t result)
{
    struct pair *pair = pairs_find(&set->pairs, pairs_key(left, right));
    struct merge m = { left, right, result };
    uint32_t *places;
    size_t place_count;

    if (!pair || pair->place_count == 0)
        return;
    places = pair->places;
    place_count = pair->place_count;
    pair->places = NULL;
    pair->place_count = pair->place_cap = 0;
    for (size_t i = 0; i < place_count; i++)
        merge_in_chunk(set, &set->chunks[places[i]], m);
    free(places);
    if (set->is_asked)
        pairs_enter_risen(&set->pairs);
}

void wordset_clear(struct wordset *set)
{
    pairs_clear(&set->pairs);
    free(set->items);
    free(set->symbols);
    free(set->chunks);
    *set = (struct wordset){ 0 };
}

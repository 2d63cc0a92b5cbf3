/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache - what was put in is found, and nothing else, one by one and many at
 * once.
 */
#include <string.h>

#include "tests/check.h"
#include "tokenizer/cache.h"

enum { NUMBERED_MAX = 40 };

/* A piece of its own for each number: all alike, but for one byte somewhere. */
static size_t numbered_piece(uint64_t number, char bytes[NUMBERED_MAX])
{
    size_t len = 1 + number % NUMBERED_MAX;

    memset(bytes, number % 8 == 0 ? '\0' : 'x', NUMBERED_MAX);
    bytes[number / NUMBERED_MAX % len] = (char)(1 + number / NUMBERED_MAX);
    return len;
}

/* Ids of a number: few or many, small or large. */
static size_t numbered_ids(uint64_t number, size_t len, uint32_t *ids)
{
    size_t count = 1 + number % len;

    for (uint32_t i = 0; i < count; i++)
        ids[i] = (uint32_t)number * 64 + i +
                 (number % 7 == 0 ? 1u << 20 : 0);
    return count;
}

/* The cache finds what was added, nothing else, and survives being emptied. */
static void the_cache_tells_pieces_apart(void)
{
    struct cache *cache = cache_new(1 << 18);
    struct random random = { 11 };
    uint64_t found_count = 0, new_count = 0;

    for (int i = 0; i < 200000; i++) {
        char bytes[NUMBERED_MAX];
        uint64_t number = random_below(&random, 3000);
        size_t len = numbered_piece(number, bytes);
        uint32_t ids[NUMBERED_MAX], found[NUMBERED_MAX];
        size_t count = numbered_ids(number, len, ids);
        struct slice piece = { bytes, len };
        struct cache_key key = cache_key(cache, piece);
        size_t n = cache_get(cache, &key, piece, found);

        check(n == 0 || (n == count &&
                         memcmp(found, ids, n * sizeof *ids) == 0));
        found_count += n > 0;
        new_count += n == 0;
        cache_put(cache, &key, piece, ids, count);
    }
    check_that(found_count > 10000 && new_count > 10000, "%llu, %llu",
               (unsigned long long)found_count, (unsigned long long)new_count);
    cache_free(cache);
}

/* A text of pieces: many are looked up as one after the other is. */
static void the_cache_looks_many_up(void)
{
    struct cache *cache = cache_new(1 << 17);
    struct random random = { 12 };

    for (int round = 0; round < 5000; round++) {
        char text[CACHE_BATCH * NUMBERED_MAX];
        size_t ends[CACHE_BATCH], count, at = 0, start = 0, done = 0;
        struct cache_key keys[CACHE_BATCH];
        uint32_t ids[NUMBERED_MAX];
        uint32_t got[4 * CACHE_BATCH + CACHE_ROOM];
        struct cache_gaps gaps = { 0 };
        size_t used = 0, next = 0, gap = 0;

        count = 1 + random_below(&random, CACHE_BATCH);
        for (size_t i = 0; i < count; i++) {
            at += numbered_piece(random_below(&random, 300), text + at);
            ends[i] = at;
        }
        /* Nothing may be read behind the text. */
        memmove(text + sizeof text - at, text, at);
        cache_keys(cache, slice_make(text + sizeof text - at, at), 0, ends,
                   count, keys);
        done = cache_run(keys, 0, count, got, &used, &gaps);
        for (size_t i = 0; i < count; start = ends[i++]) {
            struct slice piece = { text + sizeof text - at + start,
                                   ends[i] - start };
            struct cache_key key = cache_key(cache, piece);
            size_t n = cache_get(cache, &keys[i], piece, ids);

            check(keys[i].line == key.line && keys[i].kind == key.kind &&
                  keys[i].low == key.low && keys[i].high == key.high);
            if (i < done && n == 0) {
                check(gap < gaps.count && gaps.pieces[gap] == i &&
                      gaps.at[gap] == next);
                gap++;
            } else if (i < done) {
                check(memcmp(got + next, ids, n * sizeof *ids) == 0);
                next += n;
            }
        }
        check(gap == gaps.count && next == used);
        start = 0;
        for (size_t i = 0; i < count; start = ends[i++]) {
            struct slice piece = { text + sizeof text - at + start,
                                   ends[i] - start };

            for (size_t k = 0; k < piece.len; k++)
                ids[k] = (uint32_t)(unsigned char)piece.ptr[k];
            cache_put(cache, &keys[i], piece, ids, piece.len);
        }
    }
    cache_free(cache);
}

int main(void)
{
    the_cache_tells_pieces_apart();
    the_cache_looks_many_up();
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache - lines, and looking up many pieces at once.
 *
 * Ids in a line: how many, 4 bits (0: in the pool, and where); then 20 bits
 * each, three in a word.  Of a wide piece the second word's first 4 bits are
 * its length, without which its first and last bytes would not tell what it is.
 */
#include "tokenizer/cache.h"

#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "src/fail.h"
#include "src/large.h"
#include "tokenizer/cache_pool.h"

enum {
    WORDS = CACHE_WORDS,     /* of a line */
    KEYS = 4,                /* of them, before the ids */
    MIDDLE = CACHE_MIDDLE_MAX,
    COUNT_BITS = 4, COUNT = (1 << COUNT_BITS) - 1,
    ID_BITS = 20, ID = (1 << ID_BITS) - 1,
    IN_WORD = 3,             /* ids */
    BITS_MIN = 4, BITS_MAX = 30
};

struct cache {
    struct cache_lines lines;
    struct cache_pool pool;
    size_t piece_max;        /* longer ones are not remembered */
};

static size_t lines_size(const struct cache *cache, int kind)
{
    /* One more, for ids are read with the word behind them. */
    size_t count = ((size_t)1 << (64 - cache->lines.shifts[kind])) + 1;

    return count * WORDS * sizeof(uint64_t);
}

/* A half for the middle ones, an eighth each for the others and the pool. */
struct cache *cache_new(size_t budget)
{
    enum { LINE = WORDS * sizeof(uint64_t) };
    struct cache *cache = xcalloc(1, sizeof *cache);
    unsigned bits = BITS_MIN;

    while ((size_t)LINE * 16 << bits <= budget && bits < BITS_MAX)
        bits++;
    cache->lines.shifts[CACHE_SHORT] = 64 - bits;
    cache->lines.shifts[CACHE_WIDE] = 64 - bits;
    cache->lines.shifts[CACHE_MIDDLE] = 64 - bits - 2;
    for (int kind = 0; kind < CACHE_KINDS; kind++)
        cache->lines.first[kind] = large_alloc(lines_size(cache, kind));
    cache_pool_init(&cache->pool, (size_t)LINE << bits, bits + 2);
    /* As many ids as it has bytes, and these. */
    cache->piece_max = cache->pool.cap / 2 < CACHE_PIECE_MAX
                           ? cache->pool.cap / 2 : CACHE_PIECE_MAX;
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    for (int kind = 0; kind < CACHE_KINDS; kind++)
        large_free(cache->lines.first[kind], lines_size(cache, kind));
    cache_pool_clear(&cache->pool);
    free(cache);
}

static void begin_anew(struct cache *cache)
{
    for (int kind = 0; kind < CACHE_KINDS; kind++)
        memset(cache->lines.first[kind], 0, lines_size(cache, kind));
    cache_pool_forget(&cache->pool);
}

struct cache_key cache_key(const struct cache *cache, struct slice piece)
{
    return cache_key_of(&cache->lines, piece);
}

void cache_keys(const struct cache *cache, struct slice text, size_t at,
                const size_t *ends, size_t count, struct cache_key *keys)
{
    cache_key_many(&cache->lines, text, at, ends, count, keys);
}

/* ---- looking up ---- */

/*
 * Which word of a line has the ids, by the key's kind and which of the first
 * four words are the key's: 0 = none.
 */
static const uint8_t ids_at[CACHE_KINDS][1 << KEYS] = {
    { [1] = 4, [2] = 5, [4] = 6, [8] = 7 },
    { [3] = 4, [7] = 4, [11] = 4, [12] = 6, [13] = 6, [14] = 6 }
};

static size_t find_portable(const struct cache_key *key)
{
    unsigned same = (key->line[0] == key->low) |
                    (key->line[1] == key->high) * 2u |
                    (key->line[2] == key->low) * 4u |
                    (key->line[3] == key->high) * 8u;

    return ids_at[key->kind][same];
}

static bool wide_is(const uint64_t *line, struct slice piece)
{
    const char *begin = piece.ptr, *end = piece.ptr + piece.len;

    return line[0] == slice_word(begin) &&
           line[1] == slice_word(begin + 8) &&
           line[2] == slice_word(end - 16) &&
           line[3] == slice_word(end - 8) &&
           (line[5] & COUNT) == piece.len - MIDDLE - 1;
}

static void unpack(uint64_t word, uint32_t ids[IN_WORD])
{
    for (unsigned i = 0; i < IN_WORD; i++)
        ids[i] = (uint32_t)(word >> (COUNT_BITS + ID_BITS * i)) & ID;
}

/* Of a line, from the word on that begins with their number. */
static size_t get_at(const struct cache *cache, const uint64_t *words,
                     uint32_t *ids)
{
    uint32_t three[IN_WORD];
    size_t count = words[0] & COUNT;

    if (count == 0)
        return cache_pool_get(&cache->pool, *words >> COUNT_BITS, ids);
    for (size_t i = 0; i < count; i++) {
        if (i % IN_WORD == 0)
            unpack(*words++, three);
        ids[i] = three[i % IN_WORD];
    }
    return count;
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))
#define AVX2_INLINE AVX2 static inline __attribute__((always_inline))

AVX2_INLINE size_t find_avx2(const struct cache_key *key)
{
    /* low, high, low, high: with these a key begins. */
    __m256i wanted = _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const void *)key));
    __m256i same = _mm256_cmpeq_epi64(
        wanted, _mm256_loadu_si256((const __m256i *)key->line));

    return ids_at[key->kind][_mm256_movemask_pd(
        _mm256_castsi256_pd(same))];
}

AVX2 static size_t find_one_avx2(const struct cache_key *key)
{
    return find_avx2(key);
}

/* Four ids at a time; what has more of them is left to cache_get(). */
AVX2 static size_t run_avx2(const struct cache_key *keys, size_t from,
                            size_t count, uint32_t *ids, size_t *used,
                            struct cache_gaps *gaps)
{
    const __m256i shifts = _mm256_setr_epi64x(4, 24, 44, 4);
    const __m256i mask = _mm256_set1_epi64x(ID);
    const __m256i evens = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
    uint32_t *to = ids + *used;
    size_t i = from;

    for (; i < count; i++) {
        const struct cache_key *key = &keys[i];
        size_t at = find_avx2(key);
        const uint64_t *words = key->line + at;
        size_t n = words[0] & COUNT;
        /* The first three times, for its three ids; then the second. */
        __m256i four = _mm256_permute4x64_epi64(
            _mm256_castsi128_si256(_mm_loadu_si128((const void *)words)), 0x40);

        if (at == 0 && key->kind != CACHE_WIDE) {
            cache_gap(gaps, i, (size_t)(to - ids));
            continue;
        }
        if (at == 0 || n - 1 > 3)
            break;
        four = _mm256_and_si256(_mm256_srlv_epi64(four, shifts), mask);
        four = _mm256_permutevar8x32_epi32(four, evens);
        _mm_storeu_si128((__m128i *)to, _mm256_castsi256_si128(four));
        to += n;
    }
    *used = (size_t)(to - ids);
    return i;
}

#endif

size_t cache_run(const struct cache_key *keys, size_t from, size_t count,
                 uint32_t *ids, size_t *used, struct cache_gaps *gaps)
{
    size_t i = from;

#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return run_avx2(keys, from, count, ids, used, gaps);
#endif
    for (; i < count; i++) {
        size_t at = find_portable(&keys[i]), n = keys[i].line[at] & COUNT;

        if (at == 0 && keys[i].kind != CACHE_WIDE) {
            cache_gap(gaps, i, *used);
            continue;
        }
        if (at == 0 || n - 1 >= IN_WORD)
            break;
        unpack(keys[i].line[at], ids + *used);
        *used += n;
    }
    return i;
}

/* Which word of its line has a piece's ids, or 0. */
static size_t find(const struct cache_key *key, struct slice piece)
{
    if (key->kind == CACHE_WIDE)
        return wide_is(key->line, piece) ? KEYS : 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return find_one_avx2(key);
#endif
    return find_portable(key);
}

static bool is_long(const struct cache *cache, struct slice piece)
{
    return piece.len > MIDDLE && piece.len <= cache->piece_max;
}

size_t cache_get(const struct cache *cache, const struct cache_key *key,
                 struct slice piece, uint32_t *ids)
{
    size_t at = 0;

    if (key->line == cache_key_none)
        return is_long(cache, piece)
                   ? cache_pool_find(&cache->pool, piece, ids) : 0;
    at = find(key, piece);
    return at > 0 ? get_at(cache, key->line + at, ids) : 0;
}

/* ---- remembering ---- */

/* How many, and the ids; false when they do not fit. */
static bool pack(const uint32_t *ids, size_t count, size_t room,
                 uint64_t *packed)
{
    uint32_t all = 0;

    if (count > room)
        return false;
    packed[0] = count;
    for (const uint32_t *end = ids + count; ids < end; packed++)
        for (unsigned i = 0; i < IN_WORD && ids < end; i++) {
            all |= *ids;
            *packed |= (uint64_t)*ids++ << (COUNT_BITS + ID_BITS * i);
        }
    return all <= ID;
}

static void put_short(uint64_t *line, uint64_t key, const uint64_t *packed)
{
    memmove(line + 1, line, 3 * sizeof *line);
    memmove(line + 5, line + 4, 3 * sizeof *line);
    line[0] = key;
    line[4] = packed[0];
}

static void put_middle(uint64_t *line, const struct cache_key *key,
                       const uint64_t *packed)
{
    memmove(line + 2, line, 2 * sizeof *line);
    memmove(line + 6, line + 4, 2 * sizeof *line);
    line[0] = key->low;
    line[1] = key->high;
    memcpy(line + 4, packed, 2 * sizeof *line);
}

static void put_wide(uint64_t *line, struct slice piece,
                     const uint64_t *packed)
{
    memcpy(line, piece.ptr, MIDDLE);
    memcpy(line + 2, piece.ptr + piece.len - MIDDLE, MIDDLE);
    memcpy(line + 4, packed, 4 * sizeof *line);
    line[5] |= piece.len - MIDDLE - 1;
}

/* Everything is forgotten when there is no room. */
static uint64_t put_in_pool(struct cache *cache, const uint32_t *ids,
                            size_t count)
{
    uint64_t at = cache_pool_put(&cache->pool, ids, count);

    if (at > 0)
        return at;
    begin_anew(cache);
    return cache_pool_put(&cache->pool, ids, count);
}

static void put_long(struct cache *cache, struct slice piece,
                     const uint32_t *ids, size_t count)
{
    if (cache_pool_add(&cache->pool, piece, ids, count))
        return;
    begin_anew(cache);
    cache_pool_add(&cache->pool, piece, ids, count);
}

void cache_put(struct cache *cache, const struct cache_key *key,
               struct slice piece, const uint32_t *ids, size_t count)
{
    static const size_t room[CACHE_KINDS] = { IN_WORD, 2 * IN_WORD,
                                              4 * IN_WORD };
    uint64_t packed[4] = { 0 }, *line;

    if (key->line == cache_key_none) {
        if (is_long(cache, piece))
            put_long(cache, piece, ids, count);
        return;
    }
    if (find(key, piece) > 0)
        return;
    if (!pack(ids, count, room[key->kind], packed))
        packed[0] = put_in_pool(cache, ids, count) << COUNT_BITS;
    line = cache->lines.first[key->kind];
    line += key->line - line;
    if (key->kind == CACHE_SHORT)
        put_short(line, key->low, packed);
    else if (key->kind == CACHE_MIDDLE)
        put_middle(line, key, packed);
    else
        put_wide(line, piece, packed);
}

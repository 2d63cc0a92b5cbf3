/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache - lines, the pool, and looking up many pieces at once.
 *
 * Ids in a line: how many, 4 bits (0: in the pool, and where); then 20 bits
 * each, three in the first word and three in the second.
 *
 *     pool   for ids that do not fit   count | ids
 *            for a long piece          count | ids | len | bytes, padded to 4
 *
 *     longs  open addressing, linear probing, at most half full:
 *            32 bits of the hash | place in the pool, 0 = free
 */
#include "tokenizer/cache.h"

#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "src/fail.h"
#include "src/hash.h"
#include "src/large.h"

enum {
    WORDS = 8,               /* of a line */
    KEYS = 4,                /* of them, before the ids */
    SHORT = 8, MIDDLE = 16,  /* bytes at most */
    COUNT_BITS = 4, COUNT = (1 << COUNT_BITS) - 1,
    ID_BITS = 20, ID = (1 << ID_BITS) - 1,
    IN_WORD = 3,             /* ids */
    BITS_MIN = 4, BITS_MAX = 30
};

struct cache {
    uint64_t *lines[2];      /* short and middle: [1 << bits] lines each */
    unsigned bits[2];
    uint64_t *longs;         /* [1 << long_bits] */
    unsigned long_bits;
    size_t long_count;
    uint32_t *pool;          /* [pool_cap] */
    size_t pool_count, pool_cap;
};

/* A line for what has none; nothing is ever found there. */
static const uint64_t no_line[WORDS + 1];

static size_t lines_size(const struct cache *cache, int kind)
{
    /* One more, for ids are read with the word behind them. */
    return (((size_t)1 << cache->bits[kind]) + 1) * WORDS * sizeof(uint64_t);
}

/* A half for the middle ones, an eighth for the short ones, the rest pool. */
struct cache *cache_new(size_t budget)
{
    enum { LINE = WORDS * sizeof(uint64_t) };
    struct cache *cache = xcalloc(1, sizeof *cache);

    cache->bits[0] = BITS_MIN;
    while ((size_t)LINE * 16 << cache->bits[0] <= budget &&
           cache->bits[0] < BITS_MAX)
        cache->bits[0]++;
    cache->bits[1] = cache->bits[0] + 2;
    for (int kind = 0; kind < 2; kind++)
        cache->lines[kind] = large_alloc(lines_size(cache, kind));
    cache->long_bits = cache->bits[0] + 2;
    cache->longs = xcalloc((size_t)1 << cache->long_bits,
                           sizeof *cache->longs);
    cache->pool_cap = 2 * (size_t)LINE / sizeof *cache->pool
                      << cache->bits[0];
    cache->pool = xmalloc(cache->pool_cap * sizeof *cache->pool);
    cache->pool_count = 1;
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    for (int kind = 0; kind < 2; kind++)
        large_free(cache->lines[kind], lines_size(cache, kind));
    free(cache->longs);
    free(cache->pool);
    free(cache);
}

static void begin_anew(struct cache *cache)
{
    for (int kind = 0; kind < 2; kind++)
        memset(cache->lines[kind], 0, lines_size(cache, kind));
    memset(cache->longs, 0, sizeof *cache->longs << cache->long_bits);
    cache->long_count = 0;
    cache->pool_count = 1;
}

/* ---- keys ---- */

static inline struct cache_key key_of(const struct cache *cache,
                                      const char *bytes, size_t len)
{
    static const uint64_t masks[MIDDLE + 1][2] = {
        { 0, 0 },
        { 0xff, 0 }, { 0xffff, 0 }, { 0xffffff, 0 }, { 0xffffffff, 0 },
        { 0xffffffffff, 0 }, { 0xffffffffffff, 0 }, { 0xffffffffffffff, 0 },
        { ~(uint64_t)0, 0 }, { ~(uint64_t)0, 0xff }, { ~(uint64_t)0, 0xffff },
        { ~(uint64_t)0, 0xffffff }, { ~(uint64_t)0, 0xffffffff },
        { ~(uint64_t)0, 0xffffffffff }, { ~(uint64_t)0, 0xffffffffffff },
        { ~(uint64_t)0, 0xffffffffffffff }, { ~(uint64_t)0, ~(uint64_t)0 }
    };
    struct cache_key key = { .is_middle = len > SHORT };
    uint64_t hash;

    memcpy(&key.low, bytes, 8);
    memcpy(&key.high, bytes + 8, 8);
    key.low &= masks[len][0];
    key.high &= masks[len][1];
    hash = (key.low ^ (key.high << 29 | key.high >> 35) *
                          0xff51afd7ed558ccdu) * 0x9e3779b97f4a7c15u;
    key.line = cache->lines[key.is_middle] +
               (hash >> (64 - cache->bits[key.is_middle])) * WORDS;
    if (!key.is_middle)
        key.high = key.low;
    return key;
}

/* A zero at its end would be none of a key's bytes. */
static inline bool has_key(struct slice piece)
{
    return piece.len <= MIDDLE && piece.ptr[piece.len - 1] != '\0';
}

static struct cache_key key_of_copy(const struct cache *cache,
                                    struct slice piece)
{
    char bytes[MIDDLE] = { 0 };

    memcpy(bytes, piece.ptr, piece.len);
    return key_of(cache, bytes, piece.len);
}

void cache_keys(const struct cache *cache, struct slice text, size_t at,
                const size_t *ends, size_t count, struct cache_key *keys)
{
    for (size_t i = 0; i < count; at = ends[i++]) {
        struct slice piece = { text.ptr + at, ends[i] - at };

        if (!has_key(piece))
            keys[i] = (struct cache_key){ 1, 1, no_line, 0 };
        else if (text.len - at < MIDDLE)
            keys[i] = key_of_copy(cache, piece);
        else
            keys[i] = key_of(cache, piece.ptr, piece.len);
        __builtin_prefetch(keys[i].line);
    }
}

/* ---- the pool ---- */

static size_t pool_get(const struct cache *cache, uint64_t at, uint32_t *ids)
{
    size_t count = cache->pool[at];

    memcpy(ids, cache->pool + at + 1, count * sizeof *ids);
    return count;
}

/* Everything is forgotten when there is no room. */
static uint32_t pool_put(struct cache *cache, const uint32_t *ids,
                         size_t count, size_t more)
{
    size_t at;

    if (1 + count + more > cache->pool_cap - cache->pool_count)
        begin_anew(cache);
    at = cache->pool_count;
    cache->pool_count += 1 + count + more;
    cache->pool[at] = (uint32_t)count;
    memcpy(cache->pool + at + 1, ids, count * sizeof *ids);
    return (uint32_t)at;
}

/* The pool's place for a long piece, or 0; *slot is where that would stand. */
static uint32_t long_find(const struct cache *cache, struct slice piece,
                          uint64_t hash, uint64_t **slot)
{
    size_t mask = ((size_t)1 << cache->long_bits) - 1, at = hash & mask;

    for (; cache->longs[at] != 0; at = (at + 1) & mask) {
        const uint32_t *entry = cache->pool + (uint32_t)cache->longs[at];
        const uint32_t *len = entry + 1 + entry[0];

        if (cache->longs[at] >> 32 == hash >> 32 && *len == piece.len &&
            memcmp(len + 1, piece.ptr, piece.len) == 0)
            break;
    }
    *slot = &cache->longs[at];
    return (uint32_t)cache->longs[at];
}

static size_t long_get(const struct cache *cache, struct slice piece,
                       uint32_t *ids)
{
    uint64_t *slot;
    uint32_t at = long_find(cache, piece, hash64(piece), &slot);

    return at > 0 ? pool_get(cache, at, ids) : 0;
}

static void long_put(struct cache *cache, struct slice piece,
                     const uint32_t *ids, size_t count)
{
    uint64_t hash = hash64(piece), *slot;
    size_t words = 1 + (piece.len + 3) / 4;
    uint32_t at, *len;

    if (1 + count + words > cache->pool_cap - 1)
        return;
    if (cache->long_count * 2 >> cache->long_bits > 0)
        begin_anew(cache);
    at = pool_put(cache, ids, count, words);
    len = cache->pool + at + 1 + count;
    *len = (uint32_t)piece.len;
    memcpy(len + 1, piece.ptr, piece.len);
    long_find(cache, piece, hash, &slot);
    *slot = hash >> 32 << 32 | at;
    cache->long_count++;
}

/* ---- looking up ---- */

/*
 * Which word of a line has the ids, by the key's kind and which of the first
 * four words are the key's: 0 = none.
 */
static const uint8_t ids_at[2][1 << KEYS] = {
    { [1] = 4, [2] = 5, [4] = 6, [8] = 7 },
    { [5] = 4, [7] = 4, [13] = 4, [10] = 6, [11] = 6, [14] = 6 }
};

static size_t find(const struct cache_key *key)
{
    unsigned same = (key->line[0] == key->low) |
                    (key->line[1] == key->low) * 2u |
                    (key->line[2] == key->high) * 4u |
                    (key->line[3] == key->high) * 8u;

    return ids_at[key->is_middle][same];
}

static void unpack(uint64_t word, uint32_t ids[IN_WORD])
{
    for (unsigned i = 0; i < IN_WORD; i++)
        ids[i] = (uint32_t)(word >> (COUNT_BITS + ID_BITS * i)) & ID;
}

size_t cache_get(const struct cache *cache, struct slice piece, uint32_t *ids)
{
    uint32_t six[2 * IN_WORD];
    struct cache_key key;
    const uint64_t *words;
    size_t at, count;

    if (!has_key(piece))
        return piece.len > MIDDLE && piece.len <= CACHE_PIECE_MAX
                   ? long_get(cache, piece, ids) : 0;
    key = key_of_copy(cache, piece);
    at = find(&key);
    if (at == 0)
        return 0;
    words = key.line + at;
    count = words[0] & COUNT;
    if (count == 0)
        return pool_get(cache, words[0] >> COUNT_BITS, ids);
    unpack(words[0], six);
    unpack(words[1], six + IN_WORD);
    memcpy(ids, six, count * sizeof *ids);
    return count;
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))
#define AVX2_INLINE AVX2 static inline __attribute__((always_inline))

AVX2_INLINE size_t find_avx2(const struct cache_key *key)
{
    __m256i wanted = _mm256_set_m128i(_mm_set1_epi64x((long long)key->high),
                                      _mm_set1_epi64x((long long)key->low));
    __m256i same = _mm256_cmpeq_epi64(
        wanted, _mm256_loadu_si256((const __m256i *)key->line));

    return ids_at[key->is_middle][_mm256_movemask_pd(
        _mm256_castsi256_pd(same))];
}

AVX2 static size_t misses_avx2(const struct cache_key *keys, size_t count,
                               uint32_t *misses)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        misses[found] = (uint32_t)i;
        found += find_avx2(&keys[i]) == 0 && keys[i].line != no_line;
    }
    return found;
}

/* Four ids at a time; what has more of them is left to cache_get(). */
AVX2 static size_t run_avx2(const struct cache_key *keys, size_t count,
                            uint32_t **ids)
{
    const __m256i shifts = _mm256_setr_epi64x(4, 24, 44, 4);
    const __m256i mask = _mm256_set1_epi64x(ID);
    const __m256i evens = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
    uint32_t *to = *ids;
    size_t i = 0;

    for (; i < count; i++) {
        const struct cache_key *key = &keys[i];
        size_t at = find_avx2(key);
        const uint64_t *words = key->line + at;
        size_t n = words[0] & COUNT;
        __m256i four = _mm256_set_m128i(
            _mm_set_epi64x((long long)words[1], (long long)words[0]),
            _mm_set1_epi64x((long long)words[0]));

        if (at == 0 || n - 1 > 3)
            break;
        four = _mm256_and_si256(_mm256_srlv_epi64(four, shifts), mask);
        four = _mm256_permutevar8x32_epi32(four, evens);
        _mm_storeu_si128((__m128i *)to, _mm256_castsi256_si128(four));
        to += n;
    }
    *ids = to;
    return i;
}

#endif

size_t cache_run(const struct cache_key *keys, size_t count, uint32_t **ids)
{
    uint32_t *to = *ids;
    size_t i = 0;

#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return run_avx2(keys, count, ids);
#endif
    for (; i < count; i++) {
        size_t at = find(&keys[i]), n = keys[i].line[at] & COUNT;

        if (at == 0 || n - 1 >= IN_WORD)
            break;
        unpack(keys[i].line[at], to);
        to += n;
    }
    *ids = to;
    return i;
}

size_t cache_misses(const struct cache_key *keys, size_t count,
                    uint32_t *misses)
{
    size_t found = 0;

#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return misses_avx2(keys, count, misses);
#endif
    for (size_t i = 0; i < count; i++) {
        misses[found] = (uint32_t)i;
        found += keys[i].line != no_line && find(&keys[i]) == 0;
    }
    return found;
}

/* ---- remembering ---- */

static bool fits(const uint32_t *ids, size_t count, size_t room)
{
    if (count > room)
        return false;
    for (size_t i = 0; i < count; i++)
        if (ids[i] > ID)
            return false;
    return true;
}

static uint64_t pack(const uint32_t *ids, size_t count)
{
    uint64_t packed = 0;

    for (size_t i = 0; i < count && i < IN_WORD; i++)
        packed |= (uint64_t)ids[i] << (COUNT_BITS + ID_BITS * i);
    return packed;
}

void cache_put(struct cache *cache, struct slice piece, const uint32_t *ids,
               size_t count)
{
    uint64_t packed[2] = { 0, 0 }, *line;
    struct cache_key key;

    if (!has_key(piece)) {
        if (piece.len > MIDDLE && piece.len <= CACHE_PIECE_MAX)
            long_put(cache, piece, ids, count);
        return;
    }
    key = key_of_copy(cache, piece);
    if (find(&key) > 0)
        return;
    if (fits(ids, count, key.is_middle ? 2 * IN_WORD : IN_WORD)) {
        packed[0] = pack(ids, count) | count;
        if (count > IN_WORD)
            packed[1] = pack(ids + IN_WORD, count - IN_WORD);
    } else {
        packed[0] = (uint64_t)pool_put(cache, ids, count, 0) << COUNT_BITS;
    }
    line = cache->lines[key.is_middle] +
           (key.line - cache->lines[key.is_middle]);
    if (key.is_middle) {
        line[1] = line[0];
        line[3] = line[2];
        memmove(line + 6, line + 4, 2 * sizeof *line);
        line[2] = key.high;
        line[5] = packed[1];
    } else {
        memmove(line + 1, line, 3 * sizeof *line);
        memmove(line + 5, line + 4, 3 * sizeof *line);
    }
    line[0] = key.low;
    line[4] = packed[0];
}

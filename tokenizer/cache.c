/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache - open addressing, linear probing, at most half full.
 *
 * It begins small and doubles, so that a short run does not pay for clearing
 * the whole budget.
 */
#include "tokenizer/cache.h"

#include <stdlib.h>

#include "src/fail.h"

enum { SLOTS_MIN = 1 << 10 };

struct cache_slot {
    uint64_t words[CACHE_KEY_MAX / 8];
    uint32_t ids[CACHE_IDS_INLINE]; /* or ids[0] = offset in the pool */
    uint32_t count;
    uint32_t len;
};

struct cache {
    struct cache_slot *slots;
    void *memory;       /* what was allocated for the slots */
    uint64_t mask;
    size_t count, slots_max;
    uint32_t *pool;     /* ids of keys that have more than a slot holds */
    size_t pool_count, pool_cap, pool_max;
};

static void slots_new(struct cache *cache, size_t slots)
{
    enum { LINE = sizeof(struct cache_slot) };
    size_t size = (slots + 1) * LINE;

    cache->memory = xcalloc(1, size);
    cache->slots = (struct cache_slot *)
        (((uintptr_t)cache->memory + LINE - 1) & ~(uintptr_t)(LINE - 1));
    cache->mask = slots - 1;
    cache->count = 0;
}

struct cache *cache_new(size_t budget)
{
    struct cache *cache = xcalloc(1, sizeof *cache);

    /* While it doubles, the old slots stand beside the new: 3/4 of the sum. */
    cache->slots_max = SLOTS_MIN;
    while (cache->slots_max * 4 * sizeof(struct cache_slot) <= budget)
        cache->slots_max *= 2;
    cache->pool_max = budget / 16 / sizeof *cache->pool;
    slots_new(cache, SLOTS_MIN);
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    free(cache->memory);
    free(cache->pool);
    free(cache);
}

static uint64_t key_hash(const uint64_t words[CACHE_KEY_MAX / 8])
{
    uint64_t a = (words[0] ^ 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
    uint64_t b = (words[1] ^ 0xc2b2ae3d27d4eb4fu) * 0xc4ceb9fe1a85ec53u;

    a = (a ^ a >> 32 ^ words[2]) * 0x9fb21c651e98df25u;
    b = (b ^ b >> 29 ^ words[3]) * 0xd6e8feb86659fd93u;
    a ^= a >> 31 ^ b;
    return a ^ a >> 28;
}

struct cache_key cache_key(struct slice piece, size_t readable)
{
    static const unsigned char keep[2 * CACHE_KEY_MAX] = {
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
    };
    struct cache_key key = { .len = piece.len };
    uint64_t mask[CACHE_KEY_MAX / 8];

    if (readable < CACHE_KEY_MAX) {
        memcpy(key.words, piece.ptr, piece.len);
    } else {
        memcpy(mask, keep + CACHE_KEY_MAX - piece.len, sizeof mask);
        memcpy(key.words, piece.ptr, sizeof key.words);
        for (size_t i = 0; i < CACHE_KEY_MAX / 8; i++)
            key.words[i] &= mask[i];
    }
    return key;
}

/* Keys end where their zeros begin, or the lengths tell them apart. */
static bool slot_has(const struct cache_slot *slot,
                     const struct cache_key *key)
{
    uint64_t difference = slot->len ^ key->len;

    for (size_t i = 0; i < CACHE_KEY_MAX / 8; i++)
        difference |= slot->words[i] ^ key->words[i];
    return difference == 0;
}

const uint32_t *cache_find(const struct cache *cache,
                           const struct cache_key *key, size_t *count)
{
    uint64_t at = key_hash(key->words) & cache->mask;

    for (; cache->slots[at].len != 0; at = (at + 1) & cache->mask) {
        const struct cache_slot *slot = &cache->slots[at];

        if (slot_has(slot, key)) {
            *count = slot->count;
            return slot->count <= CACHE_IDS_INLINE
                       ? slot->ids : cache->pool + slot->ids[0];
        }
    }
    return NULL;
}

static struct cache_slot *free_slot(struct cache *cache,
                                    const uint64_t words[CACHE_KEY_MAX / 8])
{
    uint64_t at = key_hash(words) & cache->mask;

    while (cache->slots[at].len != 0)
        at = (at + 1) & cache->mask;
    return &cache->slots[at];
}

static void cache_empty(struct cache *cache)
{
    memset(cache->slots, 0, (cache->mask + 1) * sizeof *cache->slots);
    cache->count = 0;
    cache->pool_count = 0;
}

static void cache_double(struct cache *cache)
{
    struct cache_slot *old = cache->slots;
    void *memory = cache->memory;
    size_t slots = cache->mask + 1, count = cache->count;

    slots_new(cache, 2 * slots);
    for (size_t i = 0; i < slots; i++)
        if (old[i].len != 0)
            *free_slot(cache, old[i].words) = old[i];
    cache->count = count;
    free(memory);
}

void cache_add(struct cache *cache, const struct cache_key *key,
               const uint32_t *ids, size_t count)
{
    bool pooled = count > CACHE_IDS_INLINE;
    struct cache_slot *slot;

    if (pooled && cache->pool_count + count > cache->pool_max)
        cache_empty(cache);
    else if (cache->count * 2 >= cache->mask + 1 &&
             cache->mask + 1 < cache->slots_max)
        cache_double(cache);
    else if (cache->count * 2 >= cache->mask + 1)
        cache_empty(cache);
    slot = free_slot(cache, key->words);
    memcpy(slot->words, key->words, sizeof slot->words);
    slot->len = (uint32_t)key->len;
    slot->count = (uint32_t)count;
    cache->count++;
    if (!pooled) {
        memcpy(slot->ids, ids, count * sizeof *ids);
        return;
    }
    slot->ids[0] = (uint32_t)cache->pool_count;
    cache->pool = grow(cache->pool, &cache->pool_cap,
                       cache->pool_count + count, sizeof *cache->pool);
    memcpy(cache->pool + cache->pool_count, ids, count * sizeof *ids);
    cache->pool_count += count;
}

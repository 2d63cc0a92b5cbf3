/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordcount - open addressing with linear probing, at most two thirds full.
 *
 * Texts hold a few hundred thousand distinct words, more than the cache does:
 * nearly each look-up waits for memory.  So pieces are taken in groups; all the
 * group's slots are asked for before the first is read.
 */
#include "tokenizer/wordcount.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/large.h"

enum {
    LONG = 0xff, GROUP = 32, CAP_MIN = 16,
    FEW = 24 /* slots that are sorted by insertion */
};

struct long_word {
    size_t len;
    uint64_t hash;
    char bytes[];
};

static struct long_word *long_of(const struct wordkey *key)
{
    struct long_word *word;

    memcpy(&word, &key->parts[1], sizeof word);
    return word;
}

static inline bool is_long(const struct wordkey *key)
{
    return key->parts[2] >> 56 == LONG;
}

/* Where the search for a hash begins. */
static inline size_t home(const struct wordcount *table, uint64_t hash)
{
    return (size_t)hash & (table->cap - 1);
}

static uint64_t slot_hash(const struct wordcount_slot *slot)
{
    return is_long(&slot->key) ? long_of(&slot->key)->hash
                               : wordkey_hash(&slot->key);
}

/* The first bits of its hash; shifting by 64 is not defined. */
static size_t part_of(const struct wordcount_slot *slot, unsigned bits)
{
    return (size_t)(slot_hash(slot) >> 1 >> (63 - bits));
}

/* The slot's word; it lies in the slot itself when it is short. */
static struct slice slot_word(const struct wordcount_slot *slot)
{
    if (is_long(&slot->key)) {
        struct long_word *word = long_of(&slot->key);

        return slice_make(word->bytes, word->len);
    }
    return slice_make((const char *)&slot->key,
                      (size_t)(slot->key.parts[2] >> 56) - 1);
}

/* To where the search for it comes first. */
static void put_slot(struct wordcount *table, struct wordcount_slot slot)
{
    size_t at = home(table, slot_hash(&slot));

    while (table->slots[at].key.parts[2] != 0)
        at = (at + 1) & (table->cap - 1);
    table->slots[at] = slot;
}

static void take_slot(struct wordcount *table, size_t i)
{
    struct wordcount_slot slot = table->slots[i];

    table->slots[i] = (struct wordcount_slot){ .count = 0 };
    if (slot.key.parts[2] != 0)
        put_slot(table, slot);
}

/*
 * In place.  A word stays where it is, or nearer to its home, or goes to the
 * new part, which is empty; so slots from a free one on can be gone through in
 * their order.  What stands before that one, where words of the table's end
 * may be, is set aside.
 */
static void table_grow(struct wordcount *table, size_t cap)
{
    size_t old_cap = table->cap, aside = 0;
    struct wordcount_slot *first;

    table->cap = cap;
    table->slots = large_grow(table->slots, old_cap * sizeof *table->slots,
                              cap * sizeof *table->slots);
    while (aside < old_cap && table->slots[aside].key.parts[2] != 0)
        aside++;
    first = xcalloc(aside + 1, sizeof *first);
    memcpy(first, table->slots, aside * sizeof *first);
    memset(table->slots, 0, aside * sizeof *first);
    for (size_t i = aside; i < old_cap; i++)
        take_slot(table, i);
    for (size_t i = 0; i < aside; i++)
        put_slot(table, first[i]);
    free(first);
}

/* Room for `more` words without moving a slot. */
static void table_reserve(struct wordcount *table, size_t more)
{
    size_t cap = table->cap > 0 ? table->cap : CAP_MIN;

    while ((table->count + more) * 3 > cap * 2)
        cap *= 2;
    if (cap > table->cap)
        table_grow(table, cap);
}

/* The slot of a short key, or the free one where it belongs. */
static inline struct wordcount_slot *find_short(const struct wordcount *table,
                                                const struct wordkey *key,
                                                uint64_t hash)
{
    size_t at = home(table, hash);

    for (;; at = (at + 1) & (table->cap - 1)) {
        struct wordcount_slot *slot = &table->slots[at];

        if (slot->key.parts[2] == 0 ||
            (slot->key.parts[0] == key->parts[0] &&
             slot->key.parts[1] == key->parts[1] &&
             slot->key.parts[2] == key->parts[2]))
            return slot;
    }
}

static struct wordcount_slot *find_long(const struct wordcount *table,
                                        struct slice word, uint64_t hash)
{
    size_t at = home(table, hash);

    for (;; at = (at + 1) & (table->cap - 1)) {
        struct wordcount_slot *slot = &table->slots[at];

        if (slot->key.parts[2] == 0 ||
            (is_long(&slot->key) && long_of(&slot->key)->hash == hash &&
             slice_equal(slot_word(slot), word)))
            return slot;
    }
}

static struct wordcount_slot *add_long(struct wordcount *table,
                                       struct slice word)
{
    uint64_t hash = hash64(word);
    struct wordcount_slot *slot = find_long(table, word, hash);

    if (slot->key.parts[2] == 0) {
        struct long_word *copy =
            arena_alloc(&table->arena, sizeof *copy + word.len);

        copy->len = word.len;
        copy->hash = hash;
        memcpy(copy->bytes, word.ptr, word.len);
        slot->key.parts[0] = wordkey_load(word.ptr, 8);
        memcpy(&slot->key.parts[1], &copy, sizeof copy);
        slot->key.parts[2] = (uint64_t)LONG << 56;
        table->count++;
        table->long_bytes += sizeof *copy + word.len;
    }
    return slot;
}

static inline struct wordcount_slot *
add_short(struct wordcount *table, const struct wordkey *key, uint64_t hash)
{
    struct wordcount_slot *slot = find_short(table, key, hash);

    if (slot->key.parts[2] == 0) {
        slot->key = *key;
        table->count++;
    }
    return slot;
}

struct wordcount_slot *wordcount_part(struct wordcount *table, unsigned bits,
                                      size_t *starts)
{
    struct wordcount_slot *parted = large_alloc(table->count *
                                                sizeof *parted);
    size_t parts = (size_t)1 << bits, *next = xcalloc(parts + 1, sizeof *next);

    for (size_t i = 0; i < table->cap; i++)
        if (table->slots[i].key.parts[2] != 0)
            next[part_of(&table->slots[i], bits) + 1]++;
    for (size_t i = 0; i < parts; i++)
        next[i + 1] += next[i];
    memcpy(starts, next, (parts + 1) * sizeof *starts);
    for (size_t i = 0; i < table->cap; i++)
        if (table->slots[i].key.parts[2] != 0)
            parted[next[part_of(&table->slots[i], bits)]++] = table->slots[i];
    free(next);
    large_free(table->slots, table->cap * sizeof *table->slots);
    table->slots = NULL;
    table->cap = table->count = 0;
    return parted;
}

void wordcount_part_free(struct wordcount_slot *slots, size_t count)
{
    large_free(slots, count * sizeof *slots);
}

void wordcount_reserve(struct wordcount *table, size_t count)
{
    if (count > table->count)
        table_reserve(table, count - table->count);
}

bool wordcount_add_slots(struct wordcount *table,
                         const struct wordcount_slot *slots, size_t count)
{
    uint64_t total = table->total;

    table_reserve(table, count);
    for (size_t i = 0; i < count; i++) {
        struct wordcount_slot *slot;

        if (i + GROUP < count)
            __builtin_prefetch(
                &table->slots[home(table, slot_hash(&slots[i + GROUP]))], 1);
        if (slots[i].count > (uint64_t)INT64_MAX - total)
            return false;
        total += slots[i].count;
        slot = is_long(&slots[i].key)
                   ? add_long(table, slot_word(&slots[i]))
                   : add_short(table, &slots[i].key, slot_hash(&slots[i]));
        slot->count += slots[i].count;
    }
    table->total = total;
    return true;
}

size_t wordcount_move(struct wordcount *into, struct wordcount *from,
                      size_t begin, size_t end, uint64_t *times)
{
    size_t words = 0;

    for (size_t i = begin; i < end && into->cap > 0; i++) {
        struct wordcount_slot *slot = &from->slots[i], *found;

        if (i + GROUP < end && from->slots[i + GROUP].key.parts[2] != 0)
            __builtin_prefetch(
                &into->slots[home(into, slot_hash(&from->slots[i + GROUP]))],
                1);
        if (slot->key.parts[2] == 0)
            continue;
        found = is_long(&slot->key)
                    ? find_long(into, slot_word(slot), slot_hash(slot))
                    : find_short(into, &slot->key, slot_hash(slot));
        if (found->key.parts[2] == 0)
            continue;
        found->count += slot->count;
        *times += slot->count;
        slot->key.parts[2] = 0;
        words++;
    }
    return words;
}

bool wordcount_moved(struct wordcount *into, struct wordcount *from,
                     size_t words, uint64_t times)
{
    if (times > (uint64_t)INT64_MAX - into->total)
        return false;
    into->total += times;
    from->total -= times;
    from->count -= words;
    return true;
}

size_t wordcount_long_bytes(const struct wordcount_slot *slots, size_t count)
{
    size_t bytes = 0;

    for (size_t i = 0; i < count; i++)
        if (is_long(&slots[i].key))
            bytes += sizeof(struct long_word) + long_of(&slots[i].key)->len;
    return bytes;
}

bool wordcount_add(struct wordcount *table, struct slice word, uint64_t times)
{
    struct wordcount_slot *slot;
    struct wordkey key;

    if (times > (uint64_t)INT64_MAX - table->total)
        return false;
    table_reserve(table, 1);
    if (word.len <= WORDKEY_MAX) {
        uint64_t hash = wordkey_short(&key, word);

        slot = add_short(table, &key, hash);
    } else {
        slot = add_long(table, word);
    }
    slot->count += times;
    table->total += times;
    return true;
}

void wordcount_add_pieces(struct wordcount *table, struct slice text, size_t at,
                          const size_t *ends, size_t count)
{
    struct wordkey keys[GROUP];
    uint64_t hashes[GROUP];
    struct slice words[GROUP];

    for (size_t done = 0; done < count;) {
        size_t n = count - done < GROUP ? count - done : GROUP;

        table_reserve(table, n);
        for (size_t i = 0; i < n; at = ends[done + i++]) {
            words[i] = slice_make(text.ptr + at, ends[done + i] - at);
            if (words[i].len > WORDKEY_MAX)
                continue;
            hashes[i] =
                text.len - at >= sizeof keys[i]
                    ? wordkey_masked(&keys[i], words[i].ptr, words[i].len)
                    : wordkey_short(&keys[i], words[i]);
            __builtin_prefetch(&table->slots[home(table, hashes[i])], 1);
        }
        for (size_t i = 0; i < n; i++) {
            struct wordcount_slot *slot =
                words[i].len > WORDKEY_MAX
                    ? add_long(table, words[i])
                    : add_short(table, &keys[i], hashes[i]);

            slot->count++;
        }
        done += n;
    }
    table->total += count; /* 2^63 bytes cannot have been read */
}

/*
 * Slots are not visited in their order: that is the order of the hash, and
 * words that come so would crowd one part of a smaller table.
 */
bool wordcount_add_all(struct wordcount *table, const struct wordcount *from)
{
    if (from->total > (uint64_t)INT64_MAX - table->total)
        return false;
    for (size_t i = 0; i < from->cap; i++) {
        const struct wordcount_slot *slot =
            &from->slots[i * 0x9e3779b1u & (from->cap - 1)];

        if (slot->key.parts[2] != 0)
            wordcount_add(table, slot_word(slot), slot->count);
    }
    return true;
}

uint64_t wordcount_get(const struct wordcount *table, struct slice word)
{
    struct wordkey key;

    if (table->cap == 0 || word.len == 0)
        return 0;
    if (word.len > WORDKEY_MAX)
        return find_long(table, word, hash64(word))->count;
    return find_short(table, &key, wordkey_short(&key, word))->count;
}

bool wordcount_next(const struct wordcount *table, size_t *at,
                    struct wordcount_item *item)
{
    while (*at < table->cap) {
        const struct wordcount_slot *slot = &table->slots[(*at)++];

        if (slot->key.parts[2] == 0)
            continue;
        *item = (struct wordcount_item){ slot_word(slot), slot->count };
        return true;
    }
    return false;
}

size_t wordcount_memory(const struct wordcount *table, size_t more,
                        size_t long_bytes)
{
    size_t cap = table->cap > 0 ? table->cap : CAP_MIN;
    size_t kept = table->long_bytes + long_bytes;

    while ((table->count + more) * 3 > cap * 2)
        cap *= 2;
    return cap * sizeof *table->slots +
           (kept > 0 ? kept * 4 + (4 << 10) : 0);
}

/* ---- sorting ---- */

/* A word's first eight bytes as a number that compares as they do. */
static inline uint64_t prefix_of(const struct wordcount_slot *slot)
{
    return __builtin_bswap64(slot->key.parts[0]);
}

static int by_word(const void *a, const void *b)
{
    uint64_t x = prefix_of(a), y = prefix_of(b);

    if (x != y)
        return x < y ? -1 : 1;
    return slice_compare(slot_word(a), slot_word(b));
}

static void sort_few(struct wordcount_slot *slots, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct wordcount_slot slot = slots[i];
        size_t at = i;

        for (; at > 0 && by_word(&slots[at - 1], &slot) > 0; at--)
            slots[at] = slots[at - 1];
        slots[at] = slot;
    }
}

/*
 * By the byte at `shift` of the first eight, in place: each slot is swapped to
 * where its byte belongs, then the parts are sorted by the next byte.
 */
static void sort_slots(struct wordcount_slot *slots, size_t count, int shift)
{
    size_t next[256], ends[256] = { 0 }, at = 0;

    if (count <= FEW) {
        sort_few(slots, count);
        return;
    }
    if (shift < 0) {
        qsort(slots, count, sizeof *slots, by_word);
        return;
    }
    for (size_t i = 0; i < count; i++)
        ends[prefix_of(&slots[i]) >> shift & 0xff]++;
    for (int i = 0; i < 256; i++) {
        next[i] = at;
        ends[i] = at += ends[i];
    }
    for (int i = 0; i < 256; i++)
        while (next[i] < ends[i]) {
            struct wordcount_slot slot = slots[next[i]];
            size_t byte = prefix_of(&slot) >> shift & 0xff;

            slots[next[i]] = slots[next[byte]];
            slots[next[byte]++] = slot;
        }
    for (int i = 0; i < 256; i++) {
        size_t start = i > 0 ? ends[i - 1] : 0;

        if (ends[i] - start > 1)
            sort_slots(slots + start, ends[i] - start, shift - 8);
    }
}

void wordcount_sort(struct wordcount *table)
{
    size_t count = 0;

    for (size_t i = 0; i < table->cap; i++)
        if (table->slots[i].key.parts[2] != 0)
            table->slots[count++] = table->slots[i];
    sort_slots(table->slots, count, 56);
}

struct wordcount_item wordcount_at(const struct wordcount *table, size_t i)
{
    return (struct wordcount_item){ slot_word(&table->slots[i]),
                                    table->slots[i].count };
}

void wordcount_clear(struct wordcount *table)
{
    large_free(table->slots, table->cap * sizeof *table->slots);
    arena_clear(&table->arena);
    *table = (struct wordcount){ 0 };
}

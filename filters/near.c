/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near - keys in small tables, sketches in blocks; see the header.
 *
 * A look-up is bands + 1 probes, each one or two cache lines that were asked
 * for while the text before was judged, and a line for each candidate.
 */
#include "filters/near.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "filters/names.h"
#include "src/fail.h"

enum {
    PARTS = 4096, PART_SHIFT = 52, TAG_SHIFT = 28, TAG_BITS = 24,
    GROUP = 16, GROUPS = PARTS / GROUP,
    ENTRY = 7, SAME_KEY = 8, PAGE = 4096,
    BLOCK = 65536
};

struct part {
    unsigned char *entries; /* [cap] in its group; number 0 = free */
    uint32_t count, cap;
};

/* GROUP parts in pages of their own. */
struct group {
    unsigned char *entries; /* [bytes] of each part in turn, and one byte */
    uint64_t bytes;
};

struct text {
    uint64_t bits[SKETCH_WORDS];
    uint64_t exact;
    uint64_t name; /* filters/names.h */
};

struct near {
    const struct sketch_params *params;
    unsigned least;
    uint64_t memory, bytes;
    struct part parts[PARTS];
    struct group groups[GROUPS];
    struct text **blocks; /* [block_count] */
    size_t block_count, block_cap;
    uint64_t count;
    struct names names;
};

struct entry {
    uint32_t number; /* + 1 */
    uint32_t tag;
};

static inline struct entry entry_at(const struct part *part, uint64_t at)
{
    uint64_t both;

    memcpy(&both, part->entries + at * ENTRY, sizeof both);
    return (struct entry){ (uint32_t)both, (uint32_t)(both >> 32) & 0xffffff };
}

static inline void entry_set(struct part *part, uint64_t at, struct entry entry)
{
    memcpy(part->entries + at * ENTRY, &entry.number, 4);
    memcpy(part->entries + at * ENTRY + 4, &entry.tag, 3);
}

static inline uint32_t tag_of(uint64_t key)
{
    return (uint32_t)(key >> TAG_SHIFT) & 0xffffff;
}

static inline uint64_t home_of(const struct part *part, uint32_t tag)
{
    return (uint64_t)tag * part->cap >> TAG_BITS;
}

static void part_put(struct part *part, struct entry entry)
{
    uint64_t at = home_of(part, entry.tag);

    while (entry_at(part, at).number)
        at = at + 1 == part->cap ? 0 : at + 1;
    entry_set(part, at, entry);
    part->count++;
}

/* Seven slots of eight are used at most. */
static bool part_is_full(const struct part *part)
{
    return ((uint64_t)part->count + 1) * 8 > (uint64_t)part->cap * 7;
}

/* ---- groups ---- */

/* The pages that a group takes when each part has a third more than it has. */
static uint64_t group_next_bytes(const struct near *near, size_t group)
{
    const struct part *parts = near->parts + group * GROUP;
    uint64_t slots = 0;

    for (size_t i = 0; i < GROUP; i++)
        slots += parts[i].count + parts[i].count / 3 + 4;
    return (slots * ENTRY + 1 + PAGE - 1) / PAGE * PAGE;
}

static void part_move(struct part *part, unsigned char *entries)
{
    struct part wide = { entries, 0, part->count + part->count / 3 + 4 };

    for (uint64_t i = 0; i < part->cap; i++) {
        struct entry entry = entry_at(part, i);

        if (entry.number)
            part_put(&wide, entry);
    }
    *part = wide;
}

/*
 * Pages from the system and not the heap, where tables that all grow at about
 * the same time leave holes that the next, larger ones do not fit into: an
 * eighth of all memory.
 */
static void group_widen(struct near *near, size_t group)
{
    struct group *old = &near->groups[group];
    struct group wide = { .bytes = group_next_bytes(near, group) };
    uint64_t at = 0;

    wide.entries = mmap(NULL, (size_t)wide.bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (wide.entries == MAP_FAILED)
        die("out of memory");
    for (size_t i = 0; i < GROUP; i++) {
        struct part *part = &near->parts[group * GROUP + i];

        part_move(part, wide.entries + at);
        at += (uint64_t)part->cap * ENTRY;
    }
    if (old->entries)
        munmap(old->entries, (size_t)old->bytes);
    near->bytes += wide.bytes - old->bytes;
    *old = wide;
}

struct near *near_new(const struct sketch_params *params, unsigned least,
                      uint64_t memory)
{
    struct near *near = xcalloc(1, sizeof *near);

    near->params = params;
    near->least = least;
    near->memory = memory;
    near->bytes = sizeof *near;
    return near;
}

static inline struct text *text_of(const struct near *near, uint64_t number)
{
    return &near->blocks[number / BLOCK][number % BLOCK];
}

/* ---- look-up ---- */

static void prefetch_key(const struct near *near, uint64_t key)
{
    const struct part *part = &near->parts[key >> PART_SHIFT];

    if (part->cap)
        __builtin_prefetch(part->entries +
                           home_of(part, tag_of(key)) * ENTRY);
}

void near_prefetch(const struct near *near, const struct sketch *sketch,
                   struct hash128 text)
{
    prefetch_key(near, text.low);
    if (sketch->shingle_count > 0)
        for (size_t band = 0; band < near->params->bands; band++)
            prefetch_key(near, sketch->keys[band]);
}

struct search {
    const struct near *near;
    const struct sketch *sketch;
    struct near_hit best;
    bool found;
    uint64_t last; /* number that was judged last */
};

static void judge(struct search *s, uint64_t number)
{
    unsigned thousandths;

    if (number == s->last)
        return;
    s->last = number;
    thousandths = sketch_thousandths(s->near->params, s->sketch->bits,
                                     text_of(s->near, number)->bits);
    if (thousandths < s->near->least)
        return;
    if (s->found && (thousandths < s->best.thousandths ||
                     (thousandths == s->best.thousandths &&
                      number >= s->best.number)))
        return;
    s->found = true;
    s->best.thousandths = thousandths;
    s->best.number = number;
}

static void judge_key(struct search *s, uint64_t key)
{
    const struct part *part = &s->near->parts[key >> PART_SHIFT];
    uint32_t tag = tag_of(key);
    uint64_t at;

    if (!part->cap)
        return;
    at = home_of(part, tag);
    for (;;) {
        struct entry entry = entry_at(part, at);

        if (!entry.number)
            return;
        if (entry.tag == tag)
            judge(s, entry.number - 1);
        at = at + 1 == part->cap ? 0 : at + 1;
    }
}

/* The same text: 100 bits of its hash agree. */
static bool find_exact(const struct near *near, struct hash128 text,
                       uint64_t *number)
{
    const struct part *part = &near->parts[text.low >> PART_SHIFT];
    uint32_t tag = tag_of(text.low);
    uint64_t at = part->cap ? home_of(part, tag) : 0;

    while (part->cap) {
        struct entry entry = entry_at(part, at);

        if (!entry.number)
            break;
        *number = entry.number - 1;
        if (entry.tag == tag && text_of(near, *number)->exact == text.high)
            return true;
        at = at + 1 == part->cap ? 0 : at + 1;
    }
    return false;
}

bool near_find(const struct near *near, const struct sketch *sketch,
               struct hash128 text, struct near_hit *hit)
{
    struct search s = { .near = near, .sketch = sketch, .last = UINT64_MAX };

    if (find_exact(near, text, &s.best.number)) {
        s.found = s.best.is_exact = true;
        s.best.thousandths = 1000;
    } else if (sketch->shingle_count > 0) {
        for (size_t band = 0; band < near->params->bands; band++)
            judge_key(&s, sketch->keys[band]);
    }
    if (!s.found)
        return false;
    *hit = s.best;
    hit->name = names_get(&near->names, text_of(near, s.best.number)->name);
    return true;
}

/* ---- adding ---- */

/* `same` have the key elsewhere. */
static bool enter(struct near *near, uint64_t key, uint64_t number,
                  uint32_t same)
{
    struct part *part = &near->parts[key >> PART_SHIFT];
    struct entry fresh = { (uint32_t)number + 1, tag_of(key) };
    uint64_t at;

    if (part_is_full(part))
        group_widen(near, (size_t)(key >> PART_SHIFT) / GROUP);
    at = home_of(part, fresh.tag);
    for (;;) {
        struct entry entry = entry_at(part, at);

        if (!entry.number)
            break;
        same += entry.tag == fresh.tag;
        at = at + 1 == part->cap ? 0 : at + 1;
    }
    if (same >= SAME_KEY)
        return false;
    entry_set(part, at, fresh);
    part->count++;
    return true;
}

bool near_name(struct near *near, struct slice id, uint64_t *name)
{
    uint64_t more = names_more(&near->names, id);

    if (near->memory > 0 && more > 0 && near->bytes + more > near->memory)
        return false;
    near->bytes += more;
    *name = names_put(&near->names, id);
    return true;
}

static uint64_t widening(const struct near *near, uint64_t key)
{
    size_t part = (size_t)(key >> PART_SHIFT);

    return part_is_full(&near->parts[part])
               ? group_next_bytes(near, part / GROUP)
               : 0;
}

/* What one more text may take at most: before it is there. */
static bool has_room(const struct near *near, const struct sketch *sketch,
                     struct hash128 text)
{
    uint64_t more = widening(near, text.low);

    if (near->memory == 0)
        return true;
    if (sketch->shingle_count > 0)
        for (size_t band = 0; band < near->params->bands; band++)
            more += widening(near, sketch->keys[band]);
    if (near->count % BLOCK == 0)
        more += (uint64_t)BLOCK * sizeof(struct text);
    return near->bytes + more <= near->memory;
}

bool near_add_beside(struct near *near, const struct sketch *sketch,
                     struct hash128 text, uint64_t name,
                     const uint32_t *elsewhere, bool *entered)
{
    size_t bands = sketch->shingle_count > 0 ? near->params->bands : 0;
    struct text *record;

    if (near->count >= UINT32_MAX - 1 || !has_room(near, sketch, text))
        return false;
    if (near->count % BLOCK == 0) {
        near->blocks = grow(near->blocks, &near->block_cap,
                            near->block_count + 1, sizeof *near->blocks);
        near->blocks[near->block_count++] = xmalloc(BLOCK * sizeof *record);
        near->bytes += (uint64_t)BLOCK * sizeof *record;
    }
    record = text_of(near, near->count);
    memcpy(record->bits, sketch->bits, sizeof record->bits);
    record->exact = text.high;
    record->name = name;
    for (size_t i = 0; i <= bands; i++) {
        bool is_in = enter(near, i ? sketch->keys[i - 1] : text.low,
                           near->count, elsewhere ? elsewhere[i] : 0);

        if (entered)
            entered[i] = is_in;
    }
    near->count++;
    return true;
}

bool near_add(struct near *near, const struct sketch *sketch,
              struct hash128 text, uint64_t name)
{
    return near_add_beside(near, sketch, text, name, NULL, NULL);
}

uint64_t near_count(const struct near *near)
{
    return near->count;
}

uint64_t near_bytes(const struct near *near)
{
    return near->bytes;
}

void near_free(struct near *near)
{
    if (!near)
        return;
    for (size_t i = 0; i < GROUPS; i++)
        if (near->groups[i].entries)
            munmap(near->groups[i].entries, (size_t)near->groups[i].bytes);
    for (size_t i = 0; i < near->block_count; i++)
        free(near->blocks[i]);
    free(near->blocks);
    names_clear(&near->names);
    free(near);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordset - words into slots, those of equal count side by side.
 *
 * Few counts are large and most are small, so words of small counts are put
 * where their count's run has room, in one pass; the others are sorted.
 */
#include "tokenizer/wordset.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/large.h"
#include "src/parallel.h"
#include "src/utf8.h"

enum {
    SMALL = 1024,      /* counts that have a place of their own */
    SCANNED = 1 << 16  /* slots of a table that a thread looks at, at least, */
};
enum { SCANS = 64 };   /* and at most so many parts of a table */

/* What is known of a part of a table before its words are in. */
struct wordset_scan {
    struct wordset_table table;
    size_t begin, end;            /* its slots */
    size_t places[SMALL];         /* slots of words of each count; then where
                                     the next one goes */
    struct wordcount_item *large; /* [large_count] words of large counts */
    size_t large_count, large_cap, large_slots;
    size_t large_at;              /* where the first of them goes */
    uint64_t hash, bytes, characters;
    uint64_t tokens;              /* that the words begin as */
    bool used[256], is_too_large;
    const struct wordset_ids *ids;
};

static void scan_word(struct wordset_scan *s, struct wordcount_item item)
{
    uint64_t link[2] = { hash64(item.word), item.count * s->table.weight };
    uint64_t bytes;

    if (__builtin_mul_overflow(item.count, s->table.weight, &bytes) ||
        __builtin_mul_overflow(bytes, (uint64_t)item.word.len, &bytes) ||
        __builtin_add_overflow(s->bytes, bytes, &s->bytes))
        s->is_too_large = true;
    for (size_t k = 0; k < item.word.len; k++) {
        unsigned char byte = (unsigned char)item.word.ptr[k];

        s->used[byte] = true;
        s->characters += (byte & 0xc0) != 0x80 ? link[1] : 0;
    }
    s->hash += hash64(slice_make((const char *)link, sizeof link));
    if (item.word.len < 2)
        return;
    if (item.count < SMALL) {
        s->places[item.count] += item.word.len + 1;
        return;
    }
    s->large = grow(s->large, &s->large_cap, s->large_count + 1,
                    sizeof *s->large);
    s->large[s->large_count++] = item;
    s->large_slots += item.word.len + 1;
}

/* The next word of the scan's part of the table. */
static bool next_word(const struct wordset_scan *s, size_t *at,
                      struct wordcount_item *item)
{
    return wordcount_next(s->table.words, at, item) && *at <= s->end;
}

static void scan_table(void *context, size_t i, size_t worker)
{
    struct wordset_scan *s = &((struct wordset *)context)->scans[i];
    struct wordcount_item item;

    (void)worker;
    for (size_t at = s->begin; next_word(s, &at, &item);)
        scan_word(s, item);
}

/* A table in parts, for several threads. */
static void add_scans(struct wordset *set, size_t *cap,
                      const struct wordset_table *table)
{
    size_t slots = table->words->cap, step = slots / SCANS, end;

    if (step < SCANNED)
        step = SCANNED;
    for (size_t at = 0; at < slots; at = end) {
        end = slots - at > step ? at + step : slots;
        set->scans = grow_zero(set->scans, cap, set->scan_count + 1,
                               sizeof *set->scans);
        set->scans[set->scan_count].table = *table;
        set->scans[set->scan_count].begin = at;
        set->scans[set->scan_count++].end = end;
    }
}

static int by_group(const void *a, const void *b)
{
    const struct wordset_scan *x = a, *y = b;

    if (x->table.group != y->table.group)
        return x->table.group < y->table.group ? -1 : 1;
    if (x->table.weight != y->table.weight)
        return x->table.weight < y->table.weight ? -1 : 1;
    return 0;
}

uint64_t wordset_open(struct wordset *set, const struct wordset_table *tables,
                      size_t count, size_t group_count, size_t threads,
                      bool used[256])
{
    uint64_t total = 0, slots = 1, *sums = xcalloc(group_count + 1,
                                                   sizeof *sums), hash;
    size_t scan_cap = 0;

    *set = (struct wordset){ .group_count = group_count, .threads = threads };
    set->groups = xcalloc(group_count + 1, sizeof *set->groups);
    for (size_t i = 0; i < count; i++)
        if (tables[i].weight > 0)
            add_scans(set, &scan_cap, &tables[i]);
    if (set->scan_count > 0)
        qsort(set->scans, set->scan_count, sizeof *set->scans, by_group);
    parallel_for(threads, set->scan_count, scan_table, set);
    for (size_t i = 0; i < set->scan_count; i++) {
        const struct wordset_scan *s = &set->scans[i];

        if (s->is_too_large ||
            __builtin_add_overflow(total, s->bytes, &total) ||
            total > INT64_MAX)
            die("the counts are too large: pairs would occur 2^63 times");
        set->groups[s->table.group].bytes += (int64_t)s->bytes;
        set->groups[s->table.group].characters += (int64_t)s->characters;
        sums[s->table.group] += s->hash;
        slots += s->large_slots;
        for (size_t k = 0; k < SMALL; k++)
            slots += s->places[k];
        for (int byte = 0; byte < 256; byte++)
            used[byte] |= s->used[byte];
    }
    if (slots >= SLOT_INSIDE)
        die("the distinct words have more than 2^32 bytes");
    set->slot_count = slots;
    hash = hash64(slice_make((const char *)sums, group_count * sizeof *sums));
    free(sums);
    return hash;
}

void wordset_length(struct wordset *set, uint32_t id, uint32_t bytes)
{
    set->lengths = grow_zero(set->lengths, &set->length_cap, (size_t)id + 1,
                             sizeof *set->lengths);
    set->lengths[id] = bytes;
}

static void add_run(struct wordset *set, size_t begin, size_t group,
                    uint64_t count)
{
    set->runs = grow(set->runs, &set->run_cap, set->run_count + 2,
                     sizeof *set->runs);
    set->runs[set->run_count++] =
        (struct wordset_run){ .begin = (uint32_t)begin,
                              .group = (uint32_t)group,
                              .count = (int64_t)count };
    set->runs[set->run_count] = (struct wordset_run){ .begin = UINT32_MAX };
}

/* The character at *at, moving past it; WORDSET_NONE. */
static uint32_t next_character(struct slice word, size_t *at,
                               const uint32_t *characters)
{
    uint32_t point = utf8_next_lax(word, at);

    return point < WORDSET_POINTS ? characters[point] : WORDSET_NONE;
}

static void put_characters(uint32_t *slots, struct slice word,
                           const uint32_t *characters)
{
    for (size_t at = 0; at < word.len;) {
        size_t start = at;
        uint32_t id = next_character(word, &at, characters);

        for (size_t i = start; i < at; i++)
            slots[i] = id == WORDSET_NONE ? SLOT_EDGE : SLOT_INSIDE;
        if (id != WORDSET_NONE)
            slots[start] = slots[at - 1] = id;
    }
}

/* An edge and the word; returns where the next word may begin. */
static size_t put_word(struct wordset *set, size_t at, struct slice word,
                       const struct wordset_ids *ids)
{
    uint32_t *slots = set->slots + at + 1;

    slots[-1] = SLOT_EDGE;
    if (ids->characters)
        put_characters(slots, word, ids->characters);
    else
        for (size_t i = 0; i < word.len; i++)
            slots[i] = ids->bytes[(unsigned char)word.ptr[i]];
    return at + 1 + word.len;
}

/* A character that is no token is said by its bytes. */
static uint64_t tokens_of(struct slice word, const struct wordset_ids *ids)
{
    uint64_t tokens = 0;

    if (!ids->characters)
        return word.len;
    for (size_t at = 0; at < word.len;) {
        size_t start = at;

        tokens += next_character(word, &at, ids->characters) == WORDSET_NONE
                      ? at - start : 1;
    }
    return tokens;
}

static int by_count(const void *a, const void *b)
{
    const struct wordcount_item *x = a, *y = b;

    return x->count < y->count ? -1 : x->count > y->count;
}

/*
 * Where the words of large counts go, of several tables; each count is a run.
 * The first of these has all of them from now on.
 */
static size_t lay_out_large(struct wordset *set, size_t first, size_t end,
                            size_t at)
{
    struct wordset_scan *s = &set->scans[first];

    for (size_t i = first + 1; i < end; i++) {
        const struct wordset_scan *other = &set->scans[i];

        s->large = grow(s->large, &s->large_cap,
                        s->large_count + other->large_count,
                        sizeof *s->large);
        for (size_t k = 0; k < other->large_count; k++)
            s->large[s->large_count++] = other->large[k];
        set->scans[i].large_count = 0;
    }
    if (s->large_count > 0)
        qsort(s->large, s->large_count, sizeof *s->large, by_count);
    s->large_at = at;
    for (size_t i = 0; i < s->large_count; i++) {
        if (i == 0 || s->large[i].count != s->large[i - 1].count)
            add_run(set, at, s->table.group,
                    s->large[i].count * s->table.weight);
        at += s->large[i].word.len + 1;
    }
    return at;
}

/* Where the words go of tables of one group and weight. */
static size_t lay_out(struct wordset *set, size_t first, size_t end, size_t at)
{
    for (size_t count = 0; count < SMALL; count++) {
        size_t begin = at;

        for (size_t i = first; i < end; i++) {
            size_t slots = set->scans[i].places[count];

            set->scans[i].places[count] = at;
            at += slots;
        }
        if (at > begin)
            add_run(set, begin, set->scans[first].table.group,
                    count * set->scans[first].table.weight);
    }
    return lay_out_large(set, first, end, at);
}

static void load_large(struct wordset *set, struct wordset_scan *s)
{
    size_t at = s->large_at;

    for (size_t i = 0; i < s->large_count; i++)
        at = put_word(set, at, s->large[i].word, s->ids);
    free(s->large);
}

/* A table's words, and count its tokens. */
static void load_table(void *context, size_t i, size_t worker)
{
    struct wordset *set = context;
    struct wordset_scan *s = &set->scans[i];
    struct wordcount_item item;

    (void)worker;
    load_large(set, s);
    for (size_t at = s->begin; next_word(s, &at, &item);) {
        s->tokens += tokens_of(item.word, s->ids) * item.count;
        if (item.word.len > 1 && item.count < SMALL)
            s->places[item.count] = put_word(set, s->places[item.count],
                                             item.word, s->ids);
    }
}

/* What the first tokens are long. */
static void set_lengths(struct wordset *set, const struct wordset_ids *ids)
{
    char bytes[4];

    set->is_bytes = !ids->characters;
    for (int byte = 0; byte < 256 && set->is_bytes; byte++)
        if (ids->bytes[byte] != WORDSET_NONE)
            wordset_length(set, ids->bytes[byte], 1);
    for (uint32_t point = 0; point < WORDSET_POINTS && !set->is_bytes; point++)
        if (ids->characters[point] != WORDSET_NONE)
            wordset_length(set, ids->characters[point],
                           (uint32_t)utf8_put(bytes, point));
}

void wordset_load(struct wordset *set, const struct wordset_ids *ids)
{
    size_t blocks = set->slot_count / WORDSET_BLOCK + 1, at = 0, run = 0, end;

    set->slots = large_reserve(set->slot_count * sizeof *set->slots);
    for (size_t i = 0; i < set->scan_count; i++)
        set->scans[i].ids = ids;
    for (size_t i = 0; i < set->scan_count; i = end) {
        for (end = i + 1; end < set->scan_count &&
             by_group(&set->scans[i], &set->scans[end]) == 0; end++)
            ;
        at = lay_out(set, i, end, at);
    }
    set->slots[at] = SLOT_EDGE;
    parallel_for(set->threads, set->scan_count, load_table, set);
    for (size_t i = 0; i < set->scan_count; i++)
        set->groups[set->scans[i].table.group].tokens +=
            (int64_t)(set->scans[i].tokens * set->scans[i].table.weight);
    free(set->scans);
    set->scans = NULL;
    set_lengths(set, ids);
    if (set->run_count == 0)
        add_run(set, 0, 0, 0);
    set->run_of = xmalloc(blocks * sizeof *set->run_of);
    for (size_t i = 0; i < set->run_count; i++)
        set->groups[set->runs[i].group].end = set->runs[i + 1].begin;
    for (size_t i = 0; i < blocks; i++) {
        while (set->runs[run + 1].begin <= i * WORDSET_BLOCK)
            run++;
        set->run_of[i] = (uint32_t)run;
    }
}

void wordset_clear(struct wordset *set)
{
    large_free(set->slots, set->slot_count * sizeof *set->slots);
    free(set->runs);
    free(set->run_of);
    free(set->groups);
    free(set->lengths);
    *set = (struct wordset){ 0 };
}

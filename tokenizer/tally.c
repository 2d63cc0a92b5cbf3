/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally - tables in hand, and what goes from them to the shards.
 */
#include "tokenizer/tally.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"

enum {
    SHARD_BITS = 6,
    SHARDS = 1 << SHARD_BITS,
    SHARD_MEMORY = 512 << 10, /* with less for each, there are fewer */
    HAND_WORDS = 1 << 17,     /* in hand at least, before they are emptied; */
    HANDS_WORDS = 1 << 23,    /* more if so many are not in hand in all */
    HANDS_SHARE = 4,          /* one byte of memory in so many is for hands */
    SECTION_BYTES = 1024,     /* what a section takes beside words and names */
    CHUNK = 256,              /* words that are added together */
    HANDS_STAYING = 4,        /* whose tables stay, at most, */
    SECTIONS_STAYING = 256,   /* and how many each */
    MOVED_SLOTS = 1 << 16     /* that a thread looks at, at a time */
};

struct tally_hand {
    struct tally *tally;
    struct counts counts;
    size_t words;             /* in all its tables */
    uint64_t bytes;           /* that they take, where there is a limit */
    uint64_t *pieces;         /* [counts.count] of each section */
    size_t piece_cap;
    uint32_t section;         /* that is being counted */
};

struct tally {
    struct counts shards[SHARDS];  /* [shard_count] */
    struct counts *tables[SHARDS];
    size_t shard_count;            /* 1 << shard_bits */
    unsigned shard_bits;
    struct tally_hand *hands;      /* [hand_count] */
    size_t hand_count;
    struct parallel_locks *hand_locks, *shard_locks;
    size_t hand_words;             /* at most, in a hand */
    uint64_t hand_bytes;           /* the same; 0: no limit */
    uint64_t memory, bytes;        /* allowed to the shards, and taken */
    bool is_emptied;               /* a hand was */
    void (*full)(void *context, struct counts *const *tables, size_t count);
    void *context;
    struct counts seen;
};

struct tally *tally_new(size_t threads, uint64_t memory,
                        void (*full)(void *context,
                                     struct counts *const *tables,
                                     size_t count),
                        void *context)
{
    struct tally *t = xcalloc(1, sizeof *t);

    t->shard_bits = SHARD_BITS;
    t->hand_count = threads;
    t->hand_words = HANDS_WORDS / threads;
    if (t->hand_words < HAND_WORDS)
        t->hand_words = HAND_WORDS;
    t->full = full;
    t->context = context;
    if (memory > 0) {
        while (t->shard_bits > 0 && memory >> t->shard_bits < SHARD_MEMORY)
            t->shard_bits--;
        t->hand_bytes = memory / HANDS_SHARE / 2 / threads; /* parted, too */
        t->memory = memory - memory / HANDS_SHARE;
    }
    t->shard_count = (size_t)1 << t->shard_bits;
    for (size_t i = 0; i < t->shard_count; i++)
        t->tables[i] = &t->shards[i];
    t->shard_locks = parallel_locks_new(t->shard_count);
    t->hand_locks = parallel_locks_new(threads);
    t->hands = xcalloc(threads, sizeof *t->hands);
    for (size_t i = 0; i < threads; i++)
        t->hands[i].tally = t;
    return t;
}

void tally_free(struct tally *t)
{
    for (size_t i = 0; i < t->shard_count; i++)
        counts_clear(&t->shards[i]);
    for (size_t i = 0; i < t->hand_count; i++) {
        counts_clear(&t->hands[i].counts);
        free(t->hands[i].pieces);
    }
    counts_clear(&t->seen);
    parallel_locks_free(t->shard_locks);
    parallel_locks_free(t->hand_locks);
    free(t->hands);
    free(t);
}

const struct counts *tally_pieces_seen(const struct tally *t)
{
    return &t->seen;
}

/* ---- the shards ---- */

/* Empty all shards, unless another thread did so meanwhile. */
static void make_room(struct tally *t, uint64_t more)
{
    for (size_t i = 0; i < t->shard_count; i++)
        parallel_lock(t->shard_locks, i);
    if (t->bytes > 0 && t->bytes + more > t->memory) {
        t->full(t->context, t->tables, t->shard_count);
        t->bytes = 0;
    }
    for (size_t i = 0; i < t->shard_count; i++)
        parallel_unlock(t->shard_locks, i);
}

/* The hand's section in the shard, which is locked; made when it is new. */
static struct counts_section *section_in(const struct tally_hand *hand,
                                         size_t shard, uint32_t section)
{
    const struct counts_section *mine = &hand->counts.sections[section];

    return counts_section(&hand->tally->shards[shard], mine->lang,
                          mine->source);
}

/* What the section takes of the memory at most, with so many words more. */
static uint64_t bytes_with(const struct counts_section *section, size_t words,
                           size_t long_bytes)
{
    return SECTION_BYTES + section->lang.len + section->source.len +
           wordcount_memory(&section->words, words, long_bytes);
}

static uint64_t bytes_of(const struct counts_section *section)
{
    return section->words.cap > 0 ? bytes_with(section, 0, 0) : 0;
}

/* Is there room for these words, while their table grows? */
static bool has_room(const struct tally *t,
                     const struct counts_section *section,
                     const struct wordcount_slot *words, size_t count,
                     uint64_t *more)
{
    uint64_t bytes = __atomic_load_n(&t->bytes, __ATOMIC_RELAXED);

    *more = bytes_with(section, count, wordcount_long_bytes(words, count)) -
            bytes_of(section);
    return bytes == 0 || bytes + *more <= t->memory;
}

/* The shard is locked, but for a while when there is no room. */
static void add_chunk(struct tally_hand *hand, size_t shard, uint32_t section,
                      const struct wordcount_slot *words, size_t count)
{
    struct tally *t = hand->tally;
    struct counts_section *found = section_in(hand, shard, section);
    uint64_t before, more;

    while (t->memory > 0 && !has_room(t, found, words, count, &more)) {
        parallel_unlock(t->shard_locks, shard);
        make_room(t, more);
        parallel_lock(t->shard_locks, shard);
        found = section_in(hand, shard, section);
    }
    before = t->memory > 0 ? bytes_of(found) : 0;
    if (!wordcount_add_slots(&found->words, words, count))
        die("the counts' sum does not fit 64 bits");
    if (t->memory > 0)
        __atomic_fetch_add(&t->bytes, bytes_of(found) - before,
                           __ATOMIC_RELAXED);
}

/* The words [starts[shard], starts[shard + 1]) of a section to their shard. */
static void add_part(struct tally_hand *hand, size_t shard, uint32_t section,
                     const struct wordcount_slot *words, const size_t *starts)
{
    size_t end = starts[shard + 1];

    for (size_t at = starts[shard], n; at < end; at += n) {
        n = end - at < CHUNK ? end - at : CHUNK;
        add_chunk(hand, shard, section, words + at, n);
    }
}

/* All words of a section to the shards. */
static void empty_section(struct tally_hand *hand, uint32_t section)
{
    const struct tally *t = hand->tally;
    struct wordcount *own = &hand->counts.sections[section].words;
    size_t starts[SHARDS + 1];
    struct wordcount_slot *words = wordcount_part(own, t->shard_bits, starts);

    for (size_t i = 0; i < t->shard_count; i++) {
        parallel_lock(t->shard_locks, i);
        add_part(hand, i, section, words, starts);
        parallel_unlock(t->shard_locks, i);
    }
    wordcount_part_free(words, starts[t->shard_count]);
    wordcount_clear(own);
}

static void empty(struct tally_hand *hand)
{
    for (uint32_t i = 0; i < hand->counts.count; i++)
        if (hand->counts.sections[i].words.count > 0)
            empty_section(hand, i);
    hand->words = 0;
    hand->bytes = 0;
    __atomic_store_n(&hand->tally->is_emptied, true, __ATOMIC_RELAXED);
}

/* ---- hands ---- */

struct tally_hand *tally_take(struct tally *t)
{
    return &t->hands[parallel_lock_any(t->hand_locks, t->hand_count)];
}

void tally_give(struct tally_hand *hand)
{
    struct tally *t = hand->tally;

    parallel_unlock(t->hand_locks, (size_t)(hand - t->hands));
}

void tally_document(struct tally_hand *hand, struct slice lang,
                    struct slice source, uint64_t text_bytes)
{
    size_t count = hand->counts.count;
    struct counts_section *section = counts_section(&hand->counts, lang,
                                                    source);

    if (hand->counts.count > count) {
        hand->pieces = grow(hand->pieces, &hand->piece_cap, count + 1,
                            sizeof *hand->pieces);
        hand->pieces[count] = 0;
    }
    section->documents++;
    section->text_bytes += text_bytes;
    hand->section = (uint32_t)(section - hand->counts.sections);
}

void tally_pieces(struct tally_hand *hand, struct slice text, size_t at,
                  const size_t *ends, size_t count)
{
    const struct tally *t = hand->tally;
    struct counts_section *section = &hand->counts.sections[hand->section];
    size_t before = section->words.count;
    uint64_t bytes = t->hand_bytes > 0 ? bytes_of(section) : 0;

    wordcount_add_pieces(&section->words, text, at, ends, count);
    hand->words += section->words.count - before;
    hand->pieces[hand->section] += count;
    if (t->hand_bytes > 0)
        hand->bytes += bytes_of(section) - bytes;
    if (hand->words > t->hand_words ||
        (t->hand_bytes > 0 && hand->bytes > t->hand_bytes))
        empty(hand);
}

/* A section of a hand, parted for the shards. */
struct parted {
    struct tally_hand *hand;
    uint32_t section;
    struct wordcount_slot *words;
    size_t starts[SHARDS + 1];
};

struct emptying {
    struct parted *parted; /* [count], all that is in hand */
    size_t count;
};

static void part_one(void *context, size_t i, size_t worker)
{
    struct parted *p = &((struct emptying *)context)->parted[i];

    (void)worker;
    p->words = wordcount_part(&p->hand->counts.sections[p->section].words,
                              p->hand->tally->shard_bits, p->starts);
}

/* What belongs to a shard, of all hands: no other thread has to do with it. */
static void fill_shard(void *context, size_t shard, size_t worker)
{
    const struct emptying *e = context;

    (void)worker;
    for (size_t i = 0; i < e->count; i++) {
        const struct parted *p = &e->parted[i];
        size_t n = p->starts[shard + 1] - p->starts[shard];

        if (n == 0)
            continue;
        wordcount_reserve(&section_in(p->hand, shard, p->section)->words, n);
        add_part(p->hand, shard, p->section, p->words, p->starts);
    }
}

/* Side by side; where there is a limit, hand by hand, for that may wait. */
static void empty_all(struct tally *t)
{
    struct emptying e = { 0 };
    size_t cap = 0;

    for (size_t h = 0; h < t->hand_count; h++) {
        struct tally_hand *hand = &t->hands[h];

        if (t->memory > 0)
            empty(hand);
        for (uint32_t i = 0; i < hand->counts.count; i++) {
            if (hand->counts.sections[i].words.count == 0)
                continue;
            e.parted = grow(e.parted, &cap, e.count + 1, sizeof *e.parted);
            e.parted[e.count++] = (struct parted){ .hand = hand,
                                                   .section = i };
        }
    }
    parallel_for(t->hand_count, e.count, part_one, &e);
    parallel_for(t->hand_count, t->shard_count, fill_shard, &e);
    for (size_t i = 0; i < e.count; i++) {
        struct parted *p = &e.parted[i];
        struct wordcount *own = &p->hand->counts.sections[p->section].words;

        wordcount_part_free(p->words, p->starts[t->shard_count]);
        wordcount_clear(own);
    }
    free(e.parted);
}

/* ---- tables that stay ---- */

/* Slots of a hand's table, held against that of another. */
struct moving {
    struct wordcount *into, *from;
    size_t begin, end;
    size_t words;
    uint64_t times;
};

struct moves {
    struct moving *items; /* [count] */
    size_t count, cap;
};

static void move_words(void *context, size_t i, size_t worker)
{
    struct moving *m = &((struct moves *)context)->items[i];

    (void)worker;
    m->words = wordcount_move(m->into, m->from, m->begin, m->end, &m->times);
}

static void add_moves(struct moves *moves, struct wordcount *into,
                      struct wordcount *from)
{
    for (size_t at = 0, end; at < from->cap; at = end) {
        end = from->cap - at > MOVED_SLOTS ? at + MOVED_SLOTS : from->cap;
        moves->items = grow(moves->items, &moves->cap, moves->count + 1,
                            sizeof *moves->items);
        moves->items[moves->count++] = (struct moving){
            .into = into, .from = from, .begin = at, .end = end
        };
    }
}

/* What the hand shares with one before it goes there, section by section. */
static void move_shared(const struct tally *t, struct tally_hand *into,
                        const struct tally_hand *from)
{
    struct moves moves = { 0 };

    for (size_t i = 0; i < from->counts.count; i++) {
        struct counts_section *section = &from->counts.sections[i];

        for (size_t k = 0; k < into->counts.count; k++)
            if (slice_equal(into->counts.sections[k].lang, section->lang))
                add_moves(&moves, &into->counts.sections[k].words,
                          &section->words);
    }
    parallel_for(t->hand_count, moves.count, move_words, &moves);
    for (size_t i = 0; i < moves.count; i++)
        if (!wordcount_moved(moves.items[i].into, moves.items[i].from,
                             moves.items[i].words, moves.items[i].times))
            die("the counts' sum does not fit 64 bits");
    free(moves.items);
}

/*
 * A few hands, and one source of each language: the same word of several
 * sources would be in several tables.
 */
static bool may_stay(const struct tally *t)
{
    const struct counts_section *all[HANDS_STAYING * SECTIONS_STAYING];
    size_t hands = 0, count = 0;

    for (size_t h = 0; h < t->hand_count; h++) {
        const struct counts *counts = &t->hands[h].counts;

        hands += counts->count > 0;
        if (hands > HANDS_STAYING || counts->count > SECTIONS_STAYING)
            return false;
        for (size_t i = 0; i < counts->count; i++)
            all[count++] = &counts->sections[i];
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (slice_equal(all[i]->lang, all[k]->lang) &&
                !slice_equal(all[i]->source, all[k]->source))
                return false;
    return t->memory == 0 && !t->is_emptied;
}

/* The last hand first: a table that gave words away cannot be searched. */
static void let_stay(struct tally *t)
{
    for (size_t h = t->hand_count; h-- > 1;)
        for (size_t before = 0; before < h; before++)
            move_shared(t, &t->hands[before], &t->hands[h]);
    t->shard_count = 0;
    for (size_t h = 0; h < t->hand_count; h++)
        if (t->hands[h].counts.count > 0)
            t->tables[t->shard_count++] = &t->hands[h].counts;
}

/* ---- the end ---- */

/* Documents, bytes and pieces of a hand, to what all have seen. */
static void add_up(struct tally *t, struct tally_hand *hand)
{
    for (size_t i = 0; i < hand->counts.count; i++) {
        struct counts_section *mine = &hand->counts.sections[i];
        struct counts_section *all = counts_section(t->tables[0], mine->lang,
                                                    mine->source);

        if (all != mine) {
            all->documents += mine->documents;
            all->text_bytes += mine->text_bytes;
            mine->documents = mine->text_bytes = 0;
        }
        counts_section(&t->seen, mine->lang, slice_make(NULL, 0))->text_bytes +=
            hand->pieces[i];
    }
}

static struct counts *const *give_tables(struct tally *t, size_t *count)
{
    for (size_t i = 0; i < t->hand_count; i++)
        add_up(t, &t->hands[i]);
    *count = t->shard_count;
    return t->tables;
}

struct counts *const *tally_tables(struct tally *t, size_t *count)
{
    size_t busy = 0;

    for (size_t i = 0; i < t->hand_count; i++)
        busy += t->hands[i].counts.count > 0;
    if (busy == 1 && !t->is_emptied)
        let_stay(t);
    else
        empty_all(t);
    return give_tables(t, count);
}

struct counts *const *tally_words(struct tally *t, size_t *count)
{
    if (!may_stay(t))
        return tally_tables(t, count);
    let_stay(t);
    if (t->shard_count == 0) /* nothing was counted */
        t->tables[t->shard_count++] = &t->hands[0].counts;
    return give_tables(t, count);
}

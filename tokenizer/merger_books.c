/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merger_books - all pairs counted as they stand, and the floor below which
 * they are not kept.
 */
#include "tokenizer/merger_books.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"

/*
 * On texts in 24 languages, the last of m merges occurs in one of about
 * 18 m bytes.  A guess that is too low costs less than one that is too high.
 */
enum { BYTES_PER_MERGE = 72, LOWER = 16, NEAR = 4 };

/* All pairs of neighbours, from the first slot to the last. */
struct walk {
    const struct wordset *set;
    const struct wordset_run *run; /* that of `at` */
    uint32_t at, end;              /* the next token, and the run's end */
    uint32_t left, left_at;        /* the token before it; or SLOT_EDGE */
};

static void walk_run(struct walk *w, const struct wordset_run *run)
{
    uint32_t last = (uint32_t)w->set->slot_count - 1;

    w->run = run;
    w->at = run->begin;
    w->end = run[1].begin < last ? run[1].begin : last;
    w->left = SLOT_EDGE;
}

/* The next pair of the run; false when it has no more. */
static inline bool walk_next(struct walk *w, uint64_t *key, uint32_t *place)
{
    while (w->at < w->end) {
        uint32_t left = w->left, left_at = w->left_at;
        uint32_t id = w->set->slots[w->at];

        w->left = id;
        w->left_at = w->at;
        w->at += id == SLOT_EDGE ? 1 : w->set->lengths[id];
        if (left != SLOT_EDGE && id != SLOT_EDGE) {
            *key = keyed_pair(left, id);
            *place = left_at;
            return true;
        }
    }
    return false;
}

struct merger *merger_new(struct wordset *set, size_t threads)
{
    struct merger *m = xcalloc(1, sizeof *m);

    places_init(&m->places, threads);
    m->set = set;
    m->threads = threads;
    m->is_common = true;
    m->taken = KEYED_FREE;
    for (size_t id = 0; id < set->length_cap; id++)
        if (set->lengths[id] > 0)
            m->newest = (uint32_t)id + 1;
    m->crew = parallel_crew_new(threads);
    round_init(&m->round, set, threads);
    m->asker = xmalloc((set->group_count + 1) * sizeof *m->asker);
    for (size_t i = 0; i < set->group_count; i++)
        m->asker[i] = MERGER_NOBODY;
    return m;
}

static void queues_clear(struct merger *m)
{
    for (size_t i = 0; i < m->queue_count; i++)
        pairs_clear(&m->queues[i]);
}

void merger_free(struct merger *m)
{
    queues_clear(m);
    free(m->queues);
    places_clear(&m->places);
    parallel_crew_free(m->crew);
    round_clear(&m->round);
    free(m->refused);
    free(m->asker);
    free(m);
}

/* Count the pairs of an asker's groups, and keep those that are frequent. */
static void count_queue(struct merger *m, uint32_t asker)
{
    const struct wordset *set = m->set;
    struct pairs all = { 0 }, *pairs = &m->queues[asker];
    struct walk walk = { .set = set };
    uint64_t key;
    uint32_t place;

    for (size_t r = 0; r < set->run_count; r++) {
        if (m->asker[set->runs[r].group] != asker)
            continue;
        walk_run(&walk, &set->runs[r]);
        while (walk_next(&walk, &key, &place))
            pairs_add(&all, key)->count += walk.run->count;
    }
    for (size_t i = 0; i < all.cap; i++) {
        const struct pair *pair = &all.slots[i];

        if (pair->key == KEYED_FREE || pair->count < pairs->least)
            continue;
        pairs_enter(pairs, pair->key, pair->count);
        places_add(&m->places, pair->key);
    }
    pairs_clear(&all);
}

/* Count the places of all pairs that have a list, or write them into it. */
static void walk_places(struct merger *m, bool is_writing)
{
    const struct wordset *set = m->set;
    struct walk walk = { .set = set };
    uint64_t key;
    uint32_t place;

    for (size_t r = 0; r < set->run_count; r++) {
        walk_run(&walk, &set->runs[r]);
        while (walk_next(&walk, &key, &place)) {
            struct place_list *list = places_find(&m->places, key);

            if (list && is_writing)
                list->at[list->count] = place;
            if (list)
                list->count++;
        }
    }
}

/* The places of all pairs that have a list, which is empty. */
static void find_places(struct merger *m)
{
    walk_places(m, false);
    for (size_t i = 0; i < m->places.cap; i++) {
        struct place_list *list = &m->places.slots[i];

        if (list->key == KEYED_FREE || list->count == 0)
            continue;
        list->at = places_alloc(&m->places, 0, list->count);
        list->count = 0;
    }
    walk_places(m, true);
}

static void count_all(struct merger *m)
{
    places_reset(&m->places);
    for (size_t i = 0; i < m->queue_count; i++)
        pairs_clear(&m->queues[i]);
    if (m->set->is_bytes) {
        merger_count_bytes(m);
        return;
    }
    for (size_t i = 0; i < m->queue_count; i++)
        count_queue(m, (uint32_t)i);
    find_places(m);
}

void merger_expect(struct merger *m, const uint64_t *keys, size_t count)
{
    merger_settle(m);
    m->is_expecting = true;
    places_reset(&m->places);
    for (size_t i = 0; i < count; i++)
        places_add(&m->places, keys[i]);
    if (m->set->is_bytes)
        merger_count_bytes(m);
    else
        find_places(m);
}

void merger_ask(struct merger *m, const uint32_t *asker, size_t count,
                int64_t floor, uint64_t merges)
{
    int64_t *bytes = xcalloc(count + 1, sizeof *bytes);

    merger_settle(m);
    queues_clear(m);
    free(m->queues);
    m->queues = xcalloc(count + 1, sizeof *m->queues);
    m->queue_count = count;
    m->floor = floor;
    m->is_expecting = false;
    m->is_common = true;
    for (size_t g = 0; g < m->set->group_count; g++) {
        m->asker[g] = asker[g];
        m->is_common &= asker[g] == asker[0];
        if (asker[g] != MERGER_NOBODY)
            bytes[asker[g]] += m->set->groups[g].bytes;
    }
    for (size_t i = 0; i < count; i++) {
        /* Of several askers, each has its share and what it shares. */
        uint64_t own = merges * 2 / (count + 1) + 1;
        int64_t least = bytes[i] / BYTES_PER_MERGE / (int64_t)own;

        m->queues[i].least = least > floor ? least : floor;
    }
    free(bytes);
    count_all(m);
}

/* Keep rarer pairs; false when no rarer ones are asked for. */
static bool lower(struct merger *m, size_t asker)
{
    if (m->queues[asker].least <= m->floor)
        return false;
    for (size_t i = 0; i < m->queue_count; i++) {
        struct pairs *pairs = &m->queues[i];

        if (i != asker && pairs_top(pairs) / NEAR > pairs->least)
            continue;
        pairs->least /= LOWER;
        if (pairs->least < m->floor)
            pairs->least = m->floor;
    }
    count_all(m);
    return true;
}

/* The pair that was taken last has not been merged. */
static void note_refused(struct merger *m)
{
    uint32_t left = (uint32_t)(m->taken >> 32), right = (uint32_t)m->taken;

    if (m->taken == KEYED_FREE)
        return;
    m->refused = grow_zero(m->refused, &m->refused_cap,
                           (size_t)(left > right ? left : right) + 1, 1);
    m->refused[left] |= REFUSED_LEFT;
    m->refused[right] |= REFUSED_RIGHT;
    m->taken = KEYED_FREE;
}

bool merger_take(struct merger *m, size_t asker, uint64_t *key)
{
    struct pairs *pairs = &m->queues[asker];

    note_refused(m);
    for (;;) {
        const struct pair *pair = pairs_take(pairs);

        if (m->round.joined_count > 0 &&
            (!pair || !round_fits(&m->round, (uint32_t)(pair->key >> 32),
                                  (uint32_t)pair->key))) {
            if (pair)
                pairs_return(pairs, pair);
            merger_settle(m);
            continue;
        }
        if (!pair && !lower(m, asker))
            return false;
        /* It has no list any more when another asker had it merged. */
        if (pair && places_find(&m->places, pair->key)->count > 0) {
            *key = m->taken = pair->key;
            return true;
        }
    }
}

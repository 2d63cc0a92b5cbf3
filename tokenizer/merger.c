/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merger - a merge at its places, and what it changes in the books.
 */
#include "tokenizer/merger.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"
#include "tokenizer/merger_books.h"

enum { AHEAD = 16, STRETCH = 1024 };

struct merge {
    uint32_t left, right, result;
    uint32_t left_bytes, right_bytes;
};

/* The pair stands at `slot` (and not: once stood). */
static inline bool stands(const uint32_t *slots, uint32_t slot, struct merge m)
{
    return slots[slot] == m.left && slots[slot + m.left_bytes] == m.right;
}

/* Put the result where the pair is; returns the slot after it. */
static inline uint32_t replace(uint32_t *slots, uint32_t slot, struct merge m)
{
    uint32_t middle = slot + m.left_bytes, end = middle + m.right_bytes;

    slots[middle - 1] = slots[middle] = SLOT_INSIDE;
    slots[slot] = slots[end - 1] = m.result;
    return end;
}

/* Room for what `places` more places may bring. */
static void side_open(struct side *side, uint32_t id_max, size_t places)
{
    size_t old = side->number_cap;

    side->numbers = grow(side->numbers, &side->number_cap, (size_t)id_max + 1,
                         sizeof *side->numbers);
    if (side->number_cap > old)
        memset(side->numbers + old, 0,
               (side->number_cap - old) * sizeof *side->numbers);
    side->neighbours = grow(side->neighbours, &side->neighbour_cap,
                            side->neighbour_count + places,
                            sizeof *side->neighbours);
    side->touched = grow(side->touched, &side->touched_cap,
                         side->touched_count + places, sizeof *side->touched);
    side->events = grow(side->events, &side->event_cap,
                        side->event_count + places, sizeof *side->events);
}

/* The number of a neighbour, which may be new. */
static inline uint32_t number_of(struct side *side, uint32_t id)
{
    if (side->numbers[id] == 0) {
        uint32_t number = (uint32_t)side->neighbour_count++;

        side->neighbours[number] =
            (struct neighbour){ .id = id, .first = number };
        side->numbers[id] = number + 1;
    }
    return side->numbers[id] - 1;
}

static inline void add_weight(struct side *side, uint32_t number,
                              int64_t weight)
{
    struct neighbour *n = &side->neighbours[number];

    if (n->weight == 0)
        side->touched[side->touched_count++] = number;
    n->weight += weight;
}

static inline void note(struct side *side, uint32_t id, uint32_t slot,
                        int64_t count)
{
    uint32_t number = number_of(side, id);

    add_weight(side, number, count);
    side->neighbours[number].places++;
    side->events[side->event_count++] = (struct event){ number, slot };
}

/* What was noted last is not so: its neighbour was merged, too. */
static inline void take_back(struct side *side, int64_t count)
{
    uint32_t number = side->events[--side->event_count].neighbour;

    side->neighbours[number].weight -= count;
    side->neighbours[number].places--;
}

static uint64_t key_of(const struct merger *m, const struct side *side,
                       uint32_t id, uint32_t token)
{
    return side == &m->hands[0].before ? pairs_key(id, token)
                                       : pairs_key(token, id);
}

/*
 * Book what was noted for an asker since the last time.  Where two of the pairs
 * stood side by side, it is (right, left) between them that falls.
 */
static void book(struct merger *m, struct side *side, uint32_t asker,
                 struct merge merge)
{
    struct pairs *pairs = asker == MERGER_NOBODY ? NULL : &m->queues[asker];
    uint32_t token = side == &m->hands[0].before ? merge.left : merge.right;
    size_t count = side->touched_count;

    for (size_t i = 0; pairs && i < count; i++)
        pairs_prefetch(pairs, key_of(m, side,
                                     side->neighbours[side->touched[i]].id,
                                     token));
    for (size_t i = 0; i < count; i++) {
        struct neighbour *n = &side->neighbours[side->touched[i]];
        int64_t weight = n->weight;
        struct pair *pair;

        n->weight = 0;
        if (!pairs || weight == 0)
            continue;
        pair = pairs_find(pairs, n->id == merge.result
                                     ? pairs_key(merge.right, merge.left)
                                     : key_of(m, side, n->id, token));
        if (pair)
            pair->count -= weight;
        if (weight >= pairs->least) {
            pair = pairs_add(pairs, key_of(m, side, n->id, merge.result));
            pair->count = weight;
            pairs_enter(pairs, pair);
            n->is_kept = true;
        }
    }
    side->touched_count = 0;
}

/* Lists of places for the new pairs that are kept; false when there is none. */
static bool keep_lists(struct merger *m, struct side *side, struct merge merge)
{
    bool any = false;

    for (size_t i = 0; i < side->neighbour_count; i++) {
        struct neighbour *n = &side->neighbours[i];
        uint64_t key = key_of(m, side, n->id, merge.result);
        struct place_list *list;

        if (n->places == 0 ||
            (m->is_expecting ? !places_find(&m->places, key) : !n->is_kept))
            continue;
        list = places_add(&m->places, key);
        list->count = n->places;
        list->at = xmalloc(n->places * sizeof *list->at);
        n->at = list->at;
        any = true;
    }
    return any;
}

static void fill_lists(const struct side *sum, const struct side *part,
                       size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        const struct event *e = &part->events[i];
        uint32_t first = part->neighbours[e->neighbour].first;
        struct neighbour *n = &sum->neighbours[first];

        if (n->at)
            *n->at++ = e->slot;
    }
}

static void side_close(struct side *side)
{
    for (size_t i = 0; i < side->neighbour_count; i++)
        side->numbers[side->neighbours[i].id] = 0;
    side->neighbour_count = side->event_count = 0;
}

static void keep_places(struct merger *m, struct merge merge)
{
    struct side *before = &m->hands[0].before, *after = &m->hands[0].after;
    bool any_before = keep_lists(m, before, merge);
    bool any_after = keep_lists(m, after, merge);

    for (size_t i = 0; i < m->stretch_count; i++) {
        const struct stretch *s = &m->stretches[i];

        if (any_before)
            fill_lists(before, &s->hand->before, s->before_begin,
                       s->before_end);
        if (any_after)
            fill_lists(after, &s->hand->after, s->after_begin,
                       s->after_end);
    }
    for (size_t i = 0; i < m->threads; i++) {
        side_close(&m->hands[i].before);
        side_close(&m->hands[i].after);
    }
}

static void book_both(struct merger *m, uint32_t asker, struct merge merge)
{
    book(m, &m->hands[0].before, asker, merge);
    book(m, &m->hands[0].after, asker, merge);
}

struct job {
    struct merger *m;
    const struct place_list *list;
    struct merge merge;
};

static void merge_stretch(void *context, size_t number, size_t worker)
{
    const struct job *job = context;
    struct merger *m = job->m;
    const struct merge merge = job->merge;
    const uint32_t *places = job->list->at;
    struct wordset *set = m->set;
    uint32_t *slots = set->slots, asker = MERGER_NOBODY;
    uint32_t both = merge.left_bytes + merge.right_bytes;
    struct stretch *s = &m->stretches[number];
    struct merger_hand *hand = &m->hands[worker];

    s->hand = hand;
    s->before_begin = hand->before.event_count;
    s->after_begin = hand->after.event_count;
    side_open(&hand->before, merge.result, s->end - s->begin);
    side_open(&hand->after, merge.result, s->end - s->begin);
    for (size_t i = s->begin; i < s->end; i++) {
        uint32_t slot = places[i], end, before, after;
        const struct wordset_run *run;

        if (i + AHEAD < s->end)
            wordset_prefetch(set, places[i + AHEAD]);
        if (!stands(slots, slot, merge))
            continue;
        run = wordset_run(set, slot);
        if (!m->is_common && m->asker[run->group] != asker) {
            book_both(m, asker, merge);
            asker = m->asker[run->group];
        }
        end = replace(slots, slot, merge);
        before = slots[slot - 1];
        after = slots[end];
        if (set->group_count > 1)
            set->groups[run->group].tokens -= run->count;
        hand->merged += run->count;
        if (before == merge.result) {
            take_back(&hand->after, run->count);
            note(&hand->before, before, slot - both, run->count);
        } else if (before != SLOT_EDGE) {
            note(&hand->before, before, slot - set->lengths[before],
                 run->count);
        }
        if (after != SLOT_EDGE)
            note(&hand->after, after, slot, run->count);
    }
    s->before_end = hand->before.event_count;
    s->after_end = hand->after.event_count;
    if (!m->is_common)
        book_both(m, asker, merge);
}

/*
 * Cut a long list for several threads, where a token at least lies between a
 * place and the next, so that no two of them look at what another changes.
 * Where there are several askers, or groups to be told apart, one thread does
 * it all.
 */
static void cut(struct merger *m, const struct place_list *list,
                struct merge merge)
{
    uint32_t both = merge.left_bytes + merge.right_bytes;
    size_t step = m->threads > 1 && m->set->group_count == 1 ? STRETCH
                                                             : list->count;
    size_t at = 0;

    m->stretch_count = 0;
    while (at < list->count) {
        size_t end = list->count - at > step + step / 2 ? at + step
                                                        : list->count;

        while (end < list->count &&
               list->at[end] <= list->at[end - 1] + both)
            end++;
        m->stretches = grow(m->stretches, &m->stretch_cap,
                            m->stretch_count + 1, sizeof *m->stretches);
        m->stretches[m->stretch_count++] =
            (struct stretch){ .begin = at, .end = end };
        at = end;
    }
}

/* What the other hands noted, to the first one's. */
static void side_add(struct side *sum, struct side *part, uint32_t id_max)
{
    side_open(sum, id_max, part->neighbour_count);
    for (size_t i = 0; i < part->neighbour_count; i++) {
        struct neighbour *n = &part->neighbours[i];

        n->first = number_of(sum, n->id);
        add_weight(sum, n->first, n->weight);
        sum->neighbours[n->first].places += n->places;
    }
    part->touched_count = 0;
}

static void merge_places(struct merger *m, const struct place_list *list,
                         struct merge merge)
{
    struct job job = { m, list, merge };
    struct merger_hand *first = &m->hands[0];

    wordset_length(m->set, merge.result, merge.left_bytes + merge.right_bytes);
    cut(m, list, merge);
    if (m->stretch_count == 1)
        merge_stretch(&job, 0, 0);
    else
        parallel_crew_run(m->crew, m->stretch_count, merge_stretch, &job);
    for (size_t i = 0; i < m->threads; i++) {
        if (m->set->group_count == 1)
            m->set->groups[0].tokens -= m->hands[i].merged;
        m->hands[i].merged = 0;
        if (i == 0 || m->stretch_count == 1)
            continue;
        side_add(&first->before, &m->hands[i].before, merge.result);
        side_add(&first->after, &m->hands[i].after, merge.result);
    }
    if (m->is_common)
        book_both(m, m->asker[0], merge);
    keep_places(m, merge);
}

/*
 * A token that has stood in the words cannot come to be in a second way ("ab" +
 * "c" and "a" + "bc").  No merge ever crossed the borders of a token that now
 * stands somewhere, so what merges made of its bytes does not depend on what is
 * beside it (a run of equal tokens is parted from its left, and by an even
 * number of them where it reaches in from outside): the same bytes are at any
 * time the same tokens wherever they have been joined.
 */
static void check_gone(const uint32_t *slots, const struct place_list *list,
                       struct merge merge)
{
    for (size_t i = 0; i < list->count; i++)
        if (stands(slots, list->at[i], merge))
            bug("the token %u comes to be in two ways", merge.result);
}

void merger_merge(struct merger *m, uint32_t left, uint32_t right,
                  uint32_t result)
{
    struct merge merge = { .left = left, .right = right, .result = result };
    struct place_list *found, list;

    if (!wordset_has(m->set, left) || !wordset_has(m->set, right))
        return;
    found = places_find(&m->places, pairs_key(left, right));
    if (!found || found->count == 0)
        return;
    m->has_merged = true;
    list = *found;
    *found = (struct place_list){ .key = list.key };
    merge.left_bytes = m->set->lengths[left];
    merge.right_bytes = m->set->lengths[right];
    if (wordset_has(m->set, result))
        check_gone(m->set->slots, &list, merge);
    else
        merge_places(m, &list, merge);
    free(list.at);
}

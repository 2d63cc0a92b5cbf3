/* SPDX-License-Identifier: Apache-2.0 */
/*
 * round - slots changed, neighbours noted.
 */
#include "tokenizer/round.h"

#include <stdlib.h>

#include "src/fail.h"

enum { AHEAD = 16, STRETCH = 1024 };

void round_init(struct round *round, struct wordset *set, size_t threads)
{
    *round = (struct round){ .set = set, .hand_count = threads };
    round->hands = aligned_alloc(128, threads * sizeof *round->hands);
    if (!round->hands)
        die("out of memory");
    memset(round->hands, 0, threads * sizeof *round->hands);
}

static void side_clear(struct side *side)
{
    free(side->numbers);
    free(side->neighbours);
    free(side->touched);
    free(side->events);
}

void round_clear(struct round *round)
{
    for (size_t i = 0; i < round->hand_count; i++) {
        side_clear(&round->hands[i].before);
        side_clear(&round->hands[i].after);
    }
    free(round->hands);
    free(round->stretches);
    *round = (struct round){ 0 };
}

/* ---- notes ---- */

/* Room for what `places` more places may bring. */
static void side_open(struct side *side, uint32_t id_max, size_t places)
{
    side->numbers = grow_zero(side->numbers, &side->number_cap,
                              (size_t)id_max + 1, sizeof *side->numbers);
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

/* ---- stretches ---- */

/* The first place from `at` on that is not before the slot. */
static size_t place_from(const struct place_list *list, size_t at, size_t slot)
{
    size_t low = at, high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (list->at[middle] < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/*
 * A long list is cut for several threads, where a token at least lies between a
 * place and the next, so that no two of them look at what another changes; and
 * where the words of a group end.
 */
void round_open(struct round *round, struct merge merge,
                const struct place_list *list)
{
    uint32_t both = merge.left_bytes + merge.right_bytes;
    bool has_groups = round->set->group_count > 1;
    size_t step = round->hand_count > 1 ? STRETCH : list->count;
    size_t end;

    round->merge = merge;
    round->list = *list;
    round->stretch_count = 0;
    wordset_length(round->set, merge.result, both);
    for (size_t at = 0; at < list->count; at = end) {
        const struct wordset_run *run = wordset_run(round->set, list->at[at]);
        size_t last = has_groups
            ? place_from(list, at, round->set->groups[run->group].end)
            : list->count;

        end = last - at > step + step / 2 ? at + step : last;
        while (end < last && list->at[end] <= list->at[end - 1] + both)
            end++;
        round->stretches = grow(round->stretches, &round->stretch_cap,
                                round->stretch_count + 1,
                                sizeof *round->stretches);
        round->stretches[round->stretch_count++] = (struct stretch){
            .begin = at, .end = end, .group = run->group
        };
    }
}

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

void round_stretch(void *context, size_t i, size_t worker)
{
    struct round *round = context;
    const struct merge m = round->merge;
    const uint32_t *places = round->list.at;
    const struct wordset *set = round->set;
    uint32_t *slots = set->slots;
    struct stretch *s = &round->stretches[i];
    struct round_hand *hand = &round->hands[worker];

    s->hand = hand;
    s->before_begin = hand->before.event_count;
    s->after_begin = hand->after.event_count;
    side_open(&hand->before, m.result, s->end - s->begin);
    side_open(&hand->after, m.result, s->end - s->begin);
    for (size_t k = s->begin; k < s->end; k++) {
        uint32_t slot = places[k], end, before, after;
        int64_t count;

        if (k + AHEAD < s->end)
            wordset_prefetch(set, places[k + AHEAD]);
        if (!stands(slots, slot, m))
            continue;
        count = wordset_run(set, slot)->count;
        end = replace(slots, slot, m);
        before = slots[slot - 1];
        after = slots[end];
        s->merged += count;
        if (before == m.result) {
            take_back(&hand->after, count);
            note(&hand->before, before, slot - (m.left_bytes + m.right_bytes),
                 count);
        } else if (before != SLOT_EDGE) {
            note(&hand->before, before, slot - set->lengths[before], count);
        }
        if (after != SLOT_EDGE)
            note(&hand->after, after, slot, count);
    }
    s->before_end = hand->before.event_count;
    s->after_end = hand->after.event_count;
}

/* ---- the end ---- */

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

/* Hands that may have noted something; most rounds have one stretch. */
static size_t hands_used(const struct round *round)
{
    return round->stretch_count > 1 ? round->hand_count : 1;
}

void round_add(struct round *round)
{
    for (size_t i = 1; i < hands_used(round); i++) {
        side_add(&round->hands[0].before, &round->hands[i].before,
                 round->merge.result);
        side_add(&round->hands[0].after, &round->hands[i].after,
                 round->merge.result);
    }
}

static void side_close(struct side *side)
{
    for (size_t i = 0; i < side->neighbour_count; i++)
        side->numbers[side->neighbours[i].id] = 0;
    side->neighbour_count = side->event_count = side->touched_count = 0;
}

void round_close(struct round *round)
{
    for (size_t i = 0; i < round->stretch_count; i++)
        round->set->groups[round->stretches[i].group].tokens -=
            round->stretches[i].merged;
    for (size_t i = 0; i < hands_used(round); i++) {
        side_close(&round->hands[i].before);
        side_close(&round->hands[i].after);
    }
}

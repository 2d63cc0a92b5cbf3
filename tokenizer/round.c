/* SPDX-License-Identifier: Apache-2.0 */
/*
 * round - slots changed, neighbours noted.
 *
 * Threads look at slots beside those that they change, while others may change
 * these.  A merge changes its first slot to SLOT_INSIDE, then the last one to
 * the result, then those in the middle, then the first one to the result.  So
 * whoever has seen a part of a pair, and not the other part beside it, looks at
 * the first part again: it has changed, or the pair does not stand there.
 */
#include "tokenizer/round.h"

#include <stdlib.h>

#include "src/fail.h"

enum {
    AHEAD = 16,
    STRETCH = 1024,   /* places that a thread takes at a time, at least; */
    STRETCHES = 4,    /* and more where a merge has so many for each */
    NEIGHBOURS = 4096 /* that there is room for at first */
};

_Static_assert(ROUND_MERGES < UINT8_MAX, "roles are bytes");

void round_init(struct round *round, struct wordset *set, size_t threads)
{
    *round = (struct round){ .set = set, .hand_count = threads };
    round->hands = aligned_alloc(128, (threads + 1) * sizeof *round->hands);
    if (!round->hands)
        die("out of memory");
    memset(round->hands, 0, (threads + 1) * sizeof *round->hands);
}

void round_clear(struct round *round)
{
    for (size_t i = 0; i <= round->hand_count; i++)
        for (int k = 0; k < SIDES; k++) {
            free(round->hands[i].sides[k].numbers);
            arena_clear(&round->hands[i].sides[k].arena);
        }
    free(round->hands);
    free(round->roles);
    free(round->stretches);
    *round = (struct round){ 0 };
}

/* ---- slots ---- */

static inline uint32_t get(const uint32_t *slot)
{
    return __atomic_load_n(slot, __ATOMIC_RELAXED);
}

/* Before another look. */
static inline uint32_t get_first(const uint32_t *slot)
{
    return __atomic_load_n(slot, __ATOMIC_ACQUIRE);
}

static inline void put(uint32_t *slot, uint32_t id)
{
    __atomic_store_n(slot, id, __ATOMIC_RELEASE);
}

/* The pair stands at `slot` (and not: once stood). */
static inline bool stands(const uint32_t *slots, uint32_t slot, struct merge m)
{
    return get(&slots[slot]) == m.left &&
           get(&slots[slot + m.left_bytes]) == m.right;
}

/* Put the result where the pair is; returns the slot after it. */
static inline uint32_t replace(uint32_t *slots, uint32_t slot, struct merge m)
{
    uint32_t middle = slot + m.left_bytes, end = middle + m.right_bytes;

    put(&slots[slot], SLOT_INSIDE);
    put(&slots[end - 1], m.result);
    if (m.left_bytes > 1)
        put(&slots[middle - 1], SLOT_INSIDE);
    if (m.right_bytes > 1)
        put(&slots[middle], SLOT_INSIDE);
    put(&slots[slot], m.result);
    return end;
}

/* ---- notes ---- */

void round_note(struct round *round, size_t hand, size_t places)
{
    size_t ids = round->set->length_cap;
    /* One that may merge is there beside what it becomes. */
    size_t need = 2 * (places < ids ? places : ids);

    for (int k = 0; k < SIDES; k++) {
        struct side *side = &round->hands[hand].sides[k];

        side->numbers = grow_zero(side->numbers, &side->number_cap, ids,
                                  sizeof *side->numbers);
        if ((size_t)(side->limit - side->items) < need) {
            size_t room = need > NEIGHBOURS ? need : NEIGHBOURS;

            side->items = arena_alloc(&side->arena,
                                      room * sizeof *side->items);
            side->limit = side->items + room;
        }
    }
}

void round_forget(struct round *round, size_t hand)
{
    for (int k = 0; k < SIDES; k++) {
        struct side *side = &round->hands[hand].sides[k];

        for (size_t i = 0; i < side->count; i++)
            side->numbers[side->items[i].id] = 0;
        side->items += side->count;
        side->count = 0;
    }
}

/* The number of a neighbour, which may be new. */
static inline uint32_t number_of(const struct round *round, int k,
                                 struct side *side, uint32_t id)
{
    uint32_t number = side->numbers[id];

    if (number > 0)
        return number - 1;
    number = side->count++;
    side->items[number] = (struct neighbour){
        .id = id, .bytes = round->set->lengths[id], .first = number,
        .may_merge = k == BEFORE ? round->roles[id].right > 0
                                 : round->roles[id].left > 0 ||
                                       round->roles[id].result > 0
    };
    side->numbers[id] = number + 1;
    return number;
}

static inline void note(struct side *side, struct notes *notes,
                        uint32_t number, uint32_t slot, int64_t count)
{
    struct neighbour *n = &side->items[number];

    n->weight += count;
    n->places++;
    notes->events[notes->event_count++] = (struct event){ number, slot };
}

/*
 * The token that ends before `slot`, where `id` was, the right part of a merge:
 * it, or what it becomes.
 */
static uint32_t merged_before(const struct round *round, uint32_t slot,
                              uint32_t id)
{
    const uint32_t *slots = round->set->slots;
    uint32_t found = get_first(&slots[slot - 1 - round->set->lengths[id]]);
    uint32_t now;

    for (uint8_t i = round->roles[id].right; i > 0;
         i = round->joined[i - 1].next_right)
        if (found == round->joined[i - 1].merge.left)
            return round->joined[i - 1].merge.result;
    do
        now = get(&slots[slot - 1]);
    while (found == SLOT_INSIDE && now == id); /* between two stores */
    return now;
}

/* Where `id` began at `slot`, the left part of a merge: is it made there? */
static bool merges_after(const struct round *round, uint32_t slot, uint32_t id)
{
    const uint32_t *slots = round->set->slots;
    uint32_t found;

    if (round->roles[id].result > 0)
        return true;
    found = get_first(&slots[slot + round->set->lengths[id]]);
    for (uint8_t i = round->roles[id].left; i > 0;
         i = round->joined[i - 1].next_left)
        if (found == round->joined[i - 1].merge.right)
            return true;
    return get(&slots[slot]) != id;
}

static inline void note_before(const struct round *round, struct side *side,
                               struct notes *notes, uint32_t slot,
                               int64_t count)
{
    uint32_t id = get(&round->set->slots[slot - 1]), number;

    if (id == SLOT_EDGE)
        return;
    number = number_of(round, BEFORE, side, id);
    if (side->items[number].may_merge) {
        id = merged_before(round, slot, id);
        number = number_of(round, BEFORE, side, id);
    }
    note(side, notes, number, slot - side->items[number].bytes, count);
}

/* A neighbour that is merged notes this one, not the other way round. */
static inline void note_after(const struct round *round, struct side *side,
                              struct notes *notes, uint32_t slot, uint32_t end,
                              int64_t count)
{
    uint32_t id = get(&round->set->slots[end]), number;

    if (id == SLOT_EDGE || id == SLOT_INSIDE)
        return;
    number = number_of(round, AFTER, side, id);
    if (!side->items[number].may_merge || !merges_after(round, end, id))
        note(side, notes, number, slot, count);
}

/* ---- merges ---- */

bool round_fits(const struct round *round, uint32_t left, uint32_t right)
{
    const struct merge *first = &round->joined[0].merge;
    struct role l = { 0 }, r = { 0 };

    if (round->joined_count == 0)
        return true;
    if (round->joined_count == ROUND_MERGES || left == right ||
        first->left == first->right)
        return false;
    if (left < round->role_cap)
        l = round->roles[left];
    if (right < round->role_cap)
        r = round->roles[right];
    return !l.right && !l.result && !r.left && !r.result;
}

/* The last merge goes before those of fewer places. */
static void put_in_order(struct round *round)
{
    size_t last = round->joined_count - 1, at = last;

    for (; at > 0 && round->joined[round->order[at - 1]].list.count <
                         round->joined[last].list.count; at--)
        round->order[at] = round->order[at - 1];
    round->order[at] = (uint8_t)last;
}

void round_join(struct round *round, struct merge merge, struct place_list list)
{
    struct joined *joined = &round->joined[round->joined_count++];
    uint8_t number = (uint8_t)round->joined_count;
    struct role *roles;

    wordset_length(round->set, merge.result,
                   merge.left_bytes + merge.right_bytes);
    roles = round->roles = grow_zero(round->roles, &round->role_cap,
                                     round->set->length_cap, sizeof *roles);
    *joined = (struct joined){ .merge = merge, .list = list,
                               .next_left = roles[merge.left].left,
                               .next_right = roles[merge.right].right };
    put_in_order(round);
    roles[merge.left].left = number;
    roles[merge.right].right = number;
    roles[merge.result].result = number;
    for (size_t i = 0; i < list.count && i < 2 * AHEAD; i += AHEAD)
        __builtin_prefetch(&list.at[i]);
}

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
 * place and the next: in a run of equal tokens they must be merged from its
 * left; and where the words of a group end.
 */
static void cut(struct round *round, struct joined *joined)
{
    const struct place_list *list = &joined->list;
    uint32_t both = joined->merge.left_bytes + joined->merge.right_bytes;
    bool has_groups = round->set->group_count > 1;
    size_t step = list->count / round->hand_count / STRETCHES, end;

    if (step < STRETCH)
        step = STRETCH;
    if (round->hand_count == 1)
        step = list->count;
    joined->stretch_begin = round->stretch_count;
    for (size_t at = 0; at < list->count; at = end) {
        size_t last = list->count;
        uint32_t group = 0;

        if (has_groups) {
            group = wordset_run(round->set, list->at[at])->group;
            last = place_from(list, at, round->set->groups[group].end);
        }
        end = last - at > step + step / 2 ? at + step : last;
        while (end < last && list->at[end] <= list->at[end - 1] + both)
            end++;
        round->stretches = grow(round->stretches, &round->stretch_cap,
                                round->stretch_count + 1,
                                sizeof *round->stretches);
        round->stretches[round->stretch_count++] = (struct stretch){
            .joined = (uint32_t)(joined - round->joined), .begin = at,
            .end = end, .group = group
        };
    }
    joined->stretch_end = round->stretch_count;
}

size_t round_cut(struct round *round)
{
    size_t places = 0;

    for (size_t i = 0; i < round->joined_count; i++) {
        cut(round, &round->joined[round->order[i]]);
        places += round->joined[i].list.count;
    }
    return places;
}

/* The first places of a stretch that comes soon. */
static void look_ahead(const struct round *round, size_t i)
{
    const struct stretch *s = &round->stretches[i];
    const uint32_t *places = round->joined[s->joined].list.at;

    for (size_t k = s->begin; k < s->end && k < s->begin + AHEAD; k++)
        wordset_prefetch(round->set, places[k]);
}

void round_stretch(struct round *round, size_t i, size_t hand)
{
    const struct wordset *set = round->set;
    struct stretch *s = &round->stretches[i];
    const struct joined *joined = &round->joined[s->joined];
    const uint32_t *places = joined->list.at;
    struct side *sides = round->hands[hand].sides;
    size_t count = s->end - s->begin;

    if (i + round->hand_count < round->stretch_count)
        look_ahead(round, i + round->hand_count);
    for (int k = 0; k < SIDES; k++)
        s->notes[k].events = xmalloc(count * sizeof *s->notes[k].events);
    for (size_t k = s->begin; k < s->end; k++) {
        uint32_t slot = places[k], end;
        int64_t times;

        if (k + AHEAD < s->end)
            wordset_prefetch(set, places[k + AHEAD]);
        if (!stands(set->slots, slot, joined->merge))
            continue;
        times = wordset_run(set, slot)->count;
        end = replace(set->slots, slot, joined->merge);
        s->merged += times;
        note_before(round, &sides[BEFORE], &s->notes[BEFORE], slot, times);
        note_after(round, &sides[AFTER], &s->notes[AFTER], slot, end, times);
    }
    for (int k = 0; k < SIDES; k++) {
        s->notes[k].items = sides[k].items;
        s->notes[k].count = sides[k].count;
    }
}

/* ---- the end ---- */

void round_sum(struct round *round, const struct joined *joined,
               struct notes *sum)
{
    size_t last = round->hand_count;

    round_note(round, last, joined->list.count);
    for (int k = 0; k < SIDES; k++) {
        struct side *side = &round->hands[last].sides[k];

        for (size_t i = joined->stretch_begin; i < joined->stretch_end; i++) {
            const struct notes *part = &round->stretches[i].notes[k];

            for (size_t j = 0; j < part->count; j++) {
                struct neighbour *n = &part->items[j];

                n->first = number_of(round, k, side, n->id);
                side->items[n->first].weight += n->weight;
                side->items[n->first].places += n->places;
            }
        }
        sum[k] = (struct notes){ .items = side->items, .count = side->count };
    }
    round_forget(round, last);
}

void round_close(struct round *round)
{
    for (size_t i = 0; i < round->stretch_count; i++)
        round->set->groups[round->stretches[i].group].tokens -=
            round->stretches[i].merged;
    for (size_t i = 0; i < round->joined_count; i++) {
        const struct merge *m = &round->joined[i].merge;

        round->roles[m->left] = round->roles[m->right] =
            round->roles[m->result] = (struct role){ 0 };
    }
    for (size_t i = 0; i <= round->hand_count; i++)
        for (int k = 0; k < SIDES; k++) {
            struct side *side = &round->hands[i].sides[k];

            arena_reset(&side->arena);
            side->items = side->limit = NULL;
        }
    round->joined_count = round->stretch_count = 0;
}

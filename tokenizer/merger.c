/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merger - what a merge changes in the books.
 */
#include "tokenizer/merger.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"
#include "tokenizer/merger_books.h"

static uint64_t key_of(bool is_before, uint32_t id, uint32_t token)
{
    return is_before ? keyed_pair(id, token) : keyed_pair(token, id);
}

/*
 * Book what was noted for an asker since the last time.  Where two of the pairs
 * stood side by side, it is (right, left) between them that falls.
 */
static void book_side(struct pairs *pairs, struct side *side, bool is_before,
                      struct merge merge)
{
    uint32_t token = is_before ? merge.left : merge.right;

    for (size_t i = 0; i < side->touched_count; i++)
        pairs_prefetch(pairs,
                       key_of(is_before, side->neighbours[side->touched[i]].id,
                              token));
    for (size_t i = 0; i < side->touched_count; i++) {
        struct neighbour *n = &side->neighbours[side->touched[i]];
        int64_t weight = n->weight;
        struct pair *pair;

        n->weight = 0;
        if (weight == 0)
            continue;
        pair = pairs_find(pairs, n->id == merge.result
                                     ? keyed_pair(merge.right, merge.left)
                                     : key_of(is_before, n->id, token));
        if (pair)
            pair->count -= weight;
        if (weight >= pairs->least) {
            pairs_enter(pairs, key_of(is_before, n->id, merge.result), weight);
            n->is_kept = true;
        }
    }
    side->touched_count = 0;
}

static void forget_weights(struct side *side)
{
    for (size_t i = 0; i < side->touched_count; i++)
        side->neighbours[side->touched[i]].weight = 0;
    side->touched_count = 0;
}

static void book(struct merger *m, struct round *round, uint32_t asker)
{
    struct side *before = &round->hands[0].before;
    struct side *after = &round->hands[0].after;

    if (asker == MERGER_NOBODY) {
        forget_weights(before);
        forget_weights(after);
        return;
    }
    book_side(&m->queues[asker], before, true, round->merge);
    book_side(&m->queues[asker], after, false, round->merge);
}

/* Lists of places for the new pairs that are kept; false when there is none. */
static bool keep_lists(struct merger *m, struct side *side, bool is_before,
                       struct merge merge)
{
    bool any = false;

    for (size_t i = 0; i < side->neighbour_count; i++) {
        struct neighbour *n = &side->neighbours[i];
        uint64_t key = key_of(is_before, n->id, merge.result);
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

static void keep_places(struct merger *m, struct round *round)
{
    struct side *before = &round->hands[0].before;
    struct side *after = &round->hands[0].after;
    bool any_before = keep_lists(m, before, true, round->merge);
    bool any_after = keep_lists(m, after, false, round->merge);

    for (size_t i = 0; i < round->stretch_count; i++) {
        const struct stretch *s = &round->stretches[i];

        if (any_before)
            fill_lists(before, &s->hand->before, s->before_begin,
                       s->before_end);
        if (any_after)
            fill_lists(after, &s->hand->after, s->after_begin, s->after_end);
    }
}

/* ---- a round ---- */

static struct merge merge_of(const struct merger *m, uint32_t left,
                             uint32_t right, uint32_t result)
{
    return (struct merge){ .left = left, .right = right, .result = result,
                           .left_bytes = m->set->lengths[left],
                           .right_bytes = m->set->lengths[right] };
}

/* One after the other, and what is of one asker's words booked by itself. */
static void run_by_asker(struct merger *m, struct round *round)
{
    for (size_t i = 0; i < round->stretch_count; i++) {
        uint32_t asker = m->asker[round->stretches[i].group];

        round_stretch(round, i, 0);
        if (i + 1 == round->stretch_count ||
            m->asker[round->stretches[i + 1].group] != asker)
            book(m, round, asker);
    }
}

static void run_round(struct merger *m, struct round *round)
{
    if (!m->is_common) {
        run_by_asker(m, round);
    } else if (round->stretch_count == 1) {
        round_stretch(round, 0, 0);
    } else {
        parallel_crew_run(m->crew, round->stretch_count, round_stretch, round);
    }
}

/*
 * A token that has stood in the words cannot come to be in a second way ("ab" +
 * "c" and "a" + "bc").  No merge ever crossed the borders of a token that now
 * stands somewhere, so what merges made of its bytes does not depend on what is
 * beside it (a run of equal tokens is parted from its left, and by an even
 * number of them where it reaches in from outside): the same bytes are at any
 * time the same tokens wherever they have been joined.
 */
static void check_gone(const struct merger *m, const struct place_list *list,
                       struct merge merge)
{
    const uint32_t *slots = m->set->slots;

    for (size_t i = 0; i < list->count; i++)
        if (slots[list->at[i]] == merge.left &&
            slots[list->at[i] + merge.left_bytes] == merge.right)
            bug("the token %u comes to be in two ways", merge.result);
}

void merger_merge(struct merger *m, uint32_t left, uint32_t right,
                  uint32_t result)
{
    struct round *round = &m->round;
    struct place_list *found, list;

    if (!wordset_has(m->set, left) || !wordset_has(m->set, right))
        return;
    found = places_find(&m->places, keyed_pair(left, right));
    if (!found || found->count == 0)
        return;
    m->set->is_bytes = false;
    list = *found;
    *found = (struct place_list){ .key = list.key };
    if (wordset_has(m->set, result)) {
        check_gone(m, &list, merge_of(m, left, right, result));
        free(list.at);
        return;
    }
    round_open(round, merge_of(m, left, right, result), &list);
    run_round(m, round);
    round_add(round);
    if (m->is_common)
        book(m, round, m->asker[0]);
    keep_places(m, round);
    round_close(round);
    free(list.at);
}

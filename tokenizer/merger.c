/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merger - what merges change in the books.
 *
 * Merges wait and are made together, several at a time, as long as each would
 * be chosen after those before it had been made.  Let (a, b) wait, and (c, d)
 * be the most frequent pair in the queue.  Where neither b = c nor d = a, the
 * one does not change the count of the other.  A pair with the token of (a, b),
 * say (x, ab), is at most as frequent as (x, a) was, which is in the queue
 * behind (c, d), unless it has been taken out; and when it is as frequent as
 * (c, d), it comes later, because ab has the greatest id.  So (c, d) is what
 * is chosen next.  What does not fit that is merged alone: a pair of equal
 * tokens, whose token can be beside itself; a token that is not the newest; and
 * parts of a pair that was taken and not merged.
 */
#include "tokenizer/merger.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"
#include "tokenizer/merger_books.h"

enum { SHORT = 256 }; /* places that are merged by one thread */

static uint64_t key_of(int side, uint32_t id, uint32_t token)
{
    return side == BEFORE ? keyed_pair(id, token) : keyed_pair(token, id);
}

/* ---- booking ---- */

/* The pair that a neighbour was in; of two merges side by side, their middle. */
static uint64_t old_key(const struct round *round, int side, uint32_t id,
                        const struct merge *merge)
{
    return key_of(side, side == BEFORE ? round_right(round, id) : id,
                  side == BEFORE ? merge->left : merge->right);
}

static void prefetch_notes(const struct merger *m, const struct pairs *pairs,
                           int k, const struct side *side,
                           const struct notes *notes,
                           const struct merge *merge)
{
    for (size_t i = notes->touched_begin; i < notes->touched_end; i++)
        pairs_prefetch(pairs, old_key(&m->round, k,
                                      side->neighbours[side->touched[i]].id,
                                      merge));
}

/* Book what was noted for an asker, and what was not booked yet. */
static void book_notes(struct merger *m, struct pairs *pairs, int k,
                       struct side *side, const struct notes *notes,
                       const struct merge *merge)
{
    for (size_t i = notes->touched_begin; i < notes->touched_end; i++) {
        struct neighbour *n = &side->neighbours[side->touched[i]];
        struct pair *pair = pairs_find(pairs, old_key(&m->round, k, n->id,
                                                      merge));

        if (pair)
            pair->count -= n->weight;
        if (n->weight >= pairs->least) {
            pairs_enter(pairs, key_of(k, n->id, merge->result), n->weight);
            n->is_kept = true;
        }
        n->weight = 0;
    }
}

static void book(struct merger *m, struct round_hand *hand,
                 const struct notes *notes, const struct merge *merge,
                 uint32_t asker)
{
    for (int k = 0; k < SIDES; k++) {
        struct side *side = &hand->sides[k];

        if (asker == MERGER_NOBODY) {
            for (size_t i = notes[k].touched_begin; i < notes[k].touched_end;
                 i++)
                side->neighbours[side->touched[i]].weight = 0;
            continue;
        }
        prefetch_notes(m, &m->queues[asker], k, side, &notes[k], merge);
        book_notes(m, &m->queues[asker], k, side, &notes[k], merge);
    }
}

/* ---- places ---- */

/* Memory for the places of the pairs that are kept; false: of none. */
static bool keep_lists(const struct merger *m, int k, struct side *side,
                       const struct notes *notes, const struct merge *merge)
{
    bool any = false;

    for (size_t i = notes->begin; i < notes->end; i++) {
        struct neighbour *n = &side->neighbours[i];

        if (m->is_expecting)
            n->is_kept = places_find(&m->places,
                                     key_of(k, n->id, merge->result)) != NULL;
        else if (m->is_common)
            n->is_kept = m->asker[0] != MERGER_NOBODY &&
                         n->weight >= m->queues[m->asker[0]].least;
        n->is_kept &= n->places > 0;
        if (n->is_kept)
            n->at = xmalloc(n->places * sizeof *n->at);
        any |= n->is_kept;
    }
    return any;
}

static void fill_lists(const struct side *sum, const struct side *part,
                       const struct notes *notes)
{
    for (size_t i = notes->event_begin; i < notes->event_end; i++) {
        const struct event *e = &part->events[i];
        uint32_t first = part->neighbours[e->neighbour].first;
        struct neighbour *n = &sum->neighbours[first];

        if (n->at)
            *n->at++ = e->slot;
    }
}

/* The lists of places of a merge's new pairs, from all its stretches. */
static void make_lists(struct merger *m, const struct joined *joined,
                       struct round_hand *hand, const struct notes *notes)
{
    for (int k = 0; k < SIDES; k++) {
        struct side *side = &hand->sides[k];

        if (!keep_lists(m, k, side, &notes[k], &joined->merge))
            continue;
        for (size_t i = joined->stretch_begin; i < joined->stretch_end; i++) {
            const struct stretch *s = &m->round.stretches[i];

            fill_lists(side, &s->hand->sides[k], &s->notes[k]);
        }
    }
}

/* The lists that were made, to where they are found. */
static void enter_lists(struct merger *m, const struct round_hand *hand,
                        const struct notes *notes, const struct merge *merge)
{
    for (int k = 0; k < SIDES; k++)
        for (size_t i = notes[k].begin; i < notes[k].end; i++) {
            const struct neighbour *n = &hand->sides[k].neighbours[i];
            struct place_list *list;

            if (!n->at)
                continue;
            list = places_add(&m->places, key_of(k, n->id, merge->result));
            list->count = n->places;
            list->at = n->at - n->places;
        }
}

/* ---- a round ---- */

/* A merge of a single stretch has its lists made by the same thread. */
static void run_stretch(void *context, size_t i, size_t worker)
{
    struct merger *m = context;
    struct stretch *s = &m->round.stretches[i];
    struct joined *joined = &m->round.joined[s->joined];

    round_stretch(&m->round, i, worker);
    round_forget(s->hand);
    if (joined->stretch_end - joined->stretch_begin > 1)
        return;
    make_lists(m, joined, s->hand, s->notes);
    for (int k = 0; k < SIDES; k++)
        s->hand->sides[k].event_count = s->notes[k].event_begin;
}

static void run_common(struct merger *m, size_t places)
{
    struct round *round = &m->round;

    if (places < SHORT || m->threads == 1)
        for (size_t i = 0; i < round->stretch_count; i++)
            run_stretch(m, i, 0);
    else
        parallel_crew_run(m->crew, round->stretch_count, run_stretch, m);
    for (size_t i = 0; i < round->joined_count; i++) {
        struct joined *joined = &round->joined[i];
        const struct stretch *s = &round->stretches[joined->stretch_begin];
        struct round_hand *hand = s->hand;
        struct notes sum[SIDES];

        memcpy(sum, s->notes, sizeof sum);
        if (joined->stretch_end - joined->stretch_begin > 1) {
            hand = &round->hands[0];
            round_sum(round, joined, hand, sum);
            make_lists(m, joined, hand, sum);
        }
        book(m, hand, sum, &joined->merge, m->asker[0]);
        enter_lists(m, hand, sum, &joined->merge);
    }
}

/*
 * One merge, one stretch after the other, and what is of one asker's words
 * booked by itself.
 */
static void run_by_asker(struct merger *m)
{
    struct round *round = &m->round;
    const struct joined *joined = &round->joined[0];
    struct notes all[SIDES], notes[SIDES];

    for (size_t i = 0; i < round->stretch_count; i++) {
        const struct stretch *s = &round->stretches[i];
        uint32_t asker = m->asker[s->group];
        bool is_first = i == 0 || m->asker[s[-1].group] != asker;

        round_stretch(round, i, 0);
        for (int k = 0; k < SIDES; k++) {
            size_t begin = is_first ? s->notes[k].touched_begin
                                    : notes[k].touched_begin;

            notes[k] = s->notes[k];
            notes[k].touched_begin = begin;
        }
        if (i + 1 == round->stretch_count || m->asker[s[1].group] != asker)
            book(m, s->hand, notes, &joined->merge, asker);
        memcpy(all, s->notes, sizeof all); /* its neighbours are of all */
    }
    make_lists(m, joined, &round->hands[0], all);
    enter_lists(m, &round->hands[0], all, &joined->merge);
    round_forget(&round->hands[0]);
}

void merger_settle(struct merger *m)
{
    size_t places;

    if (m->round.joined_count == 0)
        return;
    places = round_cut(&m->round);
    if (m->is_common)
        run_common(m, places);
    else
        run_by_asker(m);
    round_close(&m->round);
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

static bool was_refused(const struct merger *m, uint32_t id, uint8_t side)
{
    return id < m->refused_cap && m->refused[id] & side;
}

/* Has the merge to be made before another pair is taken? */
static bool is_alone(struct merger *m, const struct merge *merge)
{
    bool is_newest = merge->result >= m->newest;

    if (is_newest)
        m->newest = merge->result + 1;
    return !m->is_common || !is_newest || merge->left == merge->right ||
           was_refused(m, merge->left, REFUSED_RIGHT) ||
           was_refused(m, merge->right, REFUSED_LEFT);
}

void merger_merge(struct merger *m, uint32_t left, uint32_t right,
                  uint32_t result)
{
    struct place_list *found, list;
    struct merge merge;

    if (m->taken == keyed_pair(left, right))
        m->taken = KEYED_FREE;
    if (!wordset_has(m->set, left) || !wordset_has(m->set, right))
        return;
    if (!round_fits(&m->round, left, right))
        merger_settle(m);
    found = places_find(&m->places, keyed_pair(left, right));
    if (!found || found->count == 0)
        return;
    m->set->is_bytes = false;
    list = *found;
    *found = (struct place_list){ .key = list.key };
    merge = (struct merge){ .left = left, .right = right, .result = result,
                            .left_bytes = m->set->lengths[left],
                            .right_bytes = m->set->lengths[right] };
    if (wordset_has(m->set, result)) {
        merger_settle(m);
        check_gone(m, &list, merge);
        free(list.at);
        return;
    }
    round_join(&m->round, merge, list);
    if (is_alone(m, &merge))
        merger_settle(m);
}

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

static uint64_t key_of(int k, uint32_t id, uint32_t token)
{
    return k == BEFORE ? keyed_pair(id, token) : keyed_pair(token, id);
}

/* ---- booking ---- */

/* The pair that a neighbour was in; between two merges, that of both. */
static uint64_t old_key(const struct round *round, int k, uint32_t id,
                        const struct merge *merge)
{
    return k == BEFORE ? keyed_pair(round_right(round, id), merge->left)
                       : keyed_pair(merge->right, id);
}

/* Book what was noted since the last time. */
static void book(struct pairs *pairs, const struct round *round, int k,
                 struct neighbour *n, const struct merge *merge)
{
    int64_t weight = n->weight;
    struct pair *pair;

    n->weight = 0;
    if (weight == 0)
        return;
    pair = pairs_find(pairs, old_key(round, k, n->id, merge));
    if (pair)
        pair->count -= weight;
    if (weight >= pairs->least) {
        pairs_enter(pairs, key_of(k, n->id, merge->result), weight);
        n->is_kept = true;
    }
}

/* All that was noted of a merge, for the one who asks. */
static void book_notes(struct merger *m, int k, const struct notes *notes,
                       const struct merge *merge)
{
    struct pairs *pairs;

    if (m->asker[0] == MERGER_NOBODY)
        return;
    pairs = &m->queues[m->asker[0]];
    for (size_t i = 0; i < notes->count; i++)
        pairs_prefetch(pairs, old_key(&m->round, k, notes->items[i].id, merge));
    for (size_t i = 0; i < notes->count; i++)
        book(pairs, &m->round, k, &notes->items[i], merge);
}

/* What was noted in a stretch, for the asker of its words. */
static void book_stretch(struct merger *m, const struct stretch *s)
{
    const struct merge *merge = &m->round.joined[s->joined].merge;
    uint32_t asker = m->asker[s->group];

    for (int k = 0; k < SIDES; k++)
        for (size_t i = 0; i < s->notes[k].event_count; i++) {
            uint32_t number = s->notes[k].events[i].neighbour;
            struct neighbour *n = &s->notes[k].items[number];

            if (asker == MERGER_NOBODY)
                n->weight = 0;
            else
                book(&m->queues[asker], &m->round, k, n, merge);
        }
}

/* ---- places ---- */

/* Memory for the places of the pairs that are kept. */
static void keep_lists(struct merger *m, size_t hand, int k,
                       const struct notes *notes, const struct merge *merge)
{
    for (size_t i = 0; i < notes->count; i++) {
        struct neighbour *n = &notes->items[i];

        if (n->places == 0)
            continue;
        if (m->is_expecting)
            n->is_kept = places_find(&m->places,
                                     key_of(k, n->id, merge->result)) != NULL;
        else if (m->is_common)
            n->is_kept = m->asker[0] != MERGER_NOBODY &&
                         n->weight >= m->queues[m->asker[0]].least;
        if (n->is_kept)
            n->at = places_alloc(&m->places, hand, n->places);
    }
}

static void fill_lists(const struct notes *sum, struct notes *part)
{
    for (size_t i = 0; i < part->event_count; i++) {
        const struct event *e = &part->events[i];
        struct neighbour *n =
            &sum->items[part->items[e->neighbour].first];

        if (n->at)
            *n->at++ = e->slot;
    }
    free(part->events);
    part->events = NULL;
}

/* The lists of places of a merge's new pairs, from all its stretches. */
static void make_lists(struct merger *m, size_t hand,
                       const struct joined *joined, const struct notes *sum)
{
    for (int k = 0; k < SIDES; k++) {
        keep_lists(m, hand, k, &sum[k], &joined->merge);
        for (size_t i = joined->stretch_begin; i < joined->stretch_end; i++)
            fill_lists(&sum[k], &m->round.stretches[i].notes[k]);
    }
}

/* The lists that were made, to where they are found. */
static void enter_lists(struct merger *m, int k, const struct notes *notes,
                        const struct merge *merge)
{
    for (size_t i = 0; i < notes->count; i++) {
        const struct neighbour *n = &notes->items[i];
        uint64_t key = key_of(k, n->id, merge->result);
        struct place_list *list;

        if (!n->at)
            continue;
        list = m->is_expecting ? places_find(&m->places, key)
                               : places_add(&m->places, key);
        list->count = n->places;
        list->at = n->at - n->places;
    }
}

/* ---- a round ---- */

static bool has_parts(const struct joined *joined)
{
    return joined->stretch_end - joined->stretch_begin > 1;
}

/*
 * Merge in the next stretch that no thread has begun; false when there is none.
 * A merge of a single stretch has its lists made at once.
 */
static bool run_stretch(struct merger *m, size_t worker)
{
    size_t i = __atomic_fetch_add(&m->next_stretch, 1, __ATOMIC_RELAXED);
    struct stretch *s = &m->round.stretches[i];

    if (i >= m->round.stretch_count)
        return false;
    round_note(&m->round, worker, s->end - s->begin);
    round_stretch(&m->round, i, worker);
    round_forget(&m->round, worker);
    if (!has_parts(&m->round.joined[s->joined]))
        make_lists(m, worker, &m->round.joined[s->joined], s->notes);
    __atomic_store_n(&s->is_done, true, __ATOMIC_RELEASE);
    return true;
}

/* Its stretches are done, by this thread and others; then its books are. */
static void finish(struct merger *m, const struct joined *joined, size_t worker)
{
    const struct stretch *s = m->round.stretches;
    struct notes sum[SIDES];

    for (size_t i = joined->stretch_begin; i < joined->stretch_end; i++)
        for (unsigned looks = 0;
             !__atomic_load_n(&s[i].is_done, __ATOMIC_ACQUIRE);)
            if (!run_stretch(m, worker))
                parallel_wait(looks++);
    memcpy(sum, s[joined->stretch_begin].notes, sizeof sum);
    if (has_parts(joined)) {
        round_sum(&m->round, joined, sum);
        make_lists(m, worker, joined, sum);
    }
    for (int k = 0; k < SIDES; k++) {
        book_notes(m, k, &sum[k], &joined->merge);
        enter_lists(m, k, &sum[k], &joined->merge);
    }
}

/*
 * One thread books, in the order in which merges are begun, and merges where it
 * has to wait.  (What is booked does not depend on the order: no merge of the
 * round makes a pair that another one breaks.)
 */
static void run_turn(void *context, size_t turn, size_t worker)
{
    struct merger *m = context;

    if (turn == 0)
        for (size_t i = 0; i < m->round.joined_count; i++)
            finish(m, &m->round.joined[m->round.order[i]], worker);
    else
        while (run_stretch(m, worker))
            ;
}

/*
 * One merge, one stretch after the other, and what is of one asker's words
 * booked by itself.
 */
static void run_by_asker(struct merger *m)
{
    struct round *round = &m->round;
    const struct joined *joined = &round->joined[0];
    struct stretch *s = round->stretches;
    size_t last = round->stretch_count - 1;

    round_note(round, 0, joined->list.count);
    for (size_t i = 0, first = 0; i <= last; i++) {
        round_stretch(round, i, 0);
        if (i < last && m->asker[s[i + 1].group] == m->asker[s[i].group])
            continue;
        for (; first <= i; first++)
            book_stretch(m, &s[first]);
    }
    round_forget(round, 0);
    /* Its neighbours are those of all. */
    make_lists(m, 0, joined, s[last].notes);
    for (int k = 0; k < SIDES; k++)
        enter_lists(m, k, &s[last].notes[k], &joined->merge);
}

void merger_settle(struct merger *m)
{
    size_t places;

    if (m->round.joined_count == 0)
        return;
    places = round_cut(&m->round);
    m->next_stretch = 0;
    if (!m->is_common)
        run_by_asker(m);
    else if (places < SHORT)
        run_turn(m, 0, 0);
    else
        parallel_crew_run(m->crew, m->threads, run_turn, m);
    for (size_t i = 0; i < m->round.joined_count; i++)
        places_free(&m->places, &m->round.joined[i].list);
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
        places_free(&m->places, &list);
        return;
    }
    round_join(&m->round, merge, list);
    if (is_alone(m, &merge))
        merger_settle(m);
}

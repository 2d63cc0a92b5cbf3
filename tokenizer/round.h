/* SPDX-License-Identifier: Apache-2.0 */
/*
 * round.h - merges in the slots: the results put where the pairs stand, and
 * their neighbours noted, for the books.
 *
 *     round_fits     may this merge join those that have?
 *     round_join     it does
 *     round_cut      all have: their pairs' places are cut into stretches
 *     round_stretch  merge in one of them: on any thread, several at a time
 *     (the merger books it)
 *     round_close    tokens counted; ready for others
 *
 * No token is the left part of one merge of a round and the right part of
 * another, and none is made in it.  So no two of them change the same tokens,
 * and what stands in the end does not depend on their order.  Where two of them
 * are made side by side, the one on the right notes the other, and the one on
 * the left does not.
 */
#ifndef MLIN_TOKENIZER_ROUND_H
#define MLIN_TOKENIZER_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "tokenizer/places.h"
#include "tokenizer/wordset.h"

enum { ROUND_MERGES = 192 };

enum { BEFORE, AFTER, SIDES };

struct merge {
    uint32_t left, right, result;
    uint32_t left_bytes, right_bytes;
};

/* A token beside the merged pair, while the merge is on. */
struct neighbour {
    int64_t weight;     /* occurrences not yet booked */
    uint32_t *at;       /* where its next place goes */
    uint32_t id, bytes;
    uint32_t places;    /* occurrences in distinct words */
    uint32_t first;     /* its number in the sum of several stretches */
    bool is_kept;       /* some asker's pair with the result */
    bool may_merge;     /* part of another merge of the round */
};

struct event {
    uint32_t neighbour; /* its number */
    uint32_t slot;
};

/*
 * The neighbours of a merge to one side; few of many tokens, so that they lie
 * close.  They stay where they are until the round is over.
 */
struct side {
    uint32_t *numbers;       /* [number_cap] by id, from 1; 0 = none */
    size_t number_cap;
    struct neighbour *items; /* [count] */
    uint32_t count;
    struct neighbour *limit; /* the room for them ends here */
    struct arena arena;
};

/*
 * What one thread finds at the places that it looks at: in cache lines of its
 * own, for it changes with each place.
 */
struct round_hand {
    _Alignas(128) struct side sides[SIDES];
};

/* What was noted to one side. */
struct notes {
    struct neighbour *items; /* [count] */
    uint32_t count;
    uint32_t event_count;
    struct event *events;    /* [event_count]; for free() */
};

/* Places [begin, end) of a merge's list, and what was noted there. */
struct stretch {
    size_t begin, end;
    struct notes notes[SIDES];
    uint32_t joined;         /* which merge */
    uint32_t group;          /* of its words, where there are several */
    int64_t merged;          /* occurrences of the pair */
    bool is_done;            /* and may be read by other threads */
};

/* A merge of the round. */
struct joined {
    struct merge merge;
    struct place_list list;       /* of the pair */
    size_t stretch_begin, stretch_end;
    uint8_t next_left, next_right; /* another with that part, as in a role */
};

/* What a token is in the round: 1 + the number of the merge, or 0. */
struct role {
    uint8_t left, right, result;
};

struct round {
    struct wordset *set;
    struct joined joined[ROUND_MERGES]; /* [joined_count] */
    size_t joined_count;
    uint8_t order[ROUND_MERGES];  /* [joined_count] their numbers, most places
                                     first: threads end at about one time */
    struct role *roles;           /* [role_cap] by id */
    size_t role_cap;
    struct stretch *stretches;    /* [stretch_count] */
    size_t stretch_count, stretch_cap;
    struct round_hand *hands;     /* [hand_count], and one for sums */
    size_t hand_count;
};

/* For so many threads; nothing is going on. */
void round_init(struct round *round, struct wordset *set, size_t threads);
void round_clear(struct round *round);

/* May a merge of the two join? */
bool round_fits(const struct round *round, uint32_t left, uint32_t right);

/*
 * The merge's parts must have stood in the words, its result never; `list` has
 * the places of its pair in their order, and stays until round_close().
 */
void round_join(struct round *round, struct merge merge,
                struct place_list list);

/* Returns how many places there are. */
size_t round_cut(struct round *round);

/*
 * The hand (< threads) is going to note what is at so many places of a merge,
 * in one or several stretches, and then forgets the numbers of neighbours.
 */
void round_note(struct round *round, size_t hand, size_t places);
void round_stretch(struct round *round, size_t i, size_t hand);
void round_forget(struct round *round, size_t hand);

/*
 * The notes of all stretches of a merge added up, without events; the numbers
 * in the sum are the `first` of theirs.  One thread at a time.
 */
void round_sum(struct round *round, const struct joined *joined,
               struct notes *sum);

/* The right part of a merge of the round that made the token; or the token. */
static inline uint32_t round_right(const struct round *round, uint32_t id)
{
    uint8_t result = round->roles[id].result;

    return result ? round->joined[result - 1].merge.right : id;
}

/* All are merged and booked. */
void round_close(struct round *round);

#endif

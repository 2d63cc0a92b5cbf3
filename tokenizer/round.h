/* SPDX-License-Identifier: Apache-2.0 */
/*
 * round.h - one merge in the slots: the result put where the pair stands, and
 * its neighbours noted, for the books.
 *
 *     round_open     cut the pair's places into stretches
 *     round_stretch  merge in one of them: on any thread, several at a time
 *     round_add      what all hands noted, to the first one's sides
 *     (the merger books it)
 *     round_close    tokens counted; ready for another
 */
#ifndef MLIN_TOKENIZER_ROUND_H
#define MLIN_TOKENIZER_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/places.h"
#include "tokenizer/wordset.h"

struct merge {
    uint32_t left, right, result;
    uint32_t left_bytes, right_bytes;
};

/* A token beside the merged pair, while the merge is on. */
struct neighbour {
    int64_t weight;     /* occurrences not yet booked */
    uint32_t *at;       /* where its next place goes */
    uint32_t id;
    uint32_t places;    /* occurrences in distinct words */
    uint32_t first;     /* its number in the first hand */
    bool is_kept;       /* some asker's pair with the result */
};

struct event {
    uint32_t neighbour; /* its number */
    uint32_t slot;
};

/* All neighbours to one side; few of many tokens, so that they lie close. */
struct side {
    uint32_t *numbers;            /* [number_cap] by id, from 1; 0 = none */
    size_t number_cap;
    struct neighbour *neighbours; /* [neighbour_count] */
    size_t neighbour_count, neighbour_cap;
    uint32_t *touched;            /* [touched_count] of what is to be booked */
    size_t touched_count, touched_cap;
    struct event *events;         /* [event_count] */
    size_t event_count, event_cap;
};

/*
 * What one thread finds at the places that it looks at: in cache lines of its
 * own, for it changes with each place.
 */
struct round_hand {
    _Alignas(128) struct side before;
    struct side after;
};

/* Places [begin, end) of the list, and which hand noted what there. */
struct stretch {
    size_t begin, end;
    const struct round_hand *hand;
    size_t before_begin, before_end, after_begin, after_end;
    uint32_t group;               /* of its words, where there are several */
    int64_t merged;               /* occurrences of the pair */
};

struct round {
    struct wordset *set;
    struct merge merge;
    struct place_list list;       /* of the pair; not owned */
    struct stretch *stretches;    /* [stretch_count] */
    size_t stretch_count, stretch_cap;
    struct round_hand *hands;     /* [hand_count] */
    size_t hand_count;
};

/* For so many threads; nothing is going on. */
void round_init(struct round *round, struct wordset *set, size_t threads);
void round_clear(struct round *round);

/*
 * The merge's parts must have stood in the words, its result never; `list` has
 * the places of its pair in their order and must stay until the end.
 */
void round_open(struct round *round, struct merge merge,
                const struct place_list *list);

/* Stretch i of a struct round; each worker (< threads) has a hand. */
void round_stretch(void *round, size_t i, size_t worker);

void round_add(struct round *round);

void round_close(struct round *round);

#endif

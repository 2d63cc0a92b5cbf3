/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merger_books.h - what a merger holds: shared by merger.c, which changes it
 * merge by merge, and merger_books.c and merger_bytes.c, which count it anew.
 */
#ifndef MLIN_TOKENIZER_MERGER_BOOKS_H
#define MLIN_TOKENIZER_MERGER_BOOKS_H

#include "tokenizer/merger.h"
#include "tokenizer/pairs.h"
#include "tokenizer/places.h"

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
struct merger_hand {
    _Alignas(128) struct side before;
    struct side after;
    int64_t merged;               /* occurrences of the pair */
};

/* Places [begin, end) of a list, and which hand noted what there. */
struct stretch {
    size_t begin, end;
    const struct merger_hand *hand;
    size_t before_begin, before_end, after_begin, after_end;
};

struct merger {
    struct wordset *set;
    size_t threads;
    struct places places;
    struct pairs *queues;   /* [queue_count] */
    size_t queue_count;
    uint32_t *asker;        /* [groups of set] */
    bool is_common;         /* all groups have the same asker, asker[0] */
    int64_t floor;
    struct parallel_crew *crew;
    struct merger_hand *hands;  /* [threads] */
    struct stretch *stretches;  /* [stretch_count] of the merge that is on */
    size_t stretch_count, stretch_cap;
    bool is_expecting;      /* `places` has the pairs that will be merged */
    bool has_merged;        /* not all tokens are bytes any more */
};

/* Count the pairs of words whose tokens are bytes, for empty queues. */
void merger_count_bytes(struct merger *m);

#endif

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
#include "tokenizer/round.h"

enum { REFUSED_LEFT = 1, REFUSED_RIGHT = 2 };

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
    struct round round;     /* the merges that wait */
    size_t next_stretch;    /* of the round, that no thread has begun */
    uint32_t newest;        /* above all ids that have stood in the words */
    uint64_t taken;         /* the last pair, as long as it is not merged */
    uint8_t *refused;       /* [refused_cap] by id: part of pairs that were
                               taken and not merged */
    size_t refused_cap;
    bool is_expecting;      /* `places` has the pairs that will be merged */
};

/* Count the pairs of words whose tokens are bytes, for empty queues. */
void merger_count_bytes(struct merger *m);

#endif

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
    struct round round;     /* of the merge that is on */
    bool is_expecting;      /* `places` has the pairs that will be merged */
};

/* Count the pairs of words whose tokens are bytes, for empty queues. */
void merger_count_bytes(struct merger *m);

#endif

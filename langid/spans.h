/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans.h - which part of a text is in which language.
 *
 * The text is cut at spaces into windows of about fifty bytes; the quick part
 * of the model scores each; the cheapest path through the windows, a change of
 * language having its price, gives the spans (Viterbi 1967).  Spans of few
 * letters, and those that the full part finds doubtful, go to a neighbour.
 * Where two meet, the cut is moved to the word where it fits best.
 *
 * Time is linear, at most SPANS_CANDIDATES^2 steps for each window; memory is
 * one block of SPANS_BLOCK windows, and the spans.  Safe from any thread.
 */
#ifndef MLIN_SPANS_H
#define MLIN_SPANS_H

#include <stddef.h>
#include <stdint.h>

#include "langid/model.h"
#include "src/arena.h"

enum {
    SPANS_BLOCK = 2048,     /* windows that are decided together */
    SPANS_WINDOW = 48,      /* bytes before a window may end at a space */
    SPANS_CANDIDATES = 10,  /* labels that a block may use */
    SPANS_SEEN = 64,        /* distinct best labels of a block, at most */
    SPANS_TOP = 8,          /* best labels that a window remembers */
    SPANS_LETTERS_MIN = 24, /* a span of fewer joins a neighbour */
    SPANS_LETTERS_SCRIPT = 24, /* the same, if the scripts differ */
    SPANS_LETTERS_SURE = 250 /* and one of fewer than these, when in doubt */
};

struct span {
    size_t from, to;                 /* bytes of the text */
    char label[MODEL_LABEL_MAX + 1];
    uint64_t letters;
    uint16_t id;                     /* class, or SPANS_FACT + script */
    float relatives;                 /* nats below, summed over its windows */
};

enum { SPANS_FACT = MODEL_CLASSES_MAX };

struct spans_window {
    size_t from, to;
    unsigned script;
    uint64_t letters;
    size_t count;                    /* of those below; the best comes first */
    uint16_t ids[SPANS_TOP];
    float losses[SPANS_TOP];         /* nats below the best */
};

/* Room to work in; contents mean nothing between calls. */
struct spans_room {
    struct features features;
    struct spans_window windows[SPANS_BLOCK];
    uint8_t back[SPANS_BLOCK][SPANS_CANDIDATES];
};

/*
 * The spans of a text, in order, without gaps, from 0 to its end, neighbours
 * with different labels; in the arena.  Returns how many; 0 for an empty text.
 */
size_t spans_find(const struct model *model, struct spans_room *room,
                  struct slice text, struct arena *arena, struct span **spans);

#endif

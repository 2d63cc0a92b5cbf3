/* SPDX-License-Identifier: Apache-2.0 */
/*
 * runmerge - a tree of losers: each run plays against others on its way from
 * its leaf to the top, and who loses waits there; tests/property/sorter.c.
 */
#include "filters/runmerge.h"

#include <stdbool.h>
#include <stdlib.h>

#include "src/fail.h"

enum { AHEAD = 32 }; /* words that are fetched before they are needed */

struct source {
    uint64_t *buffer;
    size_t at, len; /* words; len 0: at its end */
};

/* The first word of a run's next record stands beside it. */
struct player {
    uint64_t head;
    size_t run;
};

struct runmerge {
    size_t words, order;
    size_t cap;
    struct source *sources; /* [leaves] */
    struct player *losers;  /* [leaves], from 1 on: a node's two are 2i, 2i+1 */
    struct player winner;
    size_t leaves, runs;
    bool is_due;            /* the winner was handed out */
    size_t (*fill)(void *context, size_t run, uint64_t *buffer, size_t cap);
    void *context;
};

static struct player next_player(struct runmerge *m, size_t run)
{
    struct source *s = &m->sources[run];

    if (s->len == 0)
        return (struct player){ UINT64_MAX, run };
    __builtin_prefetch(s->buffer + s->at + AHEAD);
    return (struct player){ s->buffer[s->at], run };
}

static struct player refill(struct runmerge *m, size_t run)
{
    struct source *s = &m->sources[run];

    s->at = 0;
    s->len = run < m->runs ? m->fill(m->context, run, s->buffer, m->cap) : 0;
    return next_player(m, run);
}

/* Where first words are equal. */
static bool is_before_by_rest(const struct runmerge *m, size_t a, size_t b)
{
    const struct source *x = &m->sources[a], *y = &m->sources[b];
    int order;

    if (x->len == 0 || y->len == 0)
        return x->len > 0;
    order = runmerge_compare(x->buffer + x->at, y->buffer + y->at, m->order);
    return order < 0 || (order == 0 && a < b);
}

static inline bool is_before(const struct runmerge *m, struct player a,
                             struct player b)
{
    if (a.head != b.head)
        return a.head < b.head;
    return is_before_by_rest(m, a.run, b.run);
}

/* From a leaf to the top. */
static void play(struct runmerge *m, struct player player)
{
    for (size_t at = (m->leaves + player.run) / 2; at > 0; at /= 2)
        if (is_before(m, m->losers[at], player)) {
            struct player winner = m->losers[at];

            m->losers[at] = player;
            player = winner;
        }
    m->winner = player;
}

/* Who wins below a node; the losers are left on the way. */
static struct player play_all(struct runmerge *m, size_t at)
{
    struct player a, b;

    if (at >= m->leaves)
        return refill(m, at - m->leaves);
    a = play_all(m, 2 * at);
    b = play_all(m, 2 * at + 1);
    m->losers[at] = is_before(m, a, b) ? b : a;
    return is_before(m, a, b) ? a : b;
}

struct runmerge *runmerge_new(size_t runs, size_t words, size_t order,
                              size_t buffer_words,
                              size_t (*fill)(void *context, size_t run,
                                             uint64_t *buffer, size_t cap),
                              void *context)
{
    struct runmerge *m = xcalloc(1, sizeof *m);

    m->words = words;
    m->order = order;
    m->cap = buffer_words < words ? words : buffer_words / words * words;
    m->runs = runs;
    for (m->leaves = 1; m->leaves < runs; m->leaves *= 2)
        ;
    m->sources = xcalloc(m->leaves, sizeof *m->sources);
    m->losers = xcalloc(m->leaves, sizeof *m->losers);
    m->fill = fill;
    m->context = context;
    for (size_t run = 0; run < runs; run++)
        m->sources[run].buffer = xmalloc(m->cap * sizeof(uint64_t));
    m->winner = play_all(m, 1);
    return m;
}

const uint64_t *runmerge_next(struct runmerge *m, size_t *run)
{
    struct source *top = &m->sources[m->winner.run];

    if (m->is_due) {
        top->at += m->words;
        play(m, top->at == top->len ? refill(m, m->winner.run)
                                    : next_player(m, m->winner.run));
        top = &m->sources[m->winner.run];
    }
    m->is_due = top->len > 0;
    if (!m->is_due)
        return NULL;
    if (run)
        *run = m->winner.run;
    return top->buffer + top->at;
}

void runmerge_free(struct runmerge *m)
{
    if (!m)
        return;
    for (size_t run = 0; run < m->runs; run++)
        free(m->sources[run].buffer);
    free(m->sources);
    free(m->losers);
    free(m);
}

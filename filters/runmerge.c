/* SPDX-License-Identifier: Apache-2.0 */
/*
 * runmerge - a binary heap of runs; tests/property/sorter.c.
 */
#include "filters/runmerge.h"

#include <stdbool.h>
#include <stdlib.h>

#include "src/fail.h"

struct source {
    uint64_t *buffer;
    size_t at, len; /* words */
};

struct runmerge {
    size_t words, order;
    size_t cap;
    struct source *sources; /* [run] */
    size_t *heap;           /* [count] runs, the one with the least on top */
    size_t count, runs;
    bool is_due;            /* the top was handed out */
    size_t (*fill)(void *context, size_t run, uint64_t *buffer, size_t cap);
    void *context;
};

static bool source_fill(struct runmerge *m, size_t run)
{
    struct source *s = &m->sources[run];

    s->at = 0;
    s->len = m->fill(m->context, run, s->buffer, m->cap);
    return s->len > 0;
}

static inline bool is_before(const struct runmerge *m, size_t a, size_t b)
{
    const struct source *x = &m->sources[a], *y = &m->sources[b];
    int order = runmerge_compare(x->buffer + x->at, y->buffer + y->at,
                                 m->order);

    return order < 0 || (order == 0 && a < b);
}

static void sift_down(struct runmerge *m, size_t at)
{
    size_t run = m->heap[at];

    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= m->count)
            break;
        if (child + 1 < m->count &&
            is_before(m, m->heap[child + 1], m->heap[child]))
            child++;
        if (!is_before(m, m->heap[child], run))
            break;
        m->heap[at] = m->heap[child];
        at = child;
    }
    m->heap[at] = run;
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
    m->sources = xcalloc(runs + 1, sizeof *m->sources);
    m->heap = xcalloc(runs + 1, sizeof *m->heap);
    m->runs = runs;
    m->fill = fill;
    m->context = context;
    for (size_t run = 0; run < runs; run++) {
        m->sources[run].buffer = xmalloc(m->cap * sizeof(uint64_t));
        if (source_fill(m, run))
            m->heap[m->count++] = run;
    }
    for (size_t i = m->count; i-- > 0;)
        sift_down(m, i);
    return m;
}

const uint64_t *runmerge_next(struct runmerge *m, size_t *run)
{
    if (m->is_due) {
        struct source *top = &m->sources[m->heap[0]];

        top->at += m->words;
        if (top->at == top->len && !source_fill(m, m->heap[0]))
            m->heap[0] = m->heap[--m->count];
        if (m->count > 0)
            sift_down(m, 0);
    }
    m->is_due = m->count > 0;
    if (!m->is_due)
        return NULL;
    if (run)
        *run = m->heap[0];
    return m->sources[m->heap[0]].buffer + m->sources[m->heap[0]].at;
}

void runmerge_free(struct runmerge *m)
{
    if (!m)
        return;
    for (size_t run = 0; run < m->runs; run++)
        free(m->sources[run].buffer);
    free(m->sources);
    free(m->heap);
    free(m);
}

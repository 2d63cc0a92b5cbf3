/* SPDX-License-Identifier: Apache-2.0 */
/*
 * components - union and find on dense numbers, or stars on uids.
 */
#include "filters/components.h"

#include <stdbool.h>
#include <stdlib.h>

#include "filters/shingle.h"
#include "src/fail.h"
#include "src/large.h"

struct work {
    uint64_t memory;
    const char *directory;
    size_t threads;
};

/* Two or three live at a time. */
static struct sorter *sorter_for(const struct work *work, size_t words,
                                 size_t order)
{
    return sorter_new(words, order, work->memory / 6, work->directory,
                      work->threads);
}

static void add_pair(struct sorter *sorter, uint64_t a, uint64_t b)
{
    uint64_t record[] = { a, b };

    sorter_add(sorter, record);
}

/* ---- union and find ---- */

/* The least of a set is its root; paths are halved as they are walked. */
static uint32_t root_of(uint32_t *parents, uint32_t at)
{
    while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    return at;
}

static void join(uint32_t *parents, uint32_t a, uint32_t b)
{
    a = root_of(parents, a);
    b = root_of(parents, b);
    if (a < b)
        parents[b] = a;
    else
        parents[a] = b;
}

/* All uids that have an edge, sorted. */
static struct sorter *find_nodes(const struct work *work, struct sorter *edges)
{
    struct sorter *nodes = sorter_for(work, 1, 1);
    const uint64_t *edge;

    while ((edge = sorter_next(edges, true))) {
        sorter_add(nodes, &edge[0]);
        if (edge[1] != edge[0])
            sorter_add(nodes, &edge[1]);
    }
    sorter_rewind(edges);
    sorter_finish(nodes);
    return nodes;
}

static uint64_t count_all(struct sorter *sorter)
{
    uint64_t count = 0;

    while (sorter_next(sorter, true))
        count++;
    sorter_rewind(sorter);
    return count;
}

/* A walk along the sorted uids: from uid to number, and back. */
struct walk {
    struct sorter *nodes;
    uint64_t uid, number;
    bool has_begun;
};

static void walk_next(struct walk *w)
{
    const uint64_t *node = sorter_next(w->nodes, true);

    if (!node)
        bug("an edge of a document that has none");
    w->number += w->has_begun;
    w->has_begun = true;
    w->uid = *node;
}

static uint32_t walk_number(struct walk *w, uint64_t uid)
{
    while (!w->has_begun || w->uid < uid)
        walk_next(w);
    return (uint32_t)w->number;
}

static uint64_t walk_uid(struct walk *w, uint64_t number)
{
    while (!w->has_begun || w->number < number)
        walk_next(w);
    return w->uid;
}

static void join_edges(const struct work *work, struct sorter *edges,
                       struct sorter *nodes, uint32_t *parents)
{
    struct sorter *half = sorter_for(work, 2, 2); /* uid, number */
    struct walk walk = { .nodes = nodes };
    const uint64_t *edge;

    while ((edge = sorter_next(edges, true)))
        add_pair(half, edge[1], walk_number(&walk, edge[0]));
    sorter_finish(half);
    sorter_rewind(nodes);
    walk = (struct walk){ .nodes = nodes };
    while ((edge = sorter_next(half, false)))
        join(parents, walk_number(&walk, edge[0]), (uint32_t)edge[1]);
    sorter_rewind(nodes);
    sorter_free(half);
}

/* (uid, root's uid): by way of (root's number, uid), for numbers are sorted. */
static struct sorter *name_roots(const struct work *work, struct sorter *nodes,
                                 uint32_t *parents)
{
    struct sorter *by_root = sorter_for(work, 2, 2);
    struct sorter *named = sorter_for(work, 2, 2);
    struct walk walk = { .nodes = nodes };
    const uint64_t *record;

    for (uint32_t i = 0; (record = sorter_next(nodes, true)); i++)
        add_pair(by_root, root_of(parents, i), *record);
    sorter_finish(by_root);
    sorter_rewind(nodes);
    while ((record = sorter_next(by_root, false)))
        add_pair(named, record[1], walk_uid(&walk, record[0]));
    sorter_free(by_root);
    sorter_finish(named);
    return named;
}

static struct sorter *by_union(const struct work *work, struct sorter *edges,
                               struct sorter *nodes, uint64_t count)
{
    size_t bytes = (size_t)(count + 1) * sizeof(uint32_t);
    uint32_t *parents = large_alloc(bytes);
    struct sorter *named;

    for (uint32_t i = 0; i < count; i++)
        parents[i] = i;
    join_edges(work, edges, nodes, parents);
    named = name_roots(work, nodes, parents);
    large_free(parents, bytes);
    return named;
}

/* ---- stars ---- */

/*
 * Edges stand as (larger, smaller).  A set of them has a sum that does not
 * depend on their order: equal before and after a round, nothing changed.
 */
struct star {
    struct sorter *out;
    uint64_t node, least;
    bool is_large;
};

static void star_edge(struct star *s, uint64_t a, uint64_t b)
{
    if (a > b)
        add_pair(s->out, a, b);
    else if (b > a)
        add_pair(s->out, b, a);
}

/* One neighbour of a node; they come in order, the least first. */
static void star_take(struct star *s, uint64_t node, uint64_t neighbour,
                      bool is_first)
{
    if (is_first || s->node != node) {
        s->node = node;
        s->least = neighbour < node ? neighbour : node;
        /* Small stars: the node itself goes to the least, too. */
        if (!s->is_large)
            star_edge(s, node, s->least);
    }
    if (s->is_large ? neighbour > node : neighbour < node)
        star_edge(s, neighbour, s->least);
}

static struct sorter *star_round(const struct work *work, struct sorter *edges,
                                 bool is_large)
{
    struct sorter *both = sorter_for(work, 2, 2);
    struct star star = { .out = sorter_for(work, 2, 2), .is_large = is_large };
    const uint64_t *record;
    bool is_first = true;

    while ((record = sorter_next(edges, true))) {
        add_pair(both, record[0], record[1]);
        if (is_large) /* small stars look at smaller neighbours only */
            add_pair(both, record[1], record[0]);
    }
    sorter_free(edges);
    sorter_finish(both);
    while ((record = sorter_next(both, true))) {
        star_take(&star, record[0], record[1], is_first);
        is_first = false;
    }
    sorter_free(both);
    sorter_finish(star.out);
    return star.out;
}

static uint64_t sum_of(struct sorter *edges)
{
    uint64_t sum = 0;
    const uint64_t *edge;

    while ((edge = sorter_next(edges, true)))
        sum += shingle_mix(shingle_mix(edge[0]) + edge[1]);
    sorter_rewind(edges);
    return sum;
}

/* Every document to its root, and roots to themselves. */
static struct sorter *by_stars(const struct work *work, struct sorter *edges,
                               struct sorter *nodes, uint64_t *rounds)
{
    struct sorter *stars = sorter_for(work, 2, 2), *named;
    uint64_t sum, before;
    const uint64_t *record, *node;

    while ((record = sorter_next(edges, true)))
        if (record[0] != record[1])
            add_pair(stars, record[0] > record[1] ? record[0] : record[1],
                     record[0] > record[1] ? record[1] : record[0]);
    sorter_finish(stars);
    sum = sum_of(stars);
    do {
        before = sum;
        stars = star_round(work, stars, true);
        stars = star_round(work, stars, false);
        sum = sum_of(stars);
        ++*rounds;
    } while (sum != before);
    named = sorter_for(work, 2, 2);
    record = sorter_next(stars, true);
    while ((node = sorter_next(nodes, true))) {
        bool has_root = record && record[0] == *node;

        add_pair(named, *node, has_root ? record[1] : *node);
        if (has_root)
            record = sorter_next(stars, true);
    }
    sorter_free(stars);
    sorter_finish(named);
    return named;
}

struct sorter *components_find(struct sorter *edges, uint64_t memory,
                               const char *directory, size_t threads,
                               struct components_report *report)
{
    struct work work = { memory, directory, threads };
    struct sorter *nodes = find_nodes(&work, edges), *named;
    uint64_t count = count_all(nodes);

    *report = (struct components_report){ .documents = count };
    if (count < UINT32_MAX && count * sizeof(uint32_t) <= memory / 2)
        named = by_union(&work, edges, nodes, count);
    else
        named = by_stars(&work, edges, nodes, &report->rounds);
    sorter_free(nodes);
    sorter_free(edges);
    return named;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * components - random graphs, long chains and stars: both ways give what a
 * flood from each node gives.
 */
#include "filters/components.h"

#include <string.h>

#include "tests/check.h"

enum { NODES = 400, EDGES = 1200 };

struct graph {
    uint64_t a[EDGES], b[EDGES], uids[NODES];
    size_t edges, nodes;
};

static struct graph random_graph(uint64_t seed)
{
    struct random random = { seed };
    struct graph g = { .nodes = 2 + random_below(&random, NODES - 2) };
    uint64_t kind = random_below(&random, 3);

    for (size_t i = 0; i < g.nodes; i++)
        g.uids[i] = seed % 2 ? i : random_next(&random);
    g.edges = kind == 0 ? random_below(&random, EDGES) : g.nodes - 1;
    for (size_t i = 0; i < g.edges; i++) {
        size_t a = kind == 0 ? random_below(&random, g.nodes) : i;
        size_t b = kind == 0   ? random_below(&random, g.nodes)
                   : kind == 1 ? i + 1
                               : random_below(&random, i + 1);

        g.a[i] = g.uids[a];
        g.b[i] = g.uids[b];
    }
    return g;
}

/* The least uid that can be reached, by passing it on until nothing changes. */
static uint64_t naive_root(const struct graph *g, uint64_t uid)
{
    static uint64_t seen[NODES];
    size_t count = 1, done = 0;
    uint64_t least = uid;

    seen[0] = uid;
    while (done < count) {
        uint64_t at = seen[done++];

        least = at < least ? at : least;
        for (size_t i = 0; i < g->edges; i++) {
            uint64_t other = g->a[i] == at ? g->b[i] : g->a[i];
            bool is_new = g->a[i] == at || g->b[i] == at;

            for (size_t j = 0; is_new && j < count; j++)
                is_new = seen[j] != other;
            if (is_new)
                seen[count++] = other;
        }
    }
    return least;
}

static bool has_edge(const struct graph *g, uint64_t uid)
{
    for (size_t i = 0; i < g->edges; i++)
        if (g->a[i] == uid || g->b[i] == uid)
            return true;
    return false;
}

static uint64_t try_graph(uint64_t seed, uint64_t memory)
{
    struct graph g = random_graph(seed);
    struct sorter *edges = sorter_new(2, 2, 4096, ".", 1), *roots;
    struct components_report report;
    const uint64_t *record;
    uint64_t count = 0, last = 0;

    for (size_t i = 0; i < g.edges; i++) {
        uint64_t edge[] = { g.a[i], g.b[i] };

        sorter_add(edges, edge);
    }
    sorter_finish(edges);
    roots = components_find(edges, memory, ".", 1, &report);
    while ((record = sorter_next(roots, false))) {
        check(count == 0 || record[0] > last);
        last = record[0];
        check_that(record[1] == naive_root(&g, record[0]), "seed %u",
                   (unsigned)seed);
        check(has_edge(&g, record[0]));
        count++;
    }
    check(count == report.documents);
    for (size_t i = 0; i < g.nodes; i++)
        count -= has_edge(&g, g.uids[i]);
    check(count == 0);
    sorter_free(roots);
    return report.rounds;
}

int main(void)
{
    uint64_t rounds = 0;

    for (uint64_t seed = 1; seed <= 60; seed++) {
        check(try_graph(seed, 1 << 20) == 0);
        rounds += try_graph(seed, 0);
    }
    check(rounds > 200);
    printf("%llu rounds\n", (unsigned long long)rounds);
    return check_done();
}

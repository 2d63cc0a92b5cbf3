/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merge_table - the factors, one group of merges after the other.
 *
 * The merges that share a factor are a group, three to six of them.  The
 * largest group chooses first, while the table is empty, and takes the first
 * factor that gives each of it a slot of its own; a group of one finds a free
 * slot soon even when four of five are taken.
 */
#include "tokenizer/merge_table.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/large.h"

enum {
    SLOT_BITS_MIN = 8, SLOT_BITS_MAX = 26,
    GROUP_BITS = 3,     /* slots for a factor */
    TRIES = 1 << 16
};

/* Of a pair that is never asked for: no token is so high, nor is it none. */
#define FREE (UINT64_MAX - 1)

/* The merges in order of their groups; group i ends at ends[i]. */
struct groups {
    uint64_t *entries;
    size_t *ends;
    uint32_t *order; /* the groups, the largest first */
    size_t count;
};

static size_t slots_size(const struct merge_table *t)
{
    return sizeof *t->slots << t->slot_bits;
}

static uint64_t entry_of(struct merge merge)
{
    return (uint64_t)merge.made << 2 * MERGE_BITS |
           merge_pair(merge.left, merge.right);
}

static uint64_t hash_of(uint64_t entry)
{
    return merge_hash(entry & (((uint64_t)1 << 2 * MERGE_BITS) - 1));
}

static size_t group_of(const struct merge_table *t, uint64_t entry)
{
    return (size_t)(hash_of(entry) >> (64 - t->factor_bits));
}

static size_t group_begin(const struct groups *g, size_t group)
{
    return group > 0 ? g->ends[group - 1] : 0;
}

static size_t group_size(const struct groups *g, size_t group)
{
    return g->ends[group] - group_begin(g, group);
}

/* By counting: how many there are of each size, then where these begin. */
static void order_by_size(struct groups *g, size_t most)
{
    size_t *starts = xcalloc(most + 2, sizeof *starts);

    for (size_t i = 0; i < g->count; i++)
        starts[most - group_size(g, i) + 1]++;
    for (size_t i = 1; i < most + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < g->count; i++)
        g->order[starts[most - group_size(g, i)]++] = (uint32_t)i;
    free(starts);
}

static struct groups groups_make(const struct merge_table *t,
                                 const struct merge *merges, size_t count)
{
    struct groups g = { .count = (size_t)1 << t->factor_bits };
    size_t most = 0;

    g.entries = xmalloc((count + 1) * sizeof *g.entries);
    g.ends = xcalloc(g.count + 1, sizeof *g.ends);
    g.order = xmalloc(g.count * sizeof *g.order);
    for (size_t i = 0; i < count; i++)
        g.ends[group_of(t, entry_of(merges[i])) + 1]++;
    for (size_t i = 1; i <= g.count; i++) {
        most = g.ends[i] > most ? g.ends[i] : most;
        g.ends[i] += g.ends[i - 1];
    }
    /* Where each begins is where it ends once all are in. */
    for (size_t i = 0; i < count; i++) {
        uint64_t entry = entry_of(merges[i]);

        g.entries[g.ends[group_of(t, entry)]++] = entry;
    }
    order_by_size(&g, most);
    return g;
}

static void groups_clear(struct groups *g)
{
    free(g->entries);
    free(g->ends);
    free(g->order);
}

static uint64_t *slot_of(const struct merge_table *t, uint64_t entry,
                         uint32_t factor)
{
    return t->slots + merge_slot(t, hash_of(entry), factor);
}

/* Give each its slot by this factor; none when one of them is taken. */
static bool put_group(const struct merge_table *t, const uint64_t *entries,
                      size_t count, uint32_t factor)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t *slot = slot_of(t, entries[i], factor);

        if (*slot == FREE) {
            *slot = entries[i];
            continue;
        }
        while (i-- > 0)
            *slot_of(t, entries[i], factor) = FREE;
        return false;
    }
    return true;
}

static bool choose_factor(struct merge_table *t, const struct groups *g,
                          size_t group)
{
    const uint64_t *entries = g->entries + group_begin(g, group);

    for (uint32_t i = 0; i < TRIES; i++) {
        uint32_t factor = i * 0x9e3779b0u + 0x85ebca6bu;

        if (put_group(t, entries, group_size(g, group), factor)) {
            t->factors[group] = factor;
            return true;
        }
    }
    return false;
}

static bool make_of_size(struct merge_table *t, const struct merge *merges,
                         size_t count)
{
    struct groups groups;
    bool all = true;

    t->factor_bits = t->slot_bits - GROUP_BITS;
    t->slots = large_alloc(slots_size(t));
    for (size_t i = 0; i >> t->slot_bits == 0; i++)
        t->slots[i] = FREE;
    t->factors = xcalloc((size_t)1 << t->factor_bits, sizeof *t->factors);
    groups = groups_make(t, merges, count);
    for (size_t i = 0; i < groups.count && all; i++)
        all = choose_factor(t, &groups, groups.order[i]);
    groups_clear(&groups);
    return all;
}

bool merge_table_make(struct merge_table *table, const struct merge *merges,
                      size_t count)
{
    unsigned bits = SLOT_BITS_MIN;

    while ((uint64_t)4 << bits < (uint64_t)5 * count)
        bits++;
    for (; bits <= SLOT_BITS_MAX; bits++) {
        table->slot_bits = bits;
        if (make_of_size(table, merges, count))
            return true;
        merge_table_clear(table);
    }
    return false;
}

void merge_table_clear(struct merge_table *table)
{
    if (table->slots)
        large_free(table->slots, slots_size(table));
    free(table->factors);
    *table = (struct merge_table){ 0 };
}

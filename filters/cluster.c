/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cluster - which documents are copies of which, from what minhash wrote.
 *
 *     keys of all files  ->  stars   (least uid of a key, each other uid)
 *     stars + sketches   ->  edges   those whose estimate reaches --jaccard
 *     edges              ->  roots   components by their least uid
 *     roots + priorities ->  kept    the best of each component
 *     kept + sketches    ->  list    size, rank, likeness to the kept one
 *
 * Every step is a sort of records that depend on the documents alone, so the
 * list has the same bytes for any order, sharding, threads and memory.
 * Memory: --memory, and 64 kB or so for each file.  Files to sort in have no
 * name and go with the process; the list appears when it is complete.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/clusterlist.h"
#include "filters/components.h"
#include "filters/pairs.h"
#include "filters/sketchbook.h"
#include "filters/sorter.h"
#include "src/fail.h"
#include "src/parallel.h"
#include "src/stage.h"

enum { CLASSES = 11, TOP = 10 };

/* The largest clusters, for the report. */
struct large {
    uint64_t cluster, size, weak;
};

struct cluster {
    const char *out, *sort_in; /* --out, --sort-in */
    uint64_t memory, threads, cap;
    double jaccard;
    unsigned least;            /* thousandths */
    struct pairs_work work;
    struct sorter *edges, *members;
    struct clusterlist_writer *list;
    uint64_t stars, kept_edges, below_700[2]; /* before and after */
    struct components_report components;
    uint64_t clusters, listed, dropped, left;
    uint64_t classes[CLASSES]; /* of likeness to the kept one, by 0.1 */
    struct large top[TOP];
};

static struct sorter *sorter_for(const struct cluster *c, size_t words,
                                 size_t order)
{
    return sorter_new(words, order, c->memory / 3, c->work.directory,
                      c->work.threads);
}

/* ---- keys to stars ---- */

static struct sorter *find_stars(struct cluster *c)
{
    struct sorter *stars = sorter_for(c, 2, 2);
    struct sketchbook_stream *keys =
        sketchbook_stream(c->work.books, BOOK_KEYS, c->memory / 3);
    const uint64_t *record;
    uint64_t key = 0, least = 0, last = 0;
    bool has_key = false;

    while ((record = sketchbook_next(keys))) {
        uint64_t star[2] = { least, record[1] };

        if (!has_key || record[0] != key) {
            key = record[0];
            least = last = record[1]; /* uids of a key come in order */
            has_key = true;
        } else if (record[1] != last) {
            last = record[1];
            sorter_add(stars, star);
        }
    }
    sketchbook_stream_free(keys);
    sorter_finish(stars);
    return stars;
}

/* Each star once: many pairs meet under several keys. */
static struct sorter *unique_pairs(struct cluster *c, struct sorter *stars)
{
    struct sorter *unique = sorter_for(c, 2, 2);
    const uint64_t *star;

    while ((star = sorter_next(stars, true))) {
        sorter_add(unique, star);
        c->stars++;
    }
    sorter_free(stars);
    sorter_finish(unique);
    return unique;
}

/* ---- stars to edges ---- */

static void take_edge(void *context, const struct pairs_result *result)
{
    struct cluster *c = context;

    c->below_700[0] += result->thousandths < 700;
    if (result->thousandths < c->least)
        return;
    c->below_700[1] += result->thousandths < 700;
    c->kept_edges++;
    sorter_add(c->edges, result->record);
}

/* A record that came twice is a copy of itself. */
static void add_repeated(struct cluster *c)
{
    struct pairs_documents d;

    pairs_documents_begin(&d, &c->work, false);
    while (pairs_documents_next(&d))
        if (d.copies > 1) {
            uint64_t self[] = { d.doc[BOOK_UID], d.doc[BOOK_UID] };

            sorter_add(c->edges, self);
        }
    pairs_documents_end(&d);
}

static void find_edges(struct cluster *c)
{
    struct sorter *pairs = unique_pairs(c, find_stars(c));

    c->edges = sorter_for(c, 2, 2);
    pairs_compare(&c->work, pairs, 2, NULL, take_edge, c);
    add_repeated(c);
    sorter_finish(c->edges);
}

/* ---- roots to the kept document ---- */

/* (root, priority, uid, copies) */
static struct sorter *add_priorities(struct cluster *c, struct sorter *roots)
{
    struct sorter *out = sorter_for(c, 4, 3);
    struct pairs_documents d;
    const uint64_t *record;

    pairs_documents_begin(&d, &c->work, false);
    while ((record = sorter_next(roots, false))) {
        uint64_t member[4] = { record[1], 0, record[0], 0 };

        pairs_documents_find(&d, record[0]);
        member[1] = d.doc[BOOK_PRIORITY];
        member[3] = d.copies;
        sorter_add(out, member);
    }
    pairs_documents_end(&d);
    sorter_free(roots);
    sorter_finish(out);
    return out;
}

/* (kept, uid, root, priority, copies): the first of a root is kept. */
static struct sorter *choose(struct cluster *c, struct sorter *by_priority)
{
    struct sorter *out = sorter_for(c, 5, 2);
    const uint64_t *member;
    uint64_t root = 0, kept = 0;
    bool has_root = false;

    while ((member = sorter_next(by_priority, false))) {
        uint64_t pair[5] = { 0, member[2], member[0], member[1], member[3] };

        if (!has_root || member[0] != root) {
            root = member[0];
            kept = member[2];
            has_root = true;
        }
        pair[0] = kept;
        sorter_add(out, pair);
    }
    sorter_free(by_priority);
    sorter_finish(out);
    return out;
}

static uint64_t name_kept(void *context, const struct pairs_documents *document)
{
    struct cluster *c = context;

    if (document->name_len == 0)
        return UINT64_MAX;
    return clusterlist_add_name(c->list, slice_make(document->name,
                                                    document->name_len));
}

/* (root, priority, uid, kept, copies, likeness, name) */
static void take_member(void *context, const struct pairs_result *result)
{
    struct cluster *c = context;
    const uint64_t *pair = result->record;
    uint64_t member[7] = {
        pair[2], pair[3], pair[1], pair[0], pair[4],
        clusterlist_likeness(result->thousandths, result->is_exact, pair[4]),
        result->extra
    };

    sorter_add(c->members, member);
}

/* ---- members to the list ---- */

/* A component: all its members, and those that stay in it under --cap. */
struct component {
    uint64_t root, all, stay, weak;
};

static bool is_outsider(const struct cluster *c, const struct component *k,
                        const uint64_t *member)
{
    return c->cap > 0 && k->all > c->cap && member[2] != member[3] &&
           clusterlist_thousandths(member[5]) < c->least;
}

/* How large each component is: (root, all, weak), in their order. */
static struct sorter *measure(struct cluster *c)
{
    struct sorter *sizes = sorter_for(c, 3, 1);
    struct component k = { 0 };
    const uint64_t *member;

    while ((member = sorter_next(c->members, false))) {
        if (k.all > 0 && member[0] != k.root) {
            uint64_t size[3] = { k.root, k.all, k.weak };

            sorter_add(sizes, size);
            k = (struct component){ 0 };
        }
        k.root = member[0];
        k.all += member[4];
        if (clusterlist_thousandths(member[5]) < c->least)
            k.weak += member[4];
    }
    if (k.all > 0) {
        uint64_t size[3] = { k.root, k.all, k.weak };

        sorter_add(sizes, size);
    }
    sorter_finish(sizes);
    sorter_rewind(c->members);
    return sizes;
}

static void note_large(struct cluster *c, const struct component *k)
{
    size_t at = TOP;

    while (at > 0 && c->top[at - 1].size < k->all)
        at--;
    if (at == TOP)
        return;
    memmove(&c->top[at + 1], &c->top[at], (TOP - 1 - at) * sizeof *c->top);
    c->top[at] = (struct large){ k->root, k->all, k->weak };
}

static void add_entry(struct cluster *c, struct sorter *entries,
                      const struct component *k, const uint64_t *member,
                      uint64_t rank)
{
    uint64_t entry[CLUSTERLIST_WORDS] = {
        member[2], member[3], k->root, k->stay, rank, member[5], member[6]
    };

    c->dropped += member[4] - (rank == 0);
    c->classes[clusterlist_thousandths(member[5]) / 100] += rank > 0;
    sorter_add(entries, entry);
}

/* One that leaves its cluster is alone, but for records like itself. */
static void add_outsider(struct cluster *c, struct sorter *entries,
                         const uint64_t *member)
{
    uint64_t entry[CLUSTERLIST_WORDS] = {
        member[2], member[2], member[2], member[4], 0,
        clusterlist_likeness(1000, true, member[4]), UINT64_MAX
    };

    c->left += member[4];
    c->dropped += member[4] - 1;
    if (member[4] > 1)
        sorter_add(entries, entry);
}

static struct sorter *rank_members(struct cluster *c)
{
    struct sorter *entries = sorter_for(c, CLUSTERLIST_WORDS, 1);
    struct sorter *sizes = measure(c);
    struct component k = { 0 };
    const uint64_t *member, *size;
    uint64_t rank = 0;

    while ((member = sorter_next(c->members, false))) {
        if (k.all == 0 || member[0] != k.root) {
            size = sorter_next(sizes, false);
            if (!size || size[0] != member[0])
                bug("a component without its size");
            k = (struct component){ size[0], size[1], size[1], size[2] };
            if (c->cap > 0 && k.all > c->cap)
                k.stay = k.all - k.weak;
            note_large(c, &k);
            c->clusters++;
            rank = 0;
        }
        if (is_outsider(c, &k, member))
            add_outsider(c, entries, member);
        else
            add_entry(c, entries, &k, member, rank++);
    }
    sorter_free(sizes);
    c->listed = sorter_finish(entries);
    return entries;
}

static void write_list(struct cluster *c, const char *path)
{
    struct sorter *roots, *entries;
    const uint64_t *entry;

    roots = components_find(c->edges, c->memory, c->work.directory,
                            c->work.threads, &c->components);
    c->list = clusterlist_create(path);
    c->members = sorter_for(c, 7, 3);
    pairs_compare(&c->work, choose(c, add_priorities(c, roots)), 5, name_kept,
                  take_member, c);
    sorter_finish(c->members);
    entries = rank_members(c);
    sorter_free(c->members);
    while ((entry = sorter_next(entries, false)))
        clusterlist_add(c->list, entry);
    sorter_free(entries);
    clusterlist_publish(c->list);
}

/* ---- the report ---- */

static void print_report(const struct cluster *c)
{
    printf("documents\t%" PRIu64 "\nkeys\t%" PRIu64 "\npairs\t%" PRIu64
           "\npairs below 0.7\t%" PRIu64 "\nedges\t%" PRIu64
           "\nedges below 0.7\t%" PRIu64 "\nclusters\t%" PRIu64
           "\nin clusters\t%" PRIu64 "\ncopies\t%" PRIu64 "\n",
           c->work.books->docs, c->work.books->keys, c->stars,
           c->below_700[0], c->kept_edges, c->below_700[1], c->clusters,
           c->components.documents, c->dropped);
    if (c->cap > 0)
        printf("left by --cluster-cap\t%" PRIu64 "\n", c->left);
    for (size_t i = 0; i < CLASSES; i++)
        if (c->classes[i] > 0)
            printf("likeness %.1f\t%" PRIu64 "\n", (double)i / 10,
                   c->classes[i]);
    for (size_t i = 0; i < TOP && c->top[i].size > 0; i++)
        printf("large\t%016" PRIx64 "\t%" PRIu64 "\tbelow --jaccard\t%" PRIu64
               "\n", c->top[i].cluster, c->top[i].size, c->top[i].weak);
}

static int cluster_run(void *self, const char *const *operands, size_t count)
{
    struct cluster *c = self;
    struct sketchbooks books;
    struct sketch_params params;
    char *path;

    if (count == 0)
        usage_error("DIR is needed: where mlin minhash wrote");
    if (!(c->jaccard >= 0 && c->jaccard <= 1))
        usage_error("--jaccard is 0 to 1");
    c->least = (unsigned)(c->jaccard * 1000 + 0.5);
    books = sketchbook_open_all(operands, count, NULL);
    params = sketchbook_params(&books.books[0]);
    c->work = (struct pairs_work){
        &books, &params, c->memory, c->sort_in ? c->sort_in : operands[0],
        c->threads ? (size_t)c->threads : parallel_cores()
    };
    path = c->out ? xstrdup(c->out) : xprintf("%s/clusters.list", operands[0]);
    find_edges(c);
    write_list(c, path);
    print_report(c);
    free(path);
    sketch_params_clear(&params);
    sketchbook_close_all(&books);
    return 0;
}

static const struct option cluster_options[] = {
    { "out", OPTION_TEXT, offsetof(struct cluster, out), NULL, "FILE",
      "the list (default: clusters.list in the first DIR)" },
    { "jaccard", OPTION_NUMBER, offsetof(struct cluster, jaccard), "0.72", "J",
      "least share of shingles in common, as estimated" },
    { "cluster-cap", OPTION_COUNT, offsetof(struct cluster, cap), "0", "N",
      "from larger clusters only what is like the kept document; 0: none" },
    { "memory", OPTION_BYTES, offsetof(struct cluster, memory), "1G", "BYTES",
      "to sort in; more goes to disk" },
    { "sort-in", OPTION_TEXT, offsetof(struct cluster, sort_in), NULL, "DIR",
      "where to sort on disk (default: the first DIR)" },
    { "threads", OPTION_COUNT, offsetof(struct cluster, threads), NULL, "N",
      "processors to use (default: all that the process may use)" },
    { 0 }
};

extern const struct command cluster_command;
const struct command cluster_command = {
    .name = "cluster",
    .summary = "find which documents are copies of which, on disk",
    .operands = "DIR...",
    .options = cluster_options,
    .size = sizeof(struct cluster),
    .run = cluster_run,
};

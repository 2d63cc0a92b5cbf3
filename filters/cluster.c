/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cluster - which documents are copies of which, from what minhash wrote.
 *
 *     keys of all files  ->  stars    (least uid of a key, each other uid)
 *     stars + sketches   ->  edges    those whose estimate reaches --jaccard
 *     edges              ->  roots    components by their least uid
 *     roots + documents  ->  members  of each component, the best one first
 *     members + ids      ->  list     size, rank, likeness to the kept one
 *
 * Every step is a sort of records that depend on the documents alone, so the
 * list has the same bytes for any order, sharding, threads and memory.  The
 * first two, most of the time, can be shared out over machines by
 * ranges of keys (--range, filters/keyrange.h), and --join goes on from there.
 * Memory: --memory, and 100 kB or so for each run.  Files to sort in have no
 * name and go with the process; the list appears when it is complete.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "filters/clusterlist.h"
#include "filters/components.h"
#include "filters/keyrange.h"
#include "filters/pairjoin.h"
#include "filters/pairlist.h"
#include "filters/pairs.h"
#include "filters/sketchbook.h"
#include "filters/sorter.h"
#include "filters/stars.h"
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
    const char *range;         /* --range */
    bool join;                 /* --join */
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

/* At most four live at a time. */
static struct sorter *sorter_for(const struct cluster *c, size_t words,
                                 size_t order)
{
    return sorter_new(words, order, c->memory / 4, c->work.directory,
                      c->work.threads);
}

/* ---- stars to edges ---- */

/* A record that came twice is a copy of itself. */
static void take_repeated(void *context, uint64_t uid)
{
    struct cluster *c = context;
    uint64_t self[] = { uid, uid };

    sorter_add(c->edges, self);
}

static void take_edge(void *context, const struct pairs_result *result)
{
    struct cluster *c = context;

    c->stars++;
    c->below_700[0] += result->thousandths < 700;
    if (result->thousandths < c->least)
        return;
    c->below_700[1] += result->thousandths < 700;
    c->kept_edges++;
    sorter_add(c->edges, result->pair);
}

/* From keys, or from what --range made of them elsewhere. */
static void find_edges(struct cluster *c)
{
    c->edges = sorter_for(c, 2, 2);
    pairs_compare(&c->work, stars_find(&c->work, 0, SKETCHBOOK_RANGES),
                  take_repeated, take_edge, c);
    sorter_finish(c->edges);
}

static void join_edges(struct cluster *c, const char *const *directories,
                       size_t count)
{
    struct pairjoin *join = pairjoin_open(directories, count, c->work.books,
                                          c->memory / 4);
    const uint64_t *pair;

    c->edges = sorter_for(c, 2, 2);
    while ((pair = pairjoin_next(join))) {
        struct pairs_result result = {
            .pair = { pair[PAIR_FIRST], pair[PAIR_SECOND] },
            .thousandths = (unsigned)pair[PAIR_THOUSANDTHS]
        };

        if (pair[PAIR_FIRST] == pair[PAIR_SECOND])
            take_repeated(c, pair[PAIR_FIRST]);
        else
            take_edge(c, &result);
    }
    pairjoin_free(join);
    sorter_finish(c->edges);
}

/* ---- roots to members ---- */

/* Of a component; its members come by priority, and the first is kept. */
enum { MEMBER_ROOT, MEMBER_PRIORITY, MEMBER_UID, MEMBER_COPIES, MEMBER_NAME,
       MEMBER_EXACT, MEMBER_BITS, MEMBER_WORDS = MEMBER_BITS + SKETCH_WORDS };

static void find_members(struct cluster *c, struct sorter *roots)
{
    struct pairs_documents d;
    const uint64_t *record;

    c->members = sorter_for(c, MEMBER_WORDS, 3);
    pairs_documents_begin(&d, &c->work);
    while ((record = sorter_next(roots, false))) {
        uint64_t member[MEMBER_WORDS];

        pairs_documents_find(&d, record[0]);
        member[MEMBER_ROOT] = record[1];
        member[MEMBER_PRIORITY] = d.doc[BOOK_PRIORITY];
        member[MEMBER_UID] = record[0];
        member[MEMBER_COPIES] = d.copies;
        member[MEMBER_NAME] = d.name;
        member[MEMBER_EXACT] = d.doc[BOOK_EXACT];
        memcpy(member + MEMBER_BITS, d.doc + BOOK_BITS, SKETCH_WORDS * 8);
        sorter_add(c->members, member);
    }
    pairs_documents_end(&d);
    sorter_free(roots);
    sorter_finish(c->members);
}

/* ---- members to the list ---- */

/* A component: all its members, and those that stay in it under --cap. */
struct component {
    uint64_t kept[MEMBER_WORDS];
    uint64_t all, stay, weak;
};

/* How like a member is to the kept one. */
static uint64_t likeness(const struct cluster *c, const struct component *k,
                         const uint64_t *member)
{
    bool is_exact = member[MEMBER_EXACT] == k->kept[MEMBER_EXACT];
    unsigned thousandths = pairs_thousandths(c->work.params, is_exact,
                                             k->kept + MEMBER_BITS,
                                             member + MEMBER_BITS);

    return clusterlist_likeness(thousandths, is_exact, member[MEMBER_COPIES]);
}

static bool is_outsider(const struct cluster *c, const struct component *k,
                        const uint64_t *member)
{
    return c->cap > 0 && k->all > c->cap &&
           member[MEMBER_UID] != k->kept[MEMBER_UID] &&
           clusterlist_thousandths(likeness(c, k, member)) < c->least;
}

/* (uid of the kept one, its name, root, all, weak) */
static void add_size(struct sorter *sizes, const struct component *k)
{
    uint64_t size[5] = { k->kept[MEMBER_UID], k->kept[MEMBER_NAME],
                         k->kept[MEMBER_ROOT], k->all, k->weak };

    if (k->all > 0)
        sorter_add(sizes, size);
}

/* How large each component is. */
static struct sorter *measure(struct cluster *c)
{
    struct sorter *sizes = sorter_for(c, 5, 1);
    struct component k = { .all = 0 };
    const uint64_t *member;

    while ((member = sorter_next(c->members, false))) {
        if (k.all == 0 || member[MEMBER_ROOT] != k.kept[MEMBER_ROOT]) {
            add_size(sizes, &k);
            k.all = k.weak = 0;
            memcpy(k.kept, member, sizeof k.kept);
        }
        k.all += member[MEMBER_COPIES];
        if (clusterlist_thousandths(likeness(c, &k, member)) < c->least)
            k.weak += member[MEMBER_COPIES];
    }
    add_size(sizes, &k);
    sorter_finish(sizes);
    sorter_rewind(c->members);
    return sizes;
}

/* The ids of the kept ones go into the list: (root, all, weak, where). */
static struct sorter *write_names(struct cluster *c, struct sorter *sizes)
{
    struct sorter *out = sorter_for(c, 4, 1);
    struct sketchbook_names *names = sketchbook_names(c->work.books);
    const uint64_t *size;
    struct slice id;
    struct fault fault;

    while ((size = sorter_next(sizes, false))) {
        uint64_t named[4] = { size[2], size[3], size[4], UINT64_MAX };

        if (!sketchbook_names_find(names, size[1], &id, &fault))
            die("a *%s file is damaged: %s", SKETCHBOOK_END, fault.what);
        if (id.len > 0)
            named[3] = clusterlist_add_name(c->list, id);
        sorter_add(out, named);
    }
    sketchbook_names_free(names);
    sorter_free(sizes);
    sorter_finish(out);
    return out;
}

static void note_large(struct cluster *c, const struct component *k)
{
    size_t at = TOP;

    while (at > 0 && c->top[at - 1].size < k->all)
        at--;
    if (at == TOP)
        return;
    memmove(&c->top[at + 1], &c->top[at], (TOP - 1 - at) * sizeof *c->top);
    c->top[at] = (struct large){ k->kept[MEMBER_ROOT], k->all, k->weak };
}

static void add_entry(struct cluster *c, struct sorter *entries,
                      const struct component *k, const uint64_t *member,
                      uint64_t rank, uint64_t name)
{
    uint64_t entry[CLUSTERLIST_WORDS] = {
        member[MEMBER_UID], k->kept[MEMBER_UID], k->kept[MEMBER_ROOT],
        k->stay, rank, likeness(c, k, member), name
    };

    c->dropped += member[MEMBER_COPIES] - (rank == 0);
    c->classes[clusterlist_thousandths(entry[LIST_LIKENESS]) / 100] += rank > 0;
    sorter_add(entries, entry);
}

/* One that leaves its cluster is alone, but for records like itself. */
static void add_outsider(struct cluster *c, struct sorter *entries,
                         const uint64_t *member)
{
    uint64_t uid = member[MEMBER_UID], copies = member[MEMBER_COPIES];
    uint64_t entry[CLUSTERLIST_WORDS] = {
        uid, uid, uid, copies, 0, clusterlist_likeness(1000, true, copies),
        UINT64_MAX
    };

    c->left += copies;
    c->dropped += copies - 1;
    if (copies > 1)
        sorter_add(entries, entry);
}

/* The next component; `named` is what write_names() made of it. */
static void begin_component(struct cluster *c, struct component *k,
                            const uint64_t *member, const uint64_t *named)
{
    if (!named || named[0] != member[MEMBER_ROOT])
        bug("a component without its size");
    memcpy(k->kept, member, sizeof k->kept);
    k->all = k->stay = named[1];
    k->weak = named[2];
    if (c->cap > 0 && k->all > c->cap)
        k->stay = k->all - k->weak;
    note_large(c, k);
    c->clusters++;
}

static struct sorter *rank_members(struct cluster *c, struct sorter *sizes)
{
    struct sorter *entries = sorter_for(c, CLUSTERLIST_WORDS, 1);
    struct component k = { .all = 0 };
    const uint64_t *member;
    uint64_t rank = 0, name = 0;

    while ((member = sorter_next(c->members, false))) {
        if (k.all == 0 || member[MEMBER_ROOT] != k.kept[MEMBER_ROOT]) {
            const uint64_t *named = sorter_next(sizes, false);

            begin_component(c, &k, member, named);
            name = named[3];
            rank = 0;
        }
        if (is_outsider(c, &k, member))
            add_outsider(c, entries, member);
        else
            add_entry(c, entries, &k, member, rank++, name);
    }
    sorter_free(sizes);
    c->listed = sorter_finish(entries);
    return entries;
}

static void write_list(struct cluster *c, const char *path)
{
    struct sorter *entries;
    const uint64_t *entry;

    find_members(c, components_find(c->edges, c->memory, c->work.directory,
                                    c->work.threads, &c->components));
    c->list = clusterlist_create(path);
    entries = rank_members(c, write_names(c, measure(c)));
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

/* Of a folder itself, of a file the one that it is in. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct stat status;

    if (stat(path, &status) < 0 || S_ISDIR(status.st_mode))
        return xstrdup(path);
    return slash ? xprintf("%.*s/", (int)(slash - path), path) : xstrdup(".");
}

/* Now, and not where memory ends, hours later. */
static void check_sort_in(const char *path)
{
    struct stat status;

    if (stat(path, &status) < 0)
        die("--sort-in %s: %s", path, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        die("--sort-in %s: not a directory", path);
}

static char *out_path(const struct cluster *c, const char *folder,
                      const struct pairlist_part *part)
{
    if (c->out)
        return xstrdup(c->out);
    if (c->range)
        return xprintf("%s/%" PRIu64 "-of-%" PRIu64 PAIRLIST_END, folder,
                       part->part, part->parts);
    return xprintf("%s/clusters.list", folder);
}

static void run_range(struct cluster *c, const struct pairlist_part *part,
                      const char *path)
{
    struct keyrange_report report = keyrange_write(&c->work, part, path);

    printf("pairs\t%" PRIu64 "\npairs below 0.7\t%" PRIu64 "\n",
           report.pairs, report.below_700);
}

static int cluster_run(void *self, const char *const *operands, size_t count)
{
    struct cluster *c = self;
    struct pairlist_part part;
    struct sketchbooks books;
    struct sketch_params params;
    char *path, *folder;

    if (count == 0)
        usage_error("DIR is needed: where mlin minhash wrote");
    if (!(c->jaccard >= 0 && c->jaccard <= 1))
        usage_error("--jaccard is 0 to 1");
    if (c->range && c->join)
        usage_error("--range and --join are two steps, one after the other");
    if (c->range && !pairlist_parse(c->range, &part))
        usage_error("--range is I/N, the part I of N, and N at most %d, "
                    "not '%s'", SKETCHBOOK_RANGES, c->range);
    if (c->sort_in)
        check_sort_in(c->sort_in);
    c->least = (unsigned)(c->jaccard * 1000 + 0.5);
    books = sketchbook_open_all(operands, count, NULL);
    params = sketchbook_params(&books.books[0]);
    folder = folder_of(operands[0]);
    c->work = (struct pairs_work){
        &books, &params, c->memory, c->sort_in ? c->sort_in : folder,
        c->threads ? (size_t)c->threads : parallel_cores()
    };
    path = out_path(c, folder, &part);
    if (c->range) {
        run_range(c, &part, path);
    } else {
        if (c->join)
            join_edges(c, operands, count);
        else
            find_edges(c);
        write_list(c, path);
        print_report(c);
    }
    free(path);
    free(folder);
    sketch_params_clear(&params);
    sketchbook_close_all(&books);
    return 0;
}

static const struct option cluster_options[] = {
    { "out", OPTION_TEXT, offsetof(struct cluster, out), NULL, "FILE",
      "the list (default: clusters.list in the first DIR), or the pairs" },
    { "jaccard", OPTION_NUMBER, offsetof(struct cluster, jaccard), "0.72", "J",
      "least share of shingles in common, as estimated" },
    { "cluster-cap", OPTION_COUNT, offsetof(struct cluster, cap), "0", "N",
      "from larger clusters only what is like the kept document; 0: none" },
    { "range", OPTION_TEXT, offsetof(struct cluster, range), NULL, "I/N",
      "only compare, and only what part I of N of the keys gives; for --join" },
    { "join", OPTION_FLAG, offsetof(struct cluster, join), NULL, NULL,
      "take the pairs that --range wrote for all parts, instead of keys" },
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

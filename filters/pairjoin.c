/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairjoin - parts side by side, each read once from front to back.
 */
#include "filters/pairjoin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "filters/runmerge.h"
#include "src/fail.h"
#include "src/files.h"

enum { BUFFER_LEAST = 4096, BUFFER_MOST = 1 << 20 };

struct pairjoin {
    struct pairlist *lists; /* [count] by part */
    size_t count, cap;
    struct runmerge *merge;
    uint64_t last[PAIRLIST_WORDS];
    bool has_last;
};

static void add_list(void *context, char *path)
{
    struct pairjoin *join = context;

    join->lists = grow(join->lists, &join->cap, join->count + 1,
                       sizeof *join->lists);
    join->lists[join->count++] = (struct pairlist){ .path = path, .fd = -1 };
}

static int by_part(const void *a, const void *b)
{
    const struct pairlist *x = a, *y = b;

    if (x->part.part != y->part.part)
        return x->part.part < y->part.part ? -1 : 1;
    return strcmp(x->path, y->path);
}

static void check_parts(const struct pairjoin *join, uint64_t books)
{
    uint64_t parts = join->lists[0].part.parts;

    for (size_t i = 0; i < join->count; i++) {
        const struct pairlist *list = &join->lists[i];

        if (list->books != books)
            die("%s was made of other *%s files than those that are here: "
                "make it again", list->path, SKETCHBOOK_END);
        if (list->part.parts != parts)
            die("%s is one of %" PRIu64 " parts, %s of %" PRIu64
                ": remove those of one kind", join->lists[0].path, parts,
                list->path, list->part.parts);
        if (i > 0 && list->part.part == join->lists[i - 1].part.part)
            die("%s and %s are the same part", join->lists[i - 1].path,
                list->path);
    }
    for (size_t i = 0; i < parts; i++)
        if (i >= join->count || join->lists[i].part.part != i + 1)
            die("what --range %zu/%" PRIu64 " writes is missing", i + 1,
                parts);
}

static size_t fill(void *context, size_t run, uint64_t *buffer, size_t cap)
{
    struct pairjoin *join = context;
    struct pairlist *list = &join->lists[run];
    struct fault fault = { 0 };
    size_t count;

    if (list->count > 0 && list->read == list->count)
        return 0;
    count = pairlist_read(list, buffer, cap / PAIRLIST_WORDS, &fault);
    if (fault.what)
        die("%s: %s", list->path, fault.what);
    return count * PAIRLIST_WORDS;
}

struct pairjoin *pairjoin_open(const char *const *directories, size_t count,
                               const struct sketchbooks *books,
                               uint64_t memory)
{
    struct pairjoin *join = xcalloc(1, sizeof *join);
    uint64_t buffer;

    for (size_t i = 0; i < count; i++)
        files_each(directories[i], PAIRLIST_END, add_list, join);
    if (join->count == 0)
        die("%s: there is no *%s file: --range writes them", directories[0],
            PAIRLIST_END);
    for (size_t i = 0; i < join->count; i++) {
        struct fault fault;

        if (!pairlist_open(&join->lists[i], &fault))
            die("%s: %s", join->lists[i].path, fault.what);
    }
    qsort(join->lists, join->count, sizeof *join->lists, by_part);
    check_parts(join, pairlist_books(books));
    buffer = memory / join->count;
    buffer = buffer > BUFFER_MOST    ? BUFFER_MOST
             : buffer < BUFFER_LEAST ? BUFFER_LEAST
                                     : buffer;
    join->merge = runmerge_new(join->count, PAIRLIST_WORDS, 2,
                               (size_t)buffer / 8, fill, join);
    return join;
}

const uint64_t *pairjoin_next(struct pairjoin *join)
{
    const uint64_t *pair;
    size_t run;

    do
        pair = runmerge_next(join->merge, &run);
    while (pair && join->has_last &&
           runmerge_compare(pair, join->last, 2) == 0);
    if (!pair)
        return NULL;
    memcpy(join->last, pair, sizeof join->last);
    join->has_last = true;
    return join->last;
}

void pairjoin_free(struct pairjoin *join)
{
    for (size_t i = 0; i < join->count; i++)
        pairlist_close(&join->lists[i]);
    runmerge_free(join->merge);
    free(join->lists);
    free(join);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog.h - an index: a folder of files of keys and sketches that never
 * change, and a catalogue that says which of them belong to it.
 *
 *     DIR/index.db    parameters, and a row for each run, in order of adding
 *     DIR/NAME.mh     a run: what a crawl has that was not there (sketchbook.h)
 *
 * A file comes first and its row after it, in one transaction: a file that no
 * row names is what a killed process left; it is not read, and replaced by who
 * adds a run of that name.  A row whose file is missing, or is another, is
 * refused.  There is no clock in it.
 */
#ifndef MLIN_CATALOG_H
#define MLIN_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/bookcase.h"
#include "filters/sketchbook.h"

struct catalog_run {
    char *name;
    uint64_t docs, keys, bytes;
    uint64_t sum; /* of its file's directory, which has the sums of the rest */
};

struct catalog {
    char *folder;
    char *params;             /* in words; NULL: there is no index yet */
    struct catalog_run *runs; /* [count] in the order they were added */
    size_t count;
};

/* Dies where there is none, unless it `may_be_missing`, or it is damaged. */
struct catalog *catalog_open(const char *folder, bool may_be_missing);
void catalog_free(struct catalog *catalog);

/* The place of a run of this name; `count` when there is none. */
size_t catalog_find(const struct catalog *catalog, const char *name);

/* DIR/NAME.mh; free() it. */
char *catalog_path(const struct catalog *catalog, const char *name);

/* A usage_error() for what cannot be the name of a run. */
void catalog_check_name(const char *name);

/* A file that shall be a run. */
struct catalog_new {
    const char *name;
    const struct sketchbook *book; /* open */
    bool move;                     /* it goes; else it is linked or copied */
};

/*
 * Add runs, all of them or none.  One that is there already, with the same
 * bytes, is left as it is.  Dies when there is another of that name, when the
 * parameters differ, or when the index changed since it was opened: nothing was
 * written then, and files that were to move are gone.
 */
void catalog_add(const struct catalog *catalog, const struct catalog_new *runs,
                 size_t count);

/* Take a run out, and its file. */
void catalog_remove(const struct catalog *catalog, const char *name);

/* Open a run's file; dies when it is not what the catalogue says. */
void catalog_open_run(const struct catalog *catalog, size_t run,
                      struct sketchbook *book);

/*
 * Put the first `count` runs on shelves; the names of the books there, to be
 * freed, but not the strings.  Books come by their names, so that what is found
 * does not depend on the order in which runs were added.
 */
const char **catalog_shelve(const struct catalog *catalog, size_t count,
                            struct bookcase *bookcase);

#endif

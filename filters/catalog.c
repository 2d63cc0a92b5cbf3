/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog - rows in index.db, files beside it.
 *
 * Who changes an index holds SQLite's lock from the comparison with what it saw
 * at first to the commit, and puts its files in place meanwhile: of two that
 * add runs at once, the second is told to judge its documents again.
 */
#include "filters/catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/output.h"
#include "src/store.h"

static const char kind[] = "catalogue";

static const char layout[] =
    "CREATE TABLE IF NOT EXISTS parameters("
    " hash TEXT NOT NULL PRIMARY KEY, words TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS run("
    " position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " documents INTEGER NOT NULL, keys INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL, checksum TEXT NOT NULL);";

static char *database_path(const char *folder)
{
    return xprintf("%s/index.db", folder);
}

char *catalog_path(const struct catalog *catalog, const char *name)
{
    return xprintf("%s/%s%s", catalog->folder, name, SKETCHBOOK_END);
}

void catalog_check_name(const char *name)
{
    if (!name)
        usage_error("--name is needed: what the run is called in the index");
    if (!*name || *name == '.' || strchr(name, '/') || strlen(name) > 200)
        usage_error("--name is the name of a file, without its folder: '%s'",
                    name);
}

/* ---- reading ---- */

static uint64_t number_of(const char *text, int base)
{
    return strtoull(text, NULL, base);
}

static void take_params(void *context, const char *const *columns,
                        size_t count)
{
    struct catalog *catalog = context;
    char hash[33];

    (void)count;
    hash128_print(hash128(slice_from(columns[1])), hash);
    if (catalog->params || strcmp(hash, columns[0]) != 0)
        die("%s/index.db is damaged: its parameters are not those that it "
            "names", catalog->folder);
    catalog->params = xstrdup(columns[1]);
}

static void take_run(void *context, const char *const *columns, size_t count)
{
    struct catalog *catalog = context;
    size_t cap = catalog->count;

    (void)count;
    catalog->runs = grow(catalog->runs, &cap, catalog->count + 1,
                         sizeof *catalog->runs);
    catalog->runs[catalog->count++] = (struct catalog_run){
        xstrdup(columns[0]), number_of(columns[1], 10),
        number_of(columns[2], 10), number_of(columns[3], 10),
        number_of(columns[4], 16)
    };
}

static void count_row(void *context, const char *const *columns, size_t count)
{
    (void)columns;
    (void)count;
    ++*(size_t *)context;
}

/* One that was killed in its first transaction leaves a database of nothing. */
static void read_rows(struct catalog *catalog, struct store *store)
{
    size_t tables = 0;

    store_query(store, "SELECT name FROM sqlite_master", count_row, &tables);
    if (tables == 0)
        return;
    store_query(store, "SELECT hash, words FROM parameters", take_params,
                catalog);
    store_query(store, "SELECT name, documents, keys, bytes, checksum FROM run"
                " ORDER BY position", take_run, catalog);
}

struct catalog *catalog_open(const char *folder, bool may_be_missing)
{
    struct catalog *catalog = xcalloc(1, sizeof *catalog);
    char *database = database_path(folder);

    catalog->folder = xstrdup(folder);
    if (access(database, F_OK) == 0) {
        struct store *store = store_read(kind, database);

        read_rows(catalog, store);
        store_close(store);
    }
    if (!catalog->params && !may_be_missing)
        die("%s is no index: there is no catalogue index.db in it", folder);
    free(database);
    return catalog;
}

void catalog_free(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->count; i++)
        free(catalog->runs[i].name);
    free(catalog->runs);
    free(catalog->params);
    free(catalog->folder);
    free(catalog);
}

size_t catalog_find(const struct catalog *catalog, const char *name)
{
    size_t i = 0;

    while (i < catalog->count && strcmp(catalog->runs[i].name, name) != 0)
        i++;
    return i;
}

void catalog_open_run(const struct catalog *catalog, size_t i,
                      struct sketchbook *book)
{
    const struct catalog_run *run = &catalog->runs[i];
    struct fault fault;

    *book = (struct sketchbook){ .path = catalog_path(catalog, run->name) };
    if (!sketchbook_open(book, &fault))
        die("%s: %s", book->path, fault.what);
    if (book->sum != run->sum || book->bytes != run->bytes ||
        book->docs != run->docs || book->keys != run->keys)
        die("%s is not the file that the catalogue of the index names",
            book->path);
    if (strcmp(book->params, catalog->params) != 0)
        die("%s was made with other options (%s) than the index (%s)",
            book->path, book->params, catalog->params);
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const struct catalog_run *const *)a)->name,
                  (*(const struct catalog_run *const *)b)->name);
}

const char **catalog_shelve(const struct catalog *catalog, size_t count,
                            struct bookcase *bookcase)
{
    const struct catalog_run **order = xcalloc(count + 1, sizeof *order);
    const char **names = xcalloc(count + 1, sizeof *names);

    for (size_t i = 0; i < count; i++)
        order[i] = &catalog->runs[i];
    qsort(order, count, sizeof *order, by_name);
    for (size_t i = 0; i < count; i++) {
        struct sketchbook book;

        catalog_open_run(catalog, (size_t)(order[i] - catalog->runs), &book);
        bookcase_add(bookcase, &book);
        sketchbook_close(&book);
        names[i] = order[i]->name;
    }
    free(order);
    return names;
}

/* ---- changing ---- */

static bool is_same(const struct catalog *a, const struct catalog *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->runs[i].sum != b->runs[i].sum ||
            strcmp(a->runs[i].name, b->runs[i].name) != 0)
            return false;
    return true;
}

static _Noreturn void die_of_change(const struct catalog *seen)
{
    die("the index %s was changed while this ran: run it again", seen->folder);
}

/* Lock the catalogue; NULL when it is not as it was seen. */
static struct store *begin(const struct catalog *seen)
{
    struct catalog now = { .folder = seen->folder };
    char *database = database_path(seen->folder);
    struct store *store;
    bool as_seen;

    output_make_directory(seen->folder);
    store = store_change(kind, database);
    store_execute(store, layout);
    read_rows(&now, store);
    as_seen = is_same(seen, &now);
    for (size_t i = 0; i < now.count; i++)
        free(now.runs[i].name);
    free(now.runs);
    free(now.params);
    free(database);
    if (as_seen)
        return store;
    store_close(store); /* nothing was changed */
    return NULL;
}

/* A second name for the file, or where that cannot be, a second file. */
static void copy(const struct sketchbook *book, const char *path)
{
    enum { AT_ONCE = 1 << 20 };
    struct output *output;
    struct fault fault;
    char *bytes;

    if (unlink(path) < 0 && errno != ENOENT)
        die("cannot replace %s: %s", path, strerror(errno));
    if (link(book->path, path) == 0)
        return;
    bytes = xmalloc(AT_ONCE);
    output = output_open(path);
    for (uint64_t at = 0; at < book->bytes;) {
        uint64_t left = book->bytes - at;
        size_t len = left < AT_ONCE ? (size_t)left : AT_ONCE;

        if (!sketchbook_read_at(book, bytes, len, at, &fault))
            die("%s: %s", book->path, fault.what);
        output_write(output, slice_make(bytes, len));
        at += len;
    }
    output_close(output);
    free(bytes);
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0 || (fsync(fd) < 0 && errno != EINVAL && errno != ENOTSUP))
        die("cannot write %s: %s", folder, strerror(errno));
    close(fd);
}

static void add_row(struct store *store, const struct catalog_new *run)
{
    char *sum = xprintf("%016" PRIx64, run->book->sum);

    store_insert(store, "INSERT INTO run(name,documents,keys,bytes,checksum)"
                 " VALUES(?1,?2,?3,?4,?5)", "tnnnt", run->name, run->book->docs,
                 run->book->keys, run->book->bytes, sum);
    free(sum);
}

static bool is_there(const struct catalog *catalog,
                     const struct catalog_new *runs, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(runs[j].name, runs[i].name) == 0)
            return true;
    return catalog_find(catalog, runs[i].name) < catalog->count;
}

/* Why it cannot be a run: other parameters, another of its name.  Or NULL. */
static char *complaint(const struct catalog *catalog,
                       const struct catalog_new *runs, size_t i)
{
    const char *params = catalog->params ? catalog->params
                                         : runs[0].book->params;
    size_t at = catalog_find(catalog, runs[i].name);

    if (strcmp(params, runs[i].book->params) != 0)
        return xprintf("%s was made with other options (%s) than the index "
                       "(%s)", runs[i].book->path, runs[i].book->params,
                       params);
    if (at < catalog->count && catalog->runs[at].sum != runs[i].book->sum)
        return xprintf("the index %s has another run called '%s': take another "
                       "name, or mlin index --remove it first",
                       catalog->folder, runs[i].name);
    for (size_t j = 0; j < i; j++)
        if (strcmp(runs[j].name, runs[i].name) == 0 &&
            runs[j].book->sum != runs[i].book->sum)
            return xprintf("%s and %s are different runs of one name",
                           runs[j].book->path, runs[i].book->path);
    return NULL;
}

/* Files that were to be moved here would be left for good. */
static void remove_moving(const struct catalog_new *runs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runs[i].move)
            unlink(runs[i].book->path);
}

/* All are looked at before anything is written. */
static struct store *begin_adding(const struct catalog *catalog,
                                  const struct catalog_new *runs, size_t count)
{
    struct store *store;

    for (size_t i = 0; i < count; i++) {
        char *why = complaint(catalog, runs, i);

        if (why) {
            remove_moving(runs, count);
            die("%s", why);
        }
    }
    store = begin(catalog);
    if (!store) {
        remove_moving(runs, count);
        die_of_change(catalog);
    }
    return store;
}

static void add_one(const struct catalog *catalog, struct store *store,
                    const struct catalog_new *runs, size_t i)
{
    char *path = catalog_path(catalog, runs[i].name);

    if (!is_there(catalog, runs, i)) {
        if (!runs[i].move)
            copy(runs[i].book, path);
        else if (rename(runs[i].book->path, path) < 0)
            die("cannot write %s: %s", path, strerror(errno));
        add_row(store, &runs[i]);
    } else if (runs[i].move) {
        unlink(runs[i].book->path);
    }
    free(path);
}

void catalog_add(const struct catalog *catalog, const struct catalog_new *runs,
                 size_t count)
{
    struct store *store = begin_adding(catalog, runs, count);

    for (size_t i = 0; i < count; i++)
        add_one(catalog, store, runs, i);
    sync_folder(catalog->folder);
    if (count > 0 && !catalog->params) {
        const char *params = runs[0].book->params;
        char hash[33];

        hash128_print(hash128(slice_from(params)), hash);
        store_insert(store, "INSERT INTO parameters VALUES(?1,?2)", "tt", hash,
                     params);
    }
    store_close(store);
}

void catalog_remove(const struct catalog *catalog, const char *name)
{
    char *path = catalog_path(catalog, name);
    struct store *store;

    if (catalog_find(catalog, name) == catalog->count)
        die("the index %s has no run called '%s'", catalog->folder, name);
    store = begin(catalog);
    if (!store)
        die_of_change(catalog);
    store_insert(store, "DELETE FROM run WHERE name=?1", "t", name);
    store_close(store);
    if (unlink(path) < 0 && errno != ENOENT)
        die("cannot remove %s: %s", path, strerror(errno));
    free(path);
}

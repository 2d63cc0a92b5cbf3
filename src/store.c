/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store - the one door to SQLite.
 */
#include "src/store.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "src/fail.h"

enum { WAIT_MS = 60000 };

struct store {
    sqlite3 *db;
    const char *kind;
    char *path;
    bool is_changed;
};

static _Noreturn void store_die(const struct store *store)
{
    die("%s %s: %s", store->kind, store->path, sqlite3_errmsg(store->db));
}

/* One that was killed while it committed left a journal: reading undoes it. */
static struct store *store_new(const char *kind, const char *path, int flags)
{
    struct store *store = xcalloc(1, sizeof *store);

    store->kind = kind;
    store->path = xstrdup(path);
    if (sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READWRITE | flags,
                        NULL) != SQLITE_OK)
        store_die(store);
    sqlite3_busy_timeout(store->db, WAIT_MS);
    return store;
}

struct store *store_read(const char *kind, const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0)
        die("%s %s: there is no such file", kind, path);
    return store_new(kind, path, 0);
}

struct store *store_change(const char *kind, const char *path)
{
    struct store *store = store_new(kind, path, SQLITE_OPEN_CREATE);

    store_execute(store, "BEGIN IMMEDIATE");
    store->is_changed = true;
    return store;
}

void store_execute(struct store *store, const char *sql)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        store_die(store);
}

void store_insert(struct store *store, const char *sql, const char *kinds, ...)
{
    sqlite3_stmt *statement;
    va_list args;

    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        store_die(store);
    va_start(args, kinds);
    for (int i = 0; kinds[i]; i++) {
        if (kinds[i] == 't')
            sqlite3_bind_text(statement, i + 1, va_arg(args, const char *), -1,
                              SQLITE_STATIC);
        else
            sqlite3_bind_int64(statement, i + 1,
                               (sqlite3_int64)va_arg(args, uint64_t));
    }
    va_end(args);
    if (sqlite3_step(statement) != SQLITE_DONE)
        store_die(store);
    sqlite3_finalize(statement);
}

uint64_t store_last_row(struct store *store)
{
    return (uint64_t)sqlite3_last_insert_rowid(store->db);
}

void store_query(struct store *store, const char *sql,
                 void (*row)(void *context, const char *const *columns,
                             size_t count),
                 void *context)
{
    sqlite3_stmt *statement;
    int status;

    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        die("%s is not a %s of mlin: %s", store->path, store->kind,
            sqlite3_errmsg(store->db));
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        size_t count = (size_t)sqlite3_column_count(statement);
        const char **columns = xcalloc(count, sizeof *columns);

        for (size_t i = 0; i < count; i++) {
            columns[i] =
                (const char *)sqlite3_column_text(statement, (int)i);
            if (!columns[i])
                columns[i] = "";
        }
        row(context, columns, count);
        free(columns);
    }
    if (status != SQLITE_DONE)
        store_die(store);
    sqlite3_finalize(statement);
}

void store_close(struct store *store)
{
    if (store->is_changed)
        store_execute(store, "COMMIT");
    if (sqlite3_close(store->db) != SQLITE_OK)
        store_die(store);
    free(store->path);
    free(store);
}

const char *store_sqlite_version(void)
{
    return sqlite3_libversion();
}

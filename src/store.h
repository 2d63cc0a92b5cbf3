/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.h - a small SQLite database: read it, or change it in one transaction.
 *
 * What was changed is there when store_close() returns, all of it; a process
 * that dies before has changed nothing.  Everything that fails is fatal, with
 * the file's name.  For rows by the hundred, not for documents.
 *
 * One thread at a time for each store.
 */
#ifndef MLIN_STORE_H
#define MLIN_STORE_H

#include <stddef.h>
#include <stdint.h>

struct store;

/*
 * `kind` is what the file is called in messages: "ledger".  To be read it must
 * exist; to be changed it is made when it does not, and other processes that
 * change it are waited for, up to a minute.
 */
struct store *store_read(const char *kind, const char *path);
struct store *store_change(const char *kind, const char *path);

/* Statements that return nothing, parted by semicolons. */
void store_execute(struct store *store, const char *sql);

/*
 * One statement with values bound to ?1, ?2, ... by `kinds`: 't' const char *,
 * 'n' uint64_t.
 */
void store_insert(struct store *store, const char *sql, const char *kinds, ...);

/* The number of the row that was inserted last. */
uint64_t store_last_row(struct store *store);

/* `row` gets each row as text (NULL as ""), in the query's order. */
void store_query(struct store *store, const char *sql,
                 void (*row)(void *context, const char *const *columns,
                             size_t count),
                 void *context);

/* Commit what was changed; frees the store. */
void store_close(struct store *store);

const char *store_sqlite_version(void);

#endif

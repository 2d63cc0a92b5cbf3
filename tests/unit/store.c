/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store - what is changed is there after it was closed, all of it or nothing,
 * and what is no database is refused by name.
 */
#include "src/store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/child.h"

static char folder[] = "/tmp/mlin-store-XXXXXX";
static char path[64];

static void take_row(void *context, const char *const *columns, size_t count)
{
    char *answer = context;

    check(count == 2);
    snprintf(answer + strlen(answer), 64, "%s=%s;", columns[0], columns[1]);
}

static void holds(const char *expected)
{
    struct store *store = store_read("notebook", path);
    char answer[256] = "";

    store_query(store, "SELECT name, value FROM note ORDER BY name", take_row,
                answer);
    check_that(strcmp(answer, expected) == 0, "%s", answer);
    store_close(store);
}

static void insert(struct store *store, const char *name, uint64_t value)
{
    store_insert(store, "INSERT INTO note VALUES(?1,?2)", "tn", name, value);
}

static void killed_before_the_end(void *context)
{
    struct store *store = store_change("notebook", path);

    (void)context;
    insert(store, "c", 3);
    raise(SIGKILL);
}

static void all_or_nothing(void)
{
    struct store *store = store_change("notebook", path);
    char said[4096];

    store_execute(store, "CREATE TABLE note(name TEXT, value INTEGER)");
    insert(store, "b", 2);
    insert(store, "it's", 1);
    check(store_last_row(store) == 2);
    store_close(store);
    holds("b=2;it's=1;");
    check(child_run(killed_before_the_end, NULL, 2, said) == -1);
    holds("b=2;it's=1;");
}

static void read_notes(void *context)
{
    struct store *store = store_read("notebook", context);

    store_query(store, "SELECT 1, 2 FROM note", take_row, NULL);
}

static void refuses(char *file, const char *expected)
{
    char said[4096];

    check(child_run(read_notes, file, 2, said) == 1);
    check_that(strstr(said, expected) != NULL, "%s", said);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/notes.db", folder);
    all_or_nothing();
    refuses("nowhere.db", "notebook nowhere.db: there is no such file");
    refuses("Makefile", "Makefile is not a notebook of mlin: file is not a");
    unlink(path);
    rmdir(folder);
    return check_done();
}

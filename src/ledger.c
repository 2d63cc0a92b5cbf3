/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger - the sums, and how they are written.
 *
 * While a run lasts, sums are small tables in memory: one entry for each
 * (language, reason) or (language, name) that was seen.
 */
#include "src/ledger.h"

#include <stdlib.h>

#include "src/arena.h"
#include "src/hash.h"
#include "src/store.h"

enum { LABEL_MAX = 16 };

const char ledger_copied[] = "copied";

/* One sum; `name` is a reason, a note's name, or NULL for what went on. */
struct entry {
    char lang[LABEL_MAX + 1];
    bool used;
    const char *name;
    uint64_t count, bytes_in, bytes_out;
};

/* Open addressing, power of two; at most half full. */
struct sums {
    struct entry *entries;
    size_t cap, used;
    size_t last; /* most documents follow one of their kind */
};

struct ledger_flow {
    struct sums sums;
};

struct ledger_notes {
    struct sums sums;
    struct arena names;
};

static bool label_is_plain(struct slice lang)
{
    if (lang.len > LABEL_MAX)
        return false;
    for (size_t i = 0; i < lang.len; i++) {
        char c = lang.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return true;
}

static bool entry_is(const struct entry *entry, struct slice lang,
                     const char *name)
{
    if (!slice_is(lang, entry->lang))
        return false;
    if (!entry->name || !name)
        return entry->name == name;
    return entry->name == name || strcmp(entry->name, name) == 0;
}

static struct entry *sums_find(struct sums *sums, struct slice lang,
                               const char *name)
{
    uint64_t hash = hash64(lang) + (name ? hash64(slice_from(name)) * 31 : 0);
    size_t at = (size_t)hash & (sums->cap - 1);

    while (sums->entries[at].used && !entry_is(&sums->entries[at], lang, name))
        at = (at + 1) & (sums->cap - 1);
    return &sums->entries[at];
}

static void sums_grow(struct sums *sums)
{
    struct sums old = *sums;

    sums->cap = old.cap > 0 ? old.cap * 2 : 64;
    sums->entries = xcalloc(sums->cap, sizeof *sums->entries);
    for (size_t i = 0; i < old.cap; i++)
        if (old.entries[i].used)
            *sums_find(sums, slice_from(old.entries[i].lang),
                       old.entries[i].name) = old.entries[i];
    free(old.entries);
    sums->last = 0;
}

static struct entry *sums_get(struct sums *sums, struct slice lang,
                              const char *name)
{
    struct entry *entry;

    if (!label_is_plain(lang))
        lang = slice_from("(other)");
    if (sums->used > 0 && sums->entries[sums->last].used &&
        sums->entries[sums->last].name == name &&
        slice_is(lang, sums->entries[sums->last].lang))
        return &sums->entries[sums->last];
    if (sums->used * 2 >= sums->cap)
        sums_grow(sums);
    entry = sums_find(sums, lang, name);
    if (!entry->used) {
        entry->used = true;
        entry->name = name;
        if (lang.len > 0)
            for (size_t i = 0; i < lang.len; i++)
            entry->lang[i] = lang.ptr[i];
        sums->used++;
    }
    sums->last = (size_t)(entry - sums->entries);
    return entry;
}

struct ledger_notes *ledger_notes_new(void)
{
    return xcalloc(1, sizeof(struct ledger_notes));
}

void ledger_note(struct ledger_notes *notes, struct slice lang,
                 const char *name, uint64_t value)
{
    size_t used = notes->sums.used;
    struct entry *entry = sums_get(&notes->sums, lang, name);

    if (notes->sums.used > used)
        entry->name = arena_copy(&notes->names,
                                 slice_make(name, strlen(name) + 1)).ptr;
    entry->count += value;
}

void ledger_notes_free(struct ledger_notes *notes)
{
    free(notes->sums.entries);
    arena_clear(&notes->names);
    free(notes);
}

struct ledger_flow *ledger_flow_new(void)
{
    return xcalloc(1, sizeof(struct ledger_flow));
}

void ledger_flow_add(struct ledger_flow *flow, struct slice lang,
                     const char *reason, uint64_t documents,
                     uint64_t bytes_in, uint64_t bytes_out)
{
    struct entry *entry = sums_get(&flow->sums, lang, reason);

    entry->count += documents;
    entry->bytes_in += bytes_in;
    entry->bytes_out += bytes_out;
}

void ledger_flow_merge(struct ledger_flow *flow,
                       const struct ledger_flow *from)
{
    for (size_t i = 0; i < from->sums.cap; i++) {
        const struct entry *e = &from->sums.entries[i];

        if (e->used)
            ledger_flow_add(flow, slice_from(e->lang), e->name, e->count,
                            e->bytes_in, e->bytes_out);
    }
}

void ledger_flow_free(struct ledger_flow *flow)
{
    free(flow->sums.entries);
    free(flow);
}

bool ledger_balances(const struct ledger_stage *stage, int64_t *difference)
{
    uint64_t left = 0, came = stage->documents_entered;

    for (size_t i = 0; i < stage->flow->sums.cap; i++) {
        const struct entry *e = &stage->flow->sums.entries[i];

        if (e->used && e->name == ledger_copied)
            came += e->count;
        else if (e->used)
            left += e->count;
    }
    *difference = (int64_t)(came - left);
    return *difference == 0;
}

/* ---- the file ---- */

static const char layout[] =
    "CREATE TABLE IF NOT EXISTS run("
    " run INTEGER PRIMARY KEY, command TEXT NOT NULL UNIQUE,"
    " output TEXT, output_bytes INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS input("
    " run INTEGER NOT NULL, path TEXT NOT NULL, bytes INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS stage("
    " run INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,"
    " options TEXT NOT NULL, documents_entered INTEGER NOT NULL,"
    " PRIMARY KEY(run, position));"
    "CREATE TABLE IF NOT EXISTS flow("
    " run INTEGER NOT NULL, position INTEGER NOT NULL, lang TEXT NOT NULL,"
    " documents_in INTEGER NOT NULL, documents_out INTEGER NOT NULL,"
    " bytes_in INTEGER NOT NULL, bytes_out INTEGER NOT NULL,"
    " PRIMARY KEY(run, position, lang));"
    "CREATE TABLE IF NOT EXISTS dropped("
    " run INTEGER NOT NULL, position INTEGER NOT NULL, lang TEXT NOT NULL,"
    " reason TEXT NOT NULL, documents INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL, PRIMARY KEY(run, position, lang, reason));"
    "CREATE TABLE IF NOT EXISTS copied("
    " run INTEGER NOT NULL, position INTEGER NOT NULL, lang TEXT NOT NULL,"
    " documents INTEGER NOT NULL, bytes INTEGER NOT NULL,"
    " PRIMARY KEY(run, position, lang));"
    "CREATE TABLE IF NOT EXISTS note("
    " run INTEGER NOT NULL, position INTEGER NOT NULL, lang TEXT NOT NULL,"
    " name TEXT NOT NULL, value INTEGER NOT NULL,"
    " PRIMARY KEY(run, position, lang, name));";

/* What came to be here did not come in: its way on is booked as all others'. */
static void write_copied(struct store *store, uint64_t run,
                         uint64_t position, const struct entry *e)
{
    store_insert(store, "INSERT INTO copied VALUES(?1,?2,?3,?4,?5)", "nntnn",
                 run, position, e->lang, e->count, e->bytes_in);
    store_insert(store,
        "INSERT INTO flow VALUES(?1,?2,?3,-?4,0,-?5,0) ON CONFLICT DO "
        "UPDATE SET documents_in=documents_in-?4, bytes_in=bytes_in-?5",
        "nntnn", run, position, e->lang, e->count, e->bytes_in);
}

static void write_flow(struct store *store, uint64_t run, uint64_t position,
                       const struct sums *sums)
{
    for (size_t i = 0; i < sums->cap; i++) {
        const struct entry *e = &sums->entries[i];

        if (!e->used)
            continue;
        if (e->name == ledger_copied) {
            write_copied(store, run, position, e);
            continue;
        }
        store_insert(store,
            "INSERT INTO flow VALUES(?1,?2,?3,?4,?5,?6,?7) ON CONFLICT DO "
            "UPDATE SET documents_in=documents_in+?4,"
            " documents_out=documents_out+?5, bytes_in=bytes_in+?6,"
            " bytes_out=bytes_out+?7",
            "nntnnnn", run, position, e->lang, e->count,
            e->name ? 0 : e->count, e->bytes_in, e->bytes_out);
        if (e->name)
            store_insert(store,
                "INSERT INTO dropped VALUES(?1,?2,?3,?4,?5,?6) ON CONFLICT "
                "DO UPDATE SET documents=documents+?5, bytes=bytes+?6",
                "nnttnn", run, position, e->lang, e->name, e->count,
                e->bytes_in);
    }
}

static void write_notes(struct store *store, uint64_t run,
                        uint64_t position, const struct sums *sums)
{
    for (size_t i = 0; i < sums->cap; i++) {
        const struct entry *e = &sums->entries[i];

        if (e->used)
            store_insert(store,
                "INSERT INTO note VALUES(?1,?2,?3,?4,?5) ON CONFLICT DO "
                "UPDATE SET value=value+?5",
                "nnttn", run, position, e->lang, e->name, e->count);
    }
}

static uint64_t write_run(struct store *store, const struct ledger_run *run)
{
    static const char *const tables[] = { "input", "stage", "flow", "dropped",
                                          "copied", "note", "run" };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char *sql = xprintf("DELETE FROM %s WHERE run IN"
                            " (SELECT run FROM run WHERE command=?1)",
                            tables[i]);

        store_insert(store, sql, "t", run->command);
        free(sql);
    }
    store_insert(store,
        "INSERT INTO run(command,output,output_bytes) VALUES(?1,?2,?3)",
        "ttn", run->command, run->output, run->output_bytes);
    return store_last_row(store);
}

void ledger_write(const char *path, const struct ledger_run *run)
{
    struct store *store = store_change("ledger", path);
    uint64_t id;

    store_execute(store, layout);
    id = write_run(store, run);
    for (size_t i = 0; i < run->input_count; i++)
        store_insert(store, "INSERT INTO input VALUES(?1,?2,?3)", "ntn", id,
                     run->inputs[i].path, run->inputs[i].bytes);
    for (size_t i = 0; i < run->stage_count; i++) {
        const struct ledger_stage *s = &run->stages[i];

        store_insert(store, "INSERT INTO stage VALUES(?1,?2,?3,?4,?5)", "nnttn",
                     id, (uint64_t)i, s->name, s->options,
                     s->documents_entered);
        write_flow(store, id, i, &s->flow->sums);
        write_notes(store, id, i, &s->notes->sums);
    }
    store_close(store);
}

void ledger_query(const char *path, const char *sql,
                  void (*row)(void *context, const char *const *columns,
                              size_t count),
                  void *context)
{
    struct store *store = store_read("ledger", path);

    store_query(store, sql, row, context);
    store_close(store);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quality - judge documents by the published rules of Gopher, FineWeb and
 * FineWeb-2, or by one's own table (filters/rules.h).
 *
 * The signals of a text (filters/signals.h) are measured from its word table,
 * then judged by the limits of its language; the first violated rule is the
 * reason.  N-grams, which cost most, are counted only for a text that passes
 * all else, or when --signals wants them.
 *
 * Cost: linear.  Memory of a worker: 80 bytes for each word of its longest
 * document.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "filters/rules.h"
#include "filters/signals.h"
#include "src/hash.h"
#include "src/ledger.h"
#include "src/stage.h"
#include "src/words.h"

struct quality {
    const char *rules_name; /* --rules: preset or path */
    bool signals;           /* --signals */
    char *text;             /* of the table of rules */
    struct rules rules;
    struct ledger_notes *notes;
};

/* Words of the documents that passed, of one language. */
struct tally {
    struct slice lang; /* owned; ptr NULL = free */
    uint64_t words;
};

struct quality_worker {
    struct arena scratch;  /* of one document */
    struct tally *tallies; /* open addressing by lang [tally_cap] */
    size_t tally_count, tally_cap;
};

/* ---- finding and reading the table ---- */

/* DIR/NAME.tsv, when it can be read; else NULL. */
static char *preset_in(const char *directory, const char *name)
{
    char *path = xprintf("%s/%s.tsv", directory, name);

    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* Beside the program, as built or as installed; or where MLIN_RULES says. */
static char *preset_path(const char *name)
{
    static const char *const places[] = { "../filters/rules",
                                          "../share/mlin/rules" };
    const char *given = getenv("MLIN_RULES");
    char program[4096], *path = NULL;
    ssize_t len;

    if (given && *given)
        return preset_in(given, name);
    len = readlink("/proc/self/exe", program, sizeof program - 1);
    while (len > 0 && program[len - 1] != '/')
        len--;
    if (len <= 0)
        return NULL;
    program[len] = '\0';
    for (size_t i = 0; !path && i < sizeof places / sizeof *places; i++) {
        char *directory = xprintf("%s%s", program, places[i]);

        path = preset_in(directory, name);
        free(directory);
    }
    return path;
}

static struct slice read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t len = 0, cap = 0, got;

    if (!file)
        die("%s: %s", path, strerror(errno));
    do {
        text = grow(text, &cap, len + 65536, 1);
        got = fread(text + len, 1, cap - len, file);
        len += got;
    } while (got > 0);
    if (ferror(file))
        die("%s: %s", path, strerror(errno));
    fclose(file);
    return slice_make(text, len);
}

/* A name with a slash or a dot is a file's. */
static char *rules_path(const char *name)
{
    char *path;

    if (strpbrk(name, "/."))
        return xstrdup(name);
    path = preset_path(name);
    if (!path)
        usage_error("there are no rules called '%s' (gopher, fineweb, "
                    "fineweb2; or the path of a file: ./%s)", name, name);
    return path;
}

static void quality_open(void *self, const struct setup *setup)
{
    struct quality *quality = self;
    char *path = rules_path(quality->rules_name);
    struct slice text = read_file(path);
    struct fault fault;

    if (setup->line_max > words_line_max())
        usage_error("quality reads documents of up to %llu bytes: "
                    "give a smaller --max-line",
                    (unsigned long long)words_line_max());
    if (!rules_init(&quality->rules, text, &fault)) {
        size_t line = 1;

        for (size_t i = 0; i < fault.at; i++)
            line += text.ptr[i] == '\n';
        die("%s:%zu: %s", path, line, fault.what);
    }
    free(path);
    quality->text = (char *)text.ptr;
    quality->notes = setup->notes;
}

static void quality_close(void *self, const struct setup *setup)
{
    struct quality *quality = self;

    (void)setup;
    rules_clear(&quality->rules);
    free(quality->text);
}

/* ---- counting words for the audit ---- */

static struct tally *tally_find(struct quality_worker *worker,
                                struct slice lang)
{
    size_t at = hash64(lang) & (worker->tally_cap - 1);

    while (worker->tallies[at].lang.ptr &&
           !slice_equal(worker->tallies[at].lang, lang))
        at = (at + 1) & (worker->tally_cap - 1);
    return &worker->tallies[at];
}

static void tally_widen(struct quality_worker *worker)
{
    struct tally *old = worker->tallies;
    size_t old_cap = worker->tally_cap;

    worker->tally_cap = old_cap ? 2 * old_cap : 64;
    worker->tallies = xcalloc(worker->tally_cap, sizeof *old);
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].lang.ptr)
            *tally_find(worker, old[i].lang) = old[i];
    free(old);
}

static void tally_add(struct quality_worker *worker, struct slice lang,
                      uint64_t words)
{
    struct tally *tally;

    if (2 * worker->tally_count >= worker->tally_cap)
        tally_widen(worker);
    tally = tally_find(worker, lang);
    if (!tally->lang.ptr) {
        char *copy = xmalloc(lang.len + 1);

        if (lang.len > 0)
            memcpy(copy, lang.ptr, lang.len);
        tally->lang = slice_make(copy, lang.len);
        worker->tally_count++;
    }
    tally->words += words;
}

/* ---- the stage ---- */

static void *quality_worker_open(const void *self)
{
    (void)self;
    return xcalloc(1, sizeof(struct quality_worker));
}

/* The reason to drop the text, or NULL; all signals when they are asked for. */
static const char *judge(const struct quality *quality, struct slice lang,
                         const struct record_words *table,
                         struct signals *signals, struct arena *scratch)
{
    const struct rule_set *set = rules_for(&quality->rules, lang);
    const char *reason;

    signals_measure(signals, table, &set->stop_words, scratch);
    reason = rules_judge(set, signals, 0, RULE_FIRST_GRAM);
    if (!reason || quality->signals)
        signals_measure_grams(signals, table, scratch);
    if (!reason)
        reason = rules_judge(set, signals, RULE_FIRST_GRAM, RULE_COUNT);
    return reason;
}

static void quality_map(const void *self, struct batch *b)
{
    const struct quality *quality = self;
    struct quality_worker *worker = b->worker;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct signals signals;
        const char *reason = judge(quality, r->lang, record_words(b, r),
                                   &signals, &worker->scratch);

        arena_reset(&worker->scratch);
        if (quality->signals)
            record_add_json(b, r, b->schema.names[KEY_QUALITY],
                            signals_json(&signals, &b->arena));
        if (r->state == RECORD_REJECTED)
            continue;
        if (reason)
            record_drop(r, reason);
        else
            tally_add(worker, r->lang,
                      (uint64_t)signals.value[SIGNAL_WORDS] / SIGNAL_ONE);
    }
}

static void quality_worker_close(void *self, void *state)
{
    struct quality *quality = self;
    struct quality_worker *worker = state;

    for (size_t i = 0; i < worker->tally_cap; i++)
        if (worker->tallies[i].lang.ptr) {
            ledger_note(quality->notes, worker->tallies[i].lang, "words",
                        worker->tallies[i].words);
            free((char *)worker->tallies[i].lang.ptr);
        }
    free(worker->tallies);
    arena_clear(&worker->scratch);
    free(worker);
}

static const struct option quality_options[] = {
    { "rules", OPTION_TEXT, offsetof(struct quality, rules_name), "fineweb2",
      "FILE|PRESET", "limits to judge by: gopher, fineweb, fineweb2, a file" },
    { "signals", OPTION_FLAG, offsetof(struct quality, signals), NULL, NULL,
      "add what was measured as \"quality\"" },
    { 0 }
};

const struct stage quality_stage = {
    .name = "quality",
    .summary = "drop documents that break rules of quality or repetition",
    .options = quality_options,
    .size = sizeof(struct quality),
    .open = quality_open,
    .worker_open = quality_worker_open,
    .map = quality_map,
    .worker_close = quality_worker_close,
    .close = quality_close,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pipeline - workers, turnstiles, and the books.
 *
 * A worker does everything for its batch, so the only shared things are the
 * input (a lock), each fold and the writer (a turnstile each), and the end,
 * when workers hand in their sums one after the other.  What a fold or the
 * writer does must be short: it is the part that more processors cannot help.
 */
#include "src/pipeline.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/input.h"
#include "src/ledger.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/rejects.h"

enum { FILES_NAMED = 8 };

/* Admits 0, 1, 2, ... each once, one at a time. */
struct turnstile {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    uint64_t next;
};

/* A record that left, kept for the rejects file or for a message. */
struct gone {
    struct record *record;
    size_t step;
};

struct run {
    struct pipeline *pipeline;
    struct input *input;
    pthread_mutex_t lock;        /* of the input, and of the end */
    uint64_t batches;            /* numbers given out */
    struct turnstile *gates;     /* [step_count + 1], the last: the writer's */
    struct setup *setups;        /* [step_count] */
    struct schema *schemas;      /* [step_count] */
    struct arena arena;          /* names in them */
    struct output **rejects;     /* [step_count], may be one and the same */
    struct output *out;          /* NULL: the last stage keeps the documents */
    struct progress progress;
    size_t file;                 /* whose lines the writer counts */
    uint64_t lines;              /* of that file, in batches already written */
    struct ledger_flow **flows;  /* [step_count], summed at the end */
    uint64_t *entered;           /* [step_count] */
};

struct worker {
    struct run *run;
    struct batch batch;
    struct block block;
    void **states;               /* [step_count] */
    struct ledger_flow **flows;  /* [step_count] */
    uint64_t *entered;           /* [step_count] */
    struct gone *gone;
    size_t gone_count, gone_cap;
    uint64_t position, read_count, read_bytes; /* for progress */
};

static void gate_enter(struct turnstile *gate, uint64_t number)
{
#ifndef MLIN_MUTANT_NO_GATE
    pthread_mutex_lock(&gate->mutex);
    while (gate->next != number)
        pthread_cond_wait(&gate->moved, &gate->mutex);
    pthread_mutex_unlock(&gate->mutex);
#else
    (void)number; /* a mutant that tests must catch: one at a time, any order */
    pthread_mutex_lock(&gate->mutex);
#endif
}

static void gate_leave(struct turnstile *gate)
{
#ifndef MLIN_MUTANT_NO_GATE
    pthread_mutex_lock(&gate->mutex);
    gate->next++;
    pthread_cond_broadcast(&gate->moved);
#endif
    pthread_mutex_unlock(&gate->mutex);
}

/* ---- one batch ---- */

static bool read_batch(struct worker *w)
{
    struct run *run = w->run;
    struct batch *b = &w->batch;
    bool more;

    arena_reset(&b->arena);
    b->count = 0;
    b->parsed = false;
    w->gone_count = 0;
    pthread_mutex_lock(&run->lock);
    more = input_fill(run->input, &w->block, b);
    b->number = run->batches;
    run->batches += more;
    w->position = input_position(run->input);
    pthread_mutex_unlock(&run->lock);
    return more;
}

static void split_batch(struct worker *w)
{
    struct batch *b = &w->batch;
    const struct pipeline *p = w->run->pipeline;
    const struct step *first = &p->steps[0];

    for (size_t i = 0; i < b->part_count; i++) {
        struct raw_part *part = &b->parts[i];

        if (part->fault.what) {
            struct record *r = batch_add(b, part->bytes);

            r->part = part;
            record_reject(r, part->fault.what, part->fault.at);
        } else if (first->stage->split) {
            first->stage->split(first->self, b, part);
        } else {
            input_split_lines(b, part, p->run.line_max);
        }
    }
    w->read_count = b->count;
    w->read_bytes = w->block.len;
}

static void note_gone(struct worker *w, size_t step, const struct record *r)
{
    struct record *copy = arena_alloc(&w->batch.arena, sizeof *copy);

    *copy = *r;
    w->gone = grow(w->gone, &w->gone_cap, w->gone_count + 1, sizeof *w->gone);
    w->gone[w->gone_count++] = (struct gone){ copy, step };
}

/* Under --annotate a dropped record stays, and says what would drop it. */
static void annotate(struct worker *w, size_t step, struct record *r)
{
    struct batch *b = &w->batch;
    const char *name = w->run->pipeline->steps[step].stage->name;
    char key[64];

    r->state = RECORD_KEPT;
    snprintf(key, sizeof key, "drop_%s", name);
    record_add_text(b, r, arena_copy(&b->arena, slice_from(key)),
                    slice_from(r->reason));
}

/* Take what left out of the batch, and book it. */
static void remove_gone(struct worker *w, size_t step)
{
    struct batch *b = &w->batch;
    const struct step_options *options =
        &w->run->pipeline->steps[step].options;
    size_t kept = 0;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];

        if (r->state == RECORD_DROPPED && options->annotate)
            annotate(w, step, r);
        if (r->state == RECORD_KEPT) {
            if (kept != i)
                b->records[kept] = *r;
            kept++;
            continue;
        }
        ledger_flow_add(w->flows[step], r->lang, r->reason, 1,
                        r->text_bytes_in, 0);
        if (w->run->rejects[step] || r->state == RECORD_REJECTED)
            note_gone(w, step, r);
    }
    b->count = kept;
}

static void parse_batch(struct worker *w, size_t step)
{
    struct batch *b = &w->batch;
    const struct stage *stage = w->run->pipeline->steps[step].stage;
    const struct schema *schema = &w->run->schemas[step];
    bool needs_text = !(stage->flags & STAGE_NO_TEXT);

    if (b->parsed && schema_equal(&b->schema, schema) && !needs_text)
        return;
    if (!b->parsed || !schema_equal(&b->schema, schema)) {
        b->schema = *schema;
        for (size_t i = 0; i < b->count; i++) {
            struct record *r = &b->records[i];
            struct fault fault = { NULL, 0 };

            if (r->state == RECORD_KEPT &&
                !record_parse(b, r, needs_text, &fault))
                record_reject(r, fault.what, fault.at);
        }
        b->parsed = true;
    } else {
        for (size_t i = 0; i < b->count; i++) {
            struct record *r = &b->records[i];
            struct fault fault = { NULL, 0 };

            /* A stage that needs no text let it pass; what is wrong, again? */
            if (!record_has_text(r) && !record_parse(b, r, true, &fault))
                record_reject(r, fault.what, fault.at);
        }
    }
}

#ifdef MLIN_CHECK_RECORDS
/* The view is a cache of the line: hold it against a fresh reading. */
static void check_views(struct batch *b)
{
    for (size_t i = 0; i < b->count; i++) {
        struct record fresh = b->records[i], *r = &b->records[i];
        struct fault fault = { NULL, 0 };

        if (!record_parse(b, &fresh, false, &fault))
            bug("%s: a line no longer parses: %s", b->stage, fault.what);
        if (!slice_equal(fresh.text, r->text) ||
            !slice_equal(fresh.lang, r->lang) || fresh.close_at != r->close_at)
            bug("%s: the view of a record differs from its line", b->stage);
        for (int key = 0; key < KEY_COUNT; key++)
            if (fresh.value[key].ptr != r->value[key].ptr ||
                fresh.value[key].len != r->value[key].len ||
                (fresh.value[key].ptr &&
                 fresh.member_at[key] != r->member_at[key]))
                bug("%s: the place of a field differs from its line", b->stage);
    }
}
#endif

static void run_step(struct worker *w, size_t step)
{
    struct run *run = w->run;
    struct batch *b = &w->batch;
    const struct step *s = &run->pipeline->steps[step];

    b->stage = s->stage->name;
    b->replace = s->options.replace;
    b->worker = w->states[step];
    w->entered[step] += b->count;
    parse_batch(w, step);
    for (size_t i = 0; i < b->count; i++)
        b->records[i].text_bytes_in = b->records[i].text.len;
    remove_gone(w, step);
    if (s->stage->map) {
        s->stage->map(s->self, b);
        remove_gone(w, step);
    }
    if (s->stage->fold) {
        gate_enter(&run->gates[step], b->number);
        s->stage->fold(s->self, b);
        gate_leave(&run->gates[step]);
        remove_gone(w, step);
    }
#ifdef MLIN_CHECK_RECORDS
    check_views(b);
#endif
    for (size_t i = 0; i < b->count; i++) {
        const struct record *r = &b->records[i];

        ledger_flow_add(w->flows[step], r->lang, NULL, 1, r->text_bytes_in,
                        r->text.len);
    }
}

/* ---- the writer, in input order ---- */

static uint64_t line_number(const struct run *run, const struct batch *b,
                            const struct record *r)
{
    uint64_t lines = r->part->file == run->file ? run->lines : 0;

    for (const struct raw_part *part = b->parts; part < r->part; part++)
        if (part->file == r->part->file)
            lines += part->line_count;
    return lines + r->part_line + 1;
}

static _Noreturn void die_of(const struct run *run, const struct batch *b,
                             const struct gone *gone)
{
    const struct record *r = gone->record;
    const char *path = r->part->path;

    fail_name(run->pipeline->steps[gone->step].stage->name);
    if (r->part->fault.what && strcmp(r->part->fault.what, INPUT_TOO_LONG) != 0)
        die("%s: %s (at byte %zu of the file)", path, r->fault.what,
            r->fault.at);
    if (r->part->cut != CUT_LINES)
        die("%s: %s (at byte %" PRIu64 ")", path, r->fault.what,
            r->part->at + r->part_line + r->fault.at);
    die("%s:%" PRIu64 ":%zu: %s", path, line_number(run, b, r),
        r->fault.at + 1, r->fault.what);
}

static int by_position(const void *a, const void *b)
{
    const struct gone *x = a, *y = b;

    return x->record->position < y->record->position ? -1
           : x->record->position > y->record->position;
}

static void write_records(struct run *run, const struct batch *b,
                          uint64_t before)
{
    for (size_t i = 0; run->out && i < b->count; i++) {
        if (b->records[i].position >= before)
            break;
        output_write(run->out, b->records[i].line);
        output_write(run->out, slice_make("\n", 1));
    }
}

static void write_gone(struct worker *w)
{
    struct run *run = w->run;

    if (w->gone_count == 0)
        return;
    qsort(w->gone, w->gone_count, sizeof *w->gone, by_position);
    for (size_t i = 0; i < w->gone_count; i++) {
        const struct gone *gone = &w->gone[i];
        struct output *output = run->rejects[gone->step];

        if (output) {
            reject_write(output,
                         run->pipeline->steps[gone->step].stage->name,
                         gone->record, &w->batch.arena);
        } else {
            /* What came before the mistake is good, whatever the batch size. */
            write_records(run, &w->batch, gone->record->position);
            if (run->out && !run->pipeline->run.out)
                output_close(run->out);
            die_of(run, &w->batch, gone);
        }
    }
}

static void write_batch(struct worker *w)
{
    struct run *run = w->run;
    struct batch *b = &w->batch;
    struct turnstile *gate = &run->gates[run->pipeline->step_count];

    gate_enter(gate, b->number);
    write_gone(w);
    write_records(run, b, UINT64_MAX);
    for (size_t i = 0; i < b->part_count; i++) {
        if (b->parts[i].file != run->file)
            run->lines = 0;
        run->file = b->parts[i].file;
        run->lines += b->parts[i].line_count;
    }
    progress_add(&run->progress, w->read_count, b->count, w->read_bytes,
                 w->position, input_size(run->input));
    gate_leave(gate);
}

/* ---- workers ---- */

static void worker_end(struct worker *w)
{
    struct run *run = w->run;
    const struct pipeline *p = run->pipeline;

    pthread_mutex_lock(&run->lock);
    for (size_t i = 0; i < p->step_count; i++) {
        ledger_flow_merge(run->flows[i], w->flows[i]);
        ledger_flow_free(w->flows[i]);
        run->entered[i] += w->entered[i];
        if (p->steps[i].stage->worker_close)
            p->steps[i].stage->worker_close(p->steps[i].self, w->states[i]);
    }
    pthread_mutex_unlock(&run->lock);
    arena_clear(&w->batch.arena);
    free(w->batch.records);
    free(w->block.bytes);
    free(w->block.parts);
    free(w->gone);
    free(w->states);
    free(w->flows);
    free(w->entered);
}

static void *worker_run(void *arg)
{
    struct worker *w = arg;
    const struct pipeline *p = w->run->pipeline;

    w->states = xcalloc(p->step_count, sizeof *w->states);
    w->flows = xcalloc(p->step_count, sizeof *w->flows);
    w->entered = xcalloc(p->step_count, sizeof *w->entered);
    for (size_t i = 0; i < p->step_count; i++) {
        w->flows[i] = ledger_flow_new();
        if (p->steps[i].stage->worker_open)
            w->states[i] = p->steps[i].stage->worker_open(p->steps[i].self);
    }
    while (read_batch(w)) {
        split_batch(w);
        for (size_t i = 0; i < p->step_count; i++)
            run_step(w, i);
        write_batch(w);
    }
    worker_end(w);
    return NULL;
}

static void run_workers(struct run *run, size_t count)
{
    struct worker *workers = xcalloc(count, sizeof *workers);
    pthread_t *threads = xcalloc(count, sizeof *threads);

    for (size_t i = 0; i < count; i++)
        workers[i].run = run;
    for (size_t i = 1; i < count; i++)
        if (pthread_create(&threads[i], NULL, worker_run, &workers[i]) != 0)
            die("cannot start a thread");
    worker_run(&workers[0]);
    for (size_t i = 1; i < count; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    free(workers);
}

/* ---- the run ---- */

static void rename_field(struct schema *schema, enum record_key key,
                         const char *name)
{
    if (name)
        schema->names[key] = slice_from(name);
}

static struct slice lang_field(struct arena *arena, const char *lang,
                               const char *end)
{
    char *name = xprintf("%s%s", lang, end);
    struct slice copy = arena_copy(arena, slice_from(name));

    free(name);
    return copy;
}

/* Fields of one stage's line; --lang-field names the whole family. */
static struct schema step_schema(struct arena *arena,
                                 const struct step_options *options)
{
    const char *lang = options->lang_field;
    struct schema schema = schema_standard();

    rename_field(&schema, KEY_TEXT, options->text_field);
    rename_field(&schema, KEY_ID, options->id_field);
    rename_field(&schema, KEY_URL, options->url_field);
    rename_field(&schema, KEY_DATE, options->date_field);
    rename_field(&schema, KEY_LANG, lang);
    if (lang) {
        schema.names[KEY_LANG_SCORE] = lang_field(arena, lang, "_score");
        schema.names[KEY_LANG_ALT] = lang_field(arena, lang, "_alt");
        schema.names[KEY_LANG_SPANS] = lang_field(arena, lang, "_spans");
    }
    return schema;
}

/* One file for each name that --rejects has, however many stages name it. */
static void open_rejects(struct run *run)
{
    const struct pipeline *p = run->pipeline;

    for (size_t i = 0; i < p->step_count; i++) {
        const char *path = p->steps[i].options.rejects;

        for (size_t j = 0; path && j < i && !run->rejects[i]; j++)
            if (p->steps[j].options.rejects &&
                strcmp(p->steps[j].options.rejects, path) == 0)
                run->rejects[i] = run->rejects[j];
        if (path && !run->rejects[i])
            run->rejects[i] = output_open(path);
    }
}

static void close_rejects(struct run *run)
{
    for (size_t i = 0; i < run->pipeline->step_count; i++) {
        struct output *output = run->rejects[i];

        for (size_t j = i; output && j < run->pipeline->step_count; j++)
            if (run->rejects[j] == output)
                run->rejects[j] = NULL;
        if (output)
            output_close(output);
    }
}

static void open_stages(struct run *run, size_t workers)
{
    struct pipeline *p = run->pipeline;

    for (size_t i = 0; i < p->step_count; i++) {
        const struct step *s = &p->steps[i];

        run->schemas[i] = step_schema(&run->arena, &s->options);
        run->setups[i] = (struct setup){
            .threads = (size_t)p->run.threads,
            .workers = workers,
            .files = p->files.items,
            .file_count = p->files.count,
            .schema = &run->schemas[i],
            .line_max = p->run.line_max,
            .notes = ledger_notes_new(),
        };
        run->flows[i] = ledger_flow_new();
        fail_name(s->stage->name);
        if (s->stage->open)
            s->stage->open(s->self, &run->setups[i]);
    }
    fail_name(p->step_count == 1 ? p->steps[0].stage->name : "run");
}

static void close_stages(struct run *run)
{
    struct pipeline *p = run->pipeline;

    for (size_t i = 0; i < p->step_count; i++) {
        fail_name(p->steps[i].stage->name);
        if (p->steps[i].stage->close)
            p->steps[i].stage->close(p->steps[i].self, &run->setups[i]);
    }
    fail_name(p->step_count == 1 ? p->steps[0].stage->name : "run");
}

static void append(char **text, const char *between, const char *more)
{
    char *longer = xprintf("%s%s%s", *text, between, more);

    free(*text);
    *text = longer;
}

/* Many files are named by a hash of their names. */
static void append_files(char **text, const struct option_list *files)
{
    struct hash128 hash = { 0, 0 };
    char digits[33];

    for (size_t i = 0; i < files->count && files->count <= FILES_NAMED; i++)
        append(text, i == 0 ? " < " : " ", files->items[i]);
    if (files->count <= FILES_NAMED)
        return;
    for (size_t i = 0; i < files->count; i++) {
        hash128_print(hash, digits);
        hash = hash128_parts((const struct slice[]){
            slice_make(digits, 32), slice_from(files->items[i]) }, 2);
    }
    hash128_print(hash, digits);
    append(text, " < ", files->items[0]);
    append(text, " ... ", digits);
}

/* By what the ledger knows a run: "read | dedup < a.jsonl > b.jsonl". */
static char *command_text(const struct pipeline *p)
{
    char *text = xstrdup("");

    for (size_t i = 0; i < p->step_count; i++)
        append(&text, i > 0 ? " | " : "", p->steps[i].typed);
    append_files(&text, &p->files);
    if (p->run.out)
        append(&text, " > ", p->run.out);
    return text;
}

/* Hold the books against each other; write them where asked. */
static void keep_books(struct run *run, uint64_t output_bytes_count)
{
    struct pipeline *p = run->pipeline;
    size_t file_count = p->files.count > 0 ? p->files.count : 1;
    struct ledger_stage *stages = xcalloc(p->step_count, sizeof *stages);
    struct ledger_file *files = xcalloc(file_count, sizeof *files);
    char *command = command_text(p);
    struct ledger_run books = {
        .command = command, .stages = stages, .stage_count = p->step_count,
        .inputs = files, .input_count = file_count,
        .output = run->out ? (p->run.out ? p->run.out : "-") : NULL,
        .output_bytes = output_bytes_count,
    };

    for (size_t i = 0; i < p->step_count; i++) {
        int64_t difference;

        stages[i] = (struct ledger_stage){
            p->steps[i].stage->name, p->steps[i].typed, run->entered[i],
            run->flows[i], run->setups[i].notes
        };
        if (!ledger_balances(&stages[i], &difference))
            bug("%s: the books do not balance: %" PRId64 " documents",
                stages[i].name, difference);
    }
    for (size_t i = 0; i < file_count; i++)
        files[i] = (struct ledger_file){
            p->files.count > 0 ? p->files.items[i] : "-",
            input_file_bytes(run->input, i)
        };
    if (p->run.ledger)
        ledger_write(p->run.ledger, &books);
    free(command);
    free(files);
    free(stages);
}

static void run_free(struct run *run)
{
    for (size_t i = 0; i < run->pipeline->step_count; i++) {
        ledger_flow_free(run->flows[i]);
        ledger_notes_free(run->setups[i].notes);
    }
    input_close(run->input);
    free(run->gates);
    free(run->setups);
    free(run->schemas);
    arena_clear(&run->arena);
    free(run->rejects);
    free(run->flows);
    free(run->entered);
}

void pipeline_run(struct pipeline *p)
{
    size_t count = p->step_count, workers = (size_t)p->run.threads + 2;
    const struct step *first = &p->steps[0], *last = &p->steps[count - 1];
    struct run run = {
        .pipeline = p,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .gates = xcalloc(count + 1, sizeof *run.gates),
        .setups = xcalloc(count, sizeof *run.setups),
        .schemas = xcalloc(count, sizeof *run.schemas),
        .rejects = xcalloc(count, sizeof *run.rejects),
        .flows = xcalloc(count, sizeof *run.flows),
        .entered = xcalloc(count, sizeof *run.entered),
    };
    struct input_options input = {
        p->files.items, p->files.count, p->run.batch_bytes, p->run.line_max,
        first->stage->cut, first->self
    };
    uint64_t written = 0;

    if (p->run.threads == 1)
        workers = 1;
    for (size_t i = 0; i <= count; i++) {
        pthread_mutex_init(&run.gates[i].mutex, NULL);
        pthread_cond_init(&run.gates[i].moved, NULL);
    }
    open_stages(&run, workers);
    open_rejects(&run);
    if (!(last->stage->flags & STAGE_SINK) || last->options.pass)
        run.out = output_open(p->run.out ? p->run.out : "-");
    run.input = input_open(&input);
    progress_open(&run.progress, count == 1 ? first->stage->name : "run",
                  p->run.quiet);
    run_workers(&run, workers);
    progress_close(&run.progress);
    close_stages(&run);
    close_rejects(&run);
    if (run.out)
        written = output_bytes(run.out);
    /* The next tool of a pipe ends after us, so its books come after ours. */
    if (run.out && p->run.out)
        output_close(run.out);
    keep_books(&run, written);
    if (run.out && !p->run.out)
        output_close(run.out);
    run_free(&run);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker - carry batches, through turnstiles where order matters.
 *
 * A worker does everything for its batch, so the only shared things are the
 * input (a lock), each fold and the writer (a turnstile each), and the end,
 * when workers hand in their sums one after the other.  What a fold or the
 * writer does must be short: it is the part that more processors cannot help.
 */
#include "src/worker.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/input.h"
#include "src/ledger.h"
#include "src/output.h"
#include "src/rejects.h"
#include "src/turnstile.h"

/* Where a batch ends, for the line numbers of later ones. */
struct batch_end {
    size_t file;
    uint64_t lines;               /* of this file, in this batch */
    bool is_known;
};

struct gates {
    pthread_mutex_t lock;         /* of the input, and of the end */
    struct turnstile *turnstiles; /* one a step, and the writer's */
    pthread_mutex_t ends_lock;    /* of what follows, and of progress */
    struct batch_end *ends;       /* [end_cap] from batch end_first on */
    size_t end_cap;
    uint64_t end_first;           /* all before are in the run's `lines` */
};

/* A record that left, kept for the rejects file or for a message. */
struct gone {
    struct record *record;
    size_t step;
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
    pthread_mutex_lock(&run->gates->lock);
    more = input_fill(run->input, &w->block, b);
    b->number = run->batches;
    run->batches += more;
    w->position = input_position(run->input);
    pthread_mutex_unlock(&run->gates->lock);
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

/* Books of their own, and lines that no one changes in place. */
static void add_copies(struct worker *w, size_t step)
{
    struct batch *b = &w->batch;
    size_t count = b->count, more = 0;

    for (size_t i = 0; i < count; i++)
        more += b->records[i].copies;
    if (more == 0)
        return;
    b->records = grow(b->records, &b->cap, count + more, sizeof *b->records);
    for (size_t i = count, to = count + more; i-- > 0;) {
        struct record r = b->records[i];
        uint32_t copies = r.copies;

        if (copies > 0)
            ledger_flow_add(w->flows[step], r.lang, ledger_copied, copies,
                            copies * r.text_bytes_in, 0);
        r.copies = 0;
        if (copies > 0)
            r.line_cap = 0;
        for (uint32_t k = 0; k <= copies; k++)
            b->records[--to] = r;
    }
    b->count = count + more;
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
        add_copies(w, step);
    }
    if (s->stage->fold) {
        turnstile_enter(&run->gates->turnstiles[step], b->number);
        s->stage->fold(s->self, b);
        turnstile_leave(&run->gates->turnstiles[step]);
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

static struct batch_end end_of(const struct batch *b)
{
    struct batch_end end = { .is_known = true };

    for (size_t i = 0; i < b->part_count; i++) {
        if (b->parts[i].file != end.file)
            end.lines = 0;
        end.file = b->parts[i].file;
        end.lines += b->parts[i].line_count;
    }
    return end;
}

static void note_end(struct run *run, struct batch_end end)
{
    if (end.file != run->file)
        run->lines = 0;
    run->file = end.file;
    run->lines += end.lines;
}

static void note_progress(const struct worker *w)
{
    struct run *run = w->run;

    progress_add(&run->progress, w->read_count, w->batch.count, w->read_bytes,
                 w->position, input_size(run->input));
}

/*
 * A batch that nothing is written of waits for no other: only a mistake in a
 * later one has to know where it ends.
 */
static void pass_by(struct worker *w, struct turnstile *gate)
{
    struct gates *gates = w->run->gates;
    size_t at, known = 0;

    pthread_mutex_lock(&gates->ends_lock);
    note_progress(w);
    at = (size_t)(w->batch.number - gates->end_first);
    gates->ends = grow_zero(gates->ends, &gates->end_cap, at + 1,
                            sizeof *gates->ends);
    gates->ends[at] = end_of(&w->batch);
    while (known < gates->end_cap && gates->ends[known].is_known)
        note_end(w->run, gates->ends[known++]);
    memmove(gates->ends, gates->ends + known,
            (gates->end_cap - known) * sizeof *gates->ends);
    memset(gates->ends + gates->end_cap - known, 0,
           known * sizeof *gates->ends);
    gates->end_first += known;
    turnstile_skip(gate, known);
    pthread_mutex_unlock(&gates->ends_lock);
}

static void write_batch(struct worker *w)
{
    struct run *run = w->run;
    struct turnstile *gate =
        &run->gates->turnstiles[run->pipeline->step_count];

    if (!run->has_turns && w->gone_count == 0) {
        pass_by(w, gate);
        return;
    }
    turnstile_enter(gate, w->batch.number);
    write_gone(w);
    write_records(run, &w->batch, UINT64_MAX);
    note_end(run, end_of(&w->batch));
    note_progress(w);
    turnstile_leave(gate);
}

/* ---- workers ---- */

static void worker_end(struct worker *w)
{
    struct run *run = w->run;
    const struct pipeline *p = run->pipeline;

    pthread_mutex_lock(&run->gates->lock);
    for (size_t i = 0; i < p->step_count; i++) {
        ledger_flow_merge(run->flows[i], w->flows[i]);
        ledger_flow_free(w->flows[i]);
        run->entered[i] += w->entered[i];
        if (p->steps[i].stage->worker_close)
            p->steps[i].stage->worker_close(p->steps[i].self, w->states[i]);
    }
    pthread_mutex_unlock(&run->gates->lock);
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

static void gates_open(struct gates *gates, size_t count)
{
    gates->turnstiles = xcalloc(count, sizeof *gates->turnstiles);
    pthread_mutex_init(&gates->lock, NULL);
    pthread_mutex_init(&gates->ends_lock, NULL);
    for (size_t i = 0; i < count; i++)
        turnstile_open(&gates->turnstiles[i]);
}

void worker_run_all(struct run *run, size_t count)
{
    struct worker *workers = xcalloc(count, sizeof *workers);
    pthread_t *threads = xcalloc(count, sizeof *threads);
    struct gates gates = { .end_cap = 0 };

    gates_open(&gates, run->pipeline->step_count + 1);
    run->gates = &gates;
    for (size_t i = 0; i < count; i++)
        workers[i].run = run;
    for (size_t i = 1; i < count; i++)
        if (pthread_create(&threads[i], NULL, worker_run, &workers[i]) != 0)
            die("cannot start a thread");
    worker_run(&workers[0]);
    for (size_t i = 1; i < count; i++)
        pthread_join(threads[i], NULL);
    run->gates = NULL;
    free(gates.turnstiles);
    free(gates.ends);
    free(threads);
    free(workers);
}

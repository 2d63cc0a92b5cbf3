/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pipeline - open a run, let the workers do it, close it, and keep its books.
 */
#include "src/pipeline.h"

#include <inttypes.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/input.h"
#include "src/ledger.h"
#include "src/output.h"
#include "src/worker.h"

enum { FILES_NAMED = 8 };

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
    free(run->setups);
    free(run->schemas);
    arena_clear(&run->arena);
    free(run->rejects);
    free(run->flows);
    free(run->entered);
}

/* Do documents leave the last stage? */
static bool has_output(const struct pipeline *p)
{
    const struct step *last = &p->steps[p->step_count - 1];

    return !(last->stage->flags & STAGE_SINK) || last->options.pass;
}

/* Is there anything that batches do one after the other? */
static bool has_turns(const struct pipeline *p)
{
    for (size_t i = 0; i < p->step_count; i++)
        if (p->steps[i].stage->fold || p->steps[i].options.rejects)
            return true;
    return has_output(p);
}

void pipeline_run(struct pipeline *p)
{
    size_t count = p->step_count, workers = (size_t)p->run.threads + 2;
    const struct step *first = &p->steps[0];
    struct run run = {
        .pipeline = p,
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

    /* Two more than processors, for some will wait for their turn: where there
     * are turns. */
    run.has_turns = has_turns(p);
    if (p->run.threads == 1 || !run.has_turns)
        workers = (size_t)p->run.threads;
    open_stages(&run, workers);
    open_rejects(&run);
    if (has_output(p))
        run.out = output_open(p->run.out ? p->run.out : "-");
    run.input = input_open(&input);
    progress_open(&run.progress, count == 1 ? first->stage->name : "run",
                  p->run.quiet);
    worker_run_all(&run, workers);
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

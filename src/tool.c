/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool - from words to a stage or command with its options, and its --help.
 */
#include "src/tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"

struct common {
    struct step_options step;
    struct run_options run;
};

#define STEP(member) offsetof(struct common, step.member)
#define RUN(member) offsetof(struct common, run.member)

static const struct option common_options[] = {
    { "text-field", OPTION_TEXT, STEP(text_field), NULL, "NAME",
      "where the text is; a dotted path reaches into objects" },
    { "id-field", OPTION_TEXT, STEP(id_field), NULL, "NAME",
      "where the id is" },
    { "lang-field", OPTION_TEXT, STEP(lang_field), NULL, "NAME",
      "where the language is, or is to be written" },
    { "url-field", OPTION_TEXT, STEP(url_field), NULL, "NAME",
      "where the URL is" },
    { "date-field", OPTION_TEXT, STEP(date_field), NULL, "NAME",
      "where the date is" },
    { "rejects", OPTION_TEXT, STEP(rejects), NULL, "FILE",
      "write what leaves the stream here; malformed records then stop "
      "nothing" },
    { "annotate", OPTION_FLAG, STEP(annotate), NULL, NULL,
      "drop nothing: add drop_TOOL with the reason instead" },
    { "replace", OPTION_FLAG, STEP(replace), NULL, NULL,
      "cut out a field that this tool writes, where it stands already" },
    { "pass", OPTION_FLAG, STEP(pass), NULL, NULL,
      "of a tool that ends the stream: hand the documents on" },
    { "pass-to", OPTION_TEXT, STEP(pass_to), NULL, "FILE",
      "the same, at the end of a pipeline, into this file" },
    { "out", OPTION_TEXT, RUN(out), NULL, "FILE",
      "write the documents here instead of stdout; .gz and .zst are packed" },
    TOOL_RUN_OPTIONS(RUN)
    { 0 }
};

static const struct tools *tools;

void tool_register(const struct tools *list)
{
    tools = list;
}

const struct tools *tool_list(void)
{
    return tools;
}

const struct stage *tool_stage(const char *name)
{
    for (size_t i = 0; tools->stages[i]; i++)
        if (strcmp(tools->stages[i]->name, name) == 0)
            return tools->stages[i];
    return NULL;
}

const struct command *tool_command(const char *name)
{
    for (size_t i = 0; tools->commands[i]; i++)
        if (strcmp(tools->commands[i]->name, name) == 0)
            return tools->commands[i];
    return NULL;
}

/* A tool's own option of the same name takes the place of a common one. */
static void print_common(const struct option *own)
{
    struct option shown[sizeof common_options / sizeof *common_options];
    size_t count = 0;

    for (const struct option *o = common_options; o->name; o++) {
        bool is_own = false;

        for (const struct option *p = own; p && p->name; p++)
            is_own = is_own || strcmp(p->name, o->name) == 0;
        if (!is_own)
            shown[count++] = *o;
    }
    shown[count] = (struct option){ 0 };
    options_print(shown, "Options of every stage");
}

void tool_help(const char *name)
{
    const struct stage *stage = tool_stage(name);
    const struct command *command = tool_command(name);
    const struct option *options = stage ? stage->options : command->options;
    const char *operands = stage ? stage->operands : command->operands;

    printf("mlin %s - %s\n\nusage: mlin %s [OPTION...] %s\n", name,
           stage ? stage->summary : command->summary, name,
           operands ? operands : "[FILE...]");
    if (options)
        options_print(options, "Options");
    if (stage)
        print_common(options);
    printf("\nThe manual: docs/man/mlin-%s.1\n", name);
}

/* What is given on a line stands where the run's own words were silent. */
static void inherit(struct run_options *run, const struct run_options *line)
{
    run->threads = run->threads > 0 ? run->threads : line->threads;
    run->batch_bytes = run->batch_bytes > 0 ? run->batch_bytes
                                            : line->batch_bytes;
    run->line_max = run->line_max > 0 ? run->line_max : line->line_max;
    if (run->ledger && line->ledger && strcmp(run->ledger, line->ledger) != 0)
        usage_error("--ledger: the run has %s already", run->ledger);
    run->ledger = run->ledger ? run->ledger : line->ledger;
    run->out = run->out ? run->out : line->out;
    run->quiet = run->quiet || line->quiet;
}

static bool is_operand(const char *word, const struct option_list *operands)
{
    for (size_t i = 0; i < operands->count; i++)
        if (operands->items[i] == word)
            return true;
    return false;
}

/* The words of a line that are no operands, as the books name a stage. */
static char *join(const char *const *words, size_t count,
                  const struct option_list *operands)
{
    char *text = xstrdup(words[0]);

    for (size_t i = 1; i < count; i++) {
        char *longer;

        if (is_operand(words[i], operands))
            continue;
        longer = xprintf("%s %s", text, words[i]);

        free(text);
        text = longer;
    }
    return text;
}

struct step tool_step(const char *const *words, size_t count,
                      struct run_options *run, struct option_list *operands)
{
    const struct stage *stage = tool_stage(words[0]);
    struct step step = { .stage = stage };
    struct common common = { 0 };

    step.self = xcalloc(1, stage->size);
    options_preset(common_options, &common);
    if (stage->options)
        options_preset(stage->options, step.self);
    options_parse(stage->options, step.self, common_options, &common,
                  words + 1, count - 1, operands);
    step.typed = join(words, count, operands);
    step.options = common.step;
    if (step.options.pass_to) {
        step.options.pass = true;
        common.run.out = step.options.pass_to;
    }
    inherit(run, &common.run);
    return step;
}

void tool_run_defaults(struct run_options *run)
{
    if (run->threads == 0)
        run->threads = parallel_cores();
    if (run->threads > 1024)
        usage_error("--threads: at most 1024");
    if (run->batch_bytes == 0)
        run->batch_bytes = 512 << 10;
    if (run->line_max == 0)
        run->line_max = 256 << 20;
}

void tool_check(const struct pipeline *pipeline)
{
    for (size_t i = 0; i < pipeline->step_count; i++) {
        const struct step *s = &pipeline->steps[i];
        bool is_last = i + 1 == pipeline->step_count;
        bool is_sink = s->stage->flags & STAGE_SINK;

        if (i > 0 && s->stage->flags & STAGE_SOURCE)
            usage_error("%s must come first", s->stage->name);
        if (is_sink && !is_last && !s->options.pass)
            usage_error("%s passes no documents on, so nothing can follow it "
                        "unless it is given --pass", s->stage->name);
        if (s->options.pass_to && !is_last)
            usage_error("%s: --pass-to is for the last tool of a pipeline; "
                        "use --pass", s->stage->name);
        if (!is_sink && s->options.pass)
            usage_error("%s always passes documents on: --pass is for tools "
                        "that end the stream", s->stage->name);
        if (is_sink && is_last && !s->options.pass && pipeline->run.out)
            usage_error("%s passes no documents on, so there is nothing to "
                        "write to --out %s", s->stage->name,
                        pipeline->run.out);
    }
}

int tool_run_command(const struct command *command, const char *const *words,
                     size_t count)
{
    struct option_list operands = { 0 };
    void *self = xcalloc(1, command->size);
    int status;

    if (command->options)
        options_preset(command->options, self);
    options_parse(command->options, self, NULL, NULL, words + 1, count - 1,
                  &operands);
    status = command->run(self, operands.items, operands.count);
    /* In a pipeline file documents may follow, and do not pass by stdio. */
    if (fflush(stdout) != 0)
        die("stdout: %s", strerror(errno));
    option_list_clear(&operands);
    free(self);
    return status;
}

static int run_stage(const char *const *argv, size_t count)
{
    struct pipeline pipeline = { 0 };
    struct step step = tool_step(argv, count, &pipeline.run, &pipeline.files);

    pipeline.steps = &step;
    pipeline.step_count = 1;
    if (!step.stage->instead ||
        !step.stage->instead(step.self, pipeline.files.items,
                             pipeline.files.count)) {
        tool_run_defaults(&pipeline.run);
        tool_check(&pipeline);
        pipeline_run(&pipeline);
    }
    option_list_clear(&pipeline.files);
    free(step.typed);
    free(step.self);
    return 0;
}

int tool_main(const char *const *argv, size_t count)
{
    const struct command *command = tool_command(argv[0]);

    if (!command && !tool_stage(argv[0]))
        usage_error("there is no tool called '%s'; mlin help lists them",
                    argv[0]);
    fail_name(argv[0]);
    if (options_help_asked(argv + 1, count - 1)) {
        tool_help(argv[0]);
        return 0;
    }
    return command ? tool_run_command(command, argv, count)
                   : run_stage(argv, count);
}

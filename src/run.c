/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run - `mlin run FILE.mill` and `mlin run 'a | b | c'`.
 *
 * A pipeline file is the shell pipeline, one tool per line; # begins a comment.
 * A line that names a source (read) or a command (train, audit) begins a new
 * pipeline: what stands above it runs to its end first.  So one file can
 * prepare documents, train a vocabulary on them and encode them with it.
 */
#include "src/run.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "src/compress.h"
#include "src/fail.h"
#include "src/pipeline.h"
#include "src/tool.h"

enum { FILE_MAX = 1 << 20 };

struct run {
    struct run_options options;
};

#define RUN(member) offsetof(struct run, options.member)

static const struct option run_options[] = {
    { "out", OPTION_TEXT, RUN(out), NULL, "FILE",
      "write the last pipeline's documents here instead of stdout" },
    TOOL_RUN_OPTIONS(RUN)
    { 0 }
};

/* One line: the words, and where they stood, for messages. */
struct line {
    struct option_list words;
    char *place;    /* "run: demo.mill:7: langid" */
    bool is_joined; /* by a bar to the line before */
};

struct script {
    struct line *lines;
    size_t count, cap;
};

static void script_add(struct script *script, const char *name, size_t number,
                       const char *text, size_t len)
{
    struct fault fault = { NULL, 0 };
    struct line line = { 0 };
    char *place = number > 0 ? xprintf("run: %s:%zu", name, number)
                             : xstrdup("run");

    fail_name(place);
    if (!options_split(text, len, &line.words, &fault))
        usage_error("%s", fault.what);
    if (line.words.count == 0) {
        fail_name("run");
        free(place);
        return;
    }
    line.place = xprintf("%s: %s", place, line.words.items[0]);
    if (!tool_stage(line.words.items[0]) && !tool_command(line.words.items[0]))
        usage_error("there is no tool called '%s'; mlin help lists them",
                    line.words.items[0]);
    fail_name("run");
    free(place);
    script->lines = grow(script->lines, &script->cap, script->count + 1,
                         sizeof *script->lines);
    script->lines[script->count++] = line;
}

static void read_lines(struct script *script, const char *path)
{
    struct fault fault = { NULL, 0 };
    char *bytes;
    size_t len, number = 1;

    if (!file_read(path, FILE_MAX, &bytes, &len, &fault))
        die("%s: %s", path, fault.what);
    for (size_t at = 0; at < len; number++) {
        const char *newline = memchr(bytes + at, '\n', len - at);
        size_t end = newline ? (size_t)(newline - bytes) : len;
        size_t stop = end > at && bytes[end - 1] == '\r' ? end - 1 : end;

        script_add(script, path, number, bytes + at, stop - at);
        at = end + 1;
    }
    free(bytes);
}

/* Part a quoted line at each | that stands outside quotes. */
static void read_inline(struct script *script, const char *text)
{
    const char *start = text;
    char quote = 0;

    for (const char *p = text;; p++) {
        if (*p == '\\' && quote != '\'' && p[1])
            p++;
        else if (quote && *p == quote)
            quote = 0;
        else if (!quote && (*p == '\'' || *p == '"'))
            quote = *p;
        else if (!*p || (*p == '|' && !quote)) {
            size_t before = script->count;

            script_add(script, text, 0, start, (size_t)(p - start));
            if (script->count == before)
                usage_error("no tool stands beside a bar: %s", text);
            script->lines[before].is_joined = before > 0;
            start = p + 1;
        }
        if (!*p)
            break;
    }
    for (size_t i = 0; script->count > 1 && i < script->count; i++)
        if (!tool_stage(script->lines[i].words.items[0]))
            usage_error("%s streams no documents, so it cannot be joined by "
                        "bars", script->lines[i].words.items[0]);
}

/* How many lines from `at` on are one pipeline. */
static size_t pipeline_length(const struct script *script, size_t at)
{
    size_t end = at + 1;

    if (tool_command(script->lines[at].words.items[0]))
        return 1;
    while (end < script->count) {
        const struct stage *stage =
            tool_stage(script->lines[end].words.items[0]);

        if (!script->lines[end].is_joined &&
            (!stage || stage->flags & STAGE_SOURCE))
            break;
        end++;
    }
    return end - at;
}

/* As the shell would: a pattern stands for the files it matches, sorted. */
static void expand(const struct option_list *operands,
                   struct option_list *files)
{
    for (size_t i = 0; i < operands->count; i++) {
        const char *pattern = operands->items[i];
        struct stat info;
        glob_t found;

        if (!strpbrk(pattern, "*?[") || stat(pattern, &info) == 0) {
            option_list_add(files, xstrdup(pattern));
            continue;
        }
        if (glob(pattern, 0, NULL, &found) != 0)
            die("%s: no file matches", pattern);
        for (size_t j = 0; j < found.gl_pathc; j++)
            option_list_add(files, xstrdup(found.gl_pathv[j]));
        globfree(&found);
    }
}

static void run_pipeline(const struct line *lines, size_t count,
                         const struct run_options *options,
                         const char *const *files, size_t file_count,
                         bool is_last)
{
    struct pipeline pipeline = { .run = *options };

    pipeline.steps = xcalloc(count, sizeof *pipeline.steps);
    pipeline.step_count = count;
    if (!is_last)
        pipeline.run.out = NULL;
    for (size_t i = 0; i < file_count; i++)
        option_list_add(&pipeline.files, files[i]);
    for (size_t i = 0; i < count; i++) {
        struct option_list operands = { 0 };

        fail_name(lines[i].place);
        pipeline.steps[i] = tool_step(lines[i].words.items,
                                      lines[i].words.count, &pipeline.run,
                                      &operands);
        if (i == 0)
            expand(&operands, &pipeline.files);
        else if (operands.count > 0)
            usage_error("input files belong to the first line, not here: %s",
                        operands.items[0]);
        option_list_clear(&operands);
    }
    fail_name("run");
    tool_run_defaults(&pipeline.run);
    tool_check(&pipeline);
    pipeline_run(&pipeline);
    for (size_t i = 0; i < count; i++) {
        free(pipeline.steps[i].typed);
        free(pipeline.steps[i].self);
    }
    for (size_t i = file_count; i < pipeline.files.count; i++)
        free((char *)(uintptr_t)pipeline.files.items[i]); /* of expand() */
    option_list_clear(&pipeline.files);
    free(pipeline.steps);
}

/* Where the last pipeline begins: --out is for its documents. */
static size_t last_pipeline(const struct script *script)
{
    size_t last = script->count;

    for (size_t at = 0; at < script->count;
         at += pipeline_length(script, at))
        if (!tool_command(script->lines[at].words.items[0]))
            last = at;
    return last;
}

static int run_lines(const struct script *script,
                     const struct run_options *options,
                     const char *const *files, size_t file_count)
{
    size_t last = last_pipeline(script);

    if (options->out && last == script->count)
        usage_error("--out: no line of it gives documents");
    if (file_count > 0 && tool_command(script->lines[0].words.items[0]))
        usage_error("%s: its first line reads no documents", files[0]);
    for (size_t at = 0; at < script->count;) {
        const struct line *line = &script->lines[at];
        const struct command *command = tool_command(line->words.items[0]);
        size_t count = pipeline_length(script, at);

        if (command) {
            int status;

            fail_name(line->place);
            status = tool_run_command(command, line->words.items,
                                      line->words.count);
            if (status != 0)
                return status;
        } else {
            run_pipeline(line, count, options, files, at == 0 ? file_count : 0,
                         at == last);
        }
        at += count;
    }
    return 0;
}

static int run_run(void *self, const char *const *operands, size_t count)
{
    struct run *run = self;
    struct script script = { 0 };
    struct stat info;
    int status;

    if (count == 0)
        usage_error("name a pipeline file, or a line in quotes: "
                    "mlin run 'langid | dedup'");
    if (stat(operands[0], &info) == 0 || strcmp(operands[0], "-") == 0)
        read_lines(&script, operands[0]);
    else if (strpbrk(operands[0], " |") || tool_stage(operands[0]))
        read_inline(&script, operands[0]);
    else
        die("%s: there is no such file", operands[0]);
    fail_name("run");
    if (script.count == 0)
        usage_error("%s: there is no tool in it", operands[0]);
    status = run_lines(&script, &run->options, operands + 1, count - 1);
    for (size_t i = 0; i < script.count; i++) {
        struct line *line = &script.lines[i];

        free((char *)(uintptr_t)line->words.items[0]); /* all words lie in it */
        option_list_clear(&line->words);
        free(line->place);
    }
    free(script.lines);
    return status;
}

const struct command run_command = {
    .name = "run",
    .summary = "run a pipeline file, or a quoted line of tools, in one process",
    .operands = "PIPELINE.mill | 'TOOL | TOOL ...' [FILE...]",
    .options = run_options,
    .size = sizeof(struct run),
    .run = run_run,
};

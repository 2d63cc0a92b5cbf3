/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool.h - one stage, or one command, as a program; and the list of them all.
 */
#ifndef MLIN_TOOL_H
#define MLIN_TOOL_H

#include <stddef.h>

#include "src/pipeline.h"
#include "src/stage.h"

/*
 * Options of a run as a whole, of every stage and of `mlin run`: `RUN(member)`
 * is the place of a member of struct run_options.
 */
#define TOOL_RUN_OPTIONS(RUN)                                                \
    { "ledger", OPTION_TEXT, RUN(ledger), NULL, "FILE.db",                   \
      "write the books here, for mlin audit" },                              \
    { "threads", OPTION_COUNT, RUN(threads), NULL, "N",                      \
      "processors to use (default: all that the process may use)" },         \
    { "batch", OPTION_BYTES, RUN(batch_bytes), NULL, "BYTES",                \
      "text that one thread carries at a time (default: 512K)" },            \
    { "max-line", OPTION_BYTES, RUN(line_max), NULL, "BYTES",                \
      "longest record that is read (default: 256M)" },                       \
    { "quiet", OPTION_FLAG, RUN(quiet), NULL, NULL, "show no progress" },

/* Both lists end with NULL and stand in src/main.c. */
struct tools {
    const struct stage *const *stages;
    const struct command *const *commands;
};

void tool_register(const struct tools *tools);
const struct tools *tool_list(void);

/* NULL when there is none of that name. */
const struct stage *tool_stage(const char *name);
const struct command *tool_command(const char *name);

/* Run `mlin NAME ARGS...`; argv[0] is the tool's name.  Returns the status. */
int tool_main(const char *const *argv, size_t count);

/* What `mlin NAME --help` prints. */
void tool_help(const char *name);

/*
 * Make a step of one line's words (words[0] = the stage's name): its struct,
 * its options, its share of the run's options.  Operands are appended to
 * *operands; options of the run that `run` has already win over the line's.
 */
struct step tool_step(const char *const *words, size_t count,
                      struct run_options *run, struct option_list *operands);

/* Fill in what nobody gave: threads, batch, longest line. */
void tool_run_defaults(struct run_options *run);

/*
 * Refuse what cannot work: a source that is not first, a sink in the middle
 * that passes nothing on, an --out that has no documents to write.
 */
void tool_check(const struct pipeline *pipeline);

/* Run a command's line; words[0] is its name. */
int tool_run_command(const struct command *command, const char *const *words,
                     size_t count);

#endif

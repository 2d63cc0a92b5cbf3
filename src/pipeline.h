/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pipeline.h - carry batches through a list of stages, on all processors, with
 * the bytes that one thread would have written.
 *
 *      input            stage 1         stage 2              output
 *        |               map           map | fold             write
 *     [lock] --batch--> any thread --> any |[gate] --> ... -->[gate]
 *                  one worker carries one batch the whole way
 *
 * A worker takes the input lock, reads a batch and its number, and carries it
 * through every stage; a turnstile before each fold and before the writer lets
 * batch 0, 1, 2, ... pass in order.  The batch with the lowest number can
 * always move, so nothing waits for ever; each worker has one batch, so memory
 * is
 *
 *     40 MB + workers x 12 x --batch + what stages keep for the run,
 *
 * the twelve for the block, the lines with what was added, the texts, and the
 * word tables of filters (documents longer than --batch count by their length).
 */
#ifndef MLIN_PIPELINE_H
#define MLIN_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/options.h"
#include "src/stage.h"

/* Options of every stage: of its own line in a pipeline. */
struct step_options {
    const char *text_field, *id_field, *lang_field, *url_field, *date_field;
    const char *rejects, *pass_to;
    bool annotate, replace, pass;
};

/* Options of every stage: of the run as a whole. */
struct run_options {
    uint64_t threads, batch_bytes, line_max;
    const char *ledger, *out;
    bool quiet;
};

/* One line of a pipeline. */
struct step {
    const struct stage *stage;
    void *self;
    struct step_options options;
    char *typed; /* as the user typed it, without files: "dedup --pass" */
};

struct pipeline {
    struct step *steps;       /* [step_count] */
    size_t step_count;
    struct option_list files; /* input; none = stdin */
    struct run_options run;
};

/*
 * Run it to its end: every output published, the ledger written, the stages
 * closed (and their structs freed).  Dies on the first thing that is wrong.
 */
void pipeline_run(struct pipeline *pipeline);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker.h - the threads of a run: each carries one batch through all stages.
 *
 * Only src/pipeline.c, which opens and closes the run, calls this.
 */
#ifndef MLIN_WORKER_H
#define MLIN_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/pipeline.h"
#include "src/progress.h"

struct input;
struct output;
struct gates;

/* What the threads of a run share; [n] arrays have an item for each step. */
struct run {
    struct pipeline *pipeline;
    struct input *input;
    uint64_t batches;            /* numbers given out */
    struct gates *gates;         /* the lock and the turnstiles */
    struct setup *setups;        /* [n] */
    struct schema *schemas;      /* [n] */
    struct arena arena;          /* names in them */
    struct output **rejects;     /* [n], may be one and the same; NULL: none */
    struct output *out;          /* NULL: the last stage keeps the documents */
    bool has_turns;              /* batches do something one after the other */
    struct progress progress;
    size_t file;                 /* whose lines the writer counts */
    uint64_t lines;              /* of that file, in batches already written */
    struct ledger_flow **flows;  /* [n], summed when the workers end */
    uint64_t *entered;           /* [n] */
};

/*
 * Read, carry and write every batch on `count` threads, this one among them;
 * returns when all input is through and every worker has handed in its sums.
 */
void worker_run_all(struct run *run, size_t count);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stage.h - THE interface; read this first.
 *
 * A stage is a struct.  A tool is one stage with a main around it.  A pipeline
 * is a list of stages, and the only thing that passes between them is the line.
 *
 *   open          once, before input: load models, open side files; may die
 *   worker_open   once per worker thread, on that thread
 *   map           one batch, on any thread, in any order; `const` says: pure in
 *                 (options, model, record).  b->worker is this worker's state
 *   fold          one batch at a time, in input order: decisions that need
 *                 order or shared state.  Keep it short: a look-up, an append
 *   worker_close  once per worker after the last batch, one at a time, in any
 *                 order: add the worker's sums to the stage's
 *   close         once, after all of it: write the model, the report, the
 *                 shards
 *   cut, split    of a source only: where input files may be cut between two
 *                 batches, and how a part becomes records (any thread, pure)
 *
 * Every function may be missing.  `self` is `size` bytes, cleared, with the
 * options already in it.  A stage never sees argv, a thread, a file of the
 * stream, or another stage; it must not test whether a record was dropped: the
 * pipeline takes dropped records out of the batch after map and after fold.
 *
 * To add one: copy filters/normalize.c, name it in src/main.c, write docs/man/
 * mlin-NAME.1 and a case in tests/golden/NAME; `make lint` says what is
 * missing.
 */
#ifndef MLIN_STAGE_H
#define MLIN_STAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "src/options.h"
#include "src/record.h"

struct ledger_notes;

/* Where a file may be cut between two batches. */
enum input_cut {
    CUT_LINES,  /* after any newline: a record a line */
    CUT_BLOCKS, /* after an empty line: a record a paragraph */
    CUT_FILES   /* nowhere: a record a file */
};

/* What a stage may know about the run; valid from open to close. */
struct setup {
    size_t threads;             /* processors to use in open and close */
    size_t workers;             /* how many worker threads there will be */
    const char *const *files;   /* operands: input files of a source */
    size_t file_count;
    const struct schema *schema;
    uint64_t line_max;          /* --max-line: bytes of the longest document */
    struct ledger_notes *notes; /* numbers for the audit: src/ledger.h */
};

enum stage_flags {
    STAGE_SINK = 1,      /* documents end here, unless --pass */
    STAGE_NO_TEXT = 2,   /* works on records without text too */
    STAGE_OWN_OUT = 4,   /* has an --out of its own; -o is not the stream's */
    STAGE_SOURCE = 8     /* begins a pipeline: has cut and split */
};

struct stage {
    const char *name;
    const char *summary;          /* one line for `mlin help` */
    const char *operands;         /* how --help shows them: "[FILE...]" */
    const struct option *options; /* NULL = none */
    size_t size;                  /* of the stage's struct; 0 = stateless */
    unsigned flags;
    /* Of a source: where to cut a file, and a part of it into records. */
    enum input_cut (*cut)(const void *self, const char *path);
    void (*split)(const void *self, struct batch *b,
                  struct raw_part *part);
    void (*open)(void *self, const struct setup *setup);
    void *(*worker_open)(const void *self);
    void (*map)(const void *self, struct batch *b);
    void (*fold)(void *self, struct batch *b);
    void (*worker_close)(void *self, void *worker);
    void (*close)(void *self, const struct setup *setup);
    /* A job that streams nothing (count --merge): true when it was done. */
    bool (*instead)(void *self, const char *const *files, size_t file_count);
};

/* A command that streams no documents: train, decode, audit, run, help. */
struct command {
    const char *name;
    const char *summary;
    const char *operands;
    const struct option *options;
    size_t size;
    int (*run)(void *self, const char *const *operands, size_t count);
};

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger.h - what went in, what came out and why things went, in SQLite.
 *
 * A document is booked at each stage, when it leaves the stage or is dropped
 * there, under the language it then carries ("" = none yet, "(other)" = a label
 * that is no plain code).  So for every stage and language
 *
 *     in + copied = out + dropped by reason
 *
 * and, since each stage counts what enters it apart from what leaves it, and
 * what one lets out the next takes in, the sums can be held against each other.
 *
 * A ledger may take many runs; a run with the same command line takes the place
 * of the earlier one, so that a killed or repeated run is never counted twice.
 * All of a run is written in one transaction; there is no clock in it.  Tables:
 * docs/formats.md.
 */
#ifndef MLIN_LEDGER_H
#define MLIN_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/slice.h"

/*
 * Numbers that a stage wants in the audit: (language, name) -> value, summed.
 * Made by the pipeline for each stage; a stage adds to it in worker_close, fold
 * or close (never in map).  `name` is copied: "tokens", "words".
 */
struct ledger_notes;

struct ledger_notes *ledger_notes_new(void);
void ledger_note(struct ledger_notes *notes, struct slice lang,
                 const char *name, uint64_t value);
void ledger_notes_free(struct ledger_notes *notes);

/*
 * The counts of one stage by language and by what became of the documents.
 * `reason` NULL: the document went on.  ledger_copied: it came to be here, as a
 * copy, and is booked as gone on or dropped besides.
 */
extern const char ledger_copied[];

struct ledger_flow;

struct ledger_flow *ledger_flow_new(void);
void ledger_flow_add(struct ledger_flow *flow, struct slice lang,
                     const char *reason, uint64_t documents,
                     uint64_t bytes_in, uint64_t bytes_out);
/* Add all of `from`; used to sum what workers counted. */
void ledger_flow_merge(struct ledger_flow *flow,
                       const struct ledger_flow *from);
void ledger_flow_free(struct ledger_flow *flow);

struct ledger_stage {
    const char *name;
    const char *options;         /* as typed, for the auditor */
    uint64_t documents_entered;  /* counted where they enter */
    const struct ledger_flow *flow;
    const struct ledger_notes *notes;
};

struct ledger_file {
    const char *path;
    uint64_t bytes; /* unpacked */
};

struct ledger_run {
    const char *command; /* identifies the run: "read a.jsonl | dedup" */
    const struct ledger_stage *stages;
    size_t stage_count;
    const struct ledger_file *inputs;
    size_t input_count;
    const char *output;  /* path of the documents, or NULL */
    uint64_t output_bytes;
};

/*
 * Does the flow balance: documents entered + copied = gone on + dropped?  False
 * with the number that is missing or too many in *difference.
 */
bool ledger_balances(const struct ledger_stage *stage, int64_t *difference);

/*
 * Write a run; dies when the file is no ledger or cannot be written.  Waits up
 * to a minute for another process that writes to the same ledger.
 */
void ledger_write(const char *path, const struct ledger_run *run);

/*
 * Run one SQL query over a finished ledger, read-only; `row` gets each row as
 * text (NULL as ""), in the query's order.  Dies when the file is no ledger.
 */
void ledger_query(const char *path, const char *sql,
                  void (*row)(void *context, const char *const *columns,
                              size_t count),
                  void *context);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * input.h - files or stdin, unpacked, in blocks that end where records end.
 *
 * A block holds parts of one or more files, each part a whole number of lines
 * (or of paragraphs, or one whole file: enum input_cut).  A byte order mark at
 * the start of a file is left out.  A part with a fault stands where a file
 * could not be opened or read on, or where a record was longer than line_max;
 * it holds the first bytes of what was lost.
 *
 * Memory: one block per batch, and what one read left over.  Not thread-safe:
 * the pipeline holds a lock around input_fill().
 */
#ifndef MLIN_INPUT_H
#define MLIN_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "src/record.h"
#include "src/stage.h"

/*
 * What is kept of a record that is too long to be read: behind leading line
 * ends, its first 1024 bytes, or line_max bytes if that is less, so that it is
 * the same however it was read.
 */
enum { INPUT_LOST_MAX = 1024 };
#define INPUT_TOO_LONG "a record longer than --max-line"

struct slice input_lost(struct slice record, uint64_t line_max);

struct input;

struct input_options {
    const char *const *files; /* [file_count]; none: stdin */
    size_t file_count;
    uint64_t batch_bytes;     /* how large a block should be */
    uint64_t line_max;        /* the longest record */
    enum input_cut (*cut)(const void *source, const char *path); /* or NULL */
    const void *source;       /* CUT_LINES for all when there is no cut */
};

/* Dies when a file is not there or may not be read: before any work is done. */
struct input *input_open(const struct input_options *options);

/*
 * Fill `block` (memory that grows and is kept from batch to batch) and list its
 * parts in batch->parts.  False at the end of all files.
 */
struct block {
    char *bytes;
    size_t len, cap;
    struct raw_part *parts;
    size_t part_cap;
};
bool input_fill(struct input *input, struct block *block, struct batch *batch);

/* Packed bytes read so far, and of all files (0 when one is a pipe). */
uint64_t input_position(const struct input *input);
uint64_t input_size(const struct input *input);

/* Unpacked bytes of each file so far; for the ledger. */
uint64_t input_file_bytes(const struct input *input, size_t file);

void input_close(struct input *input);

/*
 * Add a record for each line of a part that is not blank; a line longer than
 * line_max gives a rejected record with its first bytes.
 */
void input_split_lines(struct batch *batch, struct raw_part *part,
                       uint64_t line_max);

#endif

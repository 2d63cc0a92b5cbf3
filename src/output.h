/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output.h - files that appear under their name only when they are complete.
 *
 * Bytes go to NAME.part, packed as the name asks (.gz, .zst); output_close()
 * flushes, syncs and renames.  A run that dies or is killed leaves only .part
 * files, which the next run overwrites.  "-" is stdout, which is flushed and
 * checked.  All failures (disk full, no permission) die with the file's name.
 *
 * One thread at a time for each output.
 */
#ifndef MLIN_OUTPUT_H
#define MLIN_OUTPUT_H

#include <stdint.h>

#include "src/hash.h"
#include "src/slice.h"

struct output;

struct output *output_open(const char *path);
void output_write(struct output *output, struct slice bytes);
void output_print(struct output *output, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes given to output_write() and output_print() so far, before packing. */
uint64_t output_bytes(const struct output *output);

/*
 * Let what was written so far be read in NAME.part, of a name that is not
 * packed; it may not be on the disk yet.
 */
void output_flush(struct output *output);

/*
 * Put bytes before all that was written, for formats whose head says what comes
 * after it.  Copies the file once; it must be a plain one with a name.
 */
void output_prepend(struct output *output, struct slice bytes);

/*
 * Hash the file while it is written: asked for before the first byte, of a name
 * that is not packed.
 */
void output_hash(struct output *output);

/* Finish and publish under the final name; frees the output. */
void output_close(struct output *output);

/* The same, of one that was hashed. */
struct hash128 output_close_hashed(struct output *output);

/* Remove the .part file and forget it; frees the output. */
void output_cancel(struct output *output);

/* mkdir -p; dies when it cannot. */
void output_make_directory(const char *path);

#endif

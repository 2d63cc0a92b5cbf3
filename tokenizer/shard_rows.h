/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_rows.h - NAME.csv.gz beside each shard: where its documents came from.
 *
 *   start,end,id,source,location    and CR LF, as Dolma's tokenizer writes it
 *
 * `start` and `end` are tokens of the shard, the end exclusive; marks of --bos
 * and --eos count.  Fields with a comma, a quote or a line end are quoted, as
 * Python's csv module quotes them.
 */
#ifndef MLIN_TOKENIZER_SHARD_ROWS_H
#define MLIN_TOKENIZER_SHARD_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/slice.h"

/* Append one field, quoted if need be; `to` has 2 * len + 2 bytes of room. */
char *shard_rows_field(char *to, struct slice field);

/* Append the digits of a number; `to` has 20 bytes of room. */
char *shard_rows_number(char *to, uint64_t number);

/*
 * Read the borders: `(*ends)[i]` is where document i ends; free() it.  False
 * with a fault for what is not of the form, or leaves gaps between documents;
 * fault->at is a byte of the unpacked rows.
 */
bool shard_rows_read(const char *path, uint64_t **ends, uint64_t *count,
                     struct fault *fault);

#endif

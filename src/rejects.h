/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rejects.h - the file of what left the stream, one JSON object a line:
 *
 *     {"stage":"dedup","reason":"duplicate","document":{...as it was...}}
 *     {"stage":"read","reason":"malformed","fault":"...","byte":7,"line":"..."}
 *
 * `line_base64` takes the place of `line` where the bytes are not UTF-8; a file
 * that broke off adds `file`.  There is no line number: a pipe renumbers lines.
 */
#ifndef MLIN_REJECTS_H
#define MLIN_REJECTS_H

#include "src/output.h"
#include "src/record.h"

void reject_write(struct output *output, const char *stage,
                  const struct record *record, struct arena *arena);

#endif

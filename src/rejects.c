/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rejects - write a record that left, so that it can be looked at or mended.
 */
#include "src/rejects.h"

#include <inttypes.h>

#include "src/base64.h"
#include "src/input.h"
#include "src/json.h"
#include "src/utf8.h"

static void write_line(struct output *output, struct slice line,
                       struct arena *arena)
{
    size_t at;

    if (utf8_check(line, &at)) {
        output_print(output, ",\"line\":");
        output_write(output, json_escape(line, arena));
    } else {
        output_print(output, ",\"line_base64\":\"");
        output_write(output, base64_encode(line, arena));
        output_print(output, "\"");
    }
}

void reject_write(struct output *output, const char *stage,
                  const struct record *r, struct arena *arena)
{
    output_print(output, "{\"stage\":\"%s\",\"reason\":\"%s\"", stage,
                 r->reason);
    if (r->state == RECORD_DROPPED) {
        output_print(output, ",\"document\":");
        output_write(output, r->line);
    } else {
        output_print(output, ",\"fault\":");
        output_write(output, json_escape(slice_from(r->fault.what), arena));
        output_print(output, ",\"byte\":%zu", r->fault.at);
        /* Only of a file that broke off: where a record ends is no matter. */
        if (r->part && r->part->fault.what &&
            strcmp(r->fault.what, INPUT_TOO_LONG) != 0) {
            output_print(output, ",\"file\":");
            output_write(output, json_escape(slice_from(r->part->path), arena));
        }
        write_line(output, r->line, arena);
    }
    output_print(output, "}\n");
}

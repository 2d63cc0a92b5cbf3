/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rejects - write a record that left, so that it can be looked at or mended.
 */
#include "src/rejects.h"

#include <inttypes.h>

#include "src/input.h"
#include "src/json.h"
#include "src/utf8.h"

static struct slice base64(struct slice bytes, struct arena *arena)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = arena_alloc(arena, (bytes.len + 2) / 3 * 4), *to = text;

    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t group = 0;
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;

        for (size_t j = 0; j < 3; j++)
            group = group << 8 |
                    (j < n ? (unsigned char)bytes.ptr[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            *to++ = j <= n ? digits[group >> (18 - 6 * j) & 63] : '=';
    }
    return slice_make(text, (size_t)(to - text));
}

static void write_line(struct output *output, struct slice line,
                       struct arena *arena)
{
    size_t at;

    if (utf8_check(line, &at)) {
        output_print(output, ",\"line\":");
        output_write(output, json_escape(line, arena));
    } else {
        output_print(output, ",\"line_base64\":\"");
        output_write(output, base64(line, arena));
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

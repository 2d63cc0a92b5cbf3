/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldout - a file at a time in memory.
 */
#include "langid/heldout.h"

#include <stdlib.h>

#include "langid/draw.h"
#include "src/compress.h"
#include "src/fail.h"

enum { DOCUMENT_LINES = 24 };

static const size_t file_max = (size_t)4 << 30;

/* Up to `count` words in a row, from a place drawn by seed. */
static struct slice some_words(struct slice line, struct draw *draw,
                               size_t count)
{
    size_t from = draw_below(draw, line.len), to;

    while (from > 0 && line.ptr[from - 1] != ' ')
        from--;
    for (to = from; to < line.len && count > 0; to++)
        count -= line.ptr[to] == ' ';
    return slice_make(line.ptr + from, to - from);
}

void heldout_read(const struct labels_file *file, uint64_t seed,
                  void (*use)(void *context, struct slice text), void *context)
{
    static const size_t counts[] = { 1, 1, 2, 3, 6, 10 };
    struct draw draw = { seed };
    struct slice rest, line;
    struct fault fault;
    const char *document;
    size_t lines = 0;
    char *bytes;

    if (!file_read(file->path, file_max, &bytes, &rest.len, &fault))
        die("%s: %s (byte %zu)", file->path, fault.what, fault.at);
    rest.ptr = document = bytes;
    while (labels_line(&rest, &line)) {
        if (++lines % DOCUMENT_LINES == 0) {
            use(context, slice_make(document,
                                    (size_t)(line.ptr + line.len - document)));
            document = rest.ptr;
        }
        if (line.len == 0)
            continue;
        use(context, line);
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
            use(context, some_words(line, &draw, counts[i]));
    }
    free(bytes);
}

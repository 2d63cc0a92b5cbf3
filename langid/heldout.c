/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heldout - a file at a time in memory.
 */
#include "langid/heldout.h"

#include <stdlib.h>

#include "langid/draw.h"
#include "src/compress.h"
#include "src/fail.h"
#include "src/parallel.h"

enum { DOCUMENT_LINES = 24 };

static const size_t file_max = (size_t)4 << 30;

/* Up to `count` words in a row, from a place drawn by seed; a quarter of
   the times from the beginning, where many short texts begin. */
static struct slice some_words(struct slice line, struct draw *draw,
                               size_t count)
{
    size_t from = draw_chance(draw, 25) ? 0 : draw_below(draw, line.len), to;

    while (from > 0 && line.ptr[from - 1] != ' ')
        from--;
    for (to = from; to < line.len && count > 0; to++)
        count -= line.ptr[to] == ' ';
    return slice_make(line.ptr + from, to - from);
}

void heldout_read(const struct labels_file *file, uint64_t seed,
                  heldout_use *use, void *context)
{
    static const size_t counts[] = { 1, 1, 2, 3, 6, 10 };
    struct draw draw = { seed };
    struct slice rest, line;
    struct fault fault;
    const char *document;
    struct features *room;
    size_t lines = 0;
    char *bytes;

    if (!file_read(file->path, file_max, &bytes, &rest.len, &fault))
        die("%s: %s (byte %zu)", file->path, fault.what, fault.at);
    room = xmalloc(sizeof *room);
    rest.ptr = document = bytes;
    while (labels_line(&rest, &line)) {
        if (++lines % DOCUMENT_LINES == 0) {
            use(context, room,
                slice_make(document,
                           (size_t)(line.ptr + line.len - document)));
            document = rest.ptr;
        }
        if (line.len == 0)
            continue;
        use(context, room, line);
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
            use(context, room, some_words(line, &draw, counts[i]));
    }
    free(room);
    free(bytes);
}

struct reading {
    const struct labels_file *files;
    uint64_t seed;
    heldout_use *use;
    char *contexts; /* [file] of `size` bytes */
    size_t size;
};

static void read_one(void *context, size_t i, size_t worker)
{
    const struct reading *reading = context;

    (void)worker;
    heldout_read(&reading->files[i], reading->seed + i, reading->use,
                 reading->contexts + i * reading->size);
}

void heldout_read_all(const struct labels_file *files, size_t count,
                      uint64_t seed, size_t threads, heldout_use *use,
                      void *contexts, size_t size)
{
    struct reading reading = { files, seed, use, contexts, size };

    parallel_for(threads, count, read_one, &reading);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pipeline - any bytes as an input file: what comes in does not depend on the
 * size of a batch, and what stages do to a record keeps its laws.
 *
 * The first byte chooses what the file is read as; the rest is the file, which
 * may be packed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/input.h"
#include "src/json.h"
#include "src/stage.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct stage read_stage;

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* A file of its own for each process that fuzzes; removed at once. */
static const char *file_of(const uint8_t *data, size_t size)
{
    static char path[64];
    static int fd = -1;

    if (fd < 0) {
        char name[] = "/tmp/mlin-fuzz-XXXXXX";

        fd = mkstemp(name);
        must(fd >= 0 && unlink(name) == 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    must(ftruncate(fd, 0) == 0);
    must(pwrite(fd, data, size, 0) == (ssize_t)size);
    return path;
}

static void view_is_fresh(struct batch *b, const struct record *r)
{
    struct record fresh = *r;
    struct fault fault = { NULL, 0 };

    must(record_parse(b, &fresh, true, &fault));
    must(slice_equal(fresh.text, r->text) && slice_equal(fresh.lang, r->lang));
    must(fresh.close_at == r->close_at);
    for (int key = 0; key < KEY_COUNT; key++)
        must(fresh.value[key].ptr == r->value[key].ptr &&
             fresh.value[key].len == r->value[key].len);
}

/* What a chain of stages may do to a record that parses. */
static void work_on(struct batch *b, struct record *r)
{
    struct slice line = r->line, text;
    size_t close_at = r->close_at;
    struct json_member m;

    b->replace = false;
    if (!json_find(r->line, slice_from("note"), &m)) {
        record_add_text(b, r, slice_from("note"), r->text);
        must(r->state == RECORD_KEPT);
        must(memcmp(r->line.ptr, line.ptr, close_at) == 0);
        must(json_find(r->line, slice_from("note"), &m));
        must(json_unescape(m.value, &b->arena, &text, &(struct fault){ 0 }));
        must(slice_equal(text, r->text));
        view_is_fresh(b, r);
    }
    b->replace = true;
    record_add_number(b, r, b->schema.names[KEY_LANG_SCORE], 0.5, 3);
    record_add_text(b, r, b->schema.names[KEY_LANG], r->lang);
    view_is_fresh(b, r);
    text = slice_make(r->text.ptr, r->text.len / 2);
    while (text.len > 0 && (r->text.ptr[text.len] & 0xc0) == 0x80)
        text.len--; /* not inside a character */
    record_set_text(b, r, text);
    view_is_fresh(b, r);
}

struct source {
    void *read;
    uint64_t line_max;
    const char *path;
};

/* The hash of all records as they are read with batches of this size. */
static uint64_t read_all(const struct source *source, uint64_t batch_bytes,
                         bool works)
{
    const char *const files[] = { source->path };
    struct input_options options = { files, 1, batch_bytes, source->line_max,
                                     read_stage.cut, source->read };
    struct input *input = input_open(&options);
    struct block block = { 0 };
    struct batch b = { 0 };
    uint64_t sum = 0;

    while (input_fill(input, &block, &b)) {
        arena_reset(&b.arena);
        b.count = 0;
        b.schema = schema_standard();
        for (size_t i = 0; i < b.part_count; i++) {
            size_t first = b.count;

            if (b.parts[i].fault.what)
                record_reject(batch_add(&b, b.parts[i].bytes),
                              b.parts[i].fault.what, 0);
            else
                read_stage.split(source->read, &b, &b.parts[i]);
            for (; first < b.count; first++) {
                struct record *r = &b.records[first];
                struct fault fault = { NULL, 0 };

                sum = sum * 31 + hash64(r->line) + (uint64_t)r->state;
                if (works && r->state == RECORD_KEPT &&
                    record_parse(&b, r, true, &fault))
                    work_on(&b, r);
            }
        }
    }
    input_close(input);
    arena_clear(&b.arena);
    free(b.records);
    free(block.bytes);
    free(block.parts);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const ways[][4] = {
        { "--format", "jsonl", "--unit", "file" },
        { "--format", "text", "--unit", "file" },
        { "--format", "text", "--unit", "block" },
        { "--format", "text", "--unit", "line" },
    };
    unsigned way = size > 0 ? data[0] % 4 : 0;
    struct option_list operands = { 0 };
    struct source source = { xcalloc(1, read_stage.size), 1 << 20, NULL };
    struct setup setup = { .line_max = 1 << 20 };
    uint64_t sum;

    /* With more line ends around a text than input.c reckons with: not here. */
    if (size > 0 && data[0] & 4 && (way == 0 || way == 3))
        setup.line_max = source.line_max = 1 + data[0] / 8;
    options_preset(read_stage.options, source.read);
    options_parse(read_stage.options, source.read, NULL, NULL, ways[way], 4,
                  &operands);
    read_stage.open(source.read, &setup);
    source.path = size > 0 ? file_of(data + 1, size - 1) : "/dev/null";
    sum = read_all(&source, 1 << 20, true);
    must(read_all(&source, 1, false) == sum);
    must(read_all(&source, 50, false) == sum);
    free(source.read);
    return 0;
}

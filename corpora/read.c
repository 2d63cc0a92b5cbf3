/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read - turn files into documents: JSON Lines as they are, text wrapped up.
 *
 * Each document leaves with `text`, `id` and `source`.  `id` is the one given,
 * else a hash of source and text: never a number that depends on how the input
 * was cut.  `source` is the one given, else the file, as it was named, and the
 * byte where the record begins in the unpacked file.
 *
 * Costs nothing but the parse for JSON Lines that have all three.
 */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/input.h"
#include "src/json.h"
#include "src/stage.h"
#include "src/utf8.h"

enum { DIGITS_MAX = 20 }; /* of a 64-bit number */

enum format { FORMAT_JSONL, FORMAT_TEXT };

struct read {
    const char *format_name, *unit_name;
    bool is_auto;
    enum format format;  /* unless is_auto */
    enum input_cut unit; /* of text files */
    uint64_t line_max;
};

static const struct option read_options[] = {
    { "format", OPTION_TEXT, offsetof(struct read, format_name), "auto",
      "jsonl|text|auto", "what the files are; auto goes by the name" },
    { "unit", OPTION_TEXT, offsetof(struct read, unit_name), "file",
      "file|block|line", "what is one document of a text file; a block ends "
      "at an empty line" },
    { 0 }
};

static bool ends_with(struct slice name, const char *end)
{
    size_t len = strlen(end);

    return name.len >= len &&
           strncasecmp(name.ptr + name.len - len, end, len) == 0;
}

static bool name_is(const char *path, const char *const *ends)
{
    struct slice name = slice_from(path);

    if (ends_with(name, ".gz") || ends_with(name, ".zst"))
        name.len -= ends_with(name, ".gz") ? 3 : 4;
    for (size_t i = 0; ends[i]; i++)
        if (ends_with(name, ends[i]))
            return true;
    return false;
}

static enum format format_of(const struct read *read, const char *path)
{
    static const char *const jsonl[] = { ".jsonl", ".json", ".ndjson", NULL };
    static const char *const text[] = { ".txt", ".text", ".md", NULL };

    if (!read->is_auto)
        return read->format;
    if (strcmp(path, "-") == 0 || strcmp(path, "stdin") == 0 ||
        name_is(path, jsonl))
        return FORMAT_JSONL;
    if (!name_is(path, text))
        die("%s: the name does not say what it is; use --format jsonl or "
            "--format text", path);
    return FORMAT_TEXT;
}

static void read_open(void *self, const struct setup *setup)
{
    struct read *read = self;
    const char *format = read->format_name, *unit = read->unit_name;

    read->line_max = setup->line_max;
    read->is_auto = strcmp(format, "auto") == 0;
    if (strcmp(format, "text") == 0)
        read->format = FORMAT_TEXT;
    else if (strcmp(format, "jsonl") != 0 && !read->is_auto)
        usage_error("--format: '%s' is not jsonl, text or auto", format);
    if (strcmp(unit, "file") == 0)
        read->unit = CUT_FILES;
    else if (strcmp(unit, "block") == 0)
        read->unit = CUT_BLOCKS;
    else if (strcmp(unit, "line") != 0)
        usage_error("--unit: '%s' is not file, block or line", unit);
    for (size_t i = 0; i < setup->file_count; i++)
        format_of(read, setup->files[i]); /* dies before any work is done */
}

static enum input_cut read_cut(const void *self, const char *path)
{
    const struct read *read = self;

    return format_of(read, path) == FORMAT_JSONL ? CUT_LINES : read->unit;
}

/* ---- plain text ---- */

static struct slice source_of(struct batch *b, const struct raw_part *part,
                              uint64_t offset)
{
    size_t len = strlen(part->path), count = 0;
    char *text = arena_alloc(&b->arena, len + 1 + DIGITS_MAX);
    char digits[DIGITS_MAX];

    memcpy(text, part->path, len);
    text[len++] = ':';
    for (uint64_t rest = part->at + offset; count == 0 || rest > 0; rest /= 10)
        digits[count++] = (char)('0' + rest % 10);
    while (count > 0)
        text[len++] = digits[--count];
    return slice_make(text, len);
}

static struct slice id_of(struct batch *b, struct slice source,
                          struct slice text)
{
    const struct slice parts[] = { source, text };
    char digits[33];

    hash128_print(hash128_parts(parts, 2), digits);
    return arena_copy(&b->arena, slice_make(digits, 32));
}

static char *put(char *to, const char *text)
{
    size_t len = strlen(text);

    memcpy(to, text, len);
    return to + len;
}

static void add_text(struct batch *b, const struct raw_part *part,
                     struct slice text)
{
    uint64_t offset = (uint64_t)(text.ptr - part->bytes.ptr);
    struct slice source = source_of(b, part, offset);
    struct record *r;
    size_t bad;
    char *line, *at;

    if (!utf8_check(text, &bad)) {
        r = batch_add(b, text);
        record_reject(r, "the text is not UTF-8", bad);
    } else {
        line = at = arena_alloc(&b->arena,
                                (source.len + text.len) * 6 + 128);
        at = put(at, "{\"id\":\"");
        memcpy(at, id_of(b, source, text).ptr, 32);
        at = put(at + 32, "\",\"source\":");
        at = json_escape_to(at, source);
        at = put(at, ",\"text\":");
        at = json_escape_to(at, text);
        *at++ = '}';
        r = batch_add(b, slice_make(line, (size_t)(at - line)));
    }
    r->part = part;
    r->part_line = offset;
}

/* Where the next paragraph ends: behind a newline before an empty line. */
static size_t block_end(struct slice bytes, size_t at)
{
    const char *newline;

    while ((newline = memchr(bytes.ptr + at, '\n', bytes.len - at))) {
        at = (size_t)(newline - bytes.ptr) + 1;
        if (at < bytes.len && bytes.ptr[at] == '\n')
            return at;
        if (at + 1 < bytes.len && bytes.ptr[at] == '\r' &&
            bytes.ptr[at + 1] == '\n')
            return at;
    }
    return bytes.len;
}

static size_t piece_end(struct slice bytes, size_t at, int cut)
{
    const char *newline;

    if (cut == CUT_FILES)
        return bytes.len;
    if (cut == CUT_BLOCKS)
        return block_end(bytes, at);
    newline = memchr(bytes.ptr + at, '\n', bytes.len - at);
    return newline ? (size_t)(newline - bytes.ptr) + 1 : bytes.len;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static void split_text(const struct read *read, struct batch *b,
                       struct raw_part *part)
{
    struct slice bytes = part->bytes;

    for (size_t at = 0, end; at < bytes.len; at = end) {
        size_t from = at, stop = end = piece_end(bytes, at, part->cut);

        while (from < stop && is_line_end(bytes.ptr[from]))
            from++;
        while (stop > from && is_line_end(bytes.ptr[stop - 1]))
            stop--;
        if (stop - from > read->line_max) {
            struct record *r = batch_add(
                b, input_lost(slice_make(bytes.ptr + from, stop - from),
                              read->line_max));

            r->part = part;
            r->part_line = from;
            record_reject(r, INPUT_TOO_LONG, 0);
        } else if (stop > from) {
            add_text(b, part, slice_make(bytes.ptr + from, stop - from));
        }
    }
}

static void read_split(const void *self, struct batch *b,
                       struct raw_part *part)
{
    const struct read *read = self;

    if (format_of(read, part->path) == FORMAT_JSONL)
        input_split_lines(b, part, read->line_max);
    else
        split_text(read, b, part);
}

/* ---- JSON Lines ---- */

/* A field that came under another name leaves under ours. */
static void rename_fields(struct batch *b, struct record *r)
{
    for (int key = 0; key < KEY_COUNT; key++)
        if (r->value[key].ptr &&
            !slice_equal(b->schema.names[key],
                         record_key_name((enum record_key)key)))
            record_rename(b, r, (enum record_key)key);
}

static void read_map(const void *self, struct batch *b)
{
    struct schema given = b->schema, standard = schema_standard();
    bool maps = !schema_equal(&given, &standard);

    (void)self;
    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        uint64_t offset = (uint64_t)(r->line.ptr - r->part->bytes.ptr);
        struct fault fault;
        struct slice source;

        if (maps) {
            b->schema = given;
            rename_fields(b, r);
            b->schema = standard;
            if (r->state == RECORD_KEPT && !record_parse(b, r, true, &fault))
                record_reject(r, fault.what, fault.at);
        }
        if (r->state != RECORD_KEPT)
            continue;
        if (!record_get(b, r, KEY_SOURCE, &source))
            source = source_of(b, r->part, offset);
        if (!r->value[KEY_ID].ptr)
            record_add_text(b, r, b->schema.names[KEY_ID],
                            id_of(b, source, r->text));
        if (!r->value[KEY_SOURCE].ptr)
            record_add_text(b, r, b->schema.names[KEY_SOURCE], source);
    }
    b->schema = standard;
}

const struct stage read_stage = {
    .name = "read",
    .summary = "read JSON Lines or text files, packed or not, as documents",
    .operands = "[FILE...]",
    .options = read_options,
    .size = sizeof(struct read),
    .flags = STAGE_SOURCE,
    .cut = read_cut,
    .split = read_split,
    .open = read_open,
    .map = read_map,
};

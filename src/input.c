/* SPDX-License-Identifier: Apache-2.0 */
/*
 * input - read ahead into one buffer, hand out pieces that end at a record.
 *
 * The buffer holds what was read and not yet handed out, so it grows only while
 * one record is longer than it; a record longer than line_max is skipped as it
 * streams by.  The search for a cut goes on where it stopped, so one endless
 * line costs linear time.
 */
#include "src/input.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/compress.h"
#include "src/fail.h"

enum { READ_BYTES = 256 << 10, LINE_ENDS = 16 };

struct input {
    struct input_options options;
    struct reader *reader; /* of the file at work */
    const char *path;
    size_t file;           /* how many files were begun */
    enum input_cut cut;
    char *buffer;          /* [cap], bytes from .. len are waiting */
    size_t from, len, cap;
    uint64_t at;           /* offset of buffer[from] in the unpacked file */
    bool ended;            /* the reader gave all it has */
    struct fault fault;    /* what ended the file */
    uint64_t done_bytes;   /* packed bytes of files already closed */
    uint64_t size;
    uint64_t *file_bytes;  /* [file_count or 1] */
};

static const char *const stdin_only[] = { "-" };

struct input *input_open(const struct input_options *options)
{
    struct input *input = xcalloc(1, sizeof *input);
    struct stat info;
    bool is_known = true;

    input->options = *options;
    if (options->file_count == 0) {
        input->options.files = stdin_only;
        input->options.file_count = 1;
    }
    input->file_bytes = xcalloc(input->options.file_count, sizeof(uint64_t));
    for (size_t i = 0; i < input->options.file_count; i++) {
        const char *path = input->options.files[i];
        bool is_stdin = strcmp(path, "-") == 0;

        if (is_stdin ? fstat(STDIN_FILENO, &info) != 0
                     : stat(path, &info) != 0 || access(path, R_OK) != 0)
            die("%s: %s", path, strerror(errno));
        if (S_ISDIR(info.st_mode))
            die("%s: is a directory", path);
        if (!S_ISREG(info.st_mode))
            is_known = false;
        input->size += (uint64_t)info.st_size;
    }
    if (!is_known)
        input->size = 0;
    return input;
}

static struct raw_part *part_add(struct input *input, struct block *block,
                                 struct batch *batch)
{
    struct raw_part *part;

    block->parts = grow(block->parts, &block->part_cap, batch->part_count + 1,
                        sizeof *block->parts);
    part = &block->parts[batch->part_count++];
    *part = (struct raw_part){ .path = input->path,
                               .file = input->file - 1,
                               .at = input->at,
                               .cut = (int)input->cut };
    return part;
}

static void file_close(struct input *input)
{
    input->done_bytes += reader_position(input->reader);
    input->file_bytes[input->file - 1] = input->at;
    reader_close(input->reader);
    input->reader = NULL;
}

static void read_more(struct input *input)
{
    size_t got;

    if (input->from > 0 && input->len + READ_BYTES > input->cap) {
        memmove(input->buffer, input->buffer + input->from,
                input->len - input->from);
        input->len -= input->from;
        input->from = 0;
    }
    input->buffer = grow(input->buffer, &input->cap, input->len + READ_BYTES,
                         1);
    got = reader_read(input->reader, input->buffer + input->len,
                      input->cap - input->len, &input->fault);
    input->len += got;
    if (got == 0)
        input->ended = true;
}

/* The first bytes of a file; a pipe may give them one at a time. */
static void read_start(struct input *input)
{
    while (input->len < 3 && !input->ended)
        read_more(input);
    if (input->len >= 3 && memcmp(input->buffer, "\xef\xbb\xbf", 3) == 0) {
        input->from = 3;
        input->at = 3;
    }
}

static bool file_open(struct input *input, struct block *block,
                      struct batch *batch)
{
    struct fault fault = { NULL, 0 };

    while (!input->reader && input->file < input->options.file_count) {
        const char *path = input->options.files[input->file++];

        input->path = strcmp(path, "-") == 0 ? "stdin" : path;
        input->cut = input->options.cut
                         ? input->options.cut(input->options.source, path)
                         : CUT_LINES;
        input->at = 0;
        input->from = input->len = 0;
        input->ended = false;
        input->fault = fault;
        input->reader = reader_open(path, &fault);
        if (!input->reader) {
            part_add(input, block, batch)->fault = fault;
            fault = (struct fault){ NULL, 0 };
        }
    }
    if (input->reader)
        read_start(input);
    return input->reader != NULL;
}

/* The first place to cut at or after `start`: an offset behind it; 0: none. */
static size_t cut_after(const struct input *input, size_t start)
{
    const char *bytes = input->buffer, *newline;

    if (input->cut == CUT_FILES)
        return 0;
    while ((newline = memchr(bytes + start, '\n', input->len - start))) {
        size_t end = (size_t)(newline - bytes) + 1;

        if (input->cut == CUT_LINES)
            return end;
        if (end < input->len && bytes[end] == '\n')
            return end + 1;
        if (end + 1 < input->len && bytes[end] == '\r' &&
            bytes[end + 1] == '\n')
            return end + 2;
        start = end;
    }
    return 0;
}

/* The last cut in from .. limit, so that a block is full but not too full. */
static size_t cut_before(const struct input *input, size_t limit)
{
    const char *bytes = input->buffer;
    size_t end = limit;

    while (end > input->from) {
        const char *newline = memrchr(bytes + input->from, '\n',
                                      end - input->from);

        if (!newline)
            return 0;
        end = (size_t)(newline - bytes);
        if (input->cut == CUT_LINES)
            return end + 1;
        if (end > input->from &&
            (bytes[end - 1] == '\n' ||
             (bytes[end - 1] == '\r' && end - 1 > input->from &&
              bytes[end - 2] == '\n')))
            return end + 1;
    }
    return 0;
}

static void take(struct input *input, struct block *block, struct batch *batch,
                 size_t len, struct fault fault)
{
    struct raw_part *part = part_add(input, block, batch);

    block->bytes = grow(block->bytes, &block->cap, block->len + len + 1, 1);
    memcpy(block->bytes + block->len, input->buffer + input->from, len);
    block->len += len;
    part->bytes.len = len; /* its place is set when the block is full */
    part->fault = fault;
    part->line_count = fault.what ? 1 : 0;
}

static void move_to(struct input *input, size_t end)
{
    input->at += end - input->from;
    input->from = end;
}

/*
 * Hand out good bytes up to `end`.  An empty block takes the buffer itself and
 * gives its own for what follows: most of the text is never copied.
 */
static void take_to(struct input *input, struct block *block,
                    struct batch *batch, size_t end)
{
    size_t len = end - input->from, rest = input->len - end;
    char *bytes = input->buffer;
    size_t cap = input->cap;

    if (input->from > 0 || block->len > 0 || rest > len) {
        take(input, block, batch, len, (struct fault){ NULL, 0 });
        move_to(input, end);
        return;
    }
    part_add(input, block, batch)->bytes.len = len;
    input->buffer = grow(block->bytes, &block->cap, rest + 1, 1);
    input->cap = block->cap;
    memcpy(input->buffer, bytes + end, rest);
    input->len = rest;
    input->at += len;
    block->bytes = bytes;
    block->cap = cap;
    block->len = len;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

struct slice input_lost(struct slice record, uint64_t line_max)
{
    size_t most = line_max < INPUT_LOST_MAX ? (size_t)line_max : INPUT_LOST_MAX;

    while (record.len > 0 && is_line_end(*record.ptr))
        record = slice_make(record.ptr + 1, record.len - 1);
    return slice_make(record.ptr, record.len < most ? record.len : most);
}

/* Stand a part for a record that is lost, with its first bytes. */
static void take_lost(struct input *input, struct block *block,
                      struct batch *batch, struct fault fault)
{
    struct slice rest;

    while (input->from < input->len &&
           is_line_end(input->buffer[input->from]))
        move_to(input, input->from + 1);
    rest = slice_make(input->buffer + input->from, input->len - input->from);
    take(input, block, batch, input_lost(rest, input->options.line_max).len,
         fault);
}

/*
 * The most bytes that may be a good record with the line ends around it;
 * whether it is too long without them, split() judges.
 */
static size_t longest(const struct input *input)
{
    return (size_t)input->options.line_max + LINE_ENDS;
}

/* Hand out all that is left of a file that has ended, well or badly. */
static void take_rest(struct input *input, struct block *block,
                      struct batch *batch)
{
    size_t good = input->len;

    if (input->fault.what)
        good = input->cut == CUT_FILES ? 0 : cut_before(input, input->len);
    if (good > input->from) {
        take_to(input, block, batch, good);
    }
    if (input->fault.what) {
        if (input->len - input->from >= longest(input)) {
            take_lost(input, block, batch,
                      (struct fault){ INPUT_TOO_LONG, 0 });
            move_to(input, input->len);
        }
        take_lost(input, block, batch, input->fault);
    }
    move_to(input, input->len);
    file_close(input);
}

/*
 * Pass over a record that is too long: what is here of it and what follows.
 * The last two bytes stay, since an empty line may lie on both sides of a read.
 */
static void skip_record(struct input *input)
{
    size_t end = 0;

    while (end == 0 && !input->ended) {
        if (input->len - input->from > 2)
            move_to(input, input->len - 2);
        read_more(input);
        end = cut_after(input, input->from);
    }
    move_to(input, end > 0 ? end : input->len);
}

/* Hand out one record that is longer than a block should be. */
static void take_long(struct input *input, struct block *block,
                      struct batch *batch, size_t searched)
{
    size_t end;

    while ((end = cut_after(input, searched)) == 0 && !input->ended &&
           input->len - input->from < longest(input)) {
        /* An empty line's two newlines may lie on both sides of a read. */
        searched = input->len - input->from > 2 ? input->len - 2 - input->from
                                                : 0;
        read_more(input);
        searched += input->from;
    }
    if (end > 0 && end - input->from <= longest(input)) {
        take_to(input, block, batch, end);
    } else if (input->len - input->from >= longest(input)) {
        take_lost(input, block, batch,
                  (struct fault){ INPUT_TOO_LONG, 0 });
        if (end > 0)
            move_to(input, end);
        else
            skip_record(input);
    } else {
        take_rest(input, block, batch);
    }
}

/* Hand out one part of the file at work; false when it must wait its turn. */
static bool fill_part(struct input *input, struct block *block,
                      struct batch *batch)
{
    size_t want = (size_t)input->options.batch_bytes - block->len, end;

    while (input->len - input->from < want && !input->ended)
        read_more(input);
    if (input->ended && input->len - input->from <= want) {
        take_rest(input, block, batch);
        return true;
    }
    end = input->cut == CUT_FILES ? 0 : cut_before(input, input->from + want);
    if (end > 0) {
        take_to(input, block, batch, end);
        return true;
    }
    if (block->len > 0)
        return false;
    take_long(input, block, batch, input->from);
    return true;
}

/* Only now has the block stopped moving: turn lengths into slices. */
static void set_parts(struct block *block, struct batch *batch)
{
    size_t at = 0;

    batch->parts = block->parts;
    for (size_t i = 0; i < batch->part_count; i++) {
        struct slice *bytes = &block->parts[i].bytes;

        bytes->ptr = block->bytes ? block->bytes + at : "";
        at += bytes->len;
    }
}

bool input_fill(struct input *input, struct block *block, struct batch *batch)
{
    block->len = 0;
    batch->part_count = 0;
    while (block->len < input->options.batch_bytes)
        if ((!input->reader && !file_open(input, block, batch)) ||
            !fill_part(input, block, batch))
            break;
    set_parts(block, batch);
    return batch->part_count > 0;
}

uint64_t input_position(const struct input *input)
{
    return input->done_bytes +
           (input->reader ? reader_position(input->reader) : 0);
}

uint64_t input_size(const struct input *input)
{
    return input->size;
}

uint64_t input_file_bytes(const struct input *input, size_t file)
{
    return input->file_bytes[file];
}

void input_close(struct input *input)
{
    if (input->reader)
        file_close(input);
    free(input->buffer);
    free(input->file_bytes);
    free(input);
}

static bool is_blank(struct slice line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] != ' ' && line.ptr[i] != '\t' && line.ptr[i] != '\r')
            return false;
    return true;
}

void input_split_lines(struct batch *batch, struct raw_part *part,
                       uint64_t line_max)
{
    const char *at = part->bytes.ptr, *end = at + part->bytes.len;
    uint64_t line = 0;

    for (; at < end; line++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        struct slice bytes = slice_make(at, (size_t)(stop - at));

        if (bytes.len > line_max) {
            struct record *r = batch_add(batch, input_lost(bytes, line_max));

            r->part = part;
            r->part_line = line;
            record_reject(r, INPUT_TOO_LONG, 0);
        } else if (!is_blank(bytes)) {
            struct record *r = batch_add(batch, bytes);

            r->part = part;
            r->part_line = line;
        }
        at = newline ? newline + 1 : end;
    }
    part->line_count = line;
}

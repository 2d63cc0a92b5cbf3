/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_rows - the rows of a shard's csv.gz: fields written, borders read.
 *
 * Reading streams: a row may be of any length, only its two numbers are kept.
 */
#include "tokenizer/shard_rows.h"

#include <stdlib.h>

#include "src/compress.h"

enum { READ_BYTES = 64 << 10 };

char *shard_rows_field(char *to, struct slice field)
{
    bool is_plain = true;

    for (size_t i = 0; i < field.len && is_plain; i++)
        is_plain = !strchr(",\"\r\n", field.ptr[i]) || field.ptr[i] == '\0';
    if (is_plain) {
        if (field.len > 0)
            memcpy(to, field.ptr, field.len);
        return to + field.len;
    }
    *to++ = '"';
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '"')
            *to++ = '"';
        *to++ = field.ptr[i];
    }
    *to++ = '"';
    return to;
}

char *shard_rows_number(char *to, uint64_t number)
{
    char digits[20];
    size_t len = 0;

    do
        digits[len++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (len > 0)
        *to++ = digits[--len];
    return to;
}

/* The state between two bytes of a file of rows. */
struct parse {
    unsigned column;       /* 0 start, 1 end, 2 the rest of the row */
    bool is_quoted;        /* inside of quotes */
    bool has_digit;        /* this number has one */
    uint64_t number, start;
    uint64_t *ends, count;
    size_t cap;
};

static bool parse_number_end(struct parse *p)
{
    uint64_t before = p->count > 0 ? p->ends[p->count - 1] : 0;

    if (!p->has_digit)
        return false;
    if (p->column++ == 0) {
        p->start = p->number;
    } else {
        if (p->start != before || p->number < p->start)
            return false;
        p->ends = grow(p->ends, &p->cap, p->count + 1, sizeof *p->ends);
        p->ends[p->count++] = p->number;
    }
    p->number = 0;
    p->has_digit = false;
    return true;
}

static bool parse_byte(struct parse *p, char c)
{
    if (p->column < 2) {
        if (c == ',')
            return parse_number_end(p);
        if (c == '\n' && p->column == 1) { /* OLMo-core writes but the two */
            bool ok = parse_number_end(p);

            p->column = 0;
            return ok;
        }
        if (c < '0' || c > '9' || p->number > UINT64_MAX / 20)
            return false;
        p->number = p->number * 10 + (uint64_t)(c - '0');
        p->has_digit = true;
    } else if (c == '"') {
        p->is_quoted = !p->is_quoted;
    } else if (c == '\n' && !p->is_quoted) {
        p->column = 0;
    }
    return true;
}

static bool parse_all(struct reader *reader, struct parse *p,
                      struct fault *fault)
{
    char bytes[READ_BYTES];
    size_t at = 0, len;

    while ((len = reader_read(reader, bytes, sizeof bytes, fault)) > 0)
        for (size_t i = 0; i < len; i++, at++)
            if (!parse_byte(p, bytes[i])) {
                *fault = (struct fault){ "a row of its .csv.gz is not "
                                         "start,end,... or leaves a gap", at };
                return false;
            }
    if (!fault->what && (p->column != 0 || p->has_digit))
        *fault = (struct fault){ "its .csv.gz ends within a row", at };
    return !fault->what;
}

bool shard_rows_read(const char *path, uint64_t **ends, uint64_t *count,
                     struct fault *fault)
{
    struct reader *reader = reader_open(path, fault);
    struct parse parse = { 0 };
    bool ok;

    if (!reader)
        return false;
    ok = parse_all(reader, &parse, fault);
    reader_close(reader);
    *ends = parse.ends;
    *count = parse.count;
    return ok;
}

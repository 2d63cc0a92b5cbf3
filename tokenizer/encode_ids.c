/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode_ids - numbers and where they stand, as JSON.
 */
#include "tokenizer/encode_ids.h"

#include <stdbool.h>
#include <string.h>

enum { DIGITS_MAX = 20 };

static char *put_number(char *to, uint64_t number)
{
    char digits[DIGITS_MAX];
    size_t len = 0;

    do
        digits[len++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (len > 0)
        *to++ = digits[--len];
    return to;
}

static char *put_text(char *to, const char *text)
{
    size_t len = strlen(text);

    memcpy(to, text, len);
    return to + len;
}

static char *put_ids(char *to, const uint32_t *ids, size_t count)
{
    *to++ = '[';
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *to++ = ',';
        to = put_number(to, ids[i]);
    }
    *to++ = ']';
    return to;
}

struct slice encode_ids_line(const uint32_t *ids, size_t count,
                             struct arena *arena)
{
    char *line = arena_alloc(arena, count * (DIGITS_MAX / 2 + 1) + 3);
    char *to = put_ids(line, ids, count);

    *to++ = '\n';
    return slice_make(line, (size_t)(to - line));
}

static char *put_offset(char *to, size_t begin, size_t end)
{
    *to++ = '[';
    to = put_number(to, begin);
    *to++ = ',';
    to = put_number(to, end);
    *to++ = ']';
    *to++ = ',';
    return to;
}

/*
 * The offsets of ids[count]; NULL when they do not spell the text.  A
 * vocabulary of characters may have put a space first, which is no byte of it.
 */
static char *put_offsets(char *to, const struct vocab *vocab,
                         const uint32_t *ids, size_t count, struct slice text)
{
    bool may_skip = vocab->space != VOCAB_SPACE_NEVER;
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        struct slice token = vocab->tokens[ids[i]].bytes;
        size_t begin = at;

        if (i == 0 && may_skip && token.len > 0 && token.ptr[0] == ' ' &&
            (text.len == 0 || text.ptr[0] != ' ' ||
             vocab->space == VOCAB_SPACE_ALWAYS))
            token = slice_make(token.ptr + 1, token.len - 1);
        if (token.len > text.len - at ||
            memcmp(token.ptr, text.ptr + at, token.len) != 0)
            return NULL;
        at += token.len;
        to = put_offset(to, begin, at);
    }
    return at == text.len ? to : NULL;
}

struct slice encode_ids_offsets(const struct vocab *vocab, const uint32_t *ids,
                                size_t count, size_t before, size_t after,
                                struct slice text, struct arena *arena)
{
    char *line = arena_alloc(arena, count * (3 * DIGITS_MAX + 6) + 32);
    char *to = put_text(line, "{\"ids\":"), *offsets, *end;

    to = put_text(put_ids(to, ids, count), ",\"offsets\":");
    offsets = to;
    *to++ = '[';
    for (size_t i = 0; i < before; i++)
        to = put_offset(to, 0, 0);
    end = put_offsets(to, vocab, ids + before, count - before - after, text);
    if (end) {
        to = end;
        for (size_t i = 0; i < after; i++)
            to = put_offset(to, text.len, text.len);
        to -= count > 0;
        *to++ = ']';
    } else {
        to = put_text(offsets, "null");
    }
    to = put_text(to, "}\n");
    return slice_make(line, (size_t)(to - line));
}

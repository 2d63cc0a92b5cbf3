/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans_cut - one gap between words is made of the two around a span.
 */
#include "filters/spans_cut.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "src/charclass.h"
#include "src/utf8.h"

/* What stands between two words, or before the first or behind the last. */
struct gap {
    struct slice bytes;
    size_t head;           /* up to it: of the word before */
    size_t line;           /* behind the last newline, or 0 */
    size_t blank;          /* behind the last white space, or 0 */
    size_t tail;           /* from it on: of the word behind */
    size_t newlines;
    struct slice space;    /* the first white space; len 0: there is none */
};

static bool is_opening(uint8_t class)
{
    return class == CHAR_PS || class == CHAR_PI;
}

static struct gap gap_read(struct slice text, size_t begin, size_t end)
{
    struct gap gap = { .bytes = slice_make(text.ptr + begin, end - begin) };
    size_t opening = gap.bytes.len;

    for (size_t at = 0; at < gap.bytes.len;) {
        size_t from = at;
        uint32_t c = utf8_next(gap.bytes, &at);
        uint8_t class = charclass_get(c);

        if (is_opening(class) && opening == gap.bytes.len)
            opening = from;
        if (!(class & CHAR_SPACE))
            continue;
        if (gap.space.len == 0) {
            gap.head = from;
            gap.space = slice_make(gap.bytes.ptr + from, at - from);
        }
        gap.blank = at;
        if (c == '\n') {
            gap.newlines++;
            gap.line = at;
        }
    }
    if (gap.space.len == 0)
        gap.head = gap.tail = opening;
    else
        gap.tail = gap.newlines > 0 ? gap.line : gap.blank;
    return gap;
}

struct writer {
    char *bytes;
    size_t len;
};

static void put(struct writer *out, struct slice bytes)
{
    if (bytes.len > 0)
        memcpy(out->bytes + out->len, bytes.ptr, bytes.len);
    out->len += bytes.len;
}

static struct slice part_of(struct slice bytes, size_t begin, size_t end)
{
    return slice_make(bytes.ptr + begin, end - begin);
}

/* Would the two words be one, if nothing stood between them? */
static bool would_join(struct slice a, struct slice b, struct arena *arena)
{
    char *both = arena_alloc(arena, a.len + b.len);

    memcpy(both, a.ptr, a.len);
    memcpy(both + a.len, b.ptr, b.len);
    return shingle_words(slice_make(both, a.len + b.len), arena).count == 1;
}

static struct slice word_at(const struct span_words *words, size_t i)
{
    return part_of(words->text, words->begins[i], words->ends[i]);
}

/* The gap that takes the place of words [first, end), not at an end. */
static void put_gap(struct writer *out, const struct span_words *words,
                    size_t first, size_t end, const struct gap *before,
                    const struct gap *after, struct arena *arena)
{
    size_t newlines = before->newlines > after->newlines ? before->newlines
                                                         : after->newlines;
    size_t begin = out->len;

    put(out, part_of(before->bytes, 0, before->head));
    for (size_t i = 0; i < newlines && i < 2; i++)
        out->bytes[out->len++] = '\n';
    if (newlines > 0 && after->newlines == 0)
        put(out, part_of(before->bytes, before->line, before->blank));
    else if (newlines == 0)
        put(out, before->space.len > 0 ? before->space : after->space);
    put(out, part_of(after->bytes, after->tail, after->bytes.len));
    if (out->len == begin &&
        would_join(word_at(words, first - 1), word_at(words, end), arena))
        out->bytes[out->len++] = ' ';
}

/* What takes the place of words [first, end) and of the gaps around them. */
static void put_cut(struct writer *out, const struct span_words *words,
                    size_t first, size_t end, struct arena *arena)
{
    struct slice text = words->text;
    size_t from = first > 0 ? words->ends[first - 1] : 0;
    struct gap before = gap_read(text, from, words->begins[first]);
    struct gap after = gap_read(text, words->ends[end - 1], words->begins[end]);

    if (first > 0 && end < words->count) {
        put_gap(out, words, first, end, &before, &after, arena);
    } else if (first > 0) {
        put(out, part_of(before.bytes, 0, before.head));
        if (text.ptr[text.len - 1] == '\n')
            out->bytes[out->len++] = '\n';
    } else if (end < words->count) {
        put(out, part_of(after.bytes, after.tail, after.bytes.len));
    }
}

size_t spans_cut_left(const struct span_words *words,
                      const struct span_matches *matches)
{
    size_t left = words->count;

    for (size_t i = 0; i < matches->count; i++)
        left -= matches->list[i].end - matches->list[i].first;
    return left;
}

struct slice spans_cut(const struct span_words *words,
                       const struct span_matches *matches,
                       struct arena *arena)
{
    struct slice text = words->text;
    struct writer out = { arena_alloc(arena, text.len + 1), 0 };
    size_t at = 0, end;

    for (size_t i = 0; i < matches->count; i++) {
        size_t first = matches->list[i].first;

        end = matches->list[i].end;
        while (i + 1 < matches->count && matches->list[i + 1].first == end)
            end = matches->list[++i].end;
        if (first > 0)
            put(&out, part_of(text, at, words->ends[first - 1]));
        put_cut(&out, words, first, end, arena);
        at = words->begins[end];
    }
    put(&out, part_of(text, at, text.len));
    return slice_make(out.bytes, out.len);
}

struct slice spans_cut_print(const struct span_words *words,
                             const struct span_matches *matches,
                             struct arena *arena)
{
    size_t cap = 3, len = 0;
    char *out;

    for (size_t i = 0; i < matches->count; i++)
        cap += 70 + matches->list[i].id.len;
    out = arena_alloc(arena, cap);
    out[len++] = '[';
    for (size_t i = 0; i < matches->count; i++) {
        const struct span_match *m = &matches->list[i];
        uint32_t begin = words->begins[m->first];

        len += (size_t)snprintf(out + len, cap - len, "%s[%u,%u,",
                                i > 0 ? "," : "", (unsigned)begin,
                                (unsigned)(words->ends[m->end - 1] - begin));
        memcpy(out + len, m->id.ptr, m->id.len);
        len += m->id.len;
        len += (size_t)snprintf(out + len, cap - len, ",%" PRIu64 "]", m->at);
    }
    out[len++] = ']';
    return slice_make(out, len);
}

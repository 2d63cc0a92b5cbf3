/* SPDX-License-Identifier: Apache-2.0 */
/*
 * units - cut, mark and join; linear in the text.
 */
#include "filters/units.h"

#include <stdio.h>
#include <string.h>

#include "src/charclass.h"
#include "src/utf8.h"

bool units_parse(const char *name, enum unit *unit)
{
    static const char *const names[] = { "document", "paragraph", "line" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *unit = (enum unit)i;
            return true;
        }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct slice trim(struct slice text)
{
    while (text.len > 0 && is_blank(text.ptr[0]))
        text.ptr++, text.len--;
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

static size_t line_end(struct slice text, size_t at)
{
    const char *end = at < text.len
                          ? memchr(text.ptr + at, '\n', text.len - at)
                          : NULL;

    return end ? (size_t)(end - text.ptr) + 1 : text.len;
}

static bool is_blank_line(struct slice text, size_t at, size_t end)
{
    return trim(slice_make(text.ptr + at, end - at)).len == 0;
}

/* The end of a unit: with the newlines behind it, up to the next one. */
static size_t unit_end(struct slice text, size_t at, enum unit unit)
{
    bool was_blank = false;

    if (unit == UNIT_DOCUMENT)
        return text.len;
    if (unit == UNIT_LINE)
        return line_end(text, at);
    while (at < text.len) {
        size_t end = line_end(text, at);
        bool blank = is_blank_line(text, at, end);

        if (was_blank && !blank)
            break;
        was_blank = blank;
        at = end;
    }
    return at;
}

static size_t unit_count(struct slice text, enum unit unit)
{
    size_t count = 0;

    for (size_t at = 0; at < text.len; at = unit_end(text, at, unit))
        count++;
    return count;
}

struct units *units_cut(struct slice text, enum unit unit,
                        struct arena *arena)
{
    struct units *units = arena_zero(arena, 1, sizeof *units);
    size_t at = 0, count = unit == UNIT_DOCUMENT ? 1 : unit_count(text, unit);

    units->text = text;
    units->count = count;
    units->texts = arena_alloc(arena, (count + 1) * sizeof *units->texts);
    units->begins = arena_alloc(arena, (count + 1) * sizeof *units->begins);
    for (size_t u = 0; u < count; u++) {
        size_t end = unit_end(text, at, unit);

        units->begins[u] = at;
        units->texts[u] = slice_make(text.ptr + at, end - at);
        if (unit != UNIT_DOCUMENT)
            units->texts[u] = trim(units->texts[u]);
        at = end;
    }
    units->begins[count] = text.len;
    return units;
}

bool units_has_words(struct slice text, uint64_t least)
{
    bool inside = false;
    uint64_t count = 0;
    size_t at = 0;

    while (at < text.len && count < least) {
        uint8_t class = charclass_get(utf8_next(text, &at));
        bool part = class & (CHAR_LETTER | CHAR_NUMBER | CHAR_MARK);

        count += part && !inside;
        inside = part;
    }
    return count >= least;
}

void units_take_out(struct units *units, size_t unit, struct slice name,
                    unsigned thousandths, struct arena *arena)
{
    if (!units->gone)
        units->gone = arena_zero(arena, units->count, sizeof *units->gone);
    units->gone[unit] = (struct unit_gone){ true, name, thousandths };
}

static bool is_gone(const struct units *units, size_t unit)
{
    return units->gone && units->gone[unit].is_gone;
}

bool units_any_left(const struct units *units)
{
    for (size_t u = 0; u < units->count; u++)
        if (!is_gone(units, u) && units->texts[u].len > 0)
            return true;
    return false;
}

struct slice units_join(const struct units *units, struct arena *arena)
{
    struct slice text = units->text;
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t u = 0; u < units->count; u++) {
        size_t at = units->begins[u], end = units->begins[u + 1];

        if (is_gone(units, u))
            continue;
        memcpy(out + len, text.ptr + at, end - at);
        len += end - at;
    }
    /* The last unit had no newline behind it; now another is the last. */
    if (units->count > 0 && is_gone(units, units->count - 1) &&
        text.ptr[text.len - 1] != '\n')
        while (len > 0 && is_blank(out[len - 1]))
            len--;
    return slice_make(out, len);
}

struct slice units_print(const struct units *units, struct arena *arena)
{
    size_t cap = 2, len = 0;
    char *out;

    for (size_t u = 0; u < units->count; u++)
        if (is_gone(units, u))
            cap += 64 + units->gone[u].name.len;
    out = arena_alloc(arena, cap);
    out[len++] = '[';
    for (size_t u = 0; u < units->count; u++) {
        const struct unit_gone *gone = &units->gone[u];

        if (!gone->is_gone)
            continue;
        len += (size_t)snprintf(out + len, cap - len, "%s[%zu,%zu",
                                len > 1 ? "," : "",
                                (size_t)(units->texts[u].ptr - units->text.ptr),
                                units->texts[u].len);
        if (gone->name.ptr) {
            out[len++] = ',';
            memcpy(out + len, gone->name.ptr, gone->name.len);
            len += gone->name.len;
            len += (size_t)snprintf(out + len, cap - len, ",%u.%03u",
                                    gone->thousandths / 1000,
                                    gone->thousandths % 1000);
        }
        out[len++] = ']';
    }
    out[len++] = ']';
    return slice_make(out, len);
}

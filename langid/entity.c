/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity - a name is a letter and its mark, or one of a few of its own.
 */
#include "langid/entity.h"

#include <stdbool.h>

enum { NAME_MAX_LEN = 10, SPACE = ' ', CODE_POINT_END = 0x110000 };

static const struct {
    const char *name;
    uint32_t mark;
} marks[] = {
    { "grave", 0x300 }, { "acute", 0x301 }, { "circ", 0x302 },
    { "tilde", 0x303 }, { "macr", 0x304 }, { "breve", 0x306 },
    { "dot", 0x307 }, { "uml", 0x308 }, { "ring", 0x30a }, { "dblac", 0x30b },
    { "caron", 0x30c }, { "cedil", 0x327 }, { "ogon", 0x328 }
};

/* Small ones; capitals are the same letters. */
static const struct {
    const char *name;
    uint32_t letter;
} letters[] = {
    { "szlig", 0xdf }, { "aelig", 0xe6 }, { "eth", 0xf0 }, { "oslash", 0xf8 },
    { "thorn", 0xfe }, { "dstrok", 0x111 }, { "hstrok", 0x127 },
    { "inodot", 0x131 }, { "lstrok", 0x142 }, { "oelig", 0x153 },
    { "shy", 0xad }, { "zwnj", 0x200c }, { "zwj", 0x200d }
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void read_name(struct slice name, uint32_t parts[ENTITY_PARTS])
{
    struct slice rest = slice_make(name.ptr + 1, name.len - 1);
    char lower[NAME_MAX_LEN];

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (slice_is(rest, marks[i].name)) {
            parts[0] = (unsigned char)name.ptr[0];
            parts[1] = marks[i].mark;
            return;
        }
    for (size_t i = 0; i < name.len; i++)
        lower[i] = small(name.ptr[i]);
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (slice_is(slice_make(lower, name.len), letters[i].name))
            parts[0] = letters[i].letter;
}

/* The digits of a code point; returns where they end. */
static size_t read_number(struct slice text, size_t at, uint32_t *number)
{
    bool hex = at < text.len && small(text.ptr[at]) == 'x';
    size_t from = at += hex;

    *number = 0;
    for (; at < text.len && at < from + 7; at++) {
        char c = small(text.ptr[at]);

        if (is_digit(c))
            *number = *number * (hex ? 16 : 10) + (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            *number = *number * 16 + (uint32_t)(c - 'a' + 10);
        else
            break;
    }
    return at > from ? at : 0;
}

size_t entity_read(struct slice text, uint32_t parts[ENTITY_PARTS])
{
    size_t from = 1, at;

    /* escaped twice: "&amp;eacute;" */
    if (text.len > 5 && memcmp(text.ptr, "&amp;", 5) == 0 &&
        (is_letter(text.ptr[5]) || text.ptr[5] == '#'))
        from = 5;
    parts[0] = SPACE;
    parts[1] = 0;
    if (from < text.len && text.ptr[from] == '#') {
        at = read_number(text, from + 1, &parts[0]);
        if (parts[0] >= CODE_POINT_END)
            parts[0] = SPACE;
    } else {
        for (at = from; at < text.len && at < from + NAME_MAX_LEN &&
                        (is_letter(text.ptr[at]) ||
                         (at > from && is_digit(text.ptr[at])));
             at++)
            continue;
        if (at < from + 2)
            at = 0;
    }
    if (at > 0 && at < text.len && text.ptr[at] == ';') {
        if (text.ptr[from] != '#')
            read_name(slice_make(text.ptr + from, at - from), parts);
        if (parts[0] == 0)
            parts[0] = SPACE;
        return at + 1;
    }
    if (from == 1)
        return 0;
    parts[0] = SPACE; /* "&amp;" before an ordinary word */
    return 5;
}

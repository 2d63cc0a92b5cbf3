/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entities - a search that lets most texts go, and a copy whose end is looked
 * at whenever a semicolon is written.
 */
#include "filters/entities.h"

#include "filters/clean.h"
#include "filters/entities_table.h"
#include "src/fail.h"
#include "src/utf8.h"

enum { LONGEST = 16 }; /* bytes of a reference */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '#';
}

/* ---- one reference ---- */

/* What HTML 5 reads for a number; UINT32_MAX when it shall stay. */
static uint32_t number_means(uint32_t number)
{
    static const uint16_t windows_1252[32] = {
        0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
        0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17d,  0,
        0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178,
    };

    if (number >= 128 && number < 160)
        return windows_1252[number - 128] ? windows_1252[number - 128]
                                          : UINT32_MAX;
    if (number < ' ' || number == 0x7f)
        return number == '\t' || number == '\n' || number == '\r'
                   ? number : UINT32_MAX;
    if (number > 0x10ffff || (number >= 0xd800 && number < 0xe000) ||
        (number >= 0xfdd0 && number < 0xfdf0) || (number & 0xfffe) == 0xfffe)
        return UINT32_MAX;
    return number;
}

/* 233 or xE9. */
static uint32_t read_number(struct slice digits)
{
    uint32_t base = 10, number = 0;
    size_t i = 0;

    if (digits.len > 0 && (digits.ptr[0] | 0x20) == 'x') {
        base = 16;
        i = 1;
    }
    if (i == digits.len)
        return UINT32_MAX;
    for (; i < digits.len; i++) {
        char c = digits.ptr[i], small = (char)(c | 0x20);
        uint32_t digit = is_digit(c) ? (uint32_t)(c - '0')
                         : small >= 'a' && small <= 'f'
                             ? (uint32_t)(small - 'a' + 10)
                             : 16;

        if (digit >= base || number > 0x10ffff)
            return UINT32_MAX;
        number = number * base + digit;
    }
    return number_means(number);
}

static uint32_t read_name(struct slice name)
{
    size_t low = 0, high = ENTITIES;

    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct entity *entity = &entities_table[middle];
        int order = slice_compare(name, slice_from(entity->name));

        if (order == 0)
            return entity->code_point;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return UINT32_MAX;
}

uint32_t entities_read(struct slice reference)
{
    struct slice inner = { reference.ptr + 1, reference.len - 2 };

    if (reference.len < 3 || reference.len > LONGEST)
        return UINT32_MAX;
    return inner.ptr[0] == '#'
               ? read_number(slice_make(inner.ptr + 1, inner.len - 1))
               : read_name(inner);
}

/* ---- the first one ---- */

/* Where the first reference begins; text.len when there is none. */
static size_t find_first(struct slice text)
{
    size_t at = 0;

    while (at < text.len) {
        const char *found = memchr(text.ptr + at, '&', text.len - at);
        size_t end;

        if (!found)
            break;
        at = (size_t)(found - text.ptr);
        end = at + 1;
        while (end < text.len && end - at < LONGEST && is_name(text.ptr[end]))
            end++;
        if (end < text.len && text.ptr[end] == ';' &&
            entities_read(slice_make(found, end + 1 - at)) != UINT32_MAX)
            return at;
        at++;
    }
    return text.len;
}

/* ---- copy ---- */

struct copy {
    char *out;
    size_t len;
    enum unicode_form form;
    bool keeps_directions;
    struct arena *arena;
};

/* The character that the output's end refers to, and how long that is. */
static uint32_t read_end(const struct copy *copy, size_t *len)
{
    size_t at = copy->len - 1;

    while (at > 0 && copy->len - at < LONGEST && is_name(copy->out[at - 1]))
        at--;
    if (at == 0 || copy->out[at - 1] != '&')
        return UINT32_MAX;
    *len = copy->len - (at - 1);
    return entities_read(slice_make(copy->out + at - 1, *len));
}

/* Will cleaning remove the character, written here? */
static bool is_removed(const struct copy *copy, uint32_t c)
{
    switch (clean_fate(c)) {
    case CLEAN_REMOVE:
        return true;
    case CLEAN_DIRECTION:
        return !copy->keeps_directions;
    case CLEAN_JOINER: /* nothing in ASCII wants one behind it */
        return copy->len == 0 || !(copy->out[copy->len - 1] & 0x80);
    default:
        return false;
    }
}

/*
 * The character as cleaning and the form leave it, if that has ASCII's signs.
 * In NFC that is so of the Greek question mark, the varia and the kelvin sign.
 */
static struct slice written(const struct copy *copy, uint32_t c,
                            char bytes[4])
{
    struct slice plain = { bytes, utf8_put(bytes, c) }, made = plain;

    if (clean_fate(c) == CLEAN_SPELL)
        return clean_letters(c);
    if (copy->form == UNICODE_NFKC || c == 0x37e || c == 0x1fef || c == 0x212a)
        made = unicode_to_form(plain, copy->form, copy->arena);
    for (size_t i = 0; i < made.len; i++)
        if (made.ptr[i] > ' ')
            return made;
    return plain;
}

/* Put the character in the place of the `len` bytes that refer to it. */
static void put_instead(struct copy *copy, size_t len, uint32_t c)
{
    char bytes[4];
    struct slice made;

    copy->len -= len;
    if (is_removed(copy, c))
        return;
    made = written(copy, c, bytes);
    if (made.len > len)
        bug("U+%04X is longer than a reference to it", (unsigned)c);
    memcpy(copy->out + copy->len, made.ptr, made.len);
    copy->len += made.len;
}

/* No character is written as a semicolon and more behind it. */
static void put_byte(struct copy *copy, char byte)
{
    copy->out[copy->len++] = byte;
    while (copy->len > 0 && copy->out[copy->len - 1] == ';') {
        size_t len;
        uint32_t c = read_end(copy, &len);

        if (c == UINT32_MAX)
            break;
        put_instead(copy, len, c);
    }
}

struct slice entities_decode(struct slice text, enum unicode_form form,
                             bool keeps_directions, struct arena *arena)
{
    size_t first = find_first(text);
    struct copy copy = { .form = form, .keeps_directions = keeps_directions,
                         .arena = arena };

    if (first == text.len)
        return text;
    copy.out = arena_alloc(arena, text.len + 1);
    memcpy(copy.out, text.ptr, first);
    copy.len = first;
    for (size_t i = first; i < text.len; i++)
        put_byte(&copy, text.ptr[i]);
    return slice_make(copy.out, copy.len);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_class - characters, sets, and sets of sets.
 *
 *     [a[^b]]    (?>[a]|[^b])
 *     [a&&b]     (?:(?=[a])[b])
 *     [^a&&b]    (?:(?!(?=[a])[b])(?s:.))
 */
#include "src/dialect_class.h"

#include <stdlib.h>

#include "src/utf8.h"

enum { DEEPEST = 50 }; /* brackets in brackets; the C stack's limit */

#define CASED "capitals or small letters as a class, without regard to case"
#define NESTED "brackets in brackets or && without regard to case"
#define BYTES "a byte above 7F: a character is \\x{...}"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

static unsigned hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

static enum dialect_escape wrong(struct dialect_reader *reader,
                                 const char *what)
{
    reader->fault = what;
    return DIALECT_IS_WRONG;
}

/* Up to `most` digits of a base at `p`, which is moved past them; how many. */
static int read_number(const char **p, unsigned base, int most, uint32_t *cp)
{
    int count = 0;

    *cp = 0;
    for (; count < most && hex_value(**p) < base; count++, ++*p)
        *cp = *cp > 0xffffff ? *cp : *cp * base + hex_value(**p);
    return count;
}

/* \x41 \x{41} \o{101} \101: `p` is behind the letter. */
static enum dialect_escape read_code(struct dialect_reader *reader,
                                     const char *p, unsigned base, int digits,
                                     uint32_t *cp)
{
    bool is_braced = *p == '{';
    int count;

    p += is_braced;
    count = read_number(&p, base, is_braced ? 11 : digits, cp);
    if (count == 0 || (is_braced && *p++ != '}') || *cp > 0x10ffff)
        return wrong(reader, "not the number of a character");
    if (!is_braced && *cp > 0x7f)
        return wrong(reader, BYTES);
    reader->p = p;
    return DIALECT_IS_CODE;
}

/* \u0041 */
static enum dialect_escape read_unit(struct dialect_reader *reader,
                                     uint32_t *cp)
{
    const char *p = reader->p + 2;

    if (read_number(&p, 16, 4, cp) != 4)
        return wrong(reader, "\\u without four digits");
    reader->p = p;
    return DIALECT_IS_CODE;
}

static enum dialect_escape read_control(struct dialect_reader *reader,
                                        uint32_t *cp)
{
    char c = reader->p[2];

    if (!is_letter(c))
        return wrong(reader, "\\c without a letter");
    *cp = (uint32_t)c & 31;
    reader->p += 3;
    return DIALECT_IS_CODE;
}

static enum dialect_escape read_property(struct dialect_reader *reader,
                                         bool in_brackets,
                                         struct dialect_token *token)
{
    const char *name = reader->p + 2;
    const char *end = *name == '{' ? strchr(name, '}') : NULL;

    if (!end)
        return wrong(reader, "\\p without braces is no property to Hugging "
                             "Face: write \\p{L}");
    token->is_negated = reader->p[1] == 'P';
    name++;
    if (*name == '^') {
        token->is_negated = !token->is_negated;
        name++;
    }
    if (!dialect_set_property(&token->set,
                              slice_make(name, (size_t)(end - name)),
                              in_brackets, reader->lib))
        return wrong(reader, "not the name of a property");
    reader->p = end + 1;
    return DIALECT_IS_SET;
}

enum dialect_escape dialect_escape(struct dialect_reader *reader,
                                   bool in_brackets,
                                   struct dialect_token *token)
{
    static const char letters[] = "aefnrtv", codes[] = "\a\x1b\f\n\r\t\v";
    const char *p = reader->p + 1;
    const char *known = *p ? strchr(letters, *p) : NULL;
    size_t at = 0;

    if (*p == 'x')
        return read_code(reader, p + 1, 16, 2, &token->cp);
    if (*p == 'u')
        return read_unit(reader, &token->cp);
    if (*p == 'o' && p[1] == '{')
        return read_code(reader, p + 1, 8, 0, &token->cp);
    if (*p == '0' || (in_brackets && is_octal(*p)))
        return read_code(reader, p, 8, 3, &token->cp);
    if (*p == 'c')
        return read_control(reader, &token->cp);
    if (*p == 'p' || *p == 'P')
        return read_property(reader, in_brackets, token);
    if (is_letter(*p) &&
        dialect_set_escape(&token->set, (char)(*p | 0x20), in_brackets)) {
        token->is_negated = *p < 'a';
        reader->p = p + 1;
        return DIALECT_IS_SET;
    }
    if (known || (in_brackets && *p == 'b')) {
        token->cp = known ? (uint32_t)codes[known - letters] : '\b';
        reader->p = p + 1;
        return DIALECT_IS_CODE;
    }
    if (*p == '\0' || is_letter(*p) ||
        (!in_brackets && *p >= '1' && *p <= '9'))
        return DIALECT_IS_OTHER;
    token->cp = utf8_next(slice_from(p), &at); /* stands for itself */
    reader->p = p + at;
    return DIALECT_IS_CODE;
}

/* ---- brackets ---- */

/* What stands between two &&: items, and the brackets among them. */
struct part {
    struct dialect_flat flat;
    struct dialect_text nested; /* joined by | */
};

static bool class_read(struct dialect_reader *reader, int depth,
                       struct dialect_text *to);

static bool fail(struct dialect_reader *reader, const char *what)
{
    reader->fault = what;
    return false;
}

/* [:alpha:] at `p`: its name; else false. */
static bool is_posix(const char *p, struct slice *name, bool *is_negated)
{
    size_t len;

    *is_negated = p[2] == '^';
    p += *is_negated ? 3 : 2;
    len = strspn(p, "abcdefghijklmnopqrstuvwxyz");
    *name = slice_make(p, len);
    return len > 0 && p[len] == ':' && p[len + 1] == ']';
}

static bool read_brackets(struct dialect_reader *reader, struct part *part,
                          int depth)
{
    struct dialect_set set;
    struct slice name;
    bool is_negated;

    if (reader->p[1] == ':' && is_posix(reader->p, &name, &is_negated)) {
        if (!dialect_set_posix(&set, name))
            return fail(reader, "not the name of a class");
        if (!dialect_flat_add_set(&part->flat, &set, is_negated))
            return fail(reader, CASED);
        reader->p = name.ptr + name.len + 2;
        return true;
    }
    if (part->nested.len > 0)
        dialect_puts(&part->nested, "|");
    return class_read(reader, depth + 1, &part->nested);
}

/* One end of a range, or a character alone; a set gives DIALECT_IS_SET. */
static enum dialect_escape read_item(struct dialect_reader *reader,
                                     struct dialect_token *token)
{
    enum dialect_escape kind;
    size_t at = 0;

    if (*reader->p != '\\') {
        token->cp = utf8_next(slice_from(reader->p), &at);
        reader->p += at;
        return DIALECT_IS_CODE;
    }
    kind = dialect_escape(reader, true, token);
    return kind == DIALECT_IS_OTHER
               ? wrong(reader, "an escape that has no meaning in brackets")
               : kind;
}

/* Whether the - at `p` stands for itself: before ] or &&. */
static bool is_last(const char *p)
{
    return p[1] == ']' || p[1] == '\0' || (p[1] == '&' && p[2] == '&');
}

static bool read_range(struct dialect_reader *reader, struct part *part)
{
    struct dialect_token first = { 0 }, last = { 0 };
    enum dialect_escape kind = read_item(reader, &first);

    if (kind == DIALECT_IS_WRONG)
        return false;
    if (kind == DIALECT_IS_SET) {
        if (*reader->p == '-' && !is_last(reader->p))
            return fail(reader, "a range that begins with a class");
        return dialect_flat_add_set(&part->flat, &first.set,
                                    first.is_negated) || fail(reader, CASED);
    }
    if (*reader->p != '-' || is_last(reader->p)) {
        dialect_flat_add(&part->flat, first.cp, first.cp);
        return true;
    }
    reader->p++;
    if (*reader->p == '[')
        return fail(reader, "a range that ends with a class");
    kind = read_item(reader, &last);
    if (kind == DIALECT_IS_WRONG)
        return false;
    if (kind == DIALECT_IS_SET)
        return fail(reader, "a range that ends with a class");
    if (last.cp < first.cp)
        return fail(reader, "a range that ends before it begins");
    dialect_flat_add(&part->flat, first.cp, last.cp);
    if (*reader->p == '-' && !is_last(reader->p)) { /* [a-c-e] */
        dialect_flat_add(&part->flat, '-', '-');
        reader->p++;
        if (*reader->p == '-' && !is_last(reader->p))
            return fail(reader, "a range of two -");
    }
    return true;
}

/* Up to the next && or the end. */
static bool read_part(struct dialect_reader *reader, struct part *part,
                      int depth)
{
    while (*reader->p && *reader->p != ']' &&
           (reader->p[0] != '&' || reader->p[1] != '&'))
        if (*reader->p == '[' ? !read_brackets(reader, part, depth)
                              : !read_range(reader, part))
            return false;
    return true;
}

/* The part as an expression; frees it. */
static void put_part(struct dialect_reader *reader, struct part *part,
                     bool is_negated, struct dialect_text *to)
{
    struct slice nested = slice_make(part->nested.bytes, part->nested.len);

    if (nested.len == 0) {
        dialect_flat_put(&part->flat, is_negated, to, &reader->changed);
    } else {
        /* Atomic: which of them matched is no choice to come back to. */
        dialect_puts(to, is_negated ? "(?:(?!" : "(?>");
        if (part->flat.count > 0) {
            dialect_flat_put(&part->flat, false, to, &reader->changed);
            dialect_puts(to, "|");
        }
        dialect_put(to, nested);
        dialect_puts(to, is_negated ? ")" DIALECT_ANY ")" : ")");
    }
    free(part->nested.bytes);
    free(part->flat.items);
    *part = (struct part){ .flat = { .lib = reader->lib,
                                     .is_caseless = reader->is_caseless } };
}

/* All but the last part as look-aheads: (?=[a])(?=[b])[c] */
static bool read_parts(struct dialect_reader *reader, struct part *part,
                       int depth, struct dialect_text *shared)
{
    while (read_part(reader, part, depth)) {
        if (*reader->p != '&')
            return true;
        if (reader->is_caseless)
            return fail(reader, NESTED);
        dialect_puts(shared, "(?=");
        put_part(reader, part, false, shared);
        dialect_puts(shared, ")");
        reader->p += 2;
    }
    return false;
}

static bool class_read(struct dialect_reader *reader, int depth,
                       struct dialect_text *to)
{
    struct part part = { .flat = { .lib = reader->lib,
                                   .is_caseless = reader->is_caseless } };
    struct dialect_text shared = { 0 };
    bool is_negated, good;

    if (depth > DEEPEST)
        return fail(reader, "too many brackets in brackets");
    if (depth > 0 && reader->is_caseless)
        return fail(reader, NESTED);
    reader->p++;
    is_negated = *reader->p == '^';
    reader->p += is_negated;
    good = *reader->p != ']' || read_range(reader, &part);
    good = good && read_parts(reader, &part, depth, &shared);
    if (good && *reader->p != ']')
        good = fail(reader, "[ without a ]");
    if (!good) {
        free(part.nested.bytes);
        free(part.flat.items);
    } else if (shared.len == 0) {
        put_part(reader, &part, is_negated, to);
    } else {
        dialect_puts(to, is_negated ? "(?:(?!" : "(?:");
        dialect_put(to, slice_make(shared.bytes, shared.len));
        put_part(reader, &part, false, to);
        dialect_puts(to, is_negated ? ")" DIALECT_ANY ")" : ")");
    }
    reader->p += good;
    free(shared.bytes);
    return good;
}

bool dialect_class(struct dialect_reader *reader, struct dialect_text *to)
{
    return class_read(reader, 0, to);
}

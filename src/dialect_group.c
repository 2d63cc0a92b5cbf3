/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_group - what stands behind a parenthesis.
 */
#include "src/dialect_group.h"

bool dialect_refuse(struct dialect_state *s, const char *what)
{
    s->reader.fault = what;
    return false;
}

void dialect_begin_item(struct dialect_state *s)
{
    s->item = s->out->len;
    s->quantifiers = 0;
}

static void put(struct dialect_state *s, const char *string)
{
    dialect_puts(s->out, string);
}

void dialect_copy(struct dialect_state *s, size_t len)
{
    dialect_put(s->out, slice_make(s->reader.p, len));
    s->reader.p += len;
}

/* A group begins; `len` bytes of the pattern say which. */
static bool open_group(struct dialect_state *s, size_t len)
{
    if (s->depth == DIALECT_DEEPEST)
        return dialect_refuse(s, "too many groups in groups");
    s->levels[s->depth++] = (struct dialect_level){
        s->out->len, s->reader.is_caseless, s->is_extended, s->opened
    };
    s->opened = 0;
    dialect_copy(s, len);
    s->item = DIALECT_NOTHING;
    return true;
}

void dialect_close_options(struct dialect_state *s)
{
    for (; s->opened > 0; s->opened--)
        put(s, ")");
}

void dialect_close_group(struct dialect_state *s)
{
    dialect_close_options(s);
    dialect_copy(s, 1);
    s->item = DIALECT_NOTHING;
    if (s->depth > 0) { /* else PCRE2 will complain */
        const struct dialect_level *level = &s->levels[--s->depth];

        s->item = level->item;
        s->quantifiers = 0;
        s->reader.is_caseless = level->is_caseless;
        s->is_extended = level->is_extended;
        s->opened = level->opened;
    }
}

static bool read_comment(struct dialect_state *s)
{
    const char *p = s->reader.p;
    size_t len = strcspn(p, ")");

    if (memchr(p, '\\', len))
        return dialect_refuse(s, "a backslash in (?#...)");
    if (!p[len]) {
        dialect_copy(s, len);
        return true;
    }
    put(s, "(?#)");
    s->reader.p += len + 1;
    return true;
}

static bool put_option(struct dialect_state *s, char option, bool is_on)
{
    char text[2] = { option == 'm' ? 's' : option, '\0' };

    if (option == 'i')
        s->reader.is_caseless = is_on;
    if (option == 'x' && s->is_extended == is_on)
        return true; /* xx would be another option to PCRE2 */
    if (option == 'x')
        s->is_extended = is_on;
    if (option == '\0' || !strchr("imxsnJU", option))
        return dialect_refuse(s, "an option that means nothing to both PCRE2 "
                                 "and Hugging Face");
    put(s, text);
    return true;
}

/*
 * (?i: begins a group, and (?i) does so as well: to Oniguruma it holds to the
 * end of the group about it, alternatives included.
 */
static bool read_options(struct dialect_state *s)
{
    struct dialect_level before = { s->out->len, s->reader.is_caseless,
                            s->is_extended, s->opened };
    bool is_on = true;

    if (s->depth == DIALECT_DEEPEST)
        return dialect_refuse(s, "too many groups in groups");
    dialect_copy(s, 2);
    for (; *s->reader.p != ':' && *s->reader.p != ')'; s->reader.p++) {
        if (*s->reader.p == '-' && is_on) {
            put(s, "-");
            is_on = false;
        } else if (!put_option(s, *s->reader.p, is_on)) {
            return false;
        }
    }
    put(s, ":");
    s->item = DIALECT_NOTHING;
    if (*s->reader.p++ == ':') {
        s->levels[s->depth++] = before;
        s->opened = 0;
    } else if (++s->opened > DIALECT_DEEPEST) {
        return dialect_refuse(s, "too many options in a row");
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* (?(1) or (?(<name>), which may hold anything to Oniguruma. */
static bool read_condition(struct dialect_state *s)
{
    size_t len = strcspn(s->reader.p, ")");
    char first = s->reader.p[3];

    if (s->reader.p[len] != ')' ||
        !(is_digit(first) || first == '<' || first == '\''))
        return dialect_refuse(s, "a condition that is not a group's number or "
                                 "<name>");
    return open_group(s, len + 1);
}

/* (?<name>...) and its like: up to the mark that ends the name. */
static bool read_capture(struct dialect_state *s, size_t begin, char mark)
{
    const char *end = strchr(s->reader.p + begin, mark);

    return open_group(s, end ? (size_t)(end + 1 - s->reader.p)
                             : strlen(s->reader.p));
}

/* (?R), (?1), (?P=name): PCRE2's own. */
static bool copy_to_end(struct dialect_state *s)
{
    size_t len = strcspn(s->reader.p, ")");

    dialect_begin_item(s);
    dialect_copy(s, s->reader.p[len] ? len + 1 : len);
    return true;
}

/* (*VERB) or (*kind_of_group:...), PCRE2's own but for (*FAIL). */
static bool read_verb(struct dialect_state *s)
{
    size_t len = strspn(s->reader.p + 2, "abcdefghijklmnopqrstuvwxyz_");

    return len > 0 && s->reader.p[2 + len] == ':' ? open_group(s, len + 3)
                                                  : copy_to_end(s);
}

bool dialect_open_group(struct dialect_state *s)
{
    const char *p = s->reader.p;

    if (p[1] == '*')
        return read_verb(s);
    if (p[1] != '?')
        return open_group(s, 1);
    switch (p[2]) {
    case '#': return read_comment(s);
    case ':':
    case '=':
    case '!':
    case '>':
    case '|': return open_group(s, 3);
    case '(': return read_condition(s);
    case '\'': return read_capture(s, 3, '\'');
    case '<':
        return p[3] == '=' || p[3] == '!' ? open_group(s, 4)
                                          : read_capture(s, 3, '>');
    case 'P':
        if (p[3] == '<')
            return read_capture(s, 4, '>');
        return p[3] == '=' || p[3] == '>' ? copy_to_end(s) : read_options(s);
    case 'R':
    case '&': return copy_to_end(s);
    case '~':
    case '{':
        return dialect_refuse(s, "a group that PCRE2 does not know");
    }
    if (is_digit(p[2]) || ((p[2] == '+' || p[2] == '-') && is_digit(p[3])))
        return copy_to_end(s);
    return read_options(s);
}


/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect - token by token, what Oniguruma reads in an expression; brackets are
 * read by dialect_class.c, groups by dialect_group.c.
 */
#include "src/dialect.h"

#include <stdlib.h>

#include "src/dialect_group.h"
#include "src/utf8.h"

/* Not (?m:^), which a partial match (src/regex.c) ends at without saying so. */
#define LINE_BEGIN "(?:\\A|(?<=\\n)(?!\\z))"

static void put(struct dialect_state *s, const char *string)
{
    dialect_puts(s->out, string);
}

static bool item(struct dialect_state *s, const char *as, size_t len)
{
    dialect_begin_item(s);
    put(s, as);
    s->reader.p += len;
    return true;
}

/* ---- quantifiers ---- */

/* (?:...) about the last item, which has a quantifier already. */
static bool wrap(struct dialect_state *s)
{
    struct dialect_text *text = s->out;

    if (s->quantifiers > 1)
        return dialect_refuse(s, "three quantifiers in a row");
    put(s, ")???");
    memmove(text->bytes + s->item + 3, text->bytes + s->item,
            text->len - 3 - s->item);
    memcpy(text->bytes + s->item, "(?:", 3);
    for (size_t i = s->marks->count; i > 0; i--) {
        if (s->marks->items[i - 1].text_at <= s->item)
            break;
        s->marks->items[i - 1].text_at += 3;
    }
    return true;
}

static bool quantify(struct dialect_state *s)
{
    if (s->item != DIALECT_NOTHING && s->quantifiers > 0 && !wrap(s))
        return false;
    s->quantifiers++;
    return true;
}

/* Of {n}, {n,}, {n,m} or {,m} at `p`, the length; 0: { is a character. */
static size_t interval(const char *p, bool *has_least, bool *is_fixed)
{
    size_t least = strspn(p + 1, "0123456789"), most = 0;
    size_t len = 1 + least;

    *has_least = least > 0;
    *is_fixed = p[len] != ',';
    if (!*is_fixed) {
        most = strspn(p + len + 1, "0123456789");
        len += 1 + most;
    }
    return p[len] == '}' && least + most > 0 ? len + 1 : 0;
}

static bool read_interval(struct dialect_state *s)
{
    bool has_least, is_fixed;
    size_t len = interval(s->reader.p, &has_least, &is_fixed);

    if (len == 0)
        return item(s, "\\{", 1);
    if (!quantify(s))
        return false;
    if (!has_least) {
        put(s, "{0");
        s->reader.p++;
        len--;
    }
    dialect_copy(s, len);
    /* Of {2} alone, a ? is a quantifier of its own; and a + always is. */
    if (*s->reader.p == '?' && !is_fixed)
        dialect_copy(s, 1);
    return true;
}

static bool read_quantifier(struct dialect_state *s)
{
    if (!quantify(s))
        return false;
    dialect_copy(s, s->reader.p[1] == '?' || s->reader.p[1] == '+' ? 2 : 1);
    return true;
}

/* ---- escapes ---- */

static bool read_boundary(struct dialect_state *s)
{
    bool is_negated = s->reader.p[1] == 'B';
    struct dialect_flat flat = { .lib = s->reader.lib };
    struct dialect_text word = { 0 };
    struct dialect_set set;

    dialect_set_escape(&set, 'w', false);
    dialect_flat_add_set(&flat, &set, false);
    dialect_flat_put(&flat, false, &word, &s->reader.changed);
    dialect_begin_item(s);
    put(s, s->reader.is_caseless ? "(?-i:(?<=" : "(?:(?<=");
    put(s, word.bytes);
    put(s, is_negated ? ")(?=" : ")(?!");
    put(s, word.bytes);
    put(s, ")|(?<!");
    put(s, word.bytes);
    put(s, is_negated ? ")(?!" : ")(?=");
    put(s, word.bytes);
    put(s, "))");
    free(word.bytes);
    s->reader.p += 2;
    return true;
}

/* \k<name>, \g<name>, \g'name': what stands between the marks is copied. */
static bool read_named(struct dialect_state *s)
{
    const char *p = s->reader.p;
    const char *end = p[2] == '<'    ? strchr(p, '>')
                      : p[2] == '\'' ? strchr(p + 3, '\'')
                                     : NULL;

    dialect_begin_item(s);
    if (end)
        dialect_copy(s, (size_t)(end + 1 - p));
    else if (p[1] == 'g')
        return dialect_refuse(s, "\\g without <name> is no call to Hugging "
                                 "Face");
    else
        dialect_copy(s, 2);
    return true;
}

static bool read_other(struct dialect_state *s)
{
    const char *p = s->reader.p;

    switch (p[1]) {
    case 'b':
    case 'B': return read_boundary(s);
    case 'N': return item(s, "[^\\n]", 2);
    case 'O': return item(s, DIALECT_ANY, 2);
    case 'Q':
    case 'E':
        return dialect_refuse(s, "\\Q and \\E do not quote for Hugging Face");
    case 'g':
    case 'k': return read_named(s);
    }
    dialect_begin_item(s);
    dialect_copy(s, p[1] ? 2 : 1);
    if (p[1] >= '1' && p[1] <= '9') /* a group, by its number */
        dialect_copy(s, strspn(s->reader.p, "0123456789"));
    return true;
}

/* An expression for the set; properties know no case outside of brackets. */
static void put_set(struct dialect_state *s, const struct dialect_token *token)
{
    struct dialect_flat flat = { .lib = s->reader.lib };

    dialect_flat_add_set(&flat, &token->set, false);
    dialect_begin_item(s);
    put(s, s->reader.is_caseless ? "(?-i:" : "");
    dialect_flat_put(&flat, token->is_negated, s->out, &s->reader.changed);
    put(s, s->reader.is_caseless ? ")" : "");
}

static bool read_escape(struct dialect_state *s)
{
    struct dialect_token token = { 0 };

    switch (dialect_escape(&s->reader, false, &token)) {
    case DIALECT_IS_WRONG: return false;
    case DIALECT_IS_OTHER: return read_other(s);
    case DIALECT_IS_SET: put_set(s, &token); return true;
    case DIALECT_IS_CODE: break;
    }
    dialect_begin_item(s);
    dialect_put_code(s->out, token.cp);
    return true;
}

/* ---- the whole ---- */

/* What (?x) passes over; true when it did. */
static bool read_extended(struct dialect_state *s)
{
    const char *p = s->reader.p;
    size_t len = strspn(p, " \t\n\f\r");

    if (*p == '#') {
        len = strcspn(p, "\n");
        put(s, " ");
        s->reader.p += len + (p[len] == '\n');
        return true;
    }
    if (len > 0) {
        put(s, " ");
        s->reader.p += len;
    }
    return len > 0;
}

/* A character that stands for itself; what (?x) of PCRE2 would eat, as code. */
static bool read_literal(struct dialect_state *s)
{
    size_t len = 0;
    uint32_t cp = utf8_next(slice_from(s->reader.p), &len);

    dialect_begin_item(s);
    if (cp == 0xb || cp == 0x85 || cp == 0x200e || cp == 0x200f ||
        cp == 0x2028 || cp == 0x2029) {
        dialect_put_code(s->out, cp);
        s->reader.p += len;
    } else {
        dialect_copy(s, len);
    }
    return true;
}

static bool read_token(struct dialect_state *s)
{
    if (s->is_extended && read_extended(s))
        return true;
    switch (*s->reader.p) {
    case '\\': return read_escape(s);
    case '[':
        dialect_begin_item(s);
        return dialect_class(&s->reader, s->out);
    case '(': return dialect_open_group(s);
    case ')': dialect_close_group(s); return true;
    case '|':
        dialect_copy(s, 1);
        s->item = DIALECT_NOTHING;
        return true;
    case '^': return item(s, LINE_BEGIN, 1);
    case '$': return item(s, "(?m:$)", 1);
    case '*':
    case '+':
    case '?': return read_quantifier(s);
    case '{': return read_interval(s);
    }
    return read_literal(s);
}

static void mark(struct dialect_state *s, const char *pattern)
{
    struct dialect_marks *marks = s->marks;

    marks->items = grow(marks->items, &marks->cap, marks->count + 1,
                        sizeof *marks->items);
    marks->items[marks->count++] = (struct dialect_mark){
        s->out->len, (size_t)(s->reader.p - pattern)
    };
}

static bool translate(struct dialect_state *s, const char *pattern)
{
    while (*s->reader.p) {
        mark(s, pattern);
        if (!read_token(s))
            return false;
    }
    mark(s, pattern);
    if (s->depth == 0) /* else PCRE2 will complain */
        dialect_close_options(s);
    return true;
}

bool dialect_translate(struct dialect *dialect, const char *pattern,
                       const struct dialect_library *library,
                       struct fault *fault)
{
    struct dialect_state s = { .out = &dialect->text,
                               .marks = &dialect->marks,
                               .reader = { .p = pattern, .lib = library },
                               .item = DIALECT_NOTHING };
    bool good;

    *dialect = (struct dialect){ 0 };
    fault->what = "not UTF-8";
    if (!utf8_check(slice_from(pattern), &fault->at))
        return false;
    dialect_puts(&dialect->text, "");
    good = translate(&s, pattern);
    dialect->changed = s.reader.changed;
    dialect_normalize(&dialect->changed);
    if (!good) {
        *fault = (struct fault){ s.reader.fault,
                                 (size_t)(s.reader.p - pattern) };
        dialect_free(dialect);
    }
    return good;
}

size_t dialect_origin(const struct dialect *dialect, size_t text_at)
{
    const struct dialect_mark *marks = dialect->marks.items;
    size_t low = 0, high = dialect->marks.count;

    while (low < high) { /* the last mark at or before */
        size_t middle = low + (high - low) / 2;

        if (marks[middle].text_at <= text_at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? marks[low - 1].pattern_at : 0;
}

void dialect_free(struct dialect *dialect)
{
    free(dialect->text.bytes);
    free(dialect->changed.items);
    free(dialect->marks.items);
    *dialect = (struct dialect){ 0 };
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json - a walk over the text with one bit of memory for each open bracket.
 *
 * Nearly all bytes of a document stand within strings, so speed is a matter of
 * json_run_end(), which finds the next byte of a string that means something.
 * The rest looks at one byte at a time.  Cost: two passes (UTF-8, grammar).
 */
#include "src/json.h"

#include "src/json_string.h"
#include "src/utf8.h"

struct cursor {
    const char *start, *p, *end;
    struct fault *fault;
};

static bool fault_at(struct cursor *c, const char *p, const char *what)
{
    *c->fault = (struct fault){ what, (size_t)(p - c->start) };
    return false;
}

static bool cursor_sees(const struct cursor *c, char byte)
{
    return c->p < c->end && *c->p == byte;
}

static void space_skip(struct cursor *c)
{
    while (c->p < c->end &&
           (*c->p == ' ' || *c->p == '\n' || *c->p == '\r' || *c->p == '\t'))
        c->p++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* From the opening quote to behind the closing one. */
static bool string_skip(struct cursor *c)
{
    const char *opening = c->p++;

    for (;;) {
        c->p = json_string_end(c->p, c->end);
        if (c->p == c->end)
            return fault_at(c, opening, "a string that is not closed");
        if (*c->p == '"') {
            c->p++;
            return true;
        }
        if (*c->p != '\\')
            return fault_at(c, c->p, "a control character in a string");
        if (c->end - c->p < 2)
            return fault_at(c, opening, "a string that is not closed");
        if (c->p[1] != 'u')
            return fault_at(c, c->p, "an unknown escape in a string");
        if (json_hex_value(c->p + 2, c->end) == UINT32_MAX)
            return fault_at(c, c->p, "\\u without four hex digits");
        c->p += 6;
    }
}

static void digits_skip(struct cursor *c)
{
    while (c->p < c->end && is_digit(*c->p))
        c->p++;
}

static bool number_skip(struct cursor *c)
{
    const char *first = c->p, *digits;

    c->p += *c->p == '-';
    digits = c->p;
    digits_skip(c);
    if (c->p == digits || (*digits == '0' && c->p - digits > 1))
        return fault_at(c, first, "not a JSON number");
    if (cursor_sees(c, '.')) {
        digits = ++c->p;
        digits_skip(c);
        if (c->p == digits)
            return fault_at(c, first, "not a JSON number");
    }
    if (cursor_sees(c, 'e') || cursor_sees(c, 'E')) {
        c->p++;
        c->p += cursor_sees(c, '+') || cursor_sees(c, '-');
        digits = c->p;
        digits_skip(c);
        if (c->p == digits)
            return fault_at(c, first, "not a JSON number");
    }
    return true;
}

static bool word_skip(struct cursor *c, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(c->end - c->p) < len || memcmp(c->p, word, len) != 0)
        return fault_at(c, c->p, "an unknown word");
    c->p += len;
    return true;
}

static bool scalar_skip(struct cursor *c)
{
    if (c->p == c->end)
        return fault_at(c, c->p, "the text ends too early");
    switch (*c->p) {
    case '"':
        return string_skip(c);
    case 't':
        return word_skip(c, "true");
    case 'f':
        return word_skip(c, "false");
    case 'n':
        return word_skip(c, "null");
    default:
        if (*c->p == '-' || is_digit(*c->p))
            return number_skip(c);
        return fault_at(c, c->p, "a value is missing");
    }
}

/* A member's key, its colon, and the space around that. */
static bool key_skip(struct cursor *c, struct slice *key)
{
    const char *opening = c->p;

    if (c->p == c->end)
        return fault_at(c, c->p, "the text ends too early");
    if (*c->p != '"')
        return fault_at(c, c->p, "a key is missing");
    if (!string_skip(c))
        return false;
    *key = slice_make(opening + 1, (size_t)(c->p - opening) - 2);
    space_skip(c);
    if (!cursor_sees(c, ':'))
        return fault_at(c, c->p, "a colon is missing");
    c->p++;
    space_skip(c);
    return true;
}

/*
 * Skip the value at the cursor, of any kind, within `depth` open brackets.  The
 * brackets that it opens itself are kept as bits: set for an object.
 */
static bool value_skip(struct cursor *c, size_t depth)
{
    uint64_t objects[JSON_DEPTH_MAX / 64 + 1] = { 0 };
    size_t outer = depth;

    for (;;) {
        bool is_object = cursor_sees(c, '{');
        struct slice key;

        if (is_object || cursor_sees(c, '[')) {
            uint64_t bit = UINT64_C(1) << depth % 64;

            if (depth == JSON_DEPTH_MAX)
                return fault_at(c, c->p, "nested too deeply");
            objects[depth / 64] = is_object ? objects[depth / 64] | bit
                                            : objects[depth / 64] & ~bit;
            depth++;
            c->p++;
            space_skip(c);
            if (!cursor_sees(c, is_object ? '}' : ']')) {
                if (is_object && !key_skip(c, &key))
                    return false;
                continue;
            }
        } else if (!scalar_skip(c)) {
            return false;
        }
        for (;; depth--, c->p++) {
            if (depth == outer)
                return true;
            space_skip(c);
            is_object = objects[(depth - 1) / 64] >> (depth - 1) % 64 & 1;
            if (!cursor_sees(c, is_object ? '}' : ']'))
                break;
        }
        if (!cursor_sees(c, ','))
            return fault_at(c, c->p, "a comma or a closing bracket is missing");
        c->p++;
        space_skip(c);
        if (is_object && !key_skip(c, &key))
            return false;
    }
}

static enum json_kind kind_of(char first)
{
    switch (first) {
    case '"':
        return JSON_STRING;
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_ARRAY;
    case 't':
        return JSON_TRUE;
    case 'f':
        return JSON_FALSE;
    case 'n':
        return JSON_NULL;
    default:
        return JSON_NUMBER;
    }
}

/* True behind a comma; false with no fault behind `closer`. */
static bool separator_skip(struct cursor *c, char closer)
{
    space_skip(c);
    if (cursor_sees(c, closer)) {
        c->p++;
        return false;
    }
    if (!cursor_sees(c, ','))
        return fault_at(c, c->p, "a comma or a closing bracket is missing");
    c->p++;
    space_skip(c);
    return true;
}

/* The cursor stands on '{'; on success it ends up behind the '}'. */
static bool object_walk(struct cursor *c,
                        bool (*member)(void *context,
                                       const struct json_member *m,
                                       struct fault *fault),
                        void *context)
{
    c->p++;
    space_skip(c);
    if (cursor_sees(c, '}')) {
        c->p++;
        return true;
    }
    do {
        struct json_member m = { .at = (size_t)(c->p - c->start) };

        if (!key_skip(c, &m.key))
            return false;
        m.value.ptr = c->p;
        if (!value_skip(c, 1))
            return false;
        m.value.len = (size_t)(c->p - m.value.ptr);
        m.kind = kind_of(*m.value.ptr);
        if (!member(context, &m, c->fault))
            return false;
    } while (separator_skip(c, '}'));
    return !c->fault->what;
}

/* Set the cursor on the first byte that is not space, once all is UTF-8. */
static bool cursor_begin(struct cursor *c, struct slice text,
                         struct fault *fault)
{
    size_t at;

    *fault = (struct fault){ NULL, 0 };
    *c = (struct cursor){ text.ptr, text.ptr, text.ptr, fault };
    if (text.len == 0)
        return fault_at(c, c->p, "the text is empty");
    c->end += text.len;
    if (!utf8_check(text, &at))
        return fault_at(c, c->start + at, "not valid UTF-8");
    space_skip(c);
    return true;
}

bool json_scan(struct slice text,
               bool (*member)(void *context, const struct json_member *m,
                              struct fault *fault),
               void *context, struct fault *fault)
{
    struct cursor c;

    if (!cursor_begin(&c, text, fault))
        return false;
    if (!cursor_sees(&c, '{'))
        return fault_at(&c, c.p, "not an object");
    if (!object_walk(&c, member, context))
        return false;
    space_skip(&c);
    return c.p == c.end || fault_at(&c, c.p, "text after the object");
}

bool json_check(struct slice text, struct fault *fault)
{
    struct cursor c;

    if (!cursor_begin(&c, text, fault) || !value_skip(&c, 0))
        return false;
    space_skip(&c);
    return c.p == c.end || fault_at(&c, c.p, "text after the value");
}

struct search {
    struct slice key;
    struct json_member *found;
    bool is_found;
};

static bool search_member(void *context, const struct json_member *m,
                          struct fault *fault)
{
    struct search *search = context;

    (void)fault;
    if (!json_key_is(m->key, search->key))
        return true;
    *search->found = *m;
    search->is_found = true;
    return false;
}

bool json_find(struct slice object, struct slice key, struct json_member *m)
{
    struct fault fault = { NULL, 0 };
    struct search search = { key, m, false };
    struct cursor c = { object.ptr, object.ptr, object.ptr + object.len,
                        &fault };

    space_skip(&c);
    if (cursor_sees(&c, '{'))
        object_walk(&c, search_member, &search);
    return search.is_found;
}

bool json_each(struct slice array,
               bool (*item)(void *context, struct slice value,
                            enum json_kind kind),
               void *context)
{
    struct fault fault = { NULL, 0 };
    struct cursor c = { array.ptr, array.ptr, array.ptr + array.len, &fault };

    space_skip(&c);
    if (!cursor_sees(&c, '['))
        return true;
    c.p++;
    space_skip(&c);
    if (cursor_sees(&c, ']'))
        return true;
    do {
        const char *value = c.p;

        if (!value_skip(&c, 1) ||
            !item(context, slice_make(value, (size_t)(c.p - value)),
                  kind_of(*value)))
            return false;
    } while (separator_skip(&c, ']'));
    return true;
}

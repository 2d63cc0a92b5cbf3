/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record - parse a line once, splice into it as often as stages ask.
 *
 * The first splice moves the line into the batch's arena with room to spare;
 * later ones append in place, so a chain of stages copies a line once.
 */
#include "src/record.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "src/json.h"
#include "src/utf8.h"

enum { SLACK = 192 };

static const char *const standard_names[KEY_COUNT] = {
    [KEY_TEXT] = "text",
    [KEY_ID] = "id",
    [KEY_URL] = "url",
    [KEY_DATE] = "date",
    [KEY_SOURCE] = "source",
    [KEY_CHARSET] = "charset",
    [KEY_OPTOUT] = "optout",
    [KEY_LANG] = "lang",
    [KEY_LANG_SCORE] = "lang_score",
    [KEY_LANG_ALT] = "lang_alt",
    [KEY_LANG_SPANS] = "lang_spans",
    [KEY_QUALITY] = "quality",
    [KEY_PII] = "pii",
    [KEY_DUP_OF] = "dup_of",
    [KEY_CLUSTER] = "cluster",
    [KEY_CLUSTER_SIZE] = "cluster_size",
};

struct slice record_key_name(enum record_key key)
{
    return slice_from(standard_names[key]);
}

struct schema schema_standard(void)
{
    struct schema schema;

    for (int key = 0; key < KEY_COUNT; key++)
        schema.names[key] = slice_from(standard_names[key]);
    return schema;
}

bool schema_equal(const struct schema *a, const struct schema *b)
{
    for (int key = 0; key < KEY_COUNT; key++)
        if (!slice_equal(a->names[key], b->names[key]))
            return false;
    return true;
}

struct record *batch_add(struct batch *batch, struct slice line)
{
    struct record *r;

    batch->records = grow(batch->records, &batch->cap, batch->count + 1,
                          sizeof *batch->records);
    r = &batch->records[batch->count];
    *r = (struct record){ .line = line, .position = batch->count };
    batch->count++;
    return r;
}

/* ---- the view ---- */

struct view {
    const struct schema *schema;
    struct record *record;
};

static bool take_member(void *context, const struct json_member *m,
                        struct fault *fault)
{
    struct view *view = context;
    struct record *r = view->record;

    for (int key = 0; key < KEY_COUNT; key++) {
        struct slice name = view->schema->names[key];

        /* An escaped key is longer than its name, never shorter. */
        if (m->key.len < name.len || !json_key_is(m->key, name))
            continue;
        if (r->value[key].ptr) {
            *fault = (struct fault){ "a field that mlin reads stands twice",
                                     m->at };
            return false;
        }
        r->value[key] = m->value;
        r->member_at[key] = m->at;
        break;
    }
    return true;
}

/* "a.b.c": no member of that very name, so step into the objects. */
static bool find_path(struct slice object, struct slice path,
                      struct json_member *m)
{
    while (path.len > 0) {
        const char *dot = memchr(path.ptr, '.', path.len);
        size_t len = dot ? (size_t)(dot - path.ptr) : path.len;

        if (!json_find(object, slice_make(path.ptr, len), m))
            return false;
        if (!dot)
            return true;
        if (m->kind != JSON_OBJECT)
            return false;
        object = m->value;
        path = slice_make(dot + 1, path.len - len - 1);
    }
    return false;
}

bool record_find(const struct record *r, struct slice name,
                 struct json_member *m)
{
    return json_find(r->line, name, m) || find_path(r->line, name, m);
}

static void take_paths(const struct schema *schema, struct record *r)
{
    for (int key = 0; key < KEY_COUNT; key++) {
        struct slice name = schema->names[key];
        struct json_member m;

        if (r->value[key].ptr || !memchr(name.ptr, '.', name.len))
            continue;
        if (find_path(r->line, name, &m)) {
            r->value[key] = m.value;
            r->member_at[key] = (size_t)(m.key.ptr - 1 - r->line.ptr);
        }
    }
}

static bool is_string(struct slice value)
{
    return value.len > 0 && value.ptr[0] == '"';
}

bool record_has_text(const struct record *r)
{
    return is_string(r->value[KEY_TEXT]);
}

/* A label, or the first of a list of labels, as some releases have it. */
static bool take_first(void *context, struct slice value, enum json_kind kind)
{
    if (kind == JSON_STRING)
        *(struct slice *)context = value;
    return false;
}

static struct slice view_lang(struct batch *batch, const struct record *r)
{
    struct slice value = r->value[KEY_LANG], lang;
    struct fault fault;

    if (value.len > 0 && value.ptr[0] == '[') {
        struct slice list = value;

        value = slice_make(NULL, 0);
        json_each(list, take_first, &value);
    }
    if (is_string(value) && json_unescape(value, &batch->arena, &lang, &fault))
        return lang;
    return slice_make(NULL, 0);
}

static bool view_text(struct batch *batch, struct record *r, bool needs_text,
                      struct fault *fault)
{
    struct slice value = r->value[KEY_TEXT];

    if (!value.ptr) {
        if (needs_text)
            *fault = (struct fault){ "the record has no text field", 0 };
        return !needs_text;
    }
    if (!is_string(value)) {
        if (needs_text)
            *fault = (struct fault){ "the text field is not a string",
                                     (size_t)(value.ptr - r->line.ptr) };
        return !needs_text;
    }
    if (json_unescape(value, &batch->arena, &r->text, fault))
        return true;
    fault->at += (size_t)(value.ptr - r->line.ptr);
    return false;
}

bool record_parse(struct batch *batch, struct record *r, bool needs_text,
                  struct fault *fault)
{
    struct view view = { &batch->schema, r };
    size_t end = r->line.len;

    memset(r->value, 0, sizeof r->value);
    r->words = NULL;
    r->text = r->lang = slice_make("", 0);
    if (!json_scan(r->line, take_member, &view, fault))
        return false;
    while (r->line.ptr[end - 1] != '}')
        end--;
    r->close_at = end - 1;
    take_paths(&batch->schema, r);
    /* The label first: a record without text is booked under its language. */
    r->lang = view_lang(batch, r);
    return view_text(batch, r, needs_text, fault);
}

/* ---- splicing ---- */

static void rebase(struct slice *part, struct slice old, const char *fresh)
{
    if (part->ptr && part->ptr >= old.ptr && part->ptr <= old.ptr + old.len)
        part->ptr = fresh + (part->ptr - old.ptr);
}

/* Make the line the record's own, with room for `more` bytes behind it. */
static char *own_line(struct batch *batch, struct record *r, size_t more)
{
    struct slice old = r->line;
    char *fresh;

    if (r->line_cap >= old.len + more)
        return (char *)(uintptr_t)old.ptr;
    r->line_cap = old.len + more + SLACK;
    fresh = arena_alloc(&batch->arena, r->line_cap);
    memcpy(fresh, old.ptr, old.len);
    r->line.ptr = fresh;
    for (int key = 0; key < KEY_COUNT; key++)
        rebase(&r->value[key], old, fresh);
    rebase(&r->text, old, fresh);
    rebase(&r->lang, old, fresh);
    return fresh;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool object_is_empty(const struct record *r)
{
    size_t at = r->close_at;

    while (at > 0 && is_space(r->line.ptr[at - 1]))
        at--;
    return at > 0 && r->line.ptr[at - 1] == '{';
}

/*
 *      {"text":"a"}      becomes      {"text":"a","key":value}
 *                 ^ close_at
 */
static void splice(struct batch *batch, struct record *r, int owned,
                   struct slice key, struct slice value)
{
    size_t tail_len = r->line.len - r->close_at;
    size_t more = key.len * 6 + value.len + 4;
    char *line = own_line(batch, r, more);
    char *at = line + r->close_at;
    char tail[64];
    char *far_tail = tail;

    if (tail_len > sizeof tail)
        far_tail = arena_alloc(&batch->arena, tail_len);
    memcpy(far_tail, at, tail_len);
    if (!object_is_empty(r))
        *at++ = ',';
    if (owned >= 0)
        r->member_at[owned] = (size_t)(at - line);
    at = json_escape_to(at, key);
    *at++ = ':';
    memcpy(at, value.ptr, value.len);
    if (owned >= 0)
        r->value[owned] = slice_make(at, value.len);
    at += value.len;
    r->close_at = (size_t)(at - line);
    memcpy(at, far_tail, tail_len);
    r->line.len = r->close_at + tail_len;
    if (owned == KEY_LANG)
        r->lang = view_lang(batch, r);
}

/* Take `"key":value` out, with the one comma that parted it from the rest. */
static void cut_member(struct batch *batch, struct record *r, size_t at,
                       size_t end)
{
    const char *line = r->line.ptr;
    struct fault fault = { NULL, 0 };
    char *fresh;

    while (is_space(line[end]))
        end++;
    if (line[end] == ',') {
        end++;
    } else {
        while (is_space(line[at - 1]))
            at--;
        if (line[at - 1] == ',')
            at--;
    }
    fresh = arena_alloc(&batch->arena, r->line.len + SLACK);
    memcpy(fresh, line, at);
    memcpy(fresh + at, line + end, r->line.len - end);
    r->line_cap = r->line.len + SLACK;
    r->line = slice_make(fresh, r->line.len - (end - at));
    if (!record_parse(batch, r, false, &fault))
        bug("a cut line no longer parses: %s", fault.what);
}

static int owned_key(const struct batch *batch, struct slice key)
{
    for (int i = 0; i < KEY_COUNT; i++)
        if (slice_equal(batch->schema.names[i], key))
            return i;
    return -1;
}

static const char *stands_already(int owned)
{
    switch (owned) {
    case KEY_LANG: case KEY_LANG_SCORE: case KEY_LANG_ALT: case KEY_LANG_SPANS:
        return "the record has a language field already: use --replace to cut "
               "it out, or --lang-field NAME to write another";
    default:
        return "the record has a field of this name already: use --replace to "
               "cut it out first";
    }
}

static void add(struct batch *batch, struct record *r, struct slice key,
                struct slice value)
{
    int owned = owned_key(batch, key);
    struct json_member m;

    if (r->state != RECORD_KEPT)
        return;
    if (owned >= 0 ? r->value[owned].ptr != NULL
                   : json_find(r->line, key, &m)) {
        size_t at = owned >= 0 ? r->member_at[owned]
                               : (size_t)(m.key.ptr - 1 - r->line.ptr);
        struct slice old = owned >= 0 ? r->value[owned] : m.value;

        if (!batch->replace) {
            record_reject(r, stands_already(owned), at);
            return;
        }
        cut_member(batch, r, at, (size_t)(old.ptr + old.len - r->line.ptr));
    }
    splice(batch, r, owned, key, value);
}

void record_add_text(struct batch *batch, struct record *r, struct slice key,
                     struct slice text)
{
    add(batch, r, key, json_escape(text, &batch->arena));
}

void record_add_count(struct batch *batch, struct record *r, struct slice key,
                      uint64_t count)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRIu64, count);

    add(batch, r, key, slice_make(text, (size_t)len));
}

void record_add_number(struct batch *batch, struct record *r, struct slice key,
                       double number, int decimals)
{
    char text[400];
    int len;

    if (!isfinite(number) || decimals < 0 || decimals > 9)
        bug("record_add_number: %g with %d decimals", number, decimals);
    len = snprintf(text, sizeof text, "%.*f", decimals, number);
    add(batch, r, key, slice_make(text, (size_t)len));
}

void record_add_json(struct batch *batch, struct record *r, struct slice key,
                     struct slice json)
{
    add(batch, r, key, json);
}

void record_set_text(struct batch *batch, struct record *r, struct slice text)
{
    struct slice old_line = r->line, old = r->value[KEY_TEXT];
    size_t from = (size_t)(old.ptr - old_line.ptr), to = from + old.len;
    size_t cap = old_line.len - old.len + text.len * 6 + 2 + SLACK;
    char *fresh, *end;

    if (r->state != RECORD_KEPT)
        return;
    if (!old.ptr)
        bug("record_set_text on a record without text");
    fresh = arena_alloc(&batch->arena, cap);
    memcpy(fresh, old_line.ptr, from);
    end = json_escape_to(fresh + from, text);
    memcpy(end, old_line.ptr + to, old_line.len - to);
    r->line = slice_make(fresh, (size_t)(end - fresh) + old_line.len - to);
    r->line_cap = cap;
    for (int key = 0; key < KEY_COUNT; key++) {
        size_t at;

        if (!r->value[key].ptr || key == KEY_TEXT)
            continue;
        at = (size_t)(r->value[key].ptr - old_line.ptr);
        if (at >= to) {
            r->value[key].ptr = end + (at - to);
            if (r->member_at[key] >= to)
                r->member_at[key] += (size_t)(end - fresh) - to;
        } else {
            r->value[key].ptr = fresh + at;
            if (at + r->value[key].len > to) /* an object that holds the text */
                r->value[key].len += (size_t)(end - fresh) - to;
        }
    }
    r->value[KEY_TEXT] = slice_make(fresh + from, (size_t)(end - fresh) - from);
    r->close_at += (size_t)(end - fresh) - to;
    r->lang = view_lang(batch, r);
    r->text = text;
    r->words = NULL;
}

void record_rename(struct batch *batch, struct record *r, enum record_key key)
{
    struct slice old = r->value[key];
    struct slice value = arena_copy(&batch->arena, old);

    cut_member(batch, r, r->member_at[key],
               (size_t)(old.ptr + old.len - r->line.ptr));
    add(batch, r, record_key_name(key), value);
}

bool record_get(struct batch *batch, const struct record *r,
                enum record_key key, struct slice *text)
{
    struct fault fault;

    return is_string(r->value[key]) &&
           json_unescape(r->value[key], &batch->arena, text, &fault);
}

void record_copy(struct record *record, uint32_t copies)
{
    record->copies = copies;
}

void record_drop(struct record *r, const char *reason)
{
    if (r->state != RECORD_KEPT)
        return;
    r->state = RECORD_DROPPED;
    r->reason = reason;
}

void record_reject(struct record *r, const char *what, size_t at)
{
    if (r->state == RECORD_REJECTED)
        return;
    r->state = RECORD_REJECTED;
    r->reason = "malformed";
    r->fault = (struct fault){ what, at };
}

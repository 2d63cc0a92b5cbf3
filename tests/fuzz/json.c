/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json - any bytes as JSON text, and as the text of a string.
 */
#include "src/json.h"

#include <stdint.h>
#include <stdlib.h>

#include "src/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

struct members {
    struct slice object;
    struct arena arena;
    uint64_t count;
};

/* A text is what its escaped form stands for, and that is JSON. */
static void text_returns(struct slice text, struct arena *arena)
{
    struct slice value = json_escape(text, arena), back;
    struct fault fault;

    must(json_check(value, &fault));
    must(json_unescape(value, arena, &back, &fault));
    must(slice_equal(text, back));
}

static bool string_holds(struct slice quoted, struct arena *arena,
                         struct slice *text)
{
    struct fault fault;
    size_t at;

    if (!json_unescape(quoted, arena, text, &fault)) {
        must(fault.at < quoted.len && quoted.ptr[fault.at] == '\\');
        return false;
    }
    must(utf8_check(*text, &at));
    text_returns(*text, arena);
    return true;
}

static bool item_holds(void *context, struct slice value, enum json_kind kind)
{
    struct fault fault;

    (void)kind;
    ++*(uint64_t *)context;
    must(json_check(value, &fault));
    return true;
}

static bool member_holds(void *context, const struct json_member *m,
                         struct fault *fault)
{
    struct members *members = context;
    struct slice text;
    struct json_member found;
    uint64_t items = 0;

    (void)fault;
    must(members->object.ptr + m->at == m->key.ptr - 1);
    must(json_check(m->value, &(struct fault){ NULL, 0 }));
    if (m->kind == JSON_STRING)
        string_holds(m->value, &members->arena, &text);
    if (m->kind == JSON_ARRAY)
        must(json_each(m->value, item_holds, &items));
    /* The first of equal keys is found; a few are enough, for it walks. */
    if (members->count++ < 8 &&
        string_holds(slice_make(m->key.ptr - 1, m->key.len + 2),
                     &members->arena, &text)) {
        must(json_key_is(m->key, text));
        must(json_find(members->object, text, &found) && found.at <= m->at);
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = slice_make((const char *)data, size);
    struct members members = { .object = text };
    struct fault fault, scan_fault;
    bool is_json = json_check(text, &fault), is_object;
    size_t first = 0, at = 0, portable_at = 0;
    bool is_utf8 = utf8_check(text, &at);

    must(is_utf8 == utf8_check_portable(text, &portable_at));
    must(at == portable_at);
    must(is_json == !fault.what && fault.at <= size);
    while (first < size && data[first] != '\0' &&
           strchr(" \t\r\n", data[first]))
        first++;
    is_object = first < size && data[first] == '{';
    /* Not whole: members before a mistake are reported, and hold too. */
    must(json_scan(text, member_holds, &members, &scan_fault) ==
         (is_json && is_object));
    if (is_utf8)
        text_returns(text, &members.arena);
    arena_clear(&members.arena);
    return 0;
}

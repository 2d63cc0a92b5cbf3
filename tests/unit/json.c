/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json - the grammar case by case, with the place of each mistake; strings
 * there and back; hostile sizes.
 */
#include "src/json.h"

#include "src/json_string.h"
#include "src/utf8.h"
#include "tests/check.h"

static bool append_member(void *context, const struct json_member *m,
                          struct fault *fault)
{
    char *said = context;
    size_t len = strlen(said);

    (void)fault;
    snprintf(said + len, 1000 - len, "%zu %.*s=%.*s %d|", m->at,
             (int)m->key.len, m->key.ptr, (int)m->value.len, m->value.ptr,
             (int)m->kind);
    return true;
}

static bool count_member(void *context, const struct json_member *m,
                         struct fault *fault)
{
    (void)m;
    (void)fault;
    ++*(size_t *)context;
    return true;
}

/* The members as append_member() lists them. */
static void accepts(const char *text, const char *members)
{
    struct slice slice = slice_from(text);
    char said[1000] = "";
    struct fault fault;

    check_that(json_scan(slice, append_member, said, &fault), "%s: %s", text,
               fault.what);
    check(!fault.what);
    check_that(strcmp(said, members) == 0, "%s", said);
    check(json_check(slice, &fault) && !fault.what);
}

static void refuses_bytes(struct slice text, const char *what, size_t at)
{
    size_t count = 0;
    struct fault fault, fault_of_check;

    check_that(!json_scan(text, count_member, &count, &fault), "%.*s",
               (int)text.len, text.ptr);
    check_that(strcmp(fault.what, what) == 0, "%.*s: %s", (int)text.len,
               text.ptr, fault.what);
    check_that(fault.at == at, "%.*s: %zu", (int)text.len, text.ptr, fault.at);
    if (strcmp(what, "not an object") == 0)
        return;
    check(!json_check(text, &fault_of_check));
    check(fault_of_check.at == at);
    check(fault_of_check.what == fault.what ||
          strncmp(what, "text after", 10) == 0);
}

static void refuses(const char *text, const char *what, size_t at)
{
    refuses_bytes(slice_from(text), what, at);
}

static void objects(void)
{
    accepts("{}", "");
    accepts(" \t\r\n{ } \n", "");
    accepts("{\"id\": 7, \"text\" : \"a\\nb\"}",
            "1 id=7 3|10 text=\"a\\nb\" 4|");
    accepts("{\"\":null,\"\":true}", "1 =null 0|9 =true 2|");
    accepts("{\"a\":[1,{\"b\":[]},[[],{}]],\"c\":{\"d\":{\"e\":1}}}",
            "1 a=[1,{\"b\":[]},[[],{}]] 5|26 c={\"d\":{\"e\":1}} 6|");
    accepts("{\"a\":-0,\"b\":1.5E+3,\"c\":0.0e-1,\"d\":9e9,\"e\":false }",
            "1 a=-0 3|8 b=1.5E+3 3|19 c=0.0e-1 3|30 d=9e9 3|38 e=false 1|");
    accepts("{\"\\u0061\\/\":\"\\ud800\",\"\x7f\":\"žα€😀\"}",
            "1 \\u0061\\/=\"\\ud800\" 4|21 \x7f=\"žα€😀\" 4|");
    accepts("{ \"a\" : [ ] , \"b\" : [ 1 , 2 ] }",
            "2 a=[ ] 5|14 b=[ 1 , 2 ] 5|");
}

static void mistakes(void)
{
    refuses("", "the text is empty", 0);
    refuses("  ", "not an object", 2);
    refuses("[1]", "not an object", 0);
    refuses("\"{}\"", "not an object", 0);
    refuses("\xef\xbb\xbf{}", "not an object", 0);
    refuses("{", "the text ends too early", 1);
    refuses("{\"a\"", "a colon is missing", 4);
    refuses("{\"a\":", "the text ends too early", 5);
    refuses("{\"a\":1", "a comma or a closing bracket is missing", 6);
    refuses("{\"a\":1,", "the text ends too early", 7);
    refuses("{\"a\":1,}", "a key is missing", 7);
    refuses("{,}", "a key is missing", 1);
    refuses("{a:1}", "a key is missing", 1);
    refuses("{'a':1}", "a key is missing", 1);
    refuses("{\"a\" 1}", "a colon is missing", 5);
    refuses("{\"a\":}", "a value is missing", 5);
    refuses("{\"a\"::1}", "a value is missing", 5);
    refuses("{\"a\":1 \"b\":2}", "a comma or a closing bracket is missing", 7);
    refuses("{\"a\":1]", "a comma or a closing bracket is missing", 6);
    refuses("{\"a\":[1}", "a comma or a closing bracket is missing", 7);
    refuses("{\"a\":[1,]}", "a value is missing", 8);
    refuses("{\"a\":[,1]}", "a value is missing", 6);
    refuses("{\"a\":{\"b\"}}", "a colon is missing", 9);
    refuses("{\"a\":[", "the text ends too early", 6);
    refuses("{}x", "text after the object", 2);
    refuses("{} {}", "text after the object", 3);
    refuses("{}\f", "text after the object", 2);
    refuses("{\"a\":tru}", "an unknown word", 5);
    refuses("{\"a\":nul", "an unknown word", 5);
    refuses("{\"a\":trueX}", "a comma or a closing bracket is missing", 9);
    refuses("{\"a\":NaN}", "a value is missing", 5);
    refuses("{\"a\":01}", "not a JSON number", 5);
    refuses("{\"a\":-}", "not a JSON number", 5);
    refuses("{\"a\":1.}", "not a JSON number", 5);
    refuses("{\"a\":.5}", "a value is missing", 5);
    refuses("{\"a\":1e}", "not a JSON number", 5);
    refuses("{\"a\":1e+}", "not a JSON number", 5);
    refuses("{\"a\":+1}", "a value is missing", 5);
    refuses("{\"a\":0x1}", "a comma or a closing bracket is missing", 6);
    refuses("{\"a\":1//\n}", "a comma or a closing bracket is missing", 6);
}

static void mistakes_in_strings(void)
{
    refuses("{\"a", "a string that is not closed", 1);
    refuses("{\"a\":\"b", "a string that is not closed", 5);
    refuses("{\"a\":\"b\\", "a string that is not closed", 5);
    refuses("{\"a\":\"b\\\"}", "a string that is not closed", 5);
    refuses("{\"a\":\"b\nc\"}", "a control character in a string", 7);
    refuses("{\"a\":\"b\x1f\"}", "a control character in a string", 7);
    refuses("{\"a\t\":1}", "a control character in a string", 3);
    refuses("{\"a\":\"\\x41\"}", "an unknown escape in a string", 6);
    refuses("{\"a\":\"\\U0041\"}", "an unknown escape in a string", 6);
    refuses("{\"a\":\"\\u00g1\"}", "\\u without four hex digits", 6);
    refuses("{\"a\":\"\\u00", "\\u without four hex digits", 6);
    refuses("{\"a\":\"\\u\"}", "\\u without four hex digits", 6);
    refuses("{\"a\":\"\xff\"}", "not valid UTF-8", 6);
    refuses("{\"a\":\"\xed\xa0\x80\"}", "not valid UTF-8", 6);
    refuses("{\"a\":\"\xc3", "not valid UTF-8", 6);
    refuses("{]\"\x80", "not valid UTF-8", 3);
    refuses_bytes(slice_make("{\"a\0\":1}", 8),
                  "a control character in a string", 3);
    refuses_bytes(slice_make("{\"a\":\"\\\0\"}", 10),
                  "an unknown escape in a string", 6);
    refuses_bytes(slice_make("{}\0", 3), "text after the object", 2);
    refuses_bytes(slice_make(NULL, 0), "the text is empty", 0);
}

static bool stop_at_b(void *context, const struct json_member *m,
                      struct fault *fault)
{
    ++*(int *)context;
    if (!slice_is(m->key, "b"))
        return true;
    *fault = (struct fault){ "b is not wanted", m->at };
    return false;
}

static void member_stops(void)
{
    struct fault fault;
    int count = 0;

    check(!json_scan(slice_from("{\"a\":1,\"b\":2,\"c\":3}"), stop_at_b, &count,
                     &fault));
    check(count == 2 && fault.at == 7);
    check(strcmp(fault.what, "b is not wanted") == 0);
}

static bool join_items(void *context, struct slice value, enum json_kind kind)
{
    char *said = context;
    size_t len = strlen(said);

    snprintf(said + len, 100 - len, "%.*s %d|", (int)value.len, value.ptr,
             (int)kind);
    return kind != JSON_NULL;
}

static void find_and_each(void)
{
    struct slice object = slice_from(
        " {\"a\":1,\"\\u0062\":[],\"b\":2,\"c\":{\"d\":3},\"\":4,"
        "\"\\ud83d\\ude00\":5} ");
    struct json_member m;
    char said[100] = "";

    check(json_find(object, slice_from("a"), &m) && slice_is(m.value, "1"));
    check(json_find(object, slice_from("b"), &m) && slice_is(m.value, "[]"));
    check(m.at == 8 && m.kind == JSON_ARRAY);
    check(json_find(object, slice_from(""), &m) && slice_is(m.value, "4"));
    check(json_find(object, slice_from("😀"), &m) && slice_is(m.value, "5"));
    check(!json_find(object, slice_from("d"), &m));
    check(!json_find(object, slice_from("\\u0062"), &m));
    check(!json_find(slice_from("[]"), slice_from("d"), &m));
    check(!json_find(slice_from("{}"), slice_from("d"), &m));
    check(json_each(slice_from("[]"), join_items, said) && !*said);
    check(json_each(slice_from("[ 1 ,\"x\",[2,{}] , {\"a\":[]} ]"), join_items,
                    said));
    check_that(strcmp(said, "1 3|\"x\" 4|[2,{}] 5|{\"a\":[]} 6|") == 0, "%s",
               said);
    *said = '\0';
    check(!json_each(slice_from("[true,null,false]"), join_items, said));
    check(strcmp(said, "true 2|null 0|") == 0);
}

static void keys(void)
{
    check(json_key_is(slice_from("text"), slice_from("text")));
    check(!json_key_is(slice_from("text"), slice_from("texts")));
    check(!json_key_is(slice_from("texts"), slice_from("text")));
    check(json_key_is(slice_from("t\\u0065xt"), slice_from("text")));
    check(!json_key_is(slice_from("t\\u0065xt"), slice_from("textu")));
    check(!json_key_is(slice_from("t\\u0065xt"), slice_from("te")));
    check(json_key_is(slice_from("\\\\n"), slice_from("\\n")));
    check(!json_key_is(slice_from("\\n"), slice_from("\\n")));
    check(json_key_is(slice_from("\\n"), slice_from("\n")));
    check(json_key_is(slice_from(""), slice_make(NULL, 0)));
    check(!json_key_is(slice_from("\\n"), slice_make(NULL, 0)));
    check(!json_key_is(slice_from("\\ud800abc"), slice_from("abc")));
    check(json_key_is(slice_from("\\u0000"), slice_make("", 1)));
}

static void unescapes(struct arena *arena, const char *value,
                      struct slice expected)
{
    struct fault fault;
    struct slice text;

    check(json_check(slice_from(value), &fault));
    check_that(json_unescape(slice_from(value), arena, &text, &fault), "%s",
               value);
    check_that(slice_equal(text, expected) && !fault.what, "%s: %.*s", value,
               (int)text.len, text.ptr);
}

static void unescape_fails(struct arena *arena, const char *value, size_t at)
{
    struct fault fault;
    struct slice text;

    check(json_check(slice_from(value), &fault));
    check(!json_unescape(slice_from(value), arena, &text, &fault));
    check(strcmp(fault.what, "lone surrogate") == 0);
    check_that(fault.at == at, "%s: %zu", value, fault.at);
}

static void unescape(struct arena *arena)
{
    const char *plain = "\"no escape, ž\"";
    struct fault fault;
    struct slice text;

    check(json_unescape(slice_from(plain), arena, &text, &fault));
    check(text.ptr == plain + 1 && text.len == 13);
    unescapes(arena, "\"\"", slice_from(""));
    unescapes(arena, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
              slice_from("\"\\/\b\f\n\r\t"));
    unescapes(arena, "\"a\\u0041\\u00e9\\u017E\\u20aC!\"",
              slice_from("aAéž€!"));
    unescapes(arena, "\"\\uD83D\\uDE00x\"", slice_from("😀x"));
    unescapes(arena, "\"\\uDBFF\\uDFFF\"", slice_from("\xf4\x8f\xbf\xbf"));
    unescapes(arena, "\"\\u0000\"", slice_make("", 1));
    unescapes(arena, "\"\\\\u0041\"", slice_from("\\u0041"));
    unescape_fails(arena, "\"\\ud800\"", 1);
    unescape_fails(arena, "\"ab\\n\\udc00\"", 5);
    unescape_fails(arena, "\"\\ud800\\u0041\"", 1);
    unescape_fails(arena, "\"\\ud800\\ud800\"", 1);
    unescape_fails(arena, "\"\\ud800\\udbff\"", 1);
    unescape_fails(arena, "\"\\ud800\\ue000\"", 1);
    unescape_fails(arena, "\"\\udc00\\udc00\"", 1);
    unescape_fails(arena, "\"\\ud800\\ndc00\"", 1);
    unescape_fails(arena, "\"\\ud800 \\udc00\"", 1);
    unescape_fails(arena, "\"ok\\ud83d\\ude00\\ude00\"", 15);
}

static void escape(struct arena *arena)
{
    char bytes[0x21 + 10], to[600];
    size_t len = 0;
    struct slice text;

    for (char c = 0; c < 0x21; c++)
        bytes[len++] = c;
    memcpy(bytes + len, "\"\\/\x7fž😀", 10);
    text = json_escape(slice_make(bytes, len + 10), arena);
    check(slice_is(text, "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006"
                         "\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\\u0010"
                         "\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017"
                         "\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e"
                         "\\u001f \\\"\\\\/\x7fž😀\""));
    check(json_escape_to(to, slice_make(bytes, len + 10)) - to ==
          (ptrdiff_t)text.len);
    check(memcmp(to, text.ptr, text.len) == 0);
    check(slice_is(json_escape(slice_make(NULL, 0), arena), "\"\""));
}

/* Any valid UTF-8 goes out and comes back, and is JSON in between. */
static void round_trips(struct arena *arena)
{
    static const uint32_t limits[] = { 0x20, 0x80, 0x800, 0x10000, 0x110000 };
    struct random random = { 6 };

    for (int round = 0; round < 20000; round++) {
        char bytes[300];
        size_t len = 0, cap = random_below(&random, 290);
        struct slice text, value, back;
        struct fault fault;

        while (len < cap) {
            uint32_t code = (uint32_t)random_below(
                &random, limits[random_below(&random, 20) % 5]);

            if (random_below(&random, 3) == 0)
                code = (uint32_t)"\"\\\n a"[code % 5];
            if (code < 0xd800 || code > 0xdfff)
                len += utf8_put(bytes + len, code);
        }
        text = slice_make(bytes, len);
        value = json_escape(text, arena);
        check(json_check(value, &fault));
        check(json_unescape(value, arena, &back, &fault));
        check(slice_equal(text, back));
        check(json_key_is(slice_make(value.ptr + 1, value.len - 2), text));
        if (round % 100 == 0)
            arena_reset(arena);
    }
}

/* SIMD, portable path and the definition, at every length and place. */
static void run_ends(void)
{
    struct random random = { 7 };

    for (size_t len = 0; len < 140; len++) {
        char *bytes = malloc(len);

        memset(bytes, 'x', len);
        check(json_run_end(bytes, bytes + len) == bytes + len);
        check(json_run_end_portable(bytes, bytes + len) == bytes + len);
        for (size_t i = 0; i < len; i++)
            for (unsigned c = 0; c < 256; c++) {
                bool ends = c < 0x20 || c == '"' || c == '\\';
                const char *expected = bytes + (ends ? i : len);

                if (ends && random_below(&random, 2) == 0 && i + 1 < len)
                    bytes[i + 1] = '"';
                bytes[i] = (char)c;
                check(json_run_end(bytes, bytes + len) == expected);
                check(json_run_end_portable(bytes, bytes + len) == expected);
                memset(bytes + i, i % 2 ? '!' : 'x', len - i > 1 ? 2 : 1);
            }
        free(bytes);
    }
}

/* One step at a time: what json_string_end() must say. */
static const char *string_end_slowly(const char *p, const char *end)
{
    while (p < end && *p != '"' && (unsigned char)*p >= 0x20) {
        if (*p != '\\') {
            p++;
            continue;
        }
        if (end - p < 2 || !strchr("\"\\/bfnrt", p[1]) || p[1] == '\0')
            return p;
        p += 2;
    }
    return p;
}

static void string_ends(void)
{
    static const char likely[] = "\\\\\\nt\"ux/b\n";
    struct random random = { 11 };

    for (unsigned round = 0; round < 100000; round++) {
        size_t len = random_below(&random, 300);
        uint64_t rare = random_below(&random, 80) + 1;
        char *bytes = malloc(len);
        const char *expected;

        for (size_t i = 0; i < len; i++)
            bytes[i] = random_below(&random, rare) == 0
                           ? likely[random_below(&random, sizeof likely)]
                           : (char)('#' + random_below(&random, 0xdd));
        expected = string_end_slowly(bytes, bytes + len);
        check(json_string_end(bytes, bytes + len) == expected);
        check(json_string_end_portable(bytes, bytes + len) == expected);
        free(bytes);
    }
}

/* `count` times the opener, then `middle`, then as many closers. */
static struct slice nested(const char *opener, size_t count,
                           const char *middle, char closer, char *bytes)
{
    size_t len = 0;

    for (size_t i = 0; i < count; i++) {
        memcpy(bytes + len, opener, strlen(opener));
        len += strlen(opener);
    }
    memcpy(bytes + len, middle, strlen(middle));
    len += strlen(middle);
    memset(bytes + len, closer, count);
    return slice_make(bytes, len + count);
}

static void depth(void)
{
    enum { DEEP = 1000000, MOST = JSON_DEPTH_MAX };
    char *bytes = malloc((size_t)DEEP * 6 + 10);
    struct fault fault;
    size_t count = 0;

    check(json_check(nested("[", MOST, "", ']', bytes), &fault));
    check(json_check(nested("{\"\":", MOST, "1", '}', bytes), &fault));
    check(json_scan(nested("{\"\":", MOST, "1", '}', bytes), count_member,
                    &count, &fault));
    check(count == 1);
    refuses_bytes(nested("{\"\":", MOST, "[]", '}', bytes),
                  "nested too deeply", MOST * 4);
    refuses_bytes(nested("{\"\":", DEEP, "1", '}', bytes), "nested too deeply",
                  MOST * 4);
    check(!json_check(nested("[", DEEP, "", ']', bytes), &fault));
    check(strcmp(fault.what, "nested too deeply") == 0 && fault.at == MOST);
    check(json_check(nested("[1,", MOST, "2", ']', bytes), &fault));
    free(bytes);
}

/* Many brackets side by side are not deep. */
static void wide(void)
{
    enum { COUNT = 200000 };
    char *bytes = malloc(COUNT * 6 + 10);
    size_t len = 0, count = 0;
    struct fault fault;

    bytes[len++] = '{';
    for (int i = 0; i < COUNT; i++) {
        memcpy(bytes + len, i % 2 ? "\"\":[]," : "\"\":{},", 6);
        len += 6;
    }
    bytes[len - 1] = '}';
    check(json_scan(slice_make(bytes, len), count_member, &count, &fault));
    check(count == COUNT);
    free(bytes);
}

static void long_string(struct arena *arena)
{
    size_t len = 64 << 20, count = 0;
    char *bytes = malloc(len);
    struct slice text;
    struct fault fault;

    memset(bytes, 'a', len);
    memcpy(bytes, "{\"a\":\"", 6);
    refuses_bytes(slice_make(bytes, len), "a string that is not closed", 5);
    memcpy(bytes + len - 4, "\\n\"}", 4);
    check(json_scan(slice_make(bytes, len), count_member, &count, &fault));
    check(json_unescape(slice_make(bytes + 5, len - 6), arena, &text, &fault));
    check(text.len == len - 9 && text.ptr[text.len - 1] == '\n');
    text = json_escape(text, arena);
    check(text.len == len - 6 && memcmp(text.ptr, bytes + 5, text.len) == 0);
    free(bytes);
    arena_clear(arena);
}

int main(void)
{
    struct arena arena = { 0 };

    objects();
    mistakes();
    mistakes_in_strings();
    member_stops();
    find_and_each();
    keys();
    unescape(&arena);
    escape(&arena);
    round_trips(&arena);
    run_ends();
    string_ends();
    depth();
    wide();
    long_string(&arena);
    arena_clear(&arena);
    return check_done();
}

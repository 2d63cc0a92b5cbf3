/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_sqlite - our scanner and SQLite's, on random values and on the same
 * with some bytes changed: the same texts are JSON, with the same members,
 * values and unescaped strings.
 *
 * Where SQLite is not RFC 8259, and what is done about it:
 *  - it does not look whether bytes are UTF-8: only ASCII bytes are changed;
 *  - a NUL byte ends its text: none is generated;
 *  - \u0000 ends its unescaped strings in some versions: not generated; where
 *    a change makes one, strings with it are not compared;
 *  - it writes lone surrogates as three bytes: keys and strings that
 *    json_unescape() refuses are not compared;
 *  - its depth limit is 2000 up to 3.44 and 1000 from 3.45, ours 1000: the
 *    generator goes 8 deep;
 *  - since 3.42 it reads JSON5 (comments, hexadecimal numbers, NaN), but
 *    json_valid() of one argument stays with the RFC.
 */
#include <sqlite3.h>

#include "src/json.h"
#include "src/utf8.h"
#include "tests/check.h"

enum { ROUNDS = 20000, MUTANTS = 3, CAP = 1 << 16, DEPTH = 8 };

static sqlite3 *database;

struct text {
    char bytes[CAP];
    size_t len;
};

static void text_add(struct text *text, const char *string)
{
    size_t len = strlen(string);

    check(text->len + len < CAP);
    memcpy(text->bytes + text->len, string, len);
    text->len += len;
}

static void space_add(struct random *random, struct text *text)
{
    static const char *const spaces[] = { " ", "\n", "\t", "\r\n", "  " };

    if (random_below(random, 4) == 0)
        text_add(text, spaces[random_below(random, 5)]);
}

static void string_add(struct random *random, struct text *text)
{
    static const char *const pieces[] = {
        "a", "b", "text", "\\n", "\\\"", "\\\\", "\\/", "\\b\\f\\r\\t",
        "\\u0041", "\\u00e9", "\\u010D", "\\ud83d\\ude00", "\\uDBFF\\uDFFF",
        "\\ud800", "\\udc00", "\\uffff", "ž", "ř", "я", "ω", "€", "😀", "\x7f",
        "{", "}", "[", "]", ":", ",", "'", "/*", "der alte Müller am Bach ",
        "\\u0001"
    };
    size_t count = sizeof pieces / sizeof *pieces;

    text_add(text, "\"");
    for (uint64_t n = random_below(random, 8); n > 0; n--)
        text_add(text, pieces[random_below(random, count)]);
    text_add(text, "\"");
}

static void scalar_add(struct random *random, struct text *text)
{
    static const char *const scalars[] = {
        "null", "true", "false", "0", "-0", "7", "-12", "1.5", "0.0", "1e5",
        "-2E-3", "9.25e+10", "123456789012345678", "1e400",
        "99999999999999999999"
    };

    if (random_below(random, 2) == 0)
        string_add(random, text);
    else
        text_add(text, scalars[random_below(random, 15)]);
}

static void value_add(struct random *random, struct text *text, int depth)
{
    bool is_object = depth == 0 || random_below(random, 2) == 0;

    if (depth > 0 && (depth == DEPTH || random_below(random, 3) > 0)) {
        scalar_add(random, text);
        return;
    }
    text_add(text, is_object ? "{" : "[");
    space_add(random, text);
    for (uint64_t n = random_below(random, 5); n > 0; n--) {
        if (is_object) {
            string_add(random, text);
            space_add(random, text);
            text_add(text, ":");
            space_add(random, text);
        }
        value_add(random, text, depth + 1);
        space_add(random, text);
        if (n > 1)
            text_add(text, ",");
        space_add(random, text);
    }
    text_add(text, is_object ? "}" : "]");
}

/* Change, insert or take away an ASCII byte, or cut the text off before one. */
static void mutate(struct random *random, struct text *text)
{
    static const char alphabet[] =
        "{}[]:,\"\\ \t\n\r\x01\x0b\x0c\x1f\x7f'/#*0123456789+-.eExutrufalsn"
        "NaInfity_`";
    char byte = alphabet[random_below(random, sizeof alphabet - 1)];
    size_t at;

    do
        at = random_below(random, text->len);
    while (text->bytes[at] & 0x80);
    switch (random_below(random, 8)) {
    case 0:
        text->len = at > 0 ? at : 1;
        break;
    case 1:
    case 2:
        if (text->len < 2)
            break;
        memmove(text->bytes + at, text->bytes + at + 1, text->len - at - 1);
        text->len--;
        break;
    case 3:
    case 4:
        memmove(text->bytes + at + 1, text->bytes + at, text->len - at);
        text->bytes[at] = byte;
        text->len++;
        break;
    default:
        text->bytes[at] = byte;
    }
}

static sqlite3_stmt *prepare(const char *query)
{
    sqlite3_stmt *statement;

    check(sqlite3_prepare_v2(database, query, -1, &statement, NULL) ==
          SQLITE_OK);
    return statement;
}

static int step(sqlite3_stmt *statement, struct slice text)
{
    sqlite3_reset(statement);
    check(sqlite3_bind_text(statement, 1, text.ptr, (int)text.len,
                            SQLITE_STATIC) == SQLITE_OK);
    return sqlite3_step(statement);
}

static struct slice column(sqlite3_stmt *statement, int i)
{
    const char *ptr = (const char *)sqlite3_column_text(statement, i);

    return slice_make(ptr, (size_t)sqlite3_column_bytes(statement, i));
}

struct walk {
    sqlite3_stmt *members; /* stands on the row of the next member */
    sqlite3_stmt *alone;   /* what a value is when it is the whole text */
    int state;             /* what the last step gave */
    struct arena arena;
    struct slice object;
    uint64_t strings, others;
};

/* Compare where both can say the string; see the list above. */
static void string_same(struct walk *walk, struct slice quoted,
                        struct slice theirs)
{
    struct fault fault;
    struct slice ours;

    if (!json_unescape(quoted, &walk->arena, &ours, &fault) ||
        memchr(ours.ptr, '\0', ours.len))
        return;
    check_that(slice_equal(ours, theirs), "%.*s", (int)quoted.len, quoted.ptr);
    walk->strings++;
}

static const char *type_name(const struct json_member *m)
{
    static const char *const names[] = { "null", "false", "true", "integer",
                                         "text", "array", "object" };

    if (m->kind == JSON_NUMBER &&
        (memchr(m->value.ptr, '.', m->value.len) ||
         memchr(m->value.ptr, 'e', m->value.len) ||
         memchr(m->value.ptr, 'E', m->value.len)))
        return "real";
    return names[m->kind];
}

static bool member_same(void *context, const struct json_member *m,
                        struct fault *fault)
{
    struct walk *walk = context;
    struct slice key = slice_make(m->key.ptr - 1, m->key.len + 2);

    (void)fault;
    check_that(walk->state == SQLITE_ROW, "%.*s", (int)walk->object.len,
               walk->object.ptr);
    check(walk->object.ptr + m->at == key.ptr && *key.ptr == '"');
    string_same(walk, key, column(walk->members, 0));
    check_that(slice_is(column(walk->members, 1), type_name(m)), "%.*s",
               (int)m->value.len, m->value.ptr);
    check(step(walk->alone, m->value) == SQLITE_ROW);
    check_that(slice_equal(column(walk->alone, 0), column(walk->members, 2)),
               "%.*s", (int)m->value.len, m->value.ptr);
    if (m->kind == JSON_STRING)
        string_same(walk, m->value, column(walk->members, 2));
    else
        walk->others++;
    walk->state = sqlite3_step(walk->members);
    return true;
}

/* Compare one text; is it JSON? */
static bool compare(struct walk *walk, sqlite3_stmt *valid,
                    const struct text *text, uint64_t seed)
{
    struct slice slice = slice_make(text->bytes, text->len);
    struct fault fault;
    bool ours = json_check(slice, &fault), theirs;

    check(step(valid, slice) == SQLITE_ROW);
    theirs = sqlite3_column_int(valid, 0) != 0;
    check_that(ours == theirs, "round %llu, we say %s, SQLite %d: %.*s",
               (unsigned long long)seed, ours ? "yes" : fault.what, theirs,
               (int)slice.len, slice.ptr);
    if (!ours)
        return false;
    walk->object = slice;
    walk->state = step(walk->members, slice);
    if (!json_scan(slice, member_same, walk, &fault))
        check(strcmp(fault.what, "not an object") == 0);
    else
        check(walk->state == SQLITE_DONE);
    arena_reset(&walk->arena);
    return true;
}

int main(void)
{
    static struct text text;
    static struct walk walk;
    sqlite3_stmt *valid;
    uint64_t good = 0, mutants_good = 0;

    check(sqlite3_open(":memory:", &database) == SQLITE_OK);
    valid = prepare("SELECT json_valid(?1)");
    walk.members = prepare("SELECT key, type, value FROM json_each(?1)");
    walk.alone = prepare("SELECT json_extract(?1, '$')");
    for (uint64_t round = 0; round < ROUNDS; round++) {
        struct random random = { round };

        text.len = 0;
        space_add(&random, &text);
        value_add(&random, &text, 0);
        space_add(&random, &text);
        good += compare(&walk, valid, &text, round);
        for (int i = 0; i < MUTANTS; i++) {
            mutate(&random, &text);
            mutants_good += compare(&walk, valid, &text, round);
        }
    }
    check(good == ROUNDS);
    check(mutants_good > ROUNDS / 10 && mutants_good < ROUNDS * 2);
    check(walk.strings > ROUNDS && walk.others > ROUNDS);
    printf("SQLite %s: %d values and %llu of %d changed ones are JSON, "
           "%llu strings, %llu other values\n",
           sqlite3_libversion(), ROUNDS, (unsigned long long)mutants_good,
           ROUNDS * MUTANTS, (unsigned long long)walk.strings,
           (unsigned long long)walk.others);
    sqlite3_finalize(valid);
    sqlite3_finalize(walk.members);
    sqlite3_finalize(walk.alone);
    sqlite3_close(database);
    arena_clear(&walk.arena);
    return check_done();
}

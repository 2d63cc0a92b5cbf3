/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record - whatever stages add, replace or set, the rest stays to the byte.
 *
 * Random objects (odd white space, escaped keys, numbers that no double holds,
 * owned and foreign members, text inside an object) go through random chains of
 * what stages may do.  A list of (key, value bytes) is kept beside each record
 * by the obvious rules; after each step the line must hold exactly that list,
 * the view must equal a fresh reading, and while nothing was cut or set, the
 * bytes that were read must be a prefix.
 */
#include "src/record.h"

#include <inttypes.h>
#include <string.h>

#include "src/json.h"
#include "tests/check.h"

enum { MEMBERS_MAX = 40, TEXT_MAX = 400, ROUNDS = 20000 };

struct member {
    char raw[64];          /* the key as it stands between its quotes */
    char plain[64];
    char value[TEXT_MAX];
    char before[32], after[32]; /* of the object that holds the text */
};

struct model {
    struct member members[MEMBERS_MAX];
    size_t count;
    const char *holder; /* the text is text in this member; NULL: it is text */
    bool has_text;
};

static struct random rng;
static uint64_t seed;

static uint64_t below(uint64_t limit)
{
    return random_below(&rng, limit);
}

static const char *blank(void)
{
    static const char *const blanks[] = { "", "", "", "", " ", "\t", "  ",
                                          "\r" };

    return blanks[below(sizeof blanks / sizeof *blanks)];
}

static const char *pick_string(void)
{
    static const char *const strings[] = {
        "\"\"", "\"a\"", "\"zwei Wörter\"", "\"a\\nb\\u00e9\"", "\"\\\\\"",
        "\"\\\"}{,\"", "\"\\ud83c\\udf3b\"", "\"日本 \\/ 语\"", "\"deu_Latn\"",
        "\"0123456789012345678901234567890123456789\\u0041\""
    };

    return strings[below(sizeof strings / sizeof *strings)];
}

static const char *pick_value(void)
{
    static const char *const values[] = {
        "12345678901234567890", "1.50e+3", "-0", "true", "null", "[]", "{}",
        "[1, {\"text\":\"inner\"} ,\"]\"]", "{\"id\" : 1,\"lang\":null}",
        "[\"ces_Latn\",\"slk_Latn\"]", "[ ]"
    };

    if (below(2) == 0)
        return pick_string();
    return values[below(sizeof values / sizeof *values)];
}

/* Keys that mlin owns and keys that it does not; some spelt with an escape. */
static void pick_key(struct member *m)
{
    static const char *const keys[][2] = {
        { "id", "id" }, { "url", "url" }, { "lang", "lang" },
        { "la\\u006eg", "lang" }, { "lang_score", "lang_score" },
        { "quality", "quality" }, { "quality", "quality" },
        { "x", "x" }, { "", "" }, { "tex", "tex" }, { "textt", "textt" },
        { "a\\\"b", "a\"b" }, { "drop_dedup", "drop_dedup" }, { "é", "é" },
        { "source", "source" }, { "TEXT", "TEXT" }, { "date", "date" },
    };
    size_t i = below(sizeof keys / sizeof *keys);

    snprintf(m->raw, sizeof m->raw, "%s", keys[i][0]);
    snprintf(m->plain, sizeof m->plain, "%s", keys[i][1]);
}

static struct member *model_find(struct model *model, const char *plain)
{
    for (size_t i = 0; i < model->count; i++)
        if (strcmp(model->members[i].plain, plain) == 0)
            return &model->members[i];
    return NULL;
}

static void set_nested(struct member *m, const char *text)
{
    snprintf(m->value, sizeof m->value, "%s%s%s", m->before, text, m->after);
}

/* The member that the text is in, or is. */
static void text_member(struct member *m, const char *holder)
{
    const char *text = pick_string();

    if (!holder) {
        snprintf(m->raw, sizeof m->raw, "%s", below(8) ? "text" : "\\u0074ext");
        snprintf(m->plain, sizeof m->plain, "text");
        snprintf(m->value, sizeof m->value, "%s", text);
        return;
    }
    snprintf(m->raw, sizeof m->raw, "%s", holder);
    snprintf(m->plain, sizeof m->plain, "%s", holder);
    snprintf(m->before, sizeof m->before, "{%s\"text\":%s",
             below(2) ? "\"n\":[1,2]," : "", blank());
    snprintf(m->after, sizeof m->after, "%s}",
             below(2) ? " ,\"lang\":\"inner\"" : "");
    set_nested(m, text);
}

static bool is_holder(const struct model *model, const struct member *m)
{
    return model->holder && strcmp(m->plain, model->holder) == 0;
}

static void model_random(struct model *model)
{
    static const char *const holders[] = { NULL, NULL, "meta", "quality" };
    size_t count = below(7), text_at = below(count + 1);

    model->holder = holders[below(4)];
    model->has_text = below(8) > 0;
    model->count = 0;
    for (size_t i = 0; i <= count; i++) {
        struct member m = { 0 };

        if (i == text_at && !model->has_text)
            continue;
        if (i == text_at) {
            text_member(&m, model->holder);
        } else {
            pick_key(&m);
            snprintf(m.value, sizeof m.value, "%s", pick_value());
            if (model_find(model, m.plain) || is_holder(model, &m))
                continue;
        }
        model->members[model->count++] = m;
    }
}

static size_t model_print(const struct model *model, char *to, size_t cap)
{
    size_t at = (size_t)snprintf(to, cap, "%s{%s", blank(), blank());

    for (size_t i = 0; i < model->count; i++) {
        const struct member *m = &model->members[i];

        at += (size_t)snprintf(to + at, cap - at, "%s\"%s\"%s:%s%s%s%s",
                               i > 0 ? "," : "", m->raw, blank(), blank(),
                               m->value, blank(),
                               i + 1 < model->count ? blank() : "");
    }
    at += (size_t)snprintf(to + at, cap - at, "%s}%s", blank(), blank());
    check(at < cap);
    return at;
}

/* ---- the line against the model ---- */

struct walk {
    const struct model *model;
    size_t i;
};

static bool same_member(void *context, const struct json_member *m,
                        struct fault *fault)
{
    struct walk *walk = context;
    const struct member *expected = &walk->model->members[walk->i];

    (void)fault;
    check_that(walk->i < walk->model->count, "seed %" PRIu64, seed);
    check_that(slice_is(m->key, expected->raw), "seed %" PRIu64 ": %.*s", seed,
               (int)m->key.len, m->key.ptr);
    check_that(slice_is(m->value, expected->value),
               "seed %" PRIu64 ": %s is %.*s, not %s", seed, expected->raw,
               (int)m->value.len, m->value.ptr, expected->value);
    walk->i++;
    return true;
}

static void holds_model(const struct record *r, const struct model *model)
{
    struct walk walk = { model, 0 };
    struct fault fault = { NULL, 0 };

    check_that(json_scan(r->line, same_member, &walk, &fault),
               "seed %" PRIu64 ": %s: %.*s", seed, fault.what,
               (int)r->line.len, r->line.ptr);
    check_that(walk.i == model->count, "seed %" PRIu64, seed);
}

static void view_is_fresh(struct batch *b, const struct record *r)
{
    struct record fresh = *r;
    struct fault fault = { NULL, 0 };

    check(record_parse(b, &fresh, false, &fault));
    check_that(slice_equal(fresh.text, r->text), "seed %" PRIu64, seed);
    check_that(slice_equal(fresh.lang, r->lang), "seed %" PRIu64, seed);
    check_that(fresh.close_at == r->close_at, "seed %" PRIu64, seed);
    for (int key = 0; key < KEY_COUNT; key++) {
        check_that(fresh.value[key].ptr == r->value[key].ptr &&
                       fresh.value[key].len == r->value[key].len,
                   "seed %" PRIu64 ", key %d", seed, key);
        check_that(!fresh.value[key].ptr ||
                       fresh.member_at[key] == r->member_at[key],
                   "seed %" PRIu64 ", key %d", seed, key);
    }
}

/* ---- what stages do ---- */

static void add_random(struct batch *b, struct record *r, struct model *model)
{
    struct member m = { 0 }, *old;
    struct slice key;

    do
        pick_key(&m);
    while (is_holder(model, &m)); /* to replace it would take the text away */
    key = arena_copy(&b->arena, slice_from(m.plain));
    switch (below(4)) {
    case 0: {
        uint64_t count = random_next(&rng) >> below(64);

        snprintf(m.value, sizeof m.value, "%" PRIu64, count);
        record_add_count(b, r, key, count);
        break;
    }
    case 1: {
        double number = (double)(int64_t)below(2000001) / 1e6 - 1;
        int decimals = (int)below(7);

        snprintf(m.value, sizeof m.value, "%.*f", decimals, number);
        record_add_number(b, r, key, number, decimals);
        break;
    }
    case 2:
        snprintf(m.value, sizeof m.value, "\"\\u0001 \\\"%s\\\\ é\\n\"",
                 m.plain[0] == 'x' ? "x" : "");
        record_add_text(b, r, key, slice_from(m.plain[0] == 'x'
                                                  ? "\001 \"x\\ é\n"
                                                  : "\001 \"\\ é\n"));
        break;
    default:
        snprintf(m.value, sizeof m.value, "%s", pick_value());
        record_add_json(b, r, key, arena_copy(&b->arena,
                                              slice_from(m.value)));
    }
    /* What is written is spelt plainly, but for what must be escaped. */
    snprintf(m.raw, sizeof m.raw, "%s",
             strcmp(m.plain, "a\"b") == 0 ? "a\\\"b" : m.plain);
    old = model_find(model, m.plain);
    if (old && !b->replace) {
        check_that(r->state == RECORD_REJECTED, "seed %" PRIu64, seed);
        r->state = RECORD_KEPT; /* the line must be as it was */
        return;
    }
    check_that(r->state == RECORD_KEPT, "seed %" PRIu64, seed);
    if (old) {
        size_t after = (size_t)(model->members + model->count - old) - 1;

        memmove(old, old + 1, after * sizeof *old);
        model->count--;
    }
    model->members[model->count++] = m;
}

static void set_random(struct batch *b, struct record *r, struct model *model)
{
    static const char *const texts[][2] = {
        { "", "\"\"" },
        { "kurz", "\"kurz\"" },
        { "a\nb\"\\/", "\"a\\nb\\\"\\\\/\"" },
        { "🌻 längerer Text, der mehr Platz braucht als alles zuvor, viel mehr",
          "\"🌻 längerer Text, der mehr Platz braucht als alles zuvor, viel "
          "mehr\"" },
    };
    size_t i = below(sizeof texts / sizeof *texts);
    const char *name = model->holder ? model->holder : "text";
    struct member *m = model_find(model, name);

    record_set_text(b, r, arena_copy(&b->arena, slice_from(texts[i][0])));
    if (model->holder) {
        set_nested(m, texts[i][1]);
        return;
    }
    snprintf(m->value, sizeof m->value, "%s", texts[i][1]);
}

static void round_of(uint64_t number)
{
    struct batch b = { .schema = schema_standard() };
    struct fault fault = { NULL, 0 };
    struct model model;
    static char line[16384];
    char *read;
    struct record *r;
    bool keeps_prefix = true;
    size_t len;

    seed = number;
    rng.state = number * 7919;
    model_random(&model);
    if (model.holder)
        b.schema.names[KEY_TEXT] = slice_from(
            strcmp(model.holder, "meta") == 0 ? "meta.text" : "quality.text");
    len = model_print(&model, line, sizeof line);
    read = xmalloc(len); /* exactly as long, for the sanitizer */
    memcpy(read, line, len);
    r = batch_add(&b, slice_make(read, len));
    check_that(record_parse(&b, r, model.has_text, &fault),
               "seed %" PRIu64 ": %s: %s",
               seed, fault.what, line);
    view_is_fresh(&b, r);
    for (size_t n = below(9); n > 0; n--) {
        b.replace = below(3) == 0;
        if (model.has_text && below(4) == 0) {
            set_random(&b, r, &model);
            keeps_prefix = false;
        } else {
            add_random(&b, r, &model);
            keeps_prefix = keeps_prefix && !b.replace;
        }
        holds_model(r, &model);
        view_is_fresh(&b, r);
    }
    if (keeps_prefix) {
        size_t close = len;

        while (read[close - 1] != '}')
            close--;
        check_that(memcmp(r->line.ptr, read, close - 1) == 0, "seed %" PRIu64,
                   seed);
        check_that(memcmp(r->line.ptr + r->close_at, read + close - 1,
                          len - close + 1) == 0,
                   "seed %" PRIu64 ": %.*s, read: %s", seed,
                   (int)r->line.len, r->line.ptr, line);
    }
    check(memcmp(read, line, len) == 0); /* what was read is never written to */
    arena_clear(&b.arena);
    free(b.records);
    free(read);
}

int main(void)
{
    for (uint64_t i = 1; i <= ROUNDS; i++)
        round_of(i);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record - whatever stages add, replace or set, the rest stays to the byte.
 *
 * Random objects (odd white space, escaped keys, numbers that no double holds,
 * owned and foreign members, text inside an object) go through random chains of
 * what stages may do.  A list of (key, value bytes) is kept beside each record
 * by the obvious rules; after each step the line must hold exactly that list, the
 * view must equal a fresh reading, and while nothing was cut or set, the bytes
 * that were read must be a prefix.
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
    bool nested; /* the text is meta.text */
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

static void model_random(struct model *model)
{
    size_t count = below(7), text_at = below(count + 1);

    model->nested = below(4) == 0;
    model->count = 0;
    for (size_t i = 0; i <= count; i++) {
        struct member m = { 0 };

        if (i == text_at) {
            strcpy_text(&m, model->nested);
        } else {
            pick_key(&m);
            snprintf(m.value, sizeof m.value, "%s", pick_value());
            if (model_find(model, m.plain))
                continue;
        }
        model->members[model->count++] = m;
    }
}

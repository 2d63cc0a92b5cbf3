/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_set - what the names of properties, brackets and escapes stand for.
 *
 * Oniguruma's own tables were asked, over all code points: tests/peers/regex.py
 * does so again.
 */
#include "src/dialect_set.h"

#include <string.h>

#define BIT(name) (1u << DIALECT_##name)
#define LETTERS \
    (BIT(LU) | BIT(LL) | BIT(LT) | BIT(LM) | BIT(LO))
#define MARKS (BIT(MN) | BIT(MC) | BIT(ME))
#define SYMBOLS (BIT(SM) | BIT(SC) | BIT(SK) | BIT(SO))
#define PUNCTUATION                                                   \
    (BIT(PC) | BIT(PD) | BIT(PS) | BIT(PE) | BIT(PI) | BIT(PF) | BIT(PO))
#define SEPARATORS (BIT(ZS) | BIT(ZL) | BIT(ZP))
#define EVERYTHING ((1u << DIALECT_CATEGORY_COUNT) - 1)
#define GRAPH (EVERYTHING & ~(SEPARATORS | BIT(CC) | BIT(CN) | BIT(CS)))
#define WORD (LETTERS | MARKS | BIT(ND) | BIT(NL) | BIT(PC))

static const struct dialect_range spaces[] = {
    { 0x9, 0xd }, { 0x20, 0x20 }, { 0x85, 0x85 }, { 0xa0, 0xa0 },
    { 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2028, 0x2029 },
    { 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x3000, 0x3000 },
};
static const struct dialect_range blanks[] = {
    { 0x9, 0x9 }, { 0x20, 0x20 }, { 0xa0, 0xa0 }, { 0x1680, 0x1680 },
    { 0x2000, 0x200a }, { 0x202f, 0x202f }, { 0x205f, 0x205f },
    { 0x3000, 0x3000 },
};
static const struct dialect_range hexes[] = { { '0', '9' }, { 'A', 'F' },
                                              { 'a', 'f' } };
static const struct dialect_range ascii[] = { { 0, 0x7f } };
static const struct dialect_range latin_word[] = { { 0xb2, 0xb3 },
                                                   { 0xb9, 0xb9 },
                                                   { 0xbc, 0xbe } };
static const struct dialect_list space_list = { spaces, 10 };
static const struct dialect_list blank_list = { blanks, 8 };
static const struct dialect_list hex_list = { hexes, 3 };
static const struct dialect_list ascii_list = { ascii, 1 };
static const struct dialect_list latin_word_list = { latin_word, 3 };

/* Those of [:NAME:], and of \p{NAME} but for punct. */
static const struct {
    const char *name;
    uint32_t categories;
    const struct dialect_list *plus;
} posix[] = {
    { "alpha", LETTERS | BIT(NL), &dialect_alphabetic },
    { "alnum", LETTERS | BIT(NL) | BIT(ND), &dialect_alphabetic },
    { "upper", BIT(LU), &dialect_upper },
    { "lower", BIT(LL), &dialect_lower },
    { "word", WORD, &dialect_symbols },
    { "punct", PUNCTUATION | SYMBOLS, NULL },
    { "graph", GRAPH, NULL },
    { "print", GRAPH | BIT(ZS), NULL },
    { "cntrl", BIT(CC), NULL },
    { "digit", BIT(ND), NULL },
    { "space", 0, &space_list },
    { "blank", 0, &blank_list },
    { "xdigit", 0, &hex_list },
    { "ascii", 0, &ascii_list },
    /* Longer names of the same, for \p{NAME} alone. */
    { "alphabetic", LETTERS | BIT(NL), &dialect_alphabetic },
    { "uppercase", BIT(LU), &dialect_upper },
    { "lowercase", BIT(LL), &dialect_lower },
    { "whitespace", 0, &space_list },
};

enum { POSIX_COUNT = 14, POSIX_LONG = sizeof posix / sizeof posix[0] };

/* In the order of DIALECT_CATEGORIES. */
static const char *const long_names[DIALECT_CATEGORY_COUNT] = {
    "uppercaseletter", "lowercaseletter", "titlecaseletter", "modifierletter",
    "otherletter", "nonspacingmark", "spacingmark", "enclosingmark",
    "decimalnumber", "letternumber", "othernumber", "connectorpunctuation",
    "dashpunctuation", "openpunctuation", "closepunctuation",
    "initialpunctuation", "finalpunctuation", "otherpunctuation", "mathsymbol",
    "currencysymbol", "modifiersymbol", "othersymbol", "spaceseparator",
    "lineseparator", "paragraphseparator", "control", "format", "unassigned",
    "privateuse", "surrogate"
};
static const struct {
    const char *name, *long_name;
    uint32_t categories;
} groups[] = {
    { "l", "letter", LETTERS },
    { "lc", "casedletter", BIT(LU) | BIT(LL) | BIT(LT) },
    { "l&", "l&", BIT(LU) | BIT(LL) | BIT(LT) },
    { "m", "mark", MARKS },
    { "m", "combiningmark", MARKS },
    { "n", "number", BIT(ND) | BIT(NL) | BIT(NO) },
    { "p", "punctuation", PUNCTUATION },
    { "punct", "punct", PUNCTUATION },
    { "s", "symbol", SYMBOLS },
    { "z", "separator", SEPARATORS },
    { "c", "other", BIT(CC) | BIT(CF) | BIT(CN) | BIT(CO) | BIT(CS) },
    { "any", "any", EVERYTHING },
    { "assigned", "assigned", EVERYTHING & ~BIT(CN) },
    /* Of no script are what is not assigned and what is private. */
    { "zzzz", "unknown", BIT(CN) | BIT(CO) | BIT(CS) },
};

/* The categories of a name in small letters; 0: of none. */
static uint32_t categories_of(const char *name)
{
    for (unsigned i = 0; i < DIALECT_CATEGORY_COUNT; i++) {
        const char *two = &DIALECT_CATEGORIES[2 * i];

        if (strcmp(name, long_names[i]) == 0 ||
            (strlen(name) == 2 && name[0] == (two[0] | 0x20) &&
             name[1] == two[1]))
            return 1u << i;
    }
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(name, groups[i].name) == 0 ||
            strcmp(name, groups[i].long_name) == 0)
            return groups[i].categories;
    return 0;
}

static bool posix_find(struct dialect_set *set, const char *name, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(posix[i].name, name) == 0) {
            *set = (struct dialect_set){ .categories = posix[i].categories,
                                         .plus = { posix[i].plus } };
            return true;
        }
    return false;
}

bool dialect_set_posix(struct dialect_set *set, struct slice name)
{
    char terminated[8];

    if (name.len >= sizeof terminated)
        return false;
    memcpy(terminated, name.ptr, name.len);
    terminated[name.len] = '\0';
    return posix_find(set, terminated, POSIX_COUNT);
}

/* Small letters without blanks, - and _; false when it is too long. */
static bool simplify(struct slice name, char *to, size_t cap)
{
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (c == ' ' || c == '-' || c == '_')
            continue;
        if (len + 1 == cap)
            return false;
        to[len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    to[len] = '\0';
    return len > 0;
}

static bool is_new_script(const char *name)
{
    for (size_t i = 0; dialect_scripts[i][0]; i++)
        if (strcmp(name, dialect_scripts[i][0]) == 0 ||
            strcmp(name, dialect_scripts[i][1]) == 0)
            return true;
    return false;
}

static bool is_plain(const char *name)
{
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(name);
}

bool dialect_set_property(struct dialect_set *set, struct slice name,
                          bool in_brackets, const struct dialect_library *lib)
{
    char simple[sizeof set->name];
    uint32_t categories;

    if (!simplify(name, simple, sizeof simple))
        return false;
    if (strcmp(simple, "word") == 0)
        return dialect_set_escape(set, 'w', in_brackets);
    categories = categories_of(simple);
    if (categories != 0) {
        *set = (struct dialect_set){ .categories = categories };
        return true;
    }
    if (posix_find(set, simple, POSIX_LONG))
        return true;
    *set = (struct dialect_set){
        .is_script = is_plain(simple) &&
                     (is_new_script(simple) || lib->knows_script(simple))
    };
    memcpy(set->name, simple, sizeof simple);
    return true;
}

bool dialect_set_escape(struct dialect_set *set, char letter, bool in_brackets)
{
    switch (letter) {
    case 'd': return posix_find(set, "digit", POSIX_COUNT);
    case 's': return posix_find(set, "space", POSIX_COUNT);
    case 'h': return posix_find(set, "xdigit", POSIX_COUNT);
    case 'w':
        posix_find(set, "word", POSIX_COUNT);
        set->plus[1] = in_brackets ? NULL : &latin_word_list;
        return true;
    }
    return false;
}

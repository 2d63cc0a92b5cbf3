/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_flat - what a library of any version of Unicode is told of a class,
 * it reads as that of Unicode 16; the table of changes plays the library.
 */
#include "src/dialect.h"

#include "src/charclass.h"
#include "tests/check.h"

static bool knows_no_new_script(const char *name)
{
    return strcmp(name, "kawi") != 0;
}

/* The text for a library; free() it. */
static char *translated(const char *pattern, unsigned version)
{
    struct dialect_library library = { version, knows_no_new_script };
    struct dialect dialect;
    struct fault fault;
    char *text;

    check_that(dialect_translate(&dialect, pattern, &library, &fault), "%s: %s",
               pattern, fault.what);
    text = xstrdup(dialect.text.bytes);
    dialect_free(&dialect);
    return text;
}

/* What `version` of Unicode says of a character. */
static const char *category_in(uint32_t cp, unsigned version)
{
    static const uint8_t classes[] = {
        CHAR_LU, CHAR_LL, CHAR_LT, CHAR_LM, CHAR_LO, CHAR_MN, CHAR_MC, CHAR_ME,
        CHAR_ND, CHAR_NL, CHAR_NO, CHAR_PC, CHAR_PD, CHAR_PS, CHAR_PE, CHAR_PI,
        CHAR_PF, CHAR_PO, CHAR_SM, CHAR_SC, CHAR_SK, CHAR_SO, CHAR_ZS, CHAR_ZL,
        CHAR_ZP, CHAR_CC, CHAR_CF, CHAR_CN, CHAR_CO, CHAR_CS
    };
    size_t category = DIALECT_CC;
    uint8_t class = charclass_get(cp);

    for (size_t i = 0; i < sizeof classes; i++)
        if (classes[i] == class)
            category = i;
    for (size_t i = 0; i < dialect_change_count; i++) {
        const struct dialect_change *change = &dialect_changes[i];

        if (cp < change->first || cp > change->last)
            continue;
        check((change->version > DIALECT_UNICODE ? change->before
                                                 : change->after) == category);
        category = change->version > version ? change->before : change->after;
    }
    return &DIALECT_CATEGORIES[2 * category];
}

/* Whether [...] at *p holds a character of this category; moves past it. */
static bool bracket_has(const char **p, uint32_t cp, const char *category)
{
    const char *s = *p + 1;
    bool is_negated = *s == '^', has = false;

    for (s += is_negated; *s != ']'; s = strchr(s, '}') + 1) {
        unsigned long first, last;

        check(s[0] == '\\' && s[2] == '{');
        if (s[1] == 'p') {
            has |= strncmp(s + 3, category, strcspn(s + 3, "}")) == 0;
            continue;
        }
        check(s[1] == 'x');
        first = last = strtoul(s + 3, NULL, 16);
        if (strchr(s, '}')[1] == '-') {
            s = strchr(s, '}') + 2;
            last = strtoul(s + 3, NULL, 16);
        }
        has |= first <= cp && cp <= last;
    }
    *p = s + 1;
    return has != is_negated;
}

/* [a], (?:(?!(?-i:[a]))[b]) or (?:[a]|(?-i:[b])). */
static bool text_has(const char *text, uint32_t cp, unsigned version)
{
    const char *category = category_in(cp, version);
    const char *p = strchr(text, '[');
    bool first = bracket_has(&p, cp, category);

    p = strchr(p, '[');
    if (!p)
        return first;
    if (strncmp(text, "(?:(?!", 6) == 0)
        return !first && bracket_has(&p, cp, category);
    return first || bracket_has(&p, cp, category);
}

/* Where two versions may differ, and a sample of where they do not. */
static bool is_worth_asking(uint32_t cp)
{
    if (cp % 101 == 0 || (cp < 0x3000 && cp % 3 == 0))
        return true;
    for (size_t i = 0; i < dialect_change_count; i++)
        if (cp + 1 >= dialect_changes[i].first &&
            cp <= dialect_changes[i].last + 1)
            return cp % 7 == 0 || cp <= dialect_changes[i].first ||
                   cp >= dialect_changes[i].last;
    return false;
}

static void every_version_has_unicode_16(void)
{
    static const char *const patterns[] = {
        "\\p{L}", "\\P{Lo}", "[^\\s\\p{L}\\p{N}]", "\\p{Cn}", "[\\P{Cn}\\n]",
        "\\w", "[\\Wa]", "\\p{Ll}", "[\\p{Lo}\\p{Mn}]", "[^\\p{Mc}\\p{So}]",
        "[[:^alpha:]-]", "[\\P{L}\\x{10d50}-\\x{10d60}]"
    };
    static const unsigned versions[] = { 1400, 1500, 1510, 1600, 1700, 1800 };

    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        char *ours = translated(patterns[i], DIALECT_UNICODE);

        for (size_t k = 0; k < sizeof versions / sizeof versions[0]; k++) {
            char *theirs = translated(patterns[i], versions[k]);

            for (uint32_t cp = 0; cp <= 0x10ffff; cp++)
                if (is_worth_asking(cp))
                    check_that(text_has(theirs, cp, versions[k]) ==
                                   text_has(ours, cp, DIALECT_UNICODE),
                               "%s, Unicode %u: U+%04X", patterns[i],
                               versions[k], cp);
            free(theirs);
        }
        free(ours);
    }
}

/* A script that the library does not know is told by its code points. */
static void new_scripts_are_ranges(void)
{
    char *text = translated("\\p{Kawi}", 1400);

    for (uint32_t cp = 0; cp <= 0x10ffff; cp++)
        check_that(text_has(text, cp, 1400) ==
                       ((cp >= 0x11f00 && cp <= 0x11f10) ||
                        (cp >= 0x11f12 && cp <= 0x11f3a) ||
                        (cp >= 0x11f3e && cp <= 0x11f5a)),
                   "U+%04X", cp);
    free(text);
}

int main(void)
{
    new_scripts_are_ranges();
    every_version_has_unicode_16();
    return check_done();
}

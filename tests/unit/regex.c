/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regex - every class has the characters that Unicode 16 gives it, whatever
 * PCRE2 has, wherever the class stands; expressions mean what they mean to
 * Hugging Face (tests/peers/regex.py asks it); what cannot is refused.
 */
#include "src/regex.h"

#include "src/charclass.h"
#include "src/utf8.h"
#include "tests/check.h"

enum { END = 0x110000 };

static char everything[4 * END];  /* all characters, one after the other */
static uint32_t starts[END + 1];  /* where each begins; surrogates are empty */
static bool found[END], wanted[END];

static void write_everything(void)
{
    uint32_t len = 0;

    for (uint32_t cp = 0; cp < END; cp++) {
        starts[cp] = len;
        if (cp < 0xd800 || cp > 0xdfff)
            len += (uint32_t)utf8_put(everything + len, cp);
    }
    starts[END] = len;
}

/* Fill `found` with the characters of an expression that matches one. */
static void find_members(const char *one)
{
    char *pattern = xprintf("(?:%s)++", one);
    struct slice text = slice_make(everything, starts[END]);
    struct regex_search search;
    struct regex *regex;
    struct fault fault;
    size_t start = 0, end = 0;
    uint32_t cp = 0;

    regex = regex_open(pattern, &fault);
    check_that(regex, "%s: %s", one, fault.what);
    regex_search_init(&search, regex, text);
    memset(found, 0, sizeof found);
    while (end < text.len &&
           regex_find(&search, end, &start, &end) == REGEX_FOUND) {
        check(end > start);
        while (starts[cp] < start)
            cp++;
        for (; starts[cp] < end; cp++)
            found[cp] = cp < 0xd800 || cp > 0xdfff;
    }
    regex_search_clear(&search);
    regex_close(regex);
    free(pattern);
}

static void has_members(const char *one, bool is_negated)
{
    uint32_t cp = 0;

    find_members(one);
    while (cp < END && (found[cp] == (wanted[cp] != is_negated) ||
                        (cp >= 0xd800 && cp <= 0xdfff)))
        cp++;
    check_that(cp == END, "%s: U+%04X", one, cp);
}

/* A class outside of brackets, in them, and the other way round. */
static void has_everywhere(const char *class, const char *negated)
{
    char *in = xprintf("[%s]", class), *in_negated = xprintf("[^%s]", class);
    char *twice = xprintf("[^%s]", negated);
    char *among = xprintf("[\\x{10fffd}%s]", negated);
    char *shared = xprintf("[%s&&[^\\x{10fffd}]]", negated);
    char *nested = xprintf("[^[%s]]", class);

    has_members(class, false);
    has_members(negated, true);
    has_members(in, false);
    has_members(in_negated, true);
    has_members(twice, false);
    has_members(nested, true);
    if (!wanted[0x10fffd]) {
        has_members(among, true);
        wanted[0x10fffd] = true;
        has_members(shared, true);
        wanted[0x10fffd] = false;
    }
    free(in);
    free(in_negated);
    free(twice);
    free(among);
    free(shared);
    free(nested);
}

static const struct {
    const char *name;
    uint8_t class;
} categories[] = {
    { "Lu", CHAR_LU }, { "Ll", CHAR_LL }, { "Lt", CHAR_LT }, { "Lm", CHAR_LM },
    { "Lo", CHAR_LO }, { "Mn", CHAR_MN }, { "Mc", CHAR_MC }, { "Me", CHAR_ME },
    { "Nd", CHAR_ND }, { "Nl", CHAR_NL }, { "No", CHAR_NO }, { "Pc", CHAR_PC },
    { "Pd", CHAR_PD }, { "Ps", CHAR_PS }, { "Pe", CHAR_PE }, { "Pi", CHAR_PI },
    { "Pf", CHAR_PF }, { "Po", CHAR_PO }, { "Sm", CHAR_SM }, { "Sc", CHAR_SC },
    { "Sk", CHAR_SK }, { "So", CHAR_SO }, { "Zs", CHAR_ZS }, { "Zl", CHAR_ZL },
    { "Zp", CHAR_ZP }, { "Cc", CHAR_CC }, { "Cf", CHAR_CF }, { "Cn", CHAR_CN },
    { "Co", CHAR_CO },
};

enum { CATEGORY_COUNT = sizeof categories / sizeof categories[0] };

static const char *category_of(uint32_t cp)
{
    uint8_t class = charclass_get(cp);

    if (class == CHAR_CW)
        return "Cc";
    for (size_t i = 0; i < CATEGORY_COUNT; i++)
        if (categories[i].class == class)
            return categories[i].name;
    return "Cs";
}

/* True when one of the names, parted by a blank, begins the category. */
static bool is_any(const char *category, const char *names)
{
    for (; *names; names += strcspn(names, " "), names += strspn(names, " "))
        if (strncmp(category, names, strcspn(names, " ")) == 0)
            return true;
    return false;
}

static void want(const char *names)
{
    for (uint32_t cp = 0; cp < END; cp++)
        wanted[cp] = is_any(category_of(cp), names);
}

static void general_categories(void)
{
    static const char *const groups[] = { "L", "M", "N", "P", "S", "Z", "C" };

    for (size_t i = 0; i < CATEGORY_COUNT + 7; i++) {
        const char *name = i < CATEGORY_COUNT ? categories[i].name
                                              : groups[i - CATEGORY_COUNT];
        char *class = xprintf("\\p{%s}", name);
        char *negated = xprintf(i % 2 ? "\\P{%s}" : "\\p{^%s}", name);

        want(name);
        has_everywhere(class, negated);
        free(class);
        free(negated);
    }
}

static void escapes(void)
{
    want("Nd");
    has_everywhere("\\d", "\\D");
    has_everywhere("\\p{Decimal Number}", "\\P{digit}");
    for (uint32_t cp = 0; cp < END; cp++)
        wanted[cp] = (charclass_get(cp) & CHAR_SPACE) != 0;
    has_everywhere("\\s", "\\S");
    has_everywhere("\\p{White_Space}", "\\P{space}");
    for (uint32_t cp = 0; cp < END; cp++)
        wanted[cp] = (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'f') ||
                     (cp >= 'A' && cp <= 'F');
    has_everywhere("\\h", "\\H");
    want("L M Nd Nl Pc");
    for (uint32_t cp = 0; cp < END; cp++)
        wanted[cp] = wanted[cp] || (cp >= 0x24b6 && cp <= 0x24e9) ||
                     (cp >= 0x1f130 && cp <= 0x1f149) ||
                     (cp >= 0x1f150 && cp <= 0x1f169) ||
                     (cp >= 0x1f170 && cp <= 0x1f189);
    has_members("[\\w]", false);
    has_members("[^\\w]", true);
    has_members("[\\W\\x{10fffd}]", true);
    has_members("[[:word:]]", false);
    has_members("[\\p{Word}]", false);
    /* Outside of brackets, six of Latin-1 more: ² ³ ¹ ¼ ½ ¾. */
    for (uint32_t cp = 0xb2; cp <= 0xbe; cp++)
        wanted[cp] = wanted[cp] || (cp <= 0xb3 || cp == 0xb9 || cp >= 0xbc);
    has_members("\\w", false);
    has_members("\\W", true);
    has_members("\\p{Word}", false);
    has_members("(?i:\\w)", false);
}

static void has_posix(const char *name)
{
    char *in = xprintf("[[:%s:]]", name), *out = xprintf("[^[:%s:]]", name);
    char *negated = xprintf("[[:^%s:]]", name);
    char *among = xprintf("[\\x{10fffd}[:^%s:]]", name);

    has_members(in, false);
    has_members(out, true);
    has_members(negated, true);
    if (!wanted[0x10fffd])
        has_members(among, true);
    free(in);
    free(out);
    free(negated);
    free(among);
}

static void posix_classes(void)
{
    want("P S");
    has_posix("punct");
    want("P");
    has_members("\\p{Punct}", false);
    want("L M N P S Cf Co");
    has_posix("graph");
    want("L M N P S Cf Co Zs");
    has_posix("print");
    want("Cc");
    has_posix("cntrl");
    want("Nd");
    has_posix("digit");
    for (uint32_t cp = 0; cp < END; cp++)
        wanted[cp] = cp < 0x80;
    has_posix("ascii");
    want("Zs");
    wanted['\t'] = true;
    has_posix("blank");
}

static size_t count_found(void)
{
    size_t count = 0;

    for (uint32_t cp = 0; cp < END; cp++)
        count += found[cp];
    return count;
}

/* Hugging Face's numbers: see tests/peers/regex.py for each character. */
static void properties_beyond_categories(void)
{
    static const struct {
        const char *pattern;
        size_t count;
    } all[] = {
        { "[[:alpha:]]", 142759 }, { "\\p{Alphabetic}", 142759 },
        { "[[:alnum:]]", 143519 }, { "[[:upper:]]", 1978 },
        { "[[:lower:]]", 2569 },   { "\\p{Uppercase}", 1978 },
        { "\\p{Han}", 99030 },     { "\\p{Hani}", 99030 },
        { "\\p{Greek}", 518 },     { "[^\\P{Greek}]", 518 },
        { "\\p{Kawi}", 87 },       { "\\p{Garay}", 69 },
        { "\\p{Any}", 1112064 },   { "\\p{Assigned}", 292531 },
        { "\\p{LC}", 4147 },       { "(?i:[\\p{M}])", 2504 },
        { "(?i:[^\\p{L}])", 971035 },
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        find_members(all[i].pattern);
        check_that(count_found() == all[i].count, "%s: %zu, not %zu",
                   all[i].pattern, count_found(), all[i].count);
    }
}

int main(void)
{
    write_everything();
    general_categories();
    escapes();
    posix_classes();
    properties_beyond_categories();
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize - the scanners cut as PCRE2 cuts by the same pattern: all short
 * strings over the characters that matter, random longer ones, every character
 * in a few contexts, and the text of MLIN_DATA where it is there.  So both are
 * held to one another: the scanners to the expressions, and what src/dialect.h
 * makes of the classes of PCRE2 to those of Unicode 16.
 */
#include <glob.h>

#include "src/compress.h"
#include "src/json.h"
#include "tests/bars.h"
#include "tests/pretokenize_judge.h"

enum { CAP = 256 };

static void compare(int i, struct slice text, const char *what)
{
    size_t fast[CAP], slow[CAP], scalar[CAP], at = 0, n, m;

    for (;;) {
        n = pretokenize(&scanners[i], text, at, fast, CAP);
        m = pretokenize(&judges[i], text, at, slow, CAP);
        check_that(n == m, "%s, %s: %zu pieces, not %zu, from %zu: %.*s",
                   judge_names[i], what, n, m, at, (int)text.len, text.ptr);
        check(slow_scanners[i](text, at, scalar, CAP) == n);
        check(n == 0 || memcmp(scalar, fast, n * sizeof *fast) == 0);
        for (size_t k = 0; k < n; k++)
            check_that(fast[k] == slow[k],
                       "%s, %s: a piece ends at %zu, not %zu: %.*s",
                       judge_names[i], what, fast[k], slow[k], (int)text.len,
                       text.ptr);
        if (n == 0)
            break;
        check(n == CAP || fast[n - 1] == text.len);
        at = fast[n - 1];
    }
    check(at == text.len);
}

/* Every string of 1 to `longest` of the given characters. */
static void all_strings(const uint32_t *alphabet, unsigned count,
                        unsigned longest)
{
    unsigned digits[8] = { 0 };
    char bytes[32];

    for (unsigned len = 1; len <= longest;) {
        size_t at = 0;
        unsigned k = 0;

        for (unsigned d = 0; d < len; d++)
            at += utf8_put(bytes + at, alphabet[digits[d]]);
        for (int i = 0; i < NAMES; i++)
            compare(i, slice_make(bytes, at), "all strings");
        while (k < len && ++digits[k] == count)
            digits[k++] = 0;
        len += k == len;
    }
}

static void all_short_strings(void)
{
    static const uint32_t every_kind[] = {
        's', 'S', 0x1c5, 0x5d0, 0x301, '1', '\'', ' ', '\t', '\n', '\r', '.',
        '/', 0x17f
    };
    static const uint32_t contracted[] = { 's', 'T', 'r', 'V', 'e', 'm', 'l',
                                           'd', '\'', ' ', 0x17f };
    static const uint32_t spaced[] = { 'a', 'A', 0x301, '1', ' ', 0xa0, '\n',
                                       '!', '/' };
    static const uint32_t elided[] = { 'l', 's', 'e', 0xe9, 0x301, '\'', 0x2019,
                                       0x2bc, 0x456, 0x483, ' ', '1' };

    all_strings(every_kind, 14, 5);
    all_strings(contracted, 11, 6);
    all_strings(spaced, 9, 6);
    all_strings(elided, 12, 5);
}

static size_t put_new(char *to, struct random *random)
{
    size_t count = sizeof judge_new / sizeof *judge_new;

    return utf8_put(to, judge_new[random_below(random, count)]);
}

static void random_strings(void)
{
    static const uint32_t tricky[] = {
        'a', 's', 't', 'l', 'e', 'r', 'v', 'd', 'm', 'S', 'T', 'L', 'E', 'R',
        'Z', '\'', '\'', '\'', ' ', ' ', ' ', '\t', '\n', '\n', '\r', 0xb, 0x85,
        0xa0, 0x2028, 0x3000, 0x1680, 0x202f, '0', '9', 0xb2, 0xbd, 0x2167,
        0x660, '.', '/', '/', '-', '_', 0x2019, 0x2bc, 0x301, 0x308, 0x903,
        0x20dd, 0x1c5, 0x5d0, 0x4e2d, 0x17f, 0x212a, 0xe9, 0x44f, 0x416, 0x3a3,
        0x180e, 0x200b, 0xfeff, 0x1f600, 0x10400, 0x10428, 0xe0100, 0x378, 0
    };
    struct random random = { 7 };
    char bytes[4 * 40];

    for (int round = 0; round < 200000; round++) {
        size_t len = 0;

        for (uint64_t n = 1 + random_below(&random, 40); n > 0; n--)
            len += n % 16 == 1
                       ? put_new(bytes + len, &random)
                       : utf8_put(bytes + len,
                                  tricky[random_below(&random,
                                                      sizeof tricky /
                                                          sizeof *tricky)]);
        for (int i = 0; i < NAMES; i++)
            compare(i, slice_make(bytes, len), "random strings");
    }
}

/* Each character between others. */
static void every_character_in_context(void)
{
    static const char *const around[][2] = { { "", "" },     { "a", "A" },
                                             { " ", " " },   { ".", "1" },
                                             { "A", "'s" },  { " \n", "\n." } };
    char bytes[16];

    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        if (cp >= 0xd800 && cp <= 0xdfff)
            continue;
        for (size_t k = 0; k < sizeof around / sizeof *around; k++) {
            size_t len = strlen(around[k][0]), tail = strlen(around[k][1]);

            memcpy(bytes, around[k][0], len);
            len += utf8_put(bytes + len, cp);
            memcpy(bytes + len, around[k][1], tail);
            for (int i = 0; i < NAMES; i++)
                if (cp < 0x800 || i == (int)(cp % NAMES))
                    compare(i, slice_make(bytes, len + tail), "characters");
        }
    }
}

/*
 * The fast scanners are the slow ones: long texts, so that words and characters
 * lie across the blocks, with bytes that are no UTF-8, by few pieces or many.
 */
static void fast_is_slow(struct slice text, size_t cap)
{
    size_t fast[2 * CAP], slow[2 * CAP];

    for (int i = 0; i < NAMES; i++)
        for (size_t at = 0, n = 1; n > 0; at = n > 0 ? slow[n - 1] : at) {
            n = slow_scanners[i](text, at, slow, cap);
            fast[cap] = SIZE_MAX; /* nothing is written past the cap */
            check_that(pretokenize(&scanners[i], text, at, fast, cap) == n,
                       "%s: from %zu: %.*s", judge_names[i], at,
                       (int)text.len, text.ptr);
            check_that(memcmp(fast, slow, n * sizeof *fast) == 0,
                       "%s: from %zu: %.*s", judge_names[i], at,
                       (int)text.len, text.ptr);
            check(fast[cap] == SIZE_MAX);
        }
}

static void long_texts(void)
{
    /* As they come in text: words, now and then something else. */
    static const char *const parts[] = {
        " the", " The", " l'\xc3\xa9t\xc3\xa9", " \xd0\xbf\xd0\xb0",
        " \xce\xb1\xce\xbb", " \xc5\xa1", " \xc5\xa0\xc5\xa1", "aB", ",",
        ".", ". ", ".\n", "'s", "'", "\xe2\x80\x99", "\xca\xbc", "\xe2\x80\x9c",
        "/", "\n/", "\n    ", "12", " \r\n", "%",
        " 1234", "\xcc\x81", "\xc3", "\x80", "\xe2\x80", "\xff", "\xd7\xa9",
        "\xe1\x83\x90", "\xc2\xa0", "\xc2\xab", "\xd2\x82", "  ", "\n\n", "(",
        "?!", " ABC", "\xf0\x9f\x98\x80", "\xc7\x85", "ordinary", "",
    };
    enum { LONG = 3000, PARTS = sizeof parts / sizeof parts[0] };
    static char bytes[LONG + 16];
    struct random random = { 11 };

    for (int round = 0; round < 40000; round++) {
        size_t len = 0, most = random_below(&random, round % 20 ? 300 : LONG);
        uint64_t common = random_below(&random, 6);
        char *text;

        while (len < most) {
            const char *part = parts[random_below(&random, 4) < common
                                         ? random_below(&random, 6)
                                         : random_below(&random, PARTS)];

            memcpy(bytes + len, part, strlen(part));
            len += strlen(part);
        }
        text = xmalloc(len + 1); /* a reader past the end is found by asan */
        memcpy(text, bytes, len);
        text = xrealloc(text, len > 0 ? len : 1);
        fast_is_slow(slice_make(text, len),
                     round % 3 ? CAP : 1 + random_below(&random, 9));
        free(text);
    }
}

/*
 * The expressions too: characters with another class in PCRE2 stand so far
 * apart that a search meets none, one, or one that only a look-around sees.
 */
static void expressions_in_long_texts(void)
{
    static const char *const parts[] = {
        " the", " Old", " \xce\xb1\xce\xbb", "'s", "'", ", ", "  ", "\n\n",
        "1234", "\xe2\x80\x99", "\xe2\x80\x94", "\xcc\x81", "!", "\xd1\x8f"
    };
    enum { LONG = 6000, PARTS = sizeof parts / sizeof parts[0] };
    static char bytes[LONG + 16];
    struct random random = { 17 };

    for (int round = 0; round < 1500; round++) {
        uint64_t rare = (uint64_t)1 << random_below(&random, 12);
        size_t len = 0, most = random_below(&random, LONG);

        while (len < most) {
            const char *part = parts[random_below(&random, PARTS)];

            if (random_below(&random, rare) == 0) {
                len += put_new(bytes + len, &random);
                continue;
            }
            memcpy(bytes + len, part, strlen(part));
            len += strlen(part);
        }
        for (int i = 0; i < NAMES; i++)
            compare(i, slice_make(bytes, len), "long texts");
    }
}

/* Every two bytes, before and after the edge of a block. */
static void all_pairs_of_bytes(void)
{
    char bytes[96];

    for (unsigned pair = 0; pair < 0x10000; pair++)
        for (size_t at = 61; at <= 64; at++) {
            memset(bytes, 'x', sizeof bytes);
            bytes[at] = (char)(pair >> 8);
            bytes[at + 1] = (char)pair;
            fast_is_slow(slice_make(bytes, at + 2 + pair % 7), CAP);
        }
}

/*
 * What the masks know, in every order, before, on and after the edge of a
 * block; beside it something that belongs to it, or does not.
 */
static void all_strings_on_the_edge(void)
{
    static const char known[] = "aB1 \n./'sd";
    static const char beside[] = "x1. ";
    enum { KNOWN = sizeof known - 1, LEN = 5, EDGE = 64 };
    unsigned total = 1;
    char bytes[EDGE + 2 * LEN];

    for (int i = 0; i < LEN; i++)
        total *= KNOWN;
    for (unsigned string = 0; string < total; string++) {
        size_t start = EDGE - LEN + string % (LEN + 1);
        unsigned digits = string;

        memset(bytes, beside[string % 4], sizeof bytes);
        for (int i = 0; i < LEN; i++, digits /= KNOWN)
            bytes[start + (size_t)i] = known[digits % KNOWN];
        for (size_t shift = 0; shift <= LEN; shift++)
            fast_is_slow(slice_make(bytes + shift, start + LEN + 2 - shift),
                         CAP);
    }
}

static void is_cut(const char *shown)
{
    bars_cut(&scanners[NAMES - 1], shown, "eu");
}

/* The languages that eu is for. */
static void eu_in_many_languages(void)
{
    check(strcmp(judge_names[NAMES - 1], "eu") == 0);
    is_cut("Aujourd'|hui| l'|été|,| jusqu'|ici|.");
    is_cut("L’|école| d’|Alger|,| qu’|il| n’|y| a");
    is_cut("lʼ|été| dellʼ|acqua");
    is_cut("L'|ACQUA| DELL'|ARNO|,| c'|è| un| po'| d'|olio");
    is_cut("l'|home| d'|aquí| agafa|'ls| menja|'t| veure|'n");
    is_cut("b'|fhéidir| d'|fhág| m'|athair");
    is_cut("ta'| Malta| x'|inhu| jista'| f'|idejh");
    is_cut("vaa'|an| rei'|ittää");
    is_cut("c'|hoar| ar| c’|hi");
    is_cut("don|'t| WE|'VE| she|’ll| o'|clock| it|'s|,| dogs'| tails");
    is_cut("foto|'s| 's| avonds| 't| huis| auto|’s");
    is_cut("mae|'n| i|'r| o|'r");
    is_cut("п'ять| об’єкт| компʼютер| сям'я| З'ЯВИВСЯ| п'ять'");
    is_cut("απ'| όλα| γι’| αυτό");
    is_cut("e\u0301te\u0301| a\u0328z\u0307| й|,| |12|\u0301");
    is_cut("123|456|7| |189|7");
    is_cut("''|word|''| \"|word|\"\n\n|next");
    is_cut("'word'| ('|word'|).| rock| 'n|'roll");
    is_cut("   \n| |\ta|  ");
}

/* Whichever apostrophe it is, a text has the same pieces. */
static void apostrophes_are_alike(void)
{
    static const char *const forms[] = { "'", "\xe2\x80\x99", "\xca\xbc" };
    static const char *const parts[] = { "'", "'", "l", "s", "e", "é", "я", "і",
                                         "\u0301", " ", "\n", "1", "." };
    struct random random = { 13 };

    for (int round = 0; round < 50000; round++) {
        size_t picks[20], count = 1 + random_below(&random, 20), first = 0;
        char first_cuts[21];

        for (size_t k = 0; k < count; k++)
            picks[k] = random_below(&random, sizeof parts / sizeof *parts);
        for (size_t form = 0; form < 3; form++) {
            char text[80], cuts[21];
            size_t starts[21], ends[CAP], len = 0, n;

            for (size_t k = 0; k < count; k++) {
                const char *part = picks[k] < 2 ? forms[form] : parts[picks[k]];

                starts[k] = len;
                memcpy(text + len, part, strlen(part));
                len += strlen(part);
            }
            starts[count] = len;
            n = pretokenize(&scanners[NAMES - 1], slice_make(text, len), 0,
                            ends, CAP);
            memset(cuts, 0, sizeof cuts);
            for (size_t i = 0, k = 0; i < n; i++) {
                while (starts[k] < ends[i])
                    k++;
                check(starts[k] == ends[i]);
                cuts[k] = 1;
            }
            if (form == 0) {
                memcpy(first_cuts, cuts, sizeof cuts);
                first = n;
            }
            check_that(n == first && memcmp(cuts, first_cuts, sizeof cuts) == 0,
                       "%.*s", (int)len, text);
        }
    }
}

/* However few pieces are asked for at once, they are the same. */
static void pieces_do_not_depend_on_the_cap(void)
{
    struct slice text = slice_from("Don't stop:  l'\xc3\xa9t\xc3\xa9 \n\n 1234"
                                   "..\n//x \t a\xcc\x81Z'LL");
    size_t all[CAP], one;

    for (int i = 0; i < NAMES; i++) {
        const struct pretokenizer *both[] = { &scanners[i], &judges[i] };

        for (int j = 0; j < 2; j++) {
            size_t n = pretokenize(both[j], text, 0, all, CAP), at = 0;

            check(n > 5 && all[n - 1] == text.len);
            for (size_t k = 0; k < n; k++, at = one) {
                check(pretokenize(both[j], text, at, &one, 1) == 1);
                check(one == all[k]);
            }
        }
    }
}

static void compare_documents(struct slice file, const char *path)
{
    struct arena arena = { 0 };
    struct json_member m;
    struct fault fault;
    struct slice text;

    for (size_t at = 0; at < file.len;) {
        const char *line = file.ptr + at;
        const char *end = memchr(line, '\n', file.len - at);
        size_t len = end ? (size_t)(end - line) : file.len - at;

        if (json_find(slice_make(line, len), slice_from("text"), &m) &&
            json_unescape(m.value, &arena, &text, &fault))
            for (int i = 0; i < NAMES; i++)
                compare(i, text, path);
        arena_reset(&arena);
        at += len + 1;
    }
    arena_clear(&arena);
}

static void documents(void)
{
    const char *data = getenv("MLIN_DATA");
    char *pattern = xprintf("%s/text/debian-*/*.jsonl.zst",
                            data ? data : "");
    glob_t files = { 0 };

    if (!data || glob(pattern, 0, NULL, &files) != 0) {
        printf("documents: skipped, MLIN_DATA has no text\n");
        free(pattern);
        return;
    }
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct fault fault;
        size_t len;
        char *bytes;

        check(file_read(files.gl_pathv[i], (size_t)1 << 30, &bytes, &len,
                        &fault));
        compare_documents(slice_make(bytes, len), files.gl_pathv[i]);
        free(bytes);
    }
    globfree(&files);
    free(pattern);
}

int main(void)
{
    judge_open();
    printf("PCRE2 has Unicode %s\n", regex_unicode_version());
    all_short_strings();
    random_strings();
    every_character_in_context();
    all_pairs_of_bytes();
    all_strings_on_the_edge();
    long_texts();
    expressions_in_long_texts();
    eu_in_many_languages();
    apostrophes_are_alike();
    pieces_do_not_depend_on_the_cap();
    documents();
    judge_close();
    return check_done();
}

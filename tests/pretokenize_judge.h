/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize_judge.h - PCRE2 as the judge of the scanners, and where it cannot
 * judge: characters that its older Unicode classes otherwise.
 */
#ifndef MLIN_TESTS_PRETOKENIZE_JUDGE_H
#define MLIN_TESTS_PRETOKENIZE_JUDGE_H

#include "src/charclass.h"
#include "src/regex.h"
#include "src/utf8.h"
#include "tests/check.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/scan.h"

enum { CODE_POINTS = 0x110000 };

static const char *const judge_names[] = { "gpt2", "llama3", "qwen2", "o200k",
                                           "eu" };

enum { NAMES = sizeof judge_names / sizeof judge_names[0] };

/* One piece at a time: what the fast ones are to equal, bad bytes included. */
static scan_function *const slow_scanners[] = { scan_gpt2, scan_llama3,
                                                scan_qwen2, scan_o200k,
                                                scan_eu };
static struct pretokenizer scanners[NAMES], judges[NAMES];
static bool differs[CODE_POINTS]; /* from PCRE2 in a class that is asked for */

static inline void judge_open(void)
{
    struct fault fault;
    char grouped[1000];

    for (int i = 0; i < NAMES; i++) {
        check(pretokenizer_open(&scanners[i], judge_names[i], &fault));
        check(!scanners[i].regex);
        /* In a group, it is another pattern to pretokenizer_open(). */
        snprintf(grouped, sizeof grouped, "(?:%s)",
                 pretokenizer_pattern(&scanners[i]));
        check(pretokenizer_open(&judges[i], grouped, &fault));
        check(judges[i].regex);
    }
}

static inline bool judge_is_in(uint32_t cp, const char *class)
{
    uint8_t c = charclass_get(cp);

    switch (class[1]) {
    case 'u': return c == CHAR_LU;
    case 'l': return c == CHAR_LL;
    case 't': return c == CHAR_LT;
    case 'm': return c == CHAR_LM;
    case 'o': return c == CHAR_LO;
    }
    return (c & (class[0] == 'M' ? CHAR_MARK : CHAR_NUMBER)) != 0;
}

/* Fills `differs`; returns how many code points PCRE2 classes otherwise. */
static inline unsigned judge_compare_class(const char *class)
{
    char pattern[16], bytes[4];
    struct fault fault;
    struct regex *regex;
    struct regex_search search;
    unsigned count = 0;

    snprintf(pattern, sizeof pattern, "\\p{%s}", class);
    regex = regex_open(pattern, &fault);
    check(regex);
    regex_search_init(&search, regex);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        size_t len, start, end;

        if (cp >= 0xd800 && cp <= 0xdfff)
            continue;
        len = utf8_put(bytes, cp);
        if ((regex_find(&search, slice_make(bytes, len), 0, &start, &end) ==
             REGEX_FOUND) != judge_is_in(cp, class)) {
            differs[cp] = true;
            count++;
        }
    }
    regex_search_clear(&search);
    regex_close(regex);
    return count;
}

/* All classes that the patterns ask for; how many answers differ. */
static inline unsigned judge_compare_classes(void)
{
    static const char *const classes[] = { "Lu", "Ll", "Lt", "Lm", "Lo", "M",
                                           "N" };
    unsigned total = 0;

    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        total += judge_compare_class(classes[i]);
    return total;
}

static inline void judge_close(void)
{
    for (int i = 0; i < NAMES; i++) {
        pretokenizer_close(&scanners[i]);
        pretokenizer_close(&judges[i]);
    }
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize_judge.h - PCRE2 as the judge of the scanners, with the classes of
 * Unicode 16 that src/regex.h gives it.
 */
#ifndef MLIN_TESTS_PRETOKENIZE_JUDGE_H
#define MLIN_TESTS_PRETOKENIZE_JUDGE_H

#include "src/regex.h"
#include "src/utf8.h"
#include "tests/check.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/scan.h"

enum { CODE_POINTS = 0x110000 };

/* New in Unicode 15, 15.1, 16, 17 and 18, of many kinds. */
static const uint32_t judge_new[] = {
    0x897, 0xcf3, 0x1c89, 0x1c8a, 0xa7da, 0x1f6dc, 0x11f50, 0x10d40, 0x10d50,
    0x10d69, 0x10d6e, 0x16d70, 0x1e4d0, 0x1e4f0, 0x1b4e, 0x2427, 0x1ccf0,
    0x2ebf0, 0x31350, 0x1171e, 0x295, 0x88f, 0xa7ce, 0x11dd0, 0x16ea0, 0x558
};

static const char *const judge_names[] = { "gpt2", "llama3", "cl100k_base",
                                           "qwen2", "o200k", "metaspace",
                                           "eu" };

enum { NAMES = sizeof judge_names / sizeof judge_names[0] };

/* One piece at a time: what the fast ones are to equal, bad bytes included. */
static scan_function *const slow_scanners[] = {
    scan_gpt2, scan_llama3, scan_cl100k_base, scan_qwen2, scan_o200k,
    scan_metaspace, scan_eu
};
static struct pretokenizer scanners[NAMES], judges[NAMES];

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

static inline void judge_close(void)
{
    for (int i = 0; i < NAMES; i++) {
        pretokenizer_close(&scanners[i]);
        pretokenizer_close(&judges[i]);
    }
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shingle_judge.h - the slow, obvious version of filters/shingle.h: words as
 * strings of code points, shingles as strings, sets by sorting, and the true
 * Jaccard index of two texts.
 */
#ifndef MLIN_TESTS_SHINGLE_JUDGE_H
#define MLIN_TESTS_SHINGLE_JUDGE_H

#include <stdlib.h>
#include <string.h>

#include "src/arena.h"
#include "src/charclass.h"
#include "src/unicode.h"
#include "src/utf8.h"

struct judge_set {
    struct slice *items; /* [count], in text order until they are sorted */
    size_t count;
};

static inline bool judge_is_word(uint32_t c)
{
    uint8_t class = charclass_get(c);

    return (class & (CHAR_LETTER | CHAR_NUMBER | CHAR_MARK)) ||
           class == CHAR_PC;
}

static inline bool judge_is_alone(uint32_t c)
{
    return (charclass_get(c) & CHAR_LETTER) &&
           ((c >= 0x3041 && c <= 0x309f) || (c >= 0x3400 && c <= 0x4dbf) ||
            (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
            (c >= 0x20000 && c <= 0x3ffff));
}

/* The text with marks gone, case folded, other characters blanks. */
static inline struct slice judge_plain(struct slice text, struct arena *arena)
{
    struct slice nfd = unicode_nfd(text, arena);
    char *out = arena_alloc(arena, 3 * nfd.len + 1);
    size_t at = 0, len = 0;
    bool was_digit = false;

    while (at < nfd.len) {
        uint32_t c = utf8_next(nfd, &at);
        uint8_t class = charclass_get(c);

        if (class == CHAR_MN || (class == CHAR_CF && c != 0x200b))
            continue;
        if (class == CHAR_ND) {
            if (!was_digit)
                out[len++] = '0';
        } else if (!judge_is_word(c)) {
            out[len++] = ' ';
        } else if (judge_is_alone(c)) {
            out[len++] = ' ';
            len += utf8_put(out + len, unicode_fold(c));
            out[len++] = ' ';
        } else {
            len += utf8_put(out + len, unicode_fold(c));
        }
        was_digit = class == CHAR_ND;
    }
    return slice_make(out, len);
}

static inline struct judge_set judge_words(struct slice text,
                                           struct arena *arena)
{
    struct slice plain = judge_plain(text, arena);
    struct judge_set set = { NULL, 0 };
    size_t at = 0;

    set.items = arena_alloc(arena, (plain.len + 1) * sizeof *set.items);
    while (at < plain.len) {
        size_t begin = at;

        while (at < plain.len && plain.ptr[at] != ' ')
            at++;
        if (at > begin)
            set.items[set.count++] = slice_make(plain.ptr + begin, at - begin);
        at++;
    }
    return set;
}

/* n words, each with a blank behind it; all of them when there are fewer. */
static inline struct judge_set judge_shingles(struct slice text, size_t n,
                                              struct arena *arena)
{
    struct judge_set words = judge_words(text, arena), set = { NULL, 0 };

    if (words.count == 0)
        return set;
    if (words.count < n)
        n = words.count;
    set.count = words.count - n + 1;
    set.items = arena_alloc(arena, set.count * sizeof *set.items);
    for (size_t i = 0; i < set.count; i++) {
        size_t len = 0;
        char *out;

        for (size_t j = i; j < i + n; j++)
            len += words.items[j].len + 1;
        out = arena_alloc(arena, len);
        set.items[i] = slice_make(out, len);
        for (size_t j = i; j < i + n; j++) {
            memcpy(out, words.items[j].ptr, words.items[j].len);
            out += words.items[j].len;
            *out++ = ' ';
        }
    }
    return set;
}

static inline int judge_order(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static inline void judge_sort(struct judge_set *set)
{
    size_t kept = 0;

    if (set->count == 0)
        return;
    qsort(set->items, set->count, sizeof *set->items, judge_order);
    for (size_t i = 0; i < set->count; i++)
        if (i == 0 || !slice_equal(set->items[i], set->items[kept - 1]))
            set->items[kept++] = set->items[i];
    set->count = kept;
}

/* |A and B| / |A or B| of the sets of n-grams; 1 of two empty ones. */
static inline double judge_jaccard(struct slice a, struct slice b, size_t n,
                                   struct arena *arena)
{
    struct judge_set x = judge_shingles(a, n, arena);
    struct judge_set y = judge_shingles(b, n, arena);
    size_t i = 0, j = 0, common = 0;

    judge_sort(&x);
    judge_sort(&y);
    while (i < x.count && j < y.count) {
        int order = slice_compare(x.items[i], y.items[j]);

        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    if (x.count + y.count == 0)
        return 1;
    return (double)common / (double)(x.count + y.count - common);
}

#endif

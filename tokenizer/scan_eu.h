/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_eu.h - where a piece of the pattern `eu` ends; pretokenize.h says what
 * the pattern is for and quotes examples.
 *
 * Three characters are apostrophes, and U+02BC is one here, never a letter,
 * though its class says so:
 *
 *     A   ['\u2019\u02BC]
 *     W   (?!\u02BC)[\p{L}\p{M}]
 *     E   (?:[sStTmMdDnNlLrR]|[lL][lLsS]|[nN][sS]|[rRvV][eE])(?!W)
 *
 *      ?AE
 *     |(?:[^\r\n\p{L}\p{M}\p{N}]|\u02BC)?W+(?:(?<=C)A(?=C)W+)*(?:A(?!A|E))?
 *     |\p{N}{1,3}| ?(?:[^\s\p{L}\p{N}]|\u02BC)+[\r\n]*
 *     |\s*[\r\n]+|\s+(?!\S)|\s+
 *
 * where C is U+0400 to U+052F, the Cyrillic that has inner apostrophes.
 */
#ifndef MLIN_TOKENIZER_SCAN_EU_H
#define MLIN_TOKENIZER_SCAN_EU_H

#include "tokenizer/scan_piece.h"

/* How many bytes the apostrophe at `at` has; 0 when there is none. */
INLINE size_t apostrophe_len(struct text text, size_t at)
{
    const unsigned char *p = text.bytes + at;
    size_t left = text.len - at;

    if (left >= 1 && p[0] == '\'')
        return 1;
    if (left >= 2 && p[0] == 0xca && p[1] == 0xbc)
        return 2;
    if (left >= 3 && p[0] == 0xe2 && p[1] == 0x80 && p[2] == 0x99)
        return 3;
    return 0;
}

/* The character at `at`, U+02BC being punctuation; a space at the end. */
INLINE struct character eu_character(struct text text, size_t at)
{
    struct character c = character_or_end(text, at);

    if (c.class == CHAR_LM && apostrophe_len(text, at) > 0)
        c.class = CHAR_PO;
    return c;
}

INLINE bool is_eu_word(struct text text, size_t at)
{
    return eu_character(text, at).class & (CHAR_LETTER | CHAR_MARK);
}

/* W* */
INLINE size_t eu_word_end(struct text text, size_t at)
{
    for (;;) {
        struct character c;

        while (at < text.len && (text.bytes[at] | 0x20u) - 'a' < 26)
            at++;
        c = eu_character(text, at);
        if (!(c.class & (CHAR_LETTER | CHAR_MARK)))
            return at;
        at += c.len;
    }
}

/* E at `at`, just after an apostrophe; `at` itself when it is none. */
static inline size_t enclitic_end(struct text text, size_t at)
{
    size_t left = text.len - at;
    unsigned a = left >= 1 ? text.bytes[at] | 0x20u : 0;
    unsigned b = left >= 2 ? text.bytes[at + 1] | 0x20u : 0;
    bool is_two = (a == 'l' && (b == 'l' || b == 's')) ||
                  (a == 'n' && b == 's') ||
                  ((a == 'r' || a == 'v') && b == 'e');

    if (is_two && !is_eu_word(text, at + 2))
        return at + 2;
    if ((a == 's' || a == 't' || a == 'm' || a == 'd' || a == 'n' ||
         a == 'l' || a == 'r') && !is_eu_word(text, at + 1))
        return at + 1;
    return at;
}

/* [\u0400-\u052F]; `p` may have no byte left to look at. */
INLINE bool is_cyrillic(const unsigned char *p, size_t left)
{
    if (left < 2 || !is_tail(p[1]))
        return false;
    return (p[0] >= 0xd0 && p[0] <= 0xd3) || (p[0] == 0xd4 && p[1] < 0xb0);
}

/* (?:(?<=C)A(?=C)W+)*(?:A(?!A|E))? after the word that ends at `at`. */
static inline size_t eu_tail_end(struct text text, size_t at)
{
    size_t len;

    while ((len = apostrophe_len(text, at)) > 0) {
        size_t next = at + len;

        /* A word stands before `at`, so these two bytes are one character. */
        if (at >= 2 && is_cyrillic(text.bytes + at - 2, 2) &&
            is_cyrillic(text.bytes + next, text.len - next) &&
            is_eu_word(text, next)) {
            at = eu_word_end(text, next);
            continue;
        }
        if (apostrophe_len(text, next) > 0 || enclitic_end(text, next) > next)
            return at;
        return next;
    }
    return at;
}

/* (?:[^\s\p{L}\p{N}]|\u02BC)* */
INLINE size_t eu_others_end(struct text text, size_t at)
{
    for (;;) {
        struct character c = eu_character(text, at);

        if (c.class & WORD)
            return at;
        at += c.len;
    }
}

INLINE size_t eu_end(struct text text, size_t at)
{
    struct character c = eu_character(text, at);
    size_t start = at + (text.bytes[at] == ' ');
    size_t len = apostrophe_len(text, start), end;

    if (len > 0) {
        end = enclitic_end(text, start + len);
        if (end > start + len)
            return end;
    }
    end = at + (is_prefix(text, at, c.class) && !(c.class & CHAR_MARK) ? c.len
                                                                       : 0);
    if (is_eu_word(text, end))
        return eu_tail_end(text, eu_word_end(text, end));
    if (c.class & CHAR_NUMBER)
        return numbers_end(text, at + c.len, 2);
    end = eu_others_end(text, start);
    if (end == start)
        return space_end(text, at, true);
    while (end < text.len &&
           (text.bytes[end] == '\n' || text.bytes[end] == '\r'))
        end++;
    return end;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_piece.h - where the piece that begins here ends: the patterns by hand,
 * one piece at a time.
 *
 * Each *_end() function says of the piece that begins at `at` (< len) where it
 * ends, by the alternatives of its pattern in their order; the comments quote
 * them.  Letters are what a text is made of, so ASCII letters take the shortest
 * way.  No piece looks at a byte more than a few times: white space is read
 * again at most twice, a run of capitals once.
 *
 * Included by scan.c and scan_fast.c, and inlined into their loops.  `eu` has a
 * header of its own, scan_eu.h.
 */
#ifndef MLIN_TOKENIZER_SCAN_PIECE_H
#define MLIN_TOKENIZER_SCAN_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/charclass.h"


#define INLINE static inline __attribute__((always_inline))

enum { WORD = CHAR_LETTER | CHAR_NUMBER | CHAR_SPACE };

struct text {
    const unsigned char *bytes;
    size_t len;
};

struct character {
    size_t len;   /* in bytes; 1 for a byte that is not UTF-8 */
    uint8_t class;
};

INLINE bool is_tail(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* The character whose first byte is not ASCII. */
static inline struct character wide_at(const unsigned char *p, size_t left)
{
    uint32_t cp;

    if (left >= 2 && p[0] >= 0xc2 && p[0] < 0xe0 && is_tail(p[1])) {
        cp = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
        return (struct character){ 2, charclass_get(cp) };
    }
    if (left >= 3 && (p[0] & 0xf0) == 0xe0 && is_tail(p[1]) && is_tail(p[2])) {
        cp = (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        if (cp >= 0x800 && (cp < 0xd800 || cp > 0xdfff))
            return (struct character){ 3, charclass_get(cp) };
    }
    if (left >= 4 && (p[0] & 0xf8) == 0xf0 && is_tail(p[1]) && is_tail(p[2]) &&
        is_tail(p[3])) {
        cp = (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 |
             (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
        if (cp >= 0x10000 && cp <= 0x10ffff)
            return (struct character){ 4, charclass_get(cp) };
    }
    return (struct character){ 1, CHAR_CN };
}

/* The character at `at`, which is before the end. */
INLINE struct character character_at(struct text text, size_t at)
{
    unsigned char byte = text.bytes[at];

    if (byte < 0x80)
        return (struct character){ 1, charclass_blocks[byte] };
    return wide_at(text.bytes + at, text.len - at);
}

/* The same, and nothing (len 0, a class of its own) at the end. */
INLINE struct character character_or_end(struct text text, size_t at)
{
    if (at < text.len)
        return character_at(text, at);
    return (struct character){ 0, CHAR_SPACE };
}

/* \p{L}* */
INLINE size_t letters_end(struct text text, size_t at)
{
    for (;;) {
        struct character c;

        while (at < text.len && (text.bytes[at] | 0x20u) - 'a' < 26)
            at++;
        if (at >= text.len || text.bytes[at] < 0x80)
            return at;
        c = wide_at(text.bytes + at, text.len - at);
        if (!(c.class & CHAR_LETTER))
            return at;
        at += c.len;
    }
}

/* \p{N}{0,most} */
INLINE size_t numbers_end(struct text text, size_t at, size_t most)
{
    while (most-- > 0) {
        struct character c = character_or_end(text, at);

        if (!(c.class & CHAR_NUMBER))
            break;
        at += c.len;
    }
    return at;
}

/* [^\s\p{L}\p{N}]* */
INLINE size_t others_end(struct text text, size_t at)
{
    for (;;) {
        struct character c = character_or_end(text, at);

        if (c.class & WORD)
            return at;
        at += c.len;
    }
}

/*
 * White space begins at `at`.  Without `lines`: \s+(?!\S)|\s+, all of the run
 * but its last character when a word follows, unless it is the only one.  With
 * it, \s*[\r\n]+ comes first: up to the run's last line end.
 */
static inline size_t space_end(struct text text, size_t at, bool lines)
{
    size_t end = at, last = at, line_end = at;

    while (end < text.len) {
        struct character c = character_at(text, end);

        if (!(c.class & CHAR_SPACE))
            break;
        last = end;
        end += c.len;
        if (text.bytes[last] == '\n' || text.bytes[last] == '\r')
            line_end = end;
    }
    if (lines && line_end > at)
        return line_end;
    return end == text.len || last == at ? end : last;
}

/*
 * 's 't 're 've 'm 'll 'd at `at`, or `at` itself.  Without regard to case, the
 * long s (U+017F) is an s; no other character folds to one of these letters.
 */
INLINE size_t contraction_end(struct text text, size_t at, bool any_case)
{
    const unsigned char *p = text.bytes + at;
    size_t left = text.len - at;
    unsigned fold = any_case ? 0x20 : 0;
    unsigned a, b;

    if (left < 2 || p[0] != '\'')
        return at;
    a = p[1] | fold;
    if (a == 's' || a == 't' || a == 'm' || a == 'd')
        return at + 2;
    if (left < 3)
        return at;
    if (any_case && p[1] == 0xc5 && p[2] == 0xbf)
        return at + 3;
    b = p[2] | fold;
    if ((a == 'r' && b == 'e') || (a == 'v' && b == 'e') ||
        (a == 'l' && b == 'l'))
        return at + 3;
    return at;
}

/*
 * 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 */
INLINE size_t gpt2_end(struct text text, size_t at)
{
    size_t end = contraction_end(text, at, false);
    struct character c;

    if (end > at)
        return end;
    end = at + (text.bytes[at] == ' ');
    c = character_or_end(text, end);
    if (c.class & CHAR_LETTER)
        return letters_end(text, end + c.len);
    if (c.class & CHAR_NUMBER)
        return numbers_end(text, end + c.len, SIZE_MAX);
    if (!(c.class & CHAR_SPACE))
        return others_end(text, end + c.len);
    return space_end(text, at, false);
}

/*
 * What the later patterns end with, once no word begins at `at`:
 *
 *     \p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 *
 * o200k lets a slash stand among those line ends, too.
 */
INLINE size_t wordless_end(struct text text, size_t at, struct character first,
                           size_t digits, bool slash)
{
    size_t start = at + (text.bytes[at] == ' ');
    size_t end;

    if (first.class & CHAR_NUMBER)
        return numbers_end(text, at + first.len, digits - 1);
    end = others_end(text, start);
    if (end == start)
        return space_end(text, at, true);
    while (end < text.len &&
           (text.bytes[end] == '\n' || text.bytes[end] == '\r' ||
            (slash && text.bytes[end] == '/')))
        end++;
    return end;
}

/* May it be the one [^\r\n\p{L}\p{N}] before a word? */
INLINE bool is_prefix(struct text text, size_t at, uint8_t class)
{
    return !(class & (CHAR_LETTER | CHAR_NUMBER)) && text.bytes[at] != '\r' &&
           text.bytes[at] != '\n';
}

/* (?i:'s|...)|[^\r\n\p{L}\p{N}]?\p{L}+| and the rest */
INLINE size_t llama3_end(struct text text, size_t at, size_t digits)
{
    size_t end = contraction_end(text, at, true);
    struct character c, next;

    if (end > at)
        return end;
    c = character_at(text, at);
    if (c.class & CHAR_LETTER)
        return letters_end(text, at + c.len);
    if (is_prefix(text, at, c.class)) {
        next = character_or_end(text, at + c.len);
        if (next.class & CHAR_LETTER)
            return letters_end(text, at + c.len + next.len);
    }
    return wordless_end(text, at, c, digits, false);
}

/* Is there nothing but white space from `at` (< len) on?  \s++\z */
static inline bool space_to_the_end(struct text text, size_t at)
{
    while (at < text.len) {
        struct character c = character_at(text, at);

        if (!(c.class & CHAR_SPACE))
            return false;
        at += c.len;
    }
    return true;
}

/* llama3 with \s++\z before \s*[\r\n]+ */
INLINE size_t cl100k_base_end(struct text text, size_t at)
{
    return space_to_the_end(text, at) ? text.len : llama3_end(text, at, 3);
}

/*
 * A word of letters and marks from `at`, capitals first:
 *
 *     [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+
 *
 * Where no small letter follows the capitals, they give back all after the last
 * character that may be either.  Where there is none, returns `at`.  *capitals
 * is where the run of capitals ends.
 */
INLINE size_t cased_end(struct text text, size_t at, size_t *capitals)
{
    enum { CASED = CHAR_LETTER | CHAR_MARK };
    size_t end = at, last = at;
    struct character c = character_or_end(text, end);

    while ((c.class & CASED) && (c.class & CHAR_AS_CAPITAL)) {
        end += c.len;
        if (c.class & CHAR_AS_SMALL)
            last = end;
        c = character_or_end(text, end);
    }
    *capitals = end;
    if (!(c.class & CASED) || !(c.class & CHAR_AS_SMALL))
        return last;
    do {
        end += c.len;
        while (end < text.len && (text.bytes[end] - (unsigned)'a') < 26)
            end++;
        c = character_or_end(text, end);
    } while ((c.class & CASED) && (c.class & CHAR_AS_SMALL));
    return end;
}

/*
 * The two word alternatives, each tried with a prefix and then without:
 *
 *     [^\r\n\p{L}\p{N}]?[capitals]*[small]+(?i:'s|...)?
 *     [^\r\n\p{L}\p{N}]?[capitals]+[small]*(?i:'s|...)?
 *
 * A mark may be the prefix, or the first character of the word itself.
 */
INLINE size_t o200k_end(struct text text, size_t at)
{
    struct character c = character_at(text, at);
    size_t start = at, end, capitals;

    if (is_prefix(text, at, c.class))
        start += c.len;
    else if (!(c.class & CHAR_LETTER))
        return wordless_end(text, at, c, 3, true);
    end = cased_end(text, start, &capitals);
    /* A mark that begins no longer word is one by the first alternative. */
    if (end == start && !(c.class & CHAR_MARK)) {
        end = capitals;
        if (end == start)
            return wordless_end(text, at, c, 3, true);
    }
    return contraction_end(text, end, true);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clean - a scan that proves most texts clean, and a copy for the others.
 *
 * In the scan, most blocks of 32 bytes pass at once: blanks and line ends are
 * wrong only where they meet, and letters of European scripts never are.  Other
 * characters are decoded and looked at one by one.  The copy owes blanks
 * and line ends until a character that is seen asks for them.
 */
#include "filters/clean.h"

#include "src/charclass.h"
#include "src/utf8.h"

enum clean_fate clean_fate(uint32_t c)
{
    if (c > ' ' && c < 0x7f)
        return CLEAN_KEEP;
    switch (c) {
    case '\n': case '\r': case 0x0b: case 0x0c: case 0x85: case 0x2028:
    case 0x2029:
        return CLEAN_NEWLINE;
    case '\t':
        return CLEAN_TAB;
    case ' ': case 0xa0: case 0x1680: case 0x202f: case 0x205f: case 0x3000:
        return CLEAN_BLANK;
    case 0xad: case 0x2060: case 0xfeff:
        return CLEAN_REMOVE;
    case 0x200b: case 0x200c: case 0x200d:
        return CLEAN_JOINER;
    case 0x200e: case 0x200f: case 0x61c:
        return CLEAN_DIRECTION;
    }
    if (c < 0xa0)
        return CLEAN_REMOVE;
    if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        return CLEAN_DIRECTION;
    if ((c >= 0x1c4 && c <= 0x1cc) || (c >= 0x1f1 && c <= 0x1f3) ||
        (c >= 0xfb00 && c <= 0xfb06))
        return CLEAN_SPELL;
    return c >= 0x2000 && c <= 0x200a ? CLEAN_BLANK : CLEAN_KEEP;
}

struct slice clean_letters(uint32_t c)
{
    static const char *const pairs[] = { "DŽ", "Dž", "dž", "LJ", "Lj", "lj",
                                         "NJ", "Nj", "nj", "DZ", "Dz", "dz" };
    static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl",
                                             "st", "st" };

    return slice_from(c >= 0xfb00  ? ligatures[c - 0xfb00]
                      : c >= 0x1f1 ? pairs[c - 0x1f1 + 9]
                                   : pairs[c - 0x1c4]);
}

/* A letter of a script that runs from right to left? */
static bool is_right_to_left(uint32_t c)
{
    return c >= 0x590 &&
           (c < 0x900 || (c >= 0xfb1d && c <= 0xfdff) ||
            (c >= 0xfe70 && c <= 0xfefc) || (c >= 0x10800 && c <= 0x10fff) ||
            (c >= 0x1e800 && c <= 0x1efff)) &&
           charclass_get(c) & CHAR_LETTER;
}

/*
 * Does this base character let zero width characters stand after it?  In all of
 * these ranges NFC gives characters of the same range, or marks.
 */
static bool wants_joiners(uint32_t c)
{
    return (c >= 0x590 && c <= 0x109f) || (c >= 0x1780 && c <= 0x18af) ||
           (c >= 0x2600 && c <= 0x27bf) || (c >= 0x1f000 && c <= 0x1ffff);
}

/*
 * Is this character the same in NFC and never changed by what stands before it
 * (NFC_Quick_Check = Yes and combining class 0)?  True only for the letters and
 * signs of most running text; false for others is no harm, only slower.
 */
static bool is_surely_nfc(uint32_t c)
{
    if (c < 0x300)
        return true;
    if (c < 0x590)
        return c >= 0x370 && c != 0x374 && c != 0x37e && c != 0x387 &&
               (c < 0x483 || c > 0x487);
    if (c >= 0x2010 && c < 0x2adc)
        return c < 0x20d0 || (c > 0x20ff && c != 0x2126 && c != 0x212a &&
                              c != 0x212b && c != 0x2329 && c != 0x232a);
    return (c >= 0x5d0 && c <= 0x5ea) || (c >= 0x621 && c <= 0x64a) ||
           (c >= 0x10a0 && c <= 0x10ff) || (c >= 0x1e00 && c <= 0x1eff) ||
           (c >= 0x3001 && c <= 0x3029) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30a1 && c <= 0x30fa) || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0xac00 && c <= 0xd7a3) || c == 0xfe0e || c == 0xfe0f ||
           (c >= 0x1f300 && c <= 0x1faff);
}

/* ---- scan ---- */

/* What stood last; START is the place before the first character. */
enum state { STATE_START, STATE_INK, STATE_BLANK, STATE_NEWLINE,
             STATE_NEWLINES };

/* Step over an ASCII byte that is no ink; false when it may not stand here. */
static bool step_blank(enum state *state, char byte)
{
    enum state last = *state;

    switch (byte) {
    case ' ': case '\t':
        *state = STATE_BLANK;
        return last != STATE_BLANK && last != STATE_START;
    case '\n':
        *state = last == STATE_INK ? STATE_NEWLINE : STATE_NEWLINES;
        return last == STATE_INK || last == STATE_NEWLINE;
    }
    return false;
}

static bool is_ink(char byte)
{
    return byte > ' ' && byte < 0x7f;
}

/* After this character, do zero width ones stay?  Marks change nothing. */
static bool joins_next(uint32_t c, bool joins)
{
    return charclass_get(c) & CHAR_MARK ? joins : wants_joiners(c);
}

enum { BLOCK = 32 };

/*
 * Are the BLOCK bytes at `p` such that nothing can stand wrongly: ASCII ink,
 * single spaces and line ends with ink behind them, and letters of two bytes
 * that are kept, are NFC and want no joiners (U+00C0 to U+02FF but U+01C0 to
 * U+01FF, where the letter pairs are, U+0380 to U+047F but the Greek middle dot
 * U+0387)?  The last letter may be cut.  Reads one byte more; compilers make
 * vectors of it.
 */
static bool block_is_plain(const unsigned char *p)
{
    unsigned char wrong = 0;

    for (int i = 0; i < BLOCK; i++)
        wrong |= (unsigned char)(((p[i] < ' ') & (p[i] != '\n')) |
                                 ((p[i] <= ' ') & (p[i + 1] <= ' ')) |
                                 (p[i] == 0x7f) | (p[i] == 0xc2) |
                                 (p[i] == 0xc7) | ((p[i] & 0xfe) == 0xcc) |
                                 ((p[i] == 0xce) & (p[i + 1] == 0x87)) |
                                 (p[i] >= 0xd2));
    return wrong == 0;
}

/* What the steps find. */
struct scan {
    struct clean_state found;
    bool joins;          /* does a zero width joiner stay here? */
    bool has_directions; /* marks of it */
};

/* Step over any other character. */
static void scan_char(struct slice text, size_t *at, struct scan *scan)
{
    struct clean_state *found = &scan->found;
    uint32_t c = utf8_next(text, at);

    found->is_nfc &= is_surely_nfc(c);
    switch (clean_fate(c)) {
    case CLEAN_KEEP:
        scan->joins = joins_next(c, scan->joins);
        found->has_right_to_left |= is_right_to_left(c);
        break;
    case CLEAN_JOINER:
        found->is_clean &= scan->joins;
        break;
    case CLEAN_DIRECTION:
        scan->has_directions = true;
        scan->joins = false;
        break;
    case CLEAN_SPELL:
        found->longer += c >= 0x1c4 && c <= 0x1c6;
        found->is_clean = false;
        break;
    default:
        found->is_clean = false;
    }
}

struct clean_state clean_scan(struct slice text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    struct scan scan = { .found = { .is_clean = true, .is_nfc = true } };
    enum state state = STATE_START;
    size_t at = 0, block_at = 0;

    while (at < text.len) {
        if (at >= block_at && text.len - at > BLOCK) {
            block_at = at + BLOCK;
            if ((p[at] > ' ' || state == STATE_INK) && block_is_plain(p + at)) {
                at += BLOCK;
                state = p[at - 1] == ' '    ? STATE_BLANK
                        : p[at - 1] == '\n' ? STATE_NEWLINE
                                            : STATE_INK;
                at += (p[at] & 0xc0) == 0x80; /* the rest of a cut letter */
                scan.joins = false;
                continue;
            }
        }
        if (p[at] < 0x80) {
            if (is_ink(text.ptr[at]))
                state = STATE_INK;
            else
                scan.found.is_clean &= step_blank(&state, text.ptr[at]);
            scan.joins = false;
            at++;
        } else {
            state = STATE_INK;
            scan_char(text, &at, &scan);
        }
    }
    scan.found.is_clean &= text.len == 0 || state == STATE_INK;
    if (scan.has_directions && !scan.found.has_right_to_left)
        scan.found.is_clean = false;
    return scan.found;
}

/* ---- copy ---- */

struct copy {
    char *out;
    size_t len;
    int newlines; /* owed: 0, 1 or 2 */
    char blank;   /* owed after them: '\0', ' ' or '\t' */
};

/* Write what is owed, but not at the text's beginning. */
static void copy_owed(struct copy *copy)
{
    if (copy->len > 0) {
        for (int i = 0; i < copy->newlines; i++)
            copy->out[copy->len++] = '\n';
        if (copy->blank)
            copy->out[copy->len++] = copy->blank;
    }
    copy->newlines = 0;
    copy->blank = '\0';
}

static void copy_bytes(struct copy *copy, struct slice bytes)
{
    copy_owed(copy);
    memcpy(copy->out + copy->len, bytes.ptr, bytes.len);
    copy->len += bytes.len;
}

struct slice clean_text(struct slice text, const struct clean_state *state,
                        struct arena *arena)
{
    struct copy copy = {
        .out = arena_alloc(arena, text.len + state->longer + 1)
    };
    bool joins = false;
    size_t at = 0;

    while (at < text.len) {
        size_t begin = at;
        uint32_t c = utf8_next(text, &at);
        struct slice bytes = { text.ptr + begin, at - begin };

        switch (clean_fate(c)) {
        case CLEAN_KEEP:
            copy_bytes(&copy, bytes);
            joins = joins_next(c, joins);
            continue;
        case CLEAN_JOINER:
            if (joins)
                copy_bytes(&copy, bytes);
            continue;
        case CLEAN_DIRECTION:
            if (!state->has_right_to_left)
                continue;
            copy_bytes(&copy, bytes);
            break;
        case CLEAN_SPELL:
            copy_bytes(&copy, clean_letters(c));
            break;
        case CLEAN_REMOVE:
            continue;
        case CLEAN_NEWLINE:
            if (c == '\r' && at < text.len && text.ptr[at] == '\n')
                at++;
            copy.newlines += copy.newlines < 2;
            copy.blank = '\0';
            break;
        case CLEAN_BLANK:
            copy.blank = copy.blank ? copy.blank : ' ';
            break;
        case CLEAN_TAB:
            copy.blank = '\t';
        }
        joins = false;
    }
    return slice_make(copy.out, copy.len);
}

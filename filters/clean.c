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

/* What becomes of a character. */
enum fate { FATE_KEEP, FATE_BLANK, FATE_TAB, FATE_NEWLINE, FATE_REMOVE,
            FATE_JOINER };

static enum fate fate_of(uint32_t c)
{
    if (c > ' ' && c < 0x7f)
        return FATE_KEEP;
    switch (c) {
    case '\n': case '\r': case 0x0b: case 0x0c: case 0x85: case 0x2028:
    case 0x2029:
        return FATE_NEWLINE;
    case '\t':
        return FATE_TAB;
    case ' ': case 0xa0: case 0x1680: case 0x202f: case 0x205f: case 0x3000:
        return FATE_BLANK;
    case 0xad: case 0x2060: case 0xfeff:
        return FATE_REMOVE;
    case 0x200b: case 0x200c: case 0x200d:
        return FATE_JOINER;
    }
    if (c < 0xa0)
        return FATE_REMOVE;
    return c >= 0x2000 && c <= 0x200a ? FATE_BLANK : FATE_KEEP;
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
    if (c >= 0x2010 && c < 0x2320)
        return c < 0x20d0 ||
               (c > 0x20ff && c != 0x2126 && c != 0x212a && c != 0x212b);
    return (c >= 0x10a0 && c <= 0x10ff) || (c >= 0x1e00 && c <= 0x1eff) ||
           (c >= 0x3001 && c <= 0x3029) || (c >= 0x4e00 && c <= 0x9fff);
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
 * that are kept, are NFC and want no joiners (U+00C0 to U+02FF, U+0380 to
 * U+047F but the Greek middle dot U+0387)?  The last letter may be cut.  Reads
 * one byte more; compilers make vectors of it.
 */
static bool block_is_plain(const unsigned char *p)
{
    unsigned char wrong = 0;

    for (int i = 0; i < BLOCK; i++)
        wrong |= (unsigned char)(((p[i] < ' ') & (p[i] != '\n')) |
                                 ((p[i] <= ' ') & (p[i + 1] <= ' ')) |
                                 (p[i] == 0x7f) | (p[i] == 0xc2) |
                                 (p[i] == 0xcc) | (p[i] == 0xcd) |
                                 ((p[i] == 0xce) & (p[i + 1] == 0x87)) |
                                 (p[i] >= 0xd2));
    return wrong == 0;
}

/* Step over any other character. */
static void scan_char(struct slice text, size_t *at, struct clean_state *found,
                      bool *joins)
{
    uint32_t c = utf8_next(text, at);

    found->is_nfc &= is_surely_nfc(c);
    switch (fate_of(c)) {
    case FATE_KEEP:
        *joins = joins_next(c, *joins);
        break;
    case FATE_JOINER:
        found->is_clean &= *joins;
        break;
    default:
        found->is_clean = false;
    }
}

struct clean_state clean_scan(struct slice text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    struct clean_state found = { true, true };
    enum state state = STATE_START;
    bool joins = false;
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
                joins = false;
                continue;
            }
        }
        if (p[at] < 0x80) {
            if (is_ink(text.ptr[at]))
                state = STATE_INK;
            else
                found.is_clean &= step_blank(&state, text.ptr[at]);
            joins = false;
            at++;
        } else {
            state = STATE_INK;
            scan_char(text, &at, &found, &joins);
        }
    }
    found.is_clean &= text.len == 0 || state == STATE_INK;
    return found;
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

struct slice clean_text(struct slice text, struct arena *arena)
{
    struct copy copy = { .out = arena_alloc(arena, text.len + 1) };
    bool joins = false;
    size_t at = 0;

    while (at < text.len) {
        size_t begin = at;
        uint32_t c = utf8_next(text, &at);
        struct slice bytes = { text.ptr + begin, at - begin };

        switch (fate_of(c)) {
        case FATE_KEEP:
            copy_bytes(&copy, bytes);
            joins = joins_next(c, joins);
            continue;
        case FATE_JOINER:
            if (joins)
                copy_bytes(&copy, bytes);
            continue;
        case FATE_REMOVE:
            continue;
        case FATE_NEWLINE:
            if (c == '\r' && at < text.len && text.ptr[at] == '\n')
                at++;
            copy.newlines += copy.newlines < 2;
            copy.blank = '\0';
            break;
        case FATE_BLANK:
            copy.blank = copy.blank ? copy.blank : ' ';
            break;
        case FATE_TAB:
            copy.blank = '\t';
        }
        joins = false;
    }
    return slice_make(copy.out, copy.len);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sentences - a walk that stops where a terminal character stands.
 */
#include "filters/sentences.h"

#include "src/charclass.h"
#include "src/utf8.h"
#include "src/words.h"

/* Closing punctuation, and the straight quotes. */
static bool closes(uint32_t c)
{
    uint8_t class = charclass_get(c);

    return c == '"' || c == '\'' || class == CHAR_PE || class == CHAR_PF;
}

static bool is_space(uint32_t c)
{
    return charclass_get(c) & CHAR_SPACE;
}

/* Past white space; the character there, or 0 at the end. */
static uint32_t next_filled(struct slice line, size_t at)
{
    while (at < line.len) {
        uint32_t c = utf8_next(line, &at);

        if (!is_space(c))
            return c;
    }
    return 0;
}

/*
 * Behind a terminal character: move past its run and what closes it.  Returns
 * how many terminal characters there are.
 */
static uint64_t pass_end(struct slice line, size_t *at)
{
    uint64_t stops = 1;
    bool in_run = true;

    while (*at < line.len) {
        size_t next = *at;
        uint32_t c = utf8_next(line, &next);

        if (in_run && words_ends_sentence(c))
            stops++;
        else if (closes(c))
            in_run = false;
        else
            break;
        *at = next;
    }
    return stops;
}

/*
 * Does what stands before `at` end a sentence?  A lone full stop does not
 * before a small letter, nor behind a single capital.
 */
static bool ends(struct slice line, size_t at, bool is_lone, bool is_initial)
{
    size_t peek = at;
    uint32_t next;

    if (at == line.len)
        return true;
    if (!is_space(utf8_next(line, &peek)))
        return false;
    next = next_filled(line, at);
    return next == 0 || !is_lone ||
           (charclass_get(next) != CHAR_LL && !is_initial);
}

uint64_t sentences_count(struct slice line)
{
    uint8_t last = 0, before = 0; /* classes of the two characters before */
    uint64_t count = 0;
    size_t at = 0;
    bool open = false; /* something stands behind the last end */

    while (at < line.len) {
        uint32_t c = utf8_next(line, &at);

        open |= !is_space(c);
        if (words_ends_sentence(c)) {
            bool is_initial = last == CHAR_LU &&
                              !(before & (CHAR_LETTER | CHAR_MARK));
            bool is_lone = pass_end(line, &at) == 1 && c == '.';

            if (ends(line, at, is_lone, is_initial)) {
                count++;
                open = false;
            }
        }
        before = last;
        last = charclass_get(c);
    }
    return count + open;
}

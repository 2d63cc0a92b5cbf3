/* SPDX-License-Identifier: Apache-2.0 */
/*
 * romanian - all that is rewritten has two bytes, before and after.
 */
#include "filters/romanian.h"

#include "src/charclass.h"
#include "src/utf8.h"

enum { CEDILLA = 0x327, COMMA = 0x326 };

bool romanian_is(struct slice lang)
{
    static const char *const names[] = { "ron", "mol", "ro", "mo" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]);

        if (lang.len >= len && memcmp(lang.ptr, names[i], len) == 0 &&
            (lang.len == len || lang.ptr[len] == '_' || lang.ptr[len] == '-'))
            return true;
    }
    return false;
}

/* The letter with a comma, or the letter itself. */
static uint32_t comma_of(uint32_t c)
{
    switch (c) {
    case 0x15e: return 0x218;
    case 0x15f: return 0x219;
    case 0x162: return 0x21a;
    case 0x163: return 0x21b;
    }
    return c;
}

struct slice romanian_commas(struct slice text, struct arena *arena)
{
    char *out = NULL;
    bool after = false; /* behind a letter with a comma, or its marks */
    size_t at = 0;

    while (at < text.len) {
        size_t begin = at;
        uint32_t c, made;

        if ((unsigned char)text.ptr[at] < 0xc5) { /* below U+0140 */
            after = false;
            at++;
            continue;
        }
        c = utf8_next(text, &at);
        made = c == CEDILLA && after ? COMMA : comma_of(c);
        if (!(charclass_get(c) & CHAR_MARK))
            after = made >= 0x218 && made <= 0x21b;
        if (made == c)
            continue;
        if (!out)
            out = (char *)arena_copy(arena, text).ptr;
        utf8_put(out + begin, made);
    }
    return out ? slice_make(out, text.len) : text;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words_blank - words parted by white space, for comparison with programs that
 * part them so.
 */
#include "src/charclass.h"
#include "src/utf8.h"
#include "src/words.h"

/*
 * What the datatrove library's filters call punctuation, beside the characters
 * that end sentences: ASCII, controls, and a list of its own.
 */
static bool is_symbol(uint32_t c)
{
    static const uint32_t others[] = {
        0xab, 0xb4, 0xbb, 0x2013, 0x2014, 0x2019, 0x201c, 0x201d, 0x201e,
        0x2026, 0x2236, 0x2501, 0x25ba, 0x3001, 0x3008, 0x3009, 0x300a, 0x300b,
        0x300c, 0x300d, 0x3010, 0x3011, 0xff05, 0xff08, 0xff09, 0xff0c, 0xff11,
        0xff1a, 0xff1b, 0xff5e,
    };

    if (c < 0xa0)
        return !(charclass_get(c) & (CHAR_LETTER | CHAR_NUMBER));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (c == others[i])
            return true;
    return words_ends_sentence(c);
}

/* White space, and the separators of ASCII, as Python's str.split() has it. */
static bool is_blank(uint32_t c)
{
    return (charclass_get(c) & CHAR_SPACE) || (c >= 0x1c && c <= 0x1f);
}

void words_split_blanks(struct record_words *table, struct slice text,
                        struct arena *arena)
{
    struct span *word = NULL;
    size_t cap = 16;

    words_split(table, text, arena);
    for (size_t i = 0; i < text.len; i++)
        cap += (unsigned char)text.ptr[i] <= ' ' ||
               (unsigned char)text.ptr[i] >= 0x80;
    table->words = arena_alloc(arena, cap * sizeof *table->words);
    table->word_count = 0;
    for (size_t at = 0; at < text.len;) {
        size_t here = at;
        uint32_t c = utf8_next(text, &at);

        if (is_blank(c)) {
            word = NULL;
            continue;
        }
        if (!word) {
            word = &table->words[table->word_count++];
            *word = (struct span){ .at = (uint32_t)here,
                                   .flags = WORD_SYMBOL };
        }
        word->len += (uint32_t)(at - here);
        word->chars++;
        if (charclass_get(c) & CHAR_LETTER)
            word->flags |= WORD_LETTER;
        if (!is_symbol(c))
            word->flags &= ~(uint32_t)WORD_SYMBOL;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_words - the words before a number that say what it is.
 *
 * Cost: some hundred characters for each candidate that needs one.
 */
#include "filters/pii.h"
#include "src/charclass.h"
#include "src/unicode.h"
#include "src/utf8.h"

enum { WINDOW = 128 };

/* The window before a number, as words are compared. */
struct window {
    uint32_t letters[WINDOW + 1]; /* skeletons; 0 behind the last */
    bool begins[WINDOW + 1];      /* no letter before it */
    size_t count;
};

/* From the line's beginning, or `reach` characters before. */
static size_t window_begin(struct slice text, size_t at, size_t reach)
{
    while (at > 0 && reach > 0 && text.ptr[at - 1] != '\n')
        reach -= ((unsigned char)text.ptr[--at] & 0xc0) != 0x80;
    return at;
}

static void window_make(struct window *w, struct slice text, size_t begin,
                        size_t end)
{
    bool was_letter = begin > 0 && ((unsigned char)text.ptr[begin - 1] & 0x80 ||
                                    pii_is_alnum(text.ptr[begin - 1]));

    w->count = 0;
    for (size_t at = begin; at < end && w->count < WINDOW;) {
        uint32_t c = utf8_next(text, &at);
        uint8_t class = charclass_get(c);

        if (class & CHAR_MARK)
            continue;
        w->begins[w->count] = !was_letter;
        was_letter = (class & CHAR_LETTER) != 0;
        w->letters[w->count++] = was_letter ? unicode_skeleton(c) : c;
    }
    w->letters[w->count] = 0;
}

/* Does the word stand at `at` of the window, whole? */
static bool stands(const struct window *w, size_t at, struct slice word)
{
    bool is_open = word.ptr[word.len - 1] == '*';

    word.len -= is_open;
    for (size_t k = 0; k < word.len; at++)
        if (at >= w->count || w->letters[at] != utf8_next(word, &k))
            return false;
    return is_open || !(charclass_get(w->letters[at]) & CHAR_LETTER);
}

bool pii_word_before(struct slice text, size_t at, size_t reach,
                     const char *const *words)
{
    struct window w;

    window_make(&w, text, window_begin(text, at, reach), at);
    for (size_t i = 0; i < w.count; i++)
        for (size_t k = 0; w.begins[i] && words[k]; k++)
            if (stands(&w, i, slice_from(words[k])))
                return true;
    return false;
}

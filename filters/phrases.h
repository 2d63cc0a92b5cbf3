/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases.h - lists of phrases that say what a line is for.
 *
 *     # kind   lang       phrase
 *     notice   deu_Latn   wir verwenden cookies
 *     menu     *          facebook
 *     adult    nld_Latn   gratis porno
 *
 *   notice   a line that holds it speaks of the site, not of the subject:
 *            cookies, JavaScript, copyright, subscriptions
 *   menu     a word or two of a menu or counter: a line of nothing else (and of
 *            numbers and marks) is one
 *   adult    pornography
 *
 * A phrase holds for the languages in its second column, parted by commas; *
 * is all.  Words are compared without case and marks (unicode_skeleton()), and
 * so that `Cookies-Richtlinie` holds `cookies richtlinie`.
 *
 * Cost: one look-up for each word, more where a phrase may begin.
 */
#ifndef MLIN_FILTERS_PHRASES_H
#define MLIN_FILTERS_PHRASES_H

#include <stdbool.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/fail.h"
#include "src/slice.h"
#include "src/words.h"

enum phrase_kind { PHRASE_NOTICE = 1, PHRASE_MENU = 2, PHRASE_ADULT = 4 };

enum { PHRASE_WORDS_MAX = 12 };

struct phrases {
    struct phrase_slot *slots; /* [mask + 1] by the hash of the words so far */
    size_t mask, count;
    struct slice *langs;       /* [lang_count], not copied; 0 is * */
    size_t lang_count;
};

/*
 * Read a table; `text` must live as long as the phrases.  False with the byte
 * where a row is wrong: an unknown kind, no language, no word, more than
 * PHRASE_WORDS_MAX words.
 */
bool phrases_init(struct phrases *phrases, struct slice text,
                  struct fault *fault);
void phrases_clear(struct phrases *phrases);

/*
 * kinds[i]: of which kinds of phrases (enum phrase_kind) the word i of the
 * table is part, in a text of the language; [word_count] bytes of the arena.
 * Symbols are passed over: they neither part a phrase nor belong to one.  Safe
 * from any thread.
 */
uint8_t *phrases_mark(const struct phrases *phrases, struct slice lang,
                      const struct record_words *table, struct arena *arena);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stopwords.h - how many different words of a short list stand in a text.
 *
 * Words are compared as written (The is not the).  A list word that ends in
 * ' - or . is a clitic and is compared with words_clitic(): il- is found in
 * il-mara, l' in l'eau and l’eau, ta' before a blank.
 *
 * Cost: one or two look-ups for each word of the text.
 */
#ifndef MLIN_FILTERS_STOPWORDS_H
#define MLIN_FILTERS_STOPWORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"
#include "src/words.h"

enum { STOPWORDS_MAX = 1024, STOPWORDS_LEN_MAX = 60 };

struct stopwords {
    struct slice *words; /* [count], not copied */
    size_t count;
    uint16_t *slots;     /* [mask + 1]: index of a word, plus 1; 0 = free */
    size_t mask;
    bool has_clitic;
};

/*
 * Make the list from words parted by blanks; `text` must live as long as it.
 * False, with nothing to clear, when a word is longer than STOPWORDS_LEN_MAX
 * bytes or `text` holds STOPWORDS_MAX blanks.  A word given twice counts once.
 */
bool stopwords_init(struct stopwords *list, struct slice text);
void stopwords_clear(struct stopwords *list);

/* How many words of the list the text holds; safe from any thread. */
uint64_t stopwords_count(const struct stopwords *list,
                         const struct record_words *table);

/* Is the word, or its clitic, on the list?  Safe from any thread. */
bool stopwords_has(const struct stopwords *list,
                   const struct record_words *table, struct span word);

#endif

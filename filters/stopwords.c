/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stopwords - a small hash table of the list; the text's words are looked up.
 */
#include "filters/stopwords.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"

static bool is_clitic(struct slice word)
{
    return strchr("'-.", word.ptr[word.len - 1]) != NULL;
}

/* The slot of the word, or the free one where it would go. */
static uint16_t *find(const struct stopwords *list, struct slice word)
{
    size_t at = hash64(word) & list->mask;

    while (list->slots[at] &&
           !slice_equal(list->words[list->slots[at] - 1], word))
        at = (at + 1) & list->mask;
    return &list->slots[at];
}

static bool add(struct stopwords *list, struct slice word)
{
    uint16_t *slot = find(list, word);

    if (*slot)
        return true;
    if (word.len > STOPWORDS_LEN_MAX)
        return false;
    list->words[list->count++] = word;
    *slot = (uint16_t)list->count;
    list->has_clitic |= is_clitic(word);
    return true;
}

bool stopwords_init(struct stopwords *list, struct slice text)
{
    const char *at = text.ptr, *end = text.ptr + text.len;

    size_t cap = 1, size = 2;

    for (size_t i = 0; i < text.len; i++)
        cap += text.ptr[i] == ' ';
    while (size < 2 * cap)
        size *= 2;
    *list = (struct stopwords){ .mask = size - 1 };
    if (cap > STOPWORDS_MAX)
        return false;
    list->words = xcalloc(cap, sizeof *list->words);
    list->slots = xcalloc(size, sizeof *list->slots);
    while (at < end) {
        const char *blank = memchr(at, ' ', (size_t)(end - at));
        struct slice word = { at, (size_t)((blank ? blank : end) - at) };

        if (word.len > 0 && !add(list, word)) {
            stopwords_clear(list);
            return false;
        }
        at += word.len + 1;
    }
    return true;
}

void stopwords_clear(struct stopwords *list)
{
    free(list->words);
    free(list->slots);
    *list = (struct stopwords){ 0 };
}

/* The word's number on the list, plus 1; 0 = not there.  ’ counts as '. */
static size_t index_of(const struct stopwords *list, struct slice word)
{
    char plain[STOPWORDS_LEN_MAX + 2];

    if (word.len == 0 || word.len > STOPWORDS_LEN_MAX + 2)
        return 0;
    if (word.len > 3 &&
        memcmp(word.ptr + word.len - 3, "\xe2\x80\x99", 3) == 0) {
        memcpy(plain, word.ptr, word.len - 3);
        plain[word.len - 3] = '\'';
        word = slice_make(plain, word.len - 2);
    }
    return *find(list, word);
}

/* Mark the word as seen; returns 1 when it is of the list and was not. */
static uint64_t mark(const struct stopwords *list, struct slice word,
                     bool *seen)
{
    size_t index = index_of(list, word);

    if (index == 0 || seen[index])
        return 0;
    seen[index] = true;
    return 1;
}

uint64_t stopwords_count(const struct stopwords *list,
                         const struct record_words *table)
{
    bool seen[STOPWORDS_MAX + 1];
    uint64_t count = 0;

    if (list->count == 0)
        return 0;
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < table->word_count; i++) {
        struct span word = table->words[i];
        struct slice clitic;

        if (word.flags & WORD_SYMBOL)
            continue;
        count += mark(list, words_slice(table, word), seen);
        if (list->has_clitic && words_clitic(table, word, &clitic))
            count += mark(list, clitic, seen);
    }
    return count;
}

bool stopwords_has(const struct stopwords *list,
                   const struct record_words *table, struct span word)
{
    struct slice clitic;

    if (list->count == 0)
        return false;
    return index_of(list, words_slice(table, word)) != 0 ||
           (list->has_clitic && words_clitic(table, word, &clitic) &&
            index_of(list, clitic) != 0);
}

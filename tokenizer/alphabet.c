/* SPDX-License-Identifier: Apache-2.0 */
/*
 * alphabet - a count for each code point, sorted.
 *
 * Cost: one pass over the distinct words of each language; 9 MB meanwhile.
 */
#include "tokenizer/alphabet.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/utf8.h"

enum { SPACE = 0x2581 }; /* how a space is spelled */

struct letter {
    uint64_t count;
    uint32_t point;
};

static void count_words(const struct wordcount *words, uint64_t *counts)
{
    struct wordcount_item item;

    for (size_t at = 0; wordcount_next(words, &at, &item);)
        for (size_t k = 0; k < item.word.len;) {
            uint32_t point = utf8_next_lax(item.word, &k);

            if (point < ALPHABET_POINTS && point != SPACE)
                counts[point] += item.count;
        }
}

static int by_count(const void *a, const void *b)
{
    const struct letter *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->point < y->point ? -1 : 1;
}

/* The first letters that make up the coverage. */
static size_t needed(const struct letter *letters, size_t count,
                     double coverage)
{
    uint64_t total = 0, sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        total += letters[i].count;
    while (n < count && (coverage == 1 ||
                         (double)sum < coverage * (double)total))
        sum += letters[n++].count;
    return n;
}

static uint32_t spelled(uint32_t point)
{
    return point == ' ' ? SPACE : point;
}

static int by_spelling(const void *a, const void *b)
{
    uint32_t x = spelled(*(const uint32_t *)a);
    uint32_t y = spelled(*(const uint32_t *)b);

    return x < y ? -1 : x > y;
}

/* Points that stand twice are one. */
static void settle(struct alphabet *alphabet)
{
    size_t count = 0;

    if (alphabet->count == 0)
        return;
    qsort(alphabet->points, alphabet->count, sizeof *alphabet->points,
          by_spelling);
    for (size_t i = 0; i < alphabet->count; i++)
        if (count == 0 || alphabet->points[i] != alphabet->points[count - 1])
            alphabet->points[count++] = alphabet->points[i];
    alphabet->count = count;
}

void alphabet_add(struct alphabet *alphabet, const struct wordcount *tables,
                  size_t count, double coverage)
{
    uint64_t *counts = xcalloc(ALPHABET_POINTS, sizeof *counts);
    struct letter *letters = NULL;
    size_t letter_count = 0, cap = 0, n;

    for (size_t i = 0; i < count; i++)
        count_words(&tables[i], counts);
    for (uint32_t point = 0; point < ALPHABET_POINTS; point++) {
        if (counts[point] == 0)
            continue;
        letters = grow(letters, &cap, letter_count + 1, sizeof *letters);
        letters[letter_count++] = (struct letter){ counts[point], point };
    }
    if (letters)
        qsort(letters, letter_count, sizeof *letters, by_count);
    n = needed(letters, letter_count, coverage);
    alphabet->points = xrealloc(alphabet->points, (alphabet->count + n + 1) *
                                                      sizeof *alphabet->points);
    for (size_t i = 0; i < n; i++)
        alphabet->points[alphabet->count++] = letters[i].point;
    settle(alphabet);
    free(letters);
    free(counts);
}

void alphabet_clear(struct alphabet *alphabet)
{
    free(alphabet->points);
    *alphabet = (struct alphabet){ 0 };
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_vocabulary - which words there are, counted in a table of hashes that
 * keeps the order of first occurrence, so that sums come out the same anywhere.
 */
#include "filters/signals.h"

#include <math.h>

#include "filters/stopwords.h"
#include "src/charclass.h"
#include "src/hash.h"
#include "src/utf8.h"

enum { LONG_WORD_CHARS = 25 };

struct entry {
    uint64_t hash, count;
};

struct counts {
    uint64_t words, upper, numbers, single, long_words, glued, stutter, listed;
};

/* Adds the word; the same hash again is the same word. */
static void add(struct entry *entries, size_t *count, uint32_t *slots,
                size_t mask, uint64_t hash)
{
    size_t at = hash & mask;

    while (slots[at] && entries[slots[at] - 1].hash != hash)
        at = (at + 1) & mask;
    if (!slots[at]) {
        entries[*count] = (struct entry){ hash, 0 };
        slots[at] = (uint32_t)++*count;
    }
    entries[slots[at] - 1].count++;
}

/* All its letters, two or more, are capitals; a capital behind a small one. */
static void look_at_case(struct slice word, bool *is_upper, bool *is_glued)
{
    uint64_t letters = 0, capitals = 0;
    uint8_t last = 0;

    *is_glued = false;
    for (size_t at = 0; at < word.len;) {
        uint8_t class = charclass_get(utf8_next(word, &at));

        letters += (class & CHAR_LETTER) != 0;
        capitals += class == CHAR_LU;
        *is_glued |= last == CHAR_LL && class == CHAR_LU;
        last = class;
    }
    *is_upper = letters >= 2 && capitals == letters;
}

static double entropy(const struct entry *entries, size_t count,
                      uint64_t words)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        double p = (double)entries[i].count / (double)words;

        sum -= p * log(p);
    }
    return sum;
}

static size_t count_words(struct counts *n, struct entry *entries,
                          uint32_t *slots, size_t mask,
                          const struct signal_source *from)
{
    const struct record_words *table = from->table;
    uint64_t last = 0;
    size_t count = 0;

    for (size_t i = 0; i < table->word_count; i++) {
        struct span word = table->words[i];
        struct slice bytes = words_slice(table, word);
        bool is_upper, is_glued;
        uint64_t hash;

        if (word.flags & WORD_SYMBOL)
            continue;
        hash = hash64(bytes);
        add(entries, &count, slots, mask, hash);
        look_at_case(bytes, &is_upper, &is_glued);
        n->words++;
        n->upper += is_upper;
        n->glued += is_glued;
        n->numbers += !(word.flags & WORD_LETTER);
        n->single += word.chars == 1;
        n->long_words += word.chars > LONG_WORD_CHARS;
        n->stutter += n->words > 1 && hash == last;
        n->listed += from->common_words &&
                     stopwords_has(from->common_words, table, word);
        last = hash;
    }
    return count;
}

void signals_measure_vocabulary(struct signals *s,
                                const struct signal_source *from)
{
    size_t words = from->table->word_count, size = 16, count;
    struct entry *entries;
    struct counts n = { 0 };
    uint64_t top = 0;
    uint32_t *slots;

    while (size < 2 * words)
        size *= 2;
    entries = arena_alloc(from->scratch, (words + 1) * sizeof *entries);
    slots = arena_zero(from->scratch, size, sizeof *slots);
    count = count_words(&n, entries, slots, size - 1, from);
    for (size_t i = 0; i < count; i++)
        top = entries[i].count > top ? entries[i].count : top;
    s->value[SIGNAL_UNIQUE_WORDS] = signals_share(count, n.words);
    s->value[SIGNAL_ENTROPY] = signals_of(entropy(entries, count, n.words));
    s->value[SIGNAL_TOP_WORD] = signals_share(top, n.words);
    s->value[SIGNAL_STOP_SHARE] = signals_share(n.listed, n.words);
    s->value[SIGNAL_UPPER_WORDS] = signals_share(n.upper, n.words);
    s->value[SIGNAL_NUMBER_WORDS] = signals_share(n.numbers, n.words);
    s->value[SIGNAL_SINGLE_CHARS] = signals_share(n.single, n.words);
    s->value[SIGNAL_LONG_WORDS] = signals_share(n.long_words, n.words);
    s->value[SIGNAL_GLUED_WORDS] = signals_share(n.glued, n.words);
    s->value[SIGNAL_STUTTER] = signals_share(n.stutter, n.words);
}

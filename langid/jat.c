/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jat - sort both word lists, respell each Serbian word once, then go through
 * the lines.
 */
#include "langid/jat.h"

#include <stdlib.h>

#include "langid/letters.h"
#include "src/fail.h"

enum { WORD_MAX = 40 };

struct word {
    const uint8_t *letters;
    size_t len;
    uint64_t weight;        /* about the root of its count */
    uint8_t *other;         /* another spelling, or NULL */
    size_t other_len;
};

struct lexicon {
    struct word *words;     /* sorted by letters */
    size_t count;
};

static int word_compare(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    size_t len = x->len < y->len ? x->len : y->len;
    int order = memcmp(x->letters, y->letters, len);

    if (order != 0)
        return order;
    return x->len < y->len ? -1 : x->len > y->len;
}

/* Capitals are gone from the letters: what became equal is one word. */
static struct lexicon lexicon_new(const struct texts_words *words)
{
    struct lexicon lexicon = { xcalloc(words->count, sizeof(struct word)), 0 };
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++)
        lexicon.words[i] = (struct word){
            .letters = words->codes + words->starts[i] + 1,
            .len = words->starts[i + 1] - words->starts[i] - 2,
            .weight = words->weights[i] - (i > 0 ? words->weights[i - 1] : 0)
        };
    qsort(lexicon.words, words->count, sizeof(struct word), word_compare);
    for (size_t i = 0; i < words->count; i++)
        if (count > 0 && word_compare(&lexicon.words[count - 1],
                                      &lexicon.words[i]) == 0)
            lexicon.words[count - 1].weight += lexicon.words[i].weight;
        else
            lexicon.words[count++] = lexicon.words[i];
    lexicon.count = count;
    return lexicon;
}

static struct word *lexicon_find(const struct lexicon *lexicon,
                                 const uint8_t *letters, size_t len)
{
    struct word key = { .letters = letters, .len = len };

    return bsearch(&key, lexicon->words, lexicon->count, sizeof key,
                   word_compare);
}

static uint64_t lexicon_weight(const struct lexicon *lexicon,
                               const uint8_t *letters, size_t len)
{
    const struct word *word = lexicon_find(lexicon, letters, len);

    return word ? word->weight : 0;
}

static uint8_t code(uint32_t letter)
{
    return (uint8_t)letters_entry(letter);
}

struct change {
    uint32_t from[2];       /* 0: one letter only */
    uint32_t to[3];
};

static const struct change changes[] = {
    { { 'e' }, { 'j', 'e' } }, { { 'e' }, { 'i', 'j', 'e' } },
    { { 'e', 'o' }, { 'i', 'o' } }, { { 0x161, 't' }, { 0x107 } }
};

/* The change at `at`, in `to`; returns the new length, or 0. */
static size_t apply(const struct change *change, const struct word *word,
                    size_t at, uint8_t *to)
{
    size_t from_len = change->from[1] != 0 ? 2 : 1, len = at;

    if (at + from_len > word->len)
        return 0;
    for (size_t i = 0; i < from_len; i++)
        if (word->letters[at + i] != code(change->from[i]))
            return 0;
    memcpy(to, word->letters, at);
    for (size_t i = 0; i < 3 && change->to[i] != 0; i++)
        to[len++] = code(change->to[i]);
    memcpy(to + len, word->letters + at + from_len, word->len - at - from_len);
    return len + word->len - at - from_len;
}

/* Set the spelling that Croatian prefers and Serbian does not. */
static void respell(struct word *word, const struct lexicon *srp,
                    const struct lexicon *hrv)
{
    /* of roots: four times as frequent */
    uint64_t best = 2 * lexicon_weight(hrv, word->letters, word->len) + 1;
    uint8_t other[WORD_MAX + 2];

    if (word->len > WORD_MAX)
        return;
    for (size_t at = 0; at < word->len; at++)
        for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
            size_t len = apply(&changes[i], word, at, other);
            uint64_t weight = len > 0 ? lexicon_weight(hrv, other, len) : 0;

            if (weight <= best ||
                lexicon_weight(srp, other, len) >= word->weight)
                continue;
            best = weight;
            word->other = xrealloc(word->other, len);
            memcpy(word->other, other, len);
            word->other_len = len;
        }
}

/* A line respelt, in `to`; returns its length, or 0 when nothing changed. */
static size_t respell_line(const struct lexicon *srp, const uint8_t *codes,
                           size_t len, uint8_t *to)
{
    size_t out = 0, changed = 0;

    for (size_t at = 0; at < len;) {
        size_t end = at;
        const struct word *word;

        while (end < len && !features_parts(codes[end]))
            end++;
        word = end > at ? lexicon_find(srp, codes + at, end - at) : NULL;
        if (word && word->other) {
            memcpy(to + out, word->other, word->other_len);
            out += word->other_len;
            changed++;
        } else {
            memcpy(to + out, codes + at, end - at);
            out += end - at;
        }
        if (end < len)
            to[out++] = codes[end];
        at = end + 1;
    }
    return changed > 0 ? out : 0;
}

static struct texts_class *find_class(struct texts *texts, const char *label)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->classes[i].label, label) == 0)
            return &texts->classes[i];
    return NULL;
}

void jat_derive(struct texts *texts)
{
    struct texts_class *bos = find_class(texts, "bos_Latn");
    const struct texts_class *srp = find_class(texts, "srp_Latn");
    const struct texts_class *hrv = find_class(texts, "hrv_Latn");
    struct lexicon srp_words, hrv_words;

    if (!bos || !srp || !hrv || srp->words.count == 0 || hrv->words.count == 0)
        return;
    srp_words = lexicon_new(&srp->words);
    hrv_words = lexicon_new(&hrv->words);
    for (size_t i = 0; i < srp_words.count; i++)
        respell(&srp_words.words[i], &srp_words, &hrv_words);
    for (size_t i = 0; i < srp->line_count; i++) {
        const uint8_t *line = srp->codes + srp->lines[i].from;
        size_t len = srp->lines[i + 1].from - srp->lines[i].from;
        uint8_t *to = xmalloc(len * 2 + FEATURES_PAD);
        size_t new_len = respell_line(&srp_words, line, len, to);

        if (new_len > 0)
            texts_append(bos, to, new_len);
        free(to);
    }
    for (size_t i = 0; i < srp_words.count; i++)
        free(srp_words.words[i].other);
    free(srp_words.words);
    free(hrv_words.words);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shingle - one walk for the hashes of words, one for those of n-grams.
 *
 * Both hashes are polynomials modulo 2^64, the first over the characters of a
 * word, the second over the n words of a window, which moves on by one product
 * in and one out; a mix at the end of each spreads what the products leave in
 * the low bits.
 */
#include "filters/shingle.h"

#include "src/charclass.h"
#include "src/fail.h"
#include "src/unicode.h"
#include "src/utf8.h"

enum {
    TABLE = 0x10000,
    /* What a character is, above its 24 bits of skeleton. */
    PART = 1 << 24,   /* of a word */
    SINGLE = 2 << 24, /* a word of its own */
    PASSED = 3 << 24, /* a mark or a format character: as if not there */
    DIGIT = 4 << 24,  /* a run of them is one 0 */
    KIND = 7 << 24    /* none of them: parts words */
};

#define WORD_FACTOR 0x9e3779b97f4a7c15u
#define GRAM_FACTOR 0xc2b2ae3d27d4eb4fu
#define GAP 0x2545f4914f6cdd1du

static uint32_t table[TABLE];

static bool is_single(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x309f) || (c >= 0x3400 && c <= 0x4dbf) ||
           (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

static uint32_t entry_of(uint32_t c)
{
    uint8_t class = charclass_get(c);

    if (class == CHAR_ND)
        return DIGIT | '0';
    if (class & CHAR_LETTER)
        return (uint32_t)(is_single(c) ? SINGLE : PART) | unicode_skeleton(c);
    if (class == CHAR_MN || class == CHAR_CF)
        return c == 0x200b ? 0 : PASSED;
    if ((class & (CHAR_NUMBER | CHAR_MARK)) || class == CHAR_PC)
        return PART | unicode_skeleton(c);
    return 0;
}

void shingle_open(void)
{
    if (table['a'])
        return;
    for (uint32_t c = 0; c < TABLE; c++)
        table[c] = entry_of(c);
}

/* What a walk fills: words, or the characters of words and gaps. */
struct items {
    uint64_t *hashes;
    uint32_t *begins, *ends; /* NULL: nobody asks */
    size_t count;
    bool keeps_digits;       /* digits are letters, each its own */
};

struct word {
    uint64_t hash;
    size_t begin, end;
    uint32_t last; /* kind of the character before; 0: no word is open */
};

static inline void word_close(struct items *items, struct word *word)
{
    if (!word->last)
        return;
    if (items->begins) {
        items->begins[items->count] = (uint32_t)word->begin;
        items->ends[items->count] = (uint32_t)word->end;
    }
    items->hashes[items->count++] = shingle_mix(word->hash);
    word->last = 0;
    word->hash = 0;
}

/* A character that belongs to a word; `at` .. `next` is where it stands. */
static inline void word_take(struct items *items, struct word *word,
                             uint32_t entry, size_t at, size_t next)
{
    uint32_t kind = entry & KIND;

    if (kind == PASSED) {
        word->end = next;
        return;
    }
    if (kind == SINGLE || word->last == SINGLE)
        word_close(items, word);
    if (kind == DIGIT && word->last == DIGIT) {
        word->end = next;
        return;
    }
    if (!word->last)
        word->begin = at;
    word->hash = (word->hash + (entry & 0xffffff) + 1) * WORD_FACTOR;
    word->last = kind;
    word->end = next;
}

static inline uint32_t entry_at(struct slice text, size_t *at)
{
    uint32_t c = utf8_next(text, at);

    return c < TABLE ? table[c] : entry_of(c);
}

static void walk_words(struct items *items, struct slice text)
{
    struct word word = { 0 };
    size_t at = 0;

    while (at < text.len) {
        size_t begin = at;
        uint32_t entry = entry_at(text, &at);

        /* The common case first: one more letter of a word. */
        if ((entry & KIND) == PART && word.last == PART) {
            word.hash = (word.hash + (entry & 0xffffff) + 1) * WORD_FACTOR;
            word.end = at;
        } else if (entry) {
            if ((entry & KIND) == DIGIT && items->keeps_digits)
                entry = PART | utf8_next(text, &(size_t){ begin });
            word_take(items, &word, entry, begin, at);
        } else {
            word_close(items, &word);
        }
    }
    word_close(items, &word);
}

/* The characters of all words, digits one by one, a gap between two words. */
static void walk_chars(struct items *items, struct slice text)
{
    bool is_gap = false;
    size_t at = 0;

    while (at < text.len) {
        uint32_t entry = entry_at(text, &at);

        if ((entry & KIND) == PASSED)
            continue;
        if (!entry) {
            is_gap = items->count > 0;
            continue;
        }
        if (is_gap)
            items->hashes[items->count++] = GAP;
        is_gap = false;
        items->hashes[items->count++] = shingle_mix(entry & 0xffffff);
    }
}

/* Windows of n items take the place of the items. */
static struct shingles roll(struct items items, size_t n)
{
    struct shingles made = { items.hashes, 0, items.count };
    uint64_t window[SHINGLE_NGRAM_MAX], sum = 0, leave = 1;
    size_t oldest = 0;

    if (items.count == 0)
        return made;
    for (size_t i = 0; i < n && i < items.count; i++) {
        window[i] = items.hashes[i];
        sum = sum * GRAM_FACTOR + window[i];
        leave *= GRAM_FACTOR;
    }
    if (items.count < n)
        sum += items.count;
    made.hashes[made.count++] = shingle_mix(sum);
    for (size_t i = n; i < items.count; i++) {
        sum = sum * GRAM_FACTOR + items.hashes[i] - leave * window[oldest];
        window[oldest] = items.hashes[i];
        oldest = oldest + 1 == n ? 0 : oldest + 1;
        made.hashes[made.count++] = shingle_mix(sum);
    }
    return made;
}

/* A word has a byte at least, and parts from the next by one; ideographs have
 * three. */
static size_t words_most(struct slice text)
{
    return text.len / 2 + 1;
}

struct shingles shingle_make(struct slice text, size_t n, bool chars,
                             struct arena *arena)
{
    struct items items = { 0 };

    if (n == 0 || n > SHINGLE_NGRAM_MAX)
        bug("shingles of %zu items", n);
    items.hashes = arena_alloc(arena, (chars ? text.len : words_most(text)) *
                                          sizeof *items.hashes);
    if (chars)
        walk_chars(&items, text);
    else
        walk_words(&items, text);
    return roll(items, n);
}

size_t shingle_roll(uint64_t *hashes, size_t count, size_t n)
{
    if (n == 0 || n > SHINGLE_NGRAM_MAX)
        bug("shingles of %zu items", n);
    return count < n ? 0
                     : roll((struct items){ .hashes = hashes, .count = count },
                            n).count;
}

static struct shingle_words words_of(struct slice text, bool keeps_digits,
                                     struct arena *arena)
{
    struct items items = { .keeps_digits = keeps_digits };
    size_t most = words_most(text);

    if (text.len > UINT32_MAX)
        bug("a text of %zu bytes is too long", text.len);
    items.hashes = arena_alloc(arena, most * sizeof *items.hashes);
    items.begins = arena_alloc(arena, (most + 1) * sizeof *items.begins);
    items.ends = arena_alloc(arena, most * sizeof *items.ends);
    walk_words(&items, text);
    items.begins[items.count] = (uint32_t)text.len;
    return (struct shingle_words){ items.hashes, items.begins, items.ends,
                                   items.count };
}

struct shingle_words shingle_words(struct slice text, struct arena *arena)
{
    return words_of(text, false, arena);
}

struct shingle_words shingle_words_digits(struct slice text,
                                          struct arena *arena)
{
    return words_of(text, true, arena);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases - a trie kept as a hash table: the key of a node is the hash of the
 * words that lead to it, with the number of the language that it is for.
 */
#include "filters/phrases.h"

#include <stdlib.h>

#include "filters/table.h"
#include "src/unicode.h"
#include "src/utf8.h"

#define FACTOR 0x9fb21c651e98df25u

struct phrase_slot {
    uint64_t key;  /* 0 = free */
    uint8_t kinds; /* of phrases that end here */
    bool goes_on;  /* some phrase is longer */
};

static uint64_t spread(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

/* unicode_skeleton() of Latin, Greek, Cyrillic and their neighbours. */
static uint32_t skeletons[0x600];

static void fill_skeletons(void)
{
    if (skeletons['a'])
        return;
    for (uint32_t c = 0; c < sizeof skeletons / sizeof *skeletons; c++)
        skeletons[c] = unicode_skeleton(c);
}

static uint32_t skeleton(uint32_t c)
{
    return c < sizeof skeletons / sizeof *skeletons ? skeletons[c]
                                                    : unicode_skeleton(c);
}

static uint64_t word_hash(struct slice word)
{
    uint64_t hash = 0;

    for (size_t at = 0; at < word.len;) {
        hash = hash * FACTOR + skeleton(utf8_next(word, &at));
    }
    return spread(hash);
}

/* Where the walk is after one more word; from 0 for the first. */
static uint64_t step(uint64_t path, uint64_t word)
{
    return spread(path * FACTOR + word);
}

static struct phrase_slot *find(const struct phrases *phrases, uint64_t path,
                                size_t lang)
{
    uint64_t key = spread(path + lang * 0xc2b2ae3d27d4eb4fu);
    size_t at = key & phrases->mask;

    while (phrases->slots[at].key && phrases->slots[at].key != key)
        at = (at + 1) & phrases->mask;
    return &phrases->slots[at];
}

static void widen(struct phrases *phrases)
{
    struct phrase_slot *old = phrases->slots;
    size_t size = phrases->mask + 1;

    phrases->mask = 2 * size - 1;
    phrases->slots = xcalloc(2 * size, sizeof *old);
    for (size_t i = 0; i < size; i++) {
        size_t at = old[i].key & phrases->mask;

        while (old[i].key && phrases->slots[at].key)
            at = (at + 1) & phrases->mask;
        if (old[i].key)
            phrases->slots[at] = old[i];
    }
    free(old);
}

static void add(struct phrases *phrases, uint64_t path, size_t lang,
                unsigned kind, bool goes_on)
{
    struct phrase_slot *slot;

    if (2 * phrases->count > phrases->mask)
        widen(phrases);
    slot = find(phrases, path, lang);
    if (!slot->key) {
        slot->key = spread(path + lang * 0xc2b2ae3d27d4eb4fu);
        phrases->count++;
    }
    slot->kinds |= (uint8_t)kind;
    slot->goes_on |= goes_on;
}

static size_t lang_find(const struct phrases *phrases, struct slice lang)
{
    size_t i = 0;

    while (i < phrases->lang_count && !slice_equal(phrases->langs[i], lang))
        i++;
    return i;
}

static size_t lang_number(struct phrases *phrases, size_t *cap,
                          struct slice lang)
{
    size_t number = lang_find(phrases, lang);

    if (number < phrases->lang_count)
        return number;
    phrases->langs = grow(phrases->langs, cap, number + 1,
                          sizeof *phrases->langs);
    phrases->langs[phrases->lang_count++] = lang;
    return number;
}

static unsigned kind_of(struct slice name)
{
    return slice_is(name, "notice")  ? PHRASE_NOTICE
           : slice_is(name, "menu")  ? PHRASE_MENU
           : slice_is(name, "adult") ? PHRASE_ADULT
                                     : 0;
}

/* The paths after each word of the phrase; 0 words when there are too many. */
static size_t phrase_paths(struct slice phrase, uint64_t *paths,
                           struct arena *scratch)
{
    struct record_words table;
    uint64_t path = 0;
    size_t count = 0;

    words_find(&table, phrase, scratch);
    for (size_t i = 0; i < table.word_count; i++) {
        if (table.words[i].flags & WORD_SYMBOL)
            continue;
        if (count == PHRASE_WORDS_MAX)
            return 0;
        path = step(path, word_hash(words_slice(&table, table.words[i])));
        paths[count++] = path;
    }
    return count;
}

static const char *take_row(struct phrases *phrases, size_t *lang_cap,
                            struct table_row row, struct arena *scratch)
{
    uint64_t paths[PHRASE_WORDS_MAX];
    unsigned kind = kind_of(row.rule);
    size_t count, bad;

    if (!kind)
        return "a kind of phrase is notice, menu or adult";
    if (row.langs.len == 0 || row.value.len == 0)
        return "a row needs a kind, a language and a phrase, parted by tabs";
    if (!utf8_check(row.value, &bad))
        return "the phrase is not UTF-8";
    count = phrase_paths(row.value, paths, scratch);
    if (count == 0)
        return "a phrase has one to twelve words";
    while (row.langs.len > 0) {
        size_t lang = lang_number(phrases, lang_cap,
                                  table_cut(&row.langs, ','));

        for (size_t i = 0; i < count; i++)
            add(phrases, paths[i], lang, i + 1 == count ? kind : 0,
                i + 1 < count);
    }
    return NULL;
}

bool phrases_init(struct phrases *phrases, struct slice text,
                  struct fault *fault)
{
    struct arena scratch = { 0 };
    const char *wrong = NULL;
    struct slice left = text;
    struct table_row row;
    size_t lang_cap = 0;

    fill_skeletons();
    *phrases = (struct phrases){ .mask = 1023 };
    phrases->slots = xcalloc(phrases->mask + 1, sizeof *phrases->slots);
    lang_number(phrases, &lang_cap, slice_from("*"));
    while (!wrong && table_next(&left, &row)) {
        *fault = (struct fault){ NULL, (size_t)(row.rule.ptr - text.ptr) };
        wrong = take_row(phrases, &lang_cap, row, &scratch);
        arena_reset(&scratch);
    }
    arena_clear(&scratch);
    if (!wrong)
        return true;
    fault->what = wrong;
    phrases_clear(phrases);
    return false;
}

void phrases_clear(struct phrases *phrases)
{
    free(phrases->slots);
    free(phrases->langs);
    *phrases = (struct phrases){ 0 };
}

/* From word `first`: mark the words of each phrase that begins there. */
static void mark_from(const struct phrases *phrases, size_t lang,
                      const uint64_t *hashes, const uint32_t *index,
                      size_t count, size_t first, uint8_t *kinds)
{
    uint64_t path = 0;
    size_t end = first + PHRASE_WORDS_MAX;

    for (size_t i = first; i < count && i < end; i++) {
        const struct phrase_slot *slot;

        path = step(path, hashes[i]);
        slot = find(phrases, path, lang);
        for (size_t k = first; slot->kinds && k <= i; k++)
            kinds[index[k]] |= slot->kinds;
        if (!slot->goes_on)
            break;
    }
}

uint8_t *phrases_mark(const struct phrases *phrases, struct slice lang,
                      const struct record_words *table, struct arena *arena)
{
    size_t words = table->word_count, count = 0;
    size_t number = lang_find(phrases, lang);
    uint8_t *kinds = arena_zero(arena, words + 1, 1);
    uint64_t *hashes = arena_alloc(arena, (words + 1) * sizeof *hashes);
    uint32_t *index = arena_alloc(arena, (words + 1) * sizeof *index);

    for (size_t i = 0; i < words; i++) {
        if (table->words[i].flags & WORD_SYMBOL)
            continue;
        hashes[count] = word_hash(words_slice(table, table->words[i]));
        index[count++] = (uint32_t)i;
    }
    for (size_t i = 0; i < count; i++) {
        mark_from(phrases, 0, hashes, index, count, i, kinds);
        if (number > 0 && number < phrases->lang_count)
            mark_from(phrases, number, hashes, index, count, i, kinds);
    }
    return kinds;
}

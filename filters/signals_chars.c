/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_chars - one walk over the characters; ASCII by a table of 128.
 */
#include "filters/signals.h"

#include <stdlib.h>

#include "filters/linerules.h"
#include "src/charclass.h"
#include "src/utf8.h"

struct counts {
    uint64_t letters, capitals, marks, digits, spaces, punctuation;
    uint64_t curly, less_than, parentheses, brackets, garbled;
    int64_t open_round, open_square, open_curly; /* less those that close */
    uint64_t urls, url_chars;
};

static void count_class(struct counts *n, uint32_t c)
{
    uint8_t class = charclass_get(c);

    if (class & CHAR_LETTER) {
        n->letters++;
        n->capitals += class == CHAR_LU || class == CHAR_LT;
    } else if (class & CHAR_SPACE) {
        n->spaces++;
    } else if (class & CHAR_MARK) {
        n->marks++;
    } else if (class & CHAR_NUMBER) {
        n->digits++;
    } else if (charclass_is_punctuation(class)) {
        n->punctuation++;
    } else if (class == CHAR_CO || (c >= 0x80 && c < 0xa0) || c == 0xfffd) {
        n->garbled++;
    }
}

static void count_bracket(struct counts *n, uint32_t c)
{
    switch (c) {
    case '(': n->parentheses++; n->open_round++; break;
    case ')': n->parentheses++; n->open_round--; break;
    case '[': n->brackets++; n->open_square++; break;
    case ']': n->brackets++; n->open_square--; break;
    case '{': n->brackets++; n->open_curly++; n->curly++; break;
    case '}': n->brackets++; n->open_curly--; break;
    case '<': n->less_than++; break;
    }
}

/* Bytes of what begins a URL here, or 0. */
static size_t url_len(struct slice text, size_t at)
{
    static const char *const begins[] = { "http://", "https://", "www." };

    if (text.ptr[at] != 'h' && text.ptr[at] != 'w')
        return 0;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t len = strlen(begins[i]);

        if (text.len - at >= len && memcmp(text.ptr + at, begins[i], len) == 0)
            return len;
    }
    return 0;
}

static void count_chars(struct counts *n, struct slice text)
{
    uint32_t last = 0;
    size_t at = 0, url_end = 0; /* URLs may hold others, counted as one run */
    bool in_url = false;

    while (at < text.len) {
        size_t url = url_len(text, at);
        uint32_t c;

        if (url > 0 && at >= url_end) {
            n->urls++;
            in_url = true;
            url_end = at + url; /* https://www. is one */
            if (text.len - url_end >= 4 &&
                memcmp(text.ptr + url_end, "www.", 4) == 0)
                url_end += 4;
        }
        c = utf8_next(text, &at);
        count_class(n, c);
        count_bracket(n, c);
        if (c >= 0x80 && c < 0xc0 && (last == 0xc3 || last == 0xc2))
            n->garbled++;
        if (charclass_get(c) & CHAR_SPACE)
            in_url = false;
        n->url_chars += in_url;
        last = c;
    }
}

static uint64_t distance(int64_t number)
{
    return (uint64_t)(number < 0 ? -number : number);
}

void signals_measure_chars(struct signals *s, const struct signal_source *from)
{
    uint64_t chars = from->table->chars;
    struct counts n = { 0 };

    count_chars(&n, from->table->text);
    if (n.curly == 0 && (from->found & FIND_CURLY))
        n.curly = 1;
    s->value[SIGNAL_CHARS] = (int64_t)chars * SIGNAL_ONE;
    s->value[SIGNAL_LETTERS] = signals_share(n.letters + n.marks, chars);
    s->value[SIGNAL_DIGITS] = signals_share(n.digits, chars);
    s->value[SIGNAL_SPACES] = signals_share(n.spaces, chars);
    s->value[SIGNAL_PUNCTUATION] = signals_share(n.punctuation, chars);
    s->value[SIGNAL_NON_ALNUM] = signals_share(
        chars - n.letters - n.marks - n.digits - n.spaces, chars);
    s->value[SIGNAL_UPPER] = signals_share(n.capitals, n.letters);
    s->value[SIGNAL_CURLY] = (int64_t)n.curly * SIGNAL_ONE;
    s->value[SIGNAL_LESS_THAN] = signals_share(n.less_than, chars);
    s->value[SIGNAL_PARENTHESES] = signals_share(n.parentheses, chars);
    s->value[SIGNAL_BRACKETS] = (int64_t)n.brackets * SIGNAL_ONE;
    s->value[SIGNAL_UNBALANCED] =
        (int64_t)(distance(n.open_round) + distance(n.open_square) +
                  distance(n.open_curly)) * SIGNAL_ONE;
    s->value[SIGNAL_URLS] = signals_share(n.urls, from->table->word_count);
    s->value[SIGNAL_URL_CHARS] = signals_share(n.url_chars, chars);
    s->value[SIGNAL_GARBLED] = signals_share(n.garbled, chars);
}

/* ---- runs of ten characters ---- */

enum { RUN = 10, RUNS_TEXT_MAX = 1 << 20 };

struct run_slot {
    uint64_t hash; /* 0 = free */
    uint64_t count;
};

static uint64_t root(uint64_t n)
{
    uint64_t r = 0;

    for (uint64_t bit = (uint64_t)1 << 31; bit > 0; bit >>= 1)
        if ((r + bit) * (r + bit) <= n)
            r += bit;
    return r;
}

static int count_compare(const void *a, const void *b)
{
    const struct run_slot *left = a, *right = b;

    return left->count < right->count ? 1 : left->count > right->count ? -1 : 0;
}

/* Count the runs into slots; how many differ. */
static size_t count_runs(struct run_slot *slots, size_t mask,
                         struct slice text)
{
    const uint64_t factor = 0x9fb21c651e98df25u;
    uint64_t ring[RUN] = { 0 }, out = 1, hash = 0;
    size_t at = 0, differ = 0;

    for (int i = 0; i < RUN; i++)
        out *= factor;
    for (size_t i = 0; at < text.len && i < RUNS_TEXT_MAX; i++) {
        uint64_t c = utf8_next(text, &at) + 1, key;
        size_t slot;

        hash = hash * factor + c - ring[i % RUN] * out;
        ring[i % RUN] = c;
        if (i + 1 < RUN)
            continue;
        key = hash ^ hash >> 32;
        key = key * 0xd6e8feb86659fd93u;
        key = (key ^ key >> 32) | 1;
        slot = key >> 1 & mask;
        while (slots[slot].hash && slots[slot].hash != key)
            slot = (slot + 1) & mask;
        differ += slots[slot].hash == 0;
        slots[slot].hash = key;
        slots[slot].count++;
    }
    return differ;
}

void signals_measure_char_grams(struct signals *s,
                                const struct signal_source *from)
{
    uint64_t chars = from->table->chars < RUNS_TEXT_MAX ? from->table->chars
                                                        : RUNS_TEXT_MAX;
    uint64_t sum = 0, rest, top;
    size_t size = 16, differ, kept = 0;
    struct run_slot *slots;

    if (chars < RUN)
        return;
    while (size < 2 * chars)
        size *= 2;
    slots = arena_zero(from->scratch, size, sizeof *slots);
    differ = count_runs(slots, size - 1, from->table->text);
    for (size_t i = 0; i < size; i++)
        if (slots[i].count > 1)
            slots[kept++] = slots[i];
    top = root(differ);
    rest = kept < top ? kept : top;
    qsort(slots, kept, sizeof *slots, count_compare);
    for (size_t i = 0; i < rest; i++)
        sum += slots[i].count;
    s->value[SIGNAL_CHAR_REPETITION] = signals_share(sum, chars - RUN + 1);
}

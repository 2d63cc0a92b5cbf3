/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charlm - the walk over folded characters, and the look-ups from the longest
 * n-gram down.
 */
#include "filters/charlm.h"

#include "src/charclass.h"
#include "src/hash.h"
#include "src/unicode.h"
#include "src/utf8.h"

enum { HEAD = 16, LANG = 24, TAIL = 8, BACKOFF = 21, UNKNOWN = 256 };
/* costs are sixteenths of a bit: 1.3219 and 16 bits */

static uint32_t number_at(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

static uint64_t hash_at(const char *at)
{
    return number_at(at) | (uint64_t)number_at(at + 4) << 32;
}

bool charlm_init(struct charlm *model, struct slice bytes, struct fault *fault)
{
    uint64_t langs, slots;

    *fault = (struct fault){ "not a model of characters", 0 };
    if (bytes.len < HEAD + TAIL || memcmp(bytes.ptr, "mlinclm1", 8) != 0)
        return false;
    langs = number_at(bytes.ptr + 8);
    slots = number_at(bytes.ptr + 12);
    *fault = (struct fault){ "the model is damaged, or cut short", 0 };
    if (slots == 0 || (slots & (slots - 1)) != 0 || slots > 1 << 24 ||
        langs > 4096 ||
        bytes.len != HEAD + langs * (LANG + 3 * slots) + TAIL ||
        hash64(slice_make(bytes.ptr, bytes.len - TAIL)) !=
            hash_at(bytes.ptr + bytes.len - TAIL))
        return false;
    *model = (struct charlm){ bytes, (uint32_t)langs, (uint32_t)slots };
    return true;
}

uint32_t charlm_next(struct charlm_walk *walk)
{
    while (walk->at < walk->text.len) {
        uint32_t c = utf8_next(walk->text, &walk->at);
        uint8_t class = charclass_get(c);

        if (class & CHAR_SPACE || class == CHAR_CC) {
            if (!walk->in_space) {
                walk->in_space = true;
                return ' ';
            }
            continue;
        }
        walk->in_space = false;
        if (class & CHAR_NUMBER)
            return '0';
        if (c < 0x80)
            return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
        return class == CHAR_LU ? unicode_fold(c) : c;
    }
    return 0;
}

uint64_t charlm_hash(const uint32_t *last, int n)
{
    uint64_t hash = (uint64_t)n;

    for (int i = 0; i < n; i++)
        hash = (hash ^ last[i]) * 0x9fb21c651e98df25u;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

/* The tables of one language. */
struct tables {
    const char *tags, *costs;
    uint64_t mask;
};

/* The cost of the n-gram, or -1 when it is not kept. */
static int cost_of(const struct tables *t, uint64_t hash)
{
    uint64_t at = hash & t->mask;
    unsigned tag = (unsigned)(hash >> 48) | 1;

    for (uint64_t tries = 0; tries <= t->mask; tries++) {
        const unsigned char *b = (const unsigned char *)t->tags + 2 * at;
        unsigned here = (unsigned)b[0] | (unsigned)b[1] << 8;

        if (here == 0)
            return -1;
        if (here == tag)
            return (unsigned char)t->costs[at];
        at = (at + 1) & t->mask;
    }
    return -1;
}

static bool find_lang(const struct charlm *model, struct slice lang,
                      struct tables *tables, double *usual)
{
    const char *heads = model->bytes.ptr + HEAD;
    const char *first = heads + (size_t)model->lang_count * LANG;

    if (lang.len >= CHARLM_LABEL)
        return false;
    for (uint32_t i = 0; i < model->lang_count; i++) {
        const char *head = heads + (size_t)i * LANG;

        if (memcmp(head, lang.ptr, lang.len) != 0 || head[lang.len] != '\0')
            continue;
        tables->tags = first + (size_t)i * 3 * model->slots;
        tables->costs = tables->tags + 2 * (size_t)model->slots;
        tables->mask = model->slots - 1;
        if (usual)
            *usual = number_at(head + CHARLM_LABEL) / 1000.0;
        return true;
    }
    return false;
}

double charlm_bits(const struct charlm *model, struct slice lang,
                   struct slice text, double *usual)
{
    struct charlm_walk walk = { .text = text, .in_space = true };
    uint32_t last[CHARLM_ORDER] = { ' ', ' ', ' ', ' ', ' ' }, c;
    uint64_t sum = 0, count = 0;
    struct tables tables;

    if (usual)
        *usual = 0;
    if (lang.len == 0 || !find_lang(model, lang, &tables, usual))
        return 0;
    while ((c = charlm_next(&walk)) != 0) {
        int cost = -1, n = CHARLM_ORDER, penalty = 0;

        memmove(last, last + 1, (CHARLM_ORDER - 1) * sizeof *last);
        last[CHARLM_ORDER - 1] = c;
        for (; n > 0; n--, penalty += BACKOFF) {
            cost = cost_of(&tables,
                           charlm_hash(last + CHARLM_ORDER - n, n));
            if (cost >= 0)
                break;
        }
        sum += (uint64_t)(cost < 0 ? UNKNOWN : cost + penalty);
        count++;
    }
    return count == 0 ? 0 : (double)sum / (16.0 * (double)count);
}

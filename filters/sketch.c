/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketch - throw shingles at slots, hash bands of slots, keep some bits.
 */
#include "filters/sketch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/datatrove.h"
#include "filters/shingle.h"
#include "src/fail.h"

/* A value is its round above, and below it what is left of the throw. */
enum { ROUND_BITS = 13 };
#define EMPTY UINT64_MAX
#define STEP 0x9e3779b97f4a7c15u

struct sketch_params sketch_check(const struct sketch_options *options)
{
    struct sketch_params p = { .bands = options->bands, .rows = options->rows,
                               .ngram = options->ngram, .seed = options->seed,
                               .chars = options->chars };

    if (options->preset) {
        if (strcmp(options->preset, "datatrove") != 0)
            usage_error("--preset is datatrove, not '%s'", options->preset);
        if (options->chars)
            usage_error("--preset datatrove has words, not --chars");
        p.datatrove = true;
    }
    if (p.bands == 0 || p.rows == 0 || p.bands > SKETCH_SLOTS_MAX ||
        p.rows > SKETCH_SLOTS_MAX || p.bands * p.rows > SKETCH_SLOTS_MAX)
        usage_error("--bands times --rows is 1 to %d", SKETCH_SLOTS_MAX);
    if (p.ngram == 0 || p.ngram > SHINGLE_NGRAM_MAX)
        usage_error("--ngram is 1 to %d", SHINGLE_NGRAM_MAX);
    p.slot_count = p.bands * p.rows;
    if (!p.datatrove && p.slot_count < SKETCH_BITS)
        p.slot_count = SKETCH_BITS;
    p.slot_bits = p.slot_count >= SKETCH_BITS
                      ? 1
                      : (unsigned)(SKETCH_BITS / p.slot_count);
    if (p.slot_bits > 8)
        p.slot_bits = 8;
    if (p.datatrove) {
        if (p.seed > UINT32_MAX)
            usage_error("--seed of --preset datatrove is below 2^32");
        p.permutations = datatrove_permutations((uint32_t)p.seed, p.slot_count);
    }
    shingle_open();
    return p;
}

void sketch_params_clear(struct sketch_params *params)
{
    free(params->permutations);
    *params = (struct sketch_params){ 0 };
}

char *sketch_params_print(const struct sketch_params *p)
{
    return xprintf("%s, %zu bands of %zu, %zu %s, seed %" PRIu64,
                   p->datatrove ? "datatrove" : "fast", p->bands, p->rows,
                   p->ngram, p->chars ? "characters" : "words", p->seed);
}

/* What sketch_check() takes without a word. */
static bool can_be(const struct sketch_options *o)
{
    return o->bands > 0 && o->rows > 0 && o->bands <= SKETCH_SLOTS_MAX &&
           o->rows <= SKETCH_SLOTS_MAX &&
           o->bands * o->rows <= SKETCH_SLOTS_MAX && o->ngram > 0 &&
           o->ngram <= SHINGLE_NGRAM_MAX &&
           !(o->preset && (o->chars || o->seed > UINT32_MAX));
}

bool sketch_params_parse(const char *text, struct sketch_options *options)
{
    char method[16], unit[16];

    *options = (struct sketch_options){ 0 };
    if (sscanf(text, "%15[a-z], %" SCNu64 " bands of %" SCNu64 ", %" SCNu64
               " %15[a-z], seed %" SCNu64, method, &options->bands,
               &options->rows, &options->ngram, unit, &options->seed) != 6)
        return false;
    options->chars = strcmp(unit, "characters") == 0;
    if (strcmp(method, "datatrove") == 0)
        options->preset = "datatrove";
    return (options->preset || strcmp(method, "fast") == 0) && can_be(options);
}

char *sketch_params_differ(const struct sketch_params *p, const char *text)
{
    struct sketch_options o;
    char *mine = sketch_params_print(p), *said = NULL;
    bool is_same = strcmp(mine, text) == 0;

    free(mine);
    if (is_same)
        return NULL;
    if (!sketch_params_parse(text, &o))
        return xprintf("made with options that are unknown here: %s", text);
    if (p->datatrove != (o.preset != NULL))
        said = xprintf("--preset datatrove is %sgiven",
                       p->datatrove ? "" : "not ");
    else if (p->chars != o.chars)
        said = xprintf("--chars is %sgiven", p->chars ? "" : "not ");
    else if (p->ngram != o.ngram)
        said = xprintf("--ngram is %zu, not %" PRIu64, p->ngram, o.ngram);
    else if (p->bands != o.bands)
        said = xprintf("--bands is %zu, not %" PRIu64, p->bands, o.bands);
    else if (p->rows != o.rows)
        said = xprintf("--rows is %zu, not %" PRIu64, p->rows, o.rows);
    else
        said = xprintf("--seed is %" PRIu64 ", not %" PRIu64, p->seed, o.seed);
    return said;
}

struct hash128 sketch_params_hash(const struct sketch_params *params)
{
    char *text = sketch_params_print(params);
    struct hash128 hash = hash128(slice_from(text));

    free(text);
    return hash;
}

/* ---- slots ---- */

/* (h * k) in 128 bits: the upper half names a slot, the lower is the rest. */
static inline uint64_t throw_at(uint64_t h, uint64_t k, uint64_t *value)
{
    __extension__ unsigned __int128 product =
        (__extension__ (unsigned __int128)h) * k;

    *value = (uint64_t)product >> ROUND_BITS;
    return (uint64_t)(product >> 64);
}

static void fast_slots(const struct sketch_params *params,
                       const uint64_t *shingles, size_t count, uint64_t *slots)
{
    uint64_t k = params->slot_count, filled = 0;

    for (size_t i = 0; i < k; i++)
        slots[i] = EMPTY;
    /* k rounds at random, then k that reach slot 0, 1, 2, ... */
    for (uint64_t round = 0; round < 2 * k && filled < k; round++) {
        uint64_t salt = (round + 1) * STEP + shingle_mix(params->seed);
        uint64_t high = round << (64 - ROUND_BITS);

        for (size_t i = 0; i < count; i++) {
            uint64_t value;
            uint64_t at = throw_at(shingle_mix(shingles[i] + salt), k, &value);

            if (round >= k)
                at = round - k;
            value |= high;
            filled += slots[at] == EMPTY;
            slots[at] = value < slots[at] ? value : slots[at];
        }
    }
}

void sketch_slots(const struct sketch_params *params, const uint64_t *shingles,
                  size_t count, uint64_t *slots)
{
    if (params->datatrove)
        datatrove_slots(params->permutations, params->slot_count, shingles,
                        count, slots);
    else
        fast_slots(params, shingles, count, slots);
}

/* ---- keys and bits ---- */

static void make_keys(const struct sketch_params *params, struct sketch *s)
{
    const uint64_t *slot = s->slots;

    for (size_t band = 0; band < params->bands; band++) {
        uint64_t key = (band + 1) * STEP;

        for (size_t row = 0; row < params->rows; row++)
            key = shingle_mix(key ^ *slot++) + STEP;
        s->keys[band] = shingle_mix(key);
    }
}

static void make_bits(const struct sketch_params *params, struct sketch *s)
{
    unsigned width = params->slot_bits;
    size_t count = SKETCH_BITS / width;

    memset(s->bits, 0, sizeof s->bits);
    if (count > params->slot_count)
        count = params->slot_count;
    for (size_t i = 0; i < count; i++) {
        uint64_t some = (s->slots[i] * STEP) >> (64 - width);

        for (unsigned bit = 0; bit < width; bit++)
            s->bits[(i * width + bit) / 64] |=
                (some >> bit & 1) << (i * width + bit) % 64;
    }
}

struct sketch *sketch_make(const struct sketch_params *params,
                           struct slice text, struct arena *arena)
{
    struct sketch *s = arena_alloc(arena, sizeof *s);
    struct shingles shingles =
        params->datatrove
            ? datatrove_shingles(text, params->ngram, arena)
            : shingle_make(text, params->ngram, params->chars, arena);

    memset(s, 0, sizeof *s);
    s->shingle_count = shingles.count;
    if (shingles.count == 0)
        return s;
    s->slots = arena_alloc(arena, params->slot_count * sizeof *s->slots);
    s->keys = arena_alloc(arena, params->bands * sizeof *s->keys);
    sketch_slots(params, shingles.hashes, shingles.count, s->slots);
    make_keys(params, s);
    make_bits(params, s);
    return s;
}

/* ---- the estimate ---- */

/* How many slots have the same bits. */
static size_t matches(const struct sketch_params *params, const uint64_t *a,
                      const uint64_t *b, size_t count)
{
    unsigned width = params->slot_bits;
    size_t same = 0;

    if (width == 1) {
        for (size_t i = 0; i < SKETCH_WORDS; i++)
            same += (size_t)__builtin_popcountll(~(a[i] ^ b[i]));
        return same;
    }
    for (size_t i = 0; i < count; i++) {
        bool differs = false;

        for (size_t bit = i * width; bit < (i + 1) * width; bit++)
            differs |= (a[bit / 64] ^ b[bit / 64]) >> bit % 64 & 1;
        same += !differs;
    }
    return same;
}

double sketch_jaccard(const struct sketch_params *params, const uint64_t *a,
                      const uint64_t *b)
{
    size_t count = SKETCH_BITS / params->slot_bits;
    double chance = 1.0 / (double)(1u << params->slot_bits), share;

    if (count > params->slot_count)
        count = params->slot_count;
    share = (double)matches(params, a, b, count) / (double)count;
    return share <= chance ? 0 : (share - chance) / (1 - chance);
}

unsigned sketch_thousandths(const struct sketch_params *params,
                            const uint64_t *a, const uint64_t *b)
{
    return (unsigned)(sketch_jaccard(params, a, b) * 1000 + 0.5);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * features - two passes: code points to letters of any script, with a count for
 * each script; then the letters of the commonest one to bytes.
 */
#include "langid/features.h"

#include "langid/letters.h"
#include "src/utf8.h"

/* 1 to 254, for letters of scripts without an alphabet of ours. */
static uint16_t letter_by_number(uint16_t entry, uint32_t code_point)
{
    return (uint16_t)(entry | (1 + code_point % 254));
}

struct reader_state {
    struct features *features;
    size_t len;
    uint32_t counts[LETTERS_SCRIPTS_MAX];
};

/* A boundary after a boundary is written over by what comes next. */
static inline void put(struct reader_state *state, uint16_t entry)
{
    uint16_t *all = state->features->all;

    all[state->len] = entry;
    state->counts[entry >> 8]++;
    state->len += (entry | all[state->len - 1]) != 0;
}

/* Marks, expansions and characters that leave no trace. */
static void put_special(struct reader_state *state, uint16_t entry)
{
    uint16_t *last = &state->features->all[state->len - 1];

    if (entry >= LETTERS_EXPAND) {
        const uint16_t *letters = letters_expansions[entry & 0xff];

        for (int i = 0; i < 3 && letters[i] != 0; i++)
            put(state, letters[i]);
    } else if (entry >= LETTERS_MARK) {
        *last = letters_compose(*last, entry - LETTERS_MARK);
    }
}

static void read_window(struct reader_state *state, struct slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t at = 0;

    while (at < text.len) {
        uint32_t code_point = bytes[at];
        uint16_t entry;

        if (code_point < 0x80) {
            at++;
            put(state, letters_entry(code_point));
            continue;
        }
        if (code_point >= 0xc2 && code_point < 0xe0 && at + 1 < text.len &&
            (bytes[at + 1] & 0xc0) == 0x80) {
            code_point = (code_point & 0x1f) << 6 | (bytes[at + 1] & 0x3f);
            at += 2;
        } else {
            code_point = utf8_next_lax(text, &at);
        }
        entry = letters_entry(code_point);
        if ((entry > 0 && entry < 0x100) || entry >= LETTERS_EXPAND)
            put_special(state, entry);
        else if (entry != 0 && (entry & 0xff) == 0)
            put(state, letter_by_number(entry, code_point));
        else
            put(state, entry);
    }
    put(state, 0);
}

void features_read(struct features *features, struct slice text)
{
    struct reader_state state = { .features = features, .len = 1 };
    unsigned script = 0;
    size_t len = 1;

    features->all[0] = 0;
    if (text.len <= FEATURES_TEXT_MAX) {
        read_window(&state, text);
    } else {
        size_t size = FEATURES_TEXT_MAX / FEATURES_WINDOWS;

        for (size_t i = 0; i < FEATURES_WINDOWS; i++) {
            size_t from = (text.len - size) / (FEATURES_WINDOWS - 1) * i;

            read_window(&state, slice_make(text.ptr + from, size));
        }
    }
    state.counts[0] = 0;
    for (unsigned i = 1; i < letters_script_count; i++)
        if (state.counts[i] > state.counts[script])
            script = i;
    features->script = script;
    features->letters = state.counts[script];
    features->codes[0] = 0;
    for (size_t i = 1; i < state.len; i++) {
        uint16_t letter = features->all[i];
        uint8_t code = letter >> 8 == script ? (uint8_t)letter : 0;

        features->codes[len] = code;
        len += (code | features->codes[len - 1]) != 0;
    }
    if (features->codes[len - 1] != 0)
        features->codes[len++] = 0;
    memset(features->codes + len, 0, FEATURES_PAD);
    features->len = script == 0 ? 0 : len;
}

/* The first 8 codes, the first one lowest, on any machine. */
static inline uint64_t codes_load(const uint8_t *codes)
{
    uint64_t word;

    memcpy(&word, codes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

size_t features_rows(const uint8_t *codes, size_t len, unsigned script,
                     struct features_kind kind, size_t *at,
                     uint32_t rows[FEATURES_BLOCK])
{
    enum { GRAM_KINDS = FEATURES_GRAM_MAX + 1 };
    uint64_t masks[GRAM_KINDS], salts[GRAM_KINDS];
    unsigned sizes[GRAM_KINDS];
    size_t kinds = 0, count = 0, i = *at;

    for (unsigned n = 2; n <= FEATURES_GRAM_MAX; n++)
        if (kind.grams >> n & 1) {
            masks[kinds] = ((uint64_t)1 << 8 * n) - 1;
            salts[kinds] = (uint64_t)script << 56 | (uint64_t)n << 48;
            sizes[kinds++] = n;
        }
    for (; i < len && count + kinds <= FEATURES_BLOCK; i++) {
        uint64_t word = codes_load(codes + i);

        for (size_t k = 0; k < kinds; k++) {
            uint64_t key = (word & masks[k]) | salts[k];

            rows[count] = (uint32_t)(key * 0x9e3779b97f4a7c15u >>
                                     (64 - kind.row_bits));
            count += i + sizes[k] <= len;
        }
    }
    *at = i;
    return count;
}

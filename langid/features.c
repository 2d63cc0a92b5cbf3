/* SPDX-License-Identifier: Apache-2.0 */
/*
 * features - code points to letters of any script, and to bytes as if all were
 * of one script, which most texts are; if not, a second pass over the letters
 * keeps those of the commonest script.
 */
#include "langid/features.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "langid/entity.h"
#include "langid/letters.h"
#include "src/utf8.h"

enum {
    SIGN = FEATURES_SIGN, /* parts words as only code and markup do */
    TIGHT = 0xfd,         /* the same, but only between two letters */
    AFTER = 0xfc,         /* the same, but only after a letter */
    ENTITY = 0xfb         /* may begin the name of a character */
};

#define L(n) 0x100 + (n) /* Latin is script 1 and begins with a to z */

/* As letters_entry(), and what signs say. */
static const uint16_t ascii[128] = {
    ['#'] = SIGN, ['$'] = SIGN, ['&'] = ENTITY, ['('] = AFTER, ['*'] = SIGN,
    ['.'] = TIGHT, ['/'] = SIGN, [':'] = TIGHT, [';'] = AFTER, ['<'] = SIGN,
    ['='] = SIGN, ['>'] = SIGN, ['@'] = SIGN, ['['] = SIGN, ['\\'] = SIGN,
    [']'] = SIGN, ['^'] = SIGN, ['_'] = SIGN, ['`'] = SIGN, ['{'] = SIGN,
    ['|'] = SIGN, ['}'] = SIGN, ['~'] = SIGN,
    ['A'] = L(1), L(2), L(3), L(4), L(5), L(6), L(7), L(8), L(9), L(10), L(11),
    L(12), L(13), L(14), L(15), L(16), L(17), L(18), L(19), L(20), L(21),
    L(22), L(23), L(24), L(25), L(26),
    ['a'] = L(1), L(2), L(3), L(4), L(5), L(6), L(7), L(8), L(9), L(10), L(11),
    L(12), L(13), L(14), L(15), L(16), L(17), L(18), L(19), L(20), L(21),
    L(22), L(23), L(24), L(25), L(26)
};

/* 1 to 253, for letters of scripts without an alphabet of ours; SIGN is 254. */
static uint16_t letter_by_number(uint16_t entry, uint32_t code_point)
{
    return (uint16_t)(entry | (1 + code_point % 253));
}

struct reader {
    struct features *features;
    size_t len;
    uint32_t last;       /* all[len - 1] */
    uint32_t any, every; /* entries of letters, or-ed and and-ed */
};

static void reader_init(struct reader *reader, struct features *features)
{
    *reader = (struct reader){ .features = features, .len = 1,
                               .every = 0xffff };
    features->all[0] = 0;
    features->codes[0] = 0;
}

/* 1 for letters, 0 for what parts words. */
static inline uint32_t is_letter(uint32_t entry)
{
    return (entry + 0xff00) >> 16;
}

/*
 * What parts words is one entry, SIGN if any of it is.  Without branches: where
 * words end cannot be foretold.
 */
static inline void put(struct reader *reader, uint32_t entry)
{
    uint32_t letter = is_letter(entry);
    uint32_t more = letter | is_letter(reader->last);
    size_t at = reader->len + more - 1;

    reader->any |= entry;
    reader->every &= entry | (letter - 1);
    entry |= reader->last & (more - 1);
    reader->features->all[at] = (uint16_t)entry;
    reader->features->codes[at] = (uint8_t)entry;
    reader->len = at + 1;
    reader->last = entry;
}

/* Marks, expansions and characters that leave no trace. */
static void put_special(struct reader *reader, uint16_t entry)
{
    if (entry >= LETTERS_EXPAND) {
        const uint16_t *letters = letters_expansions[entry & 0xff];

        for (int i = 0; i < 3 && letters[i] != 0; i++)
            put(reader, letters[i]);
    } else if (entry >= LETTERS_MARK) {
        reader->last = letters_compose((uint16_t)reader->last,
                                       entry - LETTERS_MARK);
        reader->features->all[reader->len - 1] = (uint16_t)reader->last;
        reader->features->codes[reader->len - 1] = (uint8_t)reader->last;
    }
}

static void put_code_point(struct reader *reader, uint32_t code_point)
{
    uint16_t entry = letters_entry(code_point);

    if ((entry > 0 && entry < 0x100) || entry >= LETTERS_EXPAND)
        put_special(reader, entry);
    else if (entry != 0 && (entry & 0xff) == 0)
        put(reader, letter_by_number(entry, code_point));
    else
        put(reader, entry);
}

/* A sign at `at`, which parts words in one way or the other. */
static size_t put_sign(struct reader *reader, struct slice text, size_t at,
                       uint16_t sign)
{
    bool after = reader->last > 0xff;
    uint32_t parts[ENTITY_PARTS];
    size_t len;

    if (sign == ENTITY) {
        len = entity_read(slice_make(text.ptr + at, text.len - at), parts);
        for (size_t i = 0; len > 0 && i < ENTITY_PARTS && parts[i] != 0; i++)
            put_code_point(reader, parts[i]);
        if (len > 0)
            return at + len;
        put(reader, 0);
        return at + 1;
    }
    at++;
    if (sign == TIGHT)
        after = after && at < text.len &&
                ((unsigned char)text.ptr[at] >= 0x80 ||
                 ascii[(unsigned char)text.ptr[at]] > 0xff);
    put(reader, after || sign == SIGN ? SIGN : 0);
    return at;
}

#ifdef __SSE2__
/*
 * Latin letters of ASCII and single spaces between them, up to 16 at a time:
 * most of most texts.  Returns how many there are at `bytes`, of which 16 can
 * be read; what is written behind them is overwritten later.
 */
static inline size_t put_plain(struct reader *reader,
                               const unsigned char *bytes)
{
    __m128i text = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i lower = _mm_or_si128(text, _mm_set1_epi8(0x20));
    __m128i codes = _mm_sub_epi8(lower, _mm_set1_epi8(0x60));
    /* As signed bytes, what is not ASCII is below 'a'. */
    __m128i is_letter_byte =
        _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                      _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
    unsigned letters = (unsigned)_mm_movemask_epi8(is_letter_byte);
    unsigned spaces = (unsigned)_mm_movemask_epi8(
        _mm_cmpeq_epi8(text, _mm_set1_epi8(' ')));
    unsigned parted = spaces << 1 | (is_letter(reader->last) ^ 1);
    unsigned other = (~(letters | spaces) | (spaces & parted)) | 0x10000;
    size_t count = (size_t)__builtin_ctz(other);
    struct features *to = reader->features;
    __m128i scripts = _mm_and_si128(is_letter_byte, _mm_set1_epi8(1));

    codes = _mm_and_si128(codes, is_letter_byte);
    _mm_storeu_si128((__m128i *)(void *)(to->codes + reader->len), codes);
    _mm_storeu_si128((__m128i *)(void *)(to->all + reader->len),
                     _mm_unpacklo_epi8(codes, scripts));
    _mm_storeu_si128((__m128i *)(void *)(to->all + reader->len + 8),
                     _mm_unpackhi_epi8(codes, scripts));
    if ((letters & ((1u << count) - 1)) != 0) {
        reader->any |= L(0);
        reader->every &= L(0xff);
    }
    reader->len += count;
    reader->last = to->all[reader->len - 1];
    return count;
}
#endif

/* What is no plain letter or end of a word; returns where it ends. */
static size_t read_slowly(struct reader *reader, struct slice text, size_t at)
{
    unsigned char byte = (unsigned char)text.ptr[at];

    if (byte < 0x80)
        return put_sign(reader, text, at, ascii[byte]);
    put_code_point(reader, utf8_next_lax(text, &at));
    return at;
}

static void read_window(struct reader *state, struct slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    struct reader reader = *state; /* its address goes nowhere: registers */
    size_t at = 0;

    while (at < text.len) {
        uint32_t byte = bytes[at];
        uint16_t entry = 0;

        if (byte < 0x80) {
            entry = ascii[byte];
#ifdef __SSE2__
            if (entry > 0xff && text.len - at >= 16) {
                at += put_plain(&reader, bytes + at);
                continue;
            }
#endif
            if (entry < ENTITY || entry >= SIGN) {
                put(&reader, entry);
                at++;
                continue;
            }
        } else if (byte >= 0xc2 && byte < 0xe0 && at + 1 < text.len &&
                   (bytes[at + 1] & 0xc0) == 0x80) {
            entry = letters_entry((byte & 0x1f) << 6 | (bytes[at + 1] & 0x3f));
            if (entry > 0xff && entry < LETTERS_EXPAND && (entry & 0xff) != 0) {
                put(&reader, entry);
                at += 2;
                continue;
            }
        }
        *state = reader;
        at = read_slowly(state, text, at);
        reader = *state;
    }
    put(&reader, 0);
    *state = reader;
}

/* The script with most letters; of equals, the one with the lower number. */
static void count_scripts(struct features *features, size_t len)
{
    uint32_t counts[LETTERS_SCRIPTS_MAX] = { 0 }, all = 0;
    unsigned script = 0;

    for (size_t i = 0; i < len; i++)
        counts[features->all[i] >> 8]++;
    counts[0] = 0;
    for (unsigned i = 1; i < letters_script_count; i++) {
        all += counts[i];
        if (counts[i] > counts[script])
            script = i;
    }
    features->script = script;
    features->share = all > 0 ? (double)counts[script] / all : 1.0;
}

/* Does the word at `at`, letters of any script, hold one of this script? */
static bool word_has(const struct features *features, size_t at, size_t count,
                     unsigned script)
{
    for (; at < count && features->all[at] > 0xff; at++)
        if (features->all[at] >> 8 == script)
            return true;
    return false;
}

/* Letters of other scripts part words, unless they are twins of this one's. */
static void choose_letters(struct features *features, size_t count)
{
    unsigned script = features->script;
    size_t len = 0;
    bool ours = false; /* the word has letters of the script */

    for (size_t i = 0; i < count; i++) {
        uint16_t letter = features->all[i];
        uint8_t code = 0;

        if (i == 0 || features->all[i - 1] < 0x100)
            ours = word_has(features, i, count, script);
        if (letter >> 8 == script || letter == SIGN)
            code = (uint8_t)letter;
        else if (letter > 0xff && ours)
            code = letters_twin(letter, script);
        if (len > 0 && features_parts(code) &&
            features_parts(features->codes[len - 1]))
            features->codes[len - 1] |= code;
        else
            features->codes[len++] = code;
    }
    features->len = script == 0 ? 0 : len;
}

typedef uint8_t sixteen __attribute__((vector_size(16)));

static size_t sum_sixteen(sixteen counts)
{
    const uint64_t evens = 0x00ff00ff00ff00ff;
    uint64_t halves[2], pairs;

    memcpy(halves, &counts, sizeof halves);
    pairs = (halves[0] & evens) + (halves[0] >> 8 & evens) +
            (halves[1] & evens) + (halves[1] >> 8 & evens);
    return pairs * 0x0001000100010001 >> 48;
}

/* The signs, and how many codes are letters; zeros follow the codes. */
static void count_codes(struct features *features)
{
    size_t len = features->len, signs = 0, zeros = 0, at = 0;

    while (at < len) {
        sixteen sign = { 0 }, zero = { 0 };

        for (size_t i = 0; i < 255 && at < len; i++, at += sizeof sign) {
            sixteen codes;

            memcpy(&codes, features->codes + at, sizeof codes);
            sign -= (sixteen)(codes == FEATURES_SIGN);
            zero -= (sixteen)(codes == 0);
        }
        signs += sum_sixteen(sign);
        zeros += sum_sixteen(zero);
    }
    zeros -= at - len;
    features->letters = len - signs - zeros;
    features->signs = signs > 0 ? (double)signs / (double)(signs + zeros) : 0.0;
}

void features_read(struct features *features, struct slice text)
{
    struct reader reader;

    reader_init(&reader, features);
    if (text.len <= FEATURES_TEXT_MAX) {
        read_window(&reader, text);
    } else {
        size_t size = FEATURES_TEXT_MAX / FEATURES_WINDOWS;

        for (size_t i = 0; i < FEATURES_WINDOWS; i++) {
            size_t from = (text.len - size) / (FEATURES_WINDOWS - 1) * i;

            read_window(&reader, slice_make(text.ptr + from, size));
        }
    }
    features->script = reader.any >> 8;
    features->share = 1.0;
    features->len = features->script == 0 ? 0 : reader.len;
    if (features->script != 0 && features->script != reader.every >> 8) {
        count_scripts(features, reader.len);
        choose_letters(features, reader.len);
    }
    memset(features->codes + features->len, 0, FEATURES_PAD);
    count_codes(features);
}

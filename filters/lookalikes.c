/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lookalikes - letters of each script are counted while a word is walked over;
 * only words that mix scripts are looked at again.
 */
#include "filters/lookalikes.h"

#include <stdbool.h>
#include <stddef.h>

#include "src/charclass.h"
#include "src/utf8.h"

enum script { OTHER, LATIN, CYRILLIC, GREEK, SCRIPTS };

enum { LEAST_LETTERS = 3 };

/* Letters of one script that look like some of the other. */
static const char cyrillic_as_latin[] =
    "аеорсухіјѕһԁԛԝёїүАВЕКМНОРСТУХІЈЅЁЇҮӀ";
static const char latin_as_cyrillic[] =
    "aeopcyxijshdqwëïABEKMHOPCTYXIJSËÏ";
static const char greek_as_latin[] = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγινορυάίόύ";
static const char latin_as_greek[] = "ABEZHIKMNOPTYXayivopuáíóú";

static enum script script_of(uint32_t c)
{
    if (!(charclass_get(c) & CHAR_LETTER))
        return OTHER;
    if (c < 0x2b0)
        return c == 0xb5 ? OTHER : LATIN; /* micro: a sign */
    if ((c >= 0x370 && c < 0x3e2) || (c >= 0x3f0 && c < 0x400) ||
        (c >= 0x1f00 && c < 0x2000))
        return GREEK;
    if ((c >= 0x400 && c < 0x530) || (c >= 0xa640 && c < 0xa6a0))
        return CYRILLIC;
    return c >= 0x1e00 && c < 0x1f00 ? LATIN : OTHER;
}

/* Is every letter of `script` in the word one of `letters`? */
static bool are_all(struct slice word, enum script script, const char *letters)
{
    size_t at = 0;

    while (at < word.len) {
        char bytes[5] = { 0 };
        uint32_t c = utf8_next(word, &at);

        utf8_put(bytes, c);
        if (script_of(c) == script && !strstr(letters, bytes))
            return false;
    }
    return true;
}

static bool is_mixed(struct slice word, const uint64_t letters[SCRIPTS],
                     enum script other, const char *as_latin,
                     const char *as_other)
{
    uint64_t latin = letters[LATIN], others = letters[other];

    if (latin == 0 || others == 0)
        return false;
    return (others <= latin && are_all(word, other, as_latin)) ||
           (latin <= others && are_all(word, LATIN, as_other));
}

static bool counts(struct slice word, const uint64_t letters[SCRIPTS])
{
    uint64_t all = 0;

    for (int script = 0; script < SCRIPTS; script++)
        all += letters[script];
    return all >= LEAST_LETTERS &&
           (is_mixed(word, letters, CYRILLIC, cyrillic_as_latin,
                     latin_as_cyrillic) ||
            is_mixed(word, letters, GREEK, greek_as_latin, latin_as_greek));
}

uint64_t lookalikes_count(struct slice text)
{
    uint64_t count = 0;
    size_t at = 0;

    while (at < text.len) {
        uint64_t letters[SCRIPTS] = { 0 };
        size_t begin = at, end = at;

        while (at < text.len) {
            uint32_t c = utf8_next(text, &at);
            uint8_t class = charclass_get(c);

            if (!(class & (CHAR_LETTER | CHAR_MARK)))
                break;
            if (class & CHAR_LETTER)
                letters[script_of(c)]++;
            end = at;
        }
        if (letters[LATIN] > 0 && letters[CYRILLIC] + letters[GREEK] > 0)
            count += counts(slice_make(text.ptr + begin, end - begin), letters);
    }
    return count;
}

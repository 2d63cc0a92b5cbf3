/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unicode - the one door to ICU.
 *
 * NFC: text whose bytes are all below U+0300 is in that form (no character
 * there composes or decomposes away), which a scan of lead bytes sees at memory
 * speed; only other text goes to ICU, first for its quick check.
 */
#include "src/unicode.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/uvernum.h>

#include "src/fail.h"

/*
 * The end of the longest prefix whose characters lie below U+0300: lead bytes
 * up to 0xCB.  Combining marks and all that NFC changes begin at U+0300 or
 * above.
 */
static size_t low_prefix(struct slice text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t at = 0;

    while (at + 32 <= text.len) {
        unsigned char high = 0;

        for (size_t i = 0; i < 32; i++)
            high |= (unsigned char)(p[at + i] >= 0xcc);
        if (high)
            break;
        at += 32;
    }
    while (at < text.len && p[at] < 0xcc)
        at++;
    return at;
}

static const UNormalizer2 *normalizer(void)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);

    if (U_FAILURE(error))
        die("ICU cannot normalise: %s", u_errorName(error));
    return nfc;
}

struct slice unicode_nfc(struct slice text, struct arena *arena)
{
    size_t from = low_prefix(text);
    UErrorCode error = U_ZERO_ERROR;
    int32_t units, same, made, bytes;
    UChar *wide, *normal;
    char *out;

    if (from == text.len)
        return text;
    if (text.len > INT32_MAX / 4)
        die("a document of %zu bytes is too long to normalise", text.len);
    wide = arena_alloc(arena, (text.len + 1) * sizeof *wide);
    u_strFromUTF8(wide, (int32_t)text.len + 1, &units, text.ptr,
                  (int32_t)text.len, &error);
    same = unorm2_spanQuickCheckYes(normalizer(), wide, units, &error);
    if (U_FAILURE(error))
        bug("text that was checked is not UTF-8: %s", u_errorName(error));
    if (same == units)
        return text;
    normal = arena_alloc(arena, ((size_t)units * 3 + 1) * sizeof *normal);
    made = unorm2_normalize(normalizer(), wide, units, normal, units * 3 + 1,
                            &error);
    out = arena_alloc(arena, (size_t)made * 3 + 1);
    u_strToUTF8(out, made * 3 + 1, &bytes, normal, made, &error);
    if (U_FAILURE(error))
        die("ICU cannot normalise: %s", u_errorName(error));
    if (slice_equal(text, slice_make(out, (size_t)bytes)))
        return text;
    return slice_make(out, (size_t)bytes);
}

/* UTF-16, for ICU. */
static UChar *widen(struct slice text, int32_t *units, struct arena *arena)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar *wide;

    if (text.len > INT32_MAX / 4)
        die("a document of %zu bytes is too long to normalise", text.len);
    wide = arena_alloc(arena, (text.len + 1) * sizeof *wide);
    u_strFromUTF8(wide, (int32_t)text.len + 1, units, text.ptr,
                  (int32_t)text.len, &error);
    if (U_FAILURE(error))
        bug("text that was checked is not UTF-8: %s", u_errorName(error));
    return wide;
}

static struct slice narrow(const UChar *wide, int32_t units,
                           struct arena *arena)
{
    UErrorCode error = U_ZERO_ERROR;
    char *out = arena_alloc(arena, (size_t)units * 3 + 1);
    int32_t bytes;

    u_strToUTF8(out, units * 3 + 1, &bytes, wide, units, &error);
    if (U_FAILURE(error))
        die("ICU cannot write UTF-8: %s", u_errorName(error));
    return slice_make(out, (size_t)bytes);
}

struct slice unicode_lower(struct slice text, struct arena *arena)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t units, made, cap;
    UChar *wide = widen(text, &units, arena), *lower;

    cap = units * 3 + 1; /* one unit becomes three at most */
    lower = arena_alloc(arena, (size_t)cap * sizeof *lower);
    made = u_strToLower(lower, cap, wide, units, "", &error);
    if (U_FAILURE(error))
        die("ICU cannot change case: %s", u_errorName(error));
    return narrow(lower, made, arena);
}

struct slice unicode_nfd(struct slice text, struct arena *arena)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
    int32_t units, made, cap;
    UChar *wide = widen(text, &units, arena), *normal;

    cap = units * 4 + 1; /* the longest: four units of one */
    normal = arena_alloc(arena, (size_t)cap * sizeof *normal);
    made = unorm2_normalize(nfd, wide, units, normal, cap, &error);
    if (U_FAILURE(error))
        die("ICU cannot normalise: %s", u_errorName(error));
    return narrow(normal, made, arena);
}

/* U16_NEXT, whose signs the compiler would warn of. */
static UChar32 next_point(const UChar *text, int32_t units, int32_t *at)
{
    UChar high = text[(*at)++];

    if (U16_IS_LEAD(high) && *at < units && U16_IS_TRAIL(text[*at]))
        return (UChar32)U16_GET_SUPPLEMENTARY(high, text[(*at)++]);
    return high;
}

uint32_t unicode_skeleton(uint32_t code_point)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar parts[16];
    int32_t units, at = 0;
    UChar32 base, mark;

    units = unorm2_getDecomposition(normalizer(), (UChar32)code_point, parts,
                                    16, &error);
    if (U_FAILURE(error) || units < 0)
        return unicode_fold(code_point);
    base = next_point(parts, units, &at);
    while (at < units) {
        mark = next_point(parts, units, &at);
        if (u_charType(mark) != U_NON_SPACING_MARK)
            return unicode_fold(code_point);
    }
    return unicode_fold((uint32_t)base);
}

void unicode_category(uint32_t code_point, char name[3])
{
    static const char names[][3] = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd",
        "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cs", "Pd",
        "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf",
    };

    memcpy(name, names[u_charType((UChar32)code_point)], 3);
}

uint32_t unicode_fold(uint32_t code_point)
{
    return (uint32_t)u_foldCase((UChar32)code_point, U_FOLD_CASE_DEFAULT);
}

const char *unicode_script(uint32_t code_point)
{
    UErrorCode error = U_ZERO_ERROR;

    return uscript_getShortName(uscript_getScript((UChar32)code_point, &error));
}

const char *unicode_icu_version(void)
{
    return U_ICU_VERSION;
}

const char *unicode_version(void)
{
    return U_UNICODE_VERSION;
}

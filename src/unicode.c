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

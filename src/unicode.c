/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unicode - the one door to ICU.
 *
 * NFC: text whose bytes are all below U+0300 is in that form (no character
 * there composes or decomposes away), which a scan of lead bytes sees at memory
 * speed; only other text goes to ICU, first for its quick check, in pieces of
 * 32 kB that end where no character joins the next: so memory is that of the
 * result.  ICU puts marks in order one by one, each past all that stand behind
 * it, which takes the square of their number; long runs of marks are put in
 * order here, before, by counting.
 */
#include "src/unicode.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/uvernum.h>

#include "src/fail.h"
#include "src/utf8.h"

/*
 * The end of the longest prefix whose bytes lie below `high`.  Up to 0xCB they
 * are characters below U+0300: combining marks and all that NFC changes begin
 * there or above.
 */
static size_t low_prefix(struct slice text, unsigned char high)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t at = 0;

    while (at + 32 <= text.len) {
        unsigned char any = 0;

        for (size_t i = 0; i < 32; i++)
            any |= (unsigned char)(p[at + i] >= high);
        if (any)
            break;
        at += 32;
    }
    while (at < text.len && p[at] < high)
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

/* U16_NEXT, whose signs the compiler would warn of. */
static UChar32 next_point(const UChar *text, int32_t units, int32_t *at)
{
    UChar high = text[(*at)++];

    if (U16_IS_LEAD(high) && *at < units && U16_IS_TRAIL(text[*at]))
        return (UChar32)U16_GET_SUPPLEMENTARY(high, text[(*at)++]);
    return high;
}

/* ---- long runs of marks ---- */

enum { LONG_RUN = 64 };

/*
 * Does what the character decomposes into begin with a mark that moves?  The
 * five are no such marks themselves; two of them only in NFKC.
 */
static bool is_moving(const UNormalizer2 *form, UChar32 c)
{
    if (c < 0x300 || u_getCombiningClass(c) != 0)
        return c >= 0x300;
    return (c == 0xf73 || c == 0xf75 || c == 0xf81 || c == 0xff9e ||
            c == 0xff9f) &&
           !unorm2_hasBoundaryBefore(form, c);
}

/* The end of the run of marks at `at`, and how many they are. */
static int32_t run_end(const UNormalizer2 *form, const UChar *text,
                       int32_t units, int32_t at, size_t *count)
{
    int32_t next = at;

    for (*count = 0; next < units; (*count)++) {
        at = next;
        if (!is_moving(form, next_point(text, units, &next)))
            return at;
    }
    return next;
}

static bool has_long_run(const UNormalizer2 *form, const UChar *text,
                         int32_t units)
{
    int32_t at = 0;
    size_t count;

    while (at < units) {
        at = run_end(form, text, units, at, &count);
        if (count > LONG_RUN)
            return true;
        if (at < units)
            next_point(text, units, &at);
    }
    return false;
}

/*
 * Decompose the marks of a run and put them in canonical order, those of one
 * class as they stood.  Returns the units written: at most twice as many.
 */
static int32_t order_run(const UNormalizer2 *form, const UChar *run,
                         int32_t units, UChar *out, struct arena *arena)
{
    UChar32 *marks = arena_alloc(arena, (size_t)units * 2 * sizeof *marks);
    size_t *place = arena_zero(arena, 257, sizeof *place), count = 0;
    UChar32 *sorted = arena_alloc(arena, (size_t)units * 2 * sizeof *sorted);
    int32_t at = 0, len = 0;

    while (at < units) {
        UErrorCode error = U_ZERO_ERROR;
        UChar parts[8];
        UChar32 c = next_point(run, units, &at);
        int32_t part = 0, made = unorm2_getDecomposition(form, c, parts, 8,
                                                         &error);

        if (made < 0)
            marks[count++] = c;
        while (part < made)
            marks[count++] = next_point(parts, made, &part);
    }
    for (size_t i = 0; i < count; i++)
        place[u_getCombiningClass(marks[i]) + 1]++;
    for (int i = 0; i < 256; i++)
        place[i + 1] += place[i];
    for (size_t i = 0; i < count; i++)
        sorted[place[u_getCombiningClass(marks[i])]++] = marks[i];
    for (size_t i = 0; i < count; i++) {
        if (sorted[i] > 0xffff)
            out[len++] = U16_LEAD(sorted[i]);
        out[len++] = (UChar)(sorted[i] > 0xffff ? U16_TRAIL(sorted[i])
                                                : sorted[i]);
    }
    return len;
}

/* The same text, all runs of marks in order; *units becomes its length. */
static const UChar *order_marks(const UNormalizer2 *form, const UChar *text,
                                int32_t *units, struct arena *arena)
{
    UChar *out = arena_alloc(arena, (size_t)*units * 2 * sizeof *out);
    int32_t at = 0, len = 0;

    while (at < *units) {
        size_t count;
        int32_t end = run_end(form, text, *units, at, &count);

        if (count > 0)
            len += order_run(form, text + at, end - at, out + len, arena);
        at = end;
        if (at < *units)
            next_point(text, *units, &at);
        memcpy(out + len, text + end, (size_t)(at - end) * sizeof *out);
        len += at - end;
    }
    *units = len;
    return out;
}

/* ---- NFC and NFKC ---- */

/* A text that is rewritten piece by piece; `bytes` NULL: as it came so far. */
struct rewrite {
    const UNormalizer2 *form;
    struct slice text;
    struct arena scratch; /* of one piece */
    struct arena *arena;
    char *bytes;
    size_t len, cap;
};

enum { PIECE = 32 << 10 };

static void rewrite_append(struct rewrite *rewrite, struct slice bytes)
{
    if (!rewrite->bytes || rewrite->len + bytes.len > rewrite->cap) {
        size_t cap = rewrite->cap + rewrite->cap / 2;
        char *old = rewrite->bytes;

        if (cap < rewrite->len + bytes.len)
            cap = rewrite->len + bytes.len;
        if (cap < rewrite->text.len + 32)
            cap = rewrite->text.len + 32;
        rewrite->bytes = arena_alloc(rewrite->arena, cap);
        rewrite->cap = cap;
        if (rewrite->len > 0)
            memcpy(rewrite->bytes, old, rewrite->len);
    }
    memcpy(rewrite->bytes + rewrite->len, bytes.ptr, bytes.len);
    rewrite->len += bytes.len;
}

/* Where a piece ends that begins at `from`: before a character apart. */
static size_t piece_end(const UNormalizer2 *form, struct slice text,
                        size_t from)
{
    size_t at = from + PIECE;

    if (text.len - from <= PIECE)
        return text.len;
    while (at < text.len && (text.ptr[at] & 0xc0) == 0x80)
        at++;
    while (at < text.len && text.ptr[at] & 0x80) {
        size_t next = at;

        if (unorm2_hasBoundaryBefore(form, (UChar32)utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

/* The piece in its form: itself, or a copy in the scratch arena. */
static struct slice normalize_piece(struct rewrite *rewrite,
                                    struct slice piece)
{
    struct arena *scratch = &rewrite->scratch;
    UErrorCode error = U_ZERO_ERROR;
    int32_t units, made, cap;
    const UChar *wide = widen(piece, &units, scratch);
    UChar *normal;
    int32_t same = unorm2_spanQuickCheckYes(rewrite->form, wide, units,
                                            &error);

    if (U_SUCCESS(error) && same == units)
        return piece;
    if (has_long_run(rewrite->form, wide, units))
        wide = order_marks(rewrite->form, wide, &units, scratch);
    cap = units + units / 2 + 64;
    normal = arena_alloc(scratch, (size_t)cap * sizeof *normal);
    made = unorm2_normalize(rewrite->form, wide, units, normal, cap, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        error = U_ZERO_ERROR;
        cap = made + 1;
        normal = arena_alloc(scratch, (size_t)cap * sizeof *normal);
        made = unorm2_normalize(rewrite->form, wide, units, normal, cap,
                                &error);
    }
    if (U_FAILURE(error))
        die("ICU cannot normalise: %s", u_errorName(error));
    return narrow(normal, made, scratch);
}

/* `from`: before it stands nothing that the form changes. */
static struct slice normalize(const UNormalizer2 *form, struct slice text,
                              size_t from, struct arena *arena)
{
    struct rewrite rewrite = { .form = form, .text = text, .arena = arena };

    while (from < text.len) {
        size_t end = piece_end(form, text, from);
        struct slice piece = { text.ptr + from, end - from };
        struct slice made = normalize_piece(&rewrite, piece);

        if (!rewrite.bytes && made.ptr != piece.ptr &&
            !slice_equal(made, piece))
            rewrite_append(&rewrite, slice_make(text.ptr, from));
        if (rewrite.bytes)
            rewrite_append(&rewrite, made);
        arena_reset(&rewrite.scratch);
        from = end;
    }
    arena_clear(&rewrite.scratch);
    return rewrite.bytes ? slice_make(rewrite.bytes, rewrite.len) : text;
}

struct slice unicode_nfc(struct slice text, struct arena *arena)
{
    size_t from = low_prefix(text, 0xcc);

    if (from == text.len)
        return text;
    if (from > 0) /* an accent may join the last one */
        from--;
    while (from > 0 && (text.ptr[from] & 0xc0) == 0x80)
        from--;
    return normalize(normalizer(), text, from, arena);
}

struct slice unicode_nfkc(struct slice text, struct arena *arena)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
    size_t from = low_prefix(text, 0x80);

    if (U_FAILURE(error))
        die("ICU cannot normalise: %s", u_errorName(error));
    return normalize(nfkc, text, from > 0 ? from - 1 : 0, arena);
}

struct slice unicode_to_form(struct slice text, enum unicode_form form,
                             struct arena *arena)
{
    switch (form) {
    case UNICODE_NFC:
        return unicode_nfc(text, arena);
    case UNICODE_NFKC:
        return unicode_nfkc(text, arena);
    default:
        return text;
    }
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

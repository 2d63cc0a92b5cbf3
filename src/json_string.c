/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_string - the inside of strings: escapes there and back.
 *
 * Bytes that stand for themselves are found many at a time and copied as runs,
 * so the cost is one read and one copy, and some work for each escape.
 */
#include "src/json_string.h"

#include "src/json.h"
#include "src/json_bits.h"
#include "src/utf8.h"

/* COPY_SLACK: bytes that a copy may write past its end. */
enum { WORD = sizeof(uint64_t), COPY_SLACK = 32 };

#define EVERY_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

const char json_escape_byte[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* The next backslash, or `end`. */
static const char *backslash_find(const char *p, const char *end)
{
    const char *found = p < end ? memchr(p, '\\', (size_t)(end - p)) : NULL;

    return found ? found : end;
}

static bool is_special(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/*
 * A borrow can mark wrong bytes, but only above a right one: that some byte is
 * marked is always true.
 */
static bool word_has_special(const char *p)
{
    uint64_t word, quote, backslash;

    memcpy(&word, p, WORD);
    quote = word ^ EVERY_BYTE('"');
    backslash = word ^ EVERY_BYTE('\\');
    return (((word - EVERY_BYTE(0x20)) & ~word) |
            ((quote - EVERY_BYTE(1)) & ~quote) |
            ((backslash - EVERY_BYTE(1)) & ~backslash)) &
           EVERY_BYTE(0x80);
}

const char *json_run_end_portable(const char *p, const char *end)
{
    while (end - p >= WORD && !word_has_special(p))
        p += WORD;
    while (p < end && !is_special(*p))
        p++;
    return p;
}

/* Is `p` at an escape of one byte, such as \n? */
static inline bool at_short_escape(const char *p, const char *end)
{
    return end - p >= 2 && *p == '\\' && json_escape_byte[(unsigned char)p[1]];
}

const char *json_string_end_portable(const char *p, const char *end)
{
    p = json_run_end_portable(p, end);
    while (at_short_escape(p, end))
        p = json_run_end_portable(p + 2, end);
    return p;
}

/*
 * Copy to `*to` up to the next escape that is not of one byte, or to `end`;
 * returns where that is.
 */
static const char *copy_portable(char **to, const char *p, const char *end)
{
    for (;;) {
        const char *escape = backslash_find(p, end);

        memcpy(*to, p, (size_t)(escape - p));
        *to += escape - p;
        p = escape;
        if (!at_short_escape(p, end))
            return p;
        *(*to)++ = json_escape_byte[(unsigned char)p[1]];
        p += 2;
    }
}

#if defined(__x86_64__)

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}

AVX2 static const char *run_end_avx2(const char *p, const char *end)
{
    for (; end - p >= HALF; p += HALF) {
        unsigned mask = specials_at(p);

        if (mask != 0)
            return p + __builtin_ctz(mask);
    }
    return json_run_end_portable(p, end);
}

/*
 * A block at a time, whether it has escapes or not.  But most strings are short
 * and have none, and some have \u and little else.
 */
AVX2 static const char *string_end_avx2(const char *p, const char *end)
{
    unsigned special = end - p >= HALF ? specials_at(p) : 0;
    uint64_t carry = 0;

    if (special != 0 && !at_short_escape(p + __builtin_ctz(special), end))
        return p + __builtin_ctz(special);
    for (; end - p >= BLOCK; p += BLOCK) {
        __m256i low = _mm256_loadu_si256((const void *)p);
        __m256i high = _mm256_loadu_si256((const void *)(p + HALF));
        uint64_t escaped = bits_escaped(bits_equal(low, high, '\\'), &carry);
        uint64_t stops = (bits_equal(low, high, '"') & ~escaped) |
                         bits_control(low, high) |
                         (bits_of(not_escapes(low), not_escapes(high)) &
                          escaped);

        if (stops != 0) {
            unsigned at = (unsigned)__builtin_ctzll(stops);

            return p + at - (escaped >> at & 1);
        }
    }
    p = run_end_avx2(p - carry, end);
    while (at_short_escape(p, end))
        p = run_end_avx2(p + 2, end);
    return p;
}

/* Writes up to a vector past what it copies: COPY_SLACK. */
AVX2 static const char *copy_avx2(char **to, const char *p, const char *end)
{
    const __m256i backslash = _mm256_set1_epi8('\\');
    char *out = *to;

    while (end - p >= (ptrdiff_t)sizeof backslash) {
        __m256i bytes = _mm256_loadu_si256((const void *)p);
        unsigned mask = (unsigned)_mm256_movemask_epi8(
            _mm256_cmpeq_epi8(bytes, backslash));
        int run = mask == 0 ? (int)sizeof backslash : __builtin_ctz(mask);

        _mm256_storeu_si256((void *)out, bytes);
        out += run;
        p += run;
        if (mask == 0)
            continue;
        if (!at_short_escape(p, end)) {
            *to = out;
            return p;
        }
        *out++ = json_escape_byte[(unsigned char)p[1]];
        p += 2;
    }
    *to = out;
    return copy_portable(to, p, end);
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("popcnt");
}

/*
 * A block at a time, escapes or not: letters behind backslashes are looked up,
 * and the backslashes squeezed out.  Blocks with \u are for copy_avx2().
 */
AVX512 static const char *copy_avx512(char **to, const char *p,
                                      const char *end)
{
    const __m512i low = _mm512_loadu_si512(json_escape_byte);
    const __m512i high = _mm512_loadu_si512(json_escape_byte + BLOCK);
    uint64_t carry = 0, next = 0;
    char *out = *to;

    for (; end - p >= BLOCK; p += BLOCK, carry = next) {
        __m512i bytes = _mm512_loadu_si512(p);
        uint64_t backslashes =
            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\'));
        uint64_t escaped = bits_escaped(backslashes, &next);
        uint64_t kept = ~backslashes | escaped;

        if (_mm512_mask_cmpeq_epi8_mask(escaped, bytes, _mm512_set1_epi8('u')))
            break;
        bytes = _mm512_mask_mov_epi8(
            bytes, escaped, _mm512_permutex2var_epi8(low, bytes, high));
        _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(kept, bytes));
        out += __builtin_popcountll(kept);
    }
    *to = out;
    return copy_avx2(to, p - carry, end);
}

#endif

const char *json_string_end(const char *p, const char *end)
{
#if defined(__x86_64__)
    if (has_avx2())
        return string_end_avx2(p, end);
#endif
    return json_string_end_portable(p, end);
}

static const char *copy_run(char **to, const char *p, const char *end)
{
#if defined(__x86_64__)
    if (has_avx512())
        return copy_avx512(to, p, end);
    if (has_avx2())
        return copy_avx2(to, p, end);
#endif
    return copy_portable(to, p, end);
}

const char *json_run_end(const char *p, const char *end)
{
#if defined(__x86_64__)
    if (has_avx2())
        return run_end_avx2(p, end);
#endif
    return json_run_end_portable(p, end);
}

uint32_t json_hex_value(const char *p, const char *end)
{
    uint32_t value = 0;

    if (end - p < 4)
        return UINT32_MAX;
    for (int i = 0; i < 4; i++) {
        char letter = (char)(p[i] | 0x20);

        if (p[i] >= '0' && p[i] <= '9')
            value = value << 4 | (uint32_t)(p[i] - '0');
        else if (letter >= 'a' && letter <= 'f')
            value = value << 4 | (uint32_t)(letter - 'a' + 10);
        else
            return UINT32_MAX;
    }
    return value;
}

/*
 * What the escape at `*p` (a backslash, in a string that was accepted) stands
 * for: 1 to 4 bytes, and `*p` moves behind it.  0 for a lone surrogate.
 */
static size_t escape_read(const char **p, const char *end, char to[4])
{
    uint32_t code, low;

    if ((*p)[1] != 'u') {
        to[0] = json_escape_byte[(unsigned char)(*p)[1]];
        *p += 2;
        return 1;
    }
    code = json_hex_value(*p + 2, end);
    if (code >= 0xd800 && code <= 0xdfff) {
        if (code > 0xdbff || end - *p < 12 || (*p)[6] != '\\' ||
            (*p)[7] != 'u')
            return 0;
        low = json_hex_value(*p + 8, end);
        if (low < 0xdc00 || low > 0xdfff)
            return 0;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        *p += 6;
    }
    *p += 6;
    return utf8_put(to, code);
}

/* Whole words are written in \u by some, one behind the other. */
static bool at_long_escape(const char *p, const char *end)
{
    return end - p >= 2 && p[0] == '\\' && p[1] == 'u';
}

bool json_unescape(struct slice value, struct arena *arena, struct slice *text,
                   struct fault *fault)
{
    const char *p = value.ptr + 1, *end = value.ptr + value.len - 1;
    char *bytes, *to;

    *fault = (struct fault){ NULL, 0 };
    *text = slice_make(p, (size_t)(end - p));
    if (backslash_find(p, end) == end)
        return true;
    /* Every escape is longer than what it stands for. */
    to = bytes = arena_alloc(arena, text->len + COPY_SLACK);
    while ((p = at_long_escape(p, end) ? p : copy_run(&to, p, end)) < end) {
        size_t len = escape_read(&p, end, to);

        if (len == 0) {
            *fault = (struct fault){ "lone surrogate",
                                     (size_t)(p - value.ptr) };
            return false;
        }
        to += len;
    }
    *text = slice_make(bytes, (size_t)(to - bytes));
    return true;
}

bool json_key_is(struct slice key, struct slice plain)
{
    const char *p = key.ptr, *end = key.ptr + key.len;
    size_t at = 0;

    /* Escaped it would be longer, so of equal length it has no escape. */
    if (key.len <= plain.len || plain.len == 0)
        return slice_equal(key, plain) && backslash_find(p, end) == end;
    while (p < end) {
        const char *escape = backslash_find(p, end);
        size_t len = (size_t)(escape - p);
        char bytes[4];

        if (plain.len - at < len || memcmp(plain.ptr + at, p, len) != 0)
            return false;
        at += len;
        p = escape;
        if (p == end)
            break;
        len = escape_read(&p, end, bytes);
        if (len == 0 || plain.len - at < len ||
            memcmp(plain.ptr + at, bytes, len) != 0)
            return false;
        at += len;
    }
    return at == plain.len;
}

/* The letter of a two-byte escape, or 0 where only \u will do. */
static char escape_letter(char c)
{
    switch (c) {
    case '"':
    case '\\':
        return c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return '\0';
    }
}

/* How many bytes from `at` on need no escape. */
static size_t run_len(struct slice text, size_t at)
{
    const char *p = text.ptr + at;

    return (size_t)(json_run_end(p, text.ptr + text.len) - p);
}

char *json_escape_to(char *to, struct slice text)
{
    static const char hex[] = "0123456789abcdef";
    size_t at = 0;

    *to++ = '"';
    while (at < text.len) {
        size_t len = run_len(text, at);
        char c, letter;

        memcpy(to, text.ptr + at, len);
        to += len;
        at += len;
        if (at == text.len)
            break;
        c = text.ptr[at++];
        letter = escape_letter(c);
        *to++ = '\\';
        *to++ = letter ? letter : 'u';
        if (!letter) {
            *to++ = '0';
            *to++ = '0';
            *to++ = hex[c >> 4];
            *to++ = hex[c & 0xf];
        }
    }
    *to++ = '"';
    return to;
}

/* How long json_escape_to() makes it: memory is not taken six-fold. */
static size_t escaped_len(struct slice text)
{
    size_t len = text.len + 2;

    for (size_t at = 0; at < text.len; at++) {
        at += run_len(text, at);
        if (at < text.len)
            len += escape_letter(text.ptr[at]) ? 1 : 5;
    }
    return len;
}

struct slice json_escape(struct slice text, struct arena *arena)
{
    char *bytes = arena_alloc(arena, escaped_len(text));

    return slice_make(bytes, (size_t)(json_escape_to(bytes, text) - bytes));
}

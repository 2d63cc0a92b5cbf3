/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pseudonym - a stream of bytes from the key and the data, laid over its shape.
 */
#include "filters/pseudonym.h"

#include <stdio.h>
#include <string.h>

#include "src/charclass.h"
#include "src/digest.h"
#include "src/unicode.h"
#include "src/utf8.h"

enum { LONG = 256 };

struct stream {
    struct slice key, data;
    const char *type;
    uint8_t bytes[DIGEST_BYTES];
    size_t used;
    uint32_t block;
};

static unsigned next_byte(struct stream *s)
{
    if (s->used == 0) {
        uint8_t number[4] = { (uint8_t)(s->block >> 24),
                              (uint8_t)(s->block >> 16),
                              (uint8_t)(s->block >> 8), (uint8_t)s->block };

        digest_hmac(s->key, (const struct slice[]){
            slice_from(s->type), slice_make("", 1), s->data,
            slice_make((const char *)number, 4) }, 4, s->bytes);
        s->block++;
    }
    s->used = (s->used + 1) % DIGEST_BYTES;
    return s->bytes[(s->used + DIGEST_BYTES - 1) % DIGEST_BYTES];
}

/* A number below `count`, each as likely but for one in 2^24. */
static unsigned draw(struct stream *s, unsigned count)
{
    uint32_t number = next_byte(s);

    number = number << 8 | next_byte(s);
    number = number << 8 | next_byte(s);
    return number % count;
}

/* A number at *at, which moves behind it. */
static unsigned number_at(struct slice data, size_t *at, unsigned base)
{
    unsigned number = 0;

    while (pii_is_alnum(pii_at(data, *at))) {
        char c = data.ptr[(*at)++];

        number = number * base +
                 (unsigned)(pii_is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return number & 0xffff;
}

/*
 * An IPv6 address, which is written in many ways, as its 16 bytes.  The last
 * four may be written as IPv4; :: stands for as many zeros as are missing.
 */
static void address_bytes(struct slice data, char bytes[16])
{
    unsigned groups[8] = { 0 };
    size_t count = 0, gap = 8, missing;

    for (size_t at = 0; at < data.len && count < 8;) {
        size_t begin = at;

        if (data.ptr[at] == ':') {
            gap = pii_at(data, ++at) == ':' ? count : gap;
            continue;
        }
        groups[count++] = number_at(data, &at, 16);
        if (pii_at(data, at) != '.' || count == 8)
            continue;
        count--;
        at = begin;
        groups[count] = groups[count + 1] = 0;
        for (unsigned octet = 0; octet < 4; octet++, at++)
            groups[count + octet / 2] = groups[count + octet / 2] << 8 |
                                        number_at(data, &at, 10);
        count += 2;
    }
    missing = 8 - count;
    for (size_t i = 0; i < 8; i++) {
        unsigned group = i < gap             ? groups[i]
                         : i < gap + missing ? 0
                                             : groups[i - missing];

        bytes[2 * i] = (char)(group >> 8);
        bytes[2 * i + 1] = (char)group;
    }
}

/* What makes two spellings the same: letters without case, and digits. */
static struct slice canonical(struct slice data, enum pii_type type,
                              struct arena *arena)
{
    char *bytes = arena_alloc(arena, 2 * data.len + 16);
    size_t code = type == PII_PHONE ? pii_phone_code(data) : 0;
    size_t len = 0;

    if (type == PII_IPV6) {
        address_bytes(data, bytes);
        return slice_make(bytes, 16);
    }
    for (size_t at = 0; at < data.len;) {
        uint32_t c = utf8_next(data, &at);
        bool counts = charclass_get(c) & (CHAR_LETTER | CHAR_NUMBER);

        if (type == PII_EMAIL || type == PII_SECRET || type == PII_IPV4)
            counts = true;
        /* The 0 of +49 (0)30 is not dialled. */
        if (at + 1 == code && data.ptr[at] == ')')
            counts = false;
        if (counts)
            len += utf8_put(bytes + len, type == PII_SECRET ||
                                                 type == PII_CRYPTO
                                             ? c : unicode_fold(c));
    }
    /* +49 and 0049 are one. */
    if (type == PII_PHONE && len > 2 && bytes[0] == '0' && bytes[1] == '0')
        return slice_make(bytes + 2, len - 2);
    return slice_make(bytes, len);
}

/* Where the letters of a script are, and those that are put for them. */
static const struct {
    uint32_t first, last, small, capital;
    unsigned count;
} scripts[] = {
    { 0x370, 0x3ff, 0x3b1, 0x391, 24 },      /* Greek */
    { 0x400, 0x52f, 0x430, 0x410, 32 },      /* Cyrillic */
    { 0x531, 0x587, 0x561, 0x531, 38 },      /* Armenian */
    { 0x5d0, 0x5ea, 0x5d0, 0x5d0, 27 },      /* Hebrew */
    { 0x620, 0x64a, 0x628, 0x628, 19 },      /* Arabic */
    { 0x10d0, 0x10ff, 0x10d0, 0x10d0, 33 },  /* Georgian */
    { 0x1f00, 0x1fff, 0x3b1, 0x391, 24 },    /* Greek with breathings */
};

static uint32_t replace(struct stream *s, uint32_t c)
{
    uint8_t class = charclass_get(c);
    bool is_capital = class == CHAR_LU;

    if (c >= '0' && c <= '9')
        return '0' + draw(s, 10);
    if (!(class & CHAR_LETTER))
        return c;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        uint32_t first = is_capital ? scripts[i].capital : scripts[i].small;
        uint32_t letter;

        if (c < scripts[i].first || c > scripts[i].last)
            continue;
        letter = draw(s, scripts[i].count);
        /* There is no capital final sigma. */
        return first + letter + (scripts[i].small == 0x3b1 && letter > 16);
    }
    return (is_capital ? 'A' : 'a') + draw(s, 26);
}

/* The shape from `from` on; what is before it stays. */
static struct slice reshape(struct stream *s, struct slice data, size_t from,
                            struct arena *arena)
{
    char *bytes = arena_alloc(arena, 4 * data.len + 16);
    size_t len = from;

    memcpy(bytes, data.ptr, from);
    for (size_t at = from; at < data.len;)
        len += utf8_put(bytes + len, replace(s, utf8_next(data, &at)));
    return slice_make(bytes, len);
}

static struct slice make_email(struct stream *s, struct slice data,
                               struct arena *arena)
{
    static const char top[] = "example";
    struct slice made = reshape(s, data, 0, arena);
    const char *dot = memrchr(made.ptr, '.', made.len);
    char *end = (char *)(dot ? dot + 1 : made.ptr + made.len);

    memcpy(end, top, sizeof top - 1); /* reshape() left room */
    return slice_make(made.ptr, (size_t)(end - made.ptr) + sizeof top - 1);
}

static struct slice make_address(struct stream *s, enum pii_type type,
                                 struct arena *arena)
{
    char text[64];
    int len;

    if (type == PII_IPV4)
        len = snprintf(text, sizeof text, "%u.%u.%u.%u", 240 + draw(s, 15),
                       draw(s, 256), draw(s, 256), draw(s, 256));
    else
        len = snprintf(text, sizeof text, "2001:db8:%x:%x:%x:%x:%x:%x",
                       draw(s, 65536), draw(s, 65536), draw(s, 65536),
                       draw(s, 65536), draw(s, 65536), draw(s, 65536));
    return arena_copy(arena, slice_make(text, (size_t)len));
}

/* Is it somebody's number, by its check? */
static bool is_valid(enum pii_type type, struct slice made)
{
    switch (type) {
    case PII_IBAN:
        return pii_iban(made, 0) > 0;
    case PII_CARD:
        return pii_card(made, 0) > 0;
    case PII_VAT:
        return pii_vat(made, 0) > 0;
    case PII_NATIONAL_ID:
        return pii_national_any(made, 0) > 0;
    default:
        return false;
    }
}

/*
 * Change the last digit until no check is right, or where each of the ten is,
 * as behind a birthday that has none, the digit before it.  What has neither
 * check nor birthday cannot be made invalid.
 */
static void spoil(enum pii_type type, struct slice made)
{
    char *bytes = (char *)(uintptr_t)made.ptr;

    for (size_t at = made.len; at > 0; at--) {
        if (!pii_is_digit(bytes[at - 1]))
            continue;
        for (int tries = 0; tries < 10; tries++) {
            if (!is_valid(type, made))
                return;
            bytes[at - 1] = (char)(bytes[at - 1] == '9' ? '0'
                                                        : bytes[at - 1] + 1);
        }
    }
}

/* The code of a country, which tells nothing of a person. */
static size_t code_len(enum pii_type type, struct slice data)
{
    if (type == PII_IBAN || type == PII_VAT)
        return data.len > 2 ? 2 : 0;
    return type == PII_PHONE ? pii_phone_code(data) : 0;
}

struct slice pseudonym_make(struct slice key, enum pii_type type,
                            struct slice data, struct arena *arena)
{
    struct stream s = { .key = key, .type = pii_names[type],
                        .data = canonical(data, type, arena) };
    struct slice made;

    if (type == PII_EMAIL)
        return make_email(&s, data, arena);
    if (type == PII_IPV4 || type == PII_IPV6)
        return make_address(&s, type, arena);
    /* A key in PEM has no shape to keep. */
    if (data.len > LONG || memchr(data.ptr, '\n', data.len))
        data = slice_from("-----PRIVATE KEY-----");
    made = reshape(&s, data, code_len(type, data), arena);
    spoil(type, made);
    return made;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii - what is found and what is not, form by form; texts that end anywhere;
 * pseudonyms.  How good it is on sentences of people: tests/pii.
 *
 * In the texts below, what must be found stands in [ and ].
 */
#include "filters/pii.h"

#include <stdio.h>
#include <stdlib.h>

#include "filters/pseudonym.h"
#include "src/utf8.h"
#include "tests/check.h"

static const struct {
    enum pii_type type;
    const char *text;
} texts[] = {
    { PII_EMAIL, "Write to [anna.novak+x@mail.example.cz], or [j@m.de]." },
    { PII_EMAIL, "<[o'hara@x.ie]>,mailto:[a@b.org]?subject=c user@localhost" },
    { PII_EMAIL, "[\u043c\u043b\u0438\u043d@\u043b\u0430\u0431.\u0440\u0444]"
                 " and \u00ab[a@b.com]\u00bb" },
    { PII_EMAIL, "logo@2x.png react@18.2.0 @miller git@example.com:a/b a@b" },
    { PII_EMAIL, ".@x.com a.@x.com a@-x.com a@x-.com a@x..com a@@x.com" },
    { PII_IPV4, "at [198.51.100.77], ([203.0.113.5]:80) or [44.1.2.3]/8" },
    { PII_IPV4, "DNS [8.8.8.8]; version 10.0.19.200, \u00a7 100.2.3.4 x" },
    { PII_IPV4, "1.2.3.4 256.1.1.100 1.2.3.400 01.2.3.200 1.2.3.200.5 "
                "127.0.0.1 0.0.0.0 255.255.255.0 x198.51.100.200" },
    { PII_IPV6, "[2001:db8::1], [fe80::1ff:fe23:4567:890a] and "
                "[2001:db8:0:1:2:3:4:5] [[::ffff:192.0.2.128]]" },
    { PII_IPV6, "12:30:45 std::vector a::b ::1 00:1A:2B:3C:4D:5E 1:2 x::" },
    { PII_PHONE, "[+420 777 123 456], [(+49) 30 123456], [00421 905 123 456]" },
    { PII_PHONE, "[030/12 34 567], [06 12 34 56 78], [(0)20-712 34 56]" },
    { PII_PHONE, "Tel. [777 123 456], \u03c4\u03b7\u03bb. [210 1234567]" },
    { PII_PHONE, "+1 5 555, 777 123 456, 1939-1945, 12.03.2024, 01.02.2003, "
                 "0-306-40615-2, 2024-11-25, tel. 12, a/01/02170000.xhp" },
    { PII_PHONE, "[+65 6123 4567], [+256 772 123456], 0065 6123 4567, "
                 "+500 12345" },
    /* en, din: words of Spanish, Dutch, Swedish and Romanian */
    { PII_PHONE, "Tel. en Madrid: [912 345 678]; tel. en fax [0172 518783]" },
    { PII_PHONE, "Suna\u021bi din Cluj [0264 123456], tel. EN 0264 123456" },
    { PII_PHONE, "Objedn\u00e1vajte na [0903/666944]; obj. \u010d. "
                 "0123 456789" },
    /* reach is in characters, not in bytes */
    { PII_PHONE, "\u03a4\u03b7\u03bb\u03ad\u03c6\u03c9\u03bd\u03bf "
                 "\u03b5\u03c0\u03b9\u03ba\u03bf\u03b9\u03bd\u03c9"
                 "\u03bd\u03af\u03b1\u03c2: [2310-123456]" },
    { PII_PHONE, "numero [3403541038], numero [333 1234567]" },
    { PII_PHONE, "Wpis pod numer 1234567, nummer 20191234, SMS 123456" },
    { PII_PHONE, "10:01 2015-06-19, fax 2013.05.12. 10:00, tel. 2023-05-12 "
                 "10:30; GSM 850/1900/2100, GSM 900/1800 MHz" },
    { PII_PHONE, "telef\u00f3nos 54.000.000, telefon\u00f3w 1 200 000, SMS "
                 "160 000 000" },
    { PII_PHONE, "Telefon 200 000 000 K\u010d, 06 12 34 56 78 km, 0800-1" },
    { PII_IBAN, "[DE89 3704 0044 0532 0130 00], [gb82west12345698765432]." },
    { PII_IBAN, "[MT84MALT011000012345MTLCAST001S]; no: "
                "DE89 3704 0044 0532 0130 01 file1 and file2 are on" },
    { PII_CARD, "[4111 1111 1111 1111] [5500-0000-0000-0004] "
                "[378282246310005] [3782 822463 10005]" },
    { PII_CARD, "4111 1111 1111 1112 0000 0000 0000 0000 "
                "4111111111111111111111 9111111111111111 411 111 111 111 11" },
    { PII_CRYPTO, "[1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa] "
                  "[bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4] "
                  "[0x52908400098527886E0F7030069857D2E4169EE7]" },
    { PII_CRYPTO, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb "
                  "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 "
                  "0x52908400098527886E0F7030069857D2E4169EE" },
    { PII_SECRET, "[AKIAIOSFODNN7EXAMPLE], "
                  "[ghp_16C7e42F292c6912E7710c838347Ae178B4a]" },
    { PII_SECRET, "password = \"[hunter2Xy99z]!\" api_key: [9aF3-kk20-ZZq1]" },
    { PII_SECRET, "x [-----BEGIN RSA PRIVATE KEY-----\nMIIEow12\n"
                  "-----END RSA PRIVATE KEY-----] y" },
    { PII_SECRET, "da39a3ee5e6b4b0d3255bfef95601890afd80709 "
                  "123e4567-e89b-12d3-a456-426614174000 password: secret1 "
                  "-----BEGIN CERTIFICATE-----" },
};

static void find_one(size_t number)
{
    bool wanted[PII_TYPES] = { false };
    struct arena arena = { 0 };
    struct pii_span *spans, want[16];
    char text[400], *to = text;
    size_t count, wants = 0;

    /* A doubled [ or ] is one of the text. */
    for (const char *p = texts[number].text; *p; p++) {
        if (*p == '[' && p[1] != '[')
            want[wants].begin = (size_t)(to - text);
        else if (*p == ']' && p[1] != ']')
            want[wants++].end = (size_t)(to - text);
        else
            *to++ = *p;
        if ((*p == '[' || *p == ']') && p[1] == *p) {
            p++;
            if (*p == '[')
                want[wants].begin = (size_t)(to - text);
            else
                want[wants++].end = (size_t)(to - text) - 1;
        }
    }
    *to = '\0';
    wanted[texts[number].type] = true;
    count = pii_find(slice_make(text, (size_t)(to - text)), wanted, &spans,
                     &arena);
    for (size_t i = 0; i < count || i < wants; i++)
        check_that(i < count && i < wants && spans[i].begin == want[i].begin &&
                       spans[i].end == want[i].end,
                   "text %zu, '%s': span %zu is %zu to %zu, not %zu to %zu",
                   number, text, i, i < count ? spans[i].begin : 0,
                   i < count ? spans[i].end : 0, i < wants ? want[i].begin : 0,
                   i < wants ? want[i].end : 0);
    arena_clear(&arena);
}

/* In memory of its own, so that a look past the end is seen. */
static void texts_end_anywhere(void)
{
    static const bool all[PII_TYPES] = { true, true, true, true, true,
                                         true, true, true, true, true };
    struct arena arena = { 0 };
    struct pii_span *spans;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t len = strlen(texts[i].text); len > 0; len--) {
            char *text = malloc(len);
            size_t count;

            if (((unsigned char)texts[i].text[len] & 0xc0) == 0x80) {
                free(text);
                continue;
            }
            memcpy(text, texts[i].text, len);
            count = pii_find(slice_make(text, len), all, &spans, &arena);
            for (size_t k = 0; k < count; k++)
                check(spans[k].end <= len);
            free(text);
            arena_reset(&arena);
        }
    arena_clear(&arena);
}

static struct slice name(const char *key, enum pii_type type,
                         const char *data, struct arena *arena)
{
    return pseudonym_make(slice_from(key), type, slice_from(data), arena);
}

/* Numbers that are only found behind a word must not be somebody's, either. */
static void pseudonyms_are_no_ones_number(void)
{
    static const char *const numbers[] = {
        "111222333", "44051401359", "736028/5163", "69435151530",
        "131052-308T", "12345678Z", "1234567T", "112345670", "811218-9876",
    };
    struct arena arena = { 0 };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        check_that(pii_national_any(slice_from(numbers[i]), 0) > 0, "%s",
                   numbers[i]);
        for (int k = 0; k < 200; k++) {
            char key[32];
            struct slice made;

            snprintf(key, sizeof key, "a key of its own %d", k);
            made = name(key, PII_NATIONAL_ID, numbers[i], &arena);
            check_that(pii_national_any(made, 0) == 0, "%s: %.*s", numbers[i],
                       (int)made.len, made.ptr);
        }
        arena_reset(&arena);
    }
    arena_clear(&arena);
}

static void pseudonyms_of_one_address(void)
{
    static const char *const spelled[] = {
        "2a00:1450:4001:81b::200e", "2A00:1450:4001:081B:0:0:0:200E",
        "2a00:1450:4001:81b:0:0::200e", "2a00:1450:4001:81b::0.0.32.14",
        "2a00:1450:4001:81b:0:0:0.0.32.14",
    };
    static const char key[] = "0123456789abcdef";
    struct arena arena = { 0 };
    struct slice first = name(key, PII_IPV6, spelled[0], &arena);

    for (size_t i = 1; i < sizeof spelled / sizeof *spelled; i++)
        check_that(slice_equal(name(key, PII_IPV6, spelled[i], &arena), first),
                   "%s", spelled[i]);
    check(!slice_equal(name(key, PII_IPV6, "2a00:1450:4001:81b::200f", &arena),
                       first));
    arena_clear(&arena);
}

/* Georgian, Armenian, Hebrew, Arabic, Greek with a breathing. */
static void pseudonyms_keep_the_script(void)
{
    static const struct {
        const char *data;
        uint32_t first, last;
    } rows[] = {
        { "\u10dc\u10d8\u10dc\u10dd@a.ge", 0x10d0, 0x10f0 },
        { "\u0561\u0576\u056b@a.am", 0x561, 0x586 },
        { "\u05d3\u05e0\u05d4@a.il", 0x5d0, 0x5ea },
        { "\u0646\u0648\u0631@a.eg", 0x628, 0x63a },
        { "\u1f00\u03bd\u1f71@a.gr", 0x3b1, 0x3c9 },
    };
    struct arena arena = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice made = name("0123456789abcdef", PII_EMAIL, rows[i].data,
                                 &arena);

        for (size_t at = 0; made.ptr[at] != '@';) {
            uint32_t c = utf8_next(made, &at);

            check_that(c >= rows[i].first && c <= rows[i].last, "%s: U+%04X",
                       rows[i].data, (unsigned)c);
        }
    }
    arena_clear(&arena);
}

/* Codes of one to three digits, joined to the number or not. */
static void one_number(struct arena *arena)
{
    static const struct {
        const char *data[5], *code;
    } numbers[] = {
        { { "+49 30 123456", "+4930123456", "+49-30-123456", "0049 30 123456",
            "+49 (0)30 123456" }, "49" },
        { { "+1 212 555 0123", "+12125550123", "+1-212-555-0123",
            "0012125550123", "001 212 555 0123" }, "1" },
        { { "+353 1 234 5678", "+35312345678", "+353-1-2345678",
            "00353 1 2345678", "+353 (0)1 234 5678" }, "353" },
    };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char first[32] = "";

        for (size_t k = 0; k < 5; k++) {
            struct slice made = name("0123456789abcdef", PII_PHONE,
                                     numbers[i].data[k], arena);
            char digits[32];
            size_t count = 0, skip;

            for (size_t at = 0; at < made.len; at++)
                if (pii_is_digit(made.ptr[at]) &&
                    !(at > 0 && made.ptr[at - 1] == '('))
                    digits[count++] = made.ptr[at];
            digits[count] = '\0';
            skip = memcmp(digits, "00", 2) == 0 ? 2 : 0;
            check(memcmp(digits + skip, numbers[i].code,
                         strlen(numbers[i].code)) == 0);
            if (k == 0)
                memcpy(first, digits, sizeof first);
            check_that(strcmp(first, digits + skip) == 0, "%s: %s, %s",
                       numbers[i].data[k], digits, first);
        }
    }
}

static void pseudonyms(void)
{
    static const char key[] = "0123456789abcdef", other[] = "0123456789abcdeg";
    struct arena arena = { 0 };
    struct slice a = name(key, PII_EMAIL, "Anna.Nov\u00e1k@mill.cz", &arena);
    struct slice b = name(key, PII_PHONE, "+420 777 123 456", &arena);
    struct slice c = name(key, PII_PHONE, "+420777123456", &arena);
    struct slice d = name(key, PII_PHONE, "00420 777 123 456", &arena);

    check(slice_equal(a, name(key, PII_EMAIL, "Anna.Nov\u00e1k@mill.cz",
                              &arena)));
    check(!slice_equal(a, name(other, PII_EMAIL, "Anna.Nov\u00e1k@mill.cz",
                               &arena)));
    check(!slice_equal(a, name(key, PII_EMAIL, "Anna.Novik@mill.cz", &arena)));
    check(a.ptr[4] == '.' && a.ptr[10] == '@' && a.ptr[0] <= 'Z' &&
          memcmp(a.ptr + a.len - 8, ".example", 8) == 0);
    /* One number, however it is written. */
    check(memcmp(b.ptr, "+420 ", 5) == 0 && b.ptr[8] == ' ');
    check(memcmp(b.ptr + 5, c.ptr + 4, 3) == 0 && c.len == 13);
    check(d.len == 17 && memcmp(d.ptr + 14, b.ptr + 13, 3) == 0);
    one_number(&arena);
    /* Nobody's card and account. */
    for (int i = 0; i < 200; i++) {
        char data[40];
        struct slice made;

        snprintf(data, sizeof data, "4%011d%04d", i * 7919, i);
        made = name(key, PII_CARD, data, &arena);
        check(made.len == 16 && pii_card(made, 0) == 0);
        snprintf(data, sizeof data, "DE%02d%018d", i % 97, i * 7919);
        made = name(key, PII_IBAN, data, &arena);
        check(made.len == 22 && pii_iban(made, 0) == 0);
        check(memcmp(made.ptr, "DE", 2) == 0);
    }
    a = name(key, PII_IPV4, "192.168.1.1", &arena);
    check(memcmp(a.ptr, "24", 2) == 0 || memcmp(a.ptr, "25", 2) == 0);
    a = name(key, PII_SECRET, "-----BEGIN\nx\n", &arena);
    check(!memchr(a.ptr, '\n', a.len));
    arena_clear(&arena);
}

int main(void)
{
    pii_open();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        find_one(i);
    texts_end_anywhere();
    pseudonyms();
    pseudonyms_are_no_ones_number();
    pseudonyms_of_one_address();
    pseudonyms_keep_the_script();
    return check_done();
}

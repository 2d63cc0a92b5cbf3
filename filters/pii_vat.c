/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_vat - VAT numbers of the member states and Northern Ireland, with the
 * check that each state makes (as VIES describes the forms; the algorithms are
 * the tax offices').
 *
 * A number that has a gap behind its prefix and a check of one digit must stand
 * behind a word for it, or any nine digits behind "DE" would be one in ten
 * times.
 */
#include <string.h>

#include "filters/pii.h"
#include "filters/pii_form.h"

static unsigned digit(const char *code, size_t at)
{
    return (unsigned)(code[at] - '0');
}

/* ---- one check for each state; `c` is what stands behind the prefix ---- */

/* U12345678 */
static bool check_at(const char *c)
{
    unsigned sum = 4;

    for (size_t i = 1; i < 8; i++) {
        unsigned twice = i % 2 == 0 ? 2 * digit(c, i) : digit(c, i);

        sum += twice / 10 + twice % 10;
    }
    return (10 - sum % 10) % 10 == digit(c, 8);
}

/* Ten digits; until 2008 nine, as if a 0 stood before. */
static bool check_be(const char *c)
{
    size_t count = strlen(c) - 2;

    return (count == 7 || c[0] <= '1') &&
           (pii_number(c, 0, count) + pii_number(c, count, 2)) % 97 == 0;
}

static bool check_bg(const char *c)
{
    static const unsigned char first[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    static const unsigned char second[] = { 3, 4, 5, 6, 7, 8, 9, 10 };
    static const unsigned char person[] = { 2, 4, 8, 5, 10, 9, 7, 3, 6 };
    static const unsigned char foreign[] = { 21, 19, 17, 13, 11, 9, 7, 3, 1 };
    static const unsigned char other[] = { 4, 3, 2, 7, 6, 5, 4, 3, 2 };
    unsigned rest;

    if (strlen(c) == 10)
        return pii_weigh(c, person, 9) % 11 % 10 == digit(c, 9) ||
               pii_weigh(c, foreign, 9) % 10 == digit(c, 9) ||
               (11 - pii_weigh(c, other, 9) % 11) % 11 == digit(c, 9);
    rest = pii_weigh(c, first, 8) % 11;
    if (rest == 10)
        rest = pii_weigh(c, second, 8) % 11 % 10;
    return rest == digit(c, 8);
}

static bool check_cy(const char *c)
{
    static const unsigned char odd[] = { 1, 0, 5, 7, 9, 13, 15, 17, 19, 21 };
    unsigned sum = 0;

    for (size_t i = 0; i < 8; i++)
        sum += i % 2 == 0 ? odd[digit(c, i)] : digit(c, i);
    return memcmp(c, "12", 2) != 0 && sum % 26 == (unsigned)(c[8] - 'A');
}

/* Firms; persons have the number of their birth, or nine digits from 6 on. */
static bool check_cz(const char *c)
{
    static const unsigned char weights[] = { 8, 7, 6, 5, 4, 3, 2 };
    unsigned check;

    if (strlen(c) == 9 && c[0] == '6') {
        check = (21 - pii_weigh(c + 1, weights, 7) % 11) % 11;
        return (18 - check) % 10 == digit(c, 8);
    }
    if (strlen(c) == 8) {
        check = 11 - pii_weigh(c, weights, 7) % 11;
        return c[0] != '9' && check % 10 == digit(c, 7);
    }
    /* Months of 40 more are no births', but python-stdnum takes them, too. */
    if (!pii_is_day((unsigned)pii_number(c, 4, 2),
                    (unsigned)pii_number(c, 2, 2) % 50 % 20))
        return false;
    if (strlen(c) == 9) /* born from 1880 to 1953 */
        return pii_number(c, 0, 2) < 54 || pii_number(c, 0, 2) >= 80;
    return pii_number(c, 0, 10) % 11 == 0 ||
           (pii_number(c, 0, 9) % 11 == 10 && c[9] == '0');
}

static bool check_mod11_10(const char *c)
{
    return pii_mod11_10(c, strlen(c));
}

static bool check_de(const char *c)
{
    return c[0] != '0' && pii_mod11_10(c, 9);
}

static bool check_dk(const char *c)
{
    static const unsigned char weights[] = { 2, 7, 6, 5, 4, 3, 2, 1 };

    return c[0] != '0' && pii_weigh(c, weights, 8) % 11 == 0;
}

static bool check_ee(const char *c)
{
    static const unsigned char weights[] = { 3, 7, 1, 3, 7, 1, 3, 7, 1 };

    return pii_weigh(c, weights, 9) % 10 == 0;
}

static bool check_el(const char *c)
{
    unsigned sum = 0;

    for (size_t i = 0; i < 8; i++)
        sum = sum * 2 + digit(c, i);
    return sum * 2 % 11 % 10 == digit(c, 8);
}

/* A12345678, 12345678Z, X1234567L, A1234567J */
static bool check_es(const char *c)
{
    static const char letters[] = "TRWAGMYFPDXBNJZSQVHLCKE";
    unsigned sum = 0, check;

    if (pii_is_digit(c[0]) || strchr("XYZ", c[0])) {
        unsigned first = pii_is_digit(c[0]) ? digit(c, 0)
                                            : (unsigned)(c[0] - 'X');

        return pii_is_letter(c[8]) &&
               letters[(first * 10000000 + pii_number(c, 1, 7)) % 23] == c[8];
    }
    for (size_t i = 1; i < 8; i++) {
        unsigned twice = i % 2 == 1 ? 2 * digit(c, i) : digit(c, i);

        sum += twice / 10 + twice % 10;
    }
    check = (10 - sum % 10) % 10;
    return strchr("ABCDEFGHJKLMNPQRSUVW", c[0]) &&
           (c[8] == (char)('0' + check) || c[8] == "JABCDEFGHI"[check]);
}

static bool check_fi(const char *c)
{
    static const unsigned char weights[] = { 7, 9, 10, 5, 8, 4, 2 };
    unsigned rest = pii_weigh(c, weights, 7) % 11;

    return rest != 1 && (rest == 0 ? 0 : 11 - rest) == digit(c, 7);
}

/* Keys with letters have no I and no O, for they look like 1 and 0. */
static unsigned key_value(char c)
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const char *at = strchr(letters, c);

    return at ? (unsigned)(at - letters) : 0;
}

/* A key of two characters, of digits in nearly all, and the SIREN, which in
 * Monaco begins with zeros and has no check of its own. */
static bool check_fr(const char *c)
{
    unsigned long long siren = pii_number(c, 2, 9);
    unsigned key;

    if ((memcmp(c + 2, "000", 3) != 0 && !pii_luhn(c + 2, 9)) ||
        strpbrk(c, "IO"))
        return false;
    if (pii_is_digit(c[0]) && pii_is_digit(c[1]))
        return (12 + 3 * (siren % 97)) % 97 == pii_number(c, 0, 2);
    key = pii_is_digit(c[0]) ? key_value(c[0]) * 24 + key_value(c[1]) - 10
                             : key_value(c[0]) * 34 + key_value(c[1]) - 100;
    return (siren + 1 + key / 11) % 11 == key % 11;
}

static bool check_hu(const char *c)
{
    static const unsigned char weights[] = { 9, 7, 3, 1, 9, 7, 3 };

    return (10 - pii_weigh(c, weights, 7) % 10) % 10 == digit(c, 7);
}

/* 1234567FA: the second letter counts nine times its place. */
static bool check_ie(const char *c)
{
    static const unsigned char weights[] = { 8, 7, 6, 5, 4, 3, 2 };
    unsigned sum = pii_weigh(c, weights, 7);

    if (c[8] && c[8] != 'W')
        sum += 9 * (unsigned)(c[8] - 'A' + 1);
    return "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == c[7];
}

/* 1A23456F, 1+23456F: firms of before 2013; the first digit counts last. */
static bool check_ie_old(const char *c)
{
    static const unsigned char weights[] = { 7, 6, 5, 4, 3 };
    const char *rest = c + strlen(c) - 6;
    unsigned sum = pii_weigh(rest, weights, 5) + 2 * digit(c, 0);

    return "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == rest[5];
}

static bool check_it(const char *c)
{
    unsigned province = (unsigned)pii_number(c, 7, 3);

    return pii_number(c, 0, 7) > 0 && pii_luhn(c, 11) &&
           ((province > 0 && province <= 100) || province == 120 ||
            province == 121 || province == 888 || province == 999);
}

static bool check_lt(const char *c)
{
    static const unsigned char short_first[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    static const unsigned char short_second[] = { 3, 4, 5, 6, 7, 8, 9, 1 };
    static const unsigned char long_first[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 1,
                                                2 };
    static const unsigned char long_second[] = { 3, 4, 5, 6, 7, 8, 9, 1, 2, 3,
                                                 4 };
    size_t count = strlen(c) - 1;
    unsigned rest = pii_weigh(c, count == 8 ? short_first : long_first,
                              count) % 11;

    if (rest == 10)
        rest = pii_weigh(c, count == 8 ? short_second : long_second, count) %
               11 % 10;
    return c[count - 1] == '1' && rest == digit(c, count);
}

static bool check_lu(const char *c)
{
    return pii_number(c, 0, 6) % 89 == pii_number(c, 6, 2);
}

static bool check_lv(const char *c)
{
    static const unsigned char weights[] = { 9, 1, 4, 8, 3, 10, 2, 5, 7, 6 };
    static const unsigned char person[] = { 10, 5, 8, 4, 2, 1, 6, 3, 7, 9 };
    unsigned rest = pii_weigh(c, weights, 10) % 11;

    if (c[0] < '4') /* a person; since 2017 from 32 on, without a birthday */
        return (memcmp(c, "32", 2) == 0 ||
                pii_is_day((unsigned)pii_number(c, 0, 2),
                           (unsigned)pii_number(c, 2, 2))) &&
               (1 + pii_weigh(c, person, 10)) % 11 % 10 == digit(c, 10);
    return rest != 4 && (14 - rest) % 11 == digit(c, 10);
}

static bool check_mt(const char *c)
{
    static const unsigned char weights[] = { 3, 4, 6, 7, 8, 9 };

    return c[0] != '0' &&
           (pii_weigh(c, weights, 6) + pii_number(c, 6, 2)) % 37 == 0;
}

/* 123456789B01: the old check over nine digits, or 1 modulo 97 over all. */
static bool check_nl(const char *c)
{
    static const unsigned char weights[] = { 9, 8, 7, 6, 5, 4, 3, 2 };
    unsigned long long rest = 2321 % 97; /* NL, as letters count: 23 21 */

    for (size_t i = 0; c[i]; i++)
        rest = pii_is_digit(c[i]) ? (rest * 10 + digit(c, i)) % 97
                                  : (rest * 100 + 11) % 97;
    return pii_number(c, 10, 2) > 0 &&
           (pii_weigh(c, weights, 8) % 11 == digit(c, 8) || rest == 1);
}

static bool check_pl(const char *c)
{
    static const unsigned char weights[] = { 6, 5, 7, 2, 3, 4, 5, 6, 7 };

    return pii_weigh(c, weights, 9) % 11 == digit(c, 9);
}

static bool check_pt(const char *c)
{
    static const unsigned char weights[] = { 9, 8, 7, 6, 5, 4, 3, 2 };
    unsigned check = 11 - pii_weigh(c, weights, 8) % 11;

    return c[0] != '0' && (check > 9 ? 0 : check) == digit(c, 8);
}

/* Up to ten digits, as if zeros stood before. */
static bool check_ro(const char *c)
{
    static const unsigned char weights[] = { 7, 5, 3, 2, 1, 7, 5, 3, 2 };
    size_t count = strlen(c) - 1;

    return c[0] != '0' &&
           pii_weigh(c, weights + 9 - count, count) * 10 % 11 % 10 ==
               digit(c, count);
}

static bool check_se(const char *c)
{
    return pii_luhn(c, 10) && pii_number(c, 10, 2) > 0 &&
           pii_number(c, 10, 2) < 95;
}

static bool check_si(const char *c)
{
    static const unsigned char weights[] = { 8, 7, 6, 5, 4, 3, 2 };
    unsigned check = 11 - pii_weigh(c, weights, 7) % 11;

    return c[0] != '0' && check != 11 && check % 10 == digit(c, 7);
}

/* Firms; persons have the number of their birth. */
static bool check_sk(const char *c)
{
    return (pii_number(c, 0, 10) % 11 == 0 && c[0] != '0' &&
            strchr("234789", c[2])) || check_cz(c);
}

static bool check_xi(const char *c)
{
    static const unsigned char weights[] = { 8, 7, 6, 5, 4, 3, 2 };
    unsigned rest = (pii_weigh(c, weights, 7) +
                     (unsigned)pii_number(c, 7, 2)) % 97;

    return rest == 0 || (c[0] > '0' && (rest == 42 || rest == 55));
}

static const struct state {
    const char *prefix, *form;
    bool (*check)(const char *code);
    bool is_strong; /* also behind a gap, and without a word */
} states[] = {
    { "AT", "Uddd_d_d_d_d_d", check_at, true },
    { "BE", "dddd_ddd_ddd", check_be, true },
    { "BE", "ddd_ddd_ddd", check_be, true },
    { "BG", "dddddddddd", check_bg, false },
    { "BG", "ddd_ddd_ddd", check_bg, false },
    { "CY", "ddddddddL", check_cy, true },
    { "CZ", "dddddddddd", check_cz, false },
    { "CZ", "ddddddddd", check_cz, false },
    { "CZ", "ddd_dd_ddd", check_cz, false },
    { "DE", "ddd_ddd_ddd", check_de, false },
    { "DK", "dd_dd_dd_dd", check_dk, false },
    { "EE", "ddd_ddd_ddd", check_ee, false },
    { "EL", "ddd_ddd_ddd", check_el, false },
    { "GR", "ddd_ddd_ddd", check_el, false },
    { "ES", "L_ddddddd_d", check_es, true },
    { "ES", "L_ddddddd_L", check_es, true },
    { "ES", "dddddddd_L", check_es, true },
    { "FI", "ddddddd_d", check_fi, false },
    { "FR", "dd_ddd_ddd_ddd", check_fr, true },
    { "FR", "Ld_ddd_ddd_ddd", check_fr, false },
    { "FR", "dL_ddd_ddd_ddd", check_fr, false },
    { "FR", "LL_ddd_ddd_ddd", check_fr, false },
    { "HR", "ddddddddddd", check_mod11_10, false },
    { "HU", "dddddddd", check_hu, false },
    { "IE", "dddddddLL", check_ie, true },
    { "IE", "dddddddL", check_ie, true },
    { "IE", "dLdddddL", check_ie_old, true },
    { "IE", "d+dddddL", check_ie_old, true },
    { "IE", "d*dddddL", check_ie_old, true },
    { "IT", "ddddddddddd", check_it, false },
    { "LT", "dddddddddddd", check_lt, true },
    { "LT", "ddddddddd", check_lt, true },
    { "LU", "ddd_ddd_dd", check_lu, true },
    { "LV", "ddddddddddd", check_lv, false },
    { "MT", "dddd_dddd", check_mt, true },
    { "NL", "ddd_ddd_ddd_Bdd", check_nl, true },
    { "NL", "dddd_dd_ddd_B_dd", check_nl, true },
    { "PL", "ddd_ddd_dd_dd", check_pl, false },
    { "PL", "ddd_dd_dd_ddd", check_pl, false },
    { "PT", "ddd_ddd_ddd", check_pt, false },
    { "RO", "dddddddddd", check_ro, false },
    { "RO", "ddddddddd", check_ro, false },
    { "RO", "dddddddd", check_ro, false },
    { "RO", "ddddddd", check_ro, false },
    { "RO", "dddddd", check_ro, false },
    { "SE", "dddddd_dddd_dd", check_se, true },
    { "SI", "dddd_dddd", check_si, false },
    { "SK", "dddddddddd", check_sk, false },
    { "XI", "ddd_dddd_dd", check_xi, true },
};

static const char *const vat_words[] = {
    "vat*", "btw*", "ust*", "mwst*", "umsatzsteuer*", "tva*", "iva", "p iva",
    "partita*", "nif", "cif", "dic", "ic dph", "icdph", "nip", "pvm*", "pvn*",
    "kmkr*", "kmv*", "alv*", "moms*", "mva", "cvr*", "afm", "oib", "adoszam*",
    "adoazonosito*", "asz", "davcna*", "id ddv", "ddv", "pdv*", "cui",
    "cod fiscal*",
    "siren*", "tax*", "steuer*", "uid", "eori", "fiscal*", "cbl*", "caf",
    "\u03b1\u03c6\u03bc", "\u03b1 \u03c6 \u03bc", "\u03c6\u03c0\u03b1",
    "\u0434\u0434\u0441*", "\u0438\u043d \u043f\u043e \u0434\u0434\u0441",
    "\u0435\u0438\u043a", "\u043f\u0434\u0432", NULL
};

size_t pii_vat(struct slice text, size_t at)
{
    char code[PII_FORM_MAX];

    if (text.len - at < 8)
        return 0;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const struct state *state = &states[i];
        size_t begin = at + 2, end;

        if (memcmp(text.ptr + at, state->prefix, 2) != 0)
            continue;
        while (begin - at < 4 && begin < text.len &&
               strchr(" -", text.ptr[begin]) && text.ptr[begin] != '\0')
            begin++;
        end = pii_form(text, begin, state->form, code);
        if (end > 0 && state->check(code) &&
            (begin == at + 2 || state->is_strong ||
             pii_word_before(text, at, 40, vat_words)))
            return end;
    }
    return 0;
}

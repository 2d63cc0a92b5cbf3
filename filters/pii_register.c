/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_register - a check for each register.
 */
#include "filters/pii_register.h"

#include <string.h>

#include "filters/pii.h"
#include "filters/pii_form.h"

static unsigned digit(const char *code, size_t at)
{
    return (unsigned)(code[at] - '0');
}

static unsigned two(const char *code, size_t at)
{
    return digit(code, at) * 10 + digit(code, at + 1);
}

/* ---- one check for each register ---- */

/* 4 digits, the third a check, and a birthday: 1237 010180 */
bool pii_register_at(const char *c)
{
    static const unsigned char weights[] = { 3, 7, 9, 0, 5, 8, 4, 2, 1, 6 };

    return c[0] != '0' && two(c, 6) <= 13 && two(c, 4) <= 31 &&
           pii_weigh(c, weights, 10) % 11 == digit(c, 3);
}

/* 97 less the remainder; from 2000 on as if a 2 stood before. */
bool pii_register_be(const char *c)
{
    unsigned long long number = pii_number(c, 0, 9);
    unsigned month = two(c, 2) % 20;
    unsigned long long check = pii_number(c, 9, 2);

    return (month == 0 || pii_is_day(two(c, 4), month)) && two(c, 2) < 53 &&
           (97 - number % 97 == check ||
            (c[0] < '5' && 97 - (2000000000ull + number) % 97 == check));
}

bool pii_register_bg(const char *c)
{
    static const unsigned char weights[] = { 2, 4, 8, 5, 10, 9, 7, 3, 6 };
    unsigned month = two(c, 2);

    return pii_is_day(two(c, 4), month > 40   ? month - 40
                                 : month > 20 ? month - 20
                                              : month) &&
           pii_weigh(c, weights, 9) % 11 % 10 == digit(c, 9);
}

bool pii_register_cy(const char *c)
{
    static const unsigned char odd[] = { 1, 0, 5, 7, 9, 13, 15, 17, 19, 21 };
    unsigned sum = 0;

    for (size_t i = 0; i < 8; i++)
        sum += i % 2 == 0 ? odd[digit(c, i)] : digit(c, i);
    return c[0] == '0' && sum % 26 == (unsigned)(c[8] - 'A');
}

/* Women's months are 50 more, and 20 more when numbers run out. */
static bool is_czech_day(const char *c)
{
    unsigned month = two(c, 2) % 50;

    return pii_is_day(two(c, 4), month > 20 ? month - 20 : month);
}

bool pii_register_cz(const char *c)
{
    return is_czech_day(c) &&
           (pii_number(c, 0, 10) % 11 == 0 ||
            (pii_number(c, 0, 9) % 11 == 10 && c[9] == '0'));
}

/* Before 1954: no check, and no month of 20 more yet. */
bool pii_register_cz_old(const char *c)
{
    return pii_is_day(two(c, 4), two(c, 2) % 50) && two(c, 0) < 54 &&
           pii_number(c, 6, 3) > 0;
}

/* Of the first ten, one digit stands twice or thrice, the others once. */
bool pii_register_de(const char *c)
{
    unsigned counts[10] = { 0 }, most = 0, missing = 0;

    for (size_t i = 0; i < 10; i++)
        counts[digit(c, i)]++;
    for (size_t i = 0; i < 10; i++) {
        most = counts[i] > most ? counts[i] : most;
        missing += counts[i] == 0;
    }
    return c[0] != '0' && (most == 2 || most == 3) && missing + 1 == most &&
           pii_mod11_10(c, 11);
}

/* Area, birthday, letter of the name, serial and a check: 65 170839 J 003 */
bool pii_register_de_pension(const char *c)
{
    static const unsigned char weights[] = { 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2,
                                             1 };
    char digits[13];
    unsigned sum = 0, letter = (unsigned)(c[8] - 'A') + 1;

    memcpy(digits, c, 8);
    digits[8] = (char)('0' + letter / 10);
    digits[9] = (char)('0' + letter % 10);
    memcpy(digits + 10, c + 9, 3);
    for (size_t i = 0; i < 12; i++) {
        unsigned product = digit(digits, i) * weights[i];

        sum += product / 10 + product % 10;
    }
    return pii_is_day(two(c, 2) > 50 ? two(c, 2) - 50 : two(c, 2),
                      two(c, 4)) && sum % 10 == digit(c, 11);
}

/* Identity card, T220001293: the sum of ICAO 9303; no vowels, no B D Q S. */
bool pii_register_de_card(const char *c)
{
    static const unsigned char weights[] = { 7, 3, 1 };
    unsigned sum = 0;

    for (size_t i = 0; i < 9; i++) {
        if (strchr("ABDEIOQSU", c[i]))
            return false;
        sum += weights[i % 3] * (pii_is_digit(c[i])
                                     ? digit(c, i)
                                     : (unsigned)(c[i] - 'A') + 10);
    }
    return sum % 10 == digit(c, 9);
}

bool pii_register_dk(const char *c)
{
    return pii_is_day(two(c, 0), two(c, 2));
}

bool pii_register_dk_old(const char *c)
{
    static const unsigned char weights[] = { 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 };

    return pii_register_dk(c) && pii_weigh(c, weights, 10) % 11 == 0;
}

/* Estonia and Lithuania: sex and century, birthday, serial, check. */
bool pii_register_baltic(const char *c)
{
    static const unsigned char first[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 1 };
    static const unsigned char second[] = { 3, 4, 5, 6, 7, 8, 9, 1, 2, 3 };
    unsigned rest = pii_weigh(c, first, 10) % 11;

    if (rest == 10)
        rest = pii_weigh(c, second, 10) % 11 % 10;
    return c[0] >= '1' && c[0] <= '6' && pii_is_day(two(c, 5), two(c, 3)) &&
           rest == digit(c, 10);
}

bool pii_register_es(const char *c)
{
    static const char letters[] = "TRWAGMYFPDXBNJZSQVHLCKE";
    unsigned first = pii_is_digit(c[0]) ? digit(c, 0)
                                        : (unsigned)(c[0] - 'X');

    return first < 10 &&
           letters[(first * 10000000ull + pii_number(c, 1, 7)) % 23] == c[8];
}

/* Birthday, century, number and a letter; the century's sign is not in the
 * code, but may be a letter: then it is. */
bool pii_register_fi(const char *c)
{
    static const char letters[] = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    size_t at = strlen(c) == 11 ? 7 : 6;
    unsigned long long serial = pii_number(c, at, 3);

    return (at == 6 || strchr("ABCDEFUVWXY", c[6])) &&
           pii_is_day(two(c, 0), two(c, 2)) && serial >= 2 && serial < 900 &&
           letters[(pii_number(c, 0, 6) * 1000 + serial) % 31] == c[at + 3];
}

/* Sex, year, month, place, serial and a key of 97. */
bool pii_register_fr(const char *c)
{
    unsigned month = two(c, 3);

    return strchr("123478", c[0]) &&
           ((month >= 1 && month <= 12) || (month >= 20 && month <= 42) ||
            month >= 50) &&
           97 - pii_number(c, 0, 13) % 97 == pii_number(c, 13, 2);
}

/* Corsica: A and B count as 0, less a million or two. */
bool pii_register_fr_corsica(const char *c)
{
    char digits[16];
    unsigned long long less = c[6] == 'A' ? 1000000 : 2000000;

    memcpy(digits, c, 16);
    digits[6] = '0';
    return strchr("12", c[0]) && c[5] == '2' && strchr("AB", c[6]) &&
           97 - (pii_number(digits, 0, 13) - less) % 97 ==
               pii_number(digits, 13, 2);
}

bool pii_register_gr(const char *c)
{
    return pii_is_day(two(c, 0), two(c, 2)) && pii_luhn(c, 11);
}

bool pii_register_mod11_10(const char *c)
{
    return pii_mod11_10(c, 11);
}

/* 1-850101-1234: weights go up, or down since 1997. */
bool pii_register_hu(const char *c)
{
    static const unsigned char up[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    static const unsigned char down[] = { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };

    return c[0] >= '1' && c[0] <= '8' && pii_is_day(two(c, 5), two(c, 3)) &&
           (pii_weigh(c, up, 10) % 11 == digit(c, 10) ||
            pii_weigh(c, down, 10) % 11 == digit(c, 10));
}

bool pii_register_hu_health(const char *c)
{
    static const unsigned char weights[] = { 3, 7, 3, 7, 3, 7, 3, 7 };

    return pii_weigh(c, weights, 8) % 10 == digit(c, 8);
}

bool pii_register_hu_tax(const char *c)
{
    static const unsigned char weights[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

    return c[0] == '8' && pii_weigh(c, weights, 9) % 11 == digit(c, 9);
}

bool pii_register_ie(const char *c)
{
    static const unsigned char weights[] = { 8, 7, 6, 5, 4, 3, 2 };
    unsigned sum = pii_weigh(c, weights, 7);

    if (c[8] && c[8] != 'W')
        sum += 9 * (unsigned)(c[8] - 'A' + 1);
    return (!c[8] || strchr("ABHWTX", c[8])) &&
           "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == c[7];
}

/*
 * Codice fiscale: six letters, year, month as a letter, day (40 more for
 * women), place, check.  Where two persons would have the same, digits become
 * letters.
 */
bool pii_register_it(const char *c)
{
    static const char omocodia[] = "LMNPQRSTUV", months[] = "ABCDEHLMPRST";
    static const unsigned char places[] = { 6, 7, 9, 10, 12, 13, 14 };
    static const unsigned char odd[] = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14,
        16, 10, 22, 25, 24, 23
    };
    const char *month = strchr(months, c[8]);
    char plain[17];
    unsigned sum = 0, day;

    memcpy(plain, c, 17);
    for (size_t i = 0; i < sizeof places; i++)
        if (!pii_is_digit(plain[places[i]])) {
            const char *place = strchr(omocodia, plain[places[i]]);

            if (!place)
                return false;
            plain[places[i]] = (char)('0' + (place - omocodia));
        }
    day = two(plain, 9) % 40;
    for (size_t i = 0; i < 15; i++) {
        unsigned value = pii_is_digit(c[i]) ? digit(c, i)
                                            : (unsigned)(c[i] - 'A');

        sum += i % 2 == 0 ? odd[value] : value;
    }
    return month && pii_is_day(day, (unsigned)(month - months) + 1) &&
           pii_is_letter(plain[11]) && sum % 26 == (unsigned)(c[15] - 'A');
}

/* Two checks over the first eleven digits: Luhn's, and Verhoeff's. */
bool pii_register_lu(const char *c)
{
    static const unsigned char permute[8][10] = {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 5, 7, 6, 2, 8, 3, 0, 9, 4 },
        { 5, 8, 0, 3, 7, 9, 6, 1, 4, 2 }, { 8, 9, 1, 6, 0, 4, 3, 5, 2, 7 },
        { 9, 4, 5, 3, 1, 2, 6, 8, 7, 0 }, { 4, 2, 8, 6, 5, 7, 3, 9, 0, 1 },
        { 2, 7, 9, 3, 8, 0, 6, 4, 1, 5 }, { 7, 0, 4, 6, 9, 1, 3, 2, 5, 8 },
    };
    unsigned check = 0;

    if (!pii_is_day(two(c, 6), two(c, 4)) || two(c, 0) < 18 ||
        two(c, 0) > 20 || !pii_luhn(c, 12))
        return false;
    /* The group of the ten symmetries of a pentagon. */
    for (size_t i = 0; i < 12; i++) {
        char at = i == 0 ? c[12] : c[11 - i];
        unsigned value = permute[i % 8][at - '0'], a = check % 5;

        check = check < 5 ? (value < 5 ? (a + value) % 5
                                       : (a + value) % 5 + 5)
                          : (value < 5 ? (a + 5 - value) % 5 + 5
                                       : (a + 10 - value) % 5);
    }
    return check == 0;
}

bool pii_register_lv(const char *c)
{
    static const unsigned char weights[] = { 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };

    return pii_is_day(two(c, 0), two(c, 2)) && c[6] <= '2' &&
           (1101 - pii_weigh(c, weights, 10)) % 11 % 10 == digit(c, 10);
}

bool pii_register_lv_new(const char *c)
{
    return c[0] == '3' && c[1] >= '2';
}

bool pii_register_mt(const char *c)
{
    return strchr("MGAPLHBZ", c[strlen(c) - 1]) != NULL;
}

bool pii_register_nl(const char *c)
{
    static const unsigned char weights[] = { 9, 8, 7, 6, 5, 4, 3, 2 };

    return pii_number(c, 0, 9) > 0 &&
           pii_weigh(c, weights, 8) % 11 == digit(c, 8);
}

bool pii_register_pl(const char *c)
{
    static const unsigned char weights[] = { 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1 };

    return pii_is_day(two(c, 4), two(c, 2) % 20) &&
           pii_weigh(c, weights, 11) % 10 == 0;
}

bool pii_register_pt(const char *c)
{
    static const unsigned char weights[] = { 9, 8, 7, 6, 5, 4, 3, 2 };
    unsigned check = 11 - pii_weigh(c, weights, 8) % 11;

    return c[0] != '0' && (check > 9 ? 0 : check) == digit(c, 8);
}

/* Cartão de cidadão, 12345678 9 ZZ4: Luhn's over digits and letters. */
bool pii_register_pt_card(const char *c)
{
    unsigned sum = 0;

    for (size_t i = 0; i < 12; i++) {
        unsigned value = pii_is_digit(c[i]) ? digit(c, i)
                                            : (unsigned)(c[i] - 'A') + 10;

        if (i % 2 == 0)
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

/* Sex and century, birthday, county, serial, check. */
bool pii_register_ro(const char *c)
{
    static const unsigned char weights[] = { 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7,
                                             9 };
    unsigned county = two(c, 7), rest = pii_weigh(c, weights, 12) % 11;

    return c[0] != '0' && pii_is_day(two(c, 5), two(c, 3)) &&
           ((county >= 1 && county <= 48) || county == 51 || county == 52 ||
            county == 70 || (county >= 80 && county <= 83)) &&
           (rest == 10 ? 1 : rest) == digit(c, 12);
}

/* Days are 60 more for those who have none yet. */
static bool is_swedish_day(const char *c)
{
    return pii_is_day(two(c, 4) % 60, two(c, 2));
}

bool pii_register_se(const char *c)
{
    return is_swedish_day(c) && pii_luhn(c, 10);
}

bool pii_register_se_long(const char *c)
{
    return two(c, 0) >= 18 && two(c, 0) <= 20 && pii_register_se(c + 2);
}

/* Birthday with three digits of the year, region, serial, check. */
bool pii_register_si(const char *c)
{
    static const unsigned char weights[] = { 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3,
                                             2 };
    unsigned check = 11 - pii_weigh(c, weights, 12) % 11;

    return pii_is_day(two(c, 0), two(c, 2)) && (c[4] == '9' || c[4] == '0') &&
           check % 11 % 10 == digit(c, 12);
}

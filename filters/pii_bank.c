/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_bank - account numbers and payment cards.
 *
 * IBAN (ISO 13616): a country, two check digits, and as many characters as the
 * country has; the whole is 1 modulo 97.  Written in one piece or in fours.
 *
 * Cards (ISO/IEC 7812): 13 to 19 digits that begin like those of a scheme and
 * have its length, and pass Luhn's check; in one piece, or in groups with one
 * kind of separator.
 */
#include <string.h>

#include "filters/pii.h"

/* Lengths of the registry of SWIFT. */
static const char lengths[] =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27"
    "DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22"
    "IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19"
    "MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31"
    "SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

static size_t length_of(char first, char second)
{
    for (size_t i = 0; lengths[i]; i += 4)
        if (lengths[i] == first && lengths[i + 1] == second)
            return (size_t)(lengths[i + 2] - '0') * 10 +
                   (size_t)(lengths[i + 3] - '0');
    return 0;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 0x20) : c;
}

/* The remainder of a number to which a digit or a letter (10 to 35) is put. */
static unsigned append_mod97(unsigned rest, char c)
{
    return pii_is_digit(c) ? (rest * 10 + (unsigned)(c - '0')) % 97
                           : (rest * 100 + (unsigned)(upper(c) - 'A') + 10) %
                                 97;
}

size_t pii_iban(struct slice text, size_t at)
{
    size_t wanted, count = 0, end = at;
    char code[34];
    unsigned rest = 0;

    if (!pii_is_letter(pii_at(text, at)) ||
        !pii_is_letter(pii_at(text, at + 1)) ||
        !pii_is_digit(pii_at(text, at + 2)) ||
        !pii_is_digit(pii_at(text, at + 3)))
        return 0;
    wanted = length_of(upper(text.ptr[at]), upper(text.ptr[at + 1]));
    while (count < wanted) {
        char c = pii_at(text, end);

        if (count > 0 && (c == ' ' || c == '-') &&
            pii_is_alnum(pii_at(text, end + 1)))
            c = pii_at(text, ++end);
        /* No-break and thin spaces part groups, too. */
        if (count > 0 && c == '\xc2' && pii_at(text, end + 1) == '\xa0') {
            end += 2;
            c = pii_at(text, end);
        }
        if (!pii_is_alnum(c))
            return 0;
        code[count++] = c;
        end++;
    }
    if (wanted == 0 || pii_is_alnum(pii_at(text, end)))
        return 0;
    for (size_t i = 0; i < wanted; i++)
        rest = append_mod97(rest, code[(i + 4) % wanted]);
    return rest == 1 ? end : 0;
}

/* ---- cards ---- */

/* First digits, low and high, of numbers of these lengths. */
static const struct {
    unsigned digits, low, high, shortest, longest;
} schemes[] = {
    { 1, 4, 4, 13, 13 },  { 1, 4, 4, 16, 16 },   { 1, 4, 4, 19, 19 },
    { 2, 51, 55, 16, 16 }, { 4, 2221, 2720, 16, 16 },
    { 2, 34, 34, 15, 15 }, { 2, 37, 37, 15, 15 },
    { 4, 6011, 6011, 16, 19 }, { 2, 65, 65, 16, 19 },
    { 3, 644, 649, 16, 19 },   { 4, 3528, 3589, 16, 19 },
    { 3, 300, 305, 14, 14 },   { 2, 36, 36, 14, 14 },
    { 2, 38, 39, 14, 14 },     { 2, 62, 62, 16, 19 },
    { 4, 2200, 2204, 16, 19 }, { 2, 50, 50, 12, 19 },
    { 2, 56, 58, 12, 19 },     { 2, 60, 69, 16, 19 },
};

static bool is_scheme(const char *digits, size_t count)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        unsigned first = 0;

        for (unsigned k = 0; k < schemes[i].digits; k++)
            first = first * 10 + (unsigned)(digits[k] - '0');
        if (first >= schemes[i].low && first <= schemes[i].high &&
            count >= schemes[i].shortest && count <= schemes[i].longest)
            return true;
    }
    return false;
}

static bool passes_luhn(const char *digits, size_t count)
{
    unsigned sum = 0;

    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(digits[count - 1 - i] - '0');

        if (i % 2 == 1)
            digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
        sum += digit;
    }
    return sum % 10 == 0;
}

/* All digits alike are nobody's card. */
static bool is_varied(const char *digits, size_t count)
{
    size_t kinds = 0;
    bool seen[10] = { false };

    for (size_t i = 0; i < count; i++) {
        kinds += !seen[digits[i] - '0'];
        seen[digits[i] - '0'] = true;
    }
    return kinds > 1;
}

struct card {
    char digits[20];
    size_t count, groups, shortest;
};

static bool is_card(const struct card *c)
{
    /* In groups they are of four or more. */
    return (c->groups == 1 || (c->shortest >= 4 && c->groups <= 5)) &&
           is_scheme(c->digits, c->count) &&
           passes_luhn(c->digits, c->count) && is_varied(c->digits, c->count);
}

/* Digits that continue behind a point, a comma or a slash. */
static bool goes_on(struct slice text, size_t at)
{
    return pii_is_letter(pii_at(text, at)) ||
           (at + 1 < text.len && strchr(".,/", text.ptr[at]) &&
            text.ptr[at] != '\0' && pii_is_digit(text.ptr[at + 1]));
}

/* The longest card that ends where a group does: another number may follow. */
size_t pii_card(struct slice text, size_t at)
{
    struct card card = { .groups = 1, .shortest = 19 };
    size_t end = at, found = 0;
    char separator = '\0';

    if (at > 0 && strchr("+.,-/", text.ptr[at - 1]) && text.ptr[at - 1] != '\0')
        return 0;
    for (;;) {
        size_t begin = end;
        char c;

        while (pii_is_digit(pii_at(text, end)) && card.count < 19)
            card.digits[card.count++] = text.ptr[end++];
        if (pii_is_digit(pii_at(text, end)))
            return found;
        if (end - begin < card.shortest)
            card.shortest = end - begin;
        if (card.count >= 12 && !goes_on(text, end) && is_card(&card))
            found = end;
        c = pii_at(text, end);
        if ((c != ' ' && c != '-') || !pii_is_digit(pii_at(text, end + 1)) ||
            (separator && c != separator) || card.count == 19)
            return found;
        separator = c;
        card.groups++;
        end++;
    }
}

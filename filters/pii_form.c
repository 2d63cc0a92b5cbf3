/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_form - forms and checks.
 */
#include "filters/pii_form.h"

#include <string.h>

#include "filters/pii.h"

size_t pii_form(struct slice text, size_t at, const char *form,
                char code[PII_FORM_MAX])
{
    size_t count = 0;

    for (; *form; form++) {
        char c = pii_at(text, at);

        if (*form == '_') {
            at += c == ' ' || c == '-' || c == '.' || c == '/';
            continue;
        }
        if (*form == 'd' ? !pii_is_digit(c)
            : *form == 'L' ? !pii_is_letter(c)
            : *form == 'x' ? !pii_is_alnum(c) : c != *form)
            return 0;
        if (pii_is_alnum(c) && count < PII_FORM_MAX - 1)
            code[count++] = (char)(c >= 'a' ? c - 0x20 : c);
        at++;
    }
    code[count] = '\0';
    return pii_is_alnum(pii_at(text, at)) ? 0 : at;
}

unsigned long long pii_number(const char *code, size_t at, size_t count)
{
    unsigned long long number = 0;

    for (size_t i = at; i < at + count; i++)
        number = number * 10 + (unsigned)(code[i] - '0');
    return number;
}

bool pii_is_day(unsigned day, unsigned month)
{
    static const unsigned char days[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31,
                                          30, 31, 30, 31 };

    return month >= 1 && month <= 12 && day >= 1 && day <= days[month];
}

unsigned pii_weigh(const char *digits, const unsigned char *weights,
                   size_t count)
{
    unsigned sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (unsigned)(digits[i] - '0') * weights[i];
    return sum;
}

bool pii_luhn(const char *digits, size_t count)
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

bool pii_mod11_10(const char *digits, size_t count)
{
    unsigned rest = 10;

    for (size_t i = 0; i + 1 < count; i++) {
        rest = (rest + (unsigned)(digits[i] - '0')) % 10;
        rest = (rest == 0 ? 10 : rest) * 2 % 11;
    }
    return (11 - rest) % 10 == (unsigned)(digits[count - 1] - '0');
}

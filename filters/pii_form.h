/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_form.h - numbers of persons and firms, by form: what they are written
 * like, and the checks that many of them share.
 *
 *     d   a digit               L   a letter, of either case
 *     x   either of them
 *     _   a blank, - . or /, or nothing      any other: itself
 *
 * All are pure and safe from any thread.
 */
#ifndef MLIN_PII_FORM_H
#define MLIN_PII_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "src/slice.h"

enum { PII_FORM_MAX = 24 };

/*
 * Does the form stand at `at`, and no letter or digit behind it?  Returns the
 * end, or 0; digits and letters, these as capitals, go to `code`, with a NUL.
 */
size_t pii_form(struct slice text, size_t at, const char *form,
                char code[PII_FORM_MAX]);

/* Digits of a code as a number: from `at`, so many. */
unsigned long long pii_number(const char *code, size_t at, size_t count);

/* Day, month: could they be? */
bool pii_is_day(unsigned day, unsigned month);

/* The sum of digits by weights; `weights` are small numbers, one a digit. */
unsigned pii_weigh(const char *digits, const unsigned char *weights,
                   size_t count);

/* Luhn's check over `count` digits. */
bool pii_luhn(const char *digits, size_t count);

/* ISO 7064 MOD 11,10: the last digit checks the others. */
bool pii_mod11_10(const char *digits, size_t count);

#endif

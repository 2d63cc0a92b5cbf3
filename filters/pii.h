/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii.h - personal data in a text: where it stands and of what type it is.
 *
 * Each type has a form, and wherever there is one, a checksum; where form and
 * checksum are too weak to tell a number of a person from any number, a word
 * before it must say what it is ("Tel.", "BSN", "rodné číslo").  Matches do
 * not overlap.
 *
 * Cost: one pass to the next digit or '@', and a look around each.  A look is
 * as long as the longest form, so the time is linear.
 *
 * Safe from any thread, after pii_open().
 */
#ifndef MLIN_PII_H
#define MLIN_PII_H

#include <stdbool.h>
#include <stddef.h>

#include "src/arena.h"
#include "src/slice.h"

enum pii_type {
    PII_EMAIL, PII_IPV4, PII_IPV6, PII_PHONE, PII_IBAN, PII_CARD,
    PII_NATIONAL_ID, PII_VAT, PII_CRYPTO, PII_SECRET, PII_TYPES
};

/* "email", "ipv4", ...: as options and members spell them. */
extern const char *const pii_names[PII_TYPES];

struct pii_span {
    enum pii_type type;
    size_t begin, end; /* bytes */
};

/* Make the tables; call it once, from one thread. */
void pii_open(void);

/*
 * All that is found of the wanted types, in text order; memory is the arena's.
 * `text` is valid UTF-8.
 */
size_t pii_find(struct slice text, const bool wanted[PII_TYPES],
                struct pii_span **spans, struct arena *arena);

/* ---- the forms, for pii.c and tests: each returns the end, or 0 ---- */

/* An address whose '@' is at `at`, from `least` on; *begin is set. */
size_t pii_email(struct slice text, size_t at, size_t least, size_t *begin);

/* All of these begin at `at`, with no ASCII letter or digit before it. */
size_t pii_ipv4(struct slice text, size_t at);
size_t pii_ipv6(struct slice text, size_t at);
size_t pii_iban(struct slice text, size_t at);
size_t pii_card(struct slice text, size_t at);
size_t pii_phone(struct slice text, size_t at);
size_t pii_crypto(struct slice text, size_t at);
size_t pii_vat(struct slice text, size_t at);
size_t pii_national(struct slice text, size_t at);
/*
 * The same, also where the word is missing that the form needs; but no Maltese
 * number, of which any that is written so is one.
 */
size_t pii_national_any(struct slice text, size_t at);
/*
 * The key or password with the byte `at`; *begin is where it begins.  What was
 * looked at once is not looked at again: *seen begins as { 0 } for a text, and
 * `at` ascends.
 */
struct pii_seen {
    size_t run_end, value_end;
    size_t no_pem_end; /* no private key ends before it */
};

size_t pii_secret(struct slice text, size_t at, size_t *begin,
                  struct pii_seen *seen);

/*
 * Bytes of the country's code that a telephone number begins with, with + or 00
 * and a (0) behind it, which is not dialled: 3 of "+49301234", 7 of
 * "+49 (0)30"; 0 where it begins with none.
 */
size_t pii_phone_code(struct slice phone);

/* The next private key in PEM from `at` on: sets *begin; 0: none. */
size_t pii_pem(struct slice text, size_t at, size_t *begin,
               struct pii_seen *seen);

/* ---- what they share ---- */

/*
 * Does one of `words` (NULL at the end; lower case, without accents) stand in
 * the `reach` characters (128 at most) before `at`, in the same line?  Case and
 * accents do not count.  A word that ends in '*' may go on.
 */
bool pii_word_before(struct slice text, size_t at, size_t reach,
                     const char *const *words);

static inline bool pii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool pii_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool pii_is_alnum(char c)
{
    return pii_is_digit(c) || pii_is_letter(c);
}

/* The character at `at`; NUL outside of the text. */
static inline char pii_at(struct slice text, size_t at)
{
    return at < text.len ? text.ptr[at] : '\0';
}

#endif

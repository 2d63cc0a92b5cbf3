/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii - from digit to digit, and which form is tried first.
 *
 * The order matters where forms overlap: an address in which there are digits
 * before a key, a key before the number of a card in it, an account before the
 * VAT number that it begins like; telephones, which have the loosest form, come
 * last, and only where a run of numbers begins.
 */
#include "filters/pii.h"

#include <string.h>

const char *const pii_names[PII_TYPES] = {
    [PII_EMAIL] = "email", [PII_IPV4] = "ipv4", [PII_IPV6] = "ipv6",
    [PII_PHONE] = "phone", [PII_IBAN] = "iban", [PII_CARD] = "card",
    [PII_NATIONAL_ID] = "national_id", [PII_VAT] = "vat",
    [PII_CRYPTO] = "crypto", [PII_SECRET] = "secret",
};

enum { LOCAL_MAX = 64, ADDRESS_MAX = 45 };

static bool is_trigger[256];

struct scan {
    struct slice text;
    const bool *wanted;
    struct arena *arena;
    struct pii_span *spans; /* [count] */
    size_t count, cap;
    size_t least;           /* the last span's end: nothing begins before it */
    size_t numbers_end;     /* of a run of numbers that is no telephone's */
    struct pii_seen seen;
};

void pii_open(void)
{
    for (int c = '0'; c <= '9'; c++)
        is_trigger[c] = true;
    is_trigger['@'] = true;
}

static bool add_span(struct scan *s, enum pii_type type, size_t begin,
                     size_t end)
{
    if (end == 0 || begin < s->least)
        return false;
    if (s->count == s->cap) {
        struct pii_span *more =
            arena_alloc(s->arena, (2 * s->cap + 8) * sizeof *more);

        if (s->count > 0)
            memcpy(more, s->spans, s->count * sizeof *more);
        s->cap = 2 * s->cap + 8;
        s->spans = more;
    }
    s->spans[s->count++] = (struct pii_span){ type, begin, end };
    s->least = end;
    return true;
}

/* Is there an '@' behind what may be the local part that the digit is in? */
static bool try_email(struct scan *s, size_t at)
{
    size_t end = at, begin;

    while (end - at < LOCAL_MAX && (pii_is_alnum(pii_at(s->text, end)) ||
                                    (end < s->text.len &&
                                     strchr("._%+-", s->text.ptr[end]) &&
                                     s->text.ptr[end] != '\0')))
        end++;
    if (pii_at(s->text, end) != '@')
        return false;
    end = pii_email(s->text, end, s->least, &begin);
    return add_span(s, PII_EMAIL, begin, end);
}

static bool try_ipv6(struct scan *s, size_t word)
{
    size_t begin = word;

    while (begin > s->least && word - begin < ADDRESS_MAX &&
           (s->text.ptr[begin - 1] == ':' ||
            pii_is_alnum(s->text.ptr[begin - 1])))
        begin--;
    return add_span(s, PII_IPV6, begin, pii_ipv6(s->text, begin));
}

/* A state's letters may stand before it: BE 0123.456.749, AT U13585627. */
static bool try_vat(struct scan *s, size_t word)
{
    const char *bytes = s->text.ptr;
    size_t begin = word;

    if (add_span(s, PII_VAT, word, pii_vat(s->text, word)))
        return true;
    while (begin > s->least && word - begin < 2 &&
           (bytes[begin - 1] == ' ' || bytes[begin - 1] == '-'))
        begin--;
    if (begin == word || begin < s->least + 2)
        return false;
    begin -= 2;
    return (begin == 0 || !pii_is_alnum(bytes[begin - 1])) &&
           add_span(s, PII_VAT, begin, pii_vat(s->text, begin));
}

/* Letters may stand before the word: X-1234567-L, RSS MRA 85T10 A562S. */
static bool try_national(struct scan *s, size_t word)
{
    static const size_t before[] = { 2, 8 };
    const char *bytes = s->text.ptr;

    if (add_span(s, PII_NATIONAL_ID, word, pii_national(s->text, word)))
        return true;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t begin = word - before[i];

        if (word >= s->least + before[i] && pii_is_letter(bytes[begin]) &&
            !pii_is_alnum(bytes[word - 1]) &&
            (begin == 0 || !pii_is_alnum(bytes[begin - 1])) &&
            add_span(s, PII_NATIONAL_ID, begin, pii_national(s->text, begin)))
            return true;
    }
    return false;
}

/* Numbers with what stands between them. */
static size_t chain_end(struct slice text, size_t at)
{
    for (;;) {
        size_t next = at;

        while (pii_is_digit(pii_at(text, at)))
            at++;
        next = at;
        while (next - at < 3 && next < text.len &&
               strchr(" -./()", text.ptr[next]) && text.ptr[next] != '\0')
            next++;
        if (next == at || !pii_is_digit(pii_at(text, next)))
            return at;
        at = next;
    }
}

static bool try_phone(struct scan *s, size_t at)
{
    size_t begin = at;

    if (at < s->numbers_end)
        return false;
    if (begin > s->least && s->text.ptr[begin - 1] == '+')
        begin--;
    if (begin > s->least && s->text.ptr[begin - 1] == '(')
        begin--;
    if (begin > 0 && pii_is_alnum(s->text.ptr[begin - 1]))
        return false;
    if (add_span(s, PII_PHONE, begin, pii_phone(s->text, begin)))
        return true;
    s->numbers_end = chain_end(s->text, at);
    return false;
}

/* A digit at `at`: what is it part of? */
static void look(struct scan *s, size_t at)
{
    const bool *wanted = s->wanted;
    struct slice text = s->text;
    size_t word = at, begin, end;
    bool is_number;

    if (wanted[PII_EMAIL] && try_email(s, at))
        return;
    if (wanted[PII_SECRET] && (end = pii_secret(text, at, &begin,
                                              &s->seen)) > 0 &&
        add_span(s, PII_SECRET, begin, end))
        return;
    while (word > s->least && pii_is_alnum(text.ptr[word - 1]))
        word--;
    is_number = word == at;
    if ((wanted[PII_CRYPTO] &&
         add_span(s, PII_CRYPTO, word, pii_crypto(text, word))) ||
        (wanted[PII_IPV6] && try_ipv6(s, word)) ||
        (wanted[PII_IBAN] && add_span(s, PII_IBAN, word,
                                      pii_iban(text, word))) ||
        (wanted[PII_VAT] && try_vat(s, word)))
        return;
    if (is_number &&
        ((wanted[PII_IPV4] && add_span(s, PII_IPV4, word,
                                       pii_ipv4(text, word))) ||
         (wanted[PII_CARD] && add_span(s, PII_CARD, word,
                                       pii_card(text, word)))))
        return;
    if (wanted[PII_NATIONAL_ID] && try_national(s, word))
        return;
    if (is_number && wanted[PII_PHONE])
        try_phone(s, at);
}

static size_t next_trigger(struct slice text, size_t at)
{
    while (at < text.len && !is_trigger[(unsigned char)text.ptr[at]])
        at++;
    return at;
}

/* A digit or an '@' at `at`; returns where to go on. */
static size_t take(struct scan *s, size_t at)
{
    struct slice text = s->text;
    size_t begin;

    if (text.ptr[at] != '@') {
        look(s, at);
    } else if (s->wanted[PII_EMAIL]) {
        size_t end = pii_email(text, at, s->least, &begin);

        add_span(s, PII_EMAIL, begin, end);
    }
    if (s->least > at)
        return s->least;
    at++;
    while (at < text.len && pii_is_alnum(text.ptr[at - 1]) &&
           pii_is_alnum(text.ptr[at]))
        at++;
    return at;
}

/* Private keys in PEM, which need no digit, and all between them. */
size_t pii_find(struct slice text, const bool wanted[PII_TYPES],
                struct pii_span **spans, struct arena *arena)
{
    struct scan s = { .text = text, .wanted = wanted, .arena = arena };
    size_t at = 0, pem, pem_end = 0;

    do {
        pem = text.len;
        if (wanted[PII_SECRET])
            pem_end = pii_pem(text, at, &pem, &s.seen);
        if (pem_end == 0)
            pem = text.len;
        s.text.len = pem;
        while ((at = next_trigger(s.text, at)) < pem)
            at = take(&s, at);
        s.text.len = text.len;
        if (pem < text.len)
            add_span(&s, PII_SECRET, pem, pem_end);
        at = pem_end;
    } while (pem < text.len);
    *spans = s.spans;
    return s.count;
}

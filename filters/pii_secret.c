/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_secret - keys and tokens of services, and passwords in settings.
 *
 * Most services begin their keys alike, so that they can be found; the table
 * has a beginning, what follows and how much of it.  The rest is told by the
 * word before it (password, api_key, token ... and = or :) and by looking
 * random: letters and digits mixed, and no word of a language.
 */
#include <string.h>
#include <strings.h>

#include "filters/pii.h"

enum { PEM_MAX = 16384, TOKEN_MIN = 40, TOKEN_MAX = 4096, VALUE_MAX = 256 };

/* What may follow the beginning. */
enum kind { CAPITALS, ALNUM, WORD, BASE64, HEX, TOKEN };

static const struct family {
    const char *begin;
    enum kind kind;
    size_t shortest, longest;
} families[] = {
    { "AKIA", CAPITALS, 16, 16 },        /* Amazon */
    { "ASIA", CAPITALS, 16, 16 },
    { "ghp_", ALNUM, 36, 40 },           /* GitHub */
    { "gho_", ALNUM, 36, 40 },
    { "ghu_", ALNUM, 36, 40 },
    { "ghs_", ALNUM, 36, 40 },
    { "ghr_", ALNUM, 36, 80 },
    { "github_pat_", WORD, 40, 100 },
    { "glpat-", WORD, 20, 64 },          /* GitLab */
    { "xoxb-", WORD, 20, 100 },          /* Slack */
    { "xoxp-", WORD, 20, 100 },
    { "xoxa-", WORD, 20, 100 },
    { "xoxr-", WORD, 20, 100 },
    { "xoxs-", WORD, 20, 100 },
    { "xapp-", WORD, 20, 120 },
    { "sk_live_", ALNUM, 16, 128 },      /* Stripe */
    { "rk_live_", ALNUM, 16, 128 },
    { "sk_test_", ALNUM, 16, 128 },
    { "pk_live_", ALNUM, 16, 128 },
    { "AIza", WORD, 35, 35 },            /* Google */
    { "ya29.", WORD, 20, 200 },
    { "GOCSPX-", WORD, 28, 28 },
    { "sk-", WORD, 32, 200 },            /* OpenAI, Anthropic */
    { "hf_", ALNUM, 30, 40 },            /* Hugging Face */
    { "npm_", ALNUM, 36, 36 },
    { "pypi-", WORD, 50, 250 },
    { "dop_v1_", HEX, 64, 64 },          /* DigitalOcean */
    { "shpat_", HEX, 32, 32 },           /* Shopify */
    { "eyJ", TOKEN, 0, 0 },              /* JSON Web Token */
};

static const char *const secret_words[] = {
    "password", "passwort", "passwd", "pwd", "passphrase", "secret", "token",
    "api_key", "apikey", "api-key", "api key", "access_key", "access key",
    "secret_key", "secret key", "secretkey", "auth_token", "authtoken",
    "access_token", "client_secret", "private_key", "bearer", "heslo",
    "haslo", "jelszo", "parola", "lozinka", "geslo", "salasana", "losenord",
    "adgangskode", "wachtwoord", "contrasena", "senha", "mot de passe",
    "\u043f\u0430\u0440\u043e\u043b*", "\u03ba\u03c9\u03b4\u03b9\u03ba*",
    "slaptazodis", "parole", "parool", "pasfhocal", NULL
};

static bool is_kind(char c, enum kind kind)
{
    switch (kind) {
    case CAPITALS:
        return pii_is_digit(c) || (c >= 'A' && c <= 'Z');
    case ALNUM:
        return pii_is_alnum(c);
    case HEX:
        return pii_is_digit(c) || (c >= 'a' && c <= 'f');
    case WORD:
        return pii_is_alnum(c) || c == '_' || c == '-';
    case BASE64:
        return pii_is_alnum(c) || c == '_' || c == '-' || c == '.';
    case TOKEN:
        break;
    }
    return false;
}

/* Three parts with a point between them, as a JSON Web Token has. */
static size_t token_end(struct slice text, size_t at)
{
    size_t points = 0, end = at;

    while (is_kind(pii_at(text, end), WORD) ||
           (pii_at(text, end) == '.' && points < 2))
        points += text.ptr[end++] == '.';
    return points == 2 && end - at >= TOKEN_MIN && end - at <= TOKEN_MAX
               ? end : 0;
}

/* SendGrid: SG., 22 characters, a point and 43. */
static size_t sendgrid_end(struct slice text, size_t at)
{
    size_t end = at;

    while (is_kind(pii_at(text, end), BASE64) && end - at < 70)
        end++;
    return end - at == 69 && !pii_is_alnum(pii_at(text, end)) ? end : 0;
}

static size_t family_end(struct slice text, size_t at, const struct family *f)
{
    size_t len = strlen(f->begin), end = at + len;

    if (text.len - at < len || memcmp(text.ptr + at, f->begin, len) != 0)
        return 0;
    if (f->kind == TOKEN)
        return token_end(text, at);
    while (is_kind(pii_at(text, end), f->kind) && end - at - len <= f->longest)
        end++;
    while (end > at && strchr(".-", text.ptr[end - 1]))
        end--; /* of the sentence */
    len = end - at - len;
    return len >= f->shortest && len <= f->longest &&
                   !pii_is_alnum(pii_at(text, end))
               ? end : 0;
}

/* Without an end, the key is as long as its lines are of base64. */
static size_t pem_end(struct slice text, size_t at, struct pii_seen *seen)
{
    static const char mark[] = "-----END ";
    size_t from = at > seen->no_pem_end ? at : seen->no_pem_end;
    size_t limit = text.len - at < PEM_MAX ? text.len : at + PEM_MAX;
    const char *last = NULL, *line = NULL;

    if (from < limit)
        last = memmem(text.ptr + from, limit - from, mark, sizeof mark - 1);
    if (last)
        line = memmem(last + 9, (size_t)(text.ptr + limit - last - 9), "-----",
                      5);
    if (line)
        return (size_t)(line + 5 - text.ptr);
    /* A mark may begin before the limit and end behind it. */
    if (limit > at + sizeof mark)
        seen->no_pem_end = last ? at : limit - sizeof mark;
    while (at < text.len && (is_kind(text.ptr[at], BASE64) ||
                             strchr("+/=\r\n", text.ptr[at])))
        at++;
    return at;
}

size_t pii_pem(struct slice text, size_t at, size_t *begin,
               struct pii_seen *seen)
{
    static const char start[] = "-----BEGIN ", key[] = "PRIVATE KEY-----";

    while (at < text.len) {
        const char *found = memmem(text.ptr + at, text.len - at, start,
                                   sizeof start - 1);
        const char *head;
        size_t left;

        if (!found)
            return 0;
        left = (size_t)(text.ptr + text.len - found);
        head = memmem(found, left < 64 ? left : 64, key, sizeof key - 1);
        if (head) {
            *begin = (size_t)(found - text.ptr);
            return pem_end(text, (size_t)(head - text.ptr) + sizeof key - 1,
                           seen);
        }
        at = (size_t)(found - text.ptr) + sizeof start - 1;
    }
    return 0;
}

/* Eight characters at least, of two kinds, and not a word with a number. */
static bool looks_random(struct slice word)
{
    size_t digits = 0, small = 0, capitals = 0, others = 0, changes = 0;
    int last = 0;

    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        int kind = pii_is_digit(c)         ? 1
                   : c >= 'a' && c <= 'z' ? 2
                   : c >= 'A' && c <= 'Z' ? 3
                                          : 4;

        digits += kind == 1;
        small += kind == 2;
        capitals += kind == 3;
        others += kind == 4;
        changes += i > 0 && kind != last;
        last = kind;
    }
    return word.len >= 8 && digits > 0 && digits < word.len &&
           small + capitals > 0 &&
           (changes >= 3 || (others > 0 && changes >= 2));
}

static bool is_value(char c)
{
    return c > ' ' && (unsigned char)c < 0x80 && !strchr("\"'`<>,;()[]{}", c);
}

/* A value behind = or :, behind one of the words. */
static size_t value_end(struct slice text, size_t at, size_t *begin,
                        struct pii_seen *seen)
{
    size_t start = at, end = at, sign;

    while (start > seen->value_end && is_value(text.ptr[start - 1]) &&
           text.ptr[start - 1] != '=' && text.ptr[start - 1] != ':')
        start--;
    while (end < text.len && is_value(text.ptr[end]))
        end++;
    seen->value_end = end;
    while (end > at && strchr(".:?!", text.ptr[end - 1]))
        end--;
    sign = start;
    while (sign > 0 && start - sign < 4 && strchr(" \"'`", text.ptr[sign - 1]))
        sign--;
    if (sign == 0 || end - start > VALUE_MAX ||
        !(text.ptr[sign - 1] == '=' || text.ptr[sign - 1] == ':' ||
          (sign >= 6 && strncasecmp(text.ptr + sign - 6, "bearer", 6) == 0)))
        return 0;
    if (!looks_random(slice_make(text.ptr + start, end - start)) ||
        !pii_word_before(text, sign, 28, secret_words))
        return 0;
    *begin = start;
    return end;
}

/* A key has its beginning where a run of letters, digits, - and _ has. */
static size_t run_end(struct slice text, size_t at, size_t *begin,
                      struct pii_seen *seen)
{
    size_t start = at, end = at;

    while (start > seen->run_end && is_kind(text.ptr[start - 1], WORD))
        start--;
    while (is_kind(pii_at(text, end), WORD))
        end++;
    seen->run_end = end;
    *begin = start;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if ((end = family_end(text, start, &families[i])) > at)
            return end;
    /* SG. has a point behind it. */
    if (start > 3 && memcmp(text.ptr + start - 3, "SG.", 3) == 0 &&
        !pii_is_alnum(text.ptr[start - 4])) {
        *begin = start - 3;
        return sendgrid_end(text, start - 3);
    }
    return 0;
}

size_t pii_secret(struct slice text, size_t at, size_t *begin,
                  struct pii_seen *seen)
{
    size_t end = at >= seen->run_end ? run_end(text, at, begin, seen) : 0;

    if (end == 0 && at >= seen->value_end)
        end = value_end(text, at, begin, seen);
    return end;
}

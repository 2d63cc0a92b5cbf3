/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_phone - telephone numbers.
 *
 * International ones (ITU-T E.164) begin with + or 00 and a country's code, and
 * have as many digits as numbers of that country.  National ones are told from
 * other numbers by how they are written: a 0 before the area and two groups at
 * least, or a word before them (Tel., puh., \u03c4\u03b7\u03bb.).
 *
 * What is no number of a telephone although it looks like one: dates, ISBN,
 * years from and to, sums with a currency.
 */
#include <string.h>

#include "filters/pii.h"

enum { DIGITS_MAX = 15, GROUPS_MAX = 8 };

struct country {
    unsigned code, shortest, longest; /* digits behind the code */
};

/* Those that Europe calls most, behind + or 00. */
static const struct country countries[] = {
    { 1, 10, 10 },  { 7, 10, 10 },  { 20, 8, 10 },  { 27, 9, 9 },
    { 30, 10, 10 }, { 31, 9, 9 },   { 32, 8, 9 },   { 33, 9, 9 },
    { 34, 9, 9 },   { 36, 8, 9 },   { 39, 6, 11 },  { 40, 9, 9 },
    { 41, 9, 9 },   { 43, 4, 13 },  { 44, 9, 10 },  { 45, 8, 8 },
    { 46, 7, 10 },  { 47, 8, 8 },   { 48, 9, 9 },   { 49, 5, 13 },
    { 52, 10, 10 }, { 54, 10, 11 }, { 55, 10, 11 }, { 61, 9, 9 },
    { 62, 8, 12 },  { 63, 8, 10 },  { 66, 8, 9 },   { 81, 9, 10 },
    { 82, 8, 10 },  { 84, 8, 10 },  { 86, 10, 11 }, { 90, 10, 10 },
    { 91, 10, 10 }, { 92, 9, 10 },  { 98, 10, 10 }, { 212, 9, 9 },
    { 213, 8, 9 },  { 216, 8, 8 },  { 298, 6, 6 },  { 299, 6, 6 },
    { 350, 8, 8 },  { 351, 9, 9 },  { 352, 5, 11 }, { 353, 7, 9 },
    { 354, 7, 9 },  { 355, 8, 9 },  { 356, 8, 8 },  { 357, 8, 8 },
    { 358, 5, 12 }, { 359, 7, 9 },  { 370, 8, 8 },  { 371, 8, 8 },
    { 372, 7, 8 },  { 373, 8, 8 },  { 374, 8, 8 },  { 375, 9, 9 },
    { 376, 6, 9 },  { 377, 8, 9 },  { 378, 6, 10 }, { 380, 9, 9 },
    { 381, 7, 10 }, { 382, 7, 8 },  { 383, 8, 9 },  { 385, 8, 9 },
    { 386, 8, 8 },  { 387, 8, 9 },  { 389, 8, 8 },  { 420, 9, 9 },
    { 421, 9, 9 },  { 423, 7, 9 },  { 972, 8, 9 },  { 971, 8, 9 },
    { 966, 8, 9 },  { 995, 9, 9 },  { 994, 9, 9 },
};

/* The others, but islands with numbers of six digits or less: behind +. */
static const struct country far_countries[] = {
    { 51, 8, 9 }, { 53, 8, 8 }, { 56, 9, 9 }, { 57, 8, 10 }, { 58, 10, 10 },
    { 60, 8, 10 }, { 64, 8, 10 }, { 65, 8, 8 }, { 93, 9, 9 }, { 94, 9, 9 },
    { 95, 7, 10 }, { 211, 9, 9 }, { 218, 8, 9 }, { 220, 7, 7 }, { 221, 9, 9 },
    { 222, 8, 8 }, { 223, 8, 8 }, { 224, 8, 9 }, { 225, 8, 10 }, { 226, 8, 8 },
    { 227, 8, 8 }, { 228, 8, 8 }, { 229, 8, 10 }, { 230, 7, 8 }, { 231, 7, 9 },
    { 232, 8, 8 }, { 233, 9, 9 }, { 234, 7, 10 }, { 235, 8, 8 }, { 236, 8, 8 },
    { 237, 8, 9 }, { 238, 7, 7 }, { 239, 7, 7 }, { 240, 9, 9 }, { 241, 7, 8 },
    { 242, 9, 9 }, { 243, 9, 9 }, { 244, 9, 9 }, { 245, 7, 9 }, { 248, 7, 7 },
    { 249, 9, 9 }, { 250, 9, 9 }, { 251, 9, 9 }, { 252, 7, 9 }, { 253, 8, 8 },
    { 254, 9, 10 }, { 255, 9, 9 }, { 256, 9, 9 }, { 257, 8, 8 }, { 258, 8, 9 },
    { 260, 9, 9 }, { 261, 9, 9 }, { 262, 9, 9 }, { 263, 9, 9 }, { 264, 8, 9 },
    { 265, 7, 9 }, { 266, 8, 8 }, { 267, 7, 8 }, { 268, 8, 8 }, { 269, 7, 7 },
    { 291, 7, 7 }, { 297, 7, 7 }, { 501, 7, 7 }, { 502, 8, 8 }, { 503, 8, 8 },
    { 504, 8, 8 }, { 505, 8, 8 }, { 506, 8, 8 }, { 507, 7, 8 }, { 509, 8, 8 },
    { 590, 9, 9 }, { 591, 8, 8 }, { 592, 7, 7 }, { 593, 8, 9 }, { 594, 9, 9 },
    { 595, 9, 9 }, { 596, 9, 9 }, { 597, 6, 7 }, { 598, 8, 8 }, { 599, 7, 8 },
    { 670, 7, 8 }, { 673, 7, 7 }, { 674, 7, 7 }, { 675, 7, 8 }, { 679, 7, 7 },
    { 680, 7, 7 }, { 689, 8, 8 }, { 691, 7, 7 }, { 692, 7, 7 }, { 850, 8, 10 },
    { 852, 8, 8 }, { 853, 8, 8 }, { 855, 8, 9 }, { 856, 8, 10 },
    { 880, 8, 10 }, { 886, 8, 9 }, { 960, 7, 7 }, { 961, 7, 8 }, { 962, 8, 9 },
    { 963, 8, 9 }, { 964, 8, 10 }, { 965, 8, 8 }, { 967, 7, 9 }, { 968, 8, 8 },
    { 970, 8, 9 }, { 973, 8, 8 }, { 974, 8, 8 }, { 975, 7, 8 }, { 976, 8, 8 },
    { 977, 8, 10 }, { 992, 9, 9 }, { 993, 8, 8 }, { 996, 9, 9 }, { 998, 9, 9 },
};

static const char *const phone_words[] = {
    "tel", "telef*", "telephon*", "tlf", "tlph", "phone*", "fon", "fone",
    "mob", "mobil*", "mobitel*", "movil*", "telemovel*", "cellphone*",
    "cellular*", "gsm", "handy*", "fax*", "faks*", "puh", "puhelin*",
    "komork*", "whatsapp", "viber", "rufnummer*", "ruf", "rufen", "hotline*",
    "callcent*", "dial", "infolin*", "talr*", "talrun*",
    "simi", "farsimi", "guthan*", "teileafon", "fon poca*", "glao*",
    "mowbajl", "mobajl", "cempel", "ffon*", "ffoniwch", "zavolejte", "volejte",
    "volajte", "zadzwon*", "dzwon*", "hivja*", "hivjon", "nazovite",
    "poklicite", "pozovite", "sunati", "llame*", "llamar", "llamanos", "ligue",
    "chiama*", "appelez", "skambin*", "zvaniet", "helista*", "soita*",
    "ringi*", "ring til", "ring pa", "bel ons", "bellen", "truca*",
    "\u03c4\u03b7\u03bb*", "\u03ba\u03b9\u03bd",
    "\u03ba\u03b9\u03bd\u03b7\u03c4*",
    "\u03c6\u03b1\u03be", "\u043c\u043e\u0431*", "\u0442\u0435\u043b",
    "\u0442\u0435\u043b\u0435\u0444\u043e\u043d*", "\u0433\u0441\u043c",
    "\u0444\u0430\u043a\u0441*", "\u0437\u0432\u043e\u043d*",
    "\u043e\u0431\u0430\u0434*", "\u0434\u0437\u0432\u043e\u043d*", NULL
};

/* Other numbers stand behind these, too: short ones in one piece. */
static const char *const weak_words[] = {
    "nummer*", "numer", "numero", "sms", "linka", "cell", NULL
};

/* What numbers that are no telephone's stand behind. */
static const char *const other_words[] = {
    "isbn*", "issn", "ean", "doi", "rfc", "nr kat*", "obj", "obj c*",
    "objednavk*", "order", "bestell*", "artikel*", "ref*", "version*", "dic",
    "ico", "nip", "regon", "krs", "vat", "iban", "konto", "ucet*", "gtin",
    "sku", "lot", "kat c*", "kat. c*", NULL
};

/* The same, but in some language they are words of every sentence. */
static const char *const short_words[] = {
    "iso", "din", "en", "art", "id", NULL
};

struct number {
    char digits[DIGITS_MAX + 2];
    size_t count;
    size_t groups[GROUPS_MAX]; /* digits of each */
    char separators[GROUPS_MAX];
    size_t group_count, end;
    bool has_plus, has_parentheses;
};

static bool is_dash(struct slice text, size_t at, size_t *len)
{
    *len = 3; /* U+2010, U+2011, U+2013 */
    return text.len - at >= 3 && text.ptr[at] == '\xe2' &&
           text.ptr[at + 1] == '\x80' &&
           strchr("\x90\x91\x93", text.ptr[at + 2]);
}

/* One or two of them between groups: " ", "-", ".", "/", " - ", ") ". */
static size_t separator_len(struct slice text, size_t at, char *kind)
{
    size_t len = 0, dash;

    *kind = '\0';
    while (len < 4) {
        char c = pii_at(text, at + len);

        if (c == '\xc2' && pii_at(text, at + len + 1) == '\xa0') {
            len += 2;
            *kind = *kind ? *kind : ' ';
        } else if (c == ' ') {
            len++;
            *kind = *kind ? *kind : ' ';
        } else if (c != '\0' && strchr("-./)", c) &&
                   (*kind == '\0' || *kind == ' ' || *kind == ')')) {
            len++;
            *kind = *kind == ')' ? ')' : c;
        } else if (c == '(' && len > 0 && *kind == ' ') {
            len++;
        } else if (at + len < text.len && is_dash(text, at + len, &dash) &&
                   (*kind == '\0' || *kind == ' ')) {
            len += dash;
            *kind = '-';
        } else {
            break;
        }
    }
    return len;
}

/* Groups of digits from `at` on, behind +, (, (+ or nothing. */
static bool take_number(struct slice text, size_t at, struct number *n)
{
    bool is_open = pii_at(text, at) == '(';

    at += is_open;
    *n = (struct number){ .has_plus = pii_at(text, at) == '+' };
    n->end = at + n->has_plus;
    for (;;) {
        size_t begin = n->end, len;
        char kind;

        while (pii_is_digit(pii_at(text, n->end))) {
            if (n->count > DIGITS_MAX)
                return false;
            n->digits[n->count++] = text.ptr[n->end++];
        }
        n->groups[n->group_count++] = n->end - begin;
        if (n->group_count == GROUPS_MAX)
            break;
        len = separator_len(text, n->end, &kind);
        if (len == 0 || !pii_is_digit(pii_at(text, n->end + len)))
            break;
        n->has_parentheses |= kind == ')' ||
                              memchr(text.ptr + n->end, '(', len);
        n->separators[n->group_count - 1] = kind;
        n->end += len;
    }
    return !is_open || n->has_parentheses;
}

static const struct country *country_find(unsigned code, bool has_plus)
{
    const size_t near_count = sizeof countries / sizeof *countries;
    const size_t far_count = sizeof far_countries / sizeof *far_countries;

    for (size_t i = 0; i < near_count; i++)
        if (countries[i].code == code)
            return &countries[i];
    for (size_t i = 0; has_plus && i < far_count; i++)
        if (far_countries[i].code == code)
            return &far_countries[i];
    return NULL;
}

/* The country with whose code the digits begin, which takes *len of them; no
 * code begins like another. */
static const struct country *country_of(const char *digits, size_t count,
                                        bool has_plus, size_t *len)
{
    const struct country *country = NULL;
    unsigned code = 0;

    for (*len = 0; !country && *len < 3 && *len < count; ++*len) {
        code = code * 10 + (unsigned)(digits[*len] - '0');
        country = country_find(code, has_plus);
    }
    return country;
}

/* Digits behind the code of a country are as many as its numbers have. */
static bool has_country(const char *digits, size_t count, bool has_plus)
{
    size_t len, rest;
    const struct country *country = country_of(digits, count, has_plus, &len);

    if (!country)
        return false;
    rest = count - len;
    /* (0) is written, but not dialled. */
    if (rest > 0 && digits[len] == '0' && country->code != 39)
        rest--;
    return rest >= country->shortest && rest <= country->longest;
}

/*
 * How many groups are a number of some country, behind the 00 that is skipped;
 * 0: none.  The last ones may be figures that follow it.
 */
static size_t international(const struct number *n, size_t skip)
{
    size_t count = n->count;

    for (size_t groups = n->group_count; groups > 0; groups--) {
        if (count > skip &&
            has_country(n->digits + skip, count - skip, n->has_plus))
            return groups;
        count -= n->groups[groups - 1];
    }
    return 0;
}

/* Where the first `groups` groups end. */
static size_t end_of(struct slice text, size_t at, size_t groups)
{
    size_t end = at;

    while (!pii_is_digit(pii_at(text, end)))
        end++;
    for (size_t i = 0; i < groups; i++) {
        char kind;

        if (i > 0)
            end += separator_len(text, end, &kind);
        while (pii_is_digit(pii_at(text, end)))
            end++;
    }
    return end;
}

static bool is_date(const struct number *n)
{
    const size_t *g = n->groups;

    if (n->group_count < 3)
        return false;
    /* 2023-05-12 10:30 */
    if (g[0] == 4 && g[1] == 2 && g[2] == 2 && n->separators[0] != ' ' &&
        n->separators[0] == n->separators[1] && n->digits[4] <= '1' &&
        n->digits[6] <= '3' &&
        (memcmp(n->digits, "19", 2) == 0 || memcmp(n->digits, "20", 2) == 0))
        return true;
    return (g[0] <= 2 && g[1] <= 2 && (g[2] == 4 || g[2] == 2) &&
            n->separators[0] == n->separators[1] && n->separators[0] != ' ' &&
            n->group_count <= 4) ||
           (g[0] == 4 && g[1] == 2 && g[2] == 2 && n->group_count == 3 &&
            n->separators[0] == n->separators[1]);
}

static bool is_isbn10(const struct number *n)
{
    unsigned sum = 0;

    if (n->count != 10 || n->separators[0] != '-')
        return false;
    for (unsigned i = 0; i < 10; i++)
        sum += (10 - i) * (unsigned)(n->digits[i] - '0');
    return sum % 11 == 0;
}

/* 59.9999 and 09.00-21.00 */
static bool is_point(const struct number *n)
{
    return (n->group_count == 2 && n->separators[0] == '.') ||
           (n->group_count == 4 && n->separators[0] == '.' &&
            n->separators[1] == '-' && n->separators[2] == '.');
}

/* 1939-1945, 850/1900/2100 */
static bool are_years(const struct number *n)
{
    size_t slashes = 0;

    for (size_t i = 0; i + 1 < n->group_count; i++)
        slashes += n->separators[i] == '/';
    if (slashes >= 2 && slashes + 1 == n->group_count)
        return true;
    return n->group_count == 2 && n->groups[0] == 4 && n->groups[1] == 4 &&
           (n->digits[0] == '1' || n->digits[0] == '2') &&
           (n->digits[4] == '1' || n->digits[4] == '2');
}

/* Spaces in threes, as large numbers are written: 200 000 000. */
static bool is_quantity(const struct number *n)
{
    if (n->group_count < 2 || n->groups[0] > 3)
        return false;
    for (size_t i = 1; i < n->group_count; i++)
        if (n->groups[i] != 3 ||
            (n->separators[i - 1] != ' ' && n->separators[i - 1] != '.'))
            return false;
    return true;
}

/* A round one: 5 000 000, 160 000 000, but not 905 123 000. */
static bool is_round(const struct number *n)
{
    size_t zeros = 0;

    while (zeros < n->count && n->digits[n->count - 1 - zeros] == '0')
        zeros++;
    return is_quantity(n) && zeros >= (n->groups[0] < 3 ? 3 : 6);
}

/* 12:30 2015-06-19: minutes, not an area. */
static bool is_in_time(struct slice text, size_t at)
{
    return at >= 2 && text.ptr[at - 1] == ':' &&
           pii_is_digit(text.ptr[at - 2]);
}

/* A currency or a unit follows. */
static bool is_sum(struct slice text, const struct number *n)
{
    static const char *const units[] = {
        "\u20ac", "$", "\u00a3", "%", "K\u010d", "EUR", "USD", "CZK", "PLN",
        "z\u0142", "HUF", "Ft", "RON", "lei", "SEK", "kr", "DKK", "NOK", "BGN",
        "\u043b\u0432", "\u0433\u0440\u043d", "UAH", "RSD", "din", "GBP", "CHF",
        "km", "m\u00b2", "kg", "MHz", "GHz", "mil", "tis", "Mio", "mld", "ha",
        "MW", "kWh", "\u03b5\u03c5\u03c1\u03ce", "euro", NULL
    };
    size_t at = n->end;

    if (pii_at(text, at) == ' ')
        at++;
    else if (text.len - at > 2 && memcmp(text.ptr + at, "\u00a0", 2) == 0)
        at += 2;
    for (size_t i = 0; units[i]; i++)
        if (text.len - at >= strlen(units[i]) &&
            memcmp(text.ptr + at, units[i], strlen(units[i])) == 0)
            return true;
    return false;
}

/* As telephones are written: a slash behind the area alone, points between
 * groups of two to four. */
static bool is_grouped(const struct number *n)
{
    for (size_t i = 0; i + 1 < n->group_count; i++) {
        if (n->separators[i] == '/' && i > 0)
            return false;
        if (n->separators[i] == '.' && (n->groups[i] < 2 || n->groups[i] > 4))
            return false;
    }
    return true;
}

/* Without a word: a 0, not 00, and an area apart from the number. */
static bool is_national(const struct number *n)
{
    bool is_apart = n->group_count >= 3 || n->has_parentheses ||
                    (n->group_count == 2 && n->groups[0] <= 5 &&
                     n->groups[1] >= 5);

    return n->count >= 9 && n->count <= 11 && n->digits[0] == '0' &&
           n->digits[1] != '0' && is_apart && is_grouped(n) &&
           (n->groups[0] >= 2 || n->has_parentheses);
}

/* part/of/a/0123/45678.file, or a formula. */
static bool is_in_path(struct slice text, size_t at, size_t end)
{
    return (at > 0 && strchr("/_.=#&?%\\-", text.ptr[at - 1])) ||
           (strchr("/_.=#&?%\\-", pii_at(text, end)) && end < text.len &&
            pii_is_alnum(pii_at(text, end + 1)));
}

/* Behind DE89 or A4: the rest of something else. */
static bool is_rest(struct slice text, size_t at)
{
    bool has_letter = false;
    size_t begin = at > 0 && text.ptr[at - 1] == ' ' ? at - 1 : at;

    if (begin == at || begin == 0 || !pii_is_digit(text.ptr[begin - 1]))
        return false;
    while (begin > 0 && at - begin < 8 && pii_is_alnum(text.ptr[begin - 1]))
        has_letter |= pii_is_letter(text.ptr[--begin]);
    return has_letter;
}

/* Does its form, or what is around it, say that it is another number? */
static bool is_other(struct slice text, size_t at, const struct number *n)
{
    return pii_is_alnum(pii_at(text, n->end)) ||
           is_in_path(text, at, n->end) || is_in_time(text, at) ||
           is_date(n) || is_isbn10(n) || are_years(n) || is_point(n) ||
           is_round(n) || is_sum(text, n) ||
           pii_word_before(text, at, 16, other_words) ||
           pii_word_before(text, at, 5, short_words);
}

size_t pii_phone(struct slice text, size_t at)
{
    struct number n;

    if (!take_number(text, at, &n) || n.count < 5 || is_rest(text, at))
        return 0;
    if (n.has_plus || (n.digits[0] == '0' && n.digits[1] == '0')) {
        size_t groups = international(&n, n.has_plus ? 0 : 2);
        size_t end = groups > 0 ? end_of(text, at, groups) : 0;

        if (groups > 0 || n.has_plus)
            return pii_is_letter(pii_at(text, end)) ? 0 : end;
    }
    if (is_other(text, at, &n))
        return 0;
    if (pii_word_before(text, at, 40, phone_words))
        return n.count >= 6 && n.count <= 13 ? n.end : 0;
    if (pii_word_before(text, at, 40, weak_words) &&
        n.count >= (n.group_count == 1 ? 9 : 6) && n.count <= 13)
        return n.end;
    return is_national(&n) && !is_quantity(&n) ? n.end : 0;
}

size_t pii_phone_code(struct slice phone)
{
    size_t at = pii_at(phone, 0) == '(', begin, len;
    bool has_plus = pii_at(phone, at) == '+';

    if (has_plus)
        at++;
    else if (pii_at(phone, at) == '0' && pii_at(phone, at + 1) == '0')
        at += 2;
    else
        return 0;
    while (at < phone.len && !pii_is_digit(phone.ptr[at]))
        at++;
    for (begin = at; at < begin + 3 && pii_is_digit(pii_at(phone, at)); at++)
        ;
    if (!country_of(phone.ptr + begin, at - begin, has_plus, &len))
        return 0;
    at = begin + len;
    at += pii_at(phone, at) == ' ';
    return phone.len - at >= 3 && memcmp(phone.ptr + at, "(0)", 3) == 0
               ? at + 3
               : begin + len;
}

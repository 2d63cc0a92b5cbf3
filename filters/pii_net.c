/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_net - e-mail and IP addresses.
 *
 * E-mail: what people and programs write (RFC 5321 without quotes and domain
 * literals; letters of any script, RFC 6531), with a top-level domain that
 * exists: of two letters, or one of the list below.
 *
 * IPv4: four numbers below 256 without leading zeros.  Numbers of sections and
 * versions look the same, so that one in which all are below 32 needs a word
 * before it or a port or mask behind it.  IPv6: RFC 4291, with `::` or in full.
 */
#include <string.h>

#include "filters/pii.h"
#include "src/charclass.h"
#include "src/utf8.h"

enum { LOCAL_MAX = 64, DOMAIN_MAX = 253, LABEL_MAX = 63 };

/* Generic ones that mail is sent to, and names of scripts. */
static const char *const domains[] = {
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name",
    "pro", "aero", "coop", "museum", "jobs", "mobi", "travel", "tel", "cat",
    "asia", "post", "app", "dev", "online", "site", "shop", "store", "xyz",
    "club", "blog", "tech", "cloud", "email", "live", "news", "world", "space",
    "website", "agency", "digital", "media", "group", "company", "solutions",
    "services", "studio", "design", "academy", "school", "university", "health",
    "care", "legal", "law", "bank", "energy", "berlin", "hamburg", "bayern",
    "koeln", "wien", "paris", "bzh", "gal", "eus", "swiss", "irish", "cymru",
    "wales", "scot", "london", "amsterdam", "brussels", "vlaanderen", "tirol",
    "madrid", "barcelona", "example", "test", "invalid", "arpa", "onion",
    "\u0440\u0444", "\u0431\u0433", "\u0435\u044e", "\u0443\u043a\u0440",
    "\u0441\u0440\u0431", "\u0431\u0435\u043b", "\u043c\u043a\u0434",
    "\u03b5\u03bb", "\u03b5\u03c5", "\u10d2\u10d4", NULL
};

/* Of the marks only those that names are written with. */
static bool is_local(char c)
{
    return pii_is_alnum(c) || (unsigned char)c >= 0x80 || c == '.' ||
           c == '_' || c == '%' || c == '+' || c == '-' || c == '\'';
}

/* Letters of other scripts, but no typography. */
static bool is_letter(uint32_t c)
{
    return c >= 0x80 && charclass_get(c) & (CHAR_LETTER | CHAR_MARK);
}

/* Where the label ends that begins at `at`. */
static size_t label_end(struct slice text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        uint32_t c = utf8_next(text, &next);

        if (c < 0x80 ? !pii_is_alnum((char)c) && c != '-' : !is_letter(c))
            break;
        at = next;
    }
    return at;
}

static bool is_top_level(struct slice label)
{
    bool all_letters = true;

    for (size_t i = 0; i < label.len; i++)
        all_letters &= pii_is_letter(label.ptr[i]);
    if (label.len == 2 && all_letters)
        return true;
    if (label.len > 4 && memcmp(label.ptr, "xn--", 4) == 0)
        return true;
    for (size_t i = 0; domains[i]; i++) {
        size_t len = strlen(domains[i]), k = 0;

        while (len == label.len && k < len &&
               ((label.ptr[k] | (pii_is_letter(label.ptr[k]) ? 0x20 : 0)) ==
                domains[i][k]))
            k++;
        if (len == label.len && k == len)
            return true;
    }
    return false;
}

/* Labels from `at` on; the end of the last that may be a top-level domain. */
static size_t domain_end(struct slice text, size_t at)
{
    size_t end = 0, begin = at;

    while (at < text.len && at - begin <= DOMAIN_MAX) {
        size_t start = at;

        at = label_end(text, start);
        if (at == start || at - start > LABEL_MAX || text.ptr[start] == '-' ||
            text.ptr[at - 1] == '-')
            return end;
        if (start > begin &&
            is_top_level(slice_make(text.ptr + start, at - start)))
            end = at;
        if (pii_at(text, at) != '.')
            return end;
        at++;
    }
    return end;
}

size_t pii_email(struct slice text, size_t at, size_t least, size_t *begin)
{
    size_t start = at, end;
    struct slice local;

    while (start > least && at - start < LOCAL_MAX &&
           is_local(text.ptr[start - 1]))
        start--;
    while (start < at && (text.ptr[start] == '\'' || text.ptr[start] == '-' ||
                          ((unsigned char)text.ptr[start] & 0xc0) == 0x80))
        start++;
    local = slice_make(text.ptr + start, at - start);
    /* Quotes and dashes of typography end what is an address. */
    for (size_t i = 0; i < local.len;) {
        uint32_t c = utf8_next(local, &i);

        if (c >= 0x80 && !is_letter(c))
            start = (size_t)(local.ptr + i - text.ptr);
    }
    if (start == at || text.ptr[start] == '.' || text.ptr[at - 1] == '.')
        return 0;
    end = domain_end(text, at + 1);
    *begin = start;
    /* git@host:path is a program's. */
    if (at - start == 3 && memcmp(text.ptr + start, "git", 3) == 0)
        return 0;
    return end;
}

/* ---- IPv4 ---- */

/* A number below 256, without leading zeros; the end, or 0. */
static size_t take_octet(struct slice text, size_t at, unsigned *octet)
{
    size_t begin = at;

    *octet = 0;
    while (at < text.len && at - begin < 4 && pii_is_digit(text.ptr[at]))
        *octet = *octet * 10 + (unsigned)(text.ptr[at++] - '0');
    return at > begin && *octet < 256 &&
           (at - begin == 1 || text.ptr[begin] != '0') ? at : 0;
}

static const char *const network_words[] = {
    "ip", "ipv4", "ip-*", "ips", "dns", "ping", "host*", "server*", "serveur*",
    "servidor*", "addr*", "address*", "adres*", "adress*", "adresse*",
    "gateway", "router", "proxy", "client", "peer", "from", "connect*", "ssh",
    "nameserver", "\u0430\u0434\u0440\u0435\u0441*", NULL
};

static const char *const version_words[] = {
    "v", "ver", "version*", "versio*", "verze", "verzi*", "verzia", "wersj*",
    "versao", "verzija", "verzio*", "versija", "versioon*", "leagan",
    "release*", "build", "firmware", "\u0432\u0435\u0440\u0441\u0438\u044f*",
    "\u0432\u0435\u0440\u0441\u0456\u044f*",
    "\u03b5\u03ba\u03b4\u03bf\u03c3\u03b7*", "section*", "chapter*",
    "kapit*", "art", "art*", "par", "odst*", "punkt*", "abschnitt*", "abs",
    "oid", NULL
};

/* This network, this host, private networks (RFC 1918) and masks. */
static bool is_nobodys(const unsigned octets[4])
{
    return octets[0] == 0 || octets[0] == 10 || octets[0] == 127 ||
           (octets[0] == 172 && octets[1] >= 16 && octets[1] < 32) ||
           (octets[0] == 192 && octets[1] == 168) ||
           (octets[0] == 255 && octets[1] == 255);
}

size_t pii_ipv4(struct slice text, size_t at)
{
    unsigned octets[4], most = 0;
    size_t end = at;

    if (at > 0 && (text.ptr[at - 1] == '.' || text.ptr[at - 1] == '-'))
        return 0;
    for (int i = 0; i < 4; i++) {
        if (i > 0 && pii_at(text, end++) != '.')
            return 0;
        end = take_octet(text, end, &octets[i]);
        if (end == 0)
            return 0;
        most = octets[i] > most ? octets[i] : most;
    }
    if (pii_is_alnum(pii_at(text, end)) ||
        (pii_at(text, end) == '.' && pii_is_digit(pii_at(text, end + 1))) ||
        is_nobodys(octets))
        return 0;
    if (pii_word_before(text, at, 20, version_words) ||
        (at >= 2 && memcmp(text.ptr + at - 2, "\u00a7", 2) == 0) ||
        (at >= 3 && memcmp(text.ptr + at - 3, "\u00a7 ", 3) == 0))
        return 0;
    if (most < 32 && pii_at(text, end) != ':' && pii_at(text, end) != '/' &&
        !pii_word_before(text, at, 48, network_words))
        return 0;
    return end;
}

/* ---- IPv6 ---- */

static bool is_hex(char c)
{
    return pii_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/*
 * Groups of up to four digits: eight, or fewer with `::` once; the last two may
 * be an IPv4 address.  Times (12:30:45) have no `::`, and C++ (a::b) has few
 * groups: with less than three groups, one of them must have a digit and three
 * characters at least.
 */
size_t pii_ipv6(struct slice text, size_t at)
{
    size_t end = at, groups = 0, longest = 0, digits = 0, colons = 0;
    bool has_gap = false;

    if (at > 0 && (text.ptr[at - 1] == ':' || text.ptr[at - 1] == '.'))
        return 0;
    for (;;) {
        size_t begin = end;

        while (end - begin < 5 && is_hex(pii_at(text, end)))
            digits += pii_is_digit(text.ptr[end++]);
        if (end - begin > 4 || groups > 8)
            return 0;
        groups += end > begin;
        longest = end - begin > longest ? end - begin : longest;
        if (pii_at(text, end) != ':' ||
            (end == begin && !has_gap && groups > 0 &&
             pii_at(text, end + 1) == ':'))
            break;
        if (pii_at(text, end + 1) == ':') {
            if (has_gap)
                return 0;
            has_gap = true;
            end += 2;
            colons += 2;
            if (!is_hex(pii_at(text, end)))
                break;
        } else if (is_hex(pii_at(text, end + 1)) && end > begin) {
            end++;
            colons++;
        } else {
            break;
        }
    }
    while (pii_at(text, end) == '.' && pii_is_digit(pii_at(text, end + 1)))
        for (end++; pii_is_digit(pii_at(text, end)); end++)
            ;
    if (pii_is_alnum(pii_at(text, end)) || (groups != 8 && !has_gap) ||
        (has_gap && groups > 7) || colons < 2)
        return 0;
    if (groups < 3 && (longest < 3 || digits == 0))
        return 0;
    return end;
}

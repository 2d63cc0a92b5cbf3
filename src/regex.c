/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regex - the one door to PCRE2.
 */
#include "src/regex.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct regex {
    pcre2_code *code;
    bool is_compiled; /* to machine code */
};

#define WHITE_SPACE                                                       \
    "\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}"      \
    "\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}"

static char *put(char *to, const char *string)
{
    size_t len = strlen(string);

    memcpy(to, string, len);
    return to + len;
}

/* The end of a POSIX name, "[:alpha:]", that begins at `p`; else NULL. */
static const char *posix_end(const char *p)
{
    const char *end = p[0] == '[' && p[1] == ':' ? strstr(p + 2, ":]") : NULL;

    return end && strcspn(p + 2, "]") + 2 > (size_t)(end - p) ? end + 2 : NULL;
}

/* The pattern with \s and \S written out; free() it. */
static char *spaces_spelled_out(const char *pattern)
{
    char *result = xmalloc(strlen(pattern) * sizeof WHITE_SPACE + 1);
    char *to = result;
    bool in_class = false;

    for (const char *p = pattern; *p;) {
        const char *end = in_class ? posix_end(p) : NULL;

        if (end) {
            memcpy(to, p, (size_t)(end - p));
            to += end - p;
            p = end;
        } else if (p[0] == '\\' && p[1] == 'Q') {
            end = strstr(p, "\\E");
            end = end ? end + 2 : p + strlen(p);
            memcpy(to, p, (size_t)(end - p));
            to += end - p;
            p = end;
        } else if (p[0] == '\\' && p[1] == 's') {
            to = put(to, in_class ? WHITE_SPACE : "[" WHITE_SPACE "]");
            p += 2;
        } else if (p[0] == '\\' && p[1] == 'S' && !in_class) {
            to = put(to, "[^" WHITE_SPACE "]");
            p += 2;
        } else if (p[0] == '\\' && p[1]) {
            *to++ = *p++;
            *to++ = *p++;
        } else if (p[0] == '[' && !in_class) {
            in_class = true;
            *to++ = *p++;
            if (*p == '^')
                *to++ = *p++;
            if (*p == ']') /* first in the class: itself */
                *to++ = *p++;
        } else {
            in_class = in_class && *p != ']';
            *to++ = *p++;
        }
    }
    *to = '\0';
    return result;
}

static pcre2_code *compile(const char *pattern, size_t *at)
{
    int error;

    return pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                         PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                             PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C,
                         &error, at, NULL);
}

struct regex *regex_open(const char *pattern, struct fault *fault)
{
    char *spelled = spaces_spelled_out(pattern);
    size_t at;
    pcre2_code *code = compile(spelled, &at);
    struct regex *regex;

    free(spelled);
    if (!code) {
        pcre2_code *original = compile(pattern, &at);

        if (original) { /* the mistake is in what was spelled out */
            pcre2_code_free(original);
            at = 0;
        }
        *fault = (struct fault){ "not a regular expression that PCRE2 accepts",
                                 at };
        return NULL;
    }
    regex = xcalloc(1, sizeof *regex);
    regex->code = code;
    regex->is_compiled = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
    return regex;
}

void regex_close(struct regex *regex)
{
    if (regex)
        pcre2_code_free(regex->code);
    free(regex);
}

void regex_search_init(struct regex_search *search, const struct regex *regex)
{
    search->regex = regex;
    search->match = pcre2_match_data_create(1, NULL);
    if (!search->match)
        die("out of memory");
}

void regex_search_clear(struct regex_search *search)
{
    pcre2_match_data_free(search->match);
    search->match = NULL;
}

enum regex_outcome regex_find(struct regex_search *search, struct slice text,
                              size_t at, size_t *start, size_t *end)
{
    const pcre2_code *code = search->regex->code;
    PCRE2_SPTR bytes = (PCRE2_SPTR)(text.len > 0 ? text.ptr : "");
    int found = PCRE2_ERROR_JIT_STACKLIMIT;
    size_t *span;

    if (search->regex->is_compiled)
        found = pcre2_jit_match(code, bytes, text.len, at, 0, search->match,
                                NULL);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = pcre2_match(code, bytes, text.len, at, PCRE2_NO_JIT,
                            search->match, NULL);
    if (found == PCRE2_ERROR_NOMATCH)
        return REGEX_NONE;
    span = pcre2_get_ovector_pointer(search->match);
    /* \K in a look-around can give a match that ends before it begins. */
    if (found < 0 || span[0] < at || span[1] < span[0])
        return REGEX_GAVE_UP;
    *start = span[0];
    *end = span[1];
    return REGEX_FOUND;
}

static const char *version(uint32_t what, char text[64])
{
    if (pcre2_config(what, text) < 0)
        return "unknown";
    return text;
}

const char *regex_version(void)
{
    static char text[64];

    return version(PCRE2_CONFIG_VERSION, text);
}

const char *regex_unicode_version(void)
{
    static char text[64];

    return version(PCRE2_CONFIG_UNICODE_VERSION, text);
}

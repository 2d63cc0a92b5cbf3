/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regex - the one door to PCRE2.
 */
#include "src/regex.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "src/dialect.h"
#include "src/utf8.h"

enum {
    BLOCK = 64,  /* code points that share a bit */
    AHEAD = 1024 /* bytes looked through at once for what changed */
};

struct expression {
    pcre2_code *code;
    bool is_compiled; /* to machine code */
};

/*
 * `plain` is right for texts without a code point whose class changed since the
 * library's Unicode, and as fast as PCRE2 is.  `exact` is right for all texts;
 * its code is NULL when `plain` is.
 */
struct regex {
    struct expression plain, exact;
    struct dialect_ranges changed;
    uint8_t changed_blocks[0x110000 / BLOCK / 8]; /* a bit each */
    unsigned char first_lead; /* of the bytes that begin a changed one */
    size_t behind;            /* bytes that look-behinds may see */
};

static pcre2_code *compile(const char *text, int *error, size_t *at)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_code *code;

    if (!context)
        die("out of memory");
    /* Whatever this copy of PCRE2 was built with. */
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(context, PCRE2_BSR_UNICODE);
    pcre2_set_parens_nest_limit(context, 2000);
    code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                         PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                             PCRE2_NEVER_BACKSLASH_C,
                         error, at, context);
    pcre2_compile_context_free(context);
    return code;
}

static bool knows_script(const char *name)
{
    char *text = xprintf("\\p{sc:%s}", name);
    int error;
    size_t at;
    pcre2_code *code = compile(text, &error, &at);

    pcre2_code_free(code);
    free(text);
    return code != NULL;
}

static const char *version(uint32_t what, char text[64])
{
    if (pcre2_config(what, text) < 0)
        return "unknown";
    return text;
}

/* "15.1.0" is 1510. */
static unsigned unicode_version_number(void)
{
    char text[64], *rest;
    unsigned long major = strtoul(version(PCRE2_CONFIG_UNICODE_VERSION, text),
                                  &rest, 10);
    unsigned long minor = *rest == '.' ? strtoul(rest + 1, NULL, 10) : 0;

    return (unsigned)(major * 100 + minor * 10);
}

static bool expression_open(struct expression *expression,
                            const struct dialect *dialect, struct fault *fault)
{
    size_t at, jit_size = 0;
    int error;

    expression->code = compile(dialect->text.bytes, &error, &at);
    if (!expression->code) {
        *fault = (struct fault){
            error == PCRE2_ERROR_PATTERN_TOO_LARGE
                ? "too large a regular expression for PCRE2"
                : "not a regular expression that PCRE2 accepts",
            dialect_origin(dialect, at)
        };
        return false;
    }
    pcre2_jit_compile(expression->code,
                      PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD);
    pcre2_pattern_info(expression->code, PCRE2_INFO_JITSIZE, &jit_size);
    expression->is_compiled = jit_size > 0; /* (*NO_JIT) keeps it from it */
    return true;
}

/* How often one string stands in another. */
static size_t count_of(const char *what, const char *in)
{
    size_t count = 0;

    for (; (in = strstr(in, what)) != NULL; in++)
        count++;
    return count;
}

static void note_changed(struct regex *regex, const char *text)
{
    uint32_t behind = 0;
    char lead[4] = "";

    for (size_t i = 0; i < regex->changed.count; i++) {
        uint32_t last = regex->changed.items[i].last / BLOCK;

        for (uint32_t n = regex->changed.items[i].first / BLOCK; n <= last; n++)
            regex->changed_blocks[n / 8] |= (uint8_t)(1 << n % 8);
    }
    utf8_put(lead, regex->changed.items[0].first);
    regex->first_lead = (unsigned char)lead[0];
    pcre2_pattern_info(regex->plain.code, PCRE2_INFO_MAXLOOKBEHIND, &behind);
    /* A look-behind may stand in another, and begins where that one does. */
    regex->behind = 4 * (size_t)behind * count_of("(?<", text);
}

struct regex *regex_open(const char *pattern, struct fault *fault)
{
    struct dialect_library ours = { DIALECT_UNICODE, knows_script };
    struct dialect_library theirs = { unicode_version_number(), knows_script };
    struct dialect plain, exact;
    struct regex *regex;
    bool good;

    if (!dialect_translate(&plain, pattern, &ours, fault))
        return NULL;
    if (!dialect_translate(&exact, pattern, &theirs, fault))
        bug("an expression is only good for one version of Unicode");
    regex = xcalloc(1, sizeof *regex);
    regex->changed = exact.changed;
    exact.changed = (struct dialect_ranges){ 0 };
    good = expression_open(&regex->plain, &plain, fault);
    if (good && regex->changed.count > 0) {
        good = expression_open(&regex->exact, &exact, fault);
        if (good)
            note_changed(regex, plain.text.bytes);
    }
    dialect_free(&plain);
    dialect_free(&exact);
    if (good)
        return regex;
    regex_close(regex);
    return NULL;
}

void regex_close(struct regex *regex)
{
    if (regex) {
        pcre2_code_free(regex->plain.code);
        pcre2_code_free(regex->exact.code);
        free(regex->changed.items);
    }
    free(regex);
}

void regex_search_init(struct regex_search *search, const struct regex *regex,
                       struct slice text)
{
    *search = (struct regex_search){ .regex = regex, .text = text };
    search->match = pcre2_match_data_create(1, NULL);
    if (!search->match)
        die("out of memory");
}

void regex_search_clear(struct regex_search *search)
{
    pcre2_match_data_free(search->match);
    search->match = NULL;
}

/* A partial match, which depends on what follows the text, is none here. */
static enum regex_outcome match(const struct regex_search *search,
                                const struct expression *expression,
                                struct slice text, size_t at, uint32_t options,
                                size_t *start, size_t *end)
{
    PCRE2_SPTR bytes = (PCRE2_SPTR)(text.len > 0 ? text.ptr : "");
    int found = PCRE2_ERROR_JIT_STACKLIMIT;
    size_t *span;

    if (expression->is_compiled)
        found = pcre2_jit_match(expression->code, bytes, text.len, at, options,
                                search->match, NULL);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = pcre2_match(expression->code, bytes, text.len, at,
                            options | PCRE2_NO_JIT, search->match, NULL);
    if (found == PCRE2_ERROR_NOMATCH || found == PCRE2_ERROR_PARTIAL)
        return REGEX_NONE;
    span = pcre2_get_ovector_pointer(search->match);
    /* \K in a look-around can give a match that ends before it begins. */
    if (found < 0 || span[0] < at || span[1] < span[0])
        return REGEX_GAVE_UP;
    *start = span[0];
    *end = span[1];
    return REGEX_FOUND;
}

static bool has_changed(const struct regex *regex, uint32_t cp)
{
    size_t low = 0, high = regex->changed.count;

    if (cp > 0x10ffff ||
        !(regex->changed_blocks[cp / BLOCK / 8] >> cp / BLOCK % 8 & 1))
        return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (regex->changed.items[middle].last < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < regex->changed.count && regex->changed.items[low].first <= cp;
}

/* Whether a byte of the eight begins a character as long as a changed one. */
static bool has_lead(const struct regex *regex, const unsigned char *bytes)
{
    uint64_t word, lead;

    memcpy(&word, bytes, sizeof word);
    lead = word & word << 1; /* bit 7 of a byte: 11...... */
    if (regex->first_lead >= 0xe0)
        lead &= word << 2;
    return (lead & 0x8080808080808080u) != 0;
}

/* Extend what is known to hold nothing changed by `most` bytes or so. */
static void look_ahead(struct regex_search *search, size_t most)
{
    const struct regex *regex = search->regex;
    const unsigned char *bytes = (const unsigned char *)search->text.ptr;
    size_t at = search->clear_to, len = search->text.len;
    size_t to = len - at > most ? at + most : len;

    while (at < len && (at < to || (bytes[at] & 0xc0) == 0x80)) {
        size_t next = at + 1;

        if (at + 8 <= to && !has_lead(regex, bytes + at)) {
            at += 8;
            continue;
        }
        if (bytes[at] >= regex->first_lead) {
            next = at;
            if (has_changed(regex, utf8_next_lax(search->text, &next))) {
                search->is_stopped = true;
                break;
            }
        }
        at = next;
    }
    search->clear_to = at;
}

/*
 * Where a stretch around `at` holds nothing changed, the plain expression sees
 * that stretch alone: if its match ends before the stretch does and it has not
 * asked for what follows (a "hard partial match" of PCRE2), it is the match.
 */
enum regex_outcome regex_find(struct regex_search *search, size_t at,
                              size_t *start, size_t *end)
{
    const struct regex *regex = search->regex;
    const struct expression *expression = &regex->plain;
    struct slice seen = search->text;
    size_t from = at > regex->behind ? at - regex->behind : 0;

    if (regex->exact.code) {
        if (from < search->clear_from || from > search->clear_to) {
            search->clear_from = search->clear_to = from;
            search->is_stopped = false;
        }
        seen.len = search->clear_to;
    }
    for (size_t step = AHEAD;; step *= 2) {
        bool is_whole = seen.len == search->text.len;
        enum regex_outcome outcome = REGEX_NONE;

        if (is_whole || seen.len > at)
            outcome = match(search, expression, seen, at,
                            is_whole ? 0 : PCRE2_PARTIAL_HARD, start, end);
        if (is_whole || outcome == REGEX_GAVE_UP ||
            (outcome == REGEX_FOUND && *end < seen.len))
            return outcome;
        if (search->is_stopped) {
            expression = &regex->exact;
            seen = search->text;
        } else {
            look_ahead(search, step);
            seen.len = search->clear_to;
        }
    }
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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize - which pattern it is, and cutting by a regular expression; the
 * hand-written scanners are in scan.c.
 */
#include "tokenizer/pretokenize.h"

#include <stdlib.h>

#include "src/regex.h"
#include "tokenizer/scan.h"

struct pretokenizer_known {
    const char *name;
    const char *pattern;
    bool is_bytelevel;
    bool is_nfc; /* meant for text in NFC */
    scan_function *scan;
};

#define CONTRACTIONS "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define CAPITALS "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define SMALLS "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define PREFIX "[^\\r\\n\\p{L}\\p{N}]?"
#define SPACES "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"

/* Of eu: U+02BC is an apostrophe, never a letter. */
#define MODIFIER "\xca\xbc"
#define APOSTROPHE "['\xe2\x80\x99" MODIFIER "]"
#define LETTER "(?:(?!" MODIFIER ")[\\p{L}\\p{M}])"
#define ENCLITIC \
    "(?:[sStTmMdDnNlLrR]|[lL][lLsS]|[nN][sS]|[rRvV][eE])(?!" LETTER ")"
#define CYRILLIC "[\xd0\x80-\xd4\xaf]"

static const struct pretokenizer_known patterns[] = {
    { "gpt2",
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|"
      "\\s+(?!\\S)|\\s+",
      true, false, scan_fast_gpt2 },
    { "llama3",
      CONTRACTIONS "|" PREFIX "\\p{L}+|\\p{N}{1,3}|"
      " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" SPACES,
      false, false, scan_fast_llama3 },
    { "cl100k_base",
      CONTRACTIONS "|" PREFIX "\\p{L}+|\\p{N}{1,3}|"
      " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s++\\z|" SPACES,
      false, false, scan_fast_cl100k_base },
    { "qwen2",
      CONTRACTIONS "|" PREFIX "\\p{L}+|\\p{N}|"
      " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" SPACES,
      false, false, scan_fast_qwen2 },
    { "o200k",
      PREFIX CAPITALS "*" SMALLS "+" CONTRACTIONS "?|"
      PREFIX CAPITALS "+" SMALLS "*" CONTRACTIONS "?|\\p{N}{1,3}|"
      " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|" SPACES,
      false, false, scan_fast_o200k },
    /* A space begins a piece unless another is before it. */
    { "metaspace", " +[^ ]*|[^ ]+", false, false, scan_metaspace },
    { "eu",
      " ?" APOSTROPHE ENCLITIC "|"
      "(?:[^\\r\\n\\p{L}\\p{M}\\p{N}]|" MODIFIER ")?" LETTER "+"
      "(?:(?<=" CYRILLIC ")" APOSTROPHE "(?=" CYRILLIC ")" LETTER "+)*"
      "(?:" APOSTROPHE "(?!" APOSTROPHE "|" ENCLITIC "))?|"
      "\\p{N}{1,3}| ?(?:[^\\s\\p{L}\\p{N}]|" MODIFIER ")+[\\r\\n]*|" SPACES,
      false, true, scan_fast_eu },
};

enum { PATTERN_COUNT = sizeof patterns / sizeof patterns[0] };

const char *pretokenizer_find(const char *pattern)
{
    for (size_t i = 0; i < PATTERN_COUNT; i++)
        if (strcmp(patterns[i].pattern, pattern) == 0)
            return patterns[i].name;
    return NULL;
}

bool pretokenizer_open(struct pretokenizer *p, const char *name_or_regex,
                       struct fault *fault)
{
    const char *name = pretokenizer_find(name_or_regex);

    *p = (struct pretokenizer){ 0 };
    if (!name)
        name = strcmp(name_or_regex, "cl100k") == 0 ? "llama3" : name_or_regex;
    for (size_t i = 0; i < PATTERN_COUNT; i++)
        if (strcmp(patterns[i].name, name) == 0)
            p->known = &patterns[i];
    if (p->known)
        return true;
    p->regex = regex_open(name_or_regex, fault);
    if (!p->regex)
        return false;
    p->pattern = xstrdup(name_or_regex);
    return true;
}

void pretokenizer_close(struct pretokenizer *p)
{
    regex_close(p->regex);
    free(p->pattern);
    *p = (struct pretokenizer){ 0 };
}

const char *pretokenizer_name(const struct pretokenizer *p)
{
    return p->known ? p->known->name : p->pattern;
}

const char *pretokenizer_pattern(const struct pretokenizer *p)
{
    return p->known ? p->known->pattern : p->pattern;
}

bool pretokenizer_is_bytelevel(const struct pretokenizer *p)
{
    return p->known && p->known->is_bytelevel;
}

bool pretokenizer_is_nfc(const struct pretokenizer *p)
{
    return p->known && p->known->is_nfc;
}

/* Past the character at `at`, a bad byte being one; where a search goes on. */
static size_t next_character(struct slice text, size_t at)
{
    at++;
    while (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80)
        at++;
    return at;
}

/*
 * Matches and what lies between them.  A match of nothing cuts where it stands;
 * the search goes on from there, and after the next character when it is found
 * there again (with \G it need not be), as Oniguruma's iterator does.  So a
 * call can begin at any end of a piece.
 */
static size_t cut_by_regex(const struct pretokenizer *p, struct slice text,
                           size_t at, size_t *ends, size_t cap)
{
    struct regex_search search;
    size_t count = 0, from = at, start, end;

    regex_search_init(&search, p->regex, text);
    while (at < text.len && count < cap) {
        enum regex_outcome outcome =
            from <= text.len ? regex_find(&search, from, &start, &end)
                             : REGEX_NONE;

        if (outcome == REGEX_GAVE_UP)
            break;
        if (outcome == REGEX_NONE)
            start = end = text.len;
        if (start > at)
            at = ends[count++] = start;
        if (end > start && count < cap)
            at = ends[count++] = end;
        from = end > from ? end : next_character(text, end);
    }
    regex_search_clear(&search);
    return count;
}

size_t pretokenize(const struct pretokenizer *p, struct slice text, size_t at,
                   size_t *ends, size_t cap)
{
    if (p->known)
        return p->known->scan(text, at, ends, cap);
    return cut_by_regex(p, text, at, ends, cap);
}

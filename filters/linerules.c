/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linerules - each line is judged where it stands; what stays is copied once
 * the first has gone.
 */
#include "filters/linerules.h"

#include "filters/signals.h"
#include "src/charclass.h"
#include "src/utf8.h"

const char *const linerules_names[LINE_RULE_COUNT] = {
    [LINE_MAX_WORD_LENGTH] = "line_max_word_length",
    [LINE_CITATIONS] = "line_citations",
    [LINE_ENDS] = "line_ends",
    [LINE_MIN_WORDS] = "line_min_words",
    [LINE_JAVASCRIPT] = "line_javascript",
    [LINE_POLICY] = "line_policy",
    [LINE_NOTICE] = "line_notice",
    [LINE_MENU] = "line_menu",
    [LINE_MAX_UPPER] = "line_max_upper",
    [LINE_NUMBERS] = "line_numbers",
};

bool linerules_is_switch(enum line_rule rule)
{
    switch (rule) {
    case LINE_MAX_WORD_LENGTH:
    case LINE_MIN_WORDS:
    case LINE_NOTICE:
    case LINE_MAX_UPPER:
        return false;
    default:
        return true;
    }
}

/* ---- phrases of C4: ASCII, any case ---- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool begins(const char *at, const char *end, const char *phrase)
{
    for (; *phrase; phrase++, at++)
        if (at == end || small(*at) != *phrase)
            return false;
    return true;
}

/* C4's phrases; the first letters of each and of none other begin it. */
static const struct {
    const char *text;
    enum line_phrase phrase;
} phrase_texts[] = {
    { "lorem ipsum", PHRASE_LOREM },     { "javascript", PHRASE_JAVASCRIPT },
    { "terms of use", PHRASE_POLICY },   { "privacy policy", PHRASE_POLICY },
    { "cookie policy", PHRASE_POLICY },  { "uses cookies", PHRASE_POLICY },
    { "use of cookies", PHRASE_POLICY }, { "use cookies", PHRASE_POLICY },
};

/* Do two letters, in any case, begin a phrase?  By their lower five bits. */
static bool may_begin(char first, char second)
{
    static const uint32_t seconds[32] = {
        ['l' & 31] = 1u << ('o' & 31), ['j' & 31] = 1u << ('a' & 31),
        ['t' & 31] = 1u << ('e' & 31), ['p' & 31] = 1u << ('r' & 31),
        ['c' & 31] = 1u << ('o' & 31), ['u' & 31] = 1u << ('s' & 31),
    };

    return seconds[first & 31] >> (second & 31) & 1;
}

struct line_phrases linerules_phrases(struct slice text)
{
    const char *end = text.ptr + text.len;
    struct line_phrases found = { { 0 } };

    for (const char *at = text.ptr; end - at >= 10; at++) {
        if (!may_begin(at[0], at[1]))
            continue;
        for (size_t i = 0; i < sizeof phrase_texts / sizeof *phrase_texts; i++)
            found.count[phrase_texts[i].phrase] +=
                begins(at, end, phrase_texts[i].text);
    }
    return found;
}

/* ---- one line ---- */

static bool is_space(uint32_t c)
{
    return charclass_get(c) & CHAR_SPACE;
}

static struct slice strip(struct slice line)
{
    size_t begin = line.len, end = 0;

    for (size_t at = 0; at < line.len;) {
        size_t here = at;

        if (is_space(utf8_next(line, &at)))
            continue;
        begin = here < begin ? here : begin;
        end = at;
    }
    if (end == 0)
        return slice_make(line.ptr, 0);
    return slice_make(line.ptr + begin, end - begin);
}

/* Words parted by white space, the longest of them, letters and capitals. */
struct shape {
    uint64_t words, longest, letters, capitals, numbers;
};

static struct shape shape_of(struct slice line)
{
    struct shape shape = { 0 };
    uint64_t run = 0;

    for (size_t at = 0; at < line.len;) {
        uint8_t class = charclass_get(utf8_next(line, &at));

        if (class & CHAR_SPACE) {
            run = 0;
            continue;
        }
        shape.words += run++ == 0;
        shape.longest = run > shape.longest ? run : shape.longest;
        shape.letters += (class & CHAR_LETTER) != 0;
        shape.capitals += class == CHAR_LU || class == CHAR_LT;
        shape.numbers += (class & CHAR_NUMBER) != 0;
    }
    return shape;
}

/* Bytes of a citation at the [ where the text begins, or 0. */
static size_t citation_len(struct slice text)
{
    static const char *const words[] = { "[edit]", "[citation needed]" };
    size_t at = 1;

    for (size_t i = 0; i < 2; i++)
        if (text.len >= strlen(words[i]) &&
            memcmp(text.ptr, words[i], strlen(words[i])) == 0)
            return strlen(words[i]);
    while (at < text.len) {
        size_t next = at;

        if (charclass_get(utf8_next(text, &next)) != CHAR_ND)
            break;
        at = next;
    }
    return at < text.len && text.ptr[at] == ']' ? at + 1 : 0;
}

static struct slice cut_citations(struct slice line, uint64_t *count,
                                  struct arena *arena)
{
    char *copy, *to;

    if (!memchr(line.ptr, '[', line.len))
        return line;
    copy = to = arena_alloc(arena, line.len + 1);
    for (size_t at = 0; at < line.len;) {
        size_t len = line.ptr[at] == '['
                         ? citation_len(slice_make(line.ptr + at,
                                                   line.len - at))
                         : 0;

        *count += len > 0;
        if (len == 0)
            *to++ = line.ptr[at++];
        at += len;
    }
    return slice_make(copy, (size_t)(to - copy));
}

static bool ends_well(struct slice line)
{
    if (line.len == 0 || !memchr(".?!\"'", line.ptr[line.len - 1], 5))
        return false;
    return line.len < 3 || memcmp(line.ptr + line.len - 3, "...", 3) != 0;
}

/* What phrases say of the line's words, from its first in the table. */
struct marks {
    bool has_notice, is_menu;
};

static struct marks marks_of(const struct record_words *table,
                             const uint8_t *kinds, size_t word, size_t end)
{
    struct marks marks = { .is_menu = true };
    bool any = false;

    for (; word < table->word_count && table->words[word].at < end; word++) {
        uint32_t flags = table->words[word].flags;

        marks.has_notice |= (kinds[word] & PHRASE_NOTICE) != 0;
        any |= (kinds[word] & PHRASE_MENU) != 0;
        if ((flags & WORD_LETTER) && !(kinds[word] & PHRASE_MENU))
            marks.is_menu = false;
    }
    marks.is_menu &= any;
    return marks;
}

/* ---- the text ---- */

struct repair {
    const int64_t *limit;
    const struct record_words *table;
    struct line_report *report;
    struct arena *arena;
    const uint8_t *kinds; /* NULL: no rule asks for phrases */
    size_t word;          /* first word of the line at hand */
};

static bool is_on(const struct repair *r, enum line_rule rule)
{
    return r->limit[rule] != LINE_OFF;
}

static bool above(const struct repair *r, enum line_rule rule, uint64_t count)
{
    return is_on(r, rule) && (int64_t)count * SIGNAL_ONE > r->limit[rule];
}

/* The rule that takes the line, or LINE_RULE_COUNT; *line without citations. */
static enum line_rule judge(struct repair *r, struct slice *line, size_t end)
{
    struct shape shape = shape_of(*line);
    struct marks marks = { false, false };
    struct line_phrases phrases;

    if (above(r, LINE_MAX_WORD_LENGTH, shape.longest))
        return LINE_MAX_WORD_LENGTH;
    if (is_on(r, LINE_CITATIONS))
        *line = cut_citations(*line, &r->report->gone[LINE_CITATIONS],
                              r->arena);
    if (is_on(r, LINE_ENDS) && !ends_well(*line))
        return LINE_ENDS;
    if (is_on(r, LINE_MIN_WORDS) &&
        (int64_t)shape.words * SIGNAL_ONE < r->limit[LINE_MIN_WORDS])
        return LINE_MIN_WORDS;
    phrases = linerules_phrases(*line);
    if (phrases.count[PHRASE_LOREM] > 0)
        r->report->found |= FIND_LOREM;
    if (is_on(r, LINE_JAVASCRIPT) && phrases.count[PHRASE_JAVASCRIPT] > 0)
        return LINE_JAVASCRIPT;
    if (memchr(line->ptr, '{', line->len))
        r->report->found |= FIND_CURLY;
    if (is_on(r, LINE_POLICY) && phrases.count[PHRASE_POLICY] > 0)
        return LINE_POLICY;
    if (r->kinds)
        marks = marks_of(r->table, r->kinds, r->word, end);
    if (marks.has_notice && is_on(r, LINE_NOTICE) &&
        !above(r, LINE_NOTICE, shape.words))
        return LINE_NOTICE;
    if (marks.is_menu && is_on(r, LINE_MENU))
        return LINE_MENU;
    if (is_on(r, LINE_MAX_UPPER) &&
        signals_share(shape.capitals, shape.letters) > r->limit[LINE_MAX_UPPER])
        return LINE_MAX_UPPER;
    if (is_on(r, LINE_NUMBERS) && shape.letters == 0 && shape.numbers > 0)
        return LINE_NUMBERS;
    return LINE_RULE_COUNT;
}

/* Blank lines stay only where no rule is about words or ends. */
static bool keeps_blank(const struct repair *r)
{
    return !is_on(r, LINE_ENDS) && !is_on(r, LINE_MIN_WORDS);
}

/* Append the line behind a newline, or two where a blank line was before. */
static void append(char **to, const char *begin, struct slice line,
                   bool behind_blank)
{
    if (*to > begin)
        *(*to)++ = '\n';
    if (*to > begin && behind_blank)
        *(*to)++ = '\n';
    memcpy(*to, line.ptr, line.len);
    *to += line.len;
}

struct slice linerules_repair(const int64_t *limit,
                              const struct phrases *phrases, struct slice lang,
                              const struct record_words *table,
                              struct line_report *report, struct arena *arena)
{
    struct repair r = { .limit = limit, .table = table, .report = report,
                        .arena = arena };
    char *begin = arena_alloc(arena, table->text.len + 1), *to = begin;
    bool behind_blank = false;
    struct slice repaired;

    *report = (struct line_report){ 0 };
    if (phrases && (is_on(&r, LINE_NOTICE) || is_on(&r, LINE_MENU)))
        r.kinds = report->kinds = phrases_mark(phrases, lang, table, arena);
    for (size_t i = 0; i < table->line_count; i++) {
        struct span span = table->lines[i];
        struct slice line = strip(words_slice(table, span));
        size_t end = (size_t)span.at + span.len;
        enum line_rule rule = LINE_RULE_COUNT;

        if (line.len > 0) {
            rule = judge(&r, &line, end);
        } else {
            behind_blank = keeps_blank(&r);
            continue;
        }
        while (r.word < table->word_count && table->words[r.word].at < end)
            r.word++;
        if (rule != LINE_RULE_COUNT) {
            report->gone[rule]++;
            report->words_gone += shape_of(line).words;
            continue;
        }
        if (strip(line).len == 0) /* all of it was citations */
            continue;
        append(&to, begin, line, behind_blank);
        behind_blank = false;
    }
    repaired = slice_make(begin, (size_t)(to - begin));
    return slice_equal(repaired, table->text) ? table->text : repaired;
}

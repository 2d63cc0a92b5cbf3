/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals - the names and groups, and how values are printed and read again.
 */
#include "filters/signals.h"

#include <inttypes.h>
#include <stdio.h>

#include "filters/charlm.h"
#include "filters/hplt.h"
#include "filters/lz.h"
#include "filters/repetition.h"
#include "filters/score.h"
#include "src/fail.h"
#include "src/json.h"

enum signal_kind { SHARE, COUNT };

static const struct {
    const char *name;
    unsigned group;
    enum signal_kind kind;
} table[SIGNAL_COUNT] = {
    [SIGNAL_WORDS] = { "words", GROUP_BASIC, COUNT },
    [SIGNAL_WORD_LENGTH] = { "word_length", GROUP_BASIC, SHARE },
    [SIGNAL_HASHES] = { "hashes", GROUP_BASIC, SHARE },
    [SIGNAL_ELLIPSES] = { "ellipses", GROUP_BASIC, SHARE },
    [SIGNAL_BULLET_LINES] = { "bullet_lines", GROUP_BASIC, SHARE },
    [SIGNAL_ELLIPSIS_LINES] = { "ellipsis_lines", GROUP_BASIC, SHARE },
    [SIGNAL_ALPHA_WORDS] = { "alpha_words", GROUP_BASIC, SHARE },
    [SIGNAL_STOP_WORDS] = { "stop_words", GROUP_BASIC, COUNT },
    [SIGNAL_ENDED_LINES] = { "ended_lines", GROUP_BASIC, SHARE },
    [SIGNAL_SHORT_LINES] = { "short_lines", GROUP_BASIC, SHARE },
    [SIGNAL_REPEATED_CHARS] = { "repeated_chars", GROUP_BASIC, SHARE },
    [SIGNAL_NEWLINES] = { "newlines", GROUP_BASIC, SHARE },
    [SIGNAL_DUP_PARAGRAPHS] = { "dup_paragraphs", GROUP_BASIC, SHARE },
    [SIGNAL_DUP_PARAGRAPH_CHARS] = { "dup_paragraph_chars", GROUP_BASIC,
                                     SHARE },
    [SIGNAL_DUP_LINES] = { "dup_lines", GROUP_BASIC, SHARE },
    [SIGNAL_DUP_LINE_CHARS] = { "dup_line_chars", GROUP_BASIC, SHARE },
    [SIGNAL_CHARS] = { "chars", GROUP_CHARS, COUNT },
    [SIGNAL_LETTERS] = { "letters", GROUP_CHARS, SHARE },
    [SIGNAL_DIGITS] = { "digits", GROUP_CHARS, SHARE },
    [SIGNAL_SPACES] = { "spaces", GROUP_CHARS, SHARE },
    [SIGNAL_PUNCTUATION] = { "punctuation", GROUP_CHARS, SHARE },
    [SIGNAL_NON_ALNUM] = { "non_alnum", GROUP_CHARS, SHARE },
    [SIGNAL_UPPER] = { "upper", GROUP_CHARS, SHARE },
    [SIGNAL_CURLY] = { "curly", GROUP_CHARS, COUNT },
    [SIGNAL_LESS_THAN] = { "less_than", GROUP_CHARS, SHARE },
    [SIGNAL_PARENTHESES] = { "parentheses", GROUP_CHARS, SHARE },
    [SIGNAL_BRACKETS] = { "brackets", GROUP_CHARS, COUNT },
    [SIGNAL_UNBALANCED] = { "unbalanced", GROUP_CHARS, COUNT },
    [SIGNAL_URLS] = { "urls", GROUP_CHARS, SHARE },
    [SIGNAL_URL_CHARS] = { "url_chars", GROUP_CHARS, SHARE },
    [SIGNAL_GARBLED] = { "garbled", GROUP_CHARS, SHARE },
    [SIGNAL_LINES] = { "lines", GROUP_LINES, COUNT },
    [SIGNAL_LINE_LENGTH] = { "line_length", GROUP_LINES, SHARE },
    [SIGNAL_LONG_LINES] = { "long_lines", GROUP_LINES, COUNT },
    [SIGNAL_UPPER_LINES] = { "upper_lines", GROUP_LINES, SHARE },
    [SIGNAL_NUMBER_LINES] = { "number_lines", GROUP_LINES, SHARE },
    [SIGNAL_LONE_WORDS] = { "lone_words", GROUP_LINES, SHARE },
    [SIGNAL_HEADER_LINES] = { "header_lines", GROUP_LINES, SHARE },
    [SIGNAL_FOOTER_LINES] = { "footer_lines", GROUP_LINES, SHARE },
    [SIGNAL_SENTENCES] = { "sentences", GROUP_LINES, COUNT },
    [SIGNAL_SENTENCE_WORDS] = { "sentence_words", GROUP_LINES, SHARE },
    [SIGNAL_LOREM] = { "lorem", GROUP_PHRASES, COUNT },
    [SIGNAL_JAVASCRIPT] = { "javascript", GROUP_PHRASES, COUNT },
    [SIGNAL_POLICY] = { "policy", GROUP_PHRASES, COUNT },
    [SIGNAL_BOILERPLATE] = { "boilerplate", GROUP_PHRASES, SHARE },
    [SIGNAL_ADULT] = { "adult", GROUP_PHRASES, SHARE },
    [SIGNAL_GONE_WORDS] = { "gone_words", GROUP_PHRASES, SHARE },
    [SIGNAL_UNIQUE_WORDS] = { "unique_words", GROUP_VOCABULARY, SHARE },
    [SIGNAL_ENTROPY] = { "entropy", GROUP_VOCABULARY, SHARE },
    [SIGNAL_TOP_WORD] = { "top_word", GROUP_VOCABULARY, SHARE },
    [SIGNAL_STOP_SHARE] = { "stop_share", GROUP_VOCABULARY, SHARE },
    [SIGNAL_UPPER_WORDS] = { "upper_words", GROUP_VOCABULARY, SHARE },
    [SIGNAL_NUMBER_WORDS] = { "number_words", GROUP_VOCABULARY, SHARE },
    [SIGNAL_SINGLE_CHARS] = { "single_chars", GROUP_VOCABULARY, SHARE },
    [SIGNAL_LONG_WORDS] = { "long_words", GROUP_VOCABULARY, SHARE },
    [SIGNAL_GLUED_WORDS] = { "glued_words", GROUP_VOCABULARY, SHARE },
    [SIGNAL_STUTTER] = { "stutter", GROUP_VOCABULARY, SHARE },
    [SIGNAL_COMPRESSED] = { "compressed", GROUP_COMPRESS, SHARE },
    [SIGNAL_TOP_2] = { "top_2", GROUP_GRAMS, SHARE },
    [SIGNAL_TOP_3] = { "top_3", GROUP_GRAMS, SHARE },
    [SIGNAL_TOP_4] = { "top_4", GROUP_GRAMS, SHARE },
    [SIGNAL_DUP_5] = { "dup_5", GROUP_GRAMS, SHARE },
    [SIGNAL_DUP_6] = { "dup_6", GROUP_GRAMS, SHARE },
    [SIGNAL_DUP_7] = { "dup_7", GROUP_GRAMS, SHARE },
    [SIGNAL_DUP_8] = { "dup_8", GROUP_GRAMS, SHARE },
    [SIGNAL_DUP_9] = { "dup_9", GROUP_GRAMS, SHARE },
    [SIGNAL_DUP_10] = { "dup_10", GROUP_GRAMS, SHARE },
    [SIGNAL_CHAR_REPETITION] = { "char_repetition", GROUP_CHAR_GRAMS, SHARE },
    [SIGNAL_HPLT_SCORE] = { "hplt_score", GROUP_HPLT_SCORE, SHARE },
    [SIGNAL_HPLT_URL] = { "hplt_url", GROUP_HPLT, SHARE },
    [SIGNAL_HPLT_PUNCTUATION] = { "hplt_punctuation", GROUP_HPLT, SHARE },
    [SIGNAL_HPLT_SINGULAR] = { "hplt_singular", GROUP_HPLT, SHARE },
    [SIGNAL_HPLT_NUMBERS] = { "hplt_numbers", GROUP_HPLT, SHARE },
    [SIGNAL_HPLT_REPEATED] = { "hplt_repeated", GROUP_HPLT_SCORE, SHARE },
    [SIGNAL_HPLT_LONG] = { "hplt_long", GROUP_HPLT, SHARE },
    [SIGNAL_HPLT_GREAT] = { "hplt_great", GROUP_HPLT, SHARE },
    [SIGNAL_HPLT_INFORMATION] = { "hplt_information", GROUP_HPLT_SCORE, SHARE },
    [SIGNAL_HPLT_SHORT] = { "hplt_short", GROUP_HPLT, SHARE },
    [SIGNAL_LANG_SCORE] = { "lang_score", GROUP_LANG, SHARE },
    [SIGNAL_LANG_SHARE] = { "lang_share", GROUP_LANG, SHARE },
    [SIGNAL_CHAR_BITS] = { "char_bits", GROUP_CHARLM, SHARE },
    [SIGNAL_CHAR_RATIO] = { "char_ratio", GROUP_CHARLM, SHARE },
    [SIGNAL_SCORE] = { "score", GROUP_SCORE, SHARE },
};

unsigned signals_group(enum signal signal)
{
    return table[signal].group;
}

struct slice signals_name(enum signal signal)
{
    return slice_from(table[signal].name);
}

bool signals_is_count(enum signal signal)
{
    return table[signal].kind == COUNT;
}

enum signal signals_find(struct slice name)
{
    enum signal signal = 0;

    while (signal < SIGNAL_COUNT && !slice_is(name, table[signal].name))
        signal++;
    return signal;
}

int64_t signals_share(uint64_t part, uint64_t whole)
{
    if (whole == 0)
        return 0;
    return (int64_t)((part * SIGNAL_ONE + whole / 2) / whole);
}

int64_t signals_of(double number)
{
    if (!(number > 0))
        return 0;
    if (number > 1e12)
        number = 1e12;
    return (int64_t)(number * SIGNAL_ONE + 0.5);
}

/* ---- measuring ---- */

static void measure_grams(struct signals *s, const struct signal_source *from)
{
    struct repetition_grams grams;

    repetition_count_grams(&grams, from->table, from->scratch);
    for (int n = REPETITION_TOP_FIRST; n <= REPETITION_DUP_LAST; n++)
        s->value[SIGNAL_TOP_2 + n - REPETITION_TOP_FIRST] =
            signals_share(grams.chars[n], from->table->chars);
}

static void measure_compress(struct signals *s,
                             const struct signal_source *from)
{
    struct slice text = from->table->text;

    s->value[SIGNAL_COMPRESSED] = signals_share(lz_cost(text, from->scratch),
                                               text.len);
}

static void measure_lang(struct signals *s, const struct signal_source *from)
{
    s->value[SIGNAL_LANG_SCORE] = signals_of(from->lang_score);
    s->value[SIGNAL_LANG_SHARE] = signals_of(from->lang_share);
}

static void measure_charlm(struct signals *s, const struct signal_source *from)
{
    double bits = 0, usual = 0;

    if (from->charlm)
        bits = charlm_bits(from->charlm, from->lang, from->table->text, &usual);
    s->value[SIGNAL_CHAR_BITS] = signals_of(bits);
    s->value[SIGNAL_CHAR_RATIO] = usual > 0 ? signals_of(bits / usual)
                                            : SIGNAL_ONE;
}

/* The score reads other signals, so they are measured before it. */
static void measure_score(struct signals *s, const struct signal_source *from)
{
    if (!from->score)
        return;
    signals_measure(s, from, score_groups(from->score));
    s->value[SIGNAL_SCORE] = signals_of(score_of(from->score, s));
}

static const struct {
    unsigned group;
    void (*measure)(struct signals *s, const struct signal_source *from);
} groups_of[] = {
    { GROUP_BASIC, signals_measure_basic },
    { GROUP_CHARS, signals_measure_chars },
    { GROUP_LINES, signals_measure_lines },
    { GROUP_PHRASES, signals_measure_phrases },
    { GROUP_VOCABULARY, signals_measure_vocabulary },
    { GROUP_COMPRESS, measure_compress },
    { GROUP_GRAMS, measure_grams },
    { GROUP_CHAR_GRAMS, signals_measure_char_grams },
    { GROUP_HPLT, hplt_measure },
    { GROUP_HPLT_SCORE, hplt_measure_score },
    { GROUP_LANG, measure_lang },
    { GROUP_CHARLM, measure_charlm },
    { GROUP_SCORE, measure_score },
};

void signals_measure(struct signals *signals,
                     const struct signal_source *source, unsigned groups)
{
    for (size_t i = 0; i < sizeof groups_of / sizeof *groups_of; i++) {
        unsigned group = groups_of[i].group;

        if (!(groups & group & ~signals->groups))
            continue;
        signals->groups |= group;
        groups_of[i].measure(signals, source);
    }
}

/* ---- printing and reading ---- */

struct slice signals_json(const struct signals *signals, struct arena *arena)
{
    enum { ROOM = 56 }; /* name, quotes, 20 digits, point, comma */
    char *json = arena_alloc(arena, SIGNAL_COUNT * ROOM);
    size_t len = 0, cap = SIGNAL_COUNT * ROOM;

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        int64_t whole = signals->value[i] / SIGNAL_ONE;
        int64_t rest = signals->value[i] % SIGNAL_ONE;

        len += (size_t)snprintf(json + len, cap - len, "%c\"%s\":%" PRId64,
                                i == 0 ? '{' : ',', table[i].name, whole);
        if (table[i].kind == SHARE)
            len += (size_t)snprintf(json + len, cap - len, ".%06" PRId64, rest);
    }
    json[len++] = '}';
    return slice_make(json, len);
}

bool signals_number(struct slice number, int64_t *millionths)
{
    int64_t whole = 0, unit = SIGNAL_ONE;
    size_t at = 0;

    for (; at < number.len && number.ptr[at] >= '0' && number.ptr[at] <= '9';
         at++)
        if (at < 13)
            whole = whole * 10 + (number.ptr[at] - '0');
    if (at == 0 || at > 13 || whole > 1000000000000)
        return false;
    *millionths = whole * SIGNAL_ONE;
    if (at == number.len)
        return true;
    if (number.ptr[at++] != '.' || at == number.len)
        return false;
    for (; at < number.len; at++) {
        if (number.ptr[at] < '0' || number.ptr[at] > '9' || unit == 1)
            return false;
        unit /= 10;
        *millionths += unit * (number.ptr[at] - '0');
    }
    return true;
}

/*
 * A number with an exponent, as other programs write small ones (1.2e-05),
 * when it is a whole number of millionths.
 */
static bool read_exponent(struct slice number, int64_t *millionths)
{
    int64_t digits = 0;
    int power = 6, exponent = 0;
    bool has_point = false, is_negative;
    size_t at = 0;

    for (; at < number.len && (number.ptr[at] | 0x20) != 'e'; at++) {
        if (number.ptr[at] == '.') {
            has_point = true;
            continue;
        }
        if (number.ptr[at] == '-' || digits > INT64_MAX / 100)
            return false;
        digits = digits * 10 + (number.ptr[at] - '0');
        power -= has_point;
    }
    if (at == number.len)
        return false;
    is_negative = number.ptr[++at] == '-';
    at += is_negative || number.ptr[at] == '+';
    for (; at < number.len && exponent < 100; at++)
        exponent = exponent * 10 + (number.ptr[at] - '0');
    power += is_negative ? -exponent : exponent;
    for (; power > 0 && digits > 0 && digits <= INT64_MAX / 10; power--)
        digits *= 10;
    for (; power < 0 && digits % 10 == 0 && digits > 0; power++)
        digits /= 10;
    *millionths = digits;
    return digits == 0 || (power == 0 && digits / SIGNAL_ONE <= 1000000000000);
}

struct reading {
    struct signals *signals;
    bool seen[SIGNAL_COUNT];
    enum signal next; /* that is likely to come */
};

static bool read_member(void *context, const struct json_member *m,
                        struct fault *fault)
{
    struct reading *reading = context;
    enum signal signal = reading->next;
    int64_t *value;

    if (signal == SIGNAL_COUNT || !slice_is(m->key, table[signal].name))
        signal = signals_find(m->key);
    if (signal == SIGNAL_COUNT)
        return true;
    value = &reading->signals->value[signal];
    if (m->kind != JSON_NUMBER || (!signals_number(m->value, value) &&
                                   !read_exponent(m->value, value))) {
        *fault = (struct fault){ "a signal is no number of at most six "
                                 "decimals", m->at };
        return false;
    }
    if (reading->seen[signal]) {
        *fault = (struct fault){ "a signal is there twice", m->at };
        return false;
    }
    reading->seen[signal] = true;
    reading->next = signal + 1;
    return true;
}

bool signals_parse(struct signals *signals, struct slice json,
                   struct fault *fault)
{
    struct reading reading = { .signals = signals };

    signals->groups = GROUP_ALL;
    if (!json_scan(json, read_member, &reading, fault))
        return false;
    for (int i = 0; i < SIGNAL_COUNT; i++)
        if (!reading.seen[i]) {
            *fault = (struct fault){ "a signal is missing: measure again with "
                                     "--signals", 0 };
            return false;
        }
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hplt - counts for each line, then the parts, then the product.
 */
#include "filters/hplt.h"

#include <math.h>
#include <stdlib.h>

#include "src/zstd_size.h"
#include "src/unicode.h"
#include "src/utf8.h"

/* ---- what is usual ---- */

/* HPLT's medians in percent of word characters. */
struct usual {
    const char *lang; /* label, or a script */
    double numbers, punctuation, singular;
};

/* The scale of all limits: HPLT measured them for Spanish. */
static const struct usual spanish = { "spa_Latn", 1.3, 2.4, 0.3 };

static const struct usual usuals[] = {
    { "als_Latn", 1.9, 2.9, 0.5 }, { "bel_Cyrl", 1.8, 3.3, 0.7 },
    { "bul_Cyrl", 1.6, 3.3, 0.4 }, { "cat_Latn", 1.6, 3.4, 0.9 },
    { "ces_Latn", 1.5, 3.1, 0.3 }, { "cym_Latn", 1.1, 3.1, 0.9 },
    { "dan_Latn", 1.3, 2.9, 0.3 }, { "deu_Latn", 1.2, 2.8, 0.4 },
    { "ekk_Latn", 1.3, 2.9, 0.3 }, { "ell_Grek", 1.85, 2.7, 0.6 },
    { "eng_Latn", 1.3, 2.9, 0.5 }, { "est_Latn", 1.3, 2.9, 0.3 },
    { "eus_Latn", 1.4, 2.9, 0.3 }, { "fin_Latn", 1.4, 2.7, 0.3 },
    { "fra_Latn", 1.3, 3.4, 1.0 }, { "gle_Latn", 1.1, 2.5, 0.4 },
    { "glg_Latn", 1.8, 2.4, 0.4 }, { "hun_Latn", 1.2, 3.2, 0.3 },
    { "isl_Latn", 1.5, 2.3, 0.3 }, { "ita_Latn", 1.5, 2.9, 0.7 },
    { "kat_Geor", 1.8, 3.1, 0.4 }, { "lav_Latn", 1.5, 3.3, 0.4 },
    { "lit_Latn", 1.2, 3.2, 0.4 }, { "lvs_Latn", 1.5, 3.3, 0.4 },
    { "mkd_Cyrl", 1.6, 2.6, 0.4 }, { "mlt_Latn", 1.4, 6.4, 0.3 },
    { "nld_Latn", 1.1, 2.4, 0.3 }, { "nno_Latn", 1.6, 2.9, 0.3 },
    { "nob_Latn", 1.3, 2.7, 0.3 }, { "pol_Latn", 1.5, 2.8, 0.3 },
    { "por_Latn", 1.8, 3.1, 0.5 }, { "ron_Latn", 1.7, 3.1, 0.4 },
    { "rus_Cyrl", 1.6, 3.1, 0.4 }, { "slk_Latn", 1.5, 2.9, 0.3 },
    { "slv_Latn", 1.4, 3.0, 0.3 }, { "spa_Latn", 1.3, 2.4, 0.3 },
    { "sqi_Latn", 1.9, 2.9, 0.5 }, { "swe_Latn", 1.3, 2.3, 0.3 },
    { "tur_Latn", 1.4, 2.5, 0.4 }, { "ukr_Cyrl", 1.5, 3.3, 0.5 },
    /* means of a script */
    { "Cyrl", 1.91, 3.18, 0.49 }, { "Geor", 1.8, 3.1, 0.4 },
    { "Grek", 1.85, 2.7, 0.6 }, { "Latn", 1.52, 3.05, 0.46 },
};

enum { LATIN = sizeof usuals / sizeof *usuals - 1 };

static const struct usual *usual_of(struct slice lang)
{
    for (size_t i = 0; i <= LATIN; i++)
        if (slice_is(lang, usuals[i].lang))
            return &usuals[i];
    if (lang.len > 4) {
        struct slice script = { lang.ptr + lang.len - 4, 4 };

        for (size_t i = 0; i <= LATIN; i++)
            if (slice_is(script, usuals[i].lang))
                return &usuals[i];
    }
    return &usuals[LATIN];
}

/* ---- kinds of characters ---- */

enum kind { PUNCTUATION = 1, SINGULAR = 2, NUMBER = 4, SPACE = 8 };

static const struct range {
    uint32_t first, last;
    unsigned kind;
} ranges[] = {
    { 0x23, 0x26, SINGULAR }, { 0x2a, 0x2b, SINGULAR },
    { 0x2f, 0x2f, SINGULAR }, { 0x3c, 0x3e, SINGULAR },
    { 0x40, 0x40, SINGULAR }, { 0x5c, 0x5c, SINGULAR },
    { 0x7c, 0x7c, SINGULAR }, { 0x7e, 0x7e, SINGULAR },
    { 0xa2, 0xb3, SINGULAR }, { 0xb8, 0xbe, SINGULAR },
    { 0xd7, 0xd7, SINGULAR }, { 0xf7, 0xf7, SINGULAR },
    { 0x2b0, 0x385, SINGULAR }, { 0x483, 0x489, SINGULAR },
    { 0x559, 0x55f, SINGULAR }, { 0x2010, 0x2d00, SINGULAR },
    { 0x2de0, 0x2e52, SINGULAR }, { 0x10000, 0x1ffff, SINGULAR },
    { 0xa670, 0xa67f, SINGULAR }, { 0x3200, 0x33ff, SINGULAR },
    { 0x21, 0x22, PUNCTUATION }, { 0x27, 0x29, PUNCTUATION },
    { 0x2c, 0x2e, PUNCTUATION }, { 0x3a, 0x3b, PUNCTUATION },
    { 0x3f, 0x3f, PUNCTUATION }, { 0x5b, 0x5b, PUNCTUATION },
    { 0x5d, 0x5d, PUNCTUATION }, { 0x60, 0x60, PUNCTUATION },
    { 0xa1, 0xa1, PUNCTUATION }, { 0xb4, 0xb5, PUNCTUATION },
    { 0xb7, 0xb7, PUNCTUATION }, { 0xbf, 0xbf, PUNCTUATION },
    { 0x55c, 0x55f, PUNCTUATION }, { 0x589, 0x5c7, PUNCTUATION },
    { 0x600, 0x61f, PUNCTUATION }, { 0x66a, 0x66d, PUNCTUATION },
    { 0x6d4, 0x6ed, PUNCTUATION }, { 0x700, 0x70f, PUNCTUATION },
    { 0x964, 0x965, PUNCTUATION }, { 0x104b, 0x104b, PUNCTUATION },
    { 0x1360, 0x1368, PUNCTUATION }, { 0x1800, 0x180a, PUNCTUATION },
    { 0x1ab0, 0x1aff, PUNCTUATION }, { 0x1c78, 0x1c7f, PUNCTUATION },
    { 0x1cc0, 0x1cc7, PUNCTUATION }, { 0x1fbd, 0x1fc1, PUNCTUATION },
    { 0x1fcd, 0x1fcf, PUNCTUATION }, { 0x1fdd, 0x1fdf, PUNCTUATION },
    { 0x1fed, 0x1fef, PUNCTUATION }, { 0x1ffd, 0x2027, PUNCTUATION },
    { 0x3000, 0x303f, PUNCTUATION }, { 0x4dc0, 0x4dff, PUNCTUATION },
    { 0xa6f0, 0xa6f7, PUNCTUATION }, { 0xfe10, 0xfe6f, PUNCTUATION },
    { 0xff0c, 0xff0e, PUNCTUATION }, { 0x30, 0x39, NUMBER },
    { 0x660, 0x669, NUMBER }, { 0x6f0, 0x6f9, NUMBER },
    { 0x964, 0x96f, NUMBER }, { 0x9f2, 0x9f9, NUMBER },
    { 0xe50, 0xe5b, NUMBER }, { 0x1040, 0x1049, NUMBER },
    { 0x1369, 0x137c, NUMBER }, { 0x17e0, 0x17e9, NUMBER },
    { 0x1810, 0x1819, NUMBER }, { 0, 0x20, SPACE }, { 0x7f, 0xa0, SPACE },
    { 0x2b7e, 0x2b7e, SPACE },
};

static unsigned kind_in_ranges(uint32_t c)
{
    unsigned kind = 0;

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            kind |= ranges[i].kind;
    return kind;
}

/* What is most frequent needs no look at the ranges. */
static unsigned kind_of(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return 0;
    if (c == ' ' || c == ',')
        return c == ' ' ? SPACE : PUNCTUATION;
    if ((c >= 0xc0 && c < 0x2b0 && c != 0xd7 && c != 0xf7) ||
        (c > 0x385 && c < 0x483))
        return 0;
    return kind_in_ranges(c);
}

/* ---- counts ---- */

struct line_counts {
    uint64_t words, punctuation, singular, numbers; /* characters */
};

static struct line_counts count_line(struct slice line)
{
    struct line_counts n = { 0 };

    for (size_t at = 0; at < line.len;) {
        unsigned kind = kind_of(utf8_next(line, &at));

        n.words += kind == 0;
        n.punctuation += (kind & PUNCTUATION) != 0;
        n.singular += (kind & SINGULAR) != 0;
        n.numbers += (kind & NUMBER) != 0;
    }
    return n;
}

struct document {
    const struct line_counts *lines; /* [count], blank ones too */
    size_t count;
    struct line_counts sum;
    double menu, long_min, long_max; /* lengths in word characters */
};

static double rounded(double number)
{
    return floor(number * 10 + 0.5) / 10;
}

/* From low..high onto from..to. */
static double scale(double value, double low, double high, double from,
                    double to)
{
    if (low == high)
        return 0;
    return from + (value - low) / (high - low) * (to - from);
}

static double percent(uint64_t part, uint64_t words)
{
    return rounded((double)part / (double)words * 100);
}

static uint64_t count_of(const struct line_counts *line, enum kind kind)
{
    return kind == SINGULAR ? line->singular : line->numbers;
}

/* The line where the kind most outnumbers word characters. */
static double accumulation(const struct document *d, enum kind kind,
                           double free, double hard)
{
    double worst = 0;

    for (size_t i = 0; i < d->count; i++) {
        double many = (double)count_of(&d->lines[i], kind);
        double words = (double)d->lines[i].words;

        if (many >= 10 && (words == 0 || many / words > 0.1))
            worst = fmax(worst, many - words);
    }
    if (worst <= free)
        return 1;
    return worst > hard ? 0 : scale(worst, free, hard, 1, 0);
}

static double url_part(const struct document *d, struct slice text)
{
    uint64_t www = 0, http = 0;
    bool any_long = false;
    double many;

    for (size_t i = 0; i < d->count; i++)
        any_long |= (double)d->lines[i].words > d->menu;
    if (!any_long)
        return 1;
    for (size_t i = 0; i + 3 <= text.len; i++) {
        www += memcmp(text.ptr + i, "www", 3) == 0;
        http += i + 4 <= text.len && memcmp(text.ptr + i, "http", 4) == 0;
    }
    many = (double)(www > http ? www : http) /
           ((double)d->sum.words / (d->menu * 80));
    if (many <= 3)
        return 1;
    return many >= 10 ? 0 : scale(many, 3, 10, 1, 0);
}

/* Share of the text in long lines that have next to no punctuation. */
static double bare_lines(const struct document *d, double half_bad)
{
    double bare = 0, share;

    for (size_t i = 0; i < d->count; i++)
        if ((double)d->lines[i].words > 3 * d->menu &&
            percent(d->lines[i].punctuation, d->lines[i].words) < half_bad)
            bare += (double)d->lines[i].words;
    share = bare / (double)d->sum.words;
    if (share < 0.05)
        return 1;
    if (share > 0.4)
        return 0;
    return share < 0.2 ? scale(share, 0.2, 0.05, 0.6, 1)
                       : scale(share, 0.4, 0.2, 0, 0.6);
}

static double punctuation_part(const struct document *d,
                               const struct usual *usual)
{
    double f = usual->punctuation / spanish.punctuation;
    double high_bad = rounded(25 * f), low_bad = rounded(0.3 * f);
    double half_bad = rounded(0.5 * f), low = rounded(0.9 * f);
    double high = rounded(2.5 * f), score, ratio;
    uint64_t marks = 0;

    if (d->sum.words == 0)
        return 0;
    for (size_t i = 0; i < d->count; i++) { /* ------- is no punctuation */
        const struct line_counts *line = &d->lines[i];

        if (line->words > 0 || line->numbers > 0 || line->punctuation <= 5)
            marks += line->punctuation;
    }
    ratio = percent(marks, d->sum.words);
    if (ratio >= high_bad || ratio <= low_bad)
        return 0;
    if (ratio >= low && ratio <= high)
        score = 1;
    else if (ratio <= half_bad)
        score = scale(ratio, low_bad, half_bad, 0, 0.5);
    else if (ratio <= low)
        score = scale(ratio, half_bad, low, 0.5, 1);
    else
        score = scale(ratio, high, high_bad, 1, 0);
    return score < 0.3 ? score : fmin(score, bare_lines(d, half_bad));
}

static double singular_part(const struct document *d, const struct usual *usual)
{
    double f = usual->singular / spanish.singular;
    double most = fmin(rounded(10 * f), 100), bad = rounded(6 * f);
    double half_bad = rounded(2 * f), good = rounded(f), ratio, score;

    if (d->sum.words == 0)
        return 0;
    ratio = percent(d->sum.singular, d->sum.words);
    if (ratio <= good)
        score = 1;
    else if (ratio >= bad)
        score = scale(fmin(ratio, most), most, bad, 0, 0.5);
    else if (ratio >= half_bad)
        score = scale(ratio, bad, half_bad, 0.5, 0.7);
    else
        score = scale(ratio, half_bad, good, 0.7, 1);
    return score * accumulation(d, SINGULAR, 30, 250);
}

static double numbers_part(const struct document *d, const struct usual *usual)
{
    double f = usual->numbers / spanish.numbers;
    double most = fmin(rounded(30 * f), 100), good = rounded(f), ratio;

    if (d->sum.words == 0)
        return 0;
    ratio = percent(d->sum.numbers, d->sum.words);
    if (ratio >= most)
        return 0;
    return (ratio <= good ? 1 : scale(ratio, good, most, 1, 0)) *
           accumulation(d, NUMBER, 50, 1000);
}

static int line_compare(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* 1 less the share of lines, of five characters or more, that stand twice. */
static double repeated_part(const struct record_words *table,
                            struct arena *scratch)
{
    struct slice *lines = arena_alloc(scratch, (table->line_count + 1) *
                                                   sizeof *lines);
    size_t count = 0, twice = 0;

    for (size_t i = 0; i < table->line_count; i++)
        if (table->lines[i].chars > 4)
            lines[count++] = words_slice(table, table->lines[i]);
    if (count == 0)
        return 1;
    qsort(lines, count, sizeof *lines, line_compare);
    for (size_t i = 0; i < count; i++)
        twice += (i > 0 && slice_equal(lines[i], lines[i - 1])) ||
                 (i + 1 < count && slice_equal(lines[i], lines[i + 1]));
    return 1 - (double)twice / (double)count;
}

/* What zstd saves on a text of so many bytes, in percent. */
static double usual_saving(double bytes)
{
    static const double curve[][2] = {
        { 474, 39.0 }, { 500, 39.4 }, { 600, 40.8 }, { 700, 42.1 },
        { 850, 44.1 }, { 1000, 46.0 }, { 1500, 50.1 }, { 2000, 52.5 },
        { 3000, 55.6 }, { 5000, 58.8 }, { 7000, 60.4 }, { 10000, 61.9 },
        { 20000, 64.5 }, { 50000, 66.9 }, { 100000, 69.0 }, { 150000, 71.6 },
        { 180000, 72.8 },
    };
    size_t last = sizeof curve / sizeof *curve - 1, i = 0;

    if (bytes <= curve[0][0])
        return curve[0][1];
    if (bytes >= curve[last][0])
        return curve[last][1];
    while (bytes > curve[i + 1][0])
        i++;
    return scale(bytes, curve[i][0], curve[i + 1][0], curve[i][1],
                 curve[i + 1][1]);
}

static double information_part(struct slice text, struct arena *scratch)
{
    struct slice lower = unicode_lower(text, scratch);
    char *bytes = (char *)lower.ptr; /* a fresh copy */
    double saving, off;

    if (text.len == 0)
        return 0;
    for (size_t i = 0; i < lower.len; i++)
        if (bytes[i] >= '0' && bytes[i] <= '9')
            bytes[i] = '1';
    saving = rounded((1 - (double)zstd_size(lower) /
                              (double)lower.len) * 100);
    off = fabs(saving - usual_saving((double)lower.len));
    if (off <= 10 || off >= 20)
        return off <= 10;
    return off <= 15 ? scale(off, 10, 15, 1, 0.7) : scale(off, 15, 20, 0.7, 0);
}

/* How much the lengths of lines differ: their deviation by their mean. */
static double short_part(const struct document *d)
{
    double sum = 0, squares = 0, mean, score;

    if (d->count < 5)
        return 1;
    for (size_t i = 0; i < d->count; i++) {
        double words = fmin((double)d->lines[i].words, d->long_min);

        sum += words;
        squares += words * words;
    }
    if (sum == 0)
        return 1;
    mean = sum / (double)d->count;
    score = 1 / (1 + sqrt(fmax(squares / (double)d->count - mean * mean, 0)) /
                         mean);
    return score > 0.6 ? 1 : scale(score, 0, 0.6, 0.5, 1);
}

static void long_parts(const struct document *d, double *long_part,
                       double *great_part)
{
    uint64_t count = 0, great = 0;
    double sum = 0;

    for (size_t i = 0; i < d->count; i++) {
        double words = (double)d->lines[i].words, score;

        if (words <= d->long_min)
            continue;
        score = scale(fmin(words, d->long_max), d->long_min, d->long_max, 0, 1);
        count++;
        if (score > 0.5) {
            great++;
            sum += score + 0.1;
        }
    }
    *long_part = fmin((double)count / 10, 1);
    *great_part = great == 0 ? 0 : fmin(sum / (double)great, 1);
}

/* ---- the score ---- */

enum { FACTORS = 7, ALPHA_TENTHS = 29 };

static double product(const double *factors)
{
    double sum = 0, result = 1;

    for (int i = 0; i < FACTORS; i++) {
        if (factors[i] < 0.1)
            return 0;
        sum += pow(factors[i], -ALPHA_TENTHS / 10.0);
    }
    for (int i = 0; i < FACTORS; i++)
        result *= pow(factors[i],
                      3 * pow(factors[i], -ALPHA_TENTHS / 10.0) / sum);
    return result;
}

static struct document count_lines(const struct signal_source *from,
                                   const struct usual *usual)
{
    const struct record_words *table = from->table;
    struct line_counts *lines =
        arena_alloc(from->scratch, (table->line_count + 1) * sizeof *lines);
    double f = spanish.punctuation / usual->punctuation;
    struct document d = { .lines = lines, .count = table->line_count,
                          .menu = floor(30 * f + 0.5),
                          .long_min = floor(250 * f + 0.5),
                          .long_max = floor(1000 * f + 0.5) };

    for (size_t i = 0; i < table->line_count; i++) {
        lines[i] = count_line(words_slice(table, table->lines[i]));
        d.sum.words += lines[i].words;
        d.sum.singular += lines[i].singular;
        d.sum.numbers += lines[i].numbers;
    }
    return d;
}

void hplt_measure(struct signals *s, const struct signal_source *from)
{
    const struct usual *usual = usual_of(from->lang);
    struct document d = count_lines(from, usual);
    double long_part, great_part;

    long_parts(&d, &long_part, &great_part);
    s->value[SIGNAL_HPLT_URL] = signals_of(url_part(&d, from->table->text));
    s->value[SIGNAL_HPLT_PUNCTUATION] =
        signals_of(punctuation_part(&d, usual));
    s->value[SIGNAL_HPLT_SINGULAR] = signals_of(singular_part(&d, usual));
    s->value[SIGNAL_HPLT_NUMBERS] = signals_of(numbers_part(&d, usual));
    s->value[SIGNAL_HPLT_SHORT] = signals_of(short_part(&d));
    s->value[SIGNAL_HPLT_LONG] = signals_of(long_part);
    s->value[SIGNAL_HPLT_GREAT] = signals_of(great_part);
}

static double part_of(const struct signals *s, enum signal signal)
{
    return (double)s->value[signal] / SIGNAL_ONE;
}

void hplt_measure_score(struct signals *s, const struct signal_source *from)
{
    double factors[FACTORS];

    signals_measure(s, from, GROUP_HPLT);
    s->value[SIGNAL_HPLT_REPEATED] =
        signals_of(repeated_part(from->table, from->scratch));
    s->value[SIGNAL_HPLT_INFORMATION] =
        signals_of(information_part(from->table->text, from->scratch));
    factors[0] = part_of(s, SIGNAL_HPLT_URL);
    factors[1] = part_of(s, SIGNAL_HPLT_PUNCTUATION);
    factors[2] = part_of(s, SIGNAL_HPLT_SINGULAR);
    factors[3] = part_of(s, SIGNAL_HPLT_NUMBERS);
    factors[4] = part_of(s, SIGNAL_HPLT_REPEATED);
    factors[5] = part_of(s, SIGNAL_HPLT_INFORMATION);
    factors[6] = part_of(s, SIGNAL_HPLT_SHORT);
    s->value[SIGNAL_HPLT_SCORE] = signals_of(
        (8 + part_of(s, SIGNAL_HPLT_LONG) + part_of(s, SIGNAL_HPLT_GREAT)) *
        product(factors));
}

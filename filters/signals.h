/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals.h - what can be measured of a text, for rules to judge.
 *
 * Every published filter that needs no neural model is a limit on one of these
 * numbers.  They are measured group by group, when a rule first asks, from one
 * table of the text's words and lines (src/words.h).  A share whose whole is
 * empty is 0.  "Words" are without symbols, unless it says "with symbols";
 * "lines" are those that are not blank, unless it says "all lines".
 *
 * BASIC, as the datatrove library defines them (Gopher quality and repetition,
 * FineWeb), for FineWeb-2's thresholds were learnt so:
 *   words            how many
 *   word_length      their mean length, in characters
 *   hashes           '#' for each word with symbols
 *   ellipses         "..." and "…" for each word with symbols
 *   bullet_lines     share of all lines that begin with • or -
 *   ellipsis_lines   share of all lines that end in an ellipsis
 *   alpha_words      share of words with symbols that hold a letter
 *   stop_words       how many different words of the language's list occur
 *   ended_lines      share of lines that end a sentence
 *   short_lines      share of lines of 30 characters or less
 *   repeated_chars   characters of duplicate lines, in all characters but \n
 *   newlines         \n for each word with symbols
 *   dup_paragraphs, dup_paragraph_chars, dup_lines, dup_line_chars
 *                    filters/repetition.h: shares of paragraphs, of lines, and
 *                    else of all characters
 * CHARS
 *   chars            how many
 *   letters, digits, spaces, punctuation      shares of characters: with marks;
 *                    numbers of any kind; White_Space; categories P*
 *   non_alnum        share that is no letter, mark, number or white space
 *   upper            share of letters that are capitals
 *   curly            how many {
 *   less_than        share that is <
 *   parentheses      share that is ( or )
 *   brackets         how many [ ] { }
 *   unbalanced       how many ( [ { have no fellow, or ) ] }, by count alone
 *   urls             "http://", "https://", "www." for each word with symbols
 *   url_chars        share of characters from there to the next white space
 *   garbled          share that is U+FFFD, a C1 control, of private use, or
 *                    Ã or Â before another of U+0080..U+00BF
 * LINES
 *   lines            how many
 *   line_length      mean characters
 *   long_lines       how many of 200 characters or more (mC4's paragraphs)
 *   upper_lines      share of which more than half of the letters are capitals
 *   number_lines     share without a letter
 *   lone_words       share of fewer than two words
 *   header_lines, footer_lines   share of lines under 100 characters in the
 *                    first, in the last fifth of the lines (OSCAR)
 *   sentences        how many: filters/sentences.h
 *   sentence_words   words for each sentence
 * PHRASES
 *   lorem, javascript, policy    how often C4's phrases occur
 *   boilerplate      share of words in a phrase of notices or menus
 *   adult            share of words in a phrase of pornography
 *   gone_words       share of words that the line rules took away
 * VOCABULARY
 *   unique_words     different words for each word
 *   entropy          of the words, in nats
 *   top_word         share of the most frequent word
 *   stop_share       share of words that are on the list that comes with mlin
 *   upper_words      share of words of two letters or more, all capitals
 *   number_words     share of words without a letter
 *   single_chars     share of words of one character
 *   long_words       share of words of more than 25 characters
 *   glued_words      share of words with a capital behind a small letter
 *   stutter          share of words equal to the word before
 * COMPRESS
 *   compressed       filters/lz.h: share of its bytes that the text takes
 * GRAMS
 *   top_2 ... top_4, dup_5 ... dup_10         filters/repetition.h
 * CHAR_GRAMS
 *   char_repetition  as data-juicer: of all runs of 10 characters, the share of
 *                    the most frequent ones, as many as the square root of how
 *                    many differ, but none that occurs once; of the first
 *                    1,048,576 characters
 * HPLT
 *   hplt_score and its parts     filters/hplt.h
 * LANG
 *   lang_score       of the record; 1 where it has none
 *   lang_share       share of the bytes of its lang_spans (mlin langid --spans)
 *                    that are in the record's language; 1 where it has none
 * CHARLM
 *   char_bits        filters/charlm.h: bits a character under the model of the
 *                    language; 0 without a model
 *   char_ratio       the same by the language's usual; 1 without a model
 * SCORE
 *   score            filters/score.h: how likely a reader calls it good
 *
 * A signal is a whole number of millionths, rounded half up, and that number is
 * what a rule judges and what is printed: who judges the printed signals again
 * gets the same verdict.
 */
#ifndef MLIN_FILTERS_SIGNALS_H
#define MLIN_FILTERS_SIGNALS_H

#include <stdbool.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/fail.h"
#include "src/slice.h"
#include "src/words.h"

/* In the order of judging: what costs most comes last. */
enum signal {
    SIGNAL_WORDS, SIGNAL_WORD_LENGTH, SIGNAL_HASHES, SIGNAL_ELLIPSES,
    SIGNAL_BULLET_LINES, SIGNAL_ELLIPSIS_LINES, SIGNAL_ALPHA_WORDS,
    SIGNAL_STOP_WORDS,
    SIGNAL_ENDED_LINES, SIGNAL_SHORT_LINES, SIGNAL_REPEATED_CHARS,
    SIGNAL_NEWLINES,
    SIGNAL_DUP_PARAGRAPHS, SIGNAL_DUP_PARAGRAPH_CHARS, SIGNAL_DUP_LINES,
    SIGNAL_DUP_LINE_CHARS,
    SIGNAL_CHARS, SIGNAL_LETTERS, SIGNAL_DIGITS, SIGNAL_SPACES,
    SIGNAL_PUNCTUATION, SIGNAL_NON_ALNUM, SIGNAL_UPPER, SIGNAL_CURLY,
    SIGNAL_LESS_THAN, SIGNAL_PARENTHESES, SIGNAL_BRACKETS, SIGNAL_UNBALANCED,
    SIGNAL_URLS, SIGNAL_URL_CHARS, SIGNAL_GARBLED,
    SIGNAL_LINES, SIGNAL_LINE_LENGTH, SIGNAL_LONG_LINES, SIGNAL_UPPER_LINES,
    SIGNAL_NUMBER_LINES, SIGNAL_LONE_WORDS, SIGNAL_HEADER_LINES,
    SIGNAL_FOOTER_LINES, SIGNAL_SENTENCES, SIGNAL_SENTENCE_WORDS,
    SIGNAL_LOREM, SIGNAL_JAVASCRIPT, SIGNAL_POLICY, SIGNAL_BOILERPLATE,
    SIGNAL_ADULT, SIGNAL_GONE_WORDS,
    SIGNAL_UNIQUE_WORDS, SIGNAL_ENTROPY, SIGNAL_TOP_WORD, SIGNAL_STOP_SHARE,
    SIGNAL_UPPER_WORDS, SIGNAL_NUMBER_WORDS, SIGNAL_SINGLE_CHARS,
    SIGNAL_LONG_WORDS, SIGNAL_GLUED_WORDS, SIGNAL_STUTTER,
    SIGNAL_COMPRESSED,
    SIGNAL_TOP_2, SIGNAL_TOP_3, SIGNAL_TOP_4,
    SIGNAL_DUP_5, SIGNAL_DUP_6, SIGNAL_DUP_7, SIGNAL_DUP_8, SIGNAL_DUP_9,
    SIGNAL_DUP_10,
    SIGNAL_CHAR_REPETITION,
    SIGNAL_HPLT_SCORE, SIGNAL_HPLT_URL, SIGNAL_HPLT_PUNCTUATION,
    SIGNAL_HPLT_SINGULAR, SIGNAL_HPLT_NUMBERS, SIGNAL_HPLT_REPEATED,
    SIGNAL_HPLT_LONG, SIGNAL_HPLT_GREAT, SIGNAL_HPLT_INFORMATION,
    SIGNAL_HPLT_SHORT,
    SIGNAL_LANG_SCORE, SIGNAL_LANG_SHARE,
    SIGNAL_CHAR_BITS, SIGNAL_CHAR_RATIO,
    SIGNAL_SCORE,
    SIGNAL_COUNT
};

enum signal_group {
    GROUP_BASIC = 1, GROUP_CHARS = 2, GROUP_LINES = 4, GROUP_PHRASES = 8,
    GROUP_VOCABULARY = 16, GROUP_COMPRESS = 32, GROUP_GRAMS = 64,
    GROUP_CHAR_GRAMS = 128, GROUP_HPLT = 256, GROUP_LANG = 512,
    GROUP_CHARLM = 1024, GROUP_SCORE = 2048, GROUP_HPLT_SCORE = 4096,
    GROUP_ALL = 8191
};

enum { SIGNAL_ONE = 1000000 };

struct signals {
    int64_t value[SIGNAL_COUNT]; /* millionths */
    unsigned groups;             /* those that have been measured */
};

struct charlm;
struct phrases;
struct score;
struct stopwords;

/* What a text is measured by; a part that is NULL finds nothing. */
struct signal_source {
    const struct record_words *table;
    struct slice lang;
    const struct stopwords *stop_words;   /* of the rules */
    const struct stopwords *common_words; /* of the language, for stop_share */
    const struct phrases *phrases;
    const struct charlm *charlm;
    const struct score *score;
    double lang_score, lang_share; /* 1 where the record has none */
    uint64_t gone_words;     /* to line rules, and how many there were */
    uint64_t words_before;
    unsigned found;          /* enum line_find: what they saw and took */
    const uint8_t *kinds;    /* phrases_mark() of the table; NULL: make it */
    struct arena *scratch;   /* memory for as long as the call takes */
};

/* Measure those of the groups (enum signal_group) that are not there yet. */
void signals_measure(struct signals *signals,
                     const struct signal_source *source, unsigned groups);

/* The group that a signal is of, and its name. */
unsigned signals_group(enum signal signal);
struct slice signals_name(enum signal signal);

/* Is it a number of things, not a share or a mean? */
bool signals_is_count(enum signal signal);

/* The signal of that name; SIGNAL_COUNT when there is none. */
enum signal signals_find(struct slice name);

/* Millionths of part / whole, rounded half up; 0 when the whole is 0. */
int64_t signals_share(uint64_t part, uint64_t whole);
/* Millionths of a number that is not negative; it is cut off at 10^12. */
int64_t signals_of(double number);

/* {"words":57,"word_length":4.912281,...}: all, in the order above. */
struct slice signals_json(const struct signals *signals, struct arena *arena);

/*
 * The signals that signals_json() has printed, in any order, also as another
 * program prints them again (1.2e-05); false with a fault when one is missing,
 * is there twice, or is no whole number of millionths.
 * Other members are passed over.
 */
bool signals_parse(struct signals *signals, struct slice json,
                   struct fault *fault);

/* A decimal number as millionths; false when it is none, or above 10^12. */
bool signals_number(struct slice number, int64_t *millionths);

/* ---- the groups, for signals_measure() ---- */

void signals_measure_basic(struct signals *s, const struct signal_source *from);
void signals_measure_chars(struct signals *s, const struct signal_source *from);
void signals_measure_lines(struct signals *s, const struct signal_source *from);
void signals_measure_phrases(struct signals *s,
                             const struct signal_source *from);
void signals_measure_vocabulary(struct signals *s,
                                const struct signal_source *from);
void signals_measure_char_grams(struct signals *s,
                                const struct signal_source *from);

#endif

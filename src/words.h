/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words.h - the words, lines and paragraphs of a text: found once, read by
 * every stage that counts them.
 *
 *     text        Il-mara, l-għarbiel.\n\nTa' 3.14 dollars!\n
 *     words       Il mara , l għarbiel . Ta 3.14 dollars !
 *     lines       Il-mara, l-għarbiel. | (empty) | Ta' 3.14 dollars!
 *     paragraphs  Il-mara, l-għarbiel. | Ta' 3.14 dollars!
 *
 * Words follow the shape of Unicode's default word edges (UAX #29), on the
 * classes of src/charclass.h:
 *   - letters, numbers, marks and connectors (_) run together;
 *   - one of  ' ’ ‘ . ․ · : ‧ and their kin  between two letters, and one of
 *     ' ’ ‘ . , ; and their kin  between two numbers, joins;
 *   - marks and format characters belong to what stands before them;
 *   - an ideograph or a hiragana is a word of its own;
 *   - a hyphen between two letters and an apostrophe behind a letter part
 *     words and belong to none;
 *   - each other character that is not white space (nor a control, nor the
 *     zero width space) is a word, marked WORD_SYMBOL; a run of the same
 *     character (... or =====) is one.
 * Unlike UAX #29: all numbers join, not only decimal digits (m², ⅔); katakana
 * joins letters; flags and joined emoji are several words; that hyphen and that
 * apostrophe would be words, and so would each dot of a run.  Gopher's rules
 * count words without a letter, and were made with splitters that keep such
 * marks together or with their word: a good Maltese text (il-ktieb ta' Ġanni)
 * would hold too many.
 *
 * Clitics that are written with such a mark (il-, ta', fl-, mill- in Maltese;
 * l', d' in French and Italian) are found with words_clitic(), never by looking
 * at the table alone.
 *
 * Lines part at \n only; run normalize first.  A paragraph is a run of lines
 * that are not empty.
 *
 * Cost: one pass; 16 bytes of the batch's memory for each word, line and
 * paragraph.  Hence a limit: WORDS_TEXT_MAX bytes of text.
 */
#ifndef MLIN_WORDS_H
#define MLIN_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/record.h"
#include "src/slice.h"

#define WORDS_TEXT_MAX UINT32_MAX

enum word_flags {
    WORD_LETTER = 1, /* holds a letter */
    WORD_NUMBER = 2, /* holds a number */
    WORD_SYMBOL = 4, /* holds no letter, mark or number */
    WORD_INNER = 8   /* holds a joining ' ’ ‘ . or kin: see words_clitic() */
};

enum line_flags {
    LINE_BLANK = 1,    /* empty or white space alone */
    LINE_BULLET = 2,   /* begins with • or -, after white space */
    LINE_ELLIPSIS = 4, /* ends in ... or …, before white space */
    LINE_STOP = 8      /* last character has Sentence_Terminal: . ! ? ։ 。 */
};

/* A part of the text: `flags` of the kind that the table says. */
struct span {
    uint32_t at, len; /* bytes */
    uint32_t chars;   /* code points */
    uint32_t flags;
};

struct record_words {
    struct slice text;
    uint64_t chars;             /* code points of the text */
    uint64_t newlines;
    struct span *words;         /* [word_count], in order; symbols too */
    size_t word_count;
    struct span *lines;         /* [line_count]; a last \n begins no line */
    size_t line_count;
    struct span *paragraphs;    /* [paragraph_count]; flags 0 */
    size_t paragraph_count;
};

/*
 * The table of a record's text, made when first asked for; valid as long as
 * the batch, or until record_set_text().  One thread at a time, as the batch.
 */
const struct record_words *record_words(struct batch *batch,
                                        struct record *record);

/*
 * The same for any valid UTF-8; memory is the arena's.  A text above
 * WORDS_TEXT_MAX is a bug in the caller: a stage that reads words must refuse
 * a --max-line above words_line_max() in its open.
 */
void words_split(struct record_words *table, struct slice text,
                 struct arena *arena);

/* The words alone: no lines, paragraphs or counts. */
void words_find(struct record_words *table, struct slice text,
                struct arena *arena);

/*
 * The same table, but words are parted by white space alone; WORD_SYMBOL: all
 * its characters are marks by the datatrove library's list.  No clitics.
 */
void words_split_blanks(struct record_words *table, struct slice text,
                        struct arena *arena);

/* The longest line whose text is sure to fit (NFC may lengthen a text). */
uint64_t words_line_max(void);

static inline struct slice words_slice(const struct record_words *table,
                                       struct span span)
{
    return slice_make(table->text.ptr + span.at, span.len);
}

/*
 * The word as a clitic: up to its first inner ' or ’ with it (l' of l'eau),
 * else with the - ' ’ or . that follows without a gap (il- of il-mara, ta').
 * False when there is neither.
 */
bool words_clitic(const struct record_words *table, struct span word,
                  struct slice *clitic);

/* Has the character the property Sentence_Terminal (Unicode 16)? */
bool words_ends_sentence(uint32_t code_point);

#endif

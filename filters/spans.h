/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans.h - the long runs of words that stood before, in an earlier text or
 * earlier in the same: which are they, and where did they stand?
 *
 * A window is `length` words in a row (filters/shingle.h says what is the same
 * word; digits must be equal, too).  A word is repeated when it stands in a
 * window that stood before: in any earlier text, or further to the left in
 * this one, which it may overlap (of "a b a b a b ..." the first "a b" is all
 * that is not repeated).  All such words are found.
 *
 *     window of 50 words     |--------------------------------------------|
 *     runs of 25 words       26 of them; the anchor is that with the least
 *                            hash, the last of equals ("winnowing", Schleimer,
 *                            Wilkerson, Aiken 2003)
 *
 * Equal windows have equal anchors, so it is enough to remember those, one word
 * in 13.5, each with the place of its words; there what surrounds it is
 * compared with what surrounded it.  Instead of the words 16 bits for each are
 * kept, of the hash of the eight words that end with it.
 *
 *     words      16 bits each, of parts of texts     (filters/wordstore.h)
 *     anchors    hash of 25 words -> place           (filters/anchors.h)
 *
 * Of an anchor with eight places already, the windows around it are entered
 * one by one, each under its own hash: otherwise a phrase of 30 words in a
 * million texts would make a million comparisons for each.  Windows that stood
 * before are not kept again, nor are texts shorter than a window.
 *
 * Memory for each word that is kept: 2 bytes, and 0.8 for its share of anchors
 * of 10 to 12 bytes (length 50; 2.1 of length 16); up to 12 more for each word
 * around a phrase that is everywhere, or of a text that is made for it.  24
 * bytes for each part, and for each text its id and 2.  Real text in 24
 * languages: 2.9 in all, or 2.4 of each word that is read, where it has 7.
 *
 * What can go wrong: texts that differ in a word differ in eight checks of 16
 * bits, so that a difference inside a span is missed with the chance 2^-128; at
 * each end of a span, where fewer checks see it, one word too many is taken
 * with the chance 2^-16, two with 2^-32.  A window that differs in its first
 * or last word alone is therefore taken for equal with the chance 2^-16.
 *
 * One thread at a time, but for reading texts.
 */
#ifndef MLIN_SPANS_H
#define MLIN_SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/shingle.h"
#include "src/arena.h"
#include "src/slice.h"

enum { SPANS_LENGTH_MIN = 16, SPANS_LENGTH_MAX = 1000, SPANS_CHECK = 8 };

struct spans;

/* A text as it is compared. */
struct span_words {
    struct slice text;
    uint32_t *begins;   /* [count + 1] bytes; the last: length of the text */
    uint32_t *ends;     /* [count] */
    uint64_t *sums;     /* [count] hash of words 0 .. i */
    uint16_t *checks;   /* [count] of words i - 7 .. i */
    uint32_t *anchors;  /* [anchor_count] ascending: first words of runs */
    size_t count, anchor_count;
};

/* What is counted with: of `length` words, and the powers of the hash. */
struct spans_shape {
    size_t length, run; /* words of a window and of an anchor's run */
    size_t choices;     /* runs in a window */
    uint64_t run_power, length_power;
};

struct spans_shape spans_shape(size_t length);

/* The hash of words [first, first + n); `power` is that of n. */
static inline uint64_t spans_hash(const struct span_words *words, size_t first,
                                  size_t n, uint64_t power)
{
    uint64_t before = first > 0 ? words->sums[first - 1] : 0;

    return shingle_mix(words->sums[first + n - 1] - before * power);
}

/* Of less than 4 GiB of text; any thread. */
struct span_words *spans_read(const struct spans_shape *shape,
                              struct slice text, struct arena *arena);

/* Words [first, end) stood before, as words [at, ...) of `id`. */
struct span_match {
    size_t first, end;
    uint64_t at;
    struct slice id;    /* as given with that text, or of this one */
};

struct span_matches {
    struct span_match *list; /* [count] ascending, apart; may touch */
    size_t count, cap;
};

/* `memory` is the bytes that it may take, 0 = no limit. */
struct spans *spans_new(const struct spans_shape *shape, uint64_t memory);

/*
 * What of the text stood before; and keep the rest in mind under this id, which
 * has at most NAMES_LEN_MAX bytes.  False when the memory would not do: then
 * nothing more may be asked.
 */
bool spans_take(struct spans *spans, const struct span_words *words,
                struct slice id, struct arena *arena,
                struct span_matches *matches);

uint64_t spans_word_count(const struct spans *spans); /* that are kept */
uint64_t spans_bytes(const struct spans *spans);
void spans_free(struct spans *spans);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sentences.h - how many sentences a line holds, by a rule that needs no list
 * of abbreviations and no language.
 *
 * A sentence ends behind a run of characters of Sentence_Terminal (. ! ? 。 …:
 * words_ends_sentence()) and the closing quotes and brackets that follow, when
 * white space or the end of the line comes next; a single full stop ends none
 * before a small letter ("bzw. so"), nor behind a single capital ("J. Smith").
 * What is left behind the last end is a sentence too, if it is not blank.
 *
 * C4 counts with a learnt splitter for English (NLTK's Punkt), which this does
 * not try to be: docs/decisions.md says how far they differ.
 */
#ifndef MLIN_FILTERS_SENTENCES_H
#define MLIN_FILTERS_SENTENCES_H

#include <stdint.h>

#include "src/slice.h"

/* `line` is valid UTF-8.  Safe from any thread; one pass. */
uint64_t sentences_count(struct slice line);

#endif

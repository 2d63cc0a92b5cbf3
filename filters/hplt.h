/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hplt.h - the document score of HPLT's releases, after its published formula
 * and constants (Web Docs Scorer 3; Burchell et al. 2025, arXiv 2503.10267).
 *
 * Characters are counted for each line in four kinds: of words, punctuation,
 * unusual ones ("singular"), numbers.  The parts, each 0 .. 1:
 *
 *   hplt_url          few "www" or "http" for the length
 *   hplt_punctuation  its share of word characters is as usual in the language,
 *                     and few long lines lack it
 *   hplt_singular     few unusual characters, and not many in one line
 *   hplt_numbers      the same of numbers
 *   hplt_repeated     few lines that stand twice
 *   hplt_information  what a compressor saves is as usual for the length
 *   hplt_short        lines are not of very different lengths
 *   hplt_long         up to ten lines of more than about 250 characters
 *   hplt_great        how near the best of these come to about 1000
 *
 *   hplt_score        0 .. 10: (8 x language + long + great) times the product
 *                     of the first seven, each to a power that is the higher
 *                     the worse it is; 0 where one is below 0.1
 *
 * What is usual was measured by HPLT for Spanish and is scaled by the medians
 * of each language (hplt.c has them); a language without one has its script's.
 *
 * Departures: the share of lines in the document's language is taken as 1, for
 * one label is all there is; HPLT's curve of what zstd saves is read off at 17
 * points, that of Latin, Greek and Cyrillic script for every script.  The part
 * that asks libzstd may change in its last digits with that library's version.
 */
#ifndef MLIN_FILTERS_HPLT_H
#define MLIN_FILTERS_HPLT_H

#include "filters/signals.h"

/* The parts that come from counts of characters in lines. */
void hplt_measure(struct signals *s, const struct signal_source *from);

/* hplt_repeated, hplt_information, and the score; measures the others too. */
void hplt_measure_score(struct signals *s, const struct signal_source *from);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bookcase.h - files of keys and sketches, mapped: which of their documents is
 * a copy, or almost a copy, of this one?
 *
 * Nothing is loaded.  Keys and uids are hashes, spread evenly, so where one
 * must be can be told: a look-up touches two or three pages of each run for
 * each key, and as many for each candidate.  Time is linear in the number of
 * runs, and hardly depends on their size while they fit the system's cache.
 *
 * What is found is what filters/near.h finds, by the same rules: a candidate
 * has a key in common, by its highest 36 bits; the same text is best, then the
 * highest estimate.  Of equals the one of the first book, then of the least
 * priority, then of the least uid.  Of one key at most 64 documents of a run
 * are looked at.
 *
 * Any thread, as soon as it is filled.  Sums are not looked at (mlin index
 * --check does): a damaged book gives a fault, or other documents.
 */
#ifndef MLIN_BOOKCASE_H
#define MLIN_BOOKCASE_H

#include <stdbool.h>
#include <stdint.h>

#include "filters/sketch.h"
#include "filters/sketchbook.h"
#include "src/fail.h"
#include "src/hash.h"

enum { BOOKCASE_KEY_BITS = 36 };

struct bookcase;

struct bookcase_hit {
    bool is_exact;        /* the same text */
    unsigned thousandths; /* the estimate of J: 1000 for the same text */
    size_t book;          /* 0, 1, ... as they were added */
    uint64_t priority, uid;
    struct slice name;    /* its id as JSON, ptr NULL: none; of the bookcase */
};

struct bookcase *bookcase_new(const struct sketch_params *params);

/* Map all runs of a book, which may be closed then. */
void bookcase_add(struct bookcase *bookcase, const struct sketchbook *book);

/*
 * The best document whose estimate is `least` or more, in thousandths; false
 * when there is none, or a book is damaged: `fault` says so, and hit->book
 * which one.  `entries` [bands + 1] is NULL, or gets how many documents each
 * key has, as far as they were looked at: of the text's hash first, then of the
 * bands.  (Not when the same text was found.)
 */
bool bookcase_find(const struct bookcase *bookcase, const struct sketch *sketch,
                   struct hash128 text, unsigned least,
                   struct bookcase_hit *hit, uint32_t *entries,
                   struct fault *fault);

/* Dies of a fault that bookcase_find() told, if there is one. */
void bookcase_check(const struct bookcase *bookcase,
                    const struct bookcase_hit *hit, const struct fault *fault);

void bookcase_free(struct bookcase *bookcase);

#endif

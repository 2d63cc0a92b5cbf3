/* SPDX-License-Identifier: Apache-2.0 */
/*
 * added.h - finding added tokens in text, as Hugging Face does.
 *
 * The leftmost match counts, of those the longest, of whole contents; then the
 * flags are looked at: a single-word token inside of a word is passed over,
 * lstrip and rstrip swallow the white space beside it.
 *
 * Linear in the text, times the length of the longest added token at worst.
 * Read only after added_new(): any number of threads may share it.
 */
#ifndef MLIN_TOKENIZER_ADDED_H
#define MLIN_TOKENIZER_ADDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"
#include "tokenizer/vocab.h"

struct added;

/*
 * The added tokens of `vocab` that are looked for after normalisation
 * (`normalized`), or before.  With `specials` false, special tokens in text are
 * ordinary text.  NULL when nothing would ever be found.
 */
struct added *added_new(const struct vocab *vocab, bool normalized,
                        bool specials);
void added_free(struct added *added);

struct added_match {
    size_t start, end; /* bytes of the text it takes, white space included */
    uint32_t id;
};

/* Where a search stands; begins as { 0 }. */
struct added_search {
    size_t from;   /* the search goes on here */
    size_t taken;  /* text before this is part of earlier matches */
};

/* The next match in `text`; false when there is none. */
bool added_next(const struct added *added, struct slice text,
                struct added_search *search, struct added_match *match);

#endif

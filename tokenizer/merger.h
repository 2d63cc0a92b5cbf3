/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merger.h - merges carried out in the words, and the books of their pairs kept
 * right: which pair is the most frequent for each of several askers (one; or
 * the languages of parity-aware training), and where it stands.
 *
 * What a merge changes is summed by neighbour before it is booked:
 *
 *     before | left right | after      (before, left), (right, after) fall,
 *     before |   result   | after      (before, result), (result, after) rise
 *
 * A pair with the result is complete when the merge is through, and from then
 * on its count only falls; so one below a floor need not be kept at all.  The
 * floor is guessed from the number of merges wanted; when the queue runs dry
 * above the floor that was asked for, all is counted anew with a lower one.
 *
 * Time: a merge looks at the places of its pair and nothing else.  Memory:
 * wordset.h, pairs.h, places.h; most at the beginning, when each byte of a
 * distinct word is a place.  One thread at a time.
 */
#ifndef MLIN_TOKENIZER_MERGER_H
#define MLIN_TOKENIZER_MERGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/wordset.h"

#define MERGER_NOBODY UINT32_MAX

struct merger;

/* The words are the caller's and must stay. */
struct merger *merger_new(struct wordset *set, size_t threads);
void merger_free(struct merger *m);

/*
 * No one will ask; the pairs to be merged are those of keys[count], in any
 * order, until merger_ask().
 */
void merger_expect(struct merger *m, const uint64_t *keys, size_t count);

/*
 * Group g's pairs are counted for asker[g] (< count), or MERGER_NOBODY; no pair
 * below `floor` (at least 1) will be asked for.  `merges` is how many there may
 * still be, a guess for speed alone.
 */
void merger_ask(struct merger *m, const uint32_t *asker, size_t count,
                int64_t floor, uint64_t merges);

/*
 * Take the asker's most frequent pair; of equally frequent ones that with the
 * smallest left id, then right id.  It is gone from the queue, so that one
 * which is not merged is not asked for again (but may be, after a merge).
 * False when none occurs as often as the floor.
 */
bool merger_take(struct merger *m, size_t asker, uint64_t *key);

/*
 * Merge every (left, right), from the left of each word to its right.  The
 * words may change later, but before it matters which pair is taken.
 */
void merger_merge(struct merger *m, uint32_t left, uint32_t right,
                  uint32_t result);

/* Let the words be what the merges make of them. */
void merger_settle(struct merger *m);

#endif

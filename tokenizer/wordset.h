/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordset.h - the trainer's words: a slot for each byte, in which tokens stand.
 *
 * A token of n bytes fills n slots: its id is in the first and in the last of
 * them, SLOT_INSIDE in those between.  So the token after it begins n slots on,
 * the one before it ends in the slot to the left, and a merge touches four
 * slots at most, however long the word is.
 *
 *     "abcabd" in bytes      | a  b  c  a  b  d  |
 *     7 = ab                 | 7  7  c  7  7  d  |     | is SLOT_EDGE
 *     8 = abc                | 8  .  8  7  7  d  |     . is SLOT_INSIDE
 *
 * Words begin as bytes or as characters.  A character that is no token fills
 * its slots with edges, for nothing is merged across it.
 *
 * Words are ordered by group (a language, or its development texts), and those
 * of equal weight and count stand side by side, so that what a slot's word is
 * worth is told by the run of slots that it is in.  A word may stand several
 * times, of several tables.
 *
 * Memory: 4 bytes for each byte of a distinct word and 4 for each word.  Words
 * of one byte have nothing to merge: they count, but have no slots.
 */
#ifndef MLIN_TOKENIZER_WORDSET_H
#define MLIN_TOKENIZER_WORDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/wordcount.h"

#define SLOT_EDGE UINT32_MAX         /* before each word, and after the last */
#define SLOT_INSIDE (UINT32_MAX - 1)

#define WORDSET_NONE UINT32_MAX      /* no token */

enum { WORDSET_BLOCK = 64, WORDSET_POINTS = 0x110000 };

struct wordset_run {
    uint32_t begin; /* slot; it ends where the next begins */
    uint32_t group;
    int64_t count;  /* of each of its words */
};

struct wordset_group {
    int64_t tokens;     /* that its words are now: symbols times counts */
    int64_t bytes;      /* of its words */
    int64_t characters; /* bytes that begin one */
    uint32_t end;       /* the slot after its words; the next group's begin */
};

struct wordset_table {
    const struct wordcount *words;
    uint64_t weight; /* of each occurrence; 0 leaves the table out */
    uint32_t group;
};

/* Tokens that the words begin as; WORDSET_NONE where there is none. */
struct wordset_ids {
    uint32_t bytes[256];
    const uint32_t *characters; /* [WORDSET_POINTS] by code point; NULL: words
                                   begin as bytes */
};

struct wordset {
    uint32_t *slots;              /* [slot_count] */
    size_t slot_count;
    struct wordset_run *runs;     /* [run_count], and one that begins after */
    size_t run_count, run_cap;
    uint32_t *run_of;             /* run of each WORDSET_BLOCK slots' first */
    struct wordset_group *groups; /* [group_count] */
    size_t group_count;
    uint32_t *lengths;            /* [length_cap] bytes of each token that ever
                                     stood in the words, 0 of others */
    size_t length_cap;
    bool is_bytes;                /* as long as every token is one byte */
    struct wordset_scan *scans;   /* [scan_count] tables, until they are in */
    size_t scan_count, threads;
};

/*
 * Look at tables of words, of groups below `group_count`: mark the bytes that
 * occur in used[256], and return a hash of words, weighed counts and groups
 * that does not depend on the order of words and tables.  The tables must stay
 * until wordset_load().  Dies when all pairs would occur 2^63 times, or the
 * words have 2^32 bytes.
 */
uint64_t wordset_open(struct wordset *set, const struct wordset_table *tables,
                      size_t count, size_t group_count, size_t threads,
                      bool used[256]);

/* Fill the slots with the first tokens; all bytes that occur must have one. */
void wordset_load(struct wordset *set, const struct wordset_ids *ids);

/* The token `id` has so many bytes: to be said before it is put in a slot. */
void wordset_length(struct wordset *set, uint32_t id, uint32_t bytes);

void wordset_clear(struct wordset *set);

/* Has the token stood in the words? */
static inline bool wordset_has(const struct wordset *set, uint32_t id)
{
    return id < set->length_cap && set->lengths[id] > 0;
}

/* The slot, and its run, will be asked for. */
static inline void wordset_prefetch(const struct wordset *set, uint32_t slot)
{
    __builtin_prefetch(&set->slots[slot], 1);
    __builtin_prefetch(&set->run_of[slot / WORDSET_BLOCK]);
}

/* The run that a slot is in. */
static inline const struct wordset_run *wordset_run(const struct wordset *set,
                                                    uint32_t slot)
{
    const struct wordset_run *run =
        &set->runs[set->run_of[slot / WORDSET_BLOCK]];

    while (run[1].begin <= slot)
        run++;
    return run;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordcount.h - how often each pre-token occurs: a table that only adds.
 *
 * Open addressing; an entry is 32 bytes, half a cache line, and holds words of
 * up to 23 bytes itself (most words of Cyrillic and Greek too).  Longer ones
 * lie in an arena.
 *
 *     key     24 bytes   the word, padded with zeros; last byte 1 + length
 *        or              its first 8 bytes, where it is; last byte 255
 *     count    8 bytes
 *
 * Memory: at most 64 bytes per distinct word (96 while it grows), and the
 * bytes of the long ones.  One thread at a time; tables of several threads are
 * added up, and the sum does not depend on the order.
 */
#ifndef MLIN_TOKENIZER_WORDCOUNT_H
#define MLIN_TOKENIZER_WORDCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"
#include "tokenizer/wordkey.h"

struct wordcount_slot {
    struct wordkey key; /* parts[2] == 0: free */
    uint64_t count;
};

/* {0} is an empty table. */
struct wordcount {
    struct wordcount_slot *slots; /* [cap], a power of two */
    size_t count, cap;
    uint64_t total;               /* occurrences of all words, < 2^63 */
    struct arena arena;           /* the bytes of long words */
    size_t long_bytes;            /* taken from it */
};

void wordcount_clear(struct wordcount *table);

/*
 * Add `times` occurrences (at least 1) of a word (at least one byte, copied).
 * False, adding nothing, when the total would reach 2^63.
 */
bool wordcount_add(struct wordcount *table, struct slice word, uint64_t times);

/*
 * Words on their way from one table to others: all of the table's, parted by
 * the first bits of their hash into 2^bits parts, part p being
 * [starts[p], starts[p + 1]) of fresh memory, for wordcount_part_free().  The
 * table gives up its slots and is good for wordcount_clear() only, after which
 * the words are of no use.
 */
struct wordcount_slot *wordcount_part(struct wordcount *table, unsigned bits,
                                      size_t *starts);
void wordcount_part_free(struct wordcount_slot *slots, size_t count);

/* Make room for so many words in all. */
void wordcount_reserve(struct wordcount *table, size_t count);

/* Add such words; false when the total would reach 2^63. */
bool wordcount_add_slots(struct wordcount *table,
                         const struct wordcount_slot *slots, size_t count);

/*
 * Words of `from`, in its slots [begin, end), that `into` has, too: they are
 * taken out, and their counts added.  Returns how many, and *times their
 * occurrences.  Several threads may do so for different slots; afterwards
 * wordcount_moved() is told how many were moved in all (false when the total
 * would reach 2^63), and `from` is good for
 * wordcount_next(), wordcount_sort() and clearing only.
 */
size_t wordcount_move(struct wordcount *into, struct wordcount *from,
                      size_t begin, size_t end, uint64_t *times);
bool wordcount_moved(struct wordcount *into, struct wordcount *from,
                     size_t words, uint64_t times);

/* The bytes that their long words take: for wordcount_memory(). */
size_t wordcount_long_bytes(const struct wordcount_slot *slots, size_t count);

/*
 * Add the `count` pieces of `text` that begin at `at` and end at ends[0],
 * ends[1], ...: one occurrence each, as pretokenize() gives them.
 */
void wordcount_add_pieces(struct wordcount *table, struct slice text, size_t at,
                          const size_t *ends, size_t count);

/* Add all of `from`; false, adding nothing, when the total would reach 2^63. */
bool wordcount_add_all(struct wordcount *table, const struct wordcount *from);

/*
 * The most bytes that the table takes while `more` new words are added, whose
 * long ones take `long_bytes`.
 */
size_t wordcount_memory(const struct wordcount *table, size_t more,
                        size_t long_bytes);

/* 0 when it is not there. */
uint64_t wordcount_get(const struct wordcount *table, struct slice word);

struct wordcount_item {
    struct slice word;
    uint64_t count;
};

/*
 * All words, in no order: *at begins as 0; false when there are no more.  A
 * short word lies in the table and is valid until it changes.
 */
bool wordcount_next(const struct wordcount *table, size_t *at,
                    struct wordcount_item *item);

/*
 * Sort the table in place, without more memory: from then on it is a list for
 * wordcount_at(i), i < count, in byte order, and else good for clearing only.
 */
void wordcount_sort(struct wordcount *table);
struct wordcount_item wordcount_at(const struct wordcount *table, size_t i);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * benchmarks.h - the n-grams of test sets, and which of their texts have them.
 *
 * A benchmark is a file: JSON Lines, each line an item whose strings, wherever
 * they stand in it, are its texts; or plain text, each line an item.  Packed or
 * not.  An n-gram is n words as filters/shingle.h sees them, without case and
 * accents, within one string; digits must be equal, too.
 *
 * An n-gram that stands in more than `texts_max` items of one benchmark is its
 * instructions rather than its content, and is left out (as GPT-3 did; Brown et
 * al. 2020, arXiv 2005.14165, appendix C).
 *
 *     grams   sorted by (key, digits, item), each once
 *     slots   key -> first gram of that key
 *     filter  16 bits for each gram, one of them set: most look-ups end here
 *
 * Memory: 34 to 44 bytes for each n-gram of the benchmarks.  Read only after
 * benchmarks_open(): any number of threads may share it.
 */
#ifndef MLIN_BENCHMARKS_H
#define MLIN_BENCHMARKS_H

#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"

struct benchmark {
    char *name;
    size_t first_item, item_count;
    size_t short_count;  /* items without an n-gram: too short to be found */
    size_t left_out;     /* n-grams that too many items have */
};

struct gram {
    uint64_t key, digits;
    uint32_t item;       /* of all benchmarks together */
};

struct benchmarks {
    struct benchmark *list; /* [count] */
    size_t count, cap;
    size_t item_count, n;
    struct gram *grams;     /* [gram_count] */
    size_t gram_count, gram_cap;
    uint32_t *slots;        /* [slot_mask + 1] number of a gram + 1; 0: free */
    uint64_t *filter;       /* [filter_mask + 1] bits */
    size_t slot_mask, filter_mask;
};

/*
 * Read files[count], each PATH or NAME=PATH; without a name it is that of the
 * file up to its first dot.  Dies of a file that cannot be read or understood,
 * and of two benchmarks of one name.
 */
void benchmarks_open(struct benchmarks *b, const char *const *files,
                     size_t count, size_t n, size_t texts_max);
void benchmarks_close(struct benchmarks *b);

/* The benchmark that an item is of. */
const struct benchmark *benchmarks_of(const struct benchmarks *b,
                                      uint32_t item);

/* The digits of a text in a number; any UTF-8. */
uint64_t benchmarks_digits(struct slice text);

/* Could there be a gram of this key?  Mostly right. */
static inline bool benchmarks_may_have(const struct benchmarks *b,
                                       uint64_t key)
{
    uint64_t bit = key & b->filter_mask;

    return b->filter[bit / 64] >> (bit % 64) & 1;
}

/*
 * The grams of a key and of these digits, which stand side by side: returns how
 * many.
 */
size_t benchmarks_find(const struct benchmarks *b, uint64_t key,
                       uint64_t digits, const struct gram **first);

#endif

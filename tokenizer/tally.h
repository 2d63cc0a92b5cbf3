/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally.h - words counted by many threads, in the memory of one table.
 *
 * Each thread counts into tables that it has in hand.  At the end, or when they
 * have many words, all are added to the shards: a shard has the words whose
 * hash begins alike, so that shards are filled side by side.  What one hand
 * alone has counted stays where it is.
 *
 *     pieces ─▶ tables of a hand ─▶ 64 shards
 *               8,388,608 words     all words, each in one of them
 *               in all hands
 *
 * Sums do not depend on who counted what, or when.
 *
 * Memory: 64 bytes per distinct word at most (of each language and source), 96
 * for a table that grows, and the bytes of words longer than 23; the same for
 * the words in hand, which are at most 131,072 a hand or 8,388,608 in all.  Or
 * less, as tally_new() is told.
 */
#ifndef MLIN_TOKENIZER_TALLY_H
#define MLIN_TOKENIZER_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "tokenizer/counts.h"

struct tally;
struct tally_hand;

/*
 * For so many threads at a time.  When the tables would take more than `memory`
 * bytes (0: no limit), full(context, ...) is called first, by one thread at a
 * time: it must put the tables' counts elsewhere and clear them.
 */
struct tally *tally_new(size_t threads, uint64_t memory,
                        void (*full)(void *context,
                                     struct counts *const *tables,
                                     size_t count),
                        void *context);
void tally_free(struct tally *t);

/* A hand that is free; waits when all are taken.  Give it back. */
struct tally_hand *tally_take(struct tally *t);
void tally_give(struct tally_hand *hand);

/* What follows is of a document of this language and source. */
void tally_document(struct tally_hand *hand, struct slice lang,
                    struct slice source, uint64_t text_bytes);

/* Pieces as pretokenize() gives them. */
void tally_pieces(struct tally_hand *hand, struct slice text, size_t at,
                  const size_t *ends, size_t count);

/*
 * All is counted: the tables, [*count], of which each word is in one alone.
 * Owned by the tally, but their sections may be taken.  What full() took is not
 * in them.  Afterwards, nothing may be counted.
 */
struct counts *const *tally_tables(struct tally *t, size_t *count);

/*
 * The same for a reader that has no use for shards: the tables of a few hands
 * stay where they are, and each word in one of them.
 */
struct counts *const *tally_words(struct tally *t, size_t *count);

/* After that: pieces of each language in all, as text_bytes of a section. */
const struct counts *tally_pieces_seen(const struct tally *t);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode_ids.h - the ids of a document as a line of JSON.
 *
 *     [1,2,3]
 *     {"ids":[1,2,3],"offsets":[[0,4],[4,9],[9,9]]}
 */
#ifndef MLIN_TOKENIZER_ENCODE_IDS_H
#define MLIN_TOKENIZER_ENCODE_IDS_H

#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"
#include "tokenizer/vocab.h"

/* A line, made in the arena. */
struct slice encode_ids_line(const uint32_t *ids, size_t count,
                             struct arena *arena);

/*
 * The same with the bytes of `text` that each id stands for, from and to.  The
 * first `before` and the last `after` ids stand for nothing in it.  "offsets"
 * is null where the tokens do not spell the text: it was normalised, or has
 * something that no token spells.
 */
struct slice encode_ids_offsets(const struct vocab *vocab, const uint32_t *ids,
                                size_t count, size_t before, size_t after,
                                struct slice text, struct arena *arena);

#endif

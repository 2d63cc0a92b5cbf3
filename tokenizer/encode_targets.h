/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode_targets.h - where the tokens of each language go, and their sums.
 *
 * A target is a directory of shards, or one file of ids; `{lang}` in the path
 * makes one for each language.  One thread at a time: a fold's.
 */
#ifndef MLIN_TOKENIZER_ENCODE_TARGETS_H
#define MLIN_TOKENIZER_ENCODE_TARGETS_H

#include "src/arena.h"
#include "src/slice.h"
#include "tokenizer/shard_manifest.h"

struct encode_target;

/* What a language has so far, and where its tokens go. */
struct encode_sum {
    struct slice lang;            /* as the records say; len 0 = none */
    struct encode_target *target; /* NULL = they are only counted */
    uint64_t documents, bytes, words, tokens;
};

struct encode_targets {
    const char *out;              /* path with {lang}; NULL = only count */
    const struct shard_settings *settings;
    bool wants_ids;
    struct encode_target **items; /* [count], one unless {lang} */
    size_t count, cap;
    struct encode_sum **sums;     /* [sum_count], in order of appearance */
    size_t sum_count, sum_cap;
    struct encode_sum **slots;    /* [slot_cap] of them by hash of lang */
    size_t slot_cap;
    struct arena arena;           /* the sums and their names */
};

/* The sum of a language; opens its target when there is none. */
struct encode_sum *encode_targets_find(struct encode_targets *targets,
                                       struct slice lang);

/* A document, packed in two and in four bytes where a format asks for it. */
struct encode_document {
    struct slice narrow, wide, json;
    struct slice about;           /* its row: see shard_append() */
};

void encode_targets_append(const struct encode_targets *targets,
                           struct encode_target *target,
                           const struct encode_document *document);

/*
 * Finish all shards, then give all manifests their names, so that a run that is
 * killed before is not finished anywhere.  The sums stay.
 */
void encode_targets_finish(struct encode_targets *targets);

/* The sums as a table on standard output, by the bytes of the label. */
void encode_targets_print(const struct encode_targets *targets);

void encode_targets_clear(struct encode_targets *targets);

#endif

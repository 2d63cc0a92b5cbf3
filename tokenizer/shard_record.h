/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_record.h - the lines of a manifest of shards, read and written.
 *
 *     {"manifest":1,...,"shards":[      the settings
 *     {"name":"tokens",...},            a line for each shard
 *     {"name":"tokens_00001",...}
 *     ],"documents":2,"tokens":5}       only when the run was finished
 */
#ifndef MLIN_TOKENIZER_SHARD_RECORD_H
#define MLIN_TOKENIZER_SHARD_RECORD_H

#include "tokenizer/shard_manifest.h"

struct shard_record {
    char *line;                  /* the settings, as they stand */
    char *settings;              /* the same, closed: a JSON object */
    uint64_t first;              /* "appended_to" of the settings */
    struct shard_entry *entries; /* [count] */
    size_t count, cap;
    size_t good_len;             /* bytes of the file up to the last entry */
};

/*
 * Read a manifest, a finished one or one of a run at work, whose last line may
 * have broken off.  False, with nothing in it, when it is not one.
 */
bool shard_record_read(struct shard_record *record, const char *path,
                       bool is_finished);
void shard_record_clear(struct shard_record *record);

/* The line of an entry, with what parts it from the one before; free() it. */
char *shard_record_line(const struct shard_entry *entry, bool is_first);

#endif

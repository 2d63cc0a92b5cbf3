/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_manifest.h - manifest.json of a directory of shards: what is finished.
 *
 * While a run is at work the record is manifest.json.part: a line of settings,
 * and a line for each shard, written when all its files have their names.  The
 * end of the run closes the JSON object and gives it its name.  So a run that
 * was killed leaves a record of whole shards, from which the same run goes on;
 * a record of other settings, or files that are not as it says, and it begins
 * anew.  Layout: docs/formats.md.
 *
 * One thread at a time.
 */
#ifndef MLIN_TOKENIZER_SHARD_MANIFEST_H
#define MLIN_TOKENIZER_SHARD_MANIFEST_H

#include "tokenizer/shard.h"

/* What all shards of a run have in common. */
struct shard_settings {
    const char *tokenizer;        /* path as typed */
    const char *pretokenizer;     /* as given; NULL = as the file says */
    struct hash128 tokenizer_hash;
    size_t vocab_count;
    const char *bos, *eos;        /* NULL = none */
    bool allow_special;
    double dropout;
    uint64_t seed;                /* of it */
    uint64_t shard_tokens;        /* 0: each format's own limit */
    bool append;                  /* behind the shards that are there */
    const struct shard_format *formats[SHARD_FORMATS];
    unsigned token_bytes[SHARD_FORMATS];
    size_t format_count;
};

struct shard_file {
    char *name;
    uint64_t bytes;
    struct hash128 hash;
};

struct shard_entry {
    const struct shard_format *format;
    char *name;                   /* the stem */
    uint64_t documents, tokens;
    struct hash128 digest;        /* of all rows and tokens */
    struct shard_file files[SHARD_FILES_MAX];
    size_t file_count;
};

/*
 * Make the directory and begin or go on.  Dies when it cannot, or when shards
 * of other settings stand where --append shall add some.
 */
struct shard_manifest *shard_manifest_open(const char *directory,
                                           const struct shard_settings *s);

/*
 * Shard `number` of a format, when it is finished, or NULL.  Those below
 * shard_manifest_first() belong to earlier runs and stay as they are.
 */
const struct shard_entry *
shard_manifest_find(const struct shard_manifest *manifest,
                    const struct shard_format *format, uint64_t number);
uint64_t shard_manifest_first(const struct shard_manifest *manifest,
                              const struct shard_format *format);

const char *shard_manifest_directory(const struct shard_manifest *manifest);

/* Before the first new file: take away what this run replaces. */
void shard_manifest_clear(struct shard_manifest *manifest);

/* A shard is finished; what `entry` points to is the manifest's from now on. */
void shard_manifest_add(struct shard_manifest *manifest,
                        const struct shard_entry *entry);

/* Give the manifest its name; frees it. */
void shard_manifest_close(struct shard_manifest *manifest);

#endif

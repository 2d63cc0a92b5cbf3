/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard.h - the files of tokens that a pipeline ends in, and reading them back.
 *
 *   megatron   DIR/tokens.bin                 tokens, u16 or i32
 *              DIR/tokens.idx                 lengths, places, documents
 *   datatrove  DIR/00000_unshuffled.ds        tokens, u16 or u32
 *              DIR/00000_unshuffled.ds.index     where each document ends
 *              DIR/00000_unshuffled.ds.metadata  tokenizer, token count
 *
 * All numbers are little-endian; tokens of one document follow those of the one
 * before without a gap.  Equal input gives equal bytes.  The layouts stand at
 * the top of shard_megatron.c and shard_datatrove.c.
 *
 * Memory of a writer: an output's buffer and 4 bytes for each document.
 */
#ifndef MLIN_TOKENIZER_SHARD_H
#define MLIN_TOKENIZER_SHARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/slice.h"

struct output;
struct shard_writer;
struct shard;

struct shard_format {
    const char *name;         /* as --format takes it */
    const char *tokens_name;  /* of the token file, in its directory */
    const char *index_end;    /* how a shard's path for shard_open() ends */
    const char *index_name;   /* what is published last */
    /* 2 or 4: how wide a token of so large a vocabulary is. */
    unsigned (*token_bytes)(size_t vocab_count);
    /* Write what stands beside the tokens. */
    void (*finish)(const struct shard_writer *writer);
    /* Read it: fill all of `shard` but `tokens`; see shard_open(). */
    bool (*read)(struct shard *shard, const char *path, struct fault *fault);
};

extern const struct shard_format shard_megatron, shard_datatrove;

/* The format of this name, or NULL. */
const struct shard_format *shard_format_find(struct slice name);

struct shard_writer {
    const struct shard_format *format;
    char *directory;
    const char *tokenizer;  /* its name, for the metadata; not copied */
    struct output *tokens;
    unsigned token_bytes;
    uint32_t *lengths;      /* [document_count] in tokens */
    size_t document_count, cap;
    uint64_t token_count;
};

/* Make the directory and begin; dies when it cannot. */
struct shard_writer *shard_writer_open(const struct shard_format *format,
                                       const char *directory,
                                       size_t vocab_count,
                                       const char *tokenizer);

/* The ids as the token file holds them; `to` has count * token_bytes bytes. */
void shard_pack(const uint32_t *ids, size_t count, unsigned token_bytes,
                char *to);

/*
 * Append one document of packed tokens; none is allowed and kept.  Dies when
 * the disk is full or the document has 2^31 tokens or more.
 */
void shard_append(struct shard_writer *writer, struct slice packed);

/* Publish all files, the index last; frees the writer. */
void shard_writer_close(struct shard_writer *writer);

/* A finished shard, mapped for reading; any number of threads may read it. */
struct shard {
    const struct shard_format *format;
    const unsigned char *tokens; /* [token_count * token_bytes] */
    unsigned token_bytes;
    uint64_t token_count, document_count;
    uint64_t *ends;              /* [document_count] in tokens, cumulative */
};

/*
 * Open the shard whose index (Megatron's .idx) or tokens (datatrove's .ds)
 * stand at `path`.  False with a fault for what is not one: bad magic, unknown
 * version or type, counts that disagree with each other or with the sizes of
 * the files; fault->at is a byte of the index.
 */
bool shard_open(struct shard *shard, const char *path, struct fault *fault);
void shard_close(struct shard *shard);

static inline uint32_t shard_token(const struct shard *shard, uint64_t at)
{
    const unsigned char *p = shard->tokens + at * shard->token_bytes;
    uint32_t low = (uint32_t)p[0] | (uint32_t)p[1] << 8;

    return shard->token_bytes == 2
               ? low : low | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Little-endian numbers, for the formats' own files. */
char *shard_put(char *to, uint64_t number, unsigned bytes);
uint64_t shard_get(const unsigned char *from, unsigned bytes);

/* Begin DIRECTORY/NAME; dies when it cannot. */
struct output *shard_output(const char *directory, const char *name);

/* A file, mapped; false with a fault.  An empty file gives NULL and 0. */
bool shard_map(const char *path, const unsigned char **bytes, size_t *len,
               struct fault *fault);
void shard_unmap(const unsigned char *bytes, size_t len);

#endif

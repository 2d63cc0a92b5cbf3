/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard.h - the files of tokens that a pipeline ends in, and reading them back.
 *
 *   megatron   tokens.bin              tokens, u16 or i32
 *              tokens.idx              lengths, places, documents
 *   datatrove  00000_unshuffled.ds     tokens, u16 or u32, and two files more
 *   olmo       part-0-00000.npy        tokens, u16 or u32
 *   mds        shard.00000.mds         samples; index.json names all shards
 *   litdata    chunk-0-0.bin           items; index.json names all chunks
 *   llmc       llmc_000000.bin         a header; tokens, u16 or u32
 *   nanogpt    train.bin               tokens, u16
 *
 * All numbers are little-endian; documents stand in input order and none is cut
 * in two.  Equal input gives equal bytes.  The layouts stand at the top of each
 * shard_NAME.c.  Beside each shard stands NAME.csv.gz, which says where the
 * documents in it came from (tokenizer/shard_rows.h), and in each directory
 * manifest.json, which says what is finished (tokenizer/shard_manifest.h).
 *
 * Memory of a writer: two outputs' buffers, a gzip packer, and 4 bytes for each
 * document of the shard at work; a manifest has some 300 bytes for each shard.
 */
#ifndef MLIN_TOKENIZER_SHARD_H
#define MLIN_TOKENIZER_SHARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/slice.h"

enum { SHARD_FORMATS = 7, SHARD_FILES_MAX = 4, SHARD_HEAD_MAX = 16 };

struct output;
struct shard;
struct shard_entry;
struct shard_manifest;
struct shard_writer;

struct shard_format {
    const char *name;       /* as --format takes it */
    const char *begin, *end; /* of the path that shard_open() takes, in a
                                directory: "chunk-" and ".bin" */
    const char *tokens_end; /* of the token file: stem and this */
    const char *last_end;   /* of the file that is published last */
    size_t narrow_max;      /* up to this vocabulary tokens have 2 bytes */
    bool is_narrow_only;    /* there is no form with 4 bytes */
    /* Where a shard ends unless --shard-tokens says; 0 = nowhere. */
    uint64_t shard_tokens, shard_bytes;
    /* What it can hold at most; 0 = anything. */
    uint64_t tokens_max, bytes_max;
    /* The name of shard `number` without an ending; free() it. */
    char *(*stem)(uint64_t number);
    /* What stands before a document's tokens; NULL = nothing. */
    size_t (*head)(const struct shard_writer *writer, uint64_t count,
                   char to[SHARD_HEAD_MAX]);
    /* Bytes of the file that are there whatever is in it; NULL = 0. */
    uint64_t (*fixed_bytes)(const struct shard_writer *writer);
    unsigned document_bytes; /* that a document takes elsewhere in the file */
    /* Complete the token file, which is still open; NULL = it is complete. */
    void (*complete)(const struct shard_writer *writer);
    /* Write the files beside it, by shard_publish(); NULL = there are none. */
    void (*finish)(struct shard_writer *writer);
    /* Write index.json, which names all shards; NULL = there is none. */
    void (*index)(const struct shard_writer *writer);
    /* Read it: fill all of `shard`; see shard_open(). */
    bool (*read)(struct shard *shard, const char *path, struct fault *fault);
};

extern const struct shard_format shard_megatron, shard_datatrove, shard_olmo,
    shard_mds, shard_litdata, shard_llmc, shard_nanogpt;
extern const struct shard_format *const shard_formats[SHARD_FORMATS];

/* The format of this name, or NULL. */
const struct shard_format *shard_format_find(struct slice name);

/* Does a file of this name, in a directory, look like one of the format's? */
bool shard_format_has(const struct shard_format *format, const char *name);

/*
 * How wide tokens are: 2 or 4; `asked` is that or 0.  0 when the format or the
 * vocabulary does not allow it.
 */
unsigned shard_token_bytes(const struct shard_format *format,
                           size_t vocab_count, uint64_t asked);

/* The ids as the token file holds them; `to` has count * token_bytes bytes. */
void shard_pack(const uint32_t *ids, size_t count, unsigned token_bytes,
                char *to);

/* ---- writing ---- */

struct shard_writer {
    const struct shard_format *format;
    struct shard_manifest *manifest;
    const char *directory, *tokenizer; /* not copied */
    unsigned token_bytes;
    uint64_t limit_tokens, limit_bytes; /* where a shard ends; 0 = nowhere */
    bool is_own_limit;      /* the format's, not one that was asked for */
    uint64_t number;        /* of the shard at work: 0, 1, ... */
    char *stem;             /* its name; NULL = none is at work */
    bool is_kept;           /* an earlier run finished it: only compare */
    struct output *tokens, *rows;
    struct hash_stream *digest;
    uint32_t *lengths;      /* [document_count] in tokens */
    size_t document_count, cap;
    uint64_t token_count, bytes;
    struct shard_entry *entry; /* of this shard, with its finished files */
};

/*
 * Write to the manifest's directory, behind the shards that it holds for good.
 * Documents of shards that an earlier, killed run finished are compared with
 * these, not written again.  `tokenizer` is its name, for datatrove's metadata.
 */
struct shard_writer *shard_writer_open(const struct shard_format *format,
                                       struct shard_manifest *manifest,
                                       unsigned token_bytes,
                                       uint64_t shard_tokens,
                                       const char *tokenizer);

/*
 * Append one document of packed tokens; none is allowed and kept.  `about` is
 * the rest of its row in the csv.gz: ID,SOURCE,LOCATION.  Begins a new shard
 * where this one would take the current one past its limit; a longer document
 * has a shard to itself.  Dies when the disk is full, when no shard of the
 * format can hold the document, and when a killed run had other documents.
 */
void shard_append(struct shard_writer *writer, struct slice packed,
                  struct slice about);

/* Finish the last shard and the index; frees the writer. */
void shard_writer_close(struct shard_writer *writer);

/* For formats: begin the file STEM + `end`, and publish it. */
struct output *shard_output(const struct shard_writer *writer,
                            const char *end);
void shard_publish(struct shard_writer *writer, struct output *output,
                   const char *end);

/* ---- reading ---- */

/* A finished shard, mapped for reading; any number of threads may read it. */
struct shard {
    const struct shard_format *format;
    const unsigned char *map;    /* [map_len] the token file */
    size_t map_len;
    const unsigned char *tokens; /* in the map */
    unsigned token_bytes;
    uint64_t token_count, document_count;
    uint64_t *ends;              /* [document_count] in tokens, cumulative */
    uint64_t *gaps;              /* [document_count] bytes in `tokens` before
                                    each document that are none, or NULL */
};

/*
 * Open the shard at `path`: of the given format, or (NULL) of the one that such
 * names are of.  False with a fault for what is not one: bad magic, unknown
 * version or type, counts that disagree with each other or with the sizes of
 * the files; fault->at is a byte of the file that is wrong.
 */
bool shard_open(struct shard *shard, const struct shard_format *format,
                const char *path, struct fault *fault);
void shard_close(struct shard *shard);

/* Document i's tokens, *count of them; read them by shard_get(). */
const unsigned char *shard_document(const struct shard *shard, uint64_t i,
                                    uint64_t *count);

/* Little-endian numbers, for the formats' own files. */
char *shard_put(char *to, uint64_t number, unsigned bytes);

static inline uint64_t shard_get(const unsigned char *from, unsigned bytes)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint64_t)from[i] << 8 * i;
    return number;
}

/* Set the fault and return false, for readers. */
bool shard_wrong(struct fault *fault, const char *what, size_t at);

/* A file, mapped; false with a fault.  An empty file gives NULL and 0. */
bool shard_map(const char *path, const unsigned char **bytes, size_t *len,
               struct fault *fault);
void shard_unmap(const unsigned char *bytes, size_t len);

/* Map the token file itself and make all of it from `at` on tokens. */
bool shard_map_tokens(struct shard *shard, const char *path, size_t at,
                      struct fault *fault);

/*
 * The borders of documents as the .csv.gz beside `path` has them; its width
 * when that is not known yet (token_bytes 0).  Without the file: one document,
 * or a fault if the width is not known.
 */
bool shard_read_borders(struct shard *shard, const char *path,
                        struct fault *fault);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_writer - documents into shards: where one ends, how it is finished.
 *
 * A shard that an earlier run finished before it was killed is gone through
 * without writing: it must end where it ended then, with the same digest.  So
 * whatever stands in a directory came from the documents of this run.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "src/output.h"
#include "tokenizer/shard_manifest.h"
#include "tokenizer/shard_rows.h"

enum {
    LENGTH_MAX = INT32_MAX, /* Megatron's lengths are signed */
    READ_BYTES = 256 << 10
};

struct shard_writer *shard_writer_open(const struct shard_format *format,
                                       struct shard_manifest *manifest,
                                       unsigned token_bytes,
                                       uint64_t shard_tokens,
                                       const char *tokenizer)
{
    struct shard_writer *writer = xcalloc(1, sizeof *writer);

    writer->format = format;
    writer->manifest = manifest;
    writer->directory = shard_manifest_directory(manifest);
    writer->tokenizer = tokenizer;
    writer->token_bytes = token_bytes;
    writer->is_own_limit = shard_tokens == 0;
    writer->limit_tokens = shard_tokens ? shard_tokens : format->shard_tokens;
    if (writer->is_own_limit)
        writer->limit_bytes = format->shard_bytes;
    if (format->tokens_max > 0 && (writer->limit_tokens == 0 ||
                                   writer->limit_tokens > format->tokens_max))
        writer->limit_tokens = format->tokens_max;
    if (format->bytes_max > 0 && writer->limit_bytes == 0)
        writer->limit_bytes = format->bytes_max;
    writer->number = shard_manifest_first(manifest, format);
    writer->digest = hash_stream_new();
    return writer;
}

struct output *shard_output(const struct shard_writer *writer,
                            const char *end)
{
    char *path = xprintf("%s/%s%s", writer->directory, writer->stem, end);
    struct output *output = output_open(path);

    free(path);
    return output;
}

/*
 * What the file is on the disk, for the manifest; read, not mapped, so that
 * memory does not grow with shards.
 */
static void measure(struct shard_file *file, const char *path)
{
    struct hash_stream *hash = hash_stream_new();
    char *bytes = xmalloc(READ_BYTES);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got;

    if (fd < 0)
        die("%s: %s", path, strerror(errno));
    while ((got = read(fd, bytes, READ_BYTES)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            die("%s: %s", path, strerror(errno));
        hash_stream_add(hash, slice_make(bytes, (size_t)got));
        file->bytes += (uint64_t)got;
    }
    close(fd);
    file->hash = hash_stream_take(hash);
    hash_stream_free(hash);
    free(bytes);
}

static struct shard_file *file_add(struct shard_writer *writer,
                                   const char *end)
{
    struct shard_entry *entry = writer->entry;
    struct shard_file *file = &entry->files[entry->file_count++];

    file->name = xprintf("%s%s", writer->stem, end);
    return file;
}

void shard_publish(struct shard_writer *writer, struct output *output,
                   const char *end)
{
    struct shard_file *file = file_add(writer, end);
    char *path = xprintf("%s/%s", writer->directory, file->name);

    output_close(output);
    measure(file, path);
    free(path);
}

/* Most of all bytes, so they are not read again. */
static void publish_tokens(struct shard_writer *writer)
{
    struct shard_file *file = file_add(writer, writer->format->tokens_end);

    file->bytes = output_bytes(writer->tokens);
    file->hash = output_close_hashed(writer->tokens);
}

static void shard_begin(struct shard_writer *writer)
{
    const struct shard_format *format = writer->format;

    writer->stem = format->stem(writer->number);
    writer->document_count = 0;
    writer->token_count = 0;
    writer->bytes = format->fixed_bytes ? format->fixed_bytes(writer) : 0;
    writer->is_kept = shard_manifest_find(writer->manifest, format,
                                          writer->number) != NULL;
    if (writer->is_kept)
        return;
    writer->tokens = shard_output(writer, format->tokens_end);
    output_hash(writer->tokens);
    writer->rows = shard_output(writer, ".csv.gz");
}

/* ---- finishing ---- */

static void compare(const struct shard_writer *writer,
                    const struct hash128 *digest)
{
    const struct shard_entry *kept =
        shard_manifest_find(writer->manifest, writer->format, writer->number);

    if (kept->documents != writer->document_count ||
        kept->tokens != writer->token_count ||
        kept->digest.high != digest->high || kept->digest.low != digest->low)
        die("%s/%s was written by an unfinished run of other documents; "
            "remove manifest.json.part to begin anew", writer->directory,
            writer->stem);
}

/*
 * An index means that the shard is whole, so that of an earlier run goes before
 * the tokens of this one come.
 */
static void write_files(struct shard_writer *writer)
{
    const struct shard_format *format = writer->format;
    char *last = xprintf("%s/%s%s", writer->directory, writer->stem,
                         format->last_end);

    shard_manifest_clear(writer->manifest);
    if (unlink(last) != 0 && errno != ENOENT)
        die("%s: cannot remove it: %s", last, strerror(errno));
    free(last);
    shard_publish(writer, writer->rows, ".csv.gz");
    if (format->complete)
        format->complete(writer);
    publish_tokens(writer);
    if (format->finish)
        format->finish(writer);
}

static void shard_finish(struct shard_writer *writer)
{
    struct hash128 digest = hash_stream_take(writer->digest);

    if (writer->is_kept) {
        compare(writer, &digest);
    } else {
        struct shard_entry entry = {
            .format = writer->format,
            .name = xstrdup(writer->stem),
            .documents = writer->document_count,
            .tokens = writer->token_count,
            .digest = digest
        };

        writer->entry = &entry;
        write_files(writer);
        shard_manifest_add(writer->manifest, &entry);
    }
    free(writer->stem);
    writer->stem = NULL;
    writer->number++;
}

/* ---- appending ---- */

static uint64_t document_bytes(const struct shard_writer *writer,
                               uint64_t count)
{
    char head[SHARD_HEAD_MAX];

    return count * writer->token_bytes + writer->format->document_bytes +
           (writer->format->head ? writer->format->head(writer, count, head)
                                 : 0);
}

static bool fits(uint64_t have, uint64_t more, uint64_t limit)
{
    return limit == 0 || have + more <= limit;
}

/* The shard that takes the next document: this one, or one after it. */
static void shard_choose(struct shard_writer *writer, uint64_t count)
{
    const struct shard_format *format = writer->format;
    uint64_t bytes = document_bytes(writer, count);

    if (writer->stem && writer->document_count > 0 &&
        (!fits(writer->token_count, count, writer->limit_tokens) ||
         !fits(writer->bytes, bytes, writer->limit_bytes)))
        shard_finish(writer);
    if (!writer->stem)
        shard_begin(writer);
    if (count > LENGTH_MAX || !fits(0, count, format->tokens_max) ||
        !fits(writer->bytes, bytes, format->bytes_max))
        die("%s: a document of %llu tokens does not fit the format %s",
            writer->directory, (unsigned long long)count, format->name);
    writer->bytes += bytes;
}

/* The row of the document that comes next, without what it is about. */
static struct slice row_begin(const struct shard_writer *writer,
                              uint64_t count, char row[48])
{
    char *to = shard_rows_number(row, writer->token_count);

    *to++ = ',';
    to = shard_rows_number(to, writer->token_count + count);
    *to++ = ',';
    return slice_make(row, (size_t)(to - row));
}

void shard_append(struct shard_writer *writer, struct slice packed,
                  struct slice about)
{
    uint64_t count = packed.len / writer->token_bytes;
    char row[48], head[SHARD_HEAD_MAX];
    struct slice parts[3];

    shard_choose(writer, count);
    parts[0] = row_begin(writer, count, row);
    parts[1] = about;
    parts[2] = slice_make("\r\n", 2);
    for (size_t i = 0; i < 3; i++)
        hash_stream_add(writer->digest, parts[i]);
    hash_stream_add(writer->digest, packed);
    writer->token_count += count;
    writer->document_count++;
    if (writer->is_kept)
        return;
    writer->lengths = grow(writer->lengths, &writer->cap,
                           writer->document_count, sizeof *writer->lengths);
    writer->lengths[writer->document_count - 1] = (uint32_t)count;
    for (size_t i = 0; i < 3; i++)
        output_write(writer->rows, parts[i]);
    if (writer->format->head)
        output_write(writer->tokens,
                     slice_make(head, writer->format->head(writer, count,
                                                           head)));
    output_write(writer->tokens, packed);
}

void shard_writer_close(struct shard_writer *writer)
{
    /* No documents: an empty shard, which readers can open. */
    if (!writer->stem &&
        !shard_manifest_find(writer->manifest, writer->format, 0))
        shard_begin(writer);
    if (writer->stem)
        shard_finish(writer);
    if (shard_manifest_find(writer->manifest, writer->format, writer->number))
        die("%s: an unfinished run of more documents has shards there; remove "
            "manifest.json.part to begin anew", writer->directory);
    if (writer->format->index)
        writer->format->index(writer);
    hash_stream_free(writer->digest);
    free(writer->lengths);
    free(writer);
}

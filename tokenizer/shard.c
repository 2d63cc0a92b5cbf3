/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard - what the shard formats have in common: a file of tokens, the lengths
 * of the documents, and reading both back.
 */
#include "tokenizer/shard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/output.h"

enum { LENGTH_MAX = INT32_MAX }; /* Megatron's lengths are signed */

static const struct shard_format *const formats[] = { &shard_megatron,
                                                      &shard_datatrove };

const struct shard_format *shard_format_find(struct slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_is(name, formats[i]->name))
            return formats[i];
    return NULL;
}

struct output *shard_output(const char *directory, const char *name)
{
    char *path = xprintf("%s/%s", directory, name);
    struct output *output = output_open(path);

    free(path);
    return output;
}

struct shard_writer *shard_writer_open(const struct shard_format *format,
                                       const char *directory,
                                       size_t vocab_count,
                                       const char *tokenizer)
{
    struct shard_writer *writer = xcalloc(1, sizeof *writer);

    writer->format = format;
    writer->directory = xstrdup(directory);
    writer->tokenizer = tokenizer;
    writer->token_bytes = format->token_bytes(vocab_count);
    output_make_directory(directory);
    writer->tokens = shard_output(directory, format->tokens_name);
    return writer;
}

char *shard_put(char *to, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (char)(unsigned char)(number >> 8 * i);
    return to + bytes;
}

uint64_t shard_get(const unsigned char *from, unsigned bytes)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint64_t)from[i] << 8 * i;
    return number;
}

void shard_pack(const uint32_t *ids, size_t count, unsigned token_bytes,
                char *to)
{
    if (token_bytes == 2)
        for (size_t i = 0; i < count; i++)
            shard_put(to + 2 * i, ids[i], 2);
    else
        for (size_t i = 0; i < count; i++)
            shard_put(to + 4 * i, ids[i], 4);
}

void shard_append(struct shard_writer *writer, struct slice packed)
{
    size_t count = packed.len / writer->token_bytes;

    if (count > LENGTH_MAX)
        die("%s: a document of more than %d tokens does not fit the format",
            writer->directory, LENGTH_MAX);
    writer->lengths = grow(writer->lengths, &writer->cap,
                           writer->document_count + 1,
                           sizeof *writer->lengths);
    writer->lengths[writer->document_count++] = (uint32_t)count;
    writer->token_count += count;
    output_write(writer->tokens, packed);
}

/*
 * The index of an earlier run goes first, so that it never stands beside the
 * tokens of this one: an index means that the shard is whole.
 */
void shard_writer_close(struct shard_writer *writer)
{
    char *index = xprintf("%s/%s", writer->directory,
                          writer->format->index_name);

    if (unlink(index) != 0 && errno != ENOENT)
        die("%s: cannot remove it: %s", index, strerror(errno));
    output_close(writer->tokens);
    writer->format->finish(writer);
    free(index);
    free(writer->lengths);
    free(writer->directory);
    free(writer);
}

bool shard_map(const char *path, const unsigned char **bytes, size_t *len,
               struct fault *fault)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    void *map = NULL;

    *bytes = NULL;
    *len = 0;
    *fault = (struct fault){ 0 };
    if (fd < 0 || fstat(fd, &info) != 0) {
        fault->what = strerror(errno);
    } else if (!S_ISREG(info.st_mode)) {
        fault->what = "not a regular file";
    } else if (info.st_size > 0) {
        map = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED)
            fault->what = strerror(errno);
        else
            *len = (size_t)info.st_size;
    }
    if (fd >= 0)
        close(fd);
    if (fault->what)
        return false;
    *bytes = map;
    return true;
}

void shard_unmap(const unsigned char *bytes, size_t len)
{
    if (len > 0)
        munmap((void *)(uintptr_t)bytes, len);
}

static bool ends_with(const char *string, const char *end)
{
    size_t len = strlen(string), end_len = strlen(end);

    return len >= end_len && strcmp(string + len - end_len, end) == 0;
}

bool shard_open(struct shard *shard, const char *path, struct fault *fault)
{
    *shard = (struct shard){ 0 };
    *fault = (struct fault){ 0 };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (ends_with(path, formats[i]->index_end)) {
            shard->format = formats[i];
            if (formats[i]->read(shard, path, fault))
                return true;
            shard_close(shard);
            return false;
        }
    fault->what = "the name is not that of a shard (.idx, .ds)";
    return false;
}

void shard_close(struct shard *shard)
{
    shard_unmap(shard->tokens, shard->token_count * shard->token_bytes);
    free(shard->ends);
    *shard = (struct shard){ 0 };
}

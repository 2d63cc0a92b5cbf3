/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard - what the shard formats have in common, and reading them back.
 */
#include "tokenizer/shard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tokenizer/shard_rows.h"

enum { PACK_AT_ONCE = 16 };

const struct shard_format *const shard_formats[SHARD_FORMATS] = {
    &shard_megatron, &shard_datatrove, &shard_olmo, &shard_mds,
    &shard_litdata,  &shard_llmc,      &shard_nanogpt
};

const struct shard_format *shard_format_find(struct slice name)
{
    for (size_t i = 0; i < SHARD_FORMATS; i++)
        if (slice_is(name, shard_formats[i]->name))
            return shard_formats[i];
    return NULL;
}

bool shard_format_has(const struct shard_format *format, const char *name)
{
    size_t len = strlen(name), begin = strlen(format->begin),
           end = strlen(format->end);

    return len >= begin + end && name[0] != '.' &&
           memcmp(name, format->begin, begin) == 0 &&
           strcmp(name + len - end, format->end) == 0;
}

unsigned shard_token_bytes(const struct shard_format *format,
                           size_t vocab_count, uint64_t asked)
{
    unsigned bytes = vocab_count <= format->narrow_max ? 2 : 4;

    if (asked != 0)
        bytes = asked == 2 || asked == 4 ? (unsigned)asked : 0;
    if (bytes == 2 && vocab_count > 65536)
        return 0;
    return bytes == 4 && format->is_narrow_only ? 0 : bytes;
}

char *shard_put(char *to, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (char)(unsigned char)(number >> 8 * i);
    return to + bytes;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* A known number at once, so that compilers use vectors at -O2. */
static void pack_narrow(const uint32_t *ids, size_t count, char *to)
{
    uint16_t low[PACK_AT_ONCE];
    size_t i = 0;

    for (; i + PACK_AT_ONCE <= count; i += PACK_AT_ONCE) {
        for (size_t j = 0; j < PACK_AT_ONCE; j++)
            low[j] = (uint16_t)ids[i + j];
        memcpy(to + 2 * i, low, sizeof low);
    }
    for (; i < count; i++) {
        low[0] = (uint16_t)ids[i];
        memcpy(to + 2 * i, low, 2);
    }
}

void shard_pack(const uint32_t *ids, size_t count, unsigned token_bytes,
                char *to)
{
    if (token_bytes == 2)
        pack_narrow(ids, count, to);
    else if (count > 0)
        memcpy(to, ids, count * 4);
}

#else

void shard_pack(const uint32_t *ids, size_t count, unsigned token_bytes,
                char *to)
{
    for (size_t i = 0; i < count; i++)
        to = shard_put(to, ids[i], token_bytes);
}

#endif

/* ---- reading ---- */

bool shard_wrong(struct fault *fault, const char *what, size_t at)
{
    *fault = (struct fault){ what, at };
    return false;
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

bool shard_map_tokens(struct shard *shard, const char *path, size_t at,
                      struct fault *fault)
{
    if (!shard_map(path, &shard->map, &shard->map_len, fault))
        return false;
    if (shard->map_len < at)
        return shard_wrong(fault, "shorter than its header", shard->map_len);
    shard->tokens = shard->map ? shard->map + at : NULL;
    return true;
}

/* Of a file that knows no borders: all of it is one document. */
static bool one_document(struct shard *shard, size_t bytes,
                         struct fault *fault)
{
    if (shard->token_bytes == 0)
        return shard_wrong(fault, "no .csv.gz stands beside it, so the width "
                                  "of its tokens is not known", 0);
    if (bytes % shard->token_bytes != 0)
        return shard_wrong(fault, "it ends within a token", bytes);
    shard->token_count = bytes / shard->token_bytes;
    shard->document_count = shard->token_count > 0;
    shard->ends = xcalloc(1, sizeof *shard->ends);
    shard->ends[0] = shard->token_count;
    return true;
}

/* The path of the rows beside a token file; free() it. */
static char *rows_path(const struct shard_format *format, const char *path)
{
    size_t len = strlen(path), end = strlen(format->end);

    if (len > end && strcmp(path + len - end, format->end) == 0)
        len -= end;
    return xprintf("%.*s.csv.gz", (int)len, path);
}

bool shard_read_borders(struct shard *shard, const char *path,
                        struct fault *fault)
{
    size_t bytes = shard->map
                       ? shard->map_len - (size_t)(shard->tokens - shard->map)
                       : 0;
    char *rows = rows_path(shard->format, path);
    bool is_there = access(rows, F_OK) == 0;
    bool ok = is_there ? shard_rows_read(rows, &shard->ends,
                                         &shard->document_count, fault)
                       : one_document(shard, bytes, fault);

    free(rows);
    if (!ok || !is_there)
        return ok;
    if (shard->document_count > 0)
        shard->token_count = shard->ends[shard->document_count - 1];
    if (shard->token_bytes == 0)
        shard->token_bytes = bytes == shard->token_count * 2 ? 2 : 4;
    if (shard->token_count > SIZE_MAX / 4 ||
        bytes != shard->token_count * shard->token_bytes)
        return shard_wrong(fault, "the rows of its .csv.gz disagree with its "
                                  "size", bytes);
    return true;
}

bool shard_open(struct shard *shard, const struct shard_format *format,
                const char *path, struct fault *fault)
{
    const char *slash = strrchr(path, '/');

    *shard = (struct shard){ 0 };
    *fault = (struct fault){ 0 };
    for (size_t i = 0; i < SHARD_FORMATS && !format; i++)
        if (shard_format_has(shard_formats[i], slash ? slash + 1 : path))
            format = shard_formats[i];
    if (!format)
        return shard_wrong(fault, "the name is not that of a shard: see "
                                  "--format", 0);
    shard->format = format;
    if (format->read(shard, path, fault))
        return true;
    shard_close(shard);
    return false;
}

const unsigned char *shard_document(const struct shard *shard, uint64_t i,
                                    uint64_t *count)
{
    uint64_t begin = i == 0 ? 0 : shard->ends[i - 1];
    const unsigned char *tokens = shard->tokens;

    *count = shard->ends[i] - begin;
    if (*count == 0)
        return tokens;
    return tokens + begin * shard->token_bytes +
           (shard->gaps ? shard->gaps[i] : 0);
}

void shard_close(struct shard *shard)
{
    shard_unmap(shard->map, shard->map_len);
    free(shard->ends);
    free(shard->gaps);
    *shard = (struct shard){ 0 };
}

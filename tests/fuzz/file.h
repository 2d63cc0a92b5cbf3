/* SPDX-License-Identifier: Apache-2.0 */
/*
 * file.h - what targets share that read a file: the input, but for its first
 * byte, as a file that has no name on the disk.
 */
#ifndef MLIN_TESTS_FUZZ_FILE_H
#define MLIN_TESTS_FUZZ_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/hash.h"
#include "tests/fuzz/must.h"

struct fuzz_file {
    char *bytes; /* [size] that may be changed before fuzz_file_path() */
    size_t size;
    char path[64];
    int fd;
};

/* `size` is at least 1. */
static inline struct fuzz_file fuzz_file_make(const uint8_t *data, size_t size)
{
    struct fuzz_file file = { .size = size - 1, .fd = -1 };

    file.bytes = xmalloc(size);
    memcpy(file.bytes, data + 1, file.size);
    return file;
}

/*
 * The same; and where the first byte is odd and the file long enough for an
 * end of 64 bytes, the last word is made the sum of the others.
 */
static inline struct fuzz_file fuzz_file_summed(const uint8_t *data,
                                                size_t size)
{
    struct fuzz_file file = fuzz_file_make(data, size);
    uint64_t sum;

    if (!(data[0] & 1) || file.size < 64)
        return file;
    sum = hash128(slice_make(file.bytes, file.size - 8)).low;
    memcpy(file.bytes + file.size - 8, &sum, 8);
    return file;
}

static inline const char *fuzz_file_path(struct fuzz_file *file)
{
    file->fd = memfd_create("fuzz", 0);
    if (file->fd < 0 || write(file->fd, file->bytes, file->size) !=
                            (ssize_t)file->size)
        bug("no memory file");
    snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->fd);
    return file->path;
}

static inline void fuzz_file_close(struct fuzz_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    free(file->bytes);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output - write beside the name, then rename.
 *
 * Costs one buffer of 256 kB (and a packer's), and at the end an fsync of the
 * file and of its directory.  What is no regular file (a pipe, /dev/null) has
 * no name to protect and is written directly.
 */
#include "src/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/compress.h"
#include "src/fail.h"

enum { BUFFER_BYTES = 256 << 10 };

struct output {
    char *path; /* the final name */
    char *part; /* what is written, or NULL: written directly */
    int fd;
    struct packer *packer;
    char *buffer; /* [BUFFER_BYTES] */
    size_t len;
    uint64_t bytes;
    struct hash_stream *hash; /* of what the packer got, or NULL */
};

static _Noreturn void output_die(const struct output *output)
{
    bool is_stdout = output->fd == STDOUT_FILENO;

    die("cannot write %s: %s", is_stdout ? "standard output" : output->path,
        strerror(errno));
}

/*
 * The name that shall be replaced.  A link is followed, for it shall stay a
 * link (and /dev/stdout is one); one that leads nowhere is replaced itself.
 */
static char *path_resolve(const char *path)
{
    char *target = realpath(path, NULL);

    return target ? target : xstrdup(path);
}

struct output *output_open(const char *path)
{
    struct output *output = xcalloc(1, sizeof *output);
    struct stat stat_now;

    output->fd = -1;
    output->buffer = xmalloc(BUFFER_BYTES);
    if (strcmp(path, "-") == 0) {
        output->path = xstrdup(path);
        output->fd = STDOUT_FILENO;
    } else if (stat(path, &stat_now) == 0 && !S_ISREG(stat_now.st_mode)) {
        output->path = xstrdup(path);
        output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    } else {
        output->path = path_resolve(path);
        output->part = xprintf("%s.part", output->path);
        output->fd =
            open(output->part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    }
    if (output->fd < 0)
        output_die(output);
    output->packer = packer_open(output->fd, path);
    return output;
}

void output_hash(struct output *output)
{
    output->hash = hash_stream_new();
}

static void pass_on(struct output *output, struct slice bytes)
{
    if (output->hash)
        hash_stream_add(output->hash, bytes);
    if (!packer_write(output->packer, bytes))
        output_die(output);
}

static void buffer_flush(struct output *output)
{
    pass_on(output, slice_make(output->buffer, output->len));
    output->len = 0;
}

void output_write(struct output *output, struct slice bytes)
{
    output->bytes += bytes.len;
    if (bytes.len > BUFFER_BYTES - output->len)
        buffer_flush(output);
    if (bytes.len >= BUFFER_BYTES) {
        pass_on(output, bytes);
    } else if (bytes.len > 0) {
        memcpy(output->buffer + output->len, bytes.ptr, bytes.len);
        output->len += bytes.len;
    }
}

void output_print(struct output *output, const char *format, ...)
{
    char line[512], *text = line;
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (len < 0)
        bug("output_print: bad format %s", format);
    if ((size_t)len >= sizeof line) {
        text = xmalloc((size_t)len + 1);
        va_start(args, format);
        vsnprintf(text, (size_t)len + 1, format, args);
        va_end(args);
    }
    output_write(output, slice_make(text, (size_t)len));
    if (text != line)
        free(text);
}

void output_flush(struct output *output)
{
    buffer_flush(output);
}

uint64_t output_bytes(const struct output *output)
{
    return output->bytes;
}

/* Everything of the file `from` behind what was written so far. */
static void copy_rest(struct output *output, int from)
{
    char *bytes = xmalloc(BUFFER_BYTES);
    ssize_t got;

    if (lseek(from, 0, SEEK_SET) < 0)
        output_die(output);
    while ((got = read(from, bytes, BUFFER_BYTES)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            output_die(output);
        pass_on(output, slice_make(bytes, (size_t)got));
    }
    free(bytes);
}

void output_prepend(struct output *output, struct slice bytes)
{
    int body = output->fd;

    buffer_flush(output);
    if (!output->part || !packer_close(output->packer))
        bug("output_prepend: %s is no plain file", output->path);
    /* The body lives on without a name until it is copied. */
    if (unlink(output->part) < 0)
        output_die(output);
    output->fd =
        open(output->part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (output->fd < 0)
        output_die(output);
    output->packer = packer_open(output->fd, output->path);
    output->bytes += bytes.len;
    if (output->hash)
        hash_stream_take(output->hash);
    pass_on(output, bytes);
    copy_rest(output, body);
    close(body);
}

/*
 * A rename lasts only when its directory is on the disk.  Some file systems do
 * not sync directories and say EINVAL; one that may not be read is left alone.
 */
static void directory_sync(const struct output *output)
{
    char *name = xstrdup(output->path);
    char *slash = strrchr(name, '/');
    int fd;

    if (slash)
        slash[slash == name] = '\0';
    fd = open(slash ? name : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        if (fsync(fd) < 0 && errno != EINVAL && errno != ENOTSUP)
            output_die(output);
        close(fd);
    }
    free(name);
}

static void output_free(struct output *output)
{
    if (output->hash)
        hash_stream_free(output->hash);
    free(output->path);
    free(output->part);
    free(output->buffer);
    free(output);
}

void output_close(struct output *output)
{
    buffer_flush(output);
    if (!packer_close(output->packer))
        output_die(output);
    if (output->part && fsync(output->fd) < 0)
        output_die(output);
    if (output->fd != STDOUT_FILENO && close(output->fd) < 0)
        output_die(output);
    if (output->part) {
        if (rename(output->part, output->path) < 0)
            output_die(output);
        directory_sync(output);
    }
    output_free(output);
}

struct hash128 output_close_hashed(struct output *output)
{
    struct hash_stream *hash = output->hash;
    struct hash128 sum;

    buffer_flush(output);
    output->hash = NULL;
    output_close(output);
    sum = hash_stream_take(hash);
    hash_stream_free(hash);
    return sum;
}

void output_cancel(struct output *output)
{
    packer_cancel(output->packer);
    if (output->fd != STDOUT_FILENO)
        close(output->fd);
    if (output->part)
        unlink(output->part);
    output_free(output);
}

void output_make_directory(const char *path)
{
    char *name = xstrdup(path);
    struct stat stat_now;

    for (char *p = name; *p; p++) {
        if (*p != '/' || p == name)
            continue;
        *p = '\0';
        /* What matters is whether the whole path is there, below. */
        mkdir(name, 0777);
        *p = '/';
    }
    if (mkdir(name, 0777) < 0) {
        int error = errno;

        if (error != EEXIST)
            die("cannot make the directory %s: %s", path, strerror(error));
        if (stat(name, &stat_now) < 0 || !S_ISDIR(stat_now.st_mode))
            die("%s is not a directory", path);
    }
    free(name);
}

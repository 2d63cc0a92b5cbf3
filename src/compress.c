/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compress - the one door to zlib and libzstd.
 *
 * A reader has one buffer of packed bytes; a plain file goes past it, straight
 * into the caller's memory.  Costs: 512 kB for each reader and packer, and the
 * library's own state, mostly its window (32 kB for gzip; for Zstandard what
 * the file says, at most 2 GB).
 */
#include "src/compress.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
    BUFFER_BYTES = 512 << 10,
    CALL_BYTES_MAX = 1 << 30, /* zlib counts in 32 bits, read() in 31 */
    GZIP_WINDOW = 15 + 16,    /* the largest, with a gzip header */
    GZIP_LEVEL = 4, ZSTD_LEVEL = 3, ZSTD_WINDOW_LOG = 31
};

enum kind { PLAIN, GZIP, ZSTD };

struct reader {
    int fd;
    enum kind kind;
    bool fd_ended;        /* the descriptor has no more bytes */
    bool in_member;       /* between the first and the last byte of a member */
    bool has_member;      /* one member is behind us */
    struct fault fault;   /* to be told once the bytes before it were taken */
    char *packed;         /* [BUFFER_BYTES] */
    size_t at, len;       /* the packed bytes not yet unpacked: at .. len-1 */
    uint64_t position;    /* packed bytes unpacked so far */
    uint64_t size;
    z_stream gzip;
    ZSTD_DCtx *zstd;
};

struct packer {
    int fd;
    enum kind kind;
    bool has_failed;
    char *packed; /* [BUFFER_BYTES] */
    z_stream gzip;
    ZSTD_CCtx *zstd;
};

/* True when the call shall be tried again: a signal, or a pipe not ready. */
static bool wait_again(int fd, short event)
{
    struct pollfd ready = { .fd = fd, .events = event };

    if (errno == EINTR || errno != EAGAIN)
        return errno == EINTR;
    return poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

/*
 * The first fault is kept.  strerror() may be handed in: its words for an error
 * that the system knows are constant, in glibc and musl, with no locale set.
 */
static void fault_here(struct reader *reader, const char *what)
{
    if (!reader->fault.what)
        reader->fault = (struct fault){ what, reader->position };
}

/* read() that keeps the fault; false at the end too. */
static bool fd_read(struct reader *reader, char *bytes, size_t cap, size_t *len)
{
    ssize_t got;

    *len = 0;
    if (reader->fd_ended)
        return false;
    do
        got = read(reader->fd, bytes, cap);
    while (got < 0 && wait_again(reader->fd, POLLIN));
    if (got < 0)
        fault_here(reader, strerror(errno));
    reader->fd_ended = got <= 0;
    *len = got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* Make room and add packed bytes behind those that are left. */
static bool packed_more(struct reader *reader)
{
    size_t got;

    if (reader->at > 0) {
        reader->len -= reader->at;
        memmove(reader->packed, reader->packed + reader->at, reader->len);
        reader->at = 0;
    }
    if (!fd_read(reader, reader->packed + reader->len,
                 BUFFER_BYTES - reader->len, &got))
        return false;
    reader->len += got;
    return true;
}

static void packed_pass(struct reader *reader, size_t count)
{
    reader->at += count;
    reader->position += count;
}

static bool gzip_begins(const struct reader *reader)
{
    return reader->len - reader->at >= 2 &&
           memcmp(reader->packed + reader->at, "\x1f\x8b", 2) == 0;
}

/* RFC 8878: a frame, or one of the 16 kinds of frames that are skipped. */
static bool zstd_begins(const struct reader *reader)
{
    const char *p = reader->packed + reader->at;

    return reader->len - reader->at >= 4 &&
           (memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0 ||
            ((p[0] & 0xf0) == 0x50 && memcmp(p + 1, "\x2a\x4d\x18", 3) == 0));
}

static void reader_sniff(struct reader *reader)
{
    reader->packed = malloc(BUFFER_BYTES);
    if (!reader->packed) {
        fault_here(reader, "not enough memory");
        return;
    }
    while (reader->len < 4 && packed_more(reader))
        continue;
    if (gzip_begins(reader)) {
        reader->kind = GZIP;
        if (inflateInit2(&reader->gzip, GZIP_WINDOW) != Z_OK)
            fault_here(reader, "not enough memory");
    } else if (zstd_begins(reader)) {
        reader->kind = ZSTD;
        reader->zstd = ZSTD_createDCtx();
        if (reader->zstd)
            ZSTD_DCtx_setParameter(reader->zstd, ZSTD_d_windowLogMax,
                                   ZSTD_WINDOW_LOG);
        else
            fault_here(reader, "not enough memory");
    }
}

struct reader *reader_open(const char *path, struct fault *fault)
{
    struct reader *reader = calloc(1, sizeof *reader);
    struct stat stat;

    *fault = (struct fault){ reader ? NULL : "not enough memory", 0 };
    if (!reader)
        return NULL;
    reader->fd = STDIN_FILENO;
    if (strcmp(path, "-") != 0)
        reader->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (reader->fd < 0 || fstat(reader->fd, &stat) < 0)
        fault_here(reader, strerror(errno));
    else if (S_ISDIR(stat.st_mode))
        fault_here(reader, "is a directory");
    else if (S_ISREG(stat.st_mode))
        reader->size = (uint64_t)stat.st_size;
    if (!reader->fault.what) {
        /* Advice only: a pipe refuses it, and that is no matter. */
        posix_fadvise(reader->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
        reader_sniff(reader);
    }
    *fault = reader->fault;
    if (!fault->what)
        return reader;
    reader_close(reader);
    return NULL;
}

static size_t plain_read(struct reader *reader, char *bytes, size_t cap)
{
    size_t len = reader->len - reader->at;

    if (len == 0) {
        fd_read(reader, bytes, cap, &len);
        reader->position += len;
        return len;
    }
    if (len > cap)
        len = cap;
    memcpy(bytes, reader->packed + reader->at, len);
    packed_pass(reader, len);
    return len;
}

/*
 * Between two members: true when another begins.  Tapes fill their last block
 * with zeros, so these may stand at the end, but nothing else.
 */
static bool gzip_next(struct reader *reader)
{
    while (reader->len - reader->at < 2 && packed_more(reader))
        continue;
    if (gzip_begins(reader)) {
        inflateReset(&reader->gzip);
        return true;
    }
    do
        for (; reader->at < reader->len; packed_pass(reader, 1)) {
            if (reader->packed[reader->at] != '\0') {
                fault_here(reader, "bytes after the gzip data");
                return false;
            }
        }
    while (packed_more(reader));
    return false;
}

static size_t gzip_read(struct reader *reader, char *bytes, size_t cap)
{
    z_stream *z = &reader->gzip;
    size_t len = 0;

    while (len == 0 && !reader->fault.what) {
        bool had_bytes;
        size_t left;
        int status;

        if (!reader->in_member && reader->has_member && !gzip_next(reader))
            break;
        reader->in_member = true;
        had_bytes = reader->at < reader->len || packed_more(reader);
        left = reader->len - reader->at;
        z->next_in = (unsigned char *)reader->packed + reader->at;
        z->avail_in = (unsigned)left;
        z->next_out = (unsigned char *)bytes;
        z->avail_out = (unsigned)cap;
        status = inflate(z, Z_NO_FLUSH);
        packed_pass(reader, left - z->avail_in);
        len = cap - z->avail_out;
        if (status == Z_STREAM_END) {
            reader->in_member = false;
            reader->has_member = true;
        } else if (status == Z_MEM_ERROR) {
            fault_here(reader, "not enough memory");
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            fault_here(reader, "the gzip data is damaged");
        } else if (!had_bytes && len == 0) {
            fault_here(reader, "the gzip data ends too early");
        }
    }
    return len;
}

static const char *zstd_words(size_t status, bool between_frames)
{
    ZSTD_ErrorCode code = ZSTD_getErrorCode(status);

    if (code == ZSTD_error_prefix_unknown && between_frames)
        return "bytes after the Zstandard data";
    if (code == ZSTD_error_memory_allocation)
        return "not enough memory for the window of the Zstandard data";
    if (code == ZSTD_error_frameParameter_windowTooLarge)
        return "the window of the Zstandard data is larger than 2^31 bytes";
    if (code == ZSTD_error_dictionary_wrong)
        return "the Zstandard data needs a dictionary";
    return "the Zstandard data is damaged";
}

static size_t zstd_read(struct reader *reader, char *bytes, size_t cap)
{
    ZSTD_outBuffer out = { bytes, cap, 0 };

    while (out.pos == 0 && !reader->fault.what) {
        bool had_bytes = reader->at < reader->len || packed_more(reader);
        ZSTD_inBuffer in = { reader->packed + reader->at,
                             reader->len - reader->at, 0 };
        size_t status;

        if (!had_bytes && !reader->in_member)
            return 0;
        status = ZSTD_decompressStream(reader->zstd, &out, &in);
        if (ZSTD_isError(status)) {
            fault_here(reader, zstd_words(status, !reader->in_member &&
                                                      reader->has_member));
            break;
        }
        packed_pass(reader, in.pos);
        reader->in_member = status != 0;
        reader->has_member = reader->has_member || status == 0;
        if (!had_bytes && out.pos == 0 && status != 0)
            fault_here(reader, "the Zstandard data ends too early");
    }
    return out.pos;
}

size_t reader_read(struct reader *reader, char *bytes, size_t cap,
                   struct fault *fault)
{
    static size_t (*const read_kind[])(struct reader *, char *, size_t) = {
        [PLAIN] = plain_read, [GZIP] = gzip_read, [ZSTD] = zstd_read,
    };
    size_t len = 0;

    *fault = (struct fault){ NULL, 0 };
    if (cap > CALL_BYTES_MAX)
        cap = CALL_BYTES_MAX;
    if (cap > 0 && !reader->fault.what)
        len = read_kind[reader->kind](reader, bytes, cap);
    if (cap > 0 && len == 0)
        *fault = reader->fault;
    return len;
}

uint64_t reader_position(const struct reader *reader)
{
    return reader->position;
}

uint64_t reader_size(const struct reader *reader)
{
    return reader->size;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    inflateEnd(&reader->gzip); /* both do nothing where nothing was begun */
    ZSTD_freeDCtx(reader->zstd);
    if (reader->fd > STDIN_FILENO)
        close(reader->fd);
    free(reader->packed);
    free(reader);
}

bool file_read(const char *path, size_t limit, char **bytes, size_t *len,
               struct fault *fault)
{
    struct reader *reader = reader_open(path, fault);
    size_t cap = 0, fill = 0, got;
    char *all = NULL;

    if (!reader)
        return false;
    do {
        all = grow(all, &cap, fill + BUFFER_BYTES, 1);
        got = reader_read(reader, all + fill, cap - fill - 1, fault);
        fill += got;
        if (!fault->what && fill > limit)
            *fault = (struct fault){ "the file is larger than allowed", limit };
    } while (got > 0 && !fault->what);
    reader_close(reader);
    all[fill] = '\0';
    if (fault->what) {
        free(all);
        all = NULL;
    }
    *bytes = all;
    *len = fill;
    return all != NULL;
}

static bool name_ends(const char *name, const char *end)
{
    size_t len = strlen(name), end_len = strlen(end);

    return len >= end_len && strcmp(name + len - end_len, end) == 0;
}

/* Left to itself, zlib writes a header without a name and without a time. */
struct packer *packer_open(int fd, const char *name)
{
    struct packer *packer = xcalloc(1, sizeof *packer);

    packer->fd = fd;
    packer->packed = xmalloc(BUFFER_BYTES);
    if (name_ends(name, ".gz")) {
        packer->kind = GZIP;
        if (deflateInit2(&packer->gzip, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8,
                         Z_DEFAULT_STRATEGY) != Z_OK)
            die("out of memory (for zlib)");
    } else if (name_ends(name, ".zst")) {
        packer->kind = ZSTD;
        packer->zstd = ZSTD_createCCtx();
        if (!packer->zstd)
            die("out of memory (for libzstd)");
        ZSTD_CCtx_setParameter(packer->zstd, ZSTD_c_compressionLevel,
                               ZSTD_LEVEL);
        ZSTD_CCtx_setParameter(packer->zstd, ZSTD_c_checksumFlag, 1);
    }
    return packer;
}

/* At most CALL_BYTES_MAX bytes, as all three writers. */
static bool fd_write(struct packer *packer, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = write(packer->fd, bytes, len);

        if (put < 0 && wait_again(packer->fd, POLLOUT))
            continue;
        if (put < 0)
            return false;
        bytes += put;
        len -= (size_t)put;
    }
    return true;
}

static bool gzip_write(struct packer *packer, struct slice bytes, int flush)
{
    z_stream *z = &packer->gzip;

    z->next_in = (unsigned char *)(uintptr_t)bytes.ptr;
    z->avail_in = (unsigned)bytes.len;
    do {
        z->next_out = (unsigned char *)packer->packed;
        z->avail_out = BUFFER_BYTES;
        if (deflate(z, flush) == Z_STREAM_ERROR)
            bug("zlib: the state of a packer is damaged");
        if (!fd_write(packer, packer->packed, BUFFER_BYTES - z->avail_out))
            return false;
    } while (z->avail_out == 0);
    return true;
}

static bool zstd_write(struct packer *packer, struct slice bytes,
                       ZSTD_EndDirective end)
{
    ZSTD_inBuffer in = { bytes.ptr, bytes.len, 0 };
    size_t left;

    do {
        ZSTD_outBuffer out = { packer->packed, BUFFER_BYTES, 0 };

        left = ZSTD_compressStream2(packer->zstd, &out, &in, end);
        if (ZSTD_isError(left))
            errno = ENOMEM;
        if (ZSTD_isError(left) || !fd_write(packer, out.dst, out.pos))
            return false;
    } while (in.pos < in.size || (end == ZSTD_e_end && left > 0));
    return true;
}

bool packer_write(struct packer *packer, struct slice bytes)
{
    while (bytes.len > 0 && !packer->has_failed) {
        size_t len = bytes.len < CALL_BYTES_MAX ? bytes.len : CALL_BYTES_MAX;
        struct slice part = slice_make(bytes.ptr, len);

        bytes = slice_make(bytes.ptr + len, bytes.len - len);
        if (packer->kind == GZIP)
            packer->has_failed = !gzip_write(packer, part, Z_NO_FLUSH);
        else if (packer->kind == ZSTD)
            packer->has_failed = !zstd_write(packer, part, ZSTD_e_continue);
        else
            packer->has_failed = !fd_write(packer, part.ptr, len);
    }
    return !packer->has_failed;
}

void packer_cancel(struct packer *packer)
{
    deflateEnd(&packer->gzip); /* both do nothing where nothing was begun */
    ZSTD_freeCCtx(packer->zstd);
    free(packer->packed);
    free(packer);
}

bool packer_close(struct packer *packer)
{
    bool is_whole = !packer->has_failed;
    int error;

    if (is_whole && packer->kind == GZIP)
        is_whole = gzip_write(packer, slice_make(NULL, 0), Z_FINISH);
    else if (is_whole && packer->kind == ZSTD)
        is_whole = zstd_write(packer, slice_make(NULL, 0), ZSTD_e_end);
    error = errno;
    packer_cancel(packer);
    errno = error;
    return is_whole;
}

const char *compress_zlib_version(void)
{
    return zlibVersion();
}

const char *compress_zstd_version(void)
{
    return ZSTD_versionString();
}

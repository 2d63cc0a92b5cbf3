/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compress.h - bytes in and out of plain, gzip and Zstandard files.
 *
 * What a file is, its first bytes say, not its name; what a new file shall be,
 * its name says (.gz, .zst, else plain).  Gzip may have many members and
 * Zstandard many frames, with windows up to 2^31 bytes.  A file that ends
 * inside a member is a fault at the end of what could be read, never a silent
 * end.
 *
 * One thread at a time for each reader and writer.
 */
#ifndef MLIN_COMPRESS_H
#define MLIN_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/slice.h"

struct reader;

/* Open a file; "-" is stdin.  NULL and a fault when it cannot be opened. */
struct reader *reader_open(const char *path, struct fault *fault);

/*
 * Read up to `cap` unpacked bytes.  Returns how many, 0 at the end.  On a fault
 * returns 0 and sets fault->what (otherwise NULL); fault->at is the offset in
 * the packed file.  No call goes past the end of a member, so that a caller who
 * sees a new one begin has its offset: reader_position() before the call.
 */
size_t reader_read(struct reader *reader, char *bytes, size_t cap,
                   struct fault *fault);

/* Packed bytes unpacked so far, and the packed size (0 = unknown: a pipe). */
uint64_t reader_position(const struct reader *reader);
uint64_t reader_size(const struct reader *reader);

void reader_close(struct reader *reader);

/*
 * Read a whole file, unpacked, into fresh memory (free() it).  A file of more
 * than `limit` unpacked bytes is a fault.  One NUL follows the bytes.
 */
bool file_read(const char *path, size_t limit, char **bytes, size_t *len,
               struct fault *fault);

struct packer;

/* A packer of the kind that the end of `name` asks for; it writes to `fd`. */
struct packer *packer_open(int fd, const char *name);

/* False and errno when the descriptor does not take the bytes. */
bool packer_write(struct packer *packer, struct slice bytes);

/* Write what is left and free the packer; the descriptor stays open. */
bool packer_close(struct packer *packer);

/* Free the packer and write nothing, so that no member looks complete. */
void packer_cancel(struct packer *packer);

const char *compress_zlib_version(void);
const char *compress_zstd_version(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_format.h - what the writer and the reader of .cnt files share; the
 * layout is drawn in counts.h.
 */
#ifndef MLIN_TOKENIZER_COUNTS_FORMAT_H
#define MLIN_TOKENIZER_COUNTS_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#define COUNTS_MAGIC "mlincnt" /* with its zero */

enum { COUNTS_VERSION = 1, COUNTS_BLOCK = 65536 };

/* The checksum after one more block of 1 to COUNTS_BLOCK bytes. */
uint64_t counts_checksum(uint64_t checksum, const char *block, size_t len);

#endif

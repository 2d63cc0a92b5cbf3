/* SPDX-License-Identifier: Apache-2.0 */
/*
 * digest.h - SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), by nettle: for
 * checksums that others define and for what nobody may undo without a key.
 * Everything else is hashed by src/hash.h.
 *
 * Safe from any thread.
 */
#ifndef MLIN_DIGEST_H
#define MLIN_DIGEST_H

#include <stdint.h>

#include "src/slice.h"

enum { DIGEST_BYTES = 32 };

void digest_sha256(struct slice bytes, uint8_t digest[DIGEST_BYTES]);

/* Of several parts as if they were one. */
void digest_hmac(struct slice key, const struct slice *parts, size_t count,
                 uint8_t digest[DIGEST_BYTES]);

/* "3.8". */
const char *digest_version(void);

#endif

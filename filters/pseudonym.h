/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pseudonym.h - what stands in a text for personal data: the same for the same
 * person everywhere, and telling nothing to who has not the key.
 *
 * Letters become letters of their script and case, digits digits, by
 * HMAC-SHA-256 of the key, the type and the data without case and separators;
 * all else stays.  What comes out belongs to nobody: addresses end in .example
 * or lie in ranges that are not given out (240.0.0.0/4, 2001:db8::/32), check
 * digits are wrong.
 *
 * Safe from any thread.
 */
#ifndef MLIN_PSEUDONYM_H
#define MLIN_PSEUDONYM_H

#include "filters/pii.h"

enum { PSEUDONYM_KEY_MIN = 16 };

/* Of `data`, which is of `type`; memory is the arena's. */
struct slice pseudonym_make(struct slice key, enum pii_type type,
                            struct slice data, struct arena *arena);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base64.h - bytes as text of RFC 4648, section 4, padded with '='.
 */
#ifndef MLIN_BASE64_H
#define MLIN_BASE64_H

#include <stdbool.h>

#include "src/arena.h"
#include "src/slice.h"

/* The text of `bytes`, made in the arena. */
struct slice base64_encode(struct slice bytes, struct arena *arena);

/*
 * The bytes of `text`, made in the arena.  False when it is not the one text of
 * its bytes: another character, missing padding, bits left over.
 */
bool base64_decode(struct slice text, struct arena *arena,
                   struct slice *bytes);

#endif

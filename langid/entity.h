/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity.h - HTML's names of characters, as far as they tell a language:
 * &eacute; is a letter, &nbsp; parts words.
 *
 * Not a parser of HTML: text that was taken from pages badly still holds such
 * names, and a language must not hang on them.  Names of letters are read by
 * their parts (e + acute), so there is no list of two thousand.  Never
 * allocates; looks at 16 bytes at most.  Safe from any thread.
 */
#ifndef MLIN_ENTITY_H
#define MLIN_ENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

enum { ENTITY_PARTS = 2 };

/*
 * The name at the start of `text`, which begins with "&".  Returns its length
 * and sets parts to what it stands for: a code point and a mark on it, or 0; a
 * name that is not known stands for a space.  Returns 0 when there is none.
 */
size_t entity_read(struct slice text, uint32_t parts[ENTITY_PARTS]);

#endif

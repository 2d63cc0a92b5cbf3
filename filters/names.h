/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names.h - ids of documents that are kept in mind, as they stand in the JSON.
 *
 *     blocks    of 1 MB: two bytes length, id, two bytes length, id, ...
 *     place     block << 20 | offset
 *
 * Memory: the id and 2 bytes.  One thread at a time.
 */
#ifndef MLIN_NAMES_H
#define MLIN_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

enum { NAMES_LEN_MAX = 512 };

#define NAMES_NONE UINT64_MAX

/* All bits 0 is empty. */
struct names {
    char **blocks; /* [count] */
    size_t count, cap, len; /* len: of the last block */
};

/* Bytes that names_put() of this id would take from the system. */
uint64_t names_more(const struct names *names, struct slice id);

/* The place of the id; NAMES_NONE for ptr NULL and above NAMES_LEN_MAX. */
uint64_t names_put(struct names *names, struct slice id);

/* ptr NULL for NAMES_NONE; valid until names_clear(). */
struct slice names_get(const struct names *names, uint64_t place);

void names_clear(struct names *names);

#endif

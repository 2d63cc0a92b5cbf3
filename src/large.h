/* SPDX-License-Identifier: Apache-2.0 */
/*
 * large.h - memory for tables of many megabytes.
 *
 * Cleared, and on huge pages where the system has them to give: a table that is
 * read at random then costs few faults and few misses of the address cache.
 * From 2 MB on, sizes are rounded up to that.  Any thread.
 */
#ifndef MLIN_LARGE_H
#define MLIN_LARGE_H

#include <stddef.h>

/* `size` bytes, all zero; dies if memory ends. */
void *large_alloc(size_t size);

/*
 * The same, but each page comes when it is written to first, which takes the
 * time of clearing it: for memory that several threads fill, and read later.
 */
void *large_reserve(size_t size);

/*
 * More of it, at another place: what was there and then zeros.  From 2 MB on
 * nothing is copied, and old and new are never there both.
 */
void *large_grow(void *memory, size_t size, size_t larger);

/* The size must be the one that was asked for; NULL is fine. */
void large_free(void *memory, size_t size);

#endif

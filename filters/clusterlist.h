/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clusterlist.h - what became of every document that has a copy: what
 * mlin cluster writes and mlin drop reads.  A document that is not listed is
 * alone.
 *
 *     names     u16 length and id as JSON, of kept documents
 *     entries   [count] of 7 words, by uid
 *     end       8 words; docs/formats.md has the members
 *
 * Reading maps the file: a look-up is a search by interpolation, a few pages.
 */
#ifndef MLIN_CLUSTERLIST_H
#define MLIN_CLUSTERLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/slice.h"

/* Members of an entry. */
enum {
    LIST_UID, LIST_KEPT, /* uid of the document that is kept */
    LIST_CLUSTER,        /* least uid of the cluster */
    LIST_SIZE,           /* documents in it, copies of records counted */
    LIST_RANK,           /* 0 is kept */
    LIST_LIKENESS,       /* to the kept one, see below */
    LIST_NAME,           /* byte of its id among the names; UINT64_MAX: none */
    CLUSTERLIST_WORDS
};

/* LIST_LIKENESS: thousandths, whether the text is the same, how often the very
 * same record (id and text) came. */
static inline uint64_t clusterlist_likeness(unsigned thousandths, bool is_exact,
                                            uint64_t copies)
{
    uint64_t most = UINT32_MAX;

    return thousandths | (uint64_t)is_exact << 16 |
           (copies < most ? copies : most) << 32;
}

static inline unsigned clusterlist_thousandths(uint64_t likeness)
{
    return (unsigned)likeness & 0xffff;
}

static inline bool clusterlist_is_exact(uint64_t likeness)
{
    return likeness >> 16 & 1;
}

static inline uint64_t clusterlist_copies(uint64_t likeness)
{
    return likeness >> 32;
}

/* ---- writing ---- */

struct clusterlist_writer;

struct clusterlist_writer *clusterlist_create(const char *path);
/* Names come before entries.  Where it was put. */
uint64_t clusterlist_add_name(struct clusterlist_writer *writer,
                              struct slice name);
/* By rising uid. */
void clusterlist_add(struct clusterlist_writer *writer, const uint64_t *entry);
void clusterlist_publish(struct clusterlist_writer *writer);

/* ---- reading; after opening safe from any thread ---- */

struct clusterlist;

/* NULL and a fault when it is not there, damaged, or of another kind. */
struct clusterlist *clusterlist_open(const char *path, struct fault *fault);
uint64_t clusterlist_count(const struct clusterlist *list);

/* The entry of a uid; NULL when it is not listed. */
const uint64_t *clusterlist_find(const struct clusterlist *list, uint64_t uid);
/* The id of the kept document of an entry, as JSON; len 0: it had none. */
struct slice clusterlist_name(const struct clusterlist *list,
                              const uint64_t *entry);
void clusterlist_close(struct clusterlist *list);

#endif

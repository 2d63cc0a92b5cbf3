/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts.h - word-count files (.cnt): what `count` writes and `train` reads.
 *
 * One section per (language, source); counts of parts of a corpus add up to the
 * counts of all of it, byte for byte.  The layout, numbers little-endian,
 * `varint` as in LEB128 (7 bits a byte, lowest first):
 *
 *   magic      8 bytes   "mlincnt" and a zero
 *   version    u32       1
 *   name_len   u32       and the pre-tokenizer's name or regex, that long
 *   sections, ordered by the bytes of language, then source:
 *     1          u8        a section follows
 *     lang_len   varint    and the language as the records call it; 0 = none
 *     source_len varint    and the source; 0 = none
 *     documents  u64       that were counted
 *     text_bytes u64       of their texts
 *     words, in byte order:
 *       count      varint    at least 1
 *       shared     varint    bytes this word begins with as the last one did
 *       rest_len   varint    and the rest of its bytes (at least one in all)
 *     0          u8        instead of a count: the section ends
 *   0          u8        no more sections
 *   checksum   u64       of all bytes before: see below
 *
 * The checksum of no bytes is 0; with each further block of 65,536 bytes (the
 * last may be shorter) it becomes XXH3-64 of (checksum as 8 bytes, block).
 * Equal counts give equal bytes.  A name that ends in .gz or .zst is packed.
 */
#ifndef MLIN_TOKENIZER_COUNTS_H
#define MLIN_TOKENIZER_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"
#include "tokenizer/wordcount.h"

enum { COUNTS_NAME_MAX = 1 << 16 }; /* of a pre-tokenizer, language, source */

struct counts_section {
    struct slice lang, source; /* owned */
    uint64_t documents, text_bytes;
    struct wordcount words;
};

/* {0} is empty. */
struct counts {
    char *pretokenizer; /* owned; NULL = not known yet */
    struct counts_section *sections; /* [count], in the order of their making */
    size_t count, cap;
    uint32_t *slots;                 /* [slot_cap] section + 1; 0 = free */
    size_t slot_cap;
};

/* Tables that add up to the counts of a corpus. */
struct counts_list {
    struct counts *items; /* [count], owned */
    size_t count;
    char *pretokenizer;   /* owned; NULL = not known yet */
};

void counts_clear(struct counts *counts);
void counts_list_clear(struct counts_list *list);

/* The section, made when it is new; valid until another is made. */
struct counts_section *counts_section(struct counts *counts, struct slice lang,
                                      struct slice source);

/* Add a section's numbers and words; false when one would not fit 64 bits. */
bool counts_section_add(struct counts_section *sum,
                        const struct counts_section *part);

/* Add all of `from`; false when a number would not fit 64 bits. */
bool counts_add_all(struct counts *counts, const struct counts *from);

/*
 * Write the sum of `count` tables (src/output.h; "-" is stdout); dies when it
 * cannot.  They are sorted where they lie: good for counts_clear() only.
 */
void counts_write(struct counts *const *tables, size_t count, size_t threads,
                  const char *pretokenizer, const char *path);

/*
 * Add a file's counts; `counts` takes over the pre-tokenizer's name when it has
 * none.  False with a fault at a byte of the (unpacked) file: not such a file,
 * truncated, changed, counted by another pre-tokenizer, or too large a sum.
 * Then `counts` holds a part of it and is good for counts_clear() only.
 */
bool counts_read(struct counts *counts, const char *path, struct fault *fault);

/*
 * Runs beside an output, for tables that outgrow their memory and merges of
 * many files.  Opening removes what a killed run left; NULL when the output is
 * no regular file and so has no name to be beside.
 */
struct counts_spill;

struct counts_spill *counts_spill_open(const char *out);
/*
 * Write the tables' sum as a run and empty them; from any thread, each with a
 * number `next` of its own that begins as 0.
 */
void counts_spill_add(const struct counts_spill *spill, size_t *next,
                      struct counts *const *tables, size_t count,
                      size_t threads, const char *pretokenizer);
/* The name of a new run, for free(); `next` as above. */
char *counts_spill_name(const struct counts_spill *spill, size_t *next);
size_t counts_spill_count(const struct counts_spill *spill);
/* The sum of all runs (at least one), into a file. */
void counts_spill_merge(const struct counts_spill *spill, const char *out,
                        size_t at_once);
/* Remove the runs and forget them; NULL is fine. */
void counts_spill_close(struct counts_spill *spill);

/*
 * The sum of `count` files (at least one) into a file, `at_once` (at least 2)
 * of them open at a time; dies with the name of a file that is not sound, was
 * counted by another pre-tokenizer, or makes the sum too large.  `spill` may be
 * NULL when there are no more files than that.
 */
void counts_merge(const char *out, const char *const *files, size_t count,
                  size_t at_once, const struct counts_spill *spill);

#endif

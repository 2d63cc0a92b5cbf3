/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_format.h - writing and reading a .cnt file piece by piece; the layout
 * is drawn in counts.h.
 *
 * Neither holds more than a block, a name and a word.  One thread at a time.
 */
#ifndef MLIN_TOKENIZER_COUNTS_FORMAT_H
#define MLIN_TOKENIZER_COUNTS_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"
#include "src/slice.h"

#define COUNTS_MAGIC "mlincnt" /* with its zero */
#define COUNTS_TOO_MUCH "the counts' sum does not fit 64 bits"

enum { COUNTS_VERSION = 1, COUNTS_BLOCK = 65536 };

/* The checksum after one more block of 1 to COUNTS_BLOCK bytes. */
uint64_t counts_checksum(uint64_t checksum, const char *block, size_t len);

/* What stands before the words of a section. */
struct counts_head {
    struct slice lang, source;
    uint64_t documents, text_bytes;
};

/* Language, then source; as the sections of a file are ordered. */
int counts_head_compare(const struct counts_head *a,
                        const struct counts_head *b);

/* ---- writing: sections and words must come in their order ---- */

struct counts_writer;

/* Dies when the file cannot be written, as the others do: src/output.h. */
struct counts_writer *counts_writer_open(const char *path,
                                         const char *pretokenizer);
void counts_writer_begin(struct counts_writer *writer,
                         const struct counts_head *head);
/* Bytes of encoded words. */
void counts_writer_words(struct counts_writer *writer, struct slice words);
void counts_writer_end(struct counts_writer *writer);
/* Publish the file and free the writer; or remove what was written. */
void counts_writer_close(struct counts_writer *writer);
void counts_writer_cancel(struct counts_writer *writer);

/* Words as they stand in a file; {0} is empty, free() the bytes. */
struct counts_words {
    char *bytes;
    size_t len, cap;
};

/* Append a word; `last` is the one before it in the section, or empty. */
void counts_words_add(struct counts_words *words, struct slice last,
                      struct slice word, uint64_t count);

/* ---- reading ---- */

struct counts_source {
    struct reader *reader;
    struct fault *fault;     /* what is NULL as long as nothing is wrong */
    uint64_t before;         /* bytes of the file before the block */
    uint64_t checksum;       /* of those */
    size_t at, len;
    char block[COUNTS_BLOCK];
    char *pretokenizer;
    struct counts_head head; /* of the section; owned */
    bool in_section;         /* false: the file is through, and is sound */
    uint64_t total;          /* of the section's counts so far */
    uint64_t count;          /* of the word; 0: the section is through */
    char *word;              /* [word_len] */
    size_t word_len, word_cap;
};

/* NULL with a fault when it is no such file; `fault` must stay. */
struct counts_source *counts_source_open(const char *path,
                                         struct fault *fault);
/* To the next section (from the end of one), or word; false with a fault. */
bool counts_source_section(struct counts_source *source);
bool counts_source_word(struct counts_source *source);
/* A fault at where the reading is; returns false. */
bool counts_source_wrong(struct counts_source *source, const char *what);
void counts_source_close(struct counts_source *source);

#endif

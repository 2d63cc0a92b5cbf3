/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_writer - a .cnt file, block by block, each into the checksum.
 */
#include <stdlib.h>

#include "src/hash.h"
#include "src/output.h"
#include "tokenizer/counts_format.h"

enum { VARINT_MAX = 10 };

struct counts_writer {
    struct output *output;
    uint64_t checksum;
    size_t len;
    char block[COUNTS_BLOCK];
};

uint64_t counts_checksum(uint64_t checksum, const char *block, size_t len)
{
    char bytes[8 + COUNTS_BLOCK];

    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(unsigned char)(checksum >> (8 * i));
    memcpy(bytes + 8, block, len);
    return hash64(slice_make(bytes, 8 + len));
}

int counts_head_compare(const struct counts_head *a,
                        const struct counts_head *b)
{
    int order = slice_compare(a->lang, b->lang);

    return order != 0 ? order : slice_compare(a->source, b->source);
}

static void flush(struct counts_writer *w)
{
    if (w->len == 0)
        return;
    w->checksum = counts_checksum(w->checksum, w->block, w->len);
    output_write(w->output, slice_make(w->block, w->len));
    w->len = 0;
}

void counts_writer_words(struct counts_writer *w, struct slice bytes)
{
    while (bytes.len > 0) {
        size_t n = COUNTS_BLOCK - w->len;

        n = n < bytes.len ? n : bytes.len;
        memcpy(w->block + w->len, bytes.ptr, n);
        w->len += n;
        bytes = slice_make(bytes.ptr + n, bytes.len - n);
        if (w->len == COUNTS_BLOCK)
            flush(w);
    }
}

static void put_number(struct counts_writer *w, uint64_t number, size_t len)
{
    char bytes[8];

    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)(unsigned char)(number >> (8 * i));
    counts_writer_words(w, slice_make(bytes, len));
}

static char *varint_to(char *to, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *to++ = (char)(unsigned char)(number | 0x80);
    *to++ = (char)number;
    return to;
}

static void put_string(struct counts_writer *w, struct slice string)
{
    char bytes[VARINT_MAX];

    counts_writer_words(w, slice_make(bytes, (size_t)(
        varint_to(bytes, string.len) - bytes)));
    counts_writer_words(w, string);
}

struct counts_writer *counts_writer_open(const char *path,
                                         const char *pretokenizer)
{
    struct counts_writer *w = xcalloc(1, sizeof *w);

    w->output = output_open(path);
    counts_writer_words(w, slice_make(COUNTS_MAGIC, 8));
    put_number(w, COUNTS_VERSION, 4);
    put_number(w, strlen(pretokenizer), 4);
    counts_writer_words(w, slice_from(pretokenizer));
    return w;
}

void counts_writer_begin(struct counts_writer *w,
                         const struct counts_head *head)
{
    put_number(w, 1, 1);
    put_string(w, head->lang);
    put_string(w, head->source);
    put_number(w, head->documents, 8);
    put_number(w, head->text_bytes, 8);
}

void counts_writer_end(struct counts_writer *w)
{
    put_number(w, 0, 1);
}

void counts_writer_close(struct counts_writer *w)
{
    put_number(w, 0, 1);
    flush(w);
    for (int i = 0; i < 8; i++)
        w->block[i] = (char)(unsigned char)(w->checksum >> (8 * i));
    output_write(w->output, slice_make(w->block, 8));
    output_close(w->output);
    free(w);
}

void counts_writer_cancel(struct counts_writer *w)
{
    output_cancel(w->output);
    free(w);
}

void counts_words_add(struct counts_words *words, struct slice last,
                      struct slice word, uint64_t count)
{
    size_t shared = 0;
    char *to;

    while (shared < last.len && shared < word.len &&
           last.ptr[shared] == word.ptr[shared])
        shared++;
    words->bytes = grow(words->bytes, &words->cap,
                        words->len + 3 * VARINT_MAX + word.len - shared, 1);
    to = varint_to(words->bytes + words->len, count);
    to = varint_to(to, shared);
    to = varint_to(to, word.len - shared);
    memcpy(to, word.ptr + shared, word.len - shared);
    words->len = (size_t)(to - words->bytes) + word.len - shared;
}

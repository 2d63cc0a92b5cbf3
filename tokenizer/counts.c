/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts - sections of word counts, and writing them.
 */
#include "tokenizer/counts.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"
#include "src/output.h"
#include "tokenizer/counts_format.h"

enum { SLOTS_MIN = 64 };

static struct slice copy(struct slice bytes)
{
    char *ptr = xmalloc(bytes.len + 1);

    if (bytes.len > 0)
        memcpy(ptr, bytes.ptr, bytes.len);
    return slice_make(ptr, bytes.len);
}

void counts_clear(struct counts *counts)
{
    for (size_t i = 0; i < counts->count; i++) {
        free((char *)counts->sections[i].lang.ptr);
        free((char *)counts->sections[i].source.ptr);
        wordcount_clear(&counts->sections[i].words);
    }
    free(counts->sections);
    free(counts->slots);
    free(counts->pretokenizer);
    *counts = (struct counts){ 0 };
}

/* The slot of a section, or the free one where it belongs. */
static uint32_t *slot_of(const struct counts *counts, struct slice lang,
                         struct slice source)
{
    struct slice parts[2] = { lang, source };
    size_t at = hash128_parts(parts, 2).low & (counts->slot_cap - 1);

    for (; counts->slots[at] != 0; at = (at + 1) & (counts->slot_cap - 1)) {
        const struct counts_section *section =
            &counts->sections[counts->slots[at] - 1];

        if (slice_equal(section->lang, lang) &&
            slice_equal(section->source, source))
            break;
    }
    return &counts->slots[at];
}

static void slots_grow(struct counts *counts)
{
    free(counts->slots);
    counts->slot_cap = counts->slot_cap > 0 ? counts->slot_cap * 2 : SLOTS_MIN;
    counts->slots = xcalloc(counts->slot_cap, sizeof *counts->slots);
    for (size_t i = 0; i < counts->count; i++)
        *slot_of(counts, counts->sections[i].lang,
                 counts->sections[i].source) = (uint32_t)i + 1;
}

struct counts_section *counts_section(struct counts *counts, struct slice lang,
                                      struct slice source)
{
    uint32_t *slot;

    if (counts->count * 2 >= counts->slot_cap)
        slots_grow(counts);
    slot = slot_of(counts, lang, source);
    if (*slot == 0) {
        counts->sections = grow(counts->sections, &counts->cap,
                                counts->count + 1, sizeof *counts->sections);
        counts->sections[counts->count++] = (struct counts_section){
            .lang = copy(lang), .source = copy(source)
        };
        *slot = (uint32_t)counts->count;
    }
    return &counts->sections[*slot - 1];
}

bool counts_add_all(struct counts *counts, const struct counts *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct counts_section *part = &from->sections[i];
        struct counts_section *sum =
            counts_section(counts, part->lang, part->source);

        if (sum->documents > UINT64_MAX - part->documents ||
            sum->text_bytes > UINT64_MAX - part->text_bytes ||
            !wordcount_add_all(&sum->words, &part->words))
            return false;
        sum->documents += part->documents;
        sum->text_bytes += part->text_bytes;
    }
    return true;
}

/* A file being written, block by block, each into the checksum. */
struct writer {
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

static void flush(struct writer *w)
{
    if (w->len == 0)
        return;
    w->checksum = counts_checksum(w->checksum, w->block, w->len);
    output_write(w->output, slice_make(w->block, w->len));
    w->len = 0;
}

static void put_bytes(struct writer *w, struct slice bytes)
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

static void put_number(struct writer *w, uint64_t number, size_t len)
{
    char bytes[8];

    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)(unsigned char)(number >> (8 * i));
    put_bytes(w, slice_make(bytes, len));
}

static void put_varint(struct writer *w, uint64_t number)
{
    char bytes[10];
    size_t len = 0;

    for (; number >= 0x80; number >>= 7)
        bytes[len++] = (char)(unsigned char)(number | 0x80);
    bytes[len++] = (char)number;
    put_bytes(w, slice_make(bytes, len));
}

static void put_section(struct writer *w, const struct counts_section *section)
{
    struct wordcount_item *items = wordcount_sorted(&section->words);
    struct slice last = { 0 };

    put_number(w, 1, 1);
    put_varint(w, section->lang.len);
    put_bytes(w, section->lang);
    put_varint(w, section->source.len);
    put_bytes(w, section->source);
    put_number(w, section->documents, 8);
    put_number(w, section->text_bytes, 8);
    for (size_t i = 0; i < section->words.count; i++) {
        struct slice word = items[i].word;
        size_t shared = 0;

        while (shared < last.len && last.ptr[shared] == word.ptr[shared])
            shared++;
        put_varint(w, items[i].count);
        put_varint(w, shared);
        put_varint(w, word.len - shared);
        put_bytes(w, slice_make(word.ptr + shared, word.len - shared));
        last = word;
    }
    put_number(w, 0, 1);
    free(items);
}

static int by_name(const void *a, const void *b)
{
    const struct counts_section *const *x = a, *const *y = b;
    int order = slice_compare((*x)->lang, (*y)->lang);

    return order != 0 ? order : slice_compare((*x)->source, (*y)->source);
}

void counts_write(const struct counts *counts, const char *path)
{
    const struct counts_section **order =
        xmalloc(counts->count * sizeof *order + 1);
    struct writer *w = xcalloc(1, sizeof *w);

    for (size_t i = 0; i < counts->count; i++)
        order[i] = &counts->sections[i];
    qsort(order, counts->count, sizeof *order, by_name);
    w->output = output_open(path);
    put_bytes(w, slice_make(COUNTS_MAGIC, 8));
    put_number(w, COUNTS_VERSION, 4);
    put_number(w, strlen(counts->pretokenizer), 4);
    put_bytes(w, slice_from(counts->pretokenizer));
    for (size_t i = 0; i < counts->count; i++)
        put_section(w, order[i]);
    put_number(w, 0, 1);
    flush(w);
    for (int i = 0; i < 8; i++)
        w->block[i] = (char)(unsigned char)(w->checksum >> (8 * i));
    output_write(w->output, slice_make(w->block, 8));
    output_close(w->output);
    free(order);
    free(w);
}

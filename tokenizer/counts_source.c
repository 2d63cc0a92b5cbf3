/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_source - reading .cnt files word by word; nothing in them is trusted.
 *
 * Memory follows the bytes that are there, never a length that the file claims:
 * a block, the names, the longest word, and what unpacking takes.
 */
#include <stdlib.h>

#include "src/compress.h"
#include "tokenizer/counts.h"
#include "tokenizer/counts_format.h"

bool counts_source_wrong(struct counts_source *s, const char *what)
{
    if (!s->fault->what)
        *s->fault = (struct fault){ what, (size_t)(s->before + s->at) };
    return false;
}

/* The next block, whole unless the file ends in it; false at the end. */
static bool load(struct counts_source *s)
{
    if (s->len > 0)
        s->checksum = counts_checksum(s->checksum, s->block, s->len);
    s->before += s->len;
    s->at = s->len = 0;
    while (s->len < COUNTS_BLOCK) {
        size_t n = reader_read(s->reader, s->block + s->len,
                               COUNTS_BLOCK - s->len, s->fault);

        if (n == 0)
            break;
        s->len += n;
    }
    return s->len > 0 && !s->fault->what;
}

static bool get_byte(struct counts_source *s, unsigned char *byte)
{
    if (s->at == s->len && !load(s))
        return counts_source_wrong(s, "the counts end too early");
    *byte = (unsigned char)s->block[s->at++];
    return true;
}

static bool get_number(struct counts_source *s, size_t len, uint64_t *number)
{
    unsigned char byte;

    *number = 0;
    for (size_t i = 0; i < len; i++) {
        if (!get_byte(s, &byte))
            return false;
        *number |= (uint64_t)byte << (8 * i);
    }
    return true;
}

static bool get_varint(struct counts_source *s, uint64_t *number)
{
    unsigned char byte = 0x80;

    if (s->at < s->len && !(s->block[s->at] & 0x80)) {
        *number = (unsigned char)s->block[s->at++]; /* as most are */
        return true;
    }
    *number = 0;
    for (unsigned shift = 0; byte & 0x80; shift += 7) {
        if (!get_byte(s, &byte))
            return false;
        if (shift > 63 || (shift == 63 && byte > 1))
            return counts_source_wrong(s, "a number of more than 64 bits");
        *number |= (uint64_t)(byte & 0x7f) << shift;
    }
    return true;
}

/* Put `len` bytes behind the first `keep` of s->word. */
static bool get_bytes(struct counts_source *s, size_t keep, uint64_t len)
{
    s->word_len = keep;
    while (len > 0) {
        size_t n = s->len - s->at;

        if (n == 0 && !load(s))
            return counts_source_wrong(s, "the counts end too early");
        n = s->len - s->at;
        n = n < len ? n : (size_t)len;
        s->word = grow(s->word, &s->word_cap, s->word_len + n, 1);
        memcpy(s->word + s->word_len, s->block + s->at, n);
        s->word_len += n;
        s->at += n;
        len -= n;
    }
    return true;
}

/* A name of at most COUNTS_NAME_MAX bytes into s->word. */
static bool get_name(struct counts_source *s, uint64_t len)
{
    if (len > COUNTS_NAME_MAX)
        return counts_source_wrong(s, "a name is too long");
    return get_bytes(s, 0, len);
}

static char *name_copy(const struct counts_source *s)
{
    char *name = xmalloc(s->word_len + 1);

    if (s->word_len > 0)
        memcpy(name, s->word, s->word_len);
    name[s->word_len] = '\0';
    return name;
}

static bool get_string(struct counts_source *s, struct slice *string)
{
    uint64_t len;

    if (!get_varint(s, &len) || !get_name(s, len))
        return false;
    *string = slice_make(name_copy(s), s->word_len);
    return true;
}

static void head_clear(struct counts_head *head)
{
    free((char *)head->lang.ptr);
    free((char *)head->source.ptr);
    *head = (struct counts_head){ 0 };
}

static bool read_tail(struct counts_source *s)
{
    uint64_t checksum = counts_checksum(s->checksum, s->block, s->at);
    uint64_t stated;

    if (!get_number(s, 8, &stated))
        return false;
    if (stated != checksum)
        return counts_source_wrong(
            s, "the checksum is wrong: the file was changed");
    if (s->at < s->len || load(s))
        return counts_source_wrong(s, "bytes after the end of the counts");
    return !s->fault->what;
}

bool counts_source_section(struct counts_source *s)
{
    struct counts_head last = s->head;
    bool is_first = !s->in_section, good;
    unsigned char more;

    if (!get_byte(s, &more))
        return false;
    if (more > 1)
        return counts_source_wrong(s, "not a section");
    s->in_section = more == 1;
    if (more == 0)
        return read_tail(s);
    s->head = (struct counts_head){ 0 };
    s->total = 0;
    good = get_string(s, &s->head.lang) && get_string(s, &s->head.source) &&
           get_number(s, 8, &s->head.documents) &&
           get_number(s, 8, &s->head.text_bytes);
    if (good && !is_first && counts_head_compare(&last, &s->head) >= 0)
        good = counts_source_wrong(s, "sections out of order");
    head_clear(&last);
    s->word_len = 0;
    return good;
}

bool counts_source_word(struct counts_source *s)
{
    uint64_t shared, rest;
    unsigned char old = 0;
    bool extends;

    if (!get_varint(s, &s->count))
        return false;
    if (s->count == 0)
        return true;
    if (!get_varint(s, &shared) || !get_varint(s, &rest))
        return false;
    if (shared > s->word_len || rest == 0)
        return counts_source_wrong(s, "not a word");
    extends = shared == s->word_len;
    if (!extends)
        old = (unsigned char)s->word[shared];
    if (!get_bytes(s, (size_t)shared, rest))
        return false;
    if (!extends && (unsigned char)s->word[shared] <= old)
        return counts_source_wrong(s, "words out of order");
    if (s->count > (uint64_t)INT64_MAX - s->total)
        return counts_source_wrong(s, COUNTS_TOO_MUCH);
    s->total += s->count;
    return true;
}

static bool read_start(struct counts_source *s)
{
    uint64_t version, len;

    if (!get_name(s, 8) || memcmp(s->word, COUNTS_MAGIC, 8) != 0)
        return counts_source_wrong(s, "not a word-count file");
    if (!get_number(s, 4, &version))
        return false;
    if (version != COUNTS_VERSION)
        return counts_source_wrong(
            s, "a word-count file of an unknown version");
    if (!get_number(s, 4, &len) || !get_name(s, len))
        return false;
    if (s->word_len == 0 || memchr(s->word, 0, s->word_len))
        return counts_source_wrong(s, "not a pre-tokenizer");
    s->pretokenizer = name_copy(s);
    return true;
}

struct counts_source *counts_source_open(const char *path,
                                         struct fault *fault)
{
    struct counts_source *s = xcalloc(1, sizeof *s);

    *fault = (struct fault){ 0 };
    s->fault = fault;
    s->reader = reader_open(path, fault);
    if (s->reader && read_start(s))
        return s;
    counts_source_close(s);
    return NULL;
}

void counts_source_close(struct counts_source *s)
{
    if (!s)
        return;
    if (s->reader)
        reader_close(s->reader);
    head_clear(&s->head);
    free(s->pretokenizer);
    free(s->word);
    free(s);
}

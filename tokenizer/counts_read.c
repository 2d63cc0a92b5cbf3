/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_read - reading .cnt files; nothing in them is trusted.
 *
 * Memory follows the bytes that are there, never a length that the file claims.
 */
#include <stdlib.h>

#include "src/compress.h"
#include "tokenizer/counts.h"
#include "tokenizer/counts_format.h"

struct source {
    struct reader *reader;
    struct fault *fault;  /* what is NULL as long as nothing is wrong */
    uint64_t before;      /* bytes of the file before the block */
    uint64_t checksum;    /* of those */
    size_t at, len;
    char block[COUNTS_BLOCK];
    char *word;           /* the last word read */
    size_t word_len, word_cap;
};

static bool wrong(struct source *s, const char *what)
{
    if (!s->fault->what)
        *s->fault = (struct fault){ what, (size_t)(s->before + s->at) };
    return false;
}

/* The next block, whole unless the file ends in it; false at the end. */
static bool load(struct source *s)
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

static bool get_byte(struct source *s, unsigned char *byte)
{
    if (s->at == s->len && !load(s))
        return wrong(s, "the counts end too early");
    *byte = (unsigned char)s->block[s->at++];
    return true;
}

static bool get_number(struct source *s, size_t len, uint64_t *number)
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

static bool get_varint(struct source *s, uint64_t *number)
{
    unsigned char byte = 0x80;

    *number = 0;
    for (unsigned shift = 0; byte & 0x80; shift += 7) {
        if (!get_byte(s, &byte))
            return false;
        if (shift > 63 || (shift == 63 && byte > 1))
            return wrong(s, "a number of more than 64 bits");
        *number |= (uint64_t)(byte & 0x7f) << shift;
    }
    return true;
}

/* Put `len` bytes behind the first `keep` of s->word. */
static bool get_bytes(struct source *s, size_t keep, uint64_t len)
{
    s->word_len = keep;
    while (len > 0) {
        size_t n = s->len - s->at;

        if (n == 0 && !load(s))
            return wrong(s, "the counts end too early");
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
static bool get_name(struct source *s, uint64_t len)
{
    if (len > COUNTS_NAME_MAX)
        return wrong(s, "a name is too long");
    return get_bytes(s, 0, len);
}

static struct slice word_of(const struct source *s)
{
    return slice_make(s->word, s->word_len);
}

static bool read_words(struct source *s, struct counts_section *section)
{
    uint64_t count, shared, rest;

    s->word_len = 0;
    for (;;) {
        unsigned char old = 0;
        bool extends;

        if (!get_varint(s, &count))
            return false;
        if (count == 0)
            return true;
        if (!get_varint(s, &shared) || !get_varint(s, &rest))
            return false;
        if (shared > s->word_len || rest == 0)
            return wrong(s, "not a word");
        extends = shared == s->word_len;
        if (!extends)
            old = (unsigned char)s->word[shared];
        if (!get_bytes(s, (size_t)shared, rest))
            return false;
        if (!extends && (unsigned char)s->word[shared] <= old)
            return wrong(s, "words out of order");
        if (!wordcount_add(&section->words, word_of(s), count))
            return wrong(s, "the counts' sum does not fit 64 bits");
    }
}

static bool read_section(struct source *s, struct counts *counts)
{
    struct counts_section *section;
    uint64_t len, documents, text_bytes;
    char *lang;
    size_t lang_len;

    if (!get_varint(s, &len) || !get_name(s, len))
        return false;
    lang_len = s->word_len;
    lang = xmalloc(lang_len + 1);
    memcpy(lang, s->word ? s->word : "", lang_len);
    if (!get_varint(s, &len) || !get_name(s, len)) {
        free(lang);
        return false;
    }
    section = counts_section(counts, slice_make(lang, lang_len), word_of(s));
    free(lang);
    if (!get_number(s, 8, &documents) || !get_number(s, 8, &text_bytes))
        return false;
    if (section->documents > UINT64_MAX - documents ||
        section->text_bytes > UINT64_MAX - text_bytes)
        return wrong(s, "the counts' sum does not fit 64 bits");
    section->documents += documents;
    section->text_bytes += text_bytes;
    return read_words(s, section);
}

static bool read_head(struct source *s, struct counts *counts)
{
    uint64_t version, len;

    if (!get_name(s, 8) || memcmp(s->word, COUNTS_MAGIC, 8) != 0)
        return wrong(s, "not a word-count file");
    if (!get_number(s, 4, &version))
        return false;
    if (version != COUNTS_VERSION)
        return wrong(s, "a word-count file of an unknown version");
    if (!get_number(s, 4, &len) || !get_name(s, len))
        return false;
    if (s->word_len == 0 || memchr(s->word, 0, s->word_len))
        return wrong(s, "not a pre-tokenizer");
    if (!counts->pretokenizer) {
        counts->pretokenizer = xmalloc(s->word_len + 1);
        memcpy(counts->pretokenizer, s->word, s->word_len);
        counts->pretokenizer[s->word_len] = '\0';
    }
    if (!slice_is(word_of(s), counts->pretokenizer))
        return wrong(s, "counted with another pre-tokenizer");
    return true;
}

static bool read_tail(struct source *s)
{
    uint64_t checksum = counts_checksum(s->checksum, s->block, s->at);
    uint64_t stated;

    if (!get_number(s, 8, &stated))
        return false;
    if (stated != checksum)
        return wrong(s, "the checksum is wrong: the file was changed");
    if (s->at < s->len || load(s))
        return wrong(s, "bytes after the end of the counts");
    return !s->fault->what;
}

static bool read_all(struct source *s, struct counts *counts)
{
    unsigned char more;

    if (!read_head(s, counts))
        return false;
    for (;;) {
        if (!get_byte(s, &more))
            return false;
        if (more == 0)
            return read_tail(s);
        if (more != 1)
            return wrong(s, "not a section");
        if (!read_section(s, counts))
            return false;
    }
}

bool counts_read(struct counts *counts, const char *path, struct fault *fault)
{
    struct source *s = xcalloc(1, sizeof *s);
    bool done = false;

    *fault = (struct fault){ 0 };
    s->fault = fault;
    s->reader = reader_open(path, fault);
    if (s->reader) {
        done = read_all(s, counts);
        reader_close(s->reader);
    }
    free(s->word);
    free(s);
    return done;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_read - a .cnt file into tables.
 */
#include "tokenizer/counts.h"
#include "tokenizer/counts_format.h"

static bool read_section(struct counts_source *s, struct counts *counts)
{
    struct counts_section *section =
        counts_section(counts, s->head.lang, s->head.source);

    if (section->documents > UINT64_MAX - s->head.documents ||
        section->text_bytes > UINT64_MAX - s->head.text_bytes)
        return counts_source_wrong(s, COUNTS_TOO_MUCH);
    section->documents += s->head.documents;
    section->text_bytes += s->head.text_bytes;
    for (;;) {
        if (!counts_source_word(s))
            return false;
        if (s->count == 0)
            return true;
        if (!wordcount_add(&section->words, slice_make(s->word, s->word_len),
                           s->count))
            return counts_source_wrong(s, COUNTS_TOO_MUCH);
    }
}

static bool read_all(struct counts_source *s, struct counts *counts)
{
    if (!counts->pretokenizer)
        counts->pretokenizer = xstrdup(s->pretokenizer);
    if (strcmp(counts->pretokenizer, s->pretokenizer) != 0)
        return counts_source_wrong(s, "counted with another pre-tokenizer");
    for (;;) {
        if (!counts_source_section(s))
            return false;
        if (!s->in_section)
            return true;
        if (!read_section(s, counts))
            return false;
    }
}

bool counts_read(struct counts *counts, const char *path, struct fault *fault)
{
    struct counts_source *s = counts_source_open(path, fault);
    bool done = s && read_all(s, counts);

    counts_source_close(s);
    return done;
}

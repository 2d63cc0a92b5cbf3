/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs - two merge joins with the documents.
 */
#include "filters/pairs.h"

#include <string.h>

#include "src/fail.h"

void pairs_documents_begin(struct pairs_documents *d,
                           const struct pairs_work *work, bool want_names)
{
    memset(d, 0, sizeof *d);
    d->stream = sketchbook_stream(work->books, BOOK_DOCS, work->memory / 8);
    d->want_names = want_names;
    d->next = sketchbook_next(d->stream);
}

bool pairs_documents_next(struct pairs_documents *d)
{
    if (!d->next)
        return false;
    memcpy(d->doc, d->next, sizeof d->doc);
    d->copies = 0;
    d->name_len = 0;
    if (d->want_names) {
        struct slice name = sketchbook_name(d->stream);

        memcpy(d->name, name.ptr, name.len);
        d->name_len = name.len;
    }
    do {
        d->copies++;
        d->next = sketchbook_next(d->stream);
    } while (d->next && d->next[BOOK_UID] == d->doc[BOOK_UID]);
    return true;
}

void pairs_documents_find(struct pairs_documents *d, uint64_t uid)
{
    while (d->copies == 0 || d->doc[BOOK_UID] < uid)
        if (!pairs_documents_next(d))
            die("a key names a document that no file holds: a *%s file is "
                "damaged", SKETCHBOOK_END);
    if (d->doc[BOOK_UID] != uid)
        die("a key names a document that no file holds: a *%s file is damaged",
            SKETCHBOOK_END);
}

void pairs_documents_end(struct pairs_documents *d)
{
    sketchbook_stream_free(d->stream);
}

/*
 *     second, first, rest of the record, extra, exact, bits
 */
static struct sorter *
add_firsts(const struct pairs_work *work, struct sorter *pairs, size_t words,
           uint64_t (*first)(void *context,
                             const struct pairs_documents *document),
           void *context)
{
    size_t wide = words + 2 + SKETCH_WORDS;
    struct sorter *out = sorter_new(wide, 2, work->memory / 3, work->directory,
                                    work->threads);
    struct pairs_documents d;
    const uint64_t *record;
    uint64_t extra = 0, last = 0;
    bool has_last = false;

    pairs_documents_begin(&d, work, first != NULL);
    while ((record = sorter_next(pairs, false))) {
        uint64_t both[SORTER_WORDS_MAX];

        pairs_documents_find(&d, record[0]);
        if (first && (!has_last || last != record[0]))
            extra = first(context, &d);
        last = record[0];
        has_last = true;
        both[0] = record[1];
        both[1] = record[0];
        memcpy(both + 2, record + 2, (words - 2) * sizeof *both);
        both[words] = extra;
        both[words + 1] = d.doc[BOOK_EXACT];
        memcpy(both + words + 2, d.doc + BOOK_BITS, SKETCH_WORDS * 8);
        sorter_add(out, both);
    }
    pairs_documents_end(&d);
    sorter_free(pairs);
    sorter_finish(out);
    return out;
}

void pairs_compare(const struct pairs_work *work, struct sorter *pairs,
                   size_t words,
                   uint64_t (*first)(void *context,
                                     const struct pairs_documents *document),
                   void (*tell)(void *context,
                                const struct pairs_result *result),
                   void *context)
{
    struct sorter *half = add_firsts(work, pairs, words, first, context);
    struct pairs_documents d;
    const uint64_t *both;

    pairs_documents_begin(&d, work, false);
    while ((both = sorter_next(half, false))) {
        uint64_t record[SORTER_WORDS_MAX];
        struct pairs_result result = { .record = record };

        pairs_documents_find(&d, both[0]);
        record[0] = both[1];
        record[1] = both[0];
        memcpy(record + 2, both + 2, (words - 2) * sizeof *both);
        result.extra = both[words];
        result.is_exact = both[words + 1] == d.doc[BOOK_EXACT];
        result.thousandths =
            result.is_exact
                ? 1000
                : sketch_thousandths(work->params, both + words + 2,
                                     d.doc + BOOK_BITS);
        tell(context, &result);
    }
    pairs_documents_end(&d);
    sorter_free(half);
}

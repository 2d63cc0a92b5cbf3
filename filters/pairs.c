/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs - two merge joins with the documents.
 */
#include "filters/pairs.h"

#include <string.h>

#include "src/fail.h"

void pairs_documents_begin(struct pairs_documents *d,
                           const struct pairs_work *work)
{
    memset(d, 0, sizeof *d);
    d->stream = sketchbook_docs(work->books, work->memory / 8);
    d->next = sketchbook_next(d->stream);
}

bool pairs_documents_next(struct pairs_documents *d)
{
    if (!d->next)
        return false;
    memcpy(d->doc, d->next, sizeof d->doc);
    d->name = sketchbook_name(d->stream);
    d->copies = 0;
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

unsigned pairs_thousandths(const struct sketch_params *params, bool is_exact,
                           const uint64_t *a_bits, const uint64_t *b_bits)
{
    return is_exact ? 1000 : sketch_thousandths(params, a_bits, b_bits);
}

/* Of a pair whose first document was found. */
enum { HALF_SECOND, HALF_FIRST, HALF_EXACT, HALF_BITS,
       HALF_WORDS = HALF_BITS + SKETCH_WORDS };

static struct sorter *
add_firsts(const struct pairs_work *work, struct sorter *pairs,
           void (*repeated)(void *context, uint64_t uid), void *context)
{
    struct sorter *out = sorter_new(HALF_WORDS, 1, work->memory / 3,
                                    work->directory, work->threads);
    struct pairs_documents d;
    const uint64_t *pair = sorter_next(pairs, true);

    pairs_documents_begin(&d, work);
    while (pairs_documents_next(&d)) {
        if (d.copies > 1)
            repeated(context, d.doc[BOOK_UID]);
        for (; pair && pair[0] == d.doc[BOOK_UID];
             pair = sorter_next(pairs, true)) {
            uint64_t half[HALF_WORDS];

            half[HALF_SECOND] = pair[1];
            half[HALF_FIRST] = pair[0];
            half[HALF_EXACT] = d.doc[BOOK_EXACT];
            memcpy(half + HALF_BITS, d.doc + BOOK_BITS, SKETCH_WORDS * 8);
            sorter_add(out, half);
        }
    }
    if (pair)
        die("a key names a document that no file holds: a *%s file is damaged",
            SKETCHBOOK_END);
    pairs_documents_end(&d);
    sorter_free(pairs);
    sorter_finish(out);
    return out;
}

void pairs_compare(const struct pairs_work *work, struct sorter *pairs,
                   void (*repeated)(void *context, uint64_t uid),
                   void (*tell)(void *context,
                                const struct pairs_result *result),
                   void *context)
{
    struct sorter *halves = add_firsts(work, pairs, repeated, context);
    struct pairs_documents d;
    const uint64_t *half;

    pairs_documents_begin(&d, work);
    while ((half = sorter_next(halves, false))) {
        struct pairs_result result = {
            .pair = { half[HALF_FIRST], half[HALF_SECOND] }
        };

        pairs_documents_find(&d, half[HALF_SECOND]);
        result.is_exact = half[HALF_EXACT] == d.doc[BOOK_EXACT];
        result.thousandths = pairs_thousandths(work->params, result.is_exact,
                                               half + HALF_BITS,
                                               d.doc + BOOK_BITS);
        tell(context, &result);
    }
    pairs_documents_end(&d);
    sorter_free(halves);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally - whoever counts, in whatever order, with however little memory: the
 * sums are those of one table, and no word is in two of the tables.
 */
#include "tokenizer/tally.h"

#include <stdio.h>
#include <stdlib.h>

#include "src/parallel.h"
#include "tests/check.h"

enum { DOCUMENTS = 4000, WORDS = 100, LANGUAGES = 3 };

static const char *const languages[LANGUAGES] = { "", "ces_Latn", "ell_Grek" };

/* The words of a document: of few kinds or many, short and long. */
static size_t make_document(size_t number, char *text, size_t *ends)
{
    struct random random = { number + 1 };
    size_t len = 0;

    for (size_t i = 0; i < WORDS; i++) {
        uint64_t kind = random_below(&random, 10);
        uint64_t word = random_below(&random, kind < 6 ? 50 : 400000);

        len += (size_t)snprintf(text + len, 50, "%s%llu",
                                kind == 9 ? "of more than twenty-three bytes "
                                          : " w", (unsigned long long)word);
        ends[i] = len;
    }
    return len;
}

struct job {
    struct tally *tally;
    size_t sources;          /* 1 or 2 */
    struct counts spilled;
    uint64_t spills;
};

static void count_document(void *context, size_t i, size_t worker)
{
    struct job *job = context;
    struct tally_hand *hand = tally_take(job->tally);
    char text[WORDS * 50];
    size_t ends[WORDS], len = make_document(i, text, ends);

    (void)worker;
    tally_document(hand, slice_from(languages[i % LANGUAGES]),
                   slice_from(i % job->sources ? "a" : "b"), len);
    tally_pieces(hand, slice_make(text, len), 0, ends, WORDS);
    tally_give(hand);
}

static void take_tables(void *context, struct counts *const *tables,
                        size_t count)
{
    struct job *job = context;

    job->spills++;
    for (size_t i = 0; i < count; i++) {
        check(counts_add_all(&job->spilled, tables[i]));
        counts_clear(tables[i]);
    }
}

static void count_plainly(struct counts *sum, size_t sources)
{
    for (size_t i = 0; i < DOCUMENTS; i++) {
        char text[WORDS * 50];
        size_t ends[WORDS], at = 0, len = make_document(i, text, ends);
        struct counts_section *section =
            counts_section(sum, slice_from(languages[i % LANGUAGES]),
                           slice_from(i % sources ? "a" : "b"));

        section->documents++;
        section->text_bytes += len;
        for (size_t k = 0; k < WORDS; at = ends[k++])
            check(wordcount_add(&section->words,
                                slice_make(text + at, ends[k] - at), 1));
    }
}

static void check_same(struct counts *sum, const struct counts *want)
{
    struct wordcount_item item;

    check(sum->count == want->count);
    for (size_t i = 0; i < want->count; i++) {
        const struct counts_section *w = &want->sections[i];
        const struct counts_section *s =
            counts_section(sum, w->lang, w->source);

        check(sum->count == want->count && s->documents == w->documents &&
              s->text_bytes == w->text_bytes &&
              s->words.count == w->words.count &&
              s->words.total == w->words.total);
        for (size_t at = 0; wordcount_next(&w->words, &at, &item);)
            check(wordcount_get(&s->words, item.word) == item.count);
    }
}

static void each_once(struct counts *const *tables, size_t count,
                      const struct counts *want)
{
    uint64_t words = 0, wanted = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < tables[i]->count; k++)
            words += tables[i]->sections[k].words.count;
    for (size_t i = 0; i < want->count; i++)
        wanted += want->sections[i].words.count;
    check(words == wanted);
}

static void count_on(size_t threads, size_t hands, uint64_t memory,
                     size_t sources, bool is_reader, const struct counts *want)
{
    struct job job = { .sources = sources };
    struct counts *const *tables;
    const struct counts *seen;
    size_t count;
    uint64_t pieces = 0;

    job.tally = tally_new(hands, memory, take_tables, &job);
    parallel_for(threads, DOCUMENTS, count_document, &job);
    tables = is_reader ? tally_words(job.tally, &count)
                       : tally_tables(job.tally, &count);
    check(memory ? job.spills > 1 : job.spills == 0);
    if (!memory)
        each_once(tables, count, want);
    take_tables(&job, tables, count);
    check_same(&job.spilled, want);
    seen = tally_pieces_seen(job.tally);
    check(seen->count == LANGUAGES);
    for (size_t i = 0; i < seen->count; i++)
        pieces += seen->sections[i].text_bytes;
    check(pieces == (uint64_t)DOCUMENTS * WORDS);
    counts_clear(&job.spilled);
    tally_free(job.tally);
}

int main(void)
{
    for (size_t sources = 1; sources <= 2; sources++) {
        struct counts want = { 0 };

        count_plainly(&want, sources);
        for (int reader = 0; reader < 2; reader++) {
            count_on(1, 1, 0, sources, reader, &want);
            count_on(2, 2, 0, sources, reader, &want);
            count_on(3, 3, 0, sources, reader, &want);
            count_on(5, 5, 0, sources, reader, &want);
            count_on(5, 2, 0, sources, reader, &want); /* few hands */
            count_on(2, 200, 0, sources, reader, &want); /* they hold little */
            count_on(1, 1, 512 << 10, sources, reader, &want);
            count_on(3, 3, 2 << 20, sources, reader, &want);
        }
        counts_clear(&want);
    }
    return check_done();
}

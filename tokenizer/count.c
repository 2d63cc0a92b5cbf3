/* SPDX-License-Identifier: Apache-2.0 */
/*
 * count - how often each pre-token occurs, per language: all that a trainer
 * needs to know of a corpus.
 *
 * Counting has no order, so each worker has tables of its own, added up at the
 * end.  Memory: workers x 64 bytes x distinct pre-tokens (128 while a table
 * grows) and the bytes of those longer than 23.
 */
#include "tokenizer/count.h"

#include <stdlib.h>

#include "src/ledger.h"

enum { PIECES = 1024 };

static const struct option count_options[] = {
    { "out", OPTION_TEXT, offsetof(struct count, out), NULL, "FILE",
      "the word-count file to write; .gz and .zst are packed" },
    { "pretokenizer", OPTION_TEXT, offsetof(struct count, pretokenizer),
      "gpt2", "NAME", "gpt2, llama3, cl100k, qwen2, o200k or a regex" },
    { "merge", OPTION_FLAG, offsetof(struct count, merge), NULL, NULL,
      "the operands are word-count files: write their sum" },
    { 0 }
};

static void count_open(void *self, const struct setup *setup)
{
    struct count *count = self;
    struct fault fault;

    (void)setup;
    if (count->merge)
        usage_error("--merge reads no documents: it cannot be in a pipeline");
    if (!count->out && !count->into)
        usage_error("-o FILE is needed: where to write the counts");
    if (!pretokenizer_open(&count->pre, count->pretokenizer, &fault))
        usage_error("--pretokenizer: %s, at byte %zu", fault.what, fault.at);
    count->sum.pretokenizer = xstrdup(pretokenizer_name(&count->pre));
}

static void *count_worker_open(const void *self)
{
    (void)self;
    return xcalloc(1, sizeof(struct counts));
}

/* Only a regular expression can fail; a text counts wholly or not at all. */
static bool can_be_cut(const struct pretokenizer *pre, struct slice text)
{
    size_t ends[PIECES], at = 0, n;

    if (!pre->regex)
        return true;
    while ((n = pretokenize(pre, text, at, ends, PIECES)) > 0)
        at = ends[n - 1];
    return at == text.len;
}

static void count_text(const struct pretokenizer *pre, struct wordcount *words,
                       struct slice text)
{
    size_t ends[PIECES], n;

    for (size_t at = 0; (n = pretokenize(pre, text, at, ends, PIECES)) > 0;
         at = ends[n - 1])
        wordcount_add_pieces(words, text, at, ends, n);
}

static void count_map(const void *self, struct batch *b)
{
    const struct count *count = self;
    struct counts *counts = b->worker;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct counts_section *section;

        if (!can_be_cut(&count->pre, r->text)) {
            record_reject(r, "the pre-tokenizer's regex gave up", 0);
            continue;
        }
        section = counts_section(counts, r->lang, slice_make(NULL, 0));
        section->documents++;
        section->text_bytes += r->text.len;
        count_text(&count->pre, &section->words, r->text);
    }
}

static void count_worker_close(void *self, void *worker)
{
    struct count *count = self;

    if (!counts_add_all(&count->sum, worker))
        die("the counts' sum does not fit 64 bits");
    counts_clear(worker);
    free(worker);
}

static void count_close(void *self, const struct setup *setup)
{
    struct count *count = self;

    for (size_t i = 0; i < count->sum.count; i++)
        ledger_note(setup->notes, count->sum.sections[i].lang, "pretokens",
                    count->sum.sections[i].words.total);
    if (count->into) {
        *count->into = count->sum;
        count->sum = (struct counts){ 0 };
    } else {
        counts_write(&count->sum, count->out);
    }
    counts_clear(&count->sum);
    pretokenizer_close(&count->pre);
}

static void count_merge(const char *out, const char *const *files,
                        size_t file_count)
{
    struct counts sum = { 0 };
    struct fault fault;

    if (!out)
        usage_error("-o FILE is needed: where to write the counts");
    if (file_count == 0)
        usage_error("--merge: which files?");
    for (size_t i = 0; i < file_count; i++)
        if (!counts_read(&sum, files[i], &fault))
            die("%s: byte %zu: %s", files[i], fault.at, fault.what);
    counts_write(&sum, out);
    counts_clear(&sum);
}

static bool count_instead(void *self, const char *const *files,
                          size_t file_count)
{
    const struct count *count = self;

    if (count->merge)
        count_merge(count->out, files, file_count);
    return count->merge;
}

const struct stage count_stage = {
    .name = "count",
    .summary = "count pre-tokens per language, for train",
    .operands = "[FILE...]",
    .options = count_options,
    .size = sizeof(struct count),
    .flags = STAGE_SINK | STAGE_OWN_OUT,
    .open = count_open,
    .worker_open = count_worker_open,
    .map = count_map,
    .worker_close = count_worker_close,
    .close = count_close,
    .instead = count_instead,
};

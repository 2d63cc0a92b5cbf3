/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train_input - documents through the count stage, plain lines read here,
 * word-count files added up.
 */
#include "tokenizer/train_input.h"

#include <inttypes.h>
#include <stdlib.h>

#include "src/compress.h"
#include "src/pipeline.h"
#include "src/tool.h"
#include "src/unicode.h"
#include "src/utf8.h"
#include "tokenizer/count.h"

enum { READ_BYTES = 1 << 20, PIECES = 1024 };

static bool is_count_file(const char *path)
{
    static const char *const ends[] = { ".cnt", ".cnt.gz", ".cnt.zst" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(path), end = strlen(ends[i]);

        if (len >= end && strcmp(path + len - end, ends[i]) == 0)
            return true;
    }
    return false;
}

static void count_documents(const struct train_input *in,
                            const struct option_list *files,
                            const char *pretokenizer,
                            struct counts_list *list)
{
    struct count stage = { .pretokenizer = pretokenizer, .into = list };
    struct stage named = count_stage;
    struct step step = { .stage = &named, .self = &stage };
    struct pipeline pipeline = { .steps = &step, .step_count = 1,
                                 .files = *files };

    named.name = "train"; /* as messages shall say */
    step.typed = xstrdup(named.name);
    step.options.text_field = in->text_field;
    pipeline.run.threads = in->threads;
    pipeline.run.quiet = in->quiet;
    tool_run_defaults(&pipeline.run);
    pipeline_run(&pipeline);
    free(step.typed);
}

/* Whole lines; the last may lack its line end. */
struct lines {
    const char *path;
    const struct pretokenizer *pre;
    struct wordcount *words;
    uint64_t number; /* of the next line, from 1 */
};

static void count_line(struct lines *lines, struct slice line)
{
    struct arena arena = { 0 };
    size_t ends[PIECES], at = 0, n;

    if (!utf8_check(line, &at))
        die("%s:%" PRIu64 ":%zu: not UTF-8", lines->path, lines->number,
            at + 1);
    if (pretokenizer_is_nfc(lines->pre))
        line = unicode_nfc(line, &arena);
    for (at = 0; (n = pretokenize(lines->pre, line, at, ends, PIECES)) > 0;
         at = ends[n - 1])
        wordcount_add_pieces(lines->words, line, at, ends, n);
    if (at < line.len)
        die("%s:%" PRIu64 ":%zu: the pre-tokenizer's regex gave up",
            lines->path, lines->number, at);
    arena_clear(&arena);
    lines->number++;
}

/* Count all whole lines of the text; returns how many bytes they are. */
static size_t count_lines(struct lines *lines, struct slice text)
{
    size_t at = 0;

    while (at < text.len) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);

        if (!end)
            break;
        count_line(lines, slice_make(text.ptr + at,
                                     (size_t)(end - text.ptr) + 1 - at));
        at = (size_t)(end - text.ptr) + 1;
    }
    return at;
}

void train_input_lines(const char *path, const struct pretokenizer *pre,
                       struct wordcount *words)
{
    bool is_stdin = strcmp(path, "-") == 0;
    struct lines lines = { is_stdin ? "stdin" : path, pre, words, 1 };
    struct fault fault = { 0 };
    struct reader *reader = reader_open(path, &fault);
    char *bytes = NULL;
    size_t len = 0, cap = 0, n, searched = 0;

    if (!reader)
        die("%s: %s", path, fault.what);
    do {
        bytes = grow(bytes, &cap, len + READ_BYTES, 1);
        n = reader_read(reader, bytes + len, READ_BYTES, &fault);
        if (fault.what)
            die("%s: byte %zu: %s", path, fault.at, fault.what);
        len += n;
        /* A line without an end is not searched again from its start. */
        if (memchr(bytes + searched, '\n', len - searched)) {
            size_t used = count_lines(&lines, slice_make(bytes, len));

            len -= used;
            memmove(bytes, bytes + used, len);
        }
        searched = len;
    } while (n > 0);
    if (len > 0)
        count_line(&lines, slice_make(bytes, len));
    free(bytes);
    reader_close(reader);
}

static void count_plain(const struct option_list *files, struct counts *counts)
{
    struct counts_section *section =
        counts_section(counts, slice_make(NULL, 0), slice_make(NULL, 0));
    struct pretokenizer pre;
    struct fault fault;

    if (!pretokenizer_open(&pre, counts->pretokenizer, &fault))
        bug("a pre-tokenizer that could be opened before");
    for (size_t i = 0; i < files->count; i++)
        train_input_lines(files->items[i], &pre, &section->words);
    if (files->count == 0)
        train_input_lines("-", &pre, &section->words);
    pretokenizer_close(&pre);
}

/* The name that the counts shall bear: as asked for, as counted, or gpt2. */
static void settle_pretokenizer(struct counts *counts, const char *name)
{
    struct pretokenizer pre;
    struct fault fault;

    if (counts->pretokenizer)
        return;
    if (!pretokenizer_open(&pre, name, &fault))
        usage_error("--pretokenizer: %s, at byte %zu", fault.what, fault.at);
    counts->pretokenizer = xstrdup(pretokenizer_name(&pre));
    pretokenizer_close(&pre);
}

void train_input_count(const struct train_input *in,
                       const char *const *operands, size_t count,
                       struct counts_list *list)
{
    struct option_list files = { 0 };
    struct counts counts = { 0 };
    struct fault fault;

    if (in->pretokenizer)
        settle_pretokenizer(&counts, in->pretokenizer);
    for (size_t i = 0; i < count; i++)
        if (!is_count_file(operands[i]))
            option_list_add(&files, operands[i]);
        else if (!counts_read(&counts, operands[i], &fault))
            die("%s: byte %zu: %s", operands[i], fault.at, fault.what);
    settle_pretokenizer(&counts, "gpt2");
    if ((files.count > 0 || count == 0) && in->lines)
        count_plain(&files, &counts);
    else if (files.count > 0 || count == 0)
        count_documents(in, &files, counts.pretokenizer, list);
    list->pretokenizer = xstrdup(counts.pretokenizer);
    list->items = xrealloc(list->items,
                           (list->count + 1) * sizeof *list->items);
    list->items[list->count++] = counts;
    option_list_clear(&files);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train - `mlin train`: count the words of all input, then train on the counts.
 *
 * Documents are counted by the count stage on all processors; plain lines are
 * read here; word-count files are added up.  Memory: see count.c and trainer.h;
 * it follows the distinct words, not the text.
 */
#include "tokenizer/train.h"

#include <inttypes.h>
#include <stdlib.h>

#include "src/compress.h"
#include "src/pipeline.h"
#include "src/tool.h"
#include "src/utf8.h"
#include "tokenizer/count.h"
#include "tokenizer/counts.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/trainer.h"
#include "tokenizer/vocab_json.h"

enum { READ_BYTES = 1 << 20, PIECES = 1024 };

struct train {
    const char *out, *pretokenizer, *ties, *alphabet, *text_field;
    uint64_t vocab_size, min_frequency, threads;
    struct option_list specials;
    bool lines, quiet;
};

#define TRAIN(member) offsetof(struct train, member)

static const struct option train_options[] = {
    { "out", OPTION_TEXT, TRAIN(out), NULL, "FILE",
      "the tokenizer.json to write" },
    { "vocab-size", OPTION_COUNT, TRAIN(vocab_size), NULL, "N",
      "tokens wanted, special ones and bytes included" },
    { "pretokenizer", OPTION_TEXT, TRAIN(pretokenizer), NULL, "NAME",
      "gpt2 (default), llama3, cl100k, qwen2, o200k or a regex" },
    { "ties", OPTION_TEXT, TRAIN(ties), "hf", "RULE",
      "hf: of equally frequent pairs the one of the smallest ids" },
    { "special", OPTION_LIST, TRAIN(specials), NULL, "TOKEN",
      "a special token; they get the first ids, in this order" },
    { "min-frequency", OPTION_COUNT, TRAIN(min_frequency), "0", "N",
      "merge only pairs that occur so often" },
    { "initial-alphabet", OPTION_TEXT, TRAIN(alphabet), "bytes", "SET",
      "bytes: all 256 are tokens; seen: only those that occur" },
    { "lines", OPTION_FLAG, TRAIN(lines), NULL, NULL,
      "the input is plain text, each line a text of its own" },
    { "text-field", OPTION_TEXT, TRAIN(text_field), NULL, "NAME",
      "where the text of a document is" },
    { "threads", OPTION_COUNT, TRAIN(threads), NULL, "N",
      "processors to use (default: all that the process may use)" },
    { "quiet", OPTION_FLAG, TRAIN(quiet), NULL, NULL, "show no progress" },
    { 0 }
};

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

static void count_documents(const struct train *train,
                            const struct option_list *files,
                            struct counts *counts)
{
    struct counts documents = { 0 };
    struct count stage = { .pretokenizer = counts->pretokenizer,
                           .into = &documents };
    struct stage named = count_stage;
    struct step step = { .stage = &named, .self = &stage };
    struct pipeline pipeline = { .steps = &step, .step_count = 1,
                                 .files = *files };

    named.name = "train"; /* as messages shall say */
    step.typed = xstrdup(named.name);
    step.options.text_field = train->text_field;
    pipeline.run.threads = train->threads;
    pipeline.run.quiet = train->quiet;
    tool_run_defaults(&pipeline.run);
    pipeline_run(&pipeline);
    if (!counts_add_all(counts, &documents))
        die("the counts' sum does not fit 64 bits");
    counts_clear(&documents);
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
    size_t ends[PIECES], at = 0, n;

    if (!utf8_check(line, &at))
        die("%s:%" PRIu64 ":%zu: not UTF-8", lines->path, lines->number,
            at + 1);
    for (at = 0; (n = pretokenize(lines->pre, line, at, ends, PIECES)) > 0;
         at = ends[n - 1])
        wordcount_add_pieces(lines->words, line, at, ends, n);
    if (at < line.len)
        die("%s:%" PRIu64 ":%zu: the pre-tokenizer's regex gave up",
            lines->path, lines->number, at);
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

static void count_plain_file(const char *path, const struct pretokenizer *pre,
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
        count_plain_file(files->items[i], &pre, &section->words);
    if (files->count == 0)
        count_plain_file("-", &pre, &section->words);
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

static void count_all(const struct train *train, const char *const *operands,
                      size_t count, struct counts *counts)
{
    struct option_list files = { 0 };
    struct fault fault;

    if (train->pretokenizer)
        settle_pretokenizer(counts, train->pretokenizer);
    for (size_t i = 0; i < count; i++)
        if (!is_count_file(operands[i]))
            option_list_add(&files, operands[i]);
        else if (!counts_read(counts, operands[i], &fault))
            die("%s: byte %zu: %s", operands[i], fault.at, fault.what);
    settle_pretokenizer(counts, "gpt2");
    if ((files.count > 0 || count == 0) && train->lines)
        count_plain(&files, counts);
    else if (files.count > 0 || count == 0)
        count_documents(train, &files, counts);
    option_list_clear(&files);
}

/* All languages and sources in one table, which is the first section's. */
static struct wordcount *add_up(struct counts *counts)
{
    struct wordcount *sum =
        counts->count > 0
            ? &counts->sections[0].words
            : &counts_section(counts, slice_make(NULL, 0),
                              slice_make(NULL, 0))->words;

    for (size_t i = 1; i < counts->count; i++) {
        if (!wordcount_add_all(sum, &counts->sections[i].words))
            die("the counts' sum does not fit 64 bits");
        wordcount_clear(&counts->sections[i].words);
    }
    return sum;
}

static void check_options(const struct train *train)
{
    if (!train->out)
        usage_error("-o FILE is needed: where to write the vocabulary");
    if (train->vocab_size == 0)
        usage_error("--vocab-size N is needed");
    if (train->vocab_size > INT32_MAX)
        usage_error("--vocab-size: at most %d", INT32_MAX);
    if (strcmp(train->ties, "hf") != 0)
        usage_error("--ties: only hf is known, not %s", train->ties);
    if (strcmp(train->alphabet, "bytes") != 0 &&
        strcmp(train->alphabet, "seen") != 0)
        usage_error("--initial-alphabet: bytes or seen, not %s",
                    train->alphabet);
    if (train->lines && train->text_field)
        usage_error("--text-field: plain lines have no fields");
    for (size_t i = 0; i < train->specials.count; i++)
        if (!*train->specials.items[i])
            usage_error("--special: a token cannot be empty");
}

static int train_run(void *self, const char *const *operands, size_t count)
{
    struct train *train = self;
    struct counts counts = { 0 };
    struct trainer_options options = {
        .vocab_size = train->vocab_size,
        .min_frequency = train->min_frequency,
        .specials = train->specials.items,
        .special_count = train->specials.count,
        .all_bytes = strcmp(train->alphabet, "bytes") == 0,
    };
    struct vocab *vocab;

    check_options(train);
    count_all(train, operands, count, &counts);
    options.pretokenizer = counts.pretokenizer;
    vocab = trainer_run(add_up(&counts), &options);
    if (vocab->count < train->vocab_size)
        notice("%zu tokens, not %" PRIu64 ": no other pair occurs often enough",
               vocab->count, train->vocab_size);
    if (vocab->count > train->vocab_size)
        notice("%zu tokens, not %" PRIu64 ": the special tokens and bytes "
               "alone are more", vocab->count, train->vocab_size);
    vocab_json_save(vocab, train->out);
    vocab_free(vocab);
    counts_clear(&counts);
    option_list_clear(&train->specials);
    return 0;
}

const struct command train_command = {
    .name = "train",
    .summary = "train a byte-level BPE vocabulary",
    .operands = "[FILE...]",
    .options = train_options,
    .size = sizeof(struct train),
    .run = train_run,
};

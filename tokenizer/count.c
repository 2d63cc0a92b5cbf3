/* SPDX-License-Identifier: Apache-2.0 */
/*
 * count - how often each pre-token occurs, per language and source: all that a
 * trainer needs to know of a corpus.
 *
 * Counting has no order, so all workers count into one tally, whose tables are
 * sorted and merged while the file is written.  Memory: that of the tally
 * (tally.h); or --memory, when what outgrows it goes to disk as sorted runs.
 */
#include "src/unicode.h"
#include "tokenizer/count.h"

#include <inttypes.h>
#include <stdlib.h>

#include "src/json.h"
#include "src/ledger.h"
#include "tokenizer/tally.h"

enum {
    PIECES = 1024,
    SHARE_MIN = 512 << 10,   /* of the memory, for each thread */
    FILE_BYTES = 1 << 20,    /* what a file that is merged takes */
    FILES_MAX = 256          /* open at once */
};

static const struct option count_options[] = {
    { "out", OPTION_TEXT, offsetof(struct count, out), NULL, "FILE",
      "the word-count file to write; .gz and .zst are packed" },
    { "pretokenizer", OPTION_TEXT, offsetof(struct count, pretokenizer),
      "gpt2", "NAME",
      "gpt2, llama3, cl100k_base, qwen2, o200k, eu or a regex" },
    { "source", OPTION_TEXT, offsetof(struct count, source), NULL, "NAME",
      "the corpus that the documents are of: counted apart" },
    { "source-field", OPTION_TEXT, offsetof(struct count, source_field), NULL,
      "FIELD", "the member that names a document's corpus, if it has it" },
    { "memory", OPTION_BYTES, offsetof(struct count, memory), NULL, "BYTES",
      "keep the tables below this, the rest beside the file" },
    { "merge", OPTION_FLAG, offsetof(struct count, merge), NULL, NULL,
      "the operands are word-count files: write their sum" },
    { 0 }
};

/* The tables of a tally that is full, to disk. */
static void spill_tables(void *self, struct counts *const *tables,
                         size_t table_count)
{
    struct count *count = self;

    counts_spill_add(count->spill, &count->next_run, tables, table_count,
                     count->threads, pretokenizer_name(&count->pre));
}

static void open_memory(struct count *count, const struct setup *setup)
{
    if (!count->memory)
        return;
    if (count->memory / setup->threads < SHARE_MIN)
        usage_error("--memory: at least %zuK for %zu threads",
                    setup->threads * (SHARE_MIN >> 10), setup->threads);
    if (!count->spill)
        usage_error("--memory: -o must be a regular file, to spill beside");
}

static void count_open(void *self, const struct setup *setup)
{
    struct count *count = self;
    struct fault fault;

    if (count->merge)
        usage_error("--merge reads no documents: it cannot be in a pipeline");
    if (!count->out && !count->into)
        usage_error("-o FILE is needed: where to write the counts");
    if (!pretokenizer_open(&count->pre, count->pretokenizer, &fault))
        usage_error("--pretokenizer: %s, at byte %zu", fault.what, fault.at);
    if (count->source && strlen(count->source) > COUNTS_NAME_MAX)
        usage_error("--source: at most %d bytes", COUNTS_NAME_MAX);
    if (count->out)
        count->spill = counts_spill_open(count->out);
    open_memory(count, setup);
    count->threads = setup->threads;
    count->tally = tally_new(setup->threads, count->memory, spill_tables,
                             count);
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

static void count_text(const struct count *count, struct tally_hand *hand,
                       struct slice text)
{
    size_t ends[PIECES], n;

    for (size_t at = 0;
         (n = pretokenize(&count->pre, text, at, ends, PIECES)) > 0;
         at = ends[n - 1])
        tally_pieces(hand, text, at, ends, n);
}

/* False when the record was rejected. */
static bool find_source(const struct count *count, struct batch *b,
                        struct record *r, struct slice *source)
{
    struct json_member member;
    struct fault fault = { 0 };

    *source = count->source ? slice_from(count->source) : slice_make(NULL, 0);
    if (count->source_field &&
        record_find(r, slice_from(count->source_field), &member)) {
        if (member.kind != JSON_STRING) {
            record_reject(r, "the source is not a string",
                          (size_t)(member.value.ptr - r->line.ptr));
            return false;
        }
        if (!json_unescape(member.value, &b->arena, source, &fault)) {
            record_reject(r, fault.what, fault.at + (size_t)(
                              member.value.ptr - r->line.ptr));
            return false;
        }
    }
    if (source->len > COUNTS_NAME_MAX || r->lang.len > COUNTS_NAME_MAX) {
        record_reject(r, "a language or source of more than 65536 bytes", 0);
        return false;
    }
    return true;
}

static void count_map(const void *self, struct batch *b)
{
    const struct count *count = self;
    struct tally_hand *hand = tally_take(count->tally);

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct slice source, text = r->text;

        if (!find_source(count, b, r, &source))
            continue;
        if (pretokenizer_is_nfc(&count->pre))
            text = unicode_nfc(r->text, &b->arena);
        if (!can_be_cut(&count->pre, text)) {
            record_reject(r, "the pre-tokenizer's regex gave up", 0);
            continue;
        }
        tally_document(hand, r->lang, source, text.len);
        count_text(count, hand, text);
    }
    tally_give(hand);
}

/* The pre-tokens by language. */
static void write_notes(const struct count *count, const struct setup *setup)
{
    const struct counts *seen = tally_pieces_seen(count->tally);

    for (size_t i = 0; i < seen->count; i++)
        ledger_note(setup->notes, seen->sections[i].lang, "pretokens",
                    seen->sections[i].text_bytes);
}

/* Move the tables to whom they are for. */
static void give_tables(const struct count *count,
                        struct counts *const *tables, size_t table_count)
{
    struct counts_list *into = count->into;

    into->items = xcalloc(table_count, sizeof *into->items);
    into->count = table_count;
    for (size_t i = 0; i < table_count; i++) {
        into->items[i] = *tables[i];
        *tables[i] = (struct counts){ 0 };
    }
}

static size_t files_at_once(uint64_t memory)
{
    uint64_t files = memory ? memory / FILE_BYTES : FILES_MAX;

    return files < 2 ? 2 : files > FILES_MAX ? FILES_MAX : (size_t)files;
}

static void write_sum(struct count *count, struct counts *const *tables,
                      size_t table_count)
{
    if (count->spill && counts_spill_count(count->spill) > 0) {
        spill_tables(count, tables, table_count);
        counts_spill_merge(count->spill, count->out,
                           files_at_once(count->memory));
    } else {
        counts_write(tables, table_count, count->threads,
                     pretokenizer_name(&count->pre), count->out);
    }
}

static void count_close(void *self, const struct setup *setup)
{
    struct count *count = self;
    size_t table_count;
    struct counts *const *tables =
        count->into ? tally_words(count->tally, &table_count)
                    : tally_tables(count->tally, &table_count);

    write_notes(count, setup);
    if (count->into)
        give_tables(count, tables, table_count);
    else
        write_sum(count, tables, table_count);
    tally_free(count->tally);
    counts_spill_close(count->spill);
    pretokenizer_close(&count->pre);
}

static bool count_instead(void *self, const char *const *files,
                          size_t file_count)
{
    const struct count *count = self;
    struct counts_spill *runs;

    if (!count->merge)
        return false;
    if (!count->out)
        usage_error("-o FILE is needed: where to write the counts");
    if (file_count == 0)
        usage_error("--merge: which files?");
    if (count->source || count->source_field)
        usage_error("--merge: the files say what the sources are");
    runs = counts_spill_open(count->out);
    counts_merge(count->out, files, file_count, files_at_once(count->memory),
                 runs);
    counts_spill_close(runs);
    return true;
}

const struct stage count_stage = {
    .name = "count",
    .summary = "count pre-tokens per language, for train",
    .operands = "[FILE...]",
    .options = count_options,
    .size = sizeof(struct count),
    .flags = STAGE_SINK | STAGE_OWN_OUT,
    .open = count_open,
    .map = count_map,
    .close = count_close,
    .instead = count_instead,
};

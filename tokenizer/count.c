/* SPDX-License-Identifier: Apache-2.0 */
/*
 * count - how often each pre-token occurs, per language and source: all that a
 * trainer needs to know of a corpus.
 *
 * Counting has no order, so each worker has tables of its own, which are sorted
 * and added up while the file is written.  Memory: workers x 64 bytes x
 * distinct pre-tokens (96 while a table grows) and the bytes of those longer
 * than 23; or --memory, when what outgrows it goes to disk as sorted runs.
 */
#include "src/unicode.h"
#include "tokenizer/count.h"

#include <inttypes.h>
#include <stdlib.h>

#include "src/json.h"
#include "src/ledger.h"
#include "src/parallel.h"

enum {
    PIECES = 1024,
    LONG_MIN = 24,           /* bytes of words that tables keep apart */
    SHARE_MIN = 512 << 10,   /* for tables of a thousand new words */
    SECTION_BYTES = 1024,    /* what a section takes beside words and names */
    FILE_BYTES = 1 << 20,    /* what a file that is merged takes */
    FILES_MAX = 256          /* open at once */
};

static const struct option count_options[] = {
    { "out", OPTION_TEXT, offsetof(struct count, out), NULL, "FILE",
      "the word-count file to write; .gz and .zst are packed" },
    { "pretokenizer", OPTION_TEXT, offsetof(struct count, pretokenizer),
      "gpt2", "NAME", "gpt2, llama3, cl100k, qwen2, o200k, eu or a regex" },
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

/* What a worker counts. */
struct counting {
    struct counts counts;
    struct counts spilled; /* by language: text_bytes are its pre-tokens */
    size_t next_run;       /* see counts_spill_add() */
    size_t bytes;          /* the most that the tables take as they are */
};

static void open_memory(struct count *count, const struct setup *setup)
{
    if (!count->memory)
        return;
    count->share = (size_t)count->memory / setup->workers;
    if (count->share < SHARE_MIN)
        usage_error("--memory: at least %zuK for the %zu workers of %zu "
                    "threads", setup->workers * (SHARE_MIN >> 10),
                    setup->workers, setup->threads);
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
}

static void *count_worker_open(const void *self)
{
    (void)self;
    return xcalloc(1, sizeof(struct counting));
}

/* Words by language, of tables that go to disk or to the file. */
static void note_words(struct counts *notes, const struct counts *counts)
{
    for (size_t i = 0; i < counts->count; i++)
        counts_section(notes, counts->sections[i].lang,
                       slice_make(NULL, 0))->text_bytes +=
            counts->sections[i].words.total;
}

static void spill(const struct count *count, struct counting *c)
{
    note_words(&c->spilled, &c->counts);
    counts_spill_add(count->spill, &c->next_run, &c->counts,
                     pretokenizer_name(&count->pre));
    c->bytes = 0;
}

/* The section of a document; a new one may want the memory of others. */
static struct counts_section *section_of(const struct count *count,
                                         struct counting *c, struct slice lang,
                                         struct slice source)
{
    size_t before = c->counts.count;
    struct counts_section *section = counts_section(&c->counts, lang, source);
    size_t bytes = SECTION_BYTES + lang.len + source.len +
                   wordcount_memory(&section->words, 0, 0);

    if (!count->share || c->counts.count == before)
        return section;
    c->bytes += bytes;
    if (c->bytes > count->share && before > 0) {
        spill(count, c);
        section = counts_section(&c->counts, lang, source);
        c->bytes = bytes;
    }
    return section;
}

/* What is counted of a document, in the form that the pattern is for. */
struct counted {
    struct slice lang, source, text;
};

/* Add pieces; tables that would outgrow the share go to disk before. */
static void add_pieces(const struct count *count, struct counting *c,
                       const struct counted *t, size_t at, const size_t *ends,
                       size_t n)
{
    struct counts_section *section = section_of(count, c, t->lang, t->source);
    size_t long_bytes = 0, start = at, more, now;

    if (!count->share) {
        wordcount_add_pieces(&section->words, t->text, at, ends, n);
        return;
    }
    for (size_t i = 0; i < n; start = ends[i++])
        if (ends[i] - start >= LONG_MIN)
            long_bytes += ends[i] - start + LONG_MIN;
    now = wordcount_memory(&section->words, 0, 0);
    more = wordcount_memory(&section->words, n, long_bytes);
    if (c->bytes - now + more > count->share) {
        spill(count, c);
        section = section_of(count, c, t->lang, t->source);
        now = wordcount_memory(&section->words, 0, 0);
    }
    wordcount_add_pieces(&section->words, t->text, at, ends, n);
    c->bytes += wordcount_memory(&section->words, 0, 0) - now;
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

static void count_text(const struct count *count, struct counting *c,
                       const struct counted *t)
{
    size_t ends[PIECES], n;

    for (size_t at = 0;
         (n = pretokenize(&count->pre, t->text, at, ends, PIECES)) > 0;
         at = ends[n - 1])
        add_pieces(count, c, t, at, ends, n);
}

/* A member by its name, or by names parted by dots. */
static bool find_member(struct slice object, struct slice path,
                        struct json_member *member)
{
    const char *dot;

    if (json_find(object, path, member))
        return true;
    dot = path.len > 0 ? memchr(path.ptr, '.', path.len) : NULL;
    return dot &&
           json_find(object, slice_make(path.ptr, (size_t)(dot - path.ptr)),
                     member) &&
           member->kind == JSON_OBJECT &&
           find_member(member->value,
                       slice_make(dot + 1, path.len - 1 -
                                               (size_t)(dot - path.ptr)),
                       member);
}

/* False when the record was rejected. */
static bool find_source(const struct count *count, struct batch *b,
                        struct record *r, struct slice *source)
{
    struct json_member member;
    struct fault fault = { 0 };

    *source = count->source ? slice_from(count->source) : slice_make(NULL, 0);
    if (count->source_field &&
        find_member(r->line, slice_from(count->source_field), &member)) {
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
    struct counting *c = b->worker;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct counted t = { .lang = r->lang, .text = r->text };
        struct counts_section *section;

        if (!find_source(count, b, r, &t.source))
            continue;
        if (pretokenizer_is_nfc(&count->pre))
            t.text = unicode_nfc(r->text, &b->arena);
        if (!can_be_cut(&count->pre, t.text)) {
            record_reject(r, "the pre-tokenizer's regex gave up", 0);
            continue;
        }
        section = section_of(count, c, t.lang, t.source);
        section->documents++;
        section->text_bytes += t.text.len;
        count_text(count, c, &t);
    }
}

static void count_worker_close(void *self, void *worker)
{
    struct count *count = self;

    count->tables = grow(count->tables, &count->table_cap,
                         count->table_count + 1, sizeof *count->tables);
    count->tables[count->table_count++] = worker;
}

/* The sums by language, of what was spilled and of what was not. */
static void write_notes(const struct count *count, const struct setup *setup)
{
    struct counts sums = { 0 };

    for (size_t i = 0; i < count->table_count; i++) {
        note_words(&sums, &count->tables[i]->counts);
        if (!counts_add_all(&sums, &count->tables[i]->spilled))
            die("the counts' sum does not fit 64 bits");
    }
    for (size_t i = 0; i < sums.count; i++)
        ledger_note(setup->notes, sums.sections[i].lang, "pretokens",
                    sums.sections[i].text_bytes);
    counts_clear(&sums);
}

/* The first worker's tables grow to the sum; sections are added apart. */
static void add_section(void *context, size_t i, size_t worker)
{
    const struct count *count = context;
    struct counts_section *sum = &count->into->sections[i];

    (void)worker;
    for (size_t k = 1; k < count->table_count; k++) {
        struct counts_section *part =
            counts_find(&count->tables[k]->counts, sum->lang, sum->source);

        if (part && !counts_section_add(sum, part))
            die("the counts' sum does not fit 64 bits");
        if (part)
            wordcount_clear(&part->words);
    }
}

static void give_sum(const struct count *count, const struct setup *setup)
{
    *count->into = count->tables[0]->counts;
    count->tables[0]->counts = (struct counts){ 0 };
    count->into->pretokenizer = xstrdup(pretokenizer_name(&count->pre));
    for (size_t i = 1; i < count->table_count; i++)
        for (size_t k = 0; k < count->tables[i]->counts.count; k++)
            counts_section(count->into,
                           count->tables[i]->counts.sections[k].lang,
                           count->tables[i]->counts.sections[k].source);
    parallel_for(setup->threads, count->into->count, add_section,
                 (void *)(uintptr_t)count);
}

static size_t files_at_once(uint64_t memory)
{
    uint64_t files = memory ? memory / FILE_BYTES : FILES_MAX;

    return files < 2 ? 2 : files > FILES_MAX ? FILES_MAX : (size_t)files;
}

static void write_sum(const struct count *count, const struct setup *setup)
{
    const char *name = pretokenizer_name(&count->pre);
    struct counts **tables = xmalloc(count->table_count * sizeof *tables);

    for (size_t i = 0; i < count->table_count; i++)
        tables[i] = &count->tables[i]->counts;
    if (count->spill && counts_spill_count(count->spill) > 0) {
        for (size_t i = 0; i < count->table_count; i++)
            if (tables[i]->count > 0)
                counts_spill_add(count->spill, &count->tables[i]->next_run,
                                 tables[i], name);
        counts_spill_merge(count->spill, count->out,
                           files_at_once(count->memory));
    } else {
        counts_write(tables, count->table_count, setup->threads, name,
                     count->out);
    }
    free(tables);
}

static void count_close(void *self, const struct setup *setup)
{
    struct count *count = self;

    write_notes(count, setup);
    if (count->into)
        give_sum(count, setup);
    else
        write_sum(count, setup);
    for (size_t i = 0; i < count->table_count; i++) {
        counts_clear(&count->tables[i]->counts);
        counts_clear(&count->tables[i]->spilled);
        free(count->tables[i]);
    }
    free(count->tables);
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
    .worker_open = count_worker_open,
    .map = count_map,
    .worker_close = count_worker_close,
    .close = count_close,
    .instead = count_instead,
};

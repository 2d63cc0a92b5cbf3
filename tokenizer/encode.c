/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode - documents to token ids, in shards that trainers read or as JSON.
 *
 * A worker turns texts into ids, packed as the shards want them, in the batch's
 * arena; the fold only appends.  `{lang}` in --out gives each language shards
 * of its own.
 *
 * Memory: for each worker ENCODER_CACHE_BYTES and the ids of a batch; for each
 * directory and format 1.5 MB, and what shard.h says.
 */
#include <stdlib.h>
#include <sys/resource.h>

#include "src/compress.h"
#include "src/hash.h"
#include "src/ledger.h"
#include "src/stage.h"
#include "src/utf8.h"
#include "tokenizer/encode_ids.h"
#include "tokenizer/encode_targets.h"
#include "tokenizer/encoder.h"
#include "tokenizer/shard_rows.h"
#include "tokenizer/vocab_file.h"

enum { NUMBER_MAX = 20 };

struct encode {
    const char *tokenizer, *pretokenizer, *format, *out, *eos, *bos;
    uint64_t shard_tokens, token_bytes, seed;
    double dropout;
    bool allow_special, append, count, offsets;
    struct vocab *vocab;
    struct encoder encoder;
    uint32_t eos_id, bos_id; /* VOCAB_NONE = none */
    struct shard_settings settings;
    bool wants_narrow, wants_wide; /* tokens of two bytes, of four */
    struct encode_targets targets;
    uint64_t documents;
};

/* What map leaves for fold. */
struct encoded {
    uint64_t count, words;
    struct encode_document document;
    char *place; /* where in document.about its number goes, or NULL */
};

static const struct option encode_options[] = {
    { "tokenizer", OPTION_TEXT, offsetof(struct encode, tokenizer), NULL,
      "FILE", "vocabulary: tokenizer.json, .tiktoken, .model or GGUF" },
    { "pretokenizer", OPTION_TEXT, offsetof(struct encode, pretokenizer), NULL,
      "NAME", "how text is cut, where FILE does not say it; or a regex" },
    { "format", OPTION_TEXT, offsetof(struct encode, format), "megatron",
      "LIST", "megatron, datatrove, olmo, mds, litdata, llmc, nanogpt, ids" },
    { "out", OPTION_TEXT, offsetof(struct encode, out), NULL, "DIR",
      "where shards go; {lang} is replaced; for ids alone a file or -" },
    { "eos", OPTION_TEXT, offsetof(struct encode, eos), NULL, "TOKEN",
      "added to each document; none: no token; preset <|endoftext|>" },
    { "bos", OPTION_TEXT, offsetof(struct encode, bos), NULL, "TOKEN",
      "put before each document (default: none)" },
    { "shard-tokens", OPTION_BYTES, offsetof(struct encode, shard_tokens),
      NULL, "N", "begin a new shard after so many tokens; preset by format" },
    { "token-bytes", OPTION_COUNT, offsetof(struct encode, token_bytes), NULL,
      "N", "width of a token, 2 or 4; preset by format and vocabulary" },
    { "append", OPTION_FLAG, offsetof(struct encode, append), NULL, NULL,
      "add shards after those that are there" },
    { "count", OPTION_FLAG, offsetof(struct encode, count), NULL, NULL,
      "write no shards, but a table of tokens by language" },
    { "dropout", OPTION_NUMBER, offsetof(struct encode, dropout), "0", "P",
      "pass over a merge with this probability (BPE-dropout)" },
    { "seed", OPTION_COUNT, offsetof(struct encode, seed), "0", "N",
      "another seed, another drawing by --dropout" },
    { "offsets", OPTION_FLAG, offsetof(struct encode, offsets), NULL, NULL,
      "with ids: where in the text each token stands" },
    { "allow-special", OPTION_FLAG, offsetof(struct encode, allow_special),
      NULL, NULL, "text that looks like a special token is one" },
    { 0 }
};

static void add_format(struct encode *encode, struct slice name)
{
    struct shard_settings *s = &encode->settings;
    const struct shard_format *format = shard_format_find(name);

    if (slice_is(name, "ids")) {
        encode->targets.wants_ids = true;
        return;
    }
    if (!format)
        usage_error("--format: '%.*s' is not megatron, datatrove, olmo, mds, "
                    "litdata, llmc, nanogpt or ids", (int)name.len, name.ptr);
    for (size_t i = 0; i < s->format_count; i++) {
        if (s->formats[i] == format)
            usage_error("--format: %s stands twice", format->name);
        if (s->formats[i]->index && format->index)
            usage_error("--format: %s and %s each write an index.json; give "
                        "them directories of their own", s->formats[i]->name,
                        format->name);
    }
    s->formats[s->format_count++] = format;
}

static void find_formats(struct encode *encode)
{
    const char *at = encode->format;

    for (;;) {
        size_t len = strcspn(at, ",");

        add_format(encode, slice_make(at, len));
        if (at[len] == '\0')
            break;
        at += len + 1;
    }
}

static void find_out(struct encode *encode)
{
    size_t format_count = encode->settings.format_count;

    if (!encode->out && format_count > 0)
        usage_error("--out DIR is needed for shards");
    if (!encode->out)
        encode->out = "-";
    if (format_count > 0 && strcmp(encode->out, "-") == 0)
        usage_error("--out: shards need a directory, not '-'");
    if (encode->append && (encode->targets.wants_ids || format_count == 0))
        usage_error("--append is for shards, not for ids");
    encode->targets.out = encode->out;
}

/* How wide the tokens of each format are. */
static void find_widths(struct encode *encode)
{
    struct shard_settings *s = &encode->settings;

    for (size_t i = 0; i < s->format_count; i++) {
        unsigned bytes = shard_token_bytes(s->formats[i], s->vocab_count,
                                           encode->token_bytes);

        if (bytes == 0 && encode->token_bytes > 0)
            usage_error("--token-bytes %llu: %s cannot hold %zu tokens so",
                        (unsigned long long)encode->token_bytes,
                        s->formats[i]->name, s->vocab_count);
        if (bytes == 0)
            usage_error("--format: %s has 2 bytes for a token, which is too "
                        "little for a vocabulary of %zu", s->formats[i]->name,
                        s->vocab_count);
        s->token_bytes[i] = bytes;
        encode->wants_narrow = encode->wants_narrow || bytes == 2;
        encode->wants_wide = encode->wants_wide || bytes == 4;
    }
}

static uint32_t find_added(const struct encode *encode, const char *option,
                           const char *name)
{
    uint32_t id = VOCAB_NONE;

    if (!vocab_find_added(encode->vocab, slice_from(name), &id))
        usage_error("%s: '%s' is not an added token of %s", option, name,
                    encode->tokenizer);
    return id;
}

static void find_marks(struct encode *encode)
{
    static const char preset[] = "<|endoftext|>";
    struct shard_settings *s = &encode->settings;

    encode->bos_id = encode->eos_id = VOCAB_NONE;
    if (encode->bos && strcmp(encode->bos, "none") != 0) {
        s->bos = encode->bos;
        encode->bos_id = find_added(encode, "--bos", encode->bos);
    }
    if (encode->eos && strcmp(encode->eos, "none") == 0)
        return;
    s->eos = encode->eos;
    if (encode->eos)
        encode->eos_id = find_added(encode, "--eos", encode->eos);
    else if (vocab_find_added(encode->vocab, slice_from(preset),
                              &encode->eos_id))
        s->eos = preset;
    else if (s->format_count > 0 && !s->bos)
        notice("%s has no %s, so nothing parts the documents: see --eos",
               encode->tokenizer, preset);
}

/* The manifest says which vocabulary it was, whatever its name. */
static struct hash128 hash_file(const char *path)
{
    struct fault fault;
    struct hash128 hash;
    char *bytes;
    size_t len;

    if (!file_read(path, SIZE_MAX, &bytes, &len, &fault))
        die("%s: %s", path, fault.what);
    hash = hash128(slice_make(bytes, len));
    free(bytes);
    return hash;
}

/* Each language has files of its own open: as many as the system lets us. */
static void allow_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void find_settings(struct encode *encode)
{
    struct shard_settings *s = &encode->settings;

    s->tokenizer = encode->tokenizer;
    s->pretokenizer = encode->pretokenizer;
    s->vocab_count = encode->vocab->count;
    s->allow_special = encode->allow_special;
    s->dropout = encode->dropout;
    s->seed = encode->seed;
    s->shard_tokens = encode->shard_tokens;
    s->append = encode->append;
    encode->targets.settings = s;
    find_marks(encode);
    find_widths(encode);
    if (s->format_count > 0)
        s->tokenizer_hash = hash_file(encode->tokenizer);
    if (encode->out && strstr(encode->out, "{lang}"))
        allow_files();
}

static void encode_open(void *self, const struct setup *setup)
{
    struct encode *encode = self;
    struct fault fault = { 0 };

    (void)setup;
    if (!encode->tokenizer)
        usage_error("--tokenizer FILE is needed");
    if (encode->count && (encode->out || encode->append))
        usage_error("--count writes no files: it goes neither with --out nor "
                    "with --append");
    if (!(encode->dropout >= 0 && encode->dropout <= 1))
        usage_error("--dropout: 0 to 1, not %g", encode->dropout);
    if (!encode->count) {
        find_formats(encode);
        find_out(encode);
    }
    if (encode->offsets && !encode->targets.wants_ids)
        usage_error("--offsets is for --format ids");
    encode->vocab = vocab_open_text(encode->tokenizer, encode->pretokenizer);
    if (!encoder_open(&encode->encoder, encode->vocab, encode->allow_special,
                      &fault))
        die("%s: %s", encode->tokenizer, fault.what);
    if (encode->vocab->has_template)
        notice("%s: its post-processor is not applied: see --eos",
               encode->tokenizer);
    if (encode->vocab->has_limits)
        notice("%s: its truncation and padding are not applied",
               encode->tokenizer);
    find_settings(encode);
}

static void *encode_worker_open(const void *self)
{
    (void)self;
    return encoder_worker_new();
}

static struct slice pack(const struct encoder_worker *worker,
                         unsigned token_bytes, struct arena *arena)
{
    char *to = arena_alloc(arena, worker->count * token_bytes);

    shard_pack(worker->ids, worker->count, token_bytes, to);
    return slice_make(to, worker->count * token_bytes);
}

/* Where the place begins in "FILE:123", or its end when there is none. */
static size_t place_at(struct slice source)
{
    size_t at = source.len;

    while (at > 0 && source.ptr[at - 1] >= '0' && source.ptr[at - 1] <= '9')
        at--;
    return at > 0 && at < source.len && source.ptr[at - 1] == ':'
               ? at : source.len;
}

/*
 * ID,SOURCE,LOCATION of a document.  What the source does not tell, where in it
 * the document stood, is its number in the run, which only fold knows.
 */
static void describe(struct batch *b, const struct record *r,
                     struct encoded *encoded)
{
    struct slice id = r->value[KEY_ID], source = { NULL, 0 };
    size_t at;
    char *about, *to;

    record_get(b, r, KEY_ID, &id);
    if (!record_get(b, r, KEY_SOURCE, &source))
        source = slice_make(NULL, 0);
    at = place_at(source);
    about = to = arena_alloc(&b->arena,
                             2 * (id.len + source.len) + NUMBER_MAX + 8);
    to = shard_rows_field(to, id);
    *to++ = ',';
    to = shard_rows_field(to, slice_make(source.ptr,
                                         at - (at < source.len)));
    *to++ = ',';
    encoded->place = at < source.len ? NULL : to;
    to = shard_rows_field(to, slice_make(source.ptr ? source.ptr + at : NULL,
                                         source.len - at));
    encoded->document.about = slice_make(about, (size_t)(to - about));
}

/* The tokens of --bos and --eos around a document's. */
static void add_marks(const struct encode *encode,
                      struct encoder_worker *worker)
{
    if (encode->eos_id != VOCAB_NONE)
        encoder_append(worker, encode->eos_id);
    if (encode->bos_id == VOCAB_NONE)
        return;
    encoder_append(worker, encode->bos_id);
    memmove(worker->ids + 1, worker->ids,
            (worker->count - 1) * sizeof *worker->ids);
    worker->ids[0] = encode->bos_id;
}

static struct encoded *encoded_new(const struct encode *encode,
                                   struct batch *b, const struct record *r)
{
    struct encoded *encoded = arena_zero(&b->arena, 1, sizeof *encoded);
    const struct encoder_worker *worker = b->worker;

    encoded->count = worker->count;
    encoded->words = utf8_runs(r->text);
    if (encode->wants_narrow)
        encoded->document.narrow = pack(worker, 2, &b->arena);
    if (encode->wants_wide)
        encoded->document.wide = pack(worker, 4, &b->arena);
    if (encode->targets.wants_ids && encode->offsets)
        encoded->document.json = encode_ids_offsets(
            encode->vocab, worker->ids, worker->count,
            encode->bos_id != VOCAB_NONE, encode->eos_id != VOCAB_NONE,
            r->text, &b->arena);
    else if (encode->targets.wants_ids)
        encoded->document.json = encode_ids_line(worker->ids, worker->count,
                                                 &b->arena);
    if (encode->settings.format_count > 0)
        describe(b, r, encoded);
    return encoded;
}

/* By the id of the document, or else by its text: not by where it stands. */
static void set_dropout(const struct encode *encode, struct batch *b,
                        const struct record *r)
{
    struct encoder_worker *worker = b->worker;
    struct slice id = r->value[KEY_ID];
    uint64_t parts[2];

    if (!record_get(b, r, KEY_ID, &id))
        id = r->text;
    parts[0] = encode->seed;
    parts[1] = hash64(id);
    worker->dropout = (struct bpe_dropout){
        encode->dropout,
        hash64(slice_make((const char *)parts, sizeof parts))
    };
}

static void encode_map(const void *self, struct batch *b)
{
    const struct encode *encode = self;
    struct encoder_worker *worker = b->worker;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct fault fault = { 0 };

        if (encode->dropout > 0)
            set_dropout(encode, b, r);
        if (!encoder_text(&encode->encoder, worker, r->text, &fault)) {
            record_reject(r, fault.what,
                          (size_t)(r->value[KEY_TEXT].ptr - r->line.ptr));
            continue;
        }
        add_marks(encode, worker);
        r->note = encoded_new(encode, b, r);
    }
}

static void encode_fold(void *self, struct batch *b)
{
    struct encode *encode = self;

    for (size_t i = 0; i < b->count; i++) {
        struct encoded *encoded = b->records[i].note;
        struct encode_sum *sum =
            encode_targets_find(&encode->targets, b->records[i].lang);

        encode->documents++;
        if (encoded->place)
            encoded->document.about.len +=
                (size_t)(shard_rows_number(encoded->place, encode->documents) -
                         encoded->place);
        if (sum->target)
            encode_targets_append(&encode->targets, sum->target,
                                  &encoded->document);
        sum->tokens += encoded->count;
        sum->words += encoded->words;
        sum->bytes += b->records[i].text.len;
        sum->documents++;
    }
}

static void encode_worker_close(void *self, void *worker)
{
    (void)self;
    encoder_worker_free(worker);
}

static void encode_close(void *self, const struct setup *setup)
{
    struct encode *encode = self;
    const struct encode_targets *targets = &encode->targets;

    for (size_t i = 0; i < targets->sum_count; i++) {
        const struct encode_sum *sum = targets->sums[i];

        ledger_note(setup->notes, sum->lang, "tokens", sum->tokens);
        ledger_note(setup->notes, sum->lang, "documents", sum->documents);
        ledger_note(setup->notes, sum->lang, "words", sum->words);
    }
    encode_targets_finish(&encode->targets);
    if (encode->count)
        encode_targets_print(&encode->targets);
    encode_targets_clear(&encode->targets);
    encoder_close(&encode->encoder);
    vocab_free(encode->vocab);
}

const struct stage encode_stage = {
    .name = "encode",
    .summary = "turn documents into shards of token ids",
    .operands = "[FILE...]",
    .options = encode_options,
    .size = sizeof(struct encode),
    .flags = STAGE_SINK | STAGE_OWN_OUT,
    .open = encode_open,
    .worker_open = encode_worker_open,
    .map = encode_map,
    .fold = encode_fold,
    .worker_close = encode_worker_close,
    .close = encode_close,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode - documents to token ids, in shards that trainers read or as JSON.
 *
 * A worker turns texts into ids, packed as the shards want them, in the batch's
 * arena; the fold only appends.  `{lang}` in --out gives each language shards
 * of its own.
 *
 * Memory: for each worker ENCODER_CACHE_BYTES and the ids of a batch; for each
 * directory an output's buffer; 4 bytes for each document and binary format.
 */
#include <ctype.h>
#include <stdlib.h>

#include "src/hash.h"
#include "src/ledger.h"
#include "src/output.h"
#include "src/stage.h"
#include "src/utf8.h"
#include "tokenizer/encoder.h"
#include "tokenizer/shard.h"
#include "tokenizer/vocab_file.h"

enum { BINARY_MAX = 2, TARGETS_MAX = 500, DIGITS_MAX = 11 };

/* One place that tokens go to: shards in a directory, or a file of ids. */
struct target {
    char *path;
    struct shard_writer *writers[BINARY_MAX];
    struct output *ids;
};

/* What a language has so far, and where its tokens go. */
struct lang_sum {
    struct slice lang;      /* as the records say; len 0 = none */
    struct target *target;
    uint64_t tokens, documents, words;
};

struct encode {
    const char *tokenizer, *pretokenizer, *format, *out, *eos;
    bool allow_special;
    struct vocab *vocab;
    struct encoder encoder;
    uint32_t eos_id;        /* VOCAB_NONE = none */
    const struct shard_format *binary[BINARY_MAX];
    size_t binary_count;
    bool wants_ids;
    struct target **targets;   /* [target_count], one unless {lang} */
    size_t target_count, target_cap;
    struct lang_sum **sums;    /* [sum_count], in order of appearance */
    size_t sum_count, sum_cap;
    struct lang_sum **slots;   /* [slot_cap] of them by hash of lang */
    size_t slot_cap;
    struct arena arena;        /* the languages' names */
};

/* What map leaves for fold. */
struct encoded {
    uint64_t count, words;
    struct slice packed[BINARY_MAX];
    struct slice json;
};

static const struct option encode_options[] = {
    { "tokenizer", OPTION_TEXT, offsetof(struct encode, tokenizer), NULL,
      "FILE", "vocabulary: tokenizer.json, .tiktoken or GGUF" },
    { "pretokenizer", OPTION_TEXT, offsetof(struct encode, pretokenizer), NULL,
      "NAME", "how text is cut, where FILE does not say it; or a regex" },
    { "format", OPTION_TEXT, offsetof(struct encode, format), "megatron",
      "LIST", "megatron, datatrove, ids, or several with commas" },
    { "out", OPTION_TEXT, offsetof(struct encode, out), NULL, "DIR",
      "where shards go; {lang} is replaced; for ids alone a file or -" },
    { "eos", OPTION_TEXT, offsetof(struct encode, eos), NULL, "TOKEN",
      "added to each document; none: no token; preset <|endoftext|>" },
    { "allow-special", OPTION_FLAG, offsetof(struct encode, allow_special),
      NULL, NULL, "text that looks like a special token is one" },
    { 0 }
};

static void add_format(struct encode *encode, struct slice name)
{
    const struct shard_format *format = shard_format_find(name);

    if (slice_is(name, "ids")) {
        encode->wants_ids = true;
        return;
    }
    if (!format)
        usage_error("--format: '%.*s' is not megatron, datatrove or ids",
                    (int)name.len, name.ptr);
    for (size_t i = 0; i < encode->binary_count; i++)
        if (encode->binary[i] == format)
            usage_error("--format: %s stands twice", format->name);
    encode->binary[encode->binary_count++] = format;
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
    if (!encode->out && encode->binary_count > 0)
        usage_error("--out DIR is needed for shards");
    if (!encode->out)
        encode->out = "-";
    if (encode->binary_count > 0 && strcmp(encode->out, "-") == 0)
        usage_error("--out: shards need a directory, not '-'");
}

static void find_eos(struct encode *encode)
{
    const char *name = encode->eos ? encode->eos : "<|endoftext|>";

    encode->eos_id = VOCAB_NONE;
    if (encode->eos && strcmp(encode->eos, "none") == 0)
        return;
    if (!vocab_find_added(encode->vocab, slice_from(name), &encode->eos_id) &&
        encode->eos)
        usage_error("--eos: '%s' is not an added token of %s", encode->eos,
                    encode->tokenizer);
    if (encode->eos_id == VOCAB_NONE && encode->binary_count > 0)
        notice("%s has no %s, so nothing parts the documents: see --eos",
               encode->tokenizer, name);
}

static void encode_open(void *self, const struct setup *setup)
{
    struct encode *encode = self;
    struct fault fault = { 0 };

    (void)setup;
    if (!encode->tokenizer)
        usage_error("--tokenizer FILE is needed");
    find_formats(encode);
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
    find_eos(encode);
}

static void *encode_worker_open(const void *self)
{
    (void)self;
    return encoder_worker_new();
}

/* [1,2,3] and a newline. */
static struct slice ids_json(const uint32_t *ids, size_t count,
                             struct arena *arena)
{
    char *json = arena_alloc(arena, count * DIGITS_MAX + 3), *to = json;

    *to++ = '[';
    for (size_t i = 0; i < count; i++) {
        char digits[DIGITS_MAX];
        size_t len = 0;

        for (uint32_t rest = ids[i]; len == 0 || rest > 0; rest /= 10)
            digits[len++] = (char)('0' + rest % 10);
        while (len > 0)
            *to++ = digits[--len];
        *to++ = ',';
    }
    to -= count > 0;
    *to++ = ']';
    *to++ = '\n';
    return slice_make(json, (size_t)(to - json));
}

static struct encoded *pack(const struct encode *encode,
                            const struct encoder_worker *worker,
                            struct arena *arena)
{
    struct encoded *encoded = arena_zero(arena, 1, sizeof *encoded);
    const uint32_t *ids = worker->ids;
    unsigned last_bytes = 0;

    encoded->count = worker->count;
    for (size_t i = 0; i < encode->binary_count; i++) {
        unsigned bytes = encode->binary[i]->token_bytes(encode->vocab->count);
        char *to;

        if (bytes == last_bytes) {
            encoded->packed[i] = encoded->packed[i - 1];
            continue;
        }
        to = arena_alloc(arena, worker->count * bytes);
        shard_pack(ids, worker->count, bytes, to);
        encoded->packed[i] = slice_make(to, worker->count * bytes);
        last_bytes = bytes;
    }
    if (encode->wants_ids)
        encoded->json = ids_json(ids, worker->count, arena);
    return encoded;
}

static void encode_map(const void *self, struct batch *b)
{
    const struct encode *encode = self;
    struct encoder_worker *worker = b->worker;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct encoded *encoded;
        struct fault fault = { 0 };

        if (!encoder_text(&encode->encoder, worker, r->text, &fault)) {
            record_reject(r, fault.what,
                          (size_t)(r->value[KEY_TEXT].ptr - r->line.ptr));
            continue;
        }
        if (encode->eos_id != VOCAB_NONE)
            encoder_append(worker, encode->eos_id);
        encoded = pack(encode, worker, &b->arena);
        encoded->words = utf8_runs(r->text);
        r->note = encoded;
    }
}

/* --out with each {lang} replaced by letters, digits, _ and - of `lang`. */
static char *target_path(const char *out, struct slice lang)
{
    size_t len = strlen(out);
    char *path = xmalloc((len + 1) * (lang.len + 1) + 1), *to = path;

    while (*out) {
        if (strncmp(out, "{lang}", 6) != 0) {
            *to++ = *out++;
            continue;
        }
        for (size_t i = 0; i < lang.len; i++) {
            unsigned char c = (unsigned char)lang.ptr[i];

            *to++ = (char)((c < 0x80 && isalnum(c)) || c == '-' ? c : '_');
        }
        out += 6;
    }
    *to = '\0';
    return path;
}

static struct target *target_open(struct encode *encode, char *path)
{
    struct target *target = xcalloc(1, sizeof *target);

    target->path = path;
    for (size_t i = 0; i < encode->binary_count; i++)
        target->writers[i] =
            shard_writer_open(encode->binary[i], path, encode->vocab->count,
                              encode->tokenizer);
    if (encode->wants_ids && encode->binary_count > 0)
        target->ids = shard_output(path, "ids.jsonl");
    else if (encode->wants_ids)
        target->ids = output_open(path);
    return target;
}

static struct target *target_find(struct encode *encode, struct slice lang)
{
    char *path;

    if (lang.len == 0)
        lang = slice_from("und");
    path = target_path(encode->out, lang);
    for (size_t i = 0; i < encode->target_count; i++)
        if (strcmp(encode->targets[i]->path, path) == 0) {
            free(path);
            return encode->targets[i];
        }
    if (encode->target_count == TARGETS_MAX)
        die("--out: more than %d languages; is the lang field right?",
            TARGETS_MAX);
    encode->targets = grow(encode->targets, &encode->target_cap,
                           encode->target_count + 1, sizeof *encode->targets);
    return encode->targets[encode->target_count++] = target_open(encode, path);
}

static struct lang_sum **sum_slot(const struct encode *encode,
                                  struct slice lang)
{
    size_t at = (size_t)hash64(lang) & (encode->slot_cap - 1);

    while (encode->slots[at] && !slice_equal(encode->slots[at]->lang, lang))
        at = (at + 1) & (encode->slot_cap - 1);
    return &encode->slots[at];
}

static void sums_double(struct encode *encode)
{
    encode->slot_cap = encode->slot_cap ? encode->slot_cap * 2 : 64;
    free(encode->slots);
    encode->slots = xcalloc(encode->slot_cap, sizeof *encode->slots);
    for (size_t i = 0; i < encode->sum_count; i++)
        *sum_slot(encode, encode->sums[i]->lang) = encode->sums[i];
}

static struct lang_sum *sum_find(struct encode *encode, struct slice lang)
{
    struct lang_sum **slot, *sum;

    if (encode->sum_count * 2 >= encode->slot_cap)
        sums_double(encode);
    slot = sum_slot(encode, lang);
    if (*slot)
        return *slot;
    sum = arena_zero(&encode->arena, 1, sizeof *sum);
    sum->lang = arena_copy(&encode->arena, lang);
    sum->target = target_find(encode, sum->lang);
    encode->sums = grow(encode->sums, &encode->sum_cap, encode->sum_count + 1,
                        sizeof *encode->sums);
    encode->sums[encode->sum_count++] = sum;
    return *slot = sum;
}

static void encode_fold(void *self, struct batch *b)
{
    struct encode *encode = self;

    for (size_t i = 0; i < b->count; i++) {
        const struct encoded *encoded = b->records[i].note;
        struct lang_sum *sum = sum_find(encode, b->records[i].lang);

        for (size_t j = 0; j < encode->binary_count; j++)
            shard_append(sum->target->writers[j], encoded->packed[j]);
        if (sum->target->ids)
            output_write(sum->target->ids, encoded->json);
        sum->tokens += encoded->count;
        sum->words += encoded->words;
        sum->documents++;
    }
}

static void encode_worker_close(void *self, void *worker)
{
    (void)self;
    encoder_worker_free(worker);
}

static void target_close(const struct encode *encode, struct target *target)
{
    for (size_t i = 0; i < encode->binary_count; i++)
        shard_writer_close(target->writers[i]);
    if (target->ids)
        output_close(target->ids);
    free(target->path);
    free(target);
}

static void encode_close(void *self, const struct setup *setup)
{
    struct encode *encode = self;

    /* No documents: an empty shard, where its place needs no language. */
    if (encode->target_count == 0 && !strstr(encode->out, "{lang}"))
        target_find(encode, slice_make(NULL, 0));
    for (size_t i = 0; i < encode->sum_count; i++) {
        const struct lang_sum *sum = encode->sums[i];

        ledger_note(setup->notes, sum->lang, "tokens", sum->tokens);
        ledger_note(setup->notes, sum->lang, "documents", sum->documents);
        ledger_note(setup->notes, sum->lang, "words", sum->words);
    }
    for (size_t i = 0; i < encode->target_count; i++)
        target_close(encode, encode->targets[i]);
    free(encode->targets);
    free(encode->sums);
    free(encode->slots);
    arena_clear(&encode->arena);
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

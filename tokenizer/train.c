/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train - `mlin train`: count the words of all input, then train on the counts.
 *
 * Memory: see train_input.h and trainer.h; it follows the distinct words, not
 * the text.
 */
#include "tokenizer/train.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"
#include "tokenizer/languages.h"
#include "tokenizer/train_input.h"
#include "tokenizer/trainer.h"
#include "tokenizer/vocab_file.h"
#include "tokenizer/vocab_json.h"

#define COVERAGE 0.9995 /* the preset of --coverage, and SentencePiece's */

enum { SIZES_MAX = 16 };

struct size {
    struct slice name; /* as typed */
    uint64_t tokens;
};

struct train {
    const char *out, *model, *pretokenizer, *ties, *initial, *text_field;
    const char *sizes_text, *quota, *parity_rule, *parity_ratio, *dev, *extend;
    uint64_t vocab_size, min_frequency, threads, token_bytes_max, cap;
    uint64_t global_merges;
    double alpha, coverage;
    struct option_list specials;
    bool lines, quiet, utf8_safe, utf8_steps, single_digits;
    struct size sizes[SIZES_MAX]; /* [size_count], ascending */
    size_t size_count;
    struct vocab *old;            /* what --extend names */
    struct languages languages;
    struct alphabet alphabet;     /* of --model chars */
    bool is_chars;
};

#define TRAIN(member) offsetof(struct train, member)

static const struct option train_options[] = {
    { "out", OPTION_TEXT, TRAIN(out), NULL, "FILE",
      "the tokenizer.json to write" },
    { "vocab-size", OPTION_COUNT, TRAIN(vocab_size), NULL, "N",
      "tokens wanted, special ones and bytes included" },
    { "sizes", OPTION_TEXT, TRAIN(sizes_text), NULL, "N,N...",
      "several sizes (64k = 65536); {size} in FILE becomes each" },
    { "model", OPTION_TEXT, TRAIN(model), "bytes", "KIND",
      "tokens are of bytes, or of chars, as SentencePiece's" },
    { "pretokenizer", OPTION_TEXT, TRAIN(pretokenizer), NULL, "NAME",
      "gpt2, llama3, cl100k_base, qwen2, o200k, eu or a regex" },
    { "ties", OPTION_TEXT, TRAIN(ties), "hf", "RULE",
      "hf: of equally frequent pairs the one of the smallest ids" },
    { "special", OPTION_LIST, TRAIN(specials), NULL, "TOKEN",
      "a special token; they get the first ids, in this order" },
    { "min-frequency", OPTION_COUNT, TRAIN(min_frequency), "0", "N",
      "merge only pairs that occur so often" },
    { "max-token-length", OPTION_BYTES, TRAIN(token_bytes_max), "0", "BYTES",
      "make no longer tokens by merging; 0: any length" },
    { "utf8-safe", OPTION_FLAG, TRAIN(utf8_safe), NULL, NULL,
      "make no token that holds a broken character" },
    { "utf8-steps", OPTION_FLAG, TRAIN(utf8_steps), NULL, NULL,
      "the same, but for the first bytes of one character" },
    { "single-digits", OPTION_FLAG, TRAIN(single_digits), NULL, NULL,
      "make no token with two digits in a row" },
    { "initial-alphabet", OPTION_TEXT, TRAIN(initial), "bytes", "SET",
      "bytes: all 256 are tokens; seen: only those that occur" },
    { "coverage", OPTION_NUMBER, TRAIN(coverage), "0.9995", "SHARE",
      "with --model chars: of each language's characters" },
    { "alpha", OPTION_NUMBER, TRAIN(alpha), "1", "A",
      "weigh languages by the power A of their share: 0 to 1" },
    { "quota", OPTION_TEXT, TRAIN(quota), NULL, "FILE.tsv",
      "weigh languages so that their shares are these" },
    { "cap", OPTION_COUNT, TRAIN(cap), "0", "N",
      "no weight is more than N times the smallest; 0: no cap" },
    { "parity", OPTION_TEXT, TRAIN(parity_rule), NULL, "RULE",
      "each merge for the language worst off: base or window" },
    { "parity-ratio", OPTION_TEXT, TRAIN(parity_ratio), NULL, "FILE.tsv",
      "with --parity: compression wanted, by language" },
    { "global-merges", OPTION_COUNT, TRAIN(global_merges), "0", "N",
      "with --parity: the first N merges are for all together" },
    { "dev", OPTION_TEXT, TRAIN(dev), NULL, "DIR",
      "with --parity: DIR/<language>.txt tell who is worst off" },
    { "extend", OPTION_TEXT, TRAIN(extend), NULL, "FILE",
      "go on from this vocabulary; all it has stays" },
    { "lines", OPTION_FLAG, TRAIN(lines), NULL, NULL,
      "the input is plain text, each line a text of its own" },
    { "text-field", OPTION_TEXT, TRAIN(text_field), NULL, "NAME",
      "where the text of a document is" },
    { "threads", OPTION_COUNT, TRAIN(threads), NULL, "N",
      "processors to use (default: all that the process may use)" },
    { "quiet", OPTION_FLAG, TRAIN(quiet), NULL, NULL, "show no progress" },
    { 0 }
};

static uint64_t size_of(struct slice name)
{
    uint64_t number = 0, unit = 1;
    size_t digits = name.len;

    if (digits > 0 && (name.ptr[digits - 1] | 0x20) == 'k') {
        unit = 1024;
        digits--;
    }
    for (size_t i = 0; i < digits; i++) {
        if (name.ptr[i] < '0' || name.ptr[i] > '9' || number > INT32_MAX)
            digits = 0;
        else
            number = number * 10 + (uint64_t)(name.ptr[i] - '0');
    }
    if (digits == 0 || number == 0 || number * unit > INT32_MAX)
        usage_error("--sizes: '%.*s' is not a size", (int)name.len, name.ptr);
    return number * unit;
}

static void read_sizes(struct train *train)
{
    const char *at = train->sizes_text;

    if (!at) {
        train->sizes[0].tokens = train->vocab_size;
        train->size_count = 1;
        return;
    }
    while (at) {
        const char *comma = strchr(at, ',');
        struct slice name = slice_make(at, comma ? (size_t)(comma - at)
                                                 : strlen(at));
        struct size *size = &train->sizes[train->size_count];

        if (train->size_count == SIZES_MAX)
            usage_error("--sizes: more than %d", SIZES_MAX);
        *size = (struct size){ name, size_of(name) };
        if (train->size_count > 0 && size->tokens <= size[-1].tokens)
            usage_error("--sizes: each must be larger than the one before");
        train->size_count++;
        at = comma ? comma + 1 : NULL;
    }
}

static void check_sizes(const struct train *train)
{
    if (!train->out)
        usage_error("-o FILE is needed: where to write the vocabulary");
    if (train->vocab_size == 0 && !train->sizes_text)
        usage_error("--vocab-size N is needed");
    if (train->vocab_size > 0 && train->sizes_text)
        usage_error("--vocab-size and --sizes are both given");
    if (train->vocab_size > INT32_MAX)
        usage_error("--vocab-size: at most %d", INT32_MAX);
    if (train->sizes_text && !strstr(train->out, "{size}"))
        usage_error("--sizes: -o FILE must hold {size}");
}

static void check_weights(const struct train *train)
{
    bool weighs = train->alpha != 1 || train->quota;

    if (!(train->alpha >= 0 && train->alpha <= 1))
        usage_error("--alpha: 0 to 1, not %g", train->alpha);
    if (train->alpha != 1 && train->quota)
        usage_error("--alpha and --quota are both given");
    if (train->cap > 0 && !weighs)
        usage_error("--cap: without --alpha or --quota there are no weights");
    if (!train->parity_rule && (train->parity_ratio || train->dev ||
                                train->global_merges > 0))
        usage_error("--parity-ratio, --dev and --global-merges need --parity");
    if (train->parity_rule && strcmp(train->parity_rule, "base") != 0 &&
        strcmp(train->parity_rule, "window") != 0)
        usage_error("--parity: base or window, not %s", train->parity_rule);
}

static void check_model(const struct train *train)
{
    if (strcmp(train->model, "bytes") != 0 &&
        strcmp(train->model, "chars") != 0)
        usage_error("--model: bytes or chars, not %s", train->model);
    if (!(train->coverage > 0 && train->coverage <= 1))
        usage_error("--coverage: above 0, at most 1, not %g", train->coverage);
    if (!train->is_chars && train->coverage != COVERAGE)
        usage_error("--coverage is for --model chars");
    if (train->is_chars && strcmp(train->initial, "bytes") != 0)
        usage_error("--initial-alphabet: --model chars has all bytes");
    if (train->is_chars && train->extend)
        usage_error("--extend: not with --model chars");
}

static void check_options(const struct train *train)
{
    check_sizes(train);
    check_weights(train);
    check_model(train);
    if (strcmp(train->ties, "hf") != 0)
        usage_error("--ties: only hf is known, not %s", train->ties);
    if (strcmp(train->initial, "bytes") != 0 &&
        strcmp(train->initial, "seen") != 0)
        usage_error("--initial-alphabet: bytes or seen, not %s",
                    train->initial);
    if (train->lines && train->text_field)
        usage_error("--text-field: plain lines have no fields");
    if (train->extend && train->pretokenizer)
        usage_error("--pretokenizer: the vocabulary of --extend has its own");
    for (size_t i = 0; i < train->specials.count; i++)
        if (!*train->specials.items[i])
            usage_error("--special: a token cannot be empty");
}

/* What a file has and we do not write must not get lost in silence. */
static void open_old(struct train *train)
{
    struct pretokenizer pre;
    struct fault fault;

    train->old = vocab_open(train->extend);
    if (train->old->is_chars)
        die("%s: only a vocabulary of bytes can be extended, not of "
            "characters", train->extend);
    if (!train->old->pretokenizer)
        die("%s does not say how text is cut: export it to json with "
            "--pretokenizer", train->extend);
    if (!pretokenizer_open(&pre, train->old->pretokenizer, &fault))
        die("%s: its pre-tokenizer: %s", train->extend, fault.what);
    train->pretokenizer = train->old->pretokenizer;
    if (train->old->has_template)
        notice("%s: its post-processor is not kept", train->extend);
    if (train->old->has_limits)
        notice("%s: its truncation and padding are not kept", train->extend);
    if (train->old->nfc && !pretokenizer_is_nfc(&pre))
        notice("%s: it brings texts to NFC: those counted should be in NFC",
               train->extend);
    pretokenizer_close(&pre);
}

static bool is_nfc(const char *pretokenizer)
{
    struct pretokenizer pre;
    struct fault fault;
    bool nfc;

    if (!pretokenizer_open(&pre, pretokenizer, &fault))
        bug("a pre-tokenizer that could be opened before");
    nfc = pretokenizer_is_nfc(&pre);
    pretokenizer_close(&pre);
    return nfc;
}

static void weigh(struct train *train)
{
    struct languages *l = &train->languages;
    struct weights_options options = { .cap = train->cap };
    double *values = xcalloc(l->count, sizeof *values);
    uint64_t *quotas = xcalloc(l->count, sizeof *quotas);

    options.alpha = (uint64_t)(train->alpha * WEIGHTS_ONE + 0.5);
    if (train->quota) {
        languages_values(l, train->quota, 0, values);
        for (size_t i = 0; i < l->count; i++)
            quotas[i] = (uint64_t)(values[i] * 1e6 + 0.5);
        options.quotas = quotas;
    }
    languages_weigh(l, &options);
    free(values);
    free(quotas);
}

/* The file of one size. */
static char *file_of(const struct train *train, const struct size *size)
{
    const char *mark = strstr(train->out, "{size}");

    if (!train->sizes_text)
        return xstrdup(train->out);
    return xprintf("%.*s%.*s%s", (int)(mark - train->out), train->out,
                   (int)size->name.len, size->name.ptr, mark + 6);
}

/* The last vocabulary is written while the words are given back. */
struct ending {
    struct trainer *trainer;
    const char *path;
};

static void end_one(void *context, size_t i, size_t worker)
{
    const struct ending *ending = context;

    (void)worker;
    if (i == 0)
        vocab_json_save(trainer_vocab(ending->trainer), ending->path);
    else
        trainer_finish(ending->trainer);
}

static void save_sizes(const struct train *train, struct trainer *trainer,
                       size_t threads)
{
    for (size_t i = 0; i < train->size_count; i++) {
        const struct vocab *vocab = trainer_vocab(trainer);
        uint64_t size = train->sizes[i].tokens;
        char *path = file_of(train, &train->sizes[i]);

        trainer_grow(trainer, size);
        if (vocab->count < size)
            notice("%zu tokens, not %" PRIu64 ": no other pair occurs often "
                   "enough", vocab->count, size);
        if (vocab->count > size)
            notice("%zu tokens, not %" PRIu64 ": the special tokens and bytes "
                   "alone are more", vocab->count, size);
        if (i + 1 < train->size_count)
            vocab_json_save(vocab, path);
        else
            parallel_for(threads, 2, end_one,
                         &(struct ending){ trainer, path });
        free(path);
    }
}

/* All tables, of each language or for the sum of all. */
static struct trainer *begin(struct train *train,
                             const struct trainer_options *options,
                             struct parity_options *parity)
{
    struct languages *l = &train->languages;
    const struct wordcount **dev = xcalloc(l->count, sizeof *dev);
    double *ratios = xcalloc(l->count, sizeof *ratios);
    struct wordset_table *tables = NULL;
    size_t count = 0, cap = 0;
    struct trainer *trainer;

    for (size_t i = 0; i < l->count; i++) {
        const struct language *language = &l->items[i];

        dev[i] = &language->dev;
        for (size_t k = 0; k < language->table_count; k++) {
            tables = grow(tables, &cap, count + 1, sizeof *tables);
            tables[count++] = (struct wordset_table){
                &language->tables[k], language->weight,
                options->parity ? (uint32_t)i : 0
            };
        }
    }
    if (train->dev)
        parity->dev = dev;
    if (train->parity_ratio) {
        languages_values(l, train->parity_ratio, 1e-9, ratios);
        parity->ratios = ratios;
    }
    trainer = trainer_new(tables, count, options->parity ? l->count : 1,
                          options);
    free(tables);
    free(dev);
    free(ratios);
    return trainer;
}

/* What each language needs; texts are encoded as they come. */
static void choose_alphabet(struct train *train, const char *pretokenizer)
{
    for (size_t i = 0; i < train->languages.count; i++)
        alphabet_add(&train->alphabet, train->languages.items[i].tables,
                     train->languages.items[i].table_count,
                     train->coverage);
    if (is_nfc(pretokenizer))
        notice("words were counted in NFC, but a vocabulary of characters "
               "takes texts as they come");
}

static void train_all(struct train *train, const char *pretokenizer)
{
    bool weighs = train->alpha != 1 || train->quota;
    char *last = file_of(train, &train->sizes[train->size_count - 1]);
    char *path = xprintf("%s.part-merges", last);
    struct parity_options parity = {
        .window = train->parity_rule &&
                  strcmp(train->parity_rule, "window") == 0,
        .global_merges = train->global_merges,
    };
    struct trainer_options options = {
        .min_frequency = train->min_frequency > 0 ? train->min_frequency : 1,
        .specials = train->specials.items,
        .special_count = train->specials.count,
        .all_bytes = strcmp(train->initial, "bytes") == 0,
        .pretokenizer = pretokenizer,
        .alphabet = train->is_chars ? &train->alphabet : NULL,
        .nfc = !train->is_chars && is_nfc(pretokenizer),
        .token_bytes_max = (size_t)train->token_bytes_max,
        .broken = train->utf8_steps  ? BROKEN_STEPS
                  : train->utf8_safe ? BROKEN_NONE
                                     : BROKEN_ANY,
        .single_digits = train->single_digits,
        .extend = train->old,
        .parity = train->parity_rule ? &parity : NULL,
        .checkpoint = strcmp(train->out, "-") == 0 ? NULL : path,
        .threads = train->threads > 0 ? (size_t)train->threads
                                      : parallel_cores(),
    };
    struct trainer *trainer;

    if (train->is_chars)
        choose_alphabet(train, pretokenizer);
    if (weighs)
        weigh(train);
    if (weighs && __builtin_mul_overflow(options.min_frequency, WEIGHTS_ONE,
                                         &options.min_frequency))
        options.min_frequency = UINT64_MAX;
    trainer = begin(train, &options, &parity);
    languages_clear(&train->languages);
    alphabet_clear(&train->alphabet);
    if (trainer_resumed(trainer) > 0)
        notice("goes on after the %" PRIu64 " steps of %s",
               trainer_resumed(trainer), path);
    save_sizes(train, trainer, options.threads);
    trainer_free(trainer);
    free(path);
    free(last);
}

static int train_run(void *self, const char *const *operands, size_t count)
{
    struct train *train = self;
    struct counts_list counts = { 0 };
    struct train_input input = {
        .text_field = train->text_field,
        .threads = train->threads,
        .lines = train->lines,
        .quiet = train->quiet,
    };

    train->is_chars = strcmp(train->model, "chars") == 0;
    check_options(train);
    read_sizes(train);
    if (train->extend)
        open_old(train);
    input.pretokenizer = train->pretokenizer;
    train_input_count(&input, operands, count, &counts);
    languages_take(&train->languages, &counts);
    if (train->dev)
        languages_read_dev(&train->languages, train->dev, counts.pretokenizer);
    train_all(train, counts.pretokenizer);
    counts_list_clear(&counts);
    option_list_clear(&train->specials);
    return 0;
}

const struct command train_command = {
    .name = "train",
    .summary = "train a BPE vocabulary, of bytes or of characters",
    .operands = "[FILE...]",
    .options = train_options,
    .size = sizeof(struct train),
    .run = train_run,
};

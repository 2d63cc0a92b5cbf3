/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export - a vocabulary in the form that another program reads.
 *
 * What the other form would encode otherwise is refused; what it merely cannot
 * hold is said on stderr, so that the reader can be told.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "src/json.h"
#include "src/output.h"
#include "src/stage.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/vocab_bpe.h"
#include "tokenizer/vocab_config.h"
#include "tokenizer/vocab_file.h"
#include "tokenizer/vocab_gguf.h"
#include "tokenizer/vocab_json.h"
#include "tokenizer/vocab_spm.h"
#include "tokenizer/vocab_tiktoken.h"

struct export {
    const char *tokenizer, *pretokenizer, *to, *format, *out, *eos;
    struct vocab *vocab;
    uint32_t eos_id; /* VOCAB_NONE = none */
};

static const struct option export_options[] = {
    { "tokenizer", OPTION_TEXT, offsetof(struct export, tokenizer), NULL,
      "FILE", "vocabulary: tokenizer.json, .tiktoken, .model or GGUF" },
    { "pretokenizer", OPTION_TEXT, offsetof(struct export, pretokenizer), NULL,
      "NAME", "how text is cut, where FILE does not say it; or a regex" },
    { "to", OPTION_TEXT, offsetof(struct export, to), NULL, "FORMAT",
      "json, bpe, tiktoken, gguf or spm" },
    { "format", OPTION_TEXT, offsetof(struct export, format), NULL, "FORMAT",
      "the same as --to; hf says json, vocab-merges bpe" },
    { "out", OPTION_TEXT, offsetof(struct export, out), NULL, "PATH",
      "for json and bpe a directory, else a file or a directory" },
    { "eos", OPTION_TEXT, offsetof(struct export, eos), NULL, "TOKEN",
      "what ends a text; preset: <|endoftext|> or </s>; none: nothing" },
    { 0 }
};

static char *join(const char *directory, const char *name)
{
    return xprintf("%s/%s", directory, name);
}

/* The file itself, or `name` in it where it is a directory. */
static char *file_of(const char *path, const char *name)
{
    size_t len = strlen(path);
    struct stat found;

    if (len > 0 && path[len - 1] == '/')
        output_make_directory(path);
    if (strcmp(path, "-") != 0 && stat(path, &found) == 0 &&
        S_ISDIR(found.st_mode))
        return join(path, name);
    return xstrdup(path);
}

/* Die of what another form cannot do, naming the token. */
static _Noreturn void die_of(const struct export *export,
                             const struct fault *fault)
{
    struct arena arena = { 0 };
    struct slice spell;

    if (fault->at >= export->vocab->count)
        die("%s: %s", export->tokenizer, fault->what);
    spell = vocab_spell(export->vocab, (uint32_t)fault->at, &arena);
    die("%s: token %zu, '%.*s': %s", export->tokenizer, fault->at,
        (int)spell.len, spell.ptr, fault->what);
}

static void tell_pattern(const struct export *export, const char *what)
{
    struct pretokenizer p;
    struct fault fault = { 0 };

    if (!pretokenizer_open(&p, export->vocab->pretokenizer, &fault))
        bug("a vocabulary with a bad pattern: %s", fault.what);
    notice("%s does not hold the pattern that cuts text: %s", what,
           pretokenizer_pattern(&p));
    pretokenizer_close(&p);
}

static void tell_nfc(const struct export *export, const char *what)
{
    if (export->vocab->nfc)
        notice("%s does not hold that text is brought to NFC before", what);
}

/* The added tokens from id `first` on. */
static void tell_added(const struct export *export, const char *what,
                       size_t first)
{
    const struct vocab *vocab = export->vocab;
    struct arena arena = { 0 };
    const char *before = "";
    size_t len = 0, cap = 0;
    char *list = NULL;

    for (size_t id = first; id < vocab->count; id++) {
        const struct vocab_token *token = &vocab->tokens[id];
        struct slice content;
        char *item;

        if (!(token->flags & VOCAB_ADDED))
            continue;
        content = json_escape(token->bytes, &arena);
        item = xprintf("%s%.*s: %zu", before, (int)content.len, content.ptr,
                       id);
        list = grow(list, &cap, len + strlen(item) + 1, 1);
        memcpy(list + len, item, strlen(item) + 1);
        len += strlen(item);
        free(item);
        before = ", ";
    }
    if (list)
        notice("%s does not hold the added tokens: {%s}", what, list);
    free(list);
    arena_clear(&arena);
}

static void export_json(const struct export *export)
{
    char *config, *tokens;

    output_make_directory(export->out);
    config = join(export->out, "tokenizer_config.json");
    tokens = join(export->out, "tokenizer.json");
    vocab_config_save(export->vocab, export->eos_id, config);
    vocab_json_save(export->vocab, tokens);
    free(config);
    free(tokens);
}

static void export_bpe(const struct export *export)
{
    static const char what[] = "vocab.json";

    output_make_directory(export->out);
    vocab_bpe_save(export->vocab, export->out);
    tell_pattern(export, what);
    tell_nfc(export, what);
    tell_added(export, what, vocab_model_end(export->vocab));
    if (export->vocab->ignore_merges)
        notice("%s does not hold that ignore_merges is true", what);
}

static void export_tiktoken(const struct export *export)
{
    static const char what[] = ".tiktoken";
    struct fault fault = { 0 };
    char *path;

    if (!vocab_tiktoken_can(export->vocab, &fault))
        die_of(export, &fault);
    path = file_of(export->out, "vocab.tiktoken");
    vocab_tiktoken_save(export->vocab, path);
    free(path);
    tell_pattern(export, what);
    tell_nfc(export, what);
    tell_added(export, what, 0);
}

static void export_gguf(const struct export *export)
{
    struct fault fault = { 0 };
    const struct gguf_pre *pre = NULL;
    char *path;

    if (!export->vocab->is_chars &&
        !(pre = vocab_gguf_can(export->vocab, &fault)))
        die_of(export, &fault);
    path = file_of(export->out, "vocab.gguf");
    if (pre)
        vocab_gguf_save(export->vocab, pre, export->eos_id, path);
    else if (!vocab_gguf_save_pieces(export->vocab, export->eos_id, path,
                                     &fault))
        die_of(export, &fault);
    free(path);
    tell_nfc(export, "GGUF");
}

static void export_spm(const struct export *export)
{
    struct fault fault = { 0 };
    char *path = file_of(export->out, "tokenizer.model");

    if (!vocab_spm_save(export->vocab, export->eos_id, path, &fault))
        die_of(export, &fault);
    free(path);
}

/* Some have a second name, which other programs give them. */
static const struct format {
    const char *name, *alias;
    void (*save)(const struct export *export);
    bool has_chars; /* vocabularies of characters, too */
} formats[] = {
    { "json", "hf", export_json, true },
    { "bpe", "vocab-merges", export_bpe, false },
    { "tiktoken", "tiktoken", export_tiktoken, false },
    { "gguf", "gguf", export_gguf, true },
    { "spm", "sentencepiece", export_spm, true },
};

static const struct format *find_format(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0 ||
            strcmp(formats[i].alias, name) == 0)
            return &formats[i];
    usage_error("--to: '%s' is not json, bpe, tiktoken, gguf or spm", name);
}

static void find_eos(struct export *export)
{
    const char *name = export->eos               ? export->eos
                       : export->vocab->is_chars ? "</s>"
                                                 : "<|endoftext|>";

    export->eos_id = VOCAB_NONE;
    if (export->eos && strcmp(export->eos, "none") == 0)
        return;
    if (!vocab_find_added(export->vocab, slice_from(name), &export->eos_id) &&
        export->eos)
        usage_error("--eos: '%s' is not an added token of %s", export->eos,
                    export->tokenizer);
}

static int export_run(void *self, const char *const *operands, size_t count)
{
    struct export *export = self;
    const char *name = export->to ? export->to : export->format;
    const struct format *format;

    if (count > 0)
        usage_error("%s: export takes no operands", operands[0]);
    if (!export->tokenizer)
        usage_error("--tokenizer FILE is needed");
    if (!name || !export->out)
        usage_error("--to FORMAT and --out PATH are needed");
    format = find_format(name);
    export->vocab = vocab_open_text(export->tokenizer, export->pretokenizer);
    if (export->vocab->is_chars && !format->has_chars)
        die("%s: only vocabularies of bytes can be exported to %s, not of "
            "characters", export->tokenizer, format->name);
    find_eos(export);
    if (export->vocab->has_template)
        notice("%s: its post-processor is not kept", export->tokenizer);
    if (export->vocab->has_limits)
        notice("%s: its truncation and padding are not kept",
               export->tokenizer);
    format->save(export);
    vocab_free(export->vocab);
    return 0;
}

extern const struct command export_command;
const struct command export_command = {
    .name = "export",
    .summary = "write a vocabulary in the form that another program reads",
    .operands = "",
    .options = export_options,
    .size = sizeof(struct export),
    .run = export_run,
};

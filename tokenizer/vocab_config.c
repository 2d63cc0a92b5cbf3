/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_config - which class loads the vocabulary, what ends a text, and the
 * added tokens once more.
 */
#include "tokenizer/vocab_config.h"

#include "src/json.h"
#include "src/output.h"

static const char *truth(unsigned flag)
{
    return flag ? "true" : "false";
}

static void write_added(struct output *out, const struct vocab *vocab)
{
    struct arena arena = { 0 };
    const char *before = "\n";

    output_print(out, "  \"added_tokens_decoder\": {");
    for (size_t id = 0; id < vocab->count; id++) {
        const struct vocab_token *token = &vocab->tokens[id];

        if (!(token->flags & VOCAB_ADDED))
            continue;
        output_print(out, "%s    \"%zu\": {\n      \"content\": ", before, id);
        output_write(out, json_escape(token->bytes, &arena));
        output_print(out,
                     ",\n      \"lstrip\": %s,\n      \"normalized\": %s,\n"
                     "      \"rstrip\": %s,\n      \"single_word\": %s,\n"
                     "      \"special\": %s\n    }",
                     truth(token->flags & VOCAB_LSTRIP),
                     truth(token->flags & VOCAB_NORMALIZED),
                     truth(token->flags & VOCAB_RSTRIP),
                     truth(token->flags & VOCAB_SINGLE_WORD),
                     truth(token->flags & VOCAB_SPECIAL));
        before = ",\n";
        arena_reset(&arena);
    }
    output_print(out, before[0] == ',' ? "\n  },\n" : "},\n");
    arena_clear(&arena);
}

static void write_named(struct output *out, const char *name,
                        const struct vocab *vocab, uint32_t id)
{
    struct arena arena = { 0 };

    output_print(out, "  \"%s\": ", name);
    output_write(out, json_escape(vocab_spell(vocab, id, &arena), &arena));
    output_print(out, ",\n");
    arena_clear(&arena);
}

void vocab_config_save(const struct vocab *vocab, uint32_t eos,
                       const char *path)
{
    struct output *out = output_open(path);

    output_print(out, "{\n");
    write_added(out, vocab);
    output_print(out, "  \"clean_up_tokenization_spaces\": false,\n");
    if (eos != VOCAB_NONE)
        write_named(out, "eos_token", vocab, eos);
    if (vocab->unk != VOCAB_NONE)
        write_named(out, "unk_token", vocab, vocab->unk);
    /* What transformers writes for "no limit". */
    output_print(out, "  \"model_max_length\": "
                      "1000000000000000019884624838656,\n"
                      "  \"tokenizer_class\": \"PreTrainedTokenizerFast\"\n"
                      "}\n");
    output_close(out);
}

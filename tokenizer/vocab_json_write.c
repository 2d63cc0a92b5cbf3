/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_json_write - tokenizer.json, byte for byte as Hugging Face's save()
 * writes it: two blanks for each level, one member or item a line, members in
 * the order of its structs, added tokens and vocabulary by id, no last newline.
 */
#include <stdlib.h>

#include "src/fail.h"
#include "src/json.h"
#include "src/output.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/vocab_json.h"

/* One JSON string, with quotes. */
static void write_text(struct output *out, struct slice text)
{
    struct arena arena = { 0 };

    output_write(out, json_escape(text, &arena));
    arena_clear(&arena);
}

/* All tokens as JSON strings: most are written three times. */
static struct slice *spell_all(const struct vocab *vocab, struct arena *arena)
{
    struct slice *spelled = xcalloc(vocab->count + 1, sizeof *spelled);

    for (size_t id = 0; id < vocab->count; id++)
        spelled[id] = json_escape(vocab_spell(vocab, (uint32_t)id, arena),
                                  arena);
    return spelled;
}

/* As it stands: many times quicker than by a format. */
static void write_plain(struct output *out, const char *text)
{
    output_write(out, slice_from(text));
}

static void write_number(struct output *out, size_t number)
{
    char digits[24], *first = digits + sizeof digits;

    do
        *--first = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    output_write(out, slice_make(first,
                                 (size_t)(digits + sizeof digits - first)));
}

static const char *truth(unsigned flag)
{
    return flag ? "true" : "false";
}

static void write_added(struct output *out, const struct vocab *vocab)
{
    const char *before = "\n";

    output_print(out, "  \"added_tokens\": [");
    for (size_t id = 0; id < vocab->count; id++) {
        const struct vocab_token *token = &vocab->tokens[id];

        if (!(token->flags & VOCAB_ADDED))
            continue;
        output_print(out, "%s    {\n      \"id\": %zu,\n      \"content\": ",
                     before, id);
        write_text(out, token->bytes);
        output_print(out,
                     ",\n      \"single_word\": %s,\n      \"lstrip\": %s,\n"
                     "      \"rstrip\": %s,\n      \"normalized\": %s,\n"
                     "      \"special\": %s\n    }",
                     truth(token->flags & VOCAB_SINGLE_WORD),
                     truth(token->flags & VOCAB_LSTRIP),
                     truth(token->flags & VOCAB_RSTRIP),
                     truth(token->flags & VOCAB_NORMALIZED),
                     truth(token->flags & VOCAB_SPECIAL));
        before = ",\n";
    }
    output_print(out, before[0] == ',' ? "\n  ],\n" : "],\n");
}

/* Of characters: what Metaspace does, or a normalizer and nothing more. */
static bool has_metaspace(const struct vocab *vocab)
{
    return vocab->space == VOCAB_SPACE_UNLESS ||
           vocab->space == VOCAB_SPACE_FIRST ||
           strcmp(vocab->pretokenizer, VOCAB_EACH_SPACE) == 0;
}

static void write_char_normalizer(struct output *out, const struct vocab *vocab)
{
    static const char replace[] = "\"type\": \"Replace\",\n%s"
                                  "\"pattern\": {\n%s  \"String\": \" \"\n"
                                  "%s},\n%s\"content\": \"" VOCAB_SPACE
                                  "\"\n";
    const char *in = vocab->space == VOCAB_SPACE_NEVER ? "    " : "        ";

    if (has_metaspace(vocab)) {
        output_print(out, "  \"normalizer\": null,\n");
        return;
    }
    output_print(out, "  \"normalizer\": {\n");
    if (vocab->space == VOCAB_SPACE_ALWAYS)
        output_print(out, "    \"type\": \"Sequence\",\n"
                          "    \"normalizers\": [\n      {\n"
                          "        \"type\": \"Prepend\",\n"
                          "        \"prepend\": \"" VOCAB_SPACE "\"\n"
                          "      },\n      {\n");
    output_print(out, "%s", in);
    output_print(out, replace, in, in, in, in);
    output_print(out, vocab->space == VOCAB_SPACE_ALWAYS ? "      }\n    ]\n"
                                                         : "");
    output_print(out, "  },\n");
}

static void write_normalizer(struct output *out, const struct vocab *vocab)
{
    if (vocab->is_chars)
        write_char_normalizer(out, vocab);
    else
        output_print(out, vocab->nfc ? "  \"normalizer\": {\n"
                                       "    \"type\": \"NFC\"\n  },\n"
                                     : "  \"normalizer\": null,\n");
}

static void write_metaspace(struct output *out, const struct vocab *vocab)
{
    static const char *const schemes[] = {
        [VOCAB_SPACE_NEVER] = "never", [VOCAB_SPACE_ALWAYS] = "?",
        [VOCAB_SPACE_UNLESS] = "always", [VOCAB_SPACE_FIRST] = "first"
    };

    if (!has_metaspace(vocab)) {
        output_print(out, "  \"pre_tokenizer\": null,\n");
        return;
    }
    output_print(out,
                 "  \"pre_tokenizer\": {\n    \"type\": \"Metaspace\",\n"
                 "    \"replacement\": \"" VOCAB_SPACE "\",\n"
                 "    \"prepend_scheme\": \"%s\",\n    \"split\": %s\n  },\n",
                 schemes[vocab->space],
                 truth(strcmp(vocab->pretokenizer, VOCAB_EACH_SPACE) == 0));
}

static void write_pretokenizer(struct output *out, const struct vocab *vocab)
{
    struct pretokenizer p;
    struct fault fault = { 0 };

    if (vocab->is_chars) {
        write_metaspace(out, vocab);
        return;
    }
    if (!pretokenizer_open(&p, vocab->pretokenizer, &fault))
        bug("a vocabulary with a bad pattern: %s", fault.what);
    if (pretokenizer_is_bytelevel(&p)) {
        output_print(out, "  \"pre_tokenizer\": {\n"
                          "    \"type\": \"ByteLevel\",\n"
                          "    \"add_prefix_space\": false,\n"
                          "    \"trim_offsets\": true,\n"
                          "    \"use_regex\": true\n  },\n");
    } else {
        output_print(out, "  \"pre_tokenizer\": {\n"
                          "    \"type\": \"Sequence\",\n"
                          "    \"pretokenizers\": [\n      {\n"
                          "        \"type\": \"Split\",\n"
                          "        \"pattern\": {\n          \"Regex\": ");
        write_text(out, slice_from(pretokenizer_pattern(&p)));
        output_print(out, "\n        },\n"
                          "        \"behavior\": \"Isolated\",\n"
                          "        \"invert\": false\n      },\n      {\n"
                          "        \"type\": \"ByteLevel\",\n"
                          "        \"add_prefix_space\": false,\n"
                          "        \"trim_offsets\": true,\n"
                          "        \"use_regex\": false\n      }\n"
                          "    ]\n  },\n");
    }
    pretokenizer_close(&p);
}

static void write_decoder(struct output *out, const struct vocab *vocab)
{
    if (!vocab->is_chars) {
        output_print(out, "  \"decoder\": {\n    \"type\": \"ByteLevel\",\n"
                          "    \"add_prefix_space\": true,\n"
                          "    \"trim_offsets\": true,\n"
                          "    \"use_regex\": true\n  },\n");
        return;
    }
    output_print(out, "  \"decoder\": {\n    \"type\": \"Sequence\",\n"
                      "    \"decoders\": [\n      {\n"
                      "        \"type\": \"Replace\",\n"
                      "        \"pattern\": {\n"
                      "          \"String\": \"" VOCAB_SPACE "\"\n        },\n"
                      "        \"content\": \" \"\n      },\n      {\n"
                      "        \"type\": \"ByteFallback\"\n      },\n"
                      "      {\n        \"type\": \"Fuse\"\n      }");
    if (vocab->space != VOCAB_SPACE_NEVER)
        output_print(out, ",\n      {\n        \"type\": \"Strip\",\n"
                          "        \"content\": \" \",\n"
                          "        \"start\": 1,\n        \"stop\": 0\n"
                          "      }");
    output_print(out, "\n    ]\n  },\n");
}

static void write_model(struct output *out, const struct vocab *vocab)
{
    struct arena arena = { 0 };
    struct slice *spelled = spell_all(vocab, &arena);
    size_t end = vocab_model_end(vocab);
    const char *before = "\n      ";

    output_print(out, "  \"model\": {\n    \"type\": \"BPE\",\n"
                      "    \"dropout\": null,\n    \"unk_token\": ");
    if (vocab->unk == VOCAB_NONE)
        output_print(out, "null");
    else
        output_write(out, spelled[vocab->unk]);
    output_print(out, ",\n    \"continuing_subword_prefix\": null,\n"
                      "    \"end_of_word_suffix\": null,\n"
                      "    \"fuse_unk\": %s,\n    \"byte_fallback\": %s,\n"
                      "    \"ignore_merges\": %s,\n    \"vocab\": {",
                 truth(vocab->fuse_unk), truth(vocab->fallback != NULL),
                 truth(vocab->ignore_merges));
    for (size_t id = 0; id < end; id++) {
        write_plain(out, before);
        output_write(out, spelled[id]);
        write_plain(out, ": ");
        write_number(out, id);
        before = ",\n      ";
    }
    output_print(out, "%s    \"merges\": [",
                 before[0] == ',' ? "\n    },\n" : "},\n");
    for (size_t i = 0; i < vocab->merge_count; i++) {
        write_plain(out, i == 0 ? "\n      [\n        "
                                : ",\n      [\n        ");
        output_write(out, spelled[vocab->merges[i].left]);
        write_plain(out, ",\n        ");
        output_write(out, spelled[vocab->merges[i].right]);
        write_plain(out, "\n      ]");
    }
    output_print(out, vocab->merge_count > 0 ? "\n    ]\n  }\n}" : "]\n  }\n}");
    free(spelled);
    arena_clear(&arena);
}

void vocab_json_save(const struct vocab *vocab, const char *path)
{
    struct output *out = output_open(path);

    output_print(out, "{\n  \"version\": \"1.0\",\n  \"truncation\": null,\n"
                      "  \"padding\": null,\n");
    write_added(out, vocab);
    write_normalizer(out, vocab);
    write_pretokenizer(out, vocab);
    output_print(out, "  \"post_processor\": null,\n");
    write_decoder(out, vocab);
    write_model(out, vocab);
    output_close(out);
}

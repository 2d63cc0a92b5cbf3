/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decode - ids back to text: from shards, or from lines of JSON arrays.
 *
 * Each document becomes {"text":"..."} on a line of its own; --raw writes the
 * bytes alone, one document after the other.  Special tokens are left out, for
 * encode puts them between documents and a text has none, unless --special.
 *
 * Memory: the vocabulary and one document; shards are mapped.
 */
#include <dirent.h>
#include <stdlib.h>

#include "src/compress.h"
#include "src/json.h"
#include "src/output.h"
#include "src/stage.h"
#include "src/utf8.h"
#include "tokenizer/shard.h"
#include "tokenizer/vocab_file.h"

struct decode {
    const char *tokenizer, *format, *out;
    bool raw, special;
    struct vocab *vocab;
    struct output *output;
    uint64_t broken;         /* documents that were not UTF-8 */
    char *text;              /* of the document at work */
    size_t len, cap;
};

static const struct option decode_options[] = {
    { "tokenizer", OPTION_TEXT, offsetof(struct decode, tokenizer), NULL,
      "FILE", "their vocabulary: tokenizer.json, .tiktoken, .model or GGUF" },
    { "format", OPTION_TEXT, offsetof(struct decode, format), NULL, "NAME",
      "what the shards are, where their names do not say it" },
    { "out", OPTION_TEXT, offsetof(struct decode, out), "-", "FILE",
      "where the text goes" },
    { "raw", OPTION_FLAG, offsetof(struct decode, raw), NULL, NULL,
      "the bytes of the texts, and nothing between them" },
    { "special", OPTION_FLAG, offsetof(struct decode, special), NULL, NULL,
      "write special tokens too" },
    { 0 }
};

/* Add what one id stands for; false when there is no such id. */
static bool text_add(struct decode *decode, uint64_t id)
{
    const struct vocab_token *token;

    if (id >= decode->vocab->count)
        return false;
    token = &decode->vocab->tokens[id];
    if (token->flags & VOCAB_SPECIAL && !decode->special)
        return true;
    decode->text = grow(decode->text, &decode->cap,
                        decode->len + token->bytes.len, 1);
    memcpy(decode->text + decode->len, token->bytes.ptr, token->bytes.len);
    decode->len += token->bytes.len;
    return true;
}

/* The text with U+FFFD in the place of each byte that is not UTF-8. */
static struct slice mend(struct slice text, struct arena *arena)
{
    char *mended = arena_alloc(arena, 3 * text.len), *to = mended;

    for (size_t at = 0; at < text.len;) {
        uint32_t code_point = utf8_next_lax(text, &at);

        to += utf8_put(to, code_point == UINT32_MAX ? 0xfffd : code_point);
    }
    return slice_make(mended, (size_t)(to - mended));
}

static void text_write(struct decode *decode)
{
    struct slice text = { decode->text, decode->len };
    struct arena arena = { 0 };
    size_t at;

    decode->len = 0;
    if (decode->vocab->space != VOCAB_SPACE_NEVER && text.len > 0 &&
        text.ptr[0] == ' ') /* encoding put it there */
        text = slice_make(text.ptr + 1, text.len - 1);
    if (decode->raw) {
        output_write(decode->output, text);
        return;
    }
    if (!utf8_check(text, &at)) {
        decode->broken++;
        text = mend(text, &arena);
    }
    output_print(decode->output, "{\"text\":");
    output_write(decode->output, json_escape(text, &arena));
    output_print(decode->output, "}\n");
    arena_clear(&arena);
}

/* `format` NULL: as the name says. */
static void decode_shard(struct decode *decode, const char *path,
                         const struct shard_format *format)
{
    struct shard shard;
    struct fault fault;

    if (!shard_open(&shard, format, path, &fault))
        die("%s: %s (byte %zu)", path, fault.what, fault.at);
    for (uint64_t i = 0; i < shard.document_count; i++) {
        uint64_t count;
        const unsigned char *tokens = shard_document(&shard, i, &count);

        for (uint64_t j = 0; j < count; j++) {
            uint64_t id = shard_get(tokens + j * shard.token_bytes,
                                    shard.token_bytes);

            if (!text_add(decode, id))
                die("%s: id %llu of document %llu is not in the vocabulary",
                    path, (unsigned long long)id, (unsigned long long)i);
        }
        text_write(decode);
    }
    shard_close(&shard);
}

/* chunk-0-10 after chunk-0-9. */
static int compare_names(const void *a, const void *b)
{
    return strverscmp(*(char *const *)a, *(char *const *)b);
}

/* The shards of one format in the directory, by name; false if none. */
static bool decode_format(struct decode *decode, const char *path, DIR *dir,
                          const struct shard_format *format)
{
    char **names = NULL;
    size_t count = 0, cap = 0;

    rewinddir(dir);
    for (const struct dirent *entry; (entry = readdir(dir));)
        if (shard_format_has(format, entry->d_name)) {
            names = grow(names, &cap, count + 1, sizeof *names);
            names[count++] = xprintf("%s/%s", path, entry->d_name);
        }
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++) {
        decode_shard(decode, names[i], format);
        free(names[i]);
    }
    free(names);
    return count > 0;
}

static void decode_directory(struct decode *decode, const char *path, DIR *dir,
                             const struct shard_format *format)
{
    bool found = format && decode_format(decode, path, dir, format);

    for (size_t i = 0; i < SHARD_FORMATS && !format && !found; i++)
        found = decode_format(decode, path, dir, shard_formats[i]);
    closedir(dir);
    if (!found)
        die("%s: no shards in this directory", path);
}

/* What is wrong with an item of an array of ids. */
struct line {
    struct decode *decode;
    const char *what;
};

static bool line_id(void *context, struct slice value, enum json_kind kind)
{
    struct line *line = context;
    uint64_t id = 0;

    line->what = "not an array of ids";
    if (kind != JSON_NUMBER || value.len > 10)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return false;
        id = id * 10 + (uint64_t)(value.ptr[i] - '0');
    }
    line->what = "an id is not in the vocabulary";
    if (!text_add(line->decode, id))
        return false;
    line->what = NULL;
    return true;
}

static void decode_line(struct decode *decode, struct slice text,
                        const char *path, uint64_t number)
{
    struct line line = { decode, NULL };
    struct fault fault = { 0 };
    size_t at = strspn(text.ptr, " \t\r");

    if (at >= text.len)
        return;
    if (!json_check(text, &fault))
        line.what = fault.what;
    else if (text.ptr[at] != '[')
        line.what = "not an array of ids";
    else
        json_each(slice_make(text.ptr + at, text.len - at), line_id, &line);
    if (line.what)
        die("%s:%llu: %s", path, (unsigned long long)number, line.what);
    text_write(decode);
}

/* Lines of a file; each is handed on with a NUL in its newline's place. */
static void decode_lines(struct decode *decode, const char *path)
{
    struct fault fault = { 0 };
    struct reader *reader = reader_open(path, &fault);
    size_t len = 0, cap = 0, count;
    char *bytes = NULL;
    uint64_t number = 0;

    if (strcmp(path, "-") == 0)
        path = "stdin";
    if (!reader)
        die("%s: %s", path, fault.what);
    do {
        size_t from = len, at = 0;
        char *newline;

        bytes = grow(bytes, &cap, len + (1 << 16) + 1, 1);
        count = reader_read(reader, bytes + len, cap - len - 1, &fault);
        if (fault.what)
            die("%s: %s (byte %zu)", path, fault.what, fault.at);
        len += count;
        if (count == 0 && len > 0)
            bytes[len++] = '\n';
        while (from < len &&
               (newline = memchr(bytes + from, '\n', len - from))) {
            size_t end = (size_t)(newline - bytes);

            *newline = '\0';
            decode_line(decode, slice_make(bytes + at, end - at), path,
                        ++number);
            from = at = end + 1;
        }
        len -= at;
        memmove(bytes, bytes + at, len);
    } while (count > 0);
    free(bytes);
    reader_close(reader);
}

static bool is_shard(const char *path)
{
    const char *slash = strrchr(path, '/');

    for (size_t i = 0; i < SHARD_FORMATS; i++)
        if (shard_format_has(shard_formats[i], slash ? slash + 1 : path))
            return true;
    return false;
}

static void decode_operand(struct decode *decode, const char *path,
                           const struct shard_format *format)
{
    DIR *dir = strcmp(path, "-") == 0 ? NULL : opendir(path);

    if (dir)
        decode_directory(decode, path, dir, format);
    else if (format || is_shard(path))
        decode_shard(decode, path, format);
    else
        decode_lines(decode, path);
}

static const struct shard_format *find_format(const char *name)
{
    const struct shard_format *format = shard_format_find(slice_from(name));

    if (!format)
        usage_error("--format: '%s' is not megatron, datatrove, olmo, mds, "
                    "litdata, llmc or nanogpt", name);
    return format;
}

static int decode_run(void *self, const char *const *operands, size_t count)
{
    struct decode *decode = self;
    const struct shard_format *format = NULL;

    if (decode->format)
        format = find_format(decode->format);
    if (!decode->tokenizer)
        usage_error("--tokenizer FILE is needed");
    decode->vocab = vocab_open(decode->tokenizer);
    decode->output = output_open(decode->out);
    for (size_t i = 0; i < count; i++)
        decode_operand(decode, operands[i], format);
    if (count == 0)
        decode_operand(decode, "-", NULL);
    output_close(decode->output);
    if (decode->broken > 0)
        notice("documents that are not UTF-8: %llu; U+FFFD stands for each "
               "such byte (--raw writes the bytes)",
               (unsigned long long)decode->broken);
    vocab_free(decode->vocab);
    free(decode->text);
    return 0;
}

const struct command decode_command = {
    .name = "decode",
    .summary = "turn token ids back into text",
    .operands = "[DIR|FILE...]",
    .options = decode_options,
    .size = sizeof(struct decode),
    .run = decode_run,
};

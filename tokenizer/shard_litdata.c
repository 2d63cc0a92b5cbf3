/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_litdata - the chunks that litdata streams, for its TokensLoader.
 *
 *   chunk-0-0.bin   4  items: documents
 *                   4  each, and one more: where an item begins in the file
 *                      tokens, 2 bytes (unsigned), or 4 (signed) above 65,536
 *                      tokens
 *   index.json      all chunks of the directory, published last of all; the
 *                   type of the tokens is no_header_tensor:20 (uint16, which
 *                   litdata knows since 0.2.50) or :16 (int32)
 *
 * Layout: https://github.com/Lightning-AI/litData, streaming/writer.
 */
#include <stdlib.h>

#include "src/compress.h"
#include "src/json.h"
#include "src/output.h"
#include "tokenizer/shard_manifest.h"

enum { TYPE_U16 = 20, TYPE_I32 = 16, INDEX_MAX = 1 << 30 };

static char *litdata_stem(uint64_t number)
{
    return xprintf("chunk-0-%llu", (unsigned long long)number);
}

/* The number of items, and one place more. */
static uint64_t litdata_fixed_bytes(const struct shard_writer *writer)
{
    (void)writer;
    return 4 + 4;
}

static void litdata_complete(const struct shard_writer *writer)
{
    size_t len = 4 + 4 * (writer->document_count + 1);
    char *header = xmalloc(len), *to = header;
    uint64_t at = len;

    to = shard_put(to, writer->document_count, 4);
    to = shard_put(to, at, 4);
    for (size_t i = 0; i < writer->document_count; i++) {
        at += (uint64_t)writer->lengths[i] * writer->token_bytes;
        to = shard_put(to, at, 4);
    }
    output_prepend(writer->tokens, slice_make(header, len));
    free(header);
}

static void print_config(const struct shard_writer *writer,
                         struct output *out)
{
    output_print(out, "\"config\": {\"chunk_bytes\": ");
    if (writer->is_own_limit)
        output_print(out, "%llu", (unsigned long long)
                                      writer->format->shard_bytes);
    else
        output_print(out, "null");
    output_print(out,
                 ", \"chunk_size\": null, \"compression\": null, "
                 "\"data_format\": [\"no_header_tensor:%d\"], "
                 "\"data_spec\": \"[1, {\\\"type\\\": null, "
                 "\\\"context\\\": null, \\\"children_spec\\\": []}]\", "
                 "\"encryption\": null, \"item_loader\": \"TokensLoader\"}}",
                 writer->token_bytes == 2 ? TYPE_U16 : TYPE_I32);
}

static void litdata_index(const struct shard_writer *writer)
{
    char *path = xprintf("%s/index.json", writer->directory);
    struct output *out = output_open(path);
    const struct shard_entry *entry;

    output_print(out, "{\"chunks\": [");
    for (uint64_t i = 0; (entry = shard_manifest_find(
                              writer->manifest, writer->format, i)); i++)
        output_print(out,
                     "%s{\"chunk_bytes\": %llu, \"chunk_size\": %llu, "
                     "\"dim\": %llu, \"filename\": \"%s.bin\"}",
                     i > 0 ? ", " : "",
                     (unsigned long long)entry->files[1].bytes,
                     (unsigned long long)entry->documents,
                     (unsigned long long)entry->tokens, entry->name);
    output_print(out, "], ");
    print_config(writer, out);
    output_close(out);
    free(path);
}

/* ---- reading ---- */

/* How wide tokens are, by the data_format of the index; 0 for other types. */
static unsigned format_width(struct slice index)
{
    static const struct {
        const char *json;
        unsigned width;
    } known[] = {
        { "[\"no_header_tensor:20\"]", 2 }, { "[\"no_header_tensor:15\"]", 4 },
        { "[\"no_header_tensor:16\"]", 4 }
    };
    struct json_member config, format;
    struct fault fault;

    if (index.len == 0 || index.ptr[0] != '{' || !json_check(index, &fault) ||
        !json_find(index, slice_from("config"), &config) ||
        config.kind != JSON_OBJECT ||
        !json_find(config.value, slice_from("data_format"), &format))
        return 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_is(format.value, known[i].json))
            return known[i].width;
    return 0;
}

static bool read_index(struct shard *shard, const char *path,
                       struct fault *fault)
{
    const char *slash = strrchr(path, '/');
    char *index = xprintf("%.*sindex.json",
                          slash ? (int)(slash + 1 - path) : 0, path);
    struct slice json;
    char *bytes;
    bool ok = file_read(index, INDEX_MAX, &bytes, &json.len, fault);

    free(index);
    if (!ok)
        return shard_wrong(fault, "its index.json cannot be read", 0);
    json.ptr = bytes;
    shard->token_bytes = format_width(json);
    free(bytes);
    if (shard->token_bytes == 0)
        return shard_wrong(fault, "its index.json names no type of tokens that "
                                  "is known", 0);
    return true;
}

static bool litdata_read(struct shard *shard, const char *path,
                         struct fault *fault)
{
    size_t first, at;

    if (!read_index(shard, path, fault) ||
        !shard_map_tokens(shard, path, 8, fault))
        return false;
    shard->document_count = shard_get(shard->map, 4);
    first = 4 + 4 * ((size_t)shard->document_count + 1);
    if (first > shard->map_len || shard_get(shard->map + 4, 4) != first)
        return shard_wrong(fault, "the items do not begin behind their places",
                           4);
    shard->tokens = shard->map + first;
    shard->ends = xcalloc(shard->document_count + 1, sizeof *shard->ends);
    at = first;
    for (uint64_t i = 0; i < shard->document_count; i++) {
        size_t end = (size_t)shard_get(shard->map + 8 + 4 * i, 4);

        if (end < at || end > shard->map_len ||
            (end - first) % shard->token_bytes != 0)
            return shard_wrong(fault, "items are out of order",
                               8 + 4 * (size_t)i);
        shard->ends[i] = (end - first) / shard->token_bytes;
        at = end;
    }
    if (at != shard->map_len)
        return shard_wrong(fault, "more than its items is in it", at);
    shard->token_count = (at - first) / shard->token_bytes;
    return true;
}

const struct shard_format shard_litdata = {
    .name = "litdata",
    .begin = "chunk-",
    .end = ".bin",
    .tokens_end = ".bin",
    .last_end = ".bin",
    .narrow_max = 65536,
    .shard_bytes = 64000000,
    .bytes_max = UINT32_MAX,
    .stem = litdata_stem,
    .fixed_bytes = litdata_fixed_bytes,
    .document_bytes = 4,
    .complete = litdata_complete,
    .index = litdata_index,
    .read = litdata_read,
};

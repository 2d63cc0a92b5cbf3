/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_mds - the shards of MosaicML's streaming library.
 *
 *   shard.00000.mds   4  samples: documents
 *                     4  each, and one more: where a sample begins in the file
 *                        JSON: the column's encoding, the same in index.json
 *                        samples: 4 bytes the size of what follows; 1 byte
 *                        dimensions (1) * 4 + width of the shape (0, 1, 2 = 1,
 *                        2, 4 bytes); the shape: count of tokens; tokens, 2
 *                        bytes, or 4 above 65,536 tokens
 *   index.json        all shards of the directory, published last of all
 *
 * The column is `tokens`, ndarray:uint16 or ndarray:uint32.  The bytes are
 * those of the library's MDSWriter with its own limit of 64 MiB.
 *
 * Layout: https://github.com/mosaicml/streaming, base/format/mds.
 */
#include <stdlib.h>

#include "src/json.h"
#include "src/output.h"
#include "tokenizer/shard_manifest.h"

enum { SIZE_BYTES = 4 };

static char *mds_stem(uint64_t number)
{
    return xprintf("shard.%05llu", (unsigned long long)number);
}

static unsigned shape_width(uint64_t count)
{
    return count < 256 ? 1 : count < 65536 ? 2 : 4;
}

static size_t mds_head(const struct shard_writer *writer, uint64_t count,
                       char to[SHARD_HEAD_MAX])
{
    unsigned width = shape_width(count);

    shard_put(to, 1 + width + count * writer->token_bytes, SIZE_BYTES);
    to[SIZE_BYTES] = (char)(1 << 2 | width / 2);
    shard_put(to + SIZE_BYTES + 1, count, width);
    return SIZE_BYTES + 1 + width;
}

/* As Python's json.dumps() prints it with sorted keys. */
static char *mds_config(const struct shard_writer *writer, const char *middle)
{
    char *limit = writer->is_own_limit
                      ? xprintf("%llu", (unsigned long long)
                                            writer->format->shard_bytes)
                      : xstrdup("null");
    char *config = xprintf(
        "{\"column_encodings\": [\"ndarray:uint%u\"], "
        "\"column_names\": [\"tokens\"], \"column_sizes\": [null], "
        "\"compression\": null, \"format\": \"mds\", \"hashes\": [], "
        "%s\"size_limit\": %s, \"version\": 2",
        8 * writer->token_bytes, middle, limit);

    free(limit);
    return config;
}

/* The number of samples, one place more, the configuration with its brace. */
static uint64_t mds_fixed_bytes(const struct shard_writer *writer)
{
    char *config = mds_config(writer, "");
    size_t len = strlen(config);

    free(config);
    return 4 + 4 + len + 1;
}

static void mds_complete(const struct shard_writer *writer)
{
    char *config = mds_config(writer, "");
    size_t len = 4 + 4 * (writer->document_count + 1) + strlen(config) + 1;
    char *header = xmalloc(len), *to = header;
    uint64_t at = len;

    to = shard_put(to, writer->document_count, 4);
    to = shard_put(to, at, 4);
    for (size_t i = 0; i < writer->document_count; i++) {
        char head[SHARD_HEAD_MAX];

        at += mds_head(writer, writer->lengths[i], head) +
              (uint64_t)writer->lengths[i] * writer->token_bytes;
        to = shard_put(to, at, 4);
    }
    memcpy(to, config, strlen(config));
    header[len - 1] = '}';
    output_prepend(writer->tokens, slice_make(header, len));
    free(header);
    free(config);
}

static void mds_index(const struct shard_writer *writer)
{
    char *path = xprintf("%s/index.json", writer->directory);
    struct output *out = output_open(path);
    const struct shard_entry *entry;

    output_print(out, "{\"shards\": [");
    for (uint64_t i = 0; (entry = shard_manifest_find(
                              writer->manifest, writer->format, i)); i++) {
        char *middle = xprintf(
            "\"raw_data\": {\"basename\": \"%s.mds\", \"bytes\": %llu, "
            "\"hashes\": {}}, \"samples\": %llu, ",
            entry->name, (unsigned long long)entry->files[1].bytes,
            (unsigned long long)entry->documents);
        char *config = mds_config(writer, middle);

        output_print(out, "%s%s, \"zip_data\": null}", i > 0 ? ", " : "",
                     config);
        free(middle);
        free(config);
    }
    output_print(out, "], \"version\": 2}");
    output_close(out);
    free(path);
}

/* ---- reading ---- */

/* The one column that holds tokens: how wide they are; 0 for any other. */
static unsigned column_width(struct slice config)
{
    static const struct {
        const char *json;
        unsigned width;
    } known[] = {
        { "[\"ndarray:uint16\"]", 2 }, { "[\"ndarray:uint32\"]", 4 },
        { "[\"ndarray:int32\"]", 4 }
    };
    struct json_member m;
    struct fault fault;

    if (config.len == 0 || config.ptr[0] != '{' ||
        !json_check(config, &fault) ||
        !json_find(config, slice_from("column_encodings"), &m))
        return 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_is(m.value, known[i].json))
            return known[i].width;
    return 0;
}

/* Where the tokens of a sample begin, and how many there are. */
static bool read_sample(const struct shard *shard, size_t at, size_t end,
                        size_t *tokens_at, uint64_t *count)
{
    const unsigned char *map = shard->map;
    unsigned width;

    if (end - at < SIZE_BYTES + 2 ||
        shard_get(map + at, SIZE_BYTES) != end - at - SIZE_BYTES)
        return false;
    at += SIZE_BYTES;
    if (map[at] >> 2 != 1 || (map[at] & 3) > 2)
        return false;
    width = 1u << (map[at] & 3);
    if (end - at - 1 < width)
        return false;
    *count = shard_get(map + at + 1, width);
    *tokens_at = at + 1 + width;
    return end - *tokens_at == *count * shard->token_bytes;
}

static bool read_samples(struct shard *shard, struct fault *fault)
{
    size_t base = (size_t)(shard->tokens - shard->map), begin = base;

    shard->ends = xcalloc(shard->document_count + 1, sizeof *shard->ends);
    shard->gaps = xcalloc(shard->document_count + 1, sizeof *shard->gaps);
    for (uint64_t i = 0; i < shard->document_count; i++) {
        size_t place = 8 + 4 * (size_t)i, tokens_at;
        size_t end = (size_t)shard_get(shard->map + place, 4);
        uint64_t count;

        if (end < begin || end > shard->map_len ||
            !read_sample(shard, begin, end, &tokens_at, &count))
            return shard_wrong(fault, "a sample is not one of tokens", place);
        shard->gaps[i] =
            tokens_at - base - shard->token_count * shard->token_bytes;
        shard->token_count += count;
        shard->ends[i] = shard->token_count;
        begin = end;
    }
    if (begin != shard->map_len)
        return shard_wrong(fault, "more than its samples is in it", begin);
    return true;
}

static bool mds_read(struct shard *shard, const char *path,
                     struct fault *fault)
{
    size_t first, places;

    if (!shard_map_tokens(shard, path, 8, fault))
        return false;
    shard->document_count = shard_get(shard->map, 4);
    first = (size_t)shard_get(shard->map + 4, 4);
    places = 4 + 4 * ((size_t)shard->document_count + 1);
    if (first > shard->map_len || first < places)
        return shard_wrong(fault, "the samples begin outside of the file", 4);
    shard->token_bytes = column_width(
        slice_make((const char *)shard->map + places, first - places));
    if (shard->token_bytes == 0)
        return shard_wrong(fault, "its samples are not of one column of "
                                  "ndarray:uint16 or uint32", places);
    shard->tokens = shard->map + first;
    return read_samples(shard, fault);
}

const struct shard_format shard_mds = {
    .name = "mds",
    .begin = "",
    .end = ".mds",
    .tokens_end = ".mds",
    .last_end = ".mds",
    .narrow_max = 65536,
    .shard_bytes = 64 << 20,
    .bytes_max = UINT32_MAX,
    .stem = mds_stem,
    .head = mds_head,
    .fixed_bytes = mds_fixed_bytes,
    .document_bytes = 4,
    .complete = mds_complete,
    .index = mds_index,
    .read = mds_read,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_llmc - the data files of llm.c.
 *
 *   llmc_000000.bin   1024   256 numbers of 4 bytes (signed): 20240520, version
 *                            1, count of tokens; or 20240801, version 7, count
 *                            of tokens; the others 0
 *                            tokens, 2 bytes; of version 7: 4 bytes
 *
 * The count is signed, so that a file has less than 2^31 tokens.
 *
 * Layout: https://github.com/karpathy/llm.c, dev/data/data_common.py.
 */
#include "src/output.h"
#include "tokenizer/shard.h"

enum {
    HEADER = 1024,
    NARROW_MAGIC = 20240520, NARROW_VERSION = 1,
    WIDE_MAGIC = 20240801, WIDE_VERSION = 7
};

static char *llmc_stem(uint64_t number)
{
    return xprintf("llmc_%06llu", (unsigned long long)number);
}

/* The header counts what comes after it. */
static void llmc_complete(const struct shard_writer *writer)
{
    char header[HEADER] = { 0 }, *to = header;
    bool is_wide = writer->token_bytes == 4;

    to = shard_put(to, is_wide ? WIDE_MAGIC : NARROW_MAGIC, 4);
    to = shard_put(to, is_wide ? WIDE_VERSION : NARROW_VERSION, 4);
    shard_put(to, writer->token_count, 4);
    output_prepend(writer->tokens, slice_make(header, HEADER));
}

static bool llmc_read(struct shard *shard, const char *path,
                      struct fault *fault)
{
    uint64_t magic, version;

    if (!shard_map_tokens(shard, path, HEADER, fault))
        return false;
    magic = shard_get(shard->map, 4);
    version = shard_get(shard->map + 4, 4);
    if (magic != NARROW_MAGIC && magic != WIDE_MAGIC)
        return shard_wrong(fault, "not a data file of llm.c", 0);
    if (version != (magic == WIDE_MAGIC ? WIDE_VERSION : NARROW_VERSION))
        return shard_wrong(fault, "this version is not known", 4);
    shard->token_bytes = magic == WIDE_MAGIC ? 4 : 2;
    if (shard->map_len - HEADER !=
        shard_get(shard->map + 8, 4) * shard->token_bytes)
        return shard_wrong(fault, "the count of tokens disagrees with the size "
                                  "of the file", 8);
    return shard_read_borders(shard, path, fault);
}

const struct shard_format shard_llmc = {
    .name = "llmc",
    .begin = "llmc_",
    .end = ".bin",
    .tokens_end = ".bin",
    .last_end = ".bin",
    .narrow_max = 65536,
    .shard_tokens = 100000000,
    .tokens_max = INT32_MAX,
    .stem = llmc_stem,
    .complete = llmc_complete,
    .read = llmc_read,
};

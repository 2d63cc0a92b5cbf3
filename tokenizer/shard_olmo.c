/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_olmo - the memory maps that Dolma's tokenizer writes and OLMo reads.
 *
 *   part-0-00000.npy      tokens, 2 bytes, or 4 above 65,536 tokens; in spite
 *                         of its name without NumPy's header
 *   part-0-00000.csv.gz   a row for each document: shard_rows.h
 *
 * Layout: https://github.com/allenai/dolma, tokenizer/memmap_writer; readers:
 * https://github.com/allenai/OLMo-core, data/utils.
 */
#include "tokenizer/shard.h"

static char *olmo_stem(uint64_t number)
{
    return xprintf("part-0-%05llu", (unsigned long long)number);
}

static bool olmo_read(struct shard *shard, const char *path,
                      struct fault *fault)
{
    return shard_map_tokens(shard, path, 0, fault) &&
           shard_read_borders(shard, path, fault);
}

const struct shard_format shard_olmo = {
    .name = "olmo",
    .begin = "",
    .end = ".npy",
    .tokens_end = ".npy",
    .last_end = ".npy",
    .narrow_max = 65536,
    .shard_tokens = 512 << 20,
    .stem = olmo_stem,
    .read = olmo_read,
};

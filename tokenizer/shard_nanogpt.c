/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_nanogpt - the files that nanoGPT trains on.
 *
 *   train.bin   tokens, 2 bytes; nothing else
 *
 * nanoGPT opens them as u16, so vocabularies of more than 65,536 tokens are
 * refused.  It reads one file; what --shard-tokens or --append puts into others
 * (train_00001.bin) is for trainers that take several.
 *
 * Layout: https://github.com/karpathy/nanoGPT, data/openwebtext/prepare.py.
 */
#include "tokenizer/shard.h"

static char *nanogpt_stem(uint64_t number)
{
    return number == 0 ? xstrdup("train")
                       : xprintf("train_%05llu", (unsigned long long)number);
}

static bool nanogpt_read(struct shard *shard, const char *path,
                         struct fault *fault)
{
    shard->token_bytes = 2;
    return shard_map_tokens(shard, path, 0, fault) &&
           shard_read_borders(shard, path, fault);
}

const struct shard_format shard_nanogpt = {
    .name = "nanogpt",
    .begin = "train",
    .end = ".bin",
    .tokens_end = ".bin",
    .last_end = ".bin",
    .narrow_max = 65536,
    .is_narrow_only = true,
    .stem = nanogpt_stem,
    .read = nanogpt_read,
};

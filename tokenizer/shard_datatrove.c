/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_datatrove - the files of datatrove's tokenized documents.
 *
 *   00000_unshuffled.ds            tokens, 2 bytes, or 4 above 65,536 tokens
 *   00000_unshuffled.ds.index      8 each: where a document ends, in tokens
 *   00000_unshuffled.ds.metadata   "TOKENIZER|2", token count, the same for
 *                                  people; three lines, the last one open
 *
 * Further shards begin with 00001 and so on.
 *
 * Layout: https://github.com/huggingface/datatrove, pipeline/tokens/tokenizer.
 */
#include <math.h>
#include <stdlib.h>

#include "src/output.h"
#include "tokenizer/shard.h"

static char *datatrove_stem(uint64_t number)
{
    return xprintf("%05llu_unshuffled", (unsigned long long)number);
}

/*
 * Three significant digits and a prefix, "12.3 MT", as the Python library that
 * datatrove calls (humanize) prints it.
 */
static void write_for_people(struct output *out, uint64_t count)
{
    static const char prefixes[][2] = { "", "k", "M", "G", "T", "P", "E" };
    int exponent = 0, decimals;
    double value;

    for (uint64_t rest = count; rest >= 10; rest /= 10)
        exponent++;
    value = (double)count / pow(10, exponent / 3 * 3);
    decimals = 2 - exponent % 3;
    if (rint(value * pow(10, decimals)) >= 1000) {
        exponent++;
        value = (double)count / pow(10, exponent / 3 * 3);
        decimals = 2 - exponent % 3;
    }
    output_print(out, "%.*f %sT", decimals, value, prefixes[exponent / 3]);
}

static void datatrove_finish(struct shard_writer *w)
{
    struct output *about = shard_output(w, ".ds.metadata");
    struct output *out = shard_output(w, ".ds.index");
    uint64_t end = 0;

    output_print(about, "%s|%u\n%llu\n", w->tokenizer, w->token_bytes,
                 (unsigned long long)w->token_count);
    write_for_people(about, w->token_count);
    shard_publish(w, about, ".ds.metadata");
    for (size_t i = 0; i < w->document_count; i++) {
        char bytes[8];

        end += w->lengths[i];
        shard_put(bytes, end, 8);
        output_write(out, slice_make(bytes, sizeof bytes));
    }
    shard_publish(w, out, ".ds.index");
}

static bool read_index(struct shard *shard, const unsigned char *index,
                       size_t len, struct fault *fault)
{
    uint64_t before = 0;

    if (len % 8 != 0)
        return shard_wrong(fault, "the index is not a list of 8-byte numbers",
                           len);
    shard->document_count = len / 8;
    shard->ends = xcalloc(len / 8 + 1, sizeof *shard->ends);
    for (size_t i = 0; i < len / 8; i++) {
        shard->ends[i] = shard_get(index + 8 * i, 8);
        if (shard->ends[i] < before)
            return shard_wrong(fault, "documents are out of order", 8 * i);
        before = shard->ends[i];
    }
    return true;
}

/* How wide a token is, only the size of the file says: 2 or 4. */
static bool read_tokens(struct shard *shard, const char *path,
                        struct fault *fault)
{
    uint64_t count = shard->document_count > 0
                         ? shard->ends[shard->document_count - 1] : 0;
    size_t len;

    if (!shard_map_tokens(shard, path, 0, fault))
        return false;
    len = shard->map_len;
    if (count > SIZE_MAX / 4 || (len != 2 * count && len != 4 * count))
        return shard_wrong(fault, "the index disagrees with the size of the "
                                  "tokens",
                           8 * (size_t)shard->document_count);
    shard->token_bytes = len == 2 * count ? 2 : 4;
    shard->token_count = count;
    return true;
}

static bool datatrove_read(struct shard *shard, const char *path,
                           struct fault *fault)
{
    char *index_path = xprintf("%s.index", path);
    const unsigned char *index;
    size_t len;
    bool ok = shard_map(index_path, &index, &len, fault);

    free(index_path);
    if (!ok)
        return false;
    ok = read_index(shard, index, len, fault) &&
         read_tokens(shard, path, fault);
    shard_unmap(index, len);
    return ok;
}

const struct shard_format shard_datatrove = {
    .name = "datatrove",
    .begin = "",
    .end = ".ds",
    .tokens_end = ".ds",
    .last_end = ".ds.index",
    .narrow_max = 65536,
    .stem = datatrove_stem,
    .finish = datatrove_finish,
    .read = datatrove_read,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_megatron - Megatron-LM's indexed dataset.
 *
 *   tokens.bin   tokens, 2 bytes (unsigned) or 4 (signed)
 *   tokens.idx    9  "MMIDIDX\0\0"
 *                 8  version: 1
 *                 1  type: 8 = u16, 4 = i32 (there is no code for u32)
 *                 8  sequences
 *                 8  entries of the last list: documents + 1
 *                 4  each: length of a sequence in tokens
 *                 8  each: where it begins in tokens.bin, in bytes
 *                 8  each: first sequence of a document, and one past the last
 *
 * One sequence for each document.  Vocabularies of 65,500 tokens and more take
 * four bytes, as Megatron's own preprocessing decides.  Further shards are
 * tokens_00001.bin and so on.
 *
 * Layout: https://github.com/NVIDIA/Megatron-LM, core/datasets/indexed_dataset.
 */
#include <stdlib.h>

#include "src/output.h"
#include "tokenizer/shard.h"

enum { HEADER = 34, TYPE_I32 = 4, TYPE_U16 = 8, PUT_COUNT = 1024 };

static const char magic[9] = "MMIDIDX\0";

static char *megatron_stem(uint64_t number)
{
    return number == 0 ? xstrdup("tokens")
                       : xprintf("tokens_%05llu", (unsigned long long)number);
}

/* A list of numbers, written in handfuls. */
struct list {
    struct output *out;
    char bytes[PUT_COUNT * 8];
    char *to;
};

static void list_flush(struct list *list)
{
    output_write(list->out,
                 slice_make(list->bytes, (size_t)(list->to - list->bytes)));
    list->to = list->bytes;
}

static void list_put(struct list *list, uint64_t number, unsigned bytes)
{
    if (list->to + bytes > list->bytes + sizeof list->bytes)
        list_flush(list);
    list->to = shard_put(list->to, number, bytes);
}

static void megatron_finish(struct shard_writer *w)
{
    struct list list = { .out = shard_output(w, ".idx") };
    uint64_t at = 0;

    list.to = list.bytes;
    output_write(list.out, slice_make(magic, sizeof magic));
    list_put(&list, 1, 8);
    list_put(&list, w->token_bytes == 2 ? TYPE_U16 : TYPE_I32, 1);
    list_put(&list, w->document_count, 8);
    list_put(&list, w->document_count + 1, 8);
    for (size_t i = 0; i < w->document_count; i++)
        list_put(&list, w->lengths[i], 4);
    for (size_t i = 0; i < w->document_count; i++) {
        list_put(&list, at, 8);
        at += (uint64_t)w->lengths[i] * w->token_bytes;
    }
    for (size_t i = 0; i <= w->document_count; i++)
        list_put(&list, i, 8);
    list_flush(&list);
    shard_publish(w, list.out, ".idx");
}

/* The header's numbers, checked against the size of the file. */
struct header {
    uint64_t sequences, entries;
    size_t pointers_at, documents_at;
};

static bool read_header(const unsigned char *idx, size_t len,
                        struct shard *shard, struct header *h,
                        struct fault *fault)
{
    size_t rest;

    if (len < HEADER)
        return shard_wrong(fault, "shorter than an index's header", len);
    if (memcmp(idx, magic, sizeof magic) != 0)
        return shard_wrong(fault, "not a Megatron index", 0);
    if (shard_get(idx + 9, 8) != 1)
        return shard_wrong(fault, "this version of the index is not known", 9);
    if (idx[17] != TYPE_U16 && idx[17] != TYPE_I32)
        return shard_wrong(fault, "tokens of this type are not supported", 17);
    shard->token_bytes = idx[17] == TYPE_U16 ? 2 : 4;
    h->sequences = shard_get(idx + 18, 8);
    h->entries = shard_get(idx + 26, 8);
    rest = len - HEADER;
    if (h->entries == 0)
        return shard_wrong(fault, "no list of documents", 26);
    if (h->sequences > rest / 12 || h->entries > rest / 8)
        return shard_wrong(fault, "the counts are larger than the file", 18);
    h->pointers_at = HEADER + 4 * (size_t)h->sequences;
    h->documents_at = h->pointers_at + 8 * (size_t)h->sequences;
    /* One byte for each sequence may follow: modes, which are not ours. */
    rest -= 12 * (size_t)h->sequences;
    if (rest != 8 * h->entries && rest != 8 * h->entries + h->sequences)
        return shard_wrong(fault, "the counts disagree with the size of the "
                                  "file",
                           18);
    return true;
}

/* Documents must follow each other in the token file, as writers place them. */
static bool read_lists(const unsigned char *idx, const struct header *h,
                       struct shard *shard, struct fault *fault)
{
    uint64_t sequence = 0, tokens = 0;

    shard->document_count = h->entries - 1;
    shard->ends = xcalloc(h->entries, sizeof *shard->ends);
    if (shard_get(idx + h->documents_at, 8) != 0)
        return shard_wrong(fault, "documents do not begin at sequence 0",
                           h->documents_at);
    for (uint64_t i = 0; i < shard->document_count; i++) {
        size_t at = h->documents_at + 8 * (size_t)(i + 1);
        uint64_t end = shard_get(idx + at, 8);

        if (end < sequence || end > h->sequences)
            return shard_wrong(fault, "documents are out of order", at);
        for (; sequence < end; sequence++) {
            size_t pointer = h->pointers_at + 8 * (size_t)sequence;
            uint64_t length = shard_get(idx + HEADER + 4 * sequence, 4);

            if (length > INT32_MAX)
                return shard_wrong(fault, "a length is negative",
                                   HEADER + 4 * (size_t)sequence);
            if (shard_get(idx + pointer, 8) != tokens * shard->token_bytes)
                return shard_wrong(fault, "sequences do not follow each other",
                                   pointer);
            tokens += length;
        }
        shard->ends[i] = tokens;
    }
    if (sequence != h->sequences)
        return shard_wrong(fault, "a sequence belongs to no document",
                           h->documents_at);
    return true;
}

static bool read_tokens(struct shard *shard, const char *path,
                        struct fault *fault)
{
    char *tokens = xprintf("%.*sbin", (int)strlen(path) - 3, path);
    uint64_t count = shard->document_count > 0
                         ? shard->ends[shard->document_count - 1] : 0;
    bool ok = shard_map_tokens(shard, tokens, 0, fault);

    free(tokens);
    if (!ok)
        return false;
    if (shard->map_len != count * shard->token_bytes)
        return shard_wrong(fault, "the index disagrees with the size of the "
                           "tokens", 0);
    shard->token_count = count;
    return true;
}

static bool megatron_read(struct shard *shard, const char *path,
                          struct fault *fault)
{
    const unsigned char *idx;
    struct header header = { 0 };
    size_t len;
    bool ok;

    if (!shard_map(path, &idx, &len, fault))
        return false;
    ok = read_header(idx, len, shard, &header, fault) &&
         read_lists(idx, &header, shard, fault) &&
         read_tokens(shard, path, fault);
    shard_unmap(idx, len);
    return ok;
}

const struct shard_format shard_megatron = {
    .name = "megatron",
    .begin = "",
    .end = ".idx",
    .tokens_end = ".bin",
    .last_end = ".idx",
    .narrow_max = 65499,
    .stem = megatron_stem,
    .finish = megatron_finish,
    .read = megatron_read,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard - what is written is read back, in both formats and both widths; files
 * that disagree with themselves are faults, never crashes.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/shard.h"

enum { DOCUMENTS = 300 };

static char directory[] = "/tmp/mlin-shard-XXXXXX";

static char *path_of(const char *name)
{
    return xprintf("%s/%s", directory, name);
}

static const char *index_of(const struct shard_format *format)
{
    return format == &shard_megatron ? "tokens.idx" : "00000_unshuffled.ds";
}

static void remove_all(void)
{
    static const char *const names[] = {
        "tokens.bin", "tokens.idx", "00000_unshuffled.ds",
        "00000_unshuffled.ds.index", "00000_unshuffled.ds.metadata"
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = path_of(names[i]);

        unlink(path);
        free(path);
    }
}

/* Document i has i % 7 tokens (some have none) that follow from i. */
static size_t document(size_t i, size_t vocab_count, uint32_t *ids)
{
    size_t count = i % 7;

    for (size_t j = 0; j < count; j++)
        ids[j] = (uint32_t)((i * 7919 + j * 104729) % vocab_count);
    return count;
}

static void write_shard(const struct shard_format *format, size_t vocab_count)
{
    struct shard_writer *writer =
        shard_writer_open(format, directory, vocab_count, "tok.json");

    for (size_t i = 0; i < DOCUMENTS; i++) {
        uint32_t ids[7];
        char packed[7 * 4];
        size_t count = document(i, vocab_count, ids);

        shard_pack(ids, count, writer->token_bytes, packed);
        shard_append(writer, slice_make(packed, count * writer->token_bytes));
    }
    shard_writer_close(writer);
}

static void what_is_written_is_read(const struct shard_format *format,
                                    size_t vocab_count, unsigned token_bytes)
{
    char *path = path_of(index_of(format));
    struct shard shard;
    struct fault fault;
    uint64_t at = 0;

    write_shard(format, vocab_count);
    check_that(shard_open(&shard, path, &fault), "%s", fault.what);
    check(shard.token_bytes == token_bytes);
    check(shard.document_count == DOCUMENTS);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        uint32_t ids[7];
        size_t count = document(i, vocab_count, ids);

        check(shard.ends[i] - at == count);
        for (size_t j = 0; j < count; j++)
            check(shard_token(&shard, at + j) == ids[j]);
        at += count;
    }
    check(at == shard.token_count);
    shard_close(&shard);
    remove_all();
    free(path);
}

/* No documents at all: files that can be opened and are empty. */
static void an_empty_shard_is_one(const struct shard_format *format)
{
    char *path = path_of(index_of(format));
    struct shard shard;
    struct fault fault;

    shard_writer_close(shard_writer_open(format, directory, 300, "t"));
    check(shard_open(&shard, path, &fault));
    check(shard.document_count == 0 && shard.token_count == 0);
    shard_close(&shard);
    remove_all();
    free(path);
}

static void spoil(const char *path, size_t at, int byte)
{
    FILE *file = fopen(path, "r+b");

    check(file && fseek(file, (long)at, SEEK_SET) == 0);
    fputc(byte, file);
    fclose(file);
}

/* Change one byte of the index, or cut it: a fault or the same shape. */
static void spoiled_files_never_crash(const struct shard_format *format)
{
    char *path = path_of(index_of(format));
    char *index = path_of(format->index_name);
    struct random random = { 7 };
    struct shard shard;
    struct fault fault;
    struct stat info;
    unsigned refused = 0;

    for (int round = 0; round < 300; round++) {
        write_shard(format, 300);
        check(stat(index, &info) == 0);
        if (round % 3 == 0)
            check(truncate(index, (off_t)random_below(
                               &random, (uint64_t)info.st_size)) == 0);
        else
            spoil(index, random_below(&random, round % 3 == 1
                                                   ? 34 : (uint64_t)
                                                              info.st_size),
                  (int)random_below(&random, 256));
        if (shard_open(&shard, path, &fault)) {
            for (uint64_t i = 0; i < shard.token_count; i++)
                shard_token(&shard, i);
            check(shard.document_count == 0 ||
                  shard.ends[shard.document_count - 1] == shard.token_count);
            shard_close(&shard);
        } else {
            check(fault.what);
            refused++;
        }
    }
    check(refused > 150);
    remove_all();
    free(path);
    free(index);
}

static void says(const char *name, const char *what)
{
    char *path = path_of(name);
    struct shard shard;
    struct fault fault;

    check(!shard_open(&shard, path, &fault));
    check_that(strcmp(fault.what, what) == 0, "%s", fault.what);
    free(path);
}

static void faults_say_what_is_wrong(void)
{
    char *idx = path_of("tokens.idx"), *bin = path_of("tokens.bin");
    char *ds = path_of("00000_unshuffled.ds");
    char *ds_index = path_of("00000_unshuffled.ds.index");

    says("tokens.idx", "No such file or directory");
    says("tokens.txt", "the name is not that of a shard (.idx, .ds)");
    write_shard(&shard_megatron, 300);
    spoil(idx, 0, 'X');
    says("tokens.idx", "not a Megatron index");
    write_shard(&shard_megatron, 300);
    spoil(idx, 9, 2);
    says("tokens.idx", "this version of the index is not known");
    write_shard(&shard_megatron, 300);
    spoil(idx, 17, 6);
    says("tokens.idx", "tokens of this type are not supported");
    write_shard(&shard_megatron, 300);
    spoil(idx, 24, 1);
    says("tokens.idx", "the counts are larger than the file");
    write_shard(&shard_megatron, 300);
    check(truncate(bin, 10) == 0);
    says("tokens.idx", "the index disagrees with the size of the tokens");
    check(truncate(idx, 20) == 0);
    says("tokens.idx", "shorter than an index's header");
    write_shard(&shard_datatrove, 300);
    check(truncate(ds, 7) == 0);
    says("00000_unshuffled.ds",
         "the index disagrees with the size of the tokens");
    check(truncate(ds_index, 7) == 0);
    says("00000_unshuffled.ds",
         "the index is not a list of 8-byte numbers");
    remove_all();
    free(idx);
    free(bin);
    free(ds);
    free(ds_index);
}

/* The exact bytes of a shard of two documents, by the published layout. */
static void megatron_bytes_are_as_published(void)
{
    static const unsigned char want[] = {
        'M', 'M', 'I', 'D', 'I', 'D', 'X', 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8,
        2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0,
        2, 0, 0, 0, 1, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
        2, 0, 0, 0, 0, 0, 0, 0
    };
    struct shard_writer *writer =
        shard_writer_open(&shard_megatron, directory, 300, "t");
    char *path = path_of("tokens.idx"), *bytes;
    struct fault fault;
    size_t len;

    shard_append(writer, slice_make("\1\0\2\1", 4));
    shard_append(writer, slice_make("\3\0", 2));
    shard_writer_close(writer);
    check(file_read(path, 1000, &bytes, &len, &fault));
    check(len == sizeof want && memcmp(bytes, want, len) == 0);
    free(bytes);
    free(path);
    path = path_of("tokens.bin");
    check(file_read(path, 1000, &bytes, &len, &fault));
    check(len == 6 && memcmp(bytes, "\1\0\2\1\3\0", 6) == 0);
    free(bytes);
    free(path);
    remove_all();
}

/* "12.3 kT": three digits, whatever the size. */
static void metadata_speaks_to_people(uint64_t tokens, const char *want)
{
    struct shard_writer *writer =
        shard_writer_open(&shard_datatrove, directory, 70000, "tok.json");
    char *path = path_of("00000_unshuffled.ds.metadata"), *bytes;
    struct fault fault;
    size_t len;

    writer->token_count = tokens;
    shard_writer_close(writer);
    check(file_read(path, 1000, &bytes, &len, &fault));
    check_that(strcmp(bytes, want) == 0, "%s", bytes);
    free(bytes);
    free(path);
    remove_all();
}

int main(void)
{
    check(mkdtemp(directory));
    what_is_written_is_read(&shard_megatron, 65499, 2);
    what_is_written_is_read(&shard_megatron, 65500, 4);
    what_is_written_is_read(&shard_datatrove, 65536, 2);
    what_is_written_is_read(&shard_datatrove, 262144, 4);
    an_empty_shard_is_one(&shard_megatron);
    an_empty_shard_is_one(&shard_datatrove);
    spoiled_files_never_crash(&shard_megatron);
    spoiled_files_never_crash(&shard_datatrove);
    faults_say_what_is_wrong();
    megatron_bytes_are_as_published();
    metadata_speaks_to_people(0, "tok.json|4\n0\n0.00 T");
    metadata_speaks_to_people(999, "tok.json|4\n999\n999 T");
    metadata_speaks_to_people(1000, "tok.json|4\n1000\n1.00 kT");
    metadata_speaks_to_people(999500, "tok.json|4\n999500\n1.00 MT");
    metadata_speaks_to_people(123456789, "tok.json|4\n123456789\n123 MT");
    check(rmdir(directory) == 0);
    return check_done();
}

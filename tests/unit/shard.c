/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard - what is written is read back, in every format and both widths, in one
 * shard and in many; files that disagree with themselves are faults, never
 * crashes.
 */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/shard_manifest.h"
#include "tokenizer/shard_rows.h"

enum { DOCUMENTS = 300 };

static char directory[] = "/tmp/mlin-shard-XXXXXX";

/* Of each format, in its order: the first shard, and what damage is done to. */
static const struct {
    const char *path, *index;
} names[SHARD_FORMATS] = {
    { "tokens.idx", "tokens.idx" },
    { "00000_unshuffled.ds", "00000_unshuffled.ds.index" },
    { "part-0-00000.npy", "part-0-00000.csv.gz" },
    { "shard.00000.mds", "shard.00000.mds" },
    { "chunk-0-0.bin", "chunk-0-0.bin" },
    { "llmc_000000.bin", "llmc_000000.bin" },
    { "train.bin", "train.csv.gz" }
};

static char *path_of(const char *name)
{
    return xprintf("%s/%s", directory, name);
}

static size_t number_of(const struct shard_format *format)
{
    size_t i = 0;

    while (shard_formats[i] != format)
        i++;
    return i;
}

static void remove_all(void)
{
    DIR *dir = opendir(directory);

    for (const struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.') {
            char *path = path_of(entry->d_name);

            unlink(path);
            free(path);
        }
    closedir(dir);
}

/* A directory's writer with all that it needs. */
struct writing {
    struct shard_settings settings;
    struct shard_manifest *manifest;
    struct shard_writer *writer;
};

static struct writing *writing_open(const struct shard_format *format,
                                    size_t vocab_count, uint64_t shard_tokens)
{
    struct writing *w = xcalloc(1, sizeof *w);

    w->settings = (struct shard_settings){
        .tokenizer = "tok.json",
        .vocab_count = vocab_count,
        .shard_tokens = shard_tokens,
        .formats = { format },
        .token_bytes = { shard_token_bytes(format, vocab_count, 0) },
        .format_count = 1
    };
    w->manifest = shard_manifest_open(directory, &w->settings);
    w->writer = shard_writer_open(format, w->manifest,
                                  w->settings.token_bytes[0], shard_tokens,
                                  "tok.json");
    return w;
}

static void writing_close(struct writing *w)
{
    shard_writer_close(w->writer);
    shard_manifest_close(w->manifest);
    free(w);
}

static void append(struct writing *w, const uint32_t *ids, size_t count)
{
    char packed[64 * 4];
    unsigned bytes = w->settings.token_bytes[0];

    shard_pack(ids, count, bytes, packed);
    shard_append(w->writer, slice_make(packed, count * bytes),
                 slice_from("id,source,1"));
}

/* Document i has i % 7 tokens (some have none) that follow from i. */
static size_t document(size_t i, size_t vocab_count, uint32_t *ids)
{
    size_t count = i % 7;

    for (size_t j = 0; j < count; j++)
        ids[j] = (uint32_t)((i * 7919 + j * 104729) % vocab_count);
    return count;
}

static void write_shards(const struct shard_format *format,
                         size_t vocab_count, uint64_t shard_tokens)
{
    struct writing *w = writing_open(format, vocab_count, shard_tokens);

    for (size_t i = 0; i < DOCUMENTS; i++) {
        uint32_t ids[7];

        append(w, ids, document(i, vocab_count, ids));
    }
    writing_close(w);
}

/* Compare documents from `from` on with a shard; where the next one begins. */
static size_t compare(const char *path, size_t vocab_count, size_t from,
                      unsigned token_bytes)
{
    struct shard shard;
    struct fault fault;

    check_that(shard_open(&shard, NULL, path, &fault), "%s", fault.what);
    check(shard.token_bytes == token_bytes);
    for (size_t i = 0; i < shard.document_count; i++) {
        uint32_t ids[7];
        size_t count = document(from + i, vocab_count, ids);
        uint64_t has;
        const unsigned char *tokens = shard_document(&shard, i, &has);

        check(has == count);
        for (size_t j = 0; j < count; j++)
            check(shard_get(tokens + j * token_bytes, token_bytes) == ids[j]);
    }
    from += shard.document_count;
    shard_close(&shard);
    return from;
}

static void what_is_written_is_read(const struct shard_format *format,
                                    size_t vocab_count, unsigned token_bytes)
{
    char *path = path_of(names[number_of(format)].path);

    write_shards(format, vocab_count, 0);
    check(compare(path, vocab_count, 0, token_bytes) == DOCUMENTS);
    remove_all();
    free(path);
}

/* Documents are whole, in order, and none is missing between two shards. */
static void many_shards_hold_the_same(const struct shard_format *format)
{
    size_t shards = 0, documents = 0;
    bool is_there = true;

    write_shards(format, 300, 20);
    for (; is_there; shards += is_there) {
        char *stem = format->stem(shards);
        char *path = xprintf("%s/%s%s", directory, stem, format->end);

        is_there = access(path, F_OK) == 0;
        if (is_there)
            documents = compare(path, 300, documents, 2);
        free(stem);
        free(path);
    }
    /* 900 tokens in all, in documents of six at most. */
    check(documents == DOCUMENTS && shards >= 45 && shards <= 64);
    remove_all();
}

/* No documents at all: files that can be opened and are empty. */
static void an_empty_shard_is_one(const struct shard_format *format)
{
    char *path = path_of(names[number_of(format)].path);
    struct shard shard;
    struct fault fault;

    writing_close(writing_open(format, 300, 0));
    check_that(shard_open(&shard, NULL, path, &fault), "%s", fault.what);
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

static void read_all(const struct shard *shard)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < shard->document_count; i++) {
        uint64_t count;
        const unsigned char *tokens = shard_document(shard, i, &count);

        for (uint64_t j = 0; j < count; j++)
            shard_get(tokens + j * shard->token_bytes, shard->token_bytes);
        sum += count;
    }
    check(sum == shard->token_count);
}

/* The bytes of a file as they are, packed or not; free() them. */
static char *file_bytes(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    struct stat info;
    char *bytes;

    check(file && fstat(fileno(file), &info) == 0);
    *len = (size_t)info.st_size;
    bytes = xmalloc(*len + 1);
    check(fread(bytes, 1, *len, file) == *len);
    fclose(file);
    return bytes;
}

static void write_bytes(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");

    check(file && fwrite(bytes, 1, len, file) == len);
    fclose(file);
}

/* Change one byte of the index, or cut it: a fault or the same shape. */
static void spoiled_files_never_crash(const struct shard_format *format)
{
    char *path = path_of(names[number_of(format)].path);
    char *index = path_of(names[number_of(format)].index);
    struct random random = { 7 };
    struct shard shard;
    struct fault fault;
    unsigned refused = 0;
    size_t len;
    char *bytes;

    write_shards(format, 300, 0);
    bytes = file_bytes(index, &len);
    for (unsigned round = 0; round < 300; round++) {
        write_bytes(index, bytes, len);
        if (round % 3 == 0)
            check(truncate(index, (off_t)random_below(&random, len)) == 0);
        else
            spoil(index, random_below(&random, round % 3 == 1 ? 34 : len),
                  (int)random_below(&random, 256));
        if (shard_open(&shard, NULL, path, &fault)) {
            read_all(&shard);
            shard_close(&shard);
        } else {
            check(fault.what);
            refused++;
        }
    }
    check_that(refused > 120, "%s: %u", format->name, refused);
    remove_all();
    free(bytes);
    free(path);
    free(index);
}

static void says(const char *name, const char *what)
{
    char *path = path_of(name);
    struct shard shard;
    struct fault fault;

    check(!shard_open(&shard, NULL, path, &fault));
    check_that(strcmp(fault.what, what) == 0, "%s", fault.what);
    free(path);
}

static void faults_say_what_is_wrong(void)
{
    char *idx = path_of("tokens.idx"), *bin = path_of("tokens.bin");
    char *ds = path_of("00000_unshuffled.ds");
    char *ds_index = path_of("00000_unshuffled.ds.index");

    says("tokens.idx", "No such file or directory");
    says("tokens.txt", "the name is not that of a shard: see --format");
    write_shards(&shard_megatron, 300, 0);
    spoil(idx, 0, 'X');
    says("tokens.idx", "not a Megatron index");
    write_shards(&shard_megatron, 300, 0);
    spoil(idx, 9, 2);
    says("tokens.idx", "this version of the index is not known");
    write_shards(&shard_megatron, 300, 0);
    spoil(idx, 17, 6);
    says("tokens.idx", "tokens of this type are not supported");
    write_shards(&shard_megatron, 300, 0);
    spoil(idx, 24, 1);
    says("tokens.idx", "the counts are larger than the file");
    write_shards(&shard_megatron, 300, 0);
    check(truncate(bin, 10) == 0);
    says("tokens.idx", "the index disagrees with the size of the tokens");
    check(truncate(idx, 20) == 0);
    says("tokens.idx", "shorter than an index's header");
    write_shards(&shard_datatrove, 300, 0);
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
    static const uint32_t first[] = { 1, 258 }, second[] = { 3 };
    struct writing *w = writing_open(&shard_megatron, 300, 0);
    char *path = path_of("tokens.idx"), *bytes;
    struct fault fault;
    size_t len;

    append(w, first, 2);
    append(w, second, 1);
    writing_close(w);
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
    struct writing *w = writing_open(&shard_datatrove, 70000, 0);
    char *path = path_of("00000_unshuffled.ds.metadata"), *bytes;
    struct fault fault;
    size_t len;

    append(w, NULL, 0);
    w->writer->token_count = tokens;
    writing_close(w);
    check(file_read(path, 1000, &bytes, &len, &fault));
    check_that(strcmp(bytes, want) == 0, "%s", bytes);
    free(bytes);
    free(path);
    remove_all();
}

/* Rows of a csv.gz that are not what they should be. */
static void rows_are_checked(const char *rows, const char *what)
{
    char *path = path_of("rows.csv.gz");
    uint64_t *ends, count;
    struct fault fault;

    write_bytes(path, rows, strlen(rows));
    if (what) {
        check(!shard_rows_read(path, &ends, &count, &fault));
        check_that(strstr(fault.what, what), "%s", fault.what);
    } else {
        check_that(shard_rows_read(path, &ends, &count, &fault), "%s",
                   fault.what);
        check(count == 2 && ends[0] == 4 && ends[1] == 4);
    }
    free(ends);
    unlink(path);
    free(path);
}

static void fields_are_quoted(const char *field, const char *want)
{
    char got[64], *end = shard_rows_field(got, slice_from(field));

    *end = '\0';
    check_that(strcmp(got, want) == 0, "%s", got);
}

/* Packing is by vectors where the count allows it. */
static void packing_keeps_every_id(void)
{
    uint32_t ids[100];
    char packed[400];

    for (size_t i = 0; i < 100; i++)
        ids[i] = (uint32_t)(i * 655);
    for (size_t count = 0; count <= 100; count++)
        for (unsigned bytes = 2; bytes <= 4; bytes += 2) {
            memset(packed, 'x', sizeof packed);
            shard_pack(ids, count, bytes, packed);
            for (size_t i = 0; i < count; i++)
                check(shard_get((unsigned char *)packed + i * bytes, bytes) ==
                      ids[i]);
            check(count == 100 || packed[count * bytes] == 'x');
        }
}

static void widths_are_chosen(void)
{
    check(shard_token_bytes(&shard_megatron, 65499, 0) == 2);
    check(shard_token_bytes(&shard_megatron, 65500, 0) == 4);
    check(shard_token_bytes(&shard_megatron, 65536, 2) == 2);
    check(shard_token_bytes(&shard_megatron, 300, 4) == 4);
    check(shard_token_bytes(&shard_olmo, 65536, 0) == 2);
    check(shard_token_bytes(&shard_olmo, 65537, 0) == 4);
    check(shard_token_bytes(&shard_olmo, 65537, 2) == 0);
    check(shard_token_bytes(&shard_olmo, 300, 3) == 0);
    check(shard_token_bytes(&shard_nanogpt, 65536, 0) == 2);
    check(shard_token_bytes(&shard_nanogpt, 65537, 0) == 0);
    check(shard_token_bytes(&shard_nanogpt, 300, 4) == 0);
}

static void test_formats(void)
{
    for (size_t i = 0; i < SHARD_FORMATS; i++) {
        const struct shard_format *format = shard_formats[i];

        what_is_written_is_read(format, format->narrow_max, 2);
        if (!format->is_narrow_only) {
            what_is_written_is_read(format, format->narrow_max + 1, 4);
            what_is_written_is_read(format, 262144, 4);
        }
        many_shards_hold_the_same(format);
        an_empty_shard_is_one(format);
        spoiled_files_never_crash(format);
    }
}

int main(void)
{
    check(mkdtemp(directory));
    test_formats();
    faults_say_what_is_wrong();
    megatron_bytes_are_as_published();
    metadata_speaks_to_people(0, "tok.json|4\n0\n0.00 T");
    metadata_speaks_to_people(999, "tok.json|4\n999\n999 T");
    metadata_speaks_to_people(1000, "tok.json|4\n1000\n1.00 kT");
    metadata_speaks_to_people(999500, "tok.json|4\n999500\n1.00 MT");
    metadata_speaks_to_people(123456789, "tok.json|4\n123456789\n123 MT");
    rows_are_checked("0,4,a,b,1\r\n4,4,\"x\"\"\r\n9,9\",b,2\r\n", NULL);
    rows_are_checked("0,4\n4,4\n", NULL);
    rows_are_checked("0,4,a,b,1\r\n5,6,a,b,2\r\n", "leaves a gap");
    rows_are_checked("0,4,a,b,1\r\n4,3,a,b,2\r\n", "leaves a gap");
    rows_are_checked("0,x,a,b,1\r\n", "is not start,end");
    rows_are_checked("0,99999999999999999999999,a,b,1\r\n", "is not start");
    rows_are_checked("0,4,a,b,1\r\n4,5,\"a,b", "ends within a row");
    fields_are_quoted("plain: text", "plain: text");
    fields_are_quoted("a,b", "\"a,b\"");
    fields_are_quoted("say \"a\"", "\"say \"\"a\"\"\"");
    packing_keeps_every_id();
    widths_are_chosen();
    check(rmdir(directory) == 0);
    return check_done();
}

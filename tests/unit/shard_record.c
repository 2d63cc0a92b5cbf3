/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_record - the lines of a manifest: what is written is read, one that
 * broke off counts up to its last whole line, and one that is damaged is none
 * or holds fewer shards; nothing in it can name a file elsewhere.
 */
#include <string.h>
#include <unistd.h>

#include "tests/check.h"
#include "tokenizer/shard_record.h"

static char path[] = "/tmp/mlin-record-XXXXXX";

static const char settings[] =
    "{\"manifest\":1,\"tokenizer\":\"t\",\"appended_to\":1,\"shards\":[";

static void write_bytes(const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");

    check(file && fwrite(bytes, 1, len, file) == len);
    fclose(file);
}

/* Settings and two shards; the second has two files. */
static char *manifest(void)
{
    char first_name[] = "tokens", first_file[] = "tokens.bin";
    char second_name[] = "tokens_00001", second_file[] = "tokens_00001.idx";
    struct shard_entry first = {
        .format = &shard_megatron, .name = first_name, .documents = 3,
        .tokens = 17, .digest = { 1, 2 }, .file_count = 1,
        .files = { { first_file, 34, { 0xfedcba9876543210u, 7 } } }
    };
    struct shard_entry second = {
        .format = &shard_megatron, .name = second_name, .documents = 0,
        .tokens = 0, .digest = { 3, UINT64_MAX }, .file_count = 2,
        .files = { { first_file, 1, { 4, 5 } }, { second_file, 2, { 6, 7 } } }
    };
    char *one = shard_record_line(&first, true);
    char *two = shard_record_line(&second, false);
    char *all = xprintf("%s%s%s", settings, one, two);

    free(one);
    free(two);
    return all;
}

static void what_is_written_is_read(const char *text)
{
    char *closed = xprintf("%s\n],\"documents\":3,\"tokens\":17}\n", text);
    struct shard_record record;

    write_bytes(closed, strlen(closed));
    check(shard_record_read(&record, path, true));
    check(strcmp(record.line, settings) == 0 && record.first == 1);
    check(record.count == 2 && record.good_len == strlen(text));
    check(record.entries[0].format == &shard_megatron);
    check(record.entries[0].documents == 3 && record.entries[0].tokens == 17);
    check(record.entries[0].files[0].hash.high == 0xfedcba9876543210u);
    check(record.entries[1].digest.low == UINT64_MAX);
    check(record.entries[1].file_count == 2);
    check(strcmp(record.entries[1].files[1].name, "tokens_00001.idx") == 0);
    shard_record_clear(&record);
    free(closed);
}

/* Cut anywhere: no more than what is whole, and never a finished manifest. */
static void what_broke_off_is_left_out(const char *text)
{
    size_t first_end = (size_t)(strstr(text, ",\n{") - text);

    for (size_t len = 0; len <= strlen(text); len++) {
        struct shard_record record;
        size_t want = len < first_end ? 0 : len < strlen(text) ? 1 : 2;

        write_bytes(text, len);
        check(!shard_record_read(&record, path, true));
        if (shard_record_read(&record, path, false)) {
            check(len >= strlen(settings) && record.count == want);
            check(record.good_len <= len);
            shard_record_clear(&record);
        } else {
            check(len < strlen(settings));
        }
    }
}

static void damage_is_no_crash(const char *text)
{
    size_t len = strlen(text);
    char *bytes = xmalloc(len + 1);
    struct random random = { 11 };

    for (unsigned round = 0; round < 3000; round++) {
        struct shard_record record;

        memcpy(bytes, text, len + 1);
        for (unsigned i = 0; i <= round % 3; i++)
            bytes[random_below(&random, len)] =
                (char)(round % 2 ? random_below(&random, 256)
                                 : (uint64_t)"\"{}[],:0/\n"[
                                       random_below(&random, 10)]);
        write_bytes(bytes, len);
        if (!shard_record_read(&record, path, false))
            continue;
        for (size_t i = 0; i < record.count; i++) {
            check(!strchr(record.entries[i].name, '/'));
            for (size_t j = 0; j < record.entries[i].file_count; j++)
                check(!strchr(record.entries[i].files[j].name, '/') &&
                      record.entries[i].files[j].name[0] != '.');
        }
        shard_record_clear(&record);
    }
    free(bytes);
}

int main(void)
{
    int fd = mkstemp(path);
    struct shard_record record;
    char *text = manifest();

    check(fd >= 0 && close(fd) == 0);
    what_is_written_is_read(text);
    what_broke_off_is_left_out(text);
    damage_is_no_crash(text);
    check(unlink(path) == 0);
    check(!shard_record_read(&record, path, false));
    free(text);
    return check_done();
}

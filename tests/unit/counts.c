/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts - one file of many tables, of runs and of files, whatever their number
 * and that of threads; the judge is one table that reads or adds everything.
 */
#include "tokenizer/counts.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/counts_format.h"

enum { PARTS = 9, WORDS = 30000 };

static char folder[] = "/tmp/mlin-counts-XXXXXX";

/* Words of 1 to 40 bytes, many of which begin alike; some in every part. */
static void fill(struct counts *counts, int part, int words)
{
    static const char *const langs[] = { "deu_Latn", "", "ces_Latn" };
    struct random random = { (uint64_t)part + 1 };
    char word[64];

    for (int i = 0; i < words; i++) {
        uint64_t kind = random_below(&random, 100);
        struct counts_section *section = counts_section(
            counts, slice_from(langs[kind < 80 ? 0 : kind < 90 ? 1 : 2]),
            slice_from(kind % 2 ? "books" : "a:b"));
        int len = snprintf(word, sizeof word, "%s%llu",
                           kind % 4 ? " inter" : " a very long beginning ",
                           (unsigned long long)random_below(&random, 60000));

        section->documents += kind == 1;
        section->text_bytes += (uint64_t)len;
        check(wordcount_add(&section->words, slice_make(word, (size_t)len),
                            1 + random_below(&random, 9)));
    }
}

static char *path_of(const char *name, int number)
{
    return xprintf("%s/%s%d.cnt", folder, name, number);
}

static void write_one(struct counts *counts, const char *path)
{
    counts_write(&counts, 1, 1, "qwen2", path);
    counts_clear(counts);
}

static void check_same(const char *a, const char *b)
{
    char *a_bytes, *b_bytes;
    size_t a_len, b_len;
    struct fault fault;

    check(file_read(a, 1 << 30, &a_bytes, &a_len, &fault));
    check(file_read(b, 1 << 30, &b_bytes, &b_len, &fault));
    check_that(a_len > 1000 && a_len == b_len &&
               memcmp(a_bytes, b_bytes, a_len) == 0, "%s %s", a, b);
    free(a_bytes);
    free(b_bytes);
}

/* The judge: everything in one table. */
static char *write_whole(int part_count, int words)
{
    struct counts whole = { 0 };
    char *path = path_of("whole", part_count);

    for (int i = 0; i < part_count; i++)
        fill(&whole, i, words);
    write_one(&whole, path);
    return path;
}

static void tables_of_workers_are_one_file(void)
{
    char *whole = write_whole(PARTS, WORDS), *path = path_of("tables", 0);

    for (size_t threads = 1; threads <= 7; threads += 3) {
        struct counts parts[PARTS] = { { 0 } }, *tables[PARTS];

        for (int i = 0; i < PARTS; i++) {
            fill(&parts[i], i, WORDS);
            tables[i] = &parts[i];
        }
        counts_write(tables, PARTS, threads, "qwen2", path);
        for (int i = 0; i < PARTS; i++)
            counts_clear(&parts[i]);
        check_same(path, whole);
    }
    free(whole);
    free(path);
}

/* As many words as fill so many stretches of the writer to the last. */
static void whole_stretches_are_one_file(void)
{
    char *path = path_of("stretches", 0), *other = path_of("stretches", 1);

    for (size_t count = 1; count <= 4; count++) {
        size_t words = 2 * (16384 / count + 1);
        struct counts parts[4] = { { 0 } }, whole = { 0 }, *tables[4];
        struct slice none = slice_make(NULL, 0);
        char word[32];

        for (size_t i = 0; i < count * words; i++) {
            int len = snprintf(word, sizeof word, "%zu", i * 7919 % 1000003);
            struct slice slice = slice_make(word, (size_t)len);

            tables[i % count] = &parts[i % count];
            check(wordcount_add(
                &counts_section(tables[i % count], none, none)->words, slice,
                1));
            check(wordcount_add(&counts_section(&whole, none, none)->words,
                                slice, 1));
        }
        counts_write(tables, count, 2, "qwen2", path);
        write_one(&whole, other);
        check_same(path, other);
        for (size_t i = 0; i < count; i++)
            counts_clear(&parts[i]);
    }
    free(path);
    free(other);
}

/* Runs of uneven size, in so many rounds as so few open files need. */
static void runs_are_one_file(void)
{
    char *whole = write_whole(PARTS, 2000), *path = path_of("runs", 0);
    char *spilled = xprintf("%s.spill", path);

    for (size_t at_once = 2; at_once <= 16; at_once += 7) {
        struct counts_spill *spill = counts_spill_open(path);

        size_t next[2] = { 0 }; /* of two workers */

        check(spill && counts_spill_count(spill) == 0);
        for (int i = 0; i < PARTS; i++) {
            struct counts part = { 0 }, *table = &part;

            fill(&part, i, 2000);
            counts_spill_add(spill, &next[i % 2], &table, 1, 1, "qwen2");
            check(part.count == 0);
        }
        check(counts_spill_count(spill) == PARTS &&
              access(spilled, F_OK) == 0);
        counts_spill_merge(spill, path, at_once);
        counts_spill_close(spill);
        check(access(spilled, F_OK) != 0);
        check_same(path, whole);
    }
    free(spilled);
    free(whole);
    free(path);
}

static void files_are_one_file(void)
{
    char *whole = write_whole(PARTS, 2000), *path = path_of("files", 0);
    const char *files[PARTS];

    for (int i = 0; i < PARTS; i++) {
        struct counts part = { 0 };

        fill(&part, PARTS - 1 - i, 2000);
        files[i] = path_of("file", i);
        write_one(&part, files[i]);
    }
    for (size_t at_once = 2; at_once <= 16; at_once += 2) {
        struct counts_spill *spill = counts_spill_open(path);

        counts_merge(path, files, PARTS, at_once,
                     at_once < PARTS ? spill : NULL);
        counts_spill_close(spill);
        check_same(path, whole);
    }
    for (int i = 0; i < PARTS; i++)
        check_that(access(files[i], F_OK) == 0, "an operand was removed");
    for (int i = 0; i < PARTS; i++)
        free((char *)files[i]);
    free(whole);
    free(path);
}

/* Merging relies on it, so reading insists on it. */
static void sections_are_in_order(void)
{
    static const char *const langs[] = { "ces", "deu", "deu", "ces" };

    for (int from = 0; from < 3; from++) {
        char *path = path_of("order", from);
        struct counts_writer *writer = counts_writer_open(path, "gpt2");
        struct counts counts = { 0 };
        struct fault fault;

        for (int i = from; i < from + 2; i++) {
            counts_writer_begin(writer, &(struct counts_head){
                .lang = slice_from(langs[i]) });
            counts_writer_end(writer);
        }
        counts_writer_close(writer);
        if (from == 0)
            check(counts_read(&counts, path, &fault) && counts.count == 2);
        else
            check(!counts_read(&counts, path, &fault) &&
                  strcmp(fault.what, "sections out of order") == 0);
        counts_clear(&counts);
        free(path);
    }
}

int main(void)
{
    char *command;

    check(mkdtemp(folder));
    tables_of_workers_are_one_file();
    whole_stretches_are_one_file();
    runs_are_one_file();
    files_are_one_file();
    sections_are_in_order();
    command = xprintf("rm -r %s", folder);
    check(system(command) == 0);
    free(command);
    return check_done();
}

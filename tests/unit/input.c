/* SPDX-License-Identifier: Apache-2.0 */
/*
 * input - the parts of all blocks, put together, are the file, whatever the
 * size of a block; records, their numbers and what is lost do not depend on it.
 */
#include "src/input.h"

#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "src/compress.h"
#include "src/fail.h"
#include "tests/check.h"

static char folder[] = "/tmp/mlin-input-XXXXXX";
static char path[64], other_path[64];

static enum input_cut wanted_cut;

static enum input_cut same_cut(const void *source, const char *name)
{
    (void)source, (void)name;
    return wanted_cut;
}

static void write_file(const char *name, struct slice bytes)
{
    FILE *file = fopen(name, "wb");

    check(file != NULL);
    check(fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len);
    check(fclose(file) == 0);
}

/* Text made of short lines, empty lines, long lines and CRLF. */
static struct slice random_text(struct random *random, size_t cap)
{
    static char text[1 << 21];
    size_t len = 0;

    while (len + 3000 < cap) {
        size_t line = random_below(random, 50) == 0
                          ? random_below(random, 2900)
                          : random_below(random, 30);

        for (size_t i = 0; i < line; i++)
            text[len++] = (char)('a' + random_below(random, 26));
        if (random_below(random, 5) == 0)
            text[len++] = '\r';
        text[len++] = '\n';
        if (random_below(random, 4) == 0)
            text[len++] = '\n';
    }
    if (random_below(random, 2) == 0)
        text[len++] = 'z'; /* a last line without its newline */
    return slice_make(text, len);
}

static void check_part(const struct raw_part *part, struct slice text,
                       size_t *at, uint64_t batch_bytes)
{
    const char *stop = part->bytes.ptr + part->bytes.len;
    bool is_last = *at + part->bytes.len == text.len;

    check(!part->fault.what);
    check_that(part->at == *at, "at %" PRIu64, part->at);
    check(part->bytes.len > 0 && *at + part->bytes.len <= text.len);
    check(memcmp(part->bytes.ptr, text.ptr + *at, part->bytes.len) == 0);
    check(part->cut == (int)wanted_cut);
    if (!is_last && wanted_cut != CUT_FILES)
        check_that(stop[-1] == '\n', "batch %" PRIu64, batch_bytes);
    if (!is_last && wanted_cut == CUT_BLOCKS)
        check(stop[-2] == '\n' || (stop[-2] == '\r' && stop[-3] == '\n'));
    *at += part->bytes.len;
}

static void whole_file(struct slice text, uint64_t batch_bytes)
{
    const char *const files[] = { path };
    struct input_options options = { files, 1, batch_bytes, 1 << 30, same_cut,
                                     NULL };
    struct input *input = input_open(&options);
    struct batch batch = { 0 };
    struct block block = { 0 };
    size_t at = 0;

    check(input_size(input) == text.len);
    while (input_fill(input, &block, &batch))
        for (size_t i = 0; i < batch.part_count; i++)
            check_part(&batch.parts[i], text, &at, batch_bytes);
    check_that(at == text.len, "cut %d, batch %" PRIu64 ": %zu of %zu",
               (int)wanted_cut, batch_bytes, at, text.len);
    check(input_file_bytes(input, 0) == text.len);
    check(input_position(input) == text.len);
    input_close(input);
    free(block.bytes);
    free(block.parts);
}

static void all_cuts(void)
{
    static const uint64_t sizes[] = { 1, 7, 1000, 100000, 300000, 2 << 20 };
    struct random random = { 11 };

    for (int round = 0; round < 6; round++) {
        struct slice text = random_text(&random, round < 3 ? 5000 : 1500000);

        write_file(path, text);
        for (int cut = CUT_LINES; cut <= CUT_FILES; cut++)
            for (size_t i = round < 3 ? 0 : 2; i < 6; i++) {
                wanted_cut = (enum input_cut)cut;
                whole_file(text, sizes[i]);
            }
    }
}

/* Records of two files, the numbers of their lines, and what was too long. */
static void print_records(char *to, size_t cap, uint64_t batch_bytes,
                          uint64_t line_max)
{
    const char *const files[] = { path, other_path, path };
    struct input_options options = { files, 3, batch_bytes, line_max, NULL,
                                     NULL };
    struct input *input = input_open(&options);
    struct batch b = { 0 };
    struct block block = { 0 };
    uint64_t lines[3] = { 0 };
    size_t at = 0;

    while (input_fill(input, &block, &b)) {
        for (size_t i = 0; i < b.part_count; i++) {
            struct raw_part *part = &b.parts[i];
            size_t first = b.count = 0;

            if (part->fault.what) {
                batch_add(&b, part->bytes);
                record_reject(&b.records[0], part->fault.what, 0);
            } else {
                input_split_lines(&b, part, line_max);
            }
            for (; first < b.count; first++) {
                const struct record *r = &b.records[first];

                at += (size_t)snprintf(
                    to + at, cap - at, "%zu:%" PRIu64 "%s[%.*s]\n", part->file,
                    lines[part->file] + r->part_line,
                    r->state == RECORD_REJECTED ? "!" : "", (int)r->line.len,
                    r->line.ptr);
                check(at < cap);
            }
            lines[part->file] += part->line_count;
        }
    }
    input_close(input);
    free(block.bytes);
    free(block.parts);
    free(b.records);
}

static void same_records(void)
{
    static char first[1 << 20], again[1 << 20];
    static const uint64_t sizes[] = { 2, 3, 10, 64, 1000, 1 << 20 };
    static const uint64_t most[] = { 1, 2, 9, 50, 1500, 1 << 20 };
    struct random random = { 12 };

    for (int round = 0; round < 20; round++) {
        write_file(path, random_text(&random, 6000));
        write_file(other_path, round % 5 == 0 ? slice_from("")
                                              : random_text(&random, 4000));
        for (size_t m = 0; m < 6; m++) {
            print_records(first, sizeof first, 1, most[m]);
            check(strlen(first) > 0);
            for (size_t i = 0; i < 6; i++) {
                print_records(again, sizeof again, sizes[i], most[m]);
                check_that(strcmp(first, again) == 0,
                           "round %d, batch %" PRIu64 ", max %" PRIu64, round,
                           sizes[i], most[m]);
            }
        }
    }
}

static void known_records(void)
{
    char said[512];

    write_file(path, slice_from("\xef\xbb\xbf" "ab\r\n\n \t\ncdef"));
    write_file(other_path, slice_from("\n\nx\n"));
    print_records(said, sizeof said, 1 << 20, 3);
    check_that(strcmp(said, "0:0[ab\r]\n0:3![cde]\n1:2[x]\n2:0[ab\r]\n"
                            "2:3![cde]\n") == 0, "%s", said);
}

/*
 * A read ends where a gzip member does: here between the bytes of what parts
 * two paragraphs.  Every paragraph must still be a part of its own.
 */
static void cut_between_reads(const char *first, const char *second)
{
    const char *const files[] = { path }, *const members[] = { first, second };
    struct input_options options = { files, 1, 1, 1 << 20, same_cut, NULL };
    struct input *input;
    struct batch batch = { 0 };
    struct block block = { 0 };
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    check(fd >= 0);
    for (size_t i = 0; i < 2; i++) {
        struct packer *packer = packer_open(fd, "x.gz");

        check(packer_write(packer, slice_from(members[i])));
        check(packer_close(packer));
    }
    check(close(fd) == 0);
    wanted_cut = CUT_BLOCKS;
    input = input_open(&options);
    check(input_fill(input, &block, &batch) && batch.part_count == 1);
    check(batch.parts[0].bytes.ptr[0] == 'a');
    check_that(batch.parts[0].bytes.len < strlen(first) + strlen(second),
               "%s, %s: the cut was not seen", first, second);
    check(input_fill(input, &block, &batch) && batch.part_count == 1);
    check(slice_is(batch.parts[0].bytes, "b"));
    check(!input_fill(input, &block, &batch));
    input_close(input);
    free(block.bytes);
    free(block.parts);
}

int main(void)
{
    check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a", folder);
    snprintf(other_path, sizeof other_path, "%s/b", folder);
    all_cuts();
    cut_between_reads("a long one", "\n\nb");
    cut_between_reads("a long one\n", "\nb");
    cut_between_reads("a long one\n\n", "b");
    cut_between_reads("a long one\r\n", "\r\nb");
    cut_between_reads("a long one\n\r", "\nb");
    known_records();
    same_records();
    check(unlink(path) == 0 && unlink(other_path) == 0 && rmdir(folder) == 0);
    return check_done();
}

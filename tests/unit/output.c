/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output - nothing under the final name before the end, all of it after, and a
 * death with the name and the reason where the bytes cannot be kept.
 */
#include "src/output.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tests/child.h"

static char folder[] = "/tmp/mlin-output-XXXXXX";

/* Names in the folder; the two last results stay valid. */
static const char *in_folder(const char *name)
{
    static char paths[2][128];
    static unsigned turn;

    turn ^= 1;
    snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
    return paths[turn];
}

static bool exists(const char *name)
{
    return access(in_folder(name), F_OK) == 0;
}

static void holds(const char *name, const char *expected)
{
    struct fault fault;
    char *bytes;
    size_t len;

    check_that(file_read(in_folder(name), 1 << 30, &bytes, &len, &fault), "%s",
               name);
    check_that(strcmp(bytes, expected) == 0, "%s: %s", name, bytes);
    free(bytes);
}

/* A head that is known last: before what was flushed, and what was not. */
static void prepends(void)
{
    enum { LINES = 100000 };
    struct output *output = output_open(in_folder("head"));
    struct fault fault;
    char *bytes;
    size_t len;

    for (int i = 0; i < LINES; i++)
        output_print(output, "%07d\n", i);
    output_prepend(output, slice_from("head\n"));
    output_write(output, slice_from("tail\n"));
    check(output_bytes(output) == 8 * LINES + 10);
    check(!exists("head") && exists("head.part"));
    output_close(output);
    check(exists("head") && !exists("head.part"));
    check(file_read(in_folder("head"), 1 << 30, &bytes, &len, &fault));
    check(len == 8 * LINES + 10 && memcmp(bytes, "head\n0000000\n", 13) == 0);
    check(memcmp(bytes + len - 13, "0099999\ntail\n", 13) == 0);
    free(bytes);
}

/* What was hashed is what stands there, whatever went before what. */
static void hashes(bool has_head)
{
    enum { LARGE = 600000 };
    struct output *output = output_open(in_folder("hashed"));
    char *large = calloc(1, LARGE), *bytes;
    struct hash128 sum, expected;
    struct fault fault;
    size_t len;

    output_hash(output);
    for (int i = 0; i < 50000; i++)
        output_print(output, "%d\n", i);
    output_write(output, slice_make(large, LARGE));
    if (has_head)
        output_prepend(output, slice_from("head"));
    output_write(output, slice_from("tail"));
    sum = output_close_hashed(output);
    check(!exists("hashed.part"));
    check(file_read(in_folder("hashed"), 1 << 30, &bytes, &len, &fault));
    expected = hash128(slice_make(bytes, len));
    check(sum.high == expected.high && sum.low == expected.low);
    free(bytes);
    free(large);
    output = output_open(in_folder("hashed"));
    output_hash(output);
    output_cancel(output);
}

static void publish(const char *name)
{
    struct output *output = output_open(in_folder(name));
    char part[64];

    snprintf(part, sizeof part, "%s.part", name);
    output_write(output, slice_from("{\"a\":1}\n"));
    output_print(output, "%d %s\n", 7, "sieben");
    check(output_bytes(output) == 17);
    check(!exists(name) && exists(part));
    output_close(output);
    check(exists(name) && !exists(part));
    holds(name, "{\"a\":1}\n7 sieben\n");
}

static void replaces_whole(void)
{
    struct output *output = output_open(in_folder("plain"));

    output_write(output, slice_from("new"));
    holds("plain", "{\"a\":1}\n7 sieben\n");
    output_close(output);
    holds("plain", "new");
}

static void cancels(void)
{
    struct output *output = output_open(in_folder("plain"));

    output_write(output, slice_from("never seen"));
    output_cancel(output);
    holds("plain", "new");
    check(!exists("plain.part"));
}

static void die_halfway(void *name)
{
    struct output *output = output_open(in_folder(name));

    for (int i = 0; i < 100000; i++)
        output_print(output, "%d half of it\n", i);
    _exit(3);
}

/* A killed run leaves its .part; the next one takes it over. */
static void killed_run(void)
{
    char said[4096];

    check(child_run(die_halfway, "killed.gz", 2, said) == 3);
    check(!exists("killed.gz") && exists("killed.gz.part"));
    publish("killed.gz");
}

/* Pieces of all sizes around the buffer's come out as they went in. */
static void all_sizes(const char *name)
{
    enum { MOST = 600000 };
    struct random random = { 3 };
    char *text = malloc(MOST), *bytes;
    struct output *output = output_open(in_folder(name));
    struct fault fault;
    size_t len, at = 0, total = 0, sizes[40];

    for (size_t i = 0; i < MOST; i++)
        text[i] = (char)('a' + random_below(&random, 26));
    for (size_t i = 0; i < 40; i++) {
        sizes[i] = i % 4 == 0 ? (256 << 10) - 1 + random_below(&random, 3)
                              : random_below(&random, MOST);
        output_write(output, slice_make(text, sizes[i]));
        total += sizes[i];
    }
    check(output_bytes(output) == total);
    output_print(output, "%s", "");
    output_print(output, "%.*s", 5000, text);
    output_close(output);
    check(file_read(in_folder(name), 1 << 30, &bytes, &len, &fault));
    check(len == total + 5000);
    for (size_t i = 0; i < 40; at += sizes[i++])
        check(memcmp(bytes + at, text, sizes[i]) == 0);
    check(memcmp(bytes + at, text, 5000) == 0);
    free(bytes);
    free(text);
}

static void write_a_line(void *path)
{
    struct output *output = output_open(path);

    output_write(output, slice_from("a line\n"));
    output_close(output);
}

static void dies(const char *path, const char *message)
{
    char said[4096];
    int status =
        child_run(write_a_line, (void *)(uintptr_t)path, STDERR_FILENO, said);

    check_that(status == 1, "%s: status %d", path, status);
    check_that(strstr(said, message), "%s: %s", path, said);
}

static void stdout_full(void *context)
{
    (void)context;
    dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
    write_a_line("-");
}

static void failures(void)
{
    char said[4096];
    static char long_name[300];

    memset(long_name, 'x', sizeof long_name - 1);
    dies("/dev/full", "cannot write /dev/full: No space left on device");
    dies("/nowhere/file", "cannot write /nowhere/file: No such file");
    dies(folder, "Is a directory");
    dies(long_name, "File name too long");
    check(child_run(stdout_full, NULL, STDERR_FILENO, said) == 1);
    check_that(strstr(said, "cannot write standard output: No space left"),
               "%s", said);
}

static void special_targets(void)
{
    char said[4096];

    check(child_run(write_a_line, "-", STDOUT_FILENO, said) == 100);
    check_that(strcmp(said, "a line\n") == 0, "%s", said);
    check(child_run(write_a_line, "/dev/stdout", STDOUT_FILENO, said) == 100);
    check_that(strcmp(said, "a line\n") == 0, "%s", said);
    write_a_line("/dev/null");
    check(access("/dev/null.part", F_OK) != 0);
}

static void through_fifo(void)
{
    char text[16] = "";
    int fd;

    check(mkfifo(in_folder("fifo"), 0600) == 0);
    fd = open(in_folder("fifo"), O_RDWR);
    check(fd >= 0);
    write_a_line((void *)(uintptr_t)in_folder("fifo"));
    check(read(fd, text, sizeof text) == 7 && strcmp(text, "a line\n") == 0);
    check(!exists("fifo.part") && exists("fifo"));
    close(fd);
}

/* What a link leads to is replaced; the link stays. */
static void through_link(void)
{
    struct stat status;

    check(symlink("plain", in_folder("link")) == 0);
    write_a_line((void *)(uintptr_t)in_folder("link"));
    holds("plain", "a line\n");
    check(lstat(in_folder("link"), &status) == 0 && S_ISLNK(status.st_mode));
}

static void make_directory(void *path)
{
    output_make_directory(path);
}

static void directories(void)
{
    char said[4096];

    output_make_directory(in_folder("a/b/c"));
    output_make_directory(in_folder("a/b/c/"));
    output_make_directory("/");
    check(exists("a/b/c"));
    publish("a/b/c/file");
    check(child_run(make_directory,
                    (void *)(uintptr_t)in_folder("plain/below"), 2,
                    said) == 1);
    check_that(strstr(said, "Not a directory"), "%s", said);
    check(child_run(make_directory, (void *)(uintptr_t)in_folder("plain"), 2,
                    said) == 1);
    check_that(strstr(said, "is not a directory"), "%s", said);
}

int main(void)
{
    char command[64];

    check(mkdtemp(folder));
    publish("plain");
    publish("packed.gz");
    publish("packed.zst");
    prepends();
    hashes(false);
    hashes(true);
    replaces_whole();
    cancels();
    killed_run();
    all_sizes("sizes");
    all_sizes("sizes.zst");
    failures();
    special_targets();
    through_fifo();
    through_link();
    directories();
    snprintf(command, sizeof command, "rm -r %s", folder);
    check(system(command) == 0);
    return check_done();
}

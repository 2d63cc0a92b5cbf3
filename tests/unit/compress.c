/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compress - what goes in comes out; what is cut, damaged or followed by
 * something else is a fault, after all that could be read was handed out.
 */
#include "src/compress.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/child.h"

static char folder[] = "/tmp/mlin-compress-XXXXXX";
static char path[64];

static void file_put(const char *bytes, size_t len, bool append)
{
    int flags = O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC);
    int fd = open(path, flags, 0600);

    check(fd >= 0 && write(fd, bytes, len) == (ssize_t)len);
    close(fd);
}

/* Add a member or frame (or plain bytes), as `end` says, to the file. */
static void member_put(const char *end, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    struct packer *packer = packer_open(fd, end);

    check(fd >= 0);
    check(packer_write(packer, slice_make(bytes, len / 2)));
    check(packer_write(packer, slice_make(bytes + len / 2, len - len / 2)));
    check(packer_close(packer));
    close(fd);
}

/* The packed bytes as they lie on the disk. */
static size_t file_get(char *bytes, size_t cap)
{
    int fd = open(path, O_RDONLY);
    ssize_t len = read(fd, bytes, cap);

    check(fd >= 0 && len >= 0 && (size_t)len < cap);
    close(fd);
    return (size_t)len;
}

/* Read all by calls of `step` bytes; the length, and the fault if any. */
static size_t read_all(char *bytes, size_t cap, size_t step,
                       struct fault *fault)
{
    struct reader *reader = reader_open(path, fault);
    uint64_t position = 0;
    size_t len = 0, got;

    if (!reader)
        return 0;
    do {
        check(len + step <= cap);
        got = reader_read(reader, bytes + len, step, fault);
        check(got <= step && (got == 0 || !fault->what));
        check(reader_position(reader) >= position);
        position = reader_position(reader);
        len += got;
    } while (got > 0);
    check(fault->what || position == reader_size(reader));
    /* A fault stays, an end stays. */
    {
        struct fault again;

        check(reader_read(reader, bytes + len, 1, &again) == 0);
        check(again.what == fault->what);
    }
    reader_close(reader);
    return len;
}

static char *random_text(struct random *random, size_t len)
{
    char *text = malloc(len + 1);

    for (size_t i = 0; i < len; i++)
        text[i] = "enisratdhulcgmobwfkzvü \n"[random_below(random, 25)];
    return text;
}

static void round_trip(struct random *random, const char *end)
{
    static const size_t sizes[] = { 0, 1, 3, 4, 5, 4096, 3000001 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t cap = sizes[i] + (1 << 20) + 1;
        char *text = random_text(random, sizes[i]), *back = malloc(cap);
        char *whole;
        struct fault fault;
        size_t len;

        unlink(path);
        member_put(end, text, sizes[i]);
        for (size_t step = 1; step <= 1 << 20; step *= 1021) {
            if (step == 1 && sizes[i] > 5000)
                continue;
            memset(back, 0, cap);
            len = read_all(back, cap, step, &fault);
            check(!fault.what);
            check(len == sizes[i] && memcmp(back, text, len) == 0);
        }
        check(file_read(path, sizes[i], &whole, &len, &fault));
        check(len == sizes[i] && memcmp(whole, text, len) == 0);
        check(whole[len] == '\0');
        free(whole);
        if (sizes[i] > 0) {
            check(!file_read(path, sizes[i] - 1, &whole, &len, &fault));
            check(strcmp(fault.what, "the file is larger than allowed") == 0);
        }
        free(text);
        free(back);
    }
}

/* No call goes past a member, so each member's offset can be told. */
static void many_members(const char *end)
{
    char packed[256], text[8];
    struct reader *reader;
    struct fault fault;
    size_t first, all;

    unlink(path);
    member_put(end, "eins", 4);
    first = file_get(packed, sizeof packed);
    member_put(end, "", 0);
    member_put(end, "zwei", 4);
    all = file_get(packed, sizeof packed);
    reader = reader_open(path, &fault);
    check(reader && reader_position(reader) == 0);
    check(reader_read(reader, text, 8, &fault) == 4);
    check(memcmp(text, "eins", 4) == 0 && reader_position(reader) == first);
    check(reader_read(reader, text, 8, &fault) == 4);
    check(memcmp(text, "zwei", 4) == 0 && reader_position(reader) == all);
    check(reader_read(reader, text, 8, &fault) == 0 && !fault.what);
    reader_close(reader);
}

static void cut_anywhere(const char *end, const char *words)
{
    static char packed[4096], back[8192];
    struct random random = { 7 };
    char *text = random_text(&random, 3000);
    struct fault fault;
    size_t len, most = 0;

    unlink(path);
    member_put(end, text, 3000);
    len = file_get(packed, sizeof packed);
    for (size_t cut = 4; cut < len; cut++) {
        size_t got;

        file_put(packed, cut, false);
        got = read_all(back, sizeof back, 512, &fault);
        check_that(fault.what, "%s cut at %zu of %zu", end, cut, len);
        check_that(strcmp(fault.what, words) == 0, "%s", fault.what);
        check(fault.at == cut && memcmp(back, text, got) == 0);
        check(got >= most);
        most = got;
    }
    /* The trailer alone was missing at the end. */
    check(most == 3000);
    free(text);
}

/* A changed byte is found, or it changed nothing that matters. */
static void changed_anywhere(const char *end)
{
    static char packed[4096], back[1 << 20];
    struct random random = { 8 };
    char *text = random_text(&random, 3000);
    struct fault fault;
    size_t len, found = 0;

    unlink(path);
    member_put(end, text, 3000);
    len = file_get(packed, sizeof packed);
    for (size_t i = 4; i < len; i++) {
        char kept = packed[i];
        size_t got;

        packed[i] = (char)(packed[i] ^ 1 << random_below(&random, 8));
        file_put(packed, len, false);
        packed[i] = kept;
        got = read_all(back, sizeof back, 4096, &fault);
        if (fault.what)
            found++;
        else
            check(got == 3000 && memcmp(back, text, got) == 0);
    }
    check_that(found > len - 20, "%s: %zu of %zu", end, found, len);
    free(text);
}

static void expect_fault(const char *words, size_t at, size_t bytes)
{
    static char back[1 << 16];
    struct fault fault;
    size_t len = read_all(back, sizeof back, 1000, &fault);

    check(fault.what);
    check_that(strcmp(fault.what, words) == 0, "%s", fault.what);
    check_that(fault.at == at && len == bytes, "at %zu, %zu bytes", fault.at,
               len);
}

static void gzip_edges(void)
{
    static const char zeros[1000];
    char packed[256], back[64];
    struct fault fault;
    size_t len;

    unlink(path);
    member_put("x.gz", "eins", 4);
    len = file_get(packed, sizeof packed);
    /* Neither a name nor a time. */
    check(memcmp(packed, "\x1f\x8b\x08\0\0\0\0\0", 8) == 0);
    file_put(zeros, sizeof zeros, true);
    check(read_all(back, sizeof back, 10, &fault) == 4 && !fault.what);
    file_put("x", 1, true);
    expect_fault("bytes after the gzip data", len + sizeof zeros, 4);
    file_put(packed, len, false);
    file_put("\x1f", 1, true);
    expect_fault("bytes after the gzip data", len, 4);
    file_put(packed, len, false);
    file_put("\x1f\x8b", 2, true);
    expect_fault("the gzip data ends too early", len + 2, 4);
    file_put("\x1f\x8b", 2, false);
    expect_fault("the gzip data ends too early", 2, 0);
    packed[len - 1] = 1;
    file_put(packed, len, false);
    expect_fault("the gzip data is damaged", len, 4);
}

static void zstd_edges(void)
{
    /* A frame of one raw block, "abc"; [5] is its window. */
    char wide[] = "\x28\xb5\x2f\xfd\0?\x19\0\0abc";
    static const char skip[] = "\x5f\x2a\x4d\x18\x02\0\0\0hi";
    char packed[256], back[64];
    struct fault fault;
    size_t len;

    unlink(path);
    file_put(skip, sizeof skip - 1, false);
    member_put("x.zst", "eins", 4);
    file_put(skip, sizeof skip - 1, true);
    member_put("x.zst", "zwei", 4);
    file_put(skip, sizeof skip - 1, true);
    check(read_all(back, sizeof back, 16, &fault) == 8 && !fault.what);
    check(memcmp(back, "einszwei", 8) == 0);
    len = file_get(packed, sizeof packed);
    file_put("hello", 5, true);
    expect_fault("bytes after the Zstandard data", len, 8);
    file_put(packed, len, false);
    file_put("h", 1, true);
    {
        size_t got = read_all(back, sizeof back, 16, &fault);

        check(got == 8 && fault.what && fault.at >= len);
    }
    wide[5] = (char)((28 - 10) << 3);
    file_put(wide, sizeof wide - 1, false);
    check(read_all(back, sizeof back, 16, &fault) == 3 && !fault.what);
    check(memcmp(back, "abc", 3) == 0);
    wide[5] = (char)((32 - 10) << 3);
    file_put(wide, sizeof wide - 1, false);
    expect_fault("the window of the Zstandard data is larger than 2^31 bytes",
                 0, 0);
}

static void cannot_open(void)
{
    struct fault fault;
    char *bytes;
    size_t len;

    check(!reader_open("/nowhere/at/all", &fault));
    check_that(strcmp(fault.what, "No such file or directory") == 0, "%s",
               fault.what);
    check(!file_read(folder, 10, &bytes, &len, &fault));
    check_that(strcmp(fault.what, "is a directory") == 0, "%s", fault.what);
}

/* From a pipe that trickles, and that begins in the middle of a mark. */
static void from_stdin(void *end)
{
    static char back[100];
    int ends[2];
    char packed[256];
    struct reader *reader;
    struct fault fault;
    size_t len, fill = 0, got;

    unlink(path);
    member_put(end, "eins und zwei", 13);
    len = file_get(packed, sizeof packed);
    check(pipe(ends) == 0);
    if (fork() == 0) {
        for (size_t i = 0; i < len; i++) {
            usleep(1000);
            if (write(ends[1], packed + i, 1) != 1)
                _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    check(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    check(fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) == 0);
    reader = reader_open("-", &fault);
    check(reader && reader_size(reader) == 0);
    while ((got = reader_read(reader, back + fill, 87, &fault)) > 0)
        fill += got;
    check(!fault.what && fill == 13 && memcmp(back, "eins und zwei", 13) == 0);
    reader_close(reader);
}

static void disk_full(const char *end)
{
    struct random random = { 9 };
    char *text = random_text(&random, 3000000);
    int fd = open("/dev/full", O_WRONLY);
    struct packer *packer = packer_open(fd, end);

    check(fd >= 0);
    errno = 0;
    check(!packer_write(packer, slice_make(text, 3000000)));
    check(errno == ENOSPC);
    check(!packer_write(packer, slice_make(text, 1)));
    check(!packer_close(packer));
    packer = packer_open(fd, end);
    packer_cancel(packer);
    close(fd);
    free(text);
}

/* Another program's opinion. */
static void gzip_agrees(void)
{
    char command[128];

    if (system("gzip --version >/dev/null 2>&1") != 0) {
        printf("skipped: no gzip program to compare with\n");
        return;
    }
    unlink(path);
    member_put("x.gz", "eins", 4);
    member_put("x.gz", " zwei", 5);
    snprintf(command, sizeof command,
             "test \"$(gzip -dc < %s)\" = 'eins zwei'", path);
    check(system(command) == 0);
}

int main(void)
{
    static char *const ends[] = { "x", "x.gz", "x.zst" };
    struct random random = { 1 };
    char said[4096];

    check(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/file", folder);
    for (size_t i = 0; i < 3; i++) {
        round_trip(&random, ends[i]);
        disk_full(ends[i]);
        check_that(child_run(from_stdin, ends[i], STDERR_FILENO, said) == 100,
                   "%s", said);
    }
    many_members("x.gz");
    many_members("x.zst");
    cut_anywhere("x.gz", "the gzip data ends too early");
    cut_anywhere("x.zst", "the Zstandard data ends too early");
    changed_anywhere("x.gz");
    changed_anywhere("x.zst");
    gzip_edges();
    zstd_edges();
    cannot_open();
    gzip_agrees();
    unlink(path);
    rmdir(folder);
    return check_done();
}

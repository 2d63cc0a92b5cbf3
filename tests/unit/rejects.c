/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rejects - each line is one JSON object that holds what left, to the byte.
 */
#include "src/rejects.h"

#include <unistd.h>

#include "src/compress.h"
#include "src/input.h"
#include "src/json.h"
#include "tests/check.h"

static char folder[] = "/tmp/mlin-rejects-XXXXXX";
static char path[64];
static struct arena arena;

static void writes(const struct record *r, const char *expected)
{
    struct output *output = output_open(path);
    struct fault fault = { NULL, 0 };
    char *bytes;
    size_t len;

    reject_write(output, "stage", r, &arena);
    output_close(output);
    check(file_read(path, 1 << 20, &bytes, &len, &fault));
    check_that(strcmp(bytes, expected) == 0, "%s", bytes);
    check_that(json_check(slice_make(bytes, len), &fault), "%s: %s", bytes,
               fault.what);
    free(bytes);
}

static struct record rejected(const char *line, size_t len, const char *what,
                              size_t at)
{
    struct record r = { .line = slice_make(line, len) };

    record_reject(&r, what, at);
    return r;
}

static void base64_of(const char *bytes, size_t len, const char *expected)
{
    struct record r = rejected(bytes, len, "bad", 0);
    char line[256];

    snprintf(line, sizeof line,
             "{\"stage\":\"stage\",\"reason\":\"malformed\",\"fault\":\"bad\","
             "\"byte\":0,\"line_base64\":\"%s\"}\n", expected);
    writes(&r, line);
}

int main(void)
{
    struct raw_part broken = { .path = "a \"b\".gz" }, cut = { .path = "x" };
    struct record r = { .line = slice_from("{\"text\":\"a\"}\r") };

    check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/r", folder);
    record_drop(&r, "two words");
    record_drop(&r, "later reason"); /* the first stands */
    writes(&r, "{\"stage\":\"stage\",\"reason\":\"two words\",\"document\":"
               "{\"text\":\"a\"}\r}\n");
    r = rejected("no \"JSON\"\t\1\\", 12, "not an object", 3);
    writes(&r, "{\"stage\":\"stage\",\"reason\":\"malformed\",\"fault\":"
               "\"not an object\",\"byte\":3,\"line\":"
               "\"no \\\"JSON\\\"\\t\\u0001\\\\\"}\n");
    r = rejected("", 0, "empty", 0);
    writes(&r, "{\"stage\":\"stage\",\"reason\":\"malformed\",\"fault\":"
               "\"empty\",\"byte\":0,\"line\":\"\"}\n");
    /* RFC 4648, section 9, and the padding of each length. */
    base64_of("\x14\xfb\x9c\x03\xd9\x7e", 6, "FPucA9l+");
    base64_of("\xff", 1, "/w==");
    base64_of("\xff\xfe", 2, "//4=");
    base64_of("\xff\xfe\0", 3, "//4A");
    broken.fault = (struct fault){ "it ends too early", 9 };
    r = rejected("{\"te", 4, broken.fault.what, 9);
    r.part = &broken;
    writes(&r, "{\"stage\":\"stage\",\"reason\":\"malformed\",\"fault\":"
               "\"it ends too early\",\"byte\":9,\"file\":\"a \\\"b\\\".gz\","
               "\"line\":\"{\\\"te\"}\n");
    /* A long record is the same thing whether its part has a fault or not. */
    cut.fault = (struct fault){ INPUT_TOO_LONG, 0 };
    r = rejected("x", 1, INPUT_TOO_LONG, 0);
    r.part = &cut;
    writes(&r, "{\"stage\":\"stage\",\"reason\":\"malformed\",\"fault\":"
               "\"" INPUT_TOO_LONG "\",\"byte\":0,\"line\":\"x\"}\n");
    arena_clear(&arena);
    check(unlink(path) == 0 && rmdir(folder) == 0);
    return check_done();
}

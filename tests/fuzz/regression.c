/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regression - feed files to a fuzz target, with any compiler: what was found
 * once must stay mended.  Linked with one tests/fuzz/X.c; run by tests/run over
 * tests/fuzz/corpus/X.
 *
 * Each input is read into memory of exactly its size, so that the sanitizer
 * sees a read past its end.
 */
#include <stdint.h>
#include <stdio.h>

#include "src/fail.h"
#include "tests/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replay(const char *path)
{
    uint8_t *bytes;
    size_t len;
    FILE *file = fopen(path, "rb");

    check_that(file != NULL, "%s: cannot be opened", path);
    check(fseek(file, 0, SEEK_END) == 0);
    len = (size_t)ftell(file);
    rewind(file);
    bytes = xmalloc(len);
    check(fread(bytes, 1, len, file) == len);
    fclose(file);
    check_that(LLVMFuzzerTestOneInput(bytes, len) == 0, "%s", path);
    free(bytes);
}

int main(int argc, char **argv)
{
    static const uint8_t nothing[1];

    check(LLVMFuzzerTestOneInput(nothing, 0) == 0);
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%d files\n", argc - 1);
    return check_done();
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts - the reader of word-count files takes any bytes without a crash, and
 * what it refuses it gives a reason for.
 */
#include "tokenizer/counts.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Packed files are another reader's; its windows may take much memory. */
    bool is_plain = size > 0 && data[0] == 'm';
    int fd = is_plain ? memfd_create("counts", 0) : -1;
    char path[64];
    struct counts counts = { 0 };
    struct fault fault;

    if (!is_plain)
        return 0;
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        bug("no memory file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (!counts_read(&counts, path, &fault) && !fault.what)
        bug("refused without a reason");
    counts_clear(&counts);
    close(fd);
    return 0;
}

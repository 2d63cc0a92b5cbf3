/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clusterlist - any bytes as a list of mlin cluster: a fault, or a list in
 * which a search ends, and finds what a walk finds if the list is in order.
 *
 * The first byte says whether the sum is made right first; the rest is the
 * file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "filters/clusterlist.h"
#include "src/fail.h"
#include "src/hash.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition, const char *what)
{
    if (!condition)
        bug("%s", what);
}

static void mend(char *file, size_t size)
{
    uint64_t sum;

    if (size < 64)
        return;
    sum = hash128(slice_make(file, size - 8)).low;
    memcpy(file + size - 8, &sum, 8);
}

static uint64_t uid_at(const char *entries, size_t i)
{
    uint64_t uid;

    memcpy(&uid, entries + i * CLUSTERLIST_WORDS * 8, sizeof uid);
    return uid;
}

static bool is_sorted(const char *entries, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (uid_at(entries, i - 1) >= uid_at(entries, i))
            return false;
    return true;
}

/* The uids of the file, and others beside them. */
static void search(const struct clusterlist *list, const char *file,
                   size_t size)
{
    size_t count = (size_t)clusterlist_count(list), sum = 0;
    const char *entries = file + size - 64 - count * CLUSTERLIST_WORDS * 8;
    bool sorted = is_sorted(entries, count);

    for (size_t i = 0; i < count; i++) {
        uint64_t uid = uid_at(entries, i);
        const uint64_t *entry = clusterlist_find(list, uid);

        must(!sorted || (entry && entry[LIST_UID] == uid),
             "what is listed is not found");
        if (entry) {
            struct slice name = clusterlist_name(list, entry);

            for (size_t k = 0; k < name.len; k++)
                sum += (unsigned char)name.ptr[k];
        }
        for (uint64_t step = 1; step > 0; step <<= 9) {
            entry = clusterlist_find(list, uid + step);
            must(!entry || entry[LIST_UID] == uid + step, "another one");
        }
    }
    must(sum <= count * 255 * UINT16_MAX, "ids are too long");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = size > 0 ? memfd_create("clusterlist", 0) : -1;
    char path[64], *file;
    struct clusterlist *list;
    struct fault fault = { 0 };

    if (size == 0)
        return 0;
    file = xmalloc(size);
    memcpy(file, data + 1, size - 1);
    if (data[0] & 1)
        mend(file, size - 1);
    if (fd < 0 || write(fd, file, size - 1) != (ssize_t)(size - 1))
        bug("no memory file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    list = clusterlist_open(path, &fault);
    must(list || fault.what, "refused without a reason");
    if (list) {
        search(list, file, size - 1);
        clusterlist_close(list);
    }
    close(fd);
    free(file);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clusterlist - any bytes as a list of mlin cluster: a fault, or a list in
 * which a search ends, and finds what a walk finds if the list is in order.
 *
 * The first byte says whether the sum is made right first; the rest is the
 * file.
 */
#include "filters/clusterlist.h"
#include "tests/fuzz/file.h"

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
    struct fuzz_file file;
    struct clusterlist *list;
    struct fault fault = { 0 };

    if (size == 0)
        return 0;
    file = fuzz_file_summed(data, size);
    list = clusterlist_open(fuzz_file_path(&file), &fault);
    must(list || fault.what, "refused without a reason");
    if (list) {
        search(list, file.bytes, file.size);
        clusterlist_close(list);
    }
    fuzz_file_close(&file);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairlist - any bytes as a file of mlin cluster --range: a fault, or as many
 * pairs as it says it has, whatever is read at a time.
 *
 * The first byte says whether the sum is made right first, and how many pairs
 * are read at a time; the rest is the file.
 */
#include <stdlib.h>

#include "filters/pairlist.h"
#include "tests/fuzz/file.h"

static void read_all(struct pairlist *list, size_t cap)
{
    uint64_t pairs[16 * PAIRLIST_WORDS], count = 0, got;
    struct fault fault = { 0 };

    must(list->part.part >= 1 && list->part.part <= list->part.parts &&
             pairlist_range_end(&list->part) <= SKETCHBOOK_RANGES,
         "a part of what?");
    while ((got = pairlist_read(list, pairs, cap, &fault)) > 0) {
        must(got <= cap, "more than there is room for");
        count += got;
        if (count == list->count)
            break;
    }
    must(fault.what || count == list->count, "pairs are missing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_file file;
    struct pairlist list = { .path = NULL, .fd = -1 };
    struct fault fault = { 0 };

    if (size == 0)
        return 0;
    file = fuzz_file_summed(data, size);
    list.path = xstrdup(fuzz_file_path(&file));
    if (pairlist_open(&list, &fault))
        read_all(&list, 1 + data[0] / 16);
    else
        must(fault.what && fault.at <= size, "refused without a reason");
    pairlist_close(&list);
    fuzz_file_close(&file);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label_texts - read, and check that it is text.
 */
#include "filters/label_texts.h"

#include <stdlib.h>

#include "src/compress.h"
#include "src/fail.h"
#include "src/utf8.h"

struct slice *label_texts_read(const struct labels_file *files, size_t count)
{
    static const size_t file_max = (size_t)1 << 30;
    struct slice *texts = xcalloc(count, sizeof *texts);

    for (size_t i = 0; i < count; i++) {
        struct fault fault;
        char *bytes;
        size_t at;

        if (!file_read(files[i].path, file_max, &bytes, &texts[i].len, &fault))
            die("%s: %s", files[i].path, fault.what);
        texts[i].ptr = bytes;
        if (!utf8_check(texts[i], &at))
            die("%s: not UTF-8 (byte %zu)", files[i].path, at);
    }
    return texts;
}

void label_texts_free(struct slice *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((char *)texts[i].ptr);
    free(texts);
}

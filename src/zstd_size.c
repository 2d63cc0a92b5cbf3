/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zstd_size - pack into a buffer that is thrown away.
 */
#include "src/zstd_size.h"

#include <stdlib.h>
#include <zstd.h>

#include "src/fail.h"

size_t zstd_size(struct slice text)
{
    size_t cap = ZSTD_compressBound(text.len);
    char *packed = xmalloc(cap);
    size_t len = ZSTD_compress(packed, cap, text.ptr, text.len, 3);

    free(packed);
    if (ZSTD_isError(len))
        die("out of memory (for libzstd)");
    return len;
}

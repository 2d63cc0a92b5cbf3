/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zstd_size - a text that repeats itself gets small, an empty one has a frame.
 */
#include "src/zstd_size.h"

#include "tests/check.h"

int main(void)
{
    char text[4096];

    memset(text, 'a', sizeof text);
    check(zstd_size(slice_make(text, sizeof text)) < 64);
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)((i * 2654435761u) >> 13 & 0x7f);
    check(zstd_size(slice_make(text, sizeof text)) > 256);
    check(zstd_size((struct slice){ 0 }) > 0);
    return check_done();
}

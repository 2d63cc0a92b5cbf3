/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zstd_size.h - how many bytes a text takes when it is packed, and no more.
 */
#ifndef MLIN_ZSTD_SIZE_H
#define MLIN_ZSTD_SIZE_H

#include <stddef.h>

#include "src/slice.h"

/* Under zstd at its default level, 3.  Safe from any thread. */
size_t zstd_size(struct slice text);

#endif

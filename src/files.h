/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files.h - folders of files that end alike, and bytes from within a file.
 */
#ifndef MLIN_FILES_H
#define MLIN_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"

/*
 * Call `use` with FOLDER/NAME for each name in the folder that ends in `end`
 * and is longer, in the order that the system gives; `use` owns the path.  Dies
 * when the folder cannot be read.
 */
void files_each(const char *folder, const char *end,
                void (*use)(void *context, char *path), void *context);

/*
 * Read `len` bytes at byte `at` of a file, wherever others read.  False with a
 * fault when the system reports one or the file ends before.
 */
bool files_read_at(int fd, void *bytes, size_t len, uint64_t at,
                   struct fault *fault);

#endif

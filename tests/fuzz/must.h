/* SPDX-License-Identifier: Apache-2.0 */
/*
 * must.h - what a target says of what it was given.
 */
#ifndef MLIN_TESTS_FUZZ_MUST_H
#define MLIN_TESTS_FUZZ_MUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/fail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool condition, const char *what)
{
    if (!condition)
        bug("%s", what);
}

#endif

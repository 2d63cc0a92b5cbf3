/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langs.h - numbers for the languages of a stream, in the order of first sight:
 * the index of what a worker counts for each.
 *
 * All bits 0 is empty.  One thread at a time.
 */
#ifndef MLIN_FILTERS_LANGS_H
#define MLIN_FILTERS_LANGS_H

#include <stddef.h>
#include <stdint.h>

#include "src/slice.h"

struct langs {
    struct slice *labels; /* [count], owned; an empty one is a language too */
    size_t count, cap;
    uint32_t *slots;      /* [slot_cap]: number + 1; 0 = free */
    size_t slot_cap;
};

/* The number of the language; when it is new, the old count. */
size_t langs_number(struct langs *langs, struct slice label);

void langs_clear(struct langs *langs);

#endif

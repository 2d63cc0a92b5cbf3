/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lz.h - how small a text gets when what stood before is said by pointing.
 *
 * A greedy parse after Lempel and Ziv 1977: at each byte the last place where
 * the same four bytes stood is looked up; a match is taken as far as it goes.
 * A byte of its own costs one byte, a match three.  A compressor's own figure
 * would change with its version; this one is the same everywhere.
 *
 * Cost: linear, some hundred MB/s; a table of up to 256 kB.
 */
#ifndef MLIN_FILTERS_LZ_H
#define MLIN_FILTERS_LZ_H

#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"

/* Bytes; at most text.len, which is below 4 GiB. */
uint64_t lz_cost(struct slice text, struct arena *scratch);

#endif

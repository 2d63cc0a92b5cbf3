/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows.h - the rows of n-grams: the upper row_bits of ((n codes, the first one
 * lowest) | salt) * 2^64 / golden ratio.  Any thread.
 */
#ifndef MLIN_ROWS_H
#define MLIN_ROWS_H

#include <stddef.h>
#include <stdint.h>

/*
 * rows[i] for the n-gram at codes[i], i < count; 2 <= n <= 6, salt in the upper
 * 16 bits.  codes[count + 15] must be readable, rows[count + 3] writable.
 */
typedef void rows_grams(const uint8_t *codes, size_t count, uint64_t salt,
                        unsigned n, unsigned row_bits, uint32_t *rows);

rows_grams rows_grams_portable;

/* The fastest form that this machine has; all give the same. */
rows_grams *rows_grams_best(void);

#endif

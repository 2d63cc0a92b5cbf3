/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_string.h - what json.c needs to know of the inside of a string.
 *
 * Safe from any thread.
 */
#ifndef MLIN_JSON_STRING_H
#define MLIN_JSON_STRING_H

#include <stdint.h>

/* The byte that \X stands for, by X; 0 where \X is no escape of one byte. */
extern const char json_escape_byte[256];

/*
 * Where the run of bytes that stand for themselves ends: at the first quote,
 * backslash or control character at or after `p`, else at `end`.
 */
const char *json_run_end(const char *p, const char *end);

/*
 * Where a string stops being runs and escapes of one byte: at its closing
 * quote, at \u, at a mistake, or at `end`.  `p` is inside the string.
 */
const char *json_string_end(const char *p, const char *end);

/* The same without SIMD: what other processors run; tests compare the two. */
const char *json_run_end_portable(const char *p, const char *end);
const char *json_string_end_portable(const char *p, const char *end);

/* The value of four hexadecimal digits; UINT32_MAX when they are not. */
uint32_t json_hex_value(const char *p, const char *end);

#endif

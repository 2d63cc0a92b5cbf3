/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan - the patterns one piece at a time, on any machine: what scan_fast.c
 * falls back on, and what it is held against.
 *
 * tests/property/pretokenize.c holds both against PCRE2.
 */
#include "tokenizer/scan.h"

#include <string.h>

#include "tokenizer/scan_eu.h"
#include "tokenizer/scan_piece.h"

#define SCAN(name, piece_end)                                                \
    size_t name(struct slice slice, size_t at, size_t *ends, size_t cap)    \
    {                                                                        \
        struct text text = { (const unsigned char *)slice.ptr, slice.len }; \
        size_t count = 0;                                                    \
                                                                             \
        while (at < text.len && count < cap)                                 \
            ends[count++] = at = (piece_end);                                \
        return count;                                                        \
    }

/* [ ]+[^ ]*|[^ ]+ */
static size_t metaspace_end(struct text text, size_t at)
{
    const unsigned char *space;

    while (at < text.len && text.bytes[at] == ' ')
        at++;
    space = at < text.len ? memchr(text.bytes + at, ' ', text.len - at) : NULL;
    return space ? (size_t)(space - text.bytes) : text.len;
}

SCAN(scan_gpt2, gpt2_end(text, at))
SCAN(scan_llama3, llama3_end(text, at, 3))
SCAN(scan_cl100k_base, cl100k_base_end(text, at))
SCAN(scan_qwen2, llama3_end(text, at, 1))
SCAN(scan_o200k, o200k_end(text, at))
SCAN(scan_eu, eu_end(text, at))
SCAN(scan_metaspace, metaspace_end(text, at))

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan.h - the hand-written scanners behind pretokenize(), whose contract they
 * share; what each cuts is the regular expression of its name there.
 *
 * scan_NAME() goes piece by piece on any machine.  scan_fast_NAME() gives the
 * same pieces and, on x86-64 with AVX2, classes 64 bytes at a time; elsewhere
 * it is scan_NAME().
 */
#ifndef MLIN_TOKENIZER_SCAN_H
#define MLIN_TOKENIZER_SCAN_H

#include <stddef.h>

#include "src/slice.h"

typedef size_t scan_function(struct slice text, size_t at, size_t *ends,
                             size_t cap);

scan_function scan_gpt2;
scan_function scan_llama3;
scan_function scan_cl100k_base;
scan_function scan_qwen2;
scan_function scan_o200k;
scan_function scan_eu;
scan_function scan_metaspace;

scan_function scan_fast_gpt2;
scan_function scan_fast_llama3;
scan_function scan_fast_cl100k_base;
scan_function scan_fast_qwen2;
scan_function scan_fast_o200k;
scan_function scan_fast_eu;

#endif
